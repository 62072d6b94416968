/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's largest numbers, for the PURE files in user space. */
#ifndef TESTS_LINUX_LIMITS_H
#define TESTS_LINUX_LIMITS_H

#include <stdint.h>

#define S64_MAX	INT64_MAX
#define S32_MAX	INT32_MAX

#endif
