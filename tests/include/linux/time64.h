/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's type for seconds since 1970. */
#ifndef TESTS_LINUX_TIME64_H
#define TESTS_LINUX_TIME64_H

#include <linux/types.h>

typedef s64 time64_t;

#endif
