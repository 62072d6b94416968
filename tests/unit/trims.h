/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A second decoder of the trim's registers, which knows no more than vectors.h.
 */
#ifndef TESTS_UNIT_TRIMS_H
#define TESTS_UNIT_TRIMS_H

#include "judge.h"

#include <linux/minmax.h>

/* The letters' number and direction, out of the registers: steps up */
static inline int true_steps(const struct trim_facts *trim, u8 value, u8 lsb)
{
	int number = 0;
	int sign = trim->is_slowing ? -1 : 1;
	int i;

	for (i = 0; i < 8; i++) {
		int bit = value >> (7 - i) & 1;

		switch (trim->bits[i]) {
		case 'N':
			number = -bit;
			break;
		case '#':
			number = 2 * number + bit;
			break;
		case 'F':
			sign = bit ? 1 : -1;
			break;
		}
	}
	for (i = 0; trim->lsb && i < 8; i++)
		if (trim->lsb[i] == '#')
			number = 2 * number + (lsb >> (7 - i) & 1);
	return sign * number;
}

/* No other step comes closer to a rate. */
static inline void check_next(const struct part *part, s32 ppb)
{
	const struct rtc_chip_trim *trim = &part->desc->trim;
	int found = rtc_chip_trim_steps(trim, ppb);
	s64 error_ppt = 0;
	s64 least_ppt = INT64_MAX;
	int steps;

	for (steps = part->trim.least; steps <= part->trim.most; steps++) {
		s64 ppt = (s64)steps * (steps > 0 ? trim->up_ppt : trim->down_ppt);
		s64 off_ppt = llabs(ppb * 1000LL - ppt);

		least_ppt = min(least_ppt, off_ppt);
		if (steps == found)
			error_ppt = off_ppt;
	}
	assert_that(found >= part->trim.least && found <= part->trim.most &&
		    error_ppt == least_ppt, "%s: %d steps for %d ppb",
		    part->desc->name, found, ppb);
}

#endif /* TESTS_UNIT_TRIMS_H */
