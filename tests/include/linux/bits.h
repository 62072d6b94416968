/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's bit masks. */
#ifndef TESTS_LINUX_BITS_H
#define TESTS_LINUX_BITS_H

#define BIT(number)	(1UL << (number))

#endif
