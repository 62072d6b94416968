/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's type for seconds since 1970, and what a second is made of. */
#ifndef TESTS_LINUX_TIME64_H
#define TESTS_LINUX_TIME64_H

#include <linux/types.h>

typedef s64 time64_t;

#define NSEC_PER_USEC	1000L
#define NSEC_PER_MSEC	1000000L
#define NSEC_PER_SEC	1000000000L

#endif
