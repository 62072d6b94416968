/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's binary coded decimals, for 0..99. */
#ifndef TESTS_LINUX_BCD_H
#define TESTS_LINUX_BCD_H

static inline unsigned int bcd2bin(unsigned char bcd)
{
	return 10U * (bcd / 16U) + bcd % 16U;
}

static inline unsigned char bin2bcd(unsigned int number)
{
	return (unsigned char)(16U * (number / 10U) + number % 10U);
}

#endif
