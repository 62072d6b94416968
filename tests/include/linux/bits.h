/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's bit masks. */
#ifndef TESTS_LINUX_BITS_H
#define TESTS_LINUX_BITS_H

#define BIT(number)	(1UL << (number))
#define GENMASK(high, low) \
	((~0UL >> (8 * sizeof(long) - 1 - (high))) & (~0UL << (low)))

#endif
