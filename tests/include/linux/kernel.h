/* SPDX-License-Identifier: GPL-2.0-only */
/* What the simulated chips of tests/kmod need of the kernel, in user space. */
#ifndef TESTS_LINUX_KERNEL_H
#define TESTS_LINUX_KERNEL_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#endif
