/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's binary coded decimals, for 0..99. */
#ifndef TESTS_LINUX_BCD_H
#define TESTS_LINUX_BCD_H

static inline int bcd2bin(unsigned char bcd)
{
	return 10 * (bcd / 16) + bcd % 16;
}

static inline unsigned char bin2bcd(int number)
{
	return (unsigned char)(16 * (number / 10) + number % 10);
}

#endif
