/* SPDX-License-Identifier: GPL-2.0-only */
/* What pure files and the simulated chips of tests/kmod need of it, in user space. */
#ifndef TESTS_LINUX_KERNEL_H
#define TESTS_LINUX_KERNEL_H

#include <stdio.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* As long as there is room. */
#define scnprintf(buf, size, ...)	snprintf(buf, size, __VA_ARGS__)

#endif
