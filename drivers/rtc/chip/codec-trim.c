// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: register of a trim <-> how much faster it makes the clock; trim.c calls this.
 *
 * Steps up make it faster, steps down slower; on some chips they differ in size.
 */
#include <linux/math64.h>
#include <linux/minmax.h>

#include "codec.h"

#define PPT_IN_PPB	1000

/**
 * rtc_chip_trim_steps() - how many steps come next to a rate?
 * @trim: of a chip
 * @ppb: what the clock is to be faster than without, ppb, within ±2,000,000
 *
 * Return: steps up, or minus the steps down, within what the chip has.
 */
int rtc_chip_trim_steps(const struct rtc_chip_trim *trim, s32 ppb)
{
	s64 ppt = (s64)ppb * PPT_IN_PPB;
	s32 half;

	if (ppb >= 0) {
		half = trim->up_ppt / 2;
		return (int)min_t(s64, div_s64(ppt + half, trim->up_ppt),
				  trim->up_steps);
	}
	half = trim->down_ppt / 2;
	return -(int)min_t(s64, div_s64(half - ppt, trim->down_ppt),
			   trim->down_steps);
}

/**
 * rtc_chip_trim_ppb() - what do so many steps make?
 * @trim: of a chip
 * @steps: up; negative: down
 *
 * Return: what the clock is faster than without, ppb, rounded to the next.
 */
s32 rtc_chip_trim_ppb(const struct rtc_chip_trim *trim, int steps)
{
	s64 ppt = (s64)steps * (steps > 0 ? trim->up_ppt : trim->down_ppt);
	s32 half = PPT_IN_PPB / 2;

	return (s32)div_s64(ppt + (ppt < 0 ? -half : half), PPT_IN_PPB);
}

/**
 * rtc_chip_trim_encode() - the register for some steps
 * @trim: of a chip
 * @steps: up; negative: down; within what the chip has
 * @lsb: set to the bits of &rtc_chip_trim.lsb, if it has them
 *
 * Return: the bits of &rtc_chip_trim.mask and the sign.
 */
u8 rtc_chip_trim_encode(const struct rtc_chip_trim *trim, int steps, u8 *lsb)
{
	int number = trim->is_slowing ? -steps : steps;
	u8 sign = 0;

	if (trim->sign_mask) {
		if (number > 0)
			sign = trim->sign_mask;
		number = steps < 0 ? -steps : steps;
	}
	if (trim->lsb.mask) {
		*lsb = number & 1 ? trim->lsb.mask : 0;
		number >>= 1;
	}
	return (u8)(((unsigned int)number * rtc_chip_unit_of(trim->mask)) & trim->mask) | sign;
}

/**
 * rtc_chip_trim_decode() - how many steps are in the register?
 * @trim: of a chip
 * @value: of &rtc_chip_trim.reg
 * @lsb: of the register of &rtc_chip_trim.lsb, if it has one
 *
 * Return: steps up, or minus the steps down.
 */
int rtc_chip_trim_decode(const struct rtc_chip_trim *trim, u8 value, u8 lsb)
{
	int range = trim->mask / rtc_chip_unit_of(trim->mask) + 1;
	int number = (value & trim->mask) / rtc_chip_unit_of(trim->mask);
	bool is_negative = number >= range / 2;

	if (trim->sign_mask) {
		is_negative = !(value & trim->sign_mask) != trim->is_slowing;
		return is_negative ? -number : number;
	}
	if (is_negative)
		number -= range;
	if (trim->lsb.mask)
		number = 2 * number + !!(lsb & trim->lsb.mask);
	return trim->is_slowing ? -number : number;
}
