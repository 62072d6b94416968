// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the offset, the RTC's own trim, set by mainline's driver and by ours, read
 * by both, and compared with what the chip does.
 */
#include <kunit/test.h>

#include "diff.h"

#define OFFSETS		500

/* Beyond what any of them can do, ppb */
#define MOST_PPB	350000

/* Half of the largest step, that of the PCF8523 and PCF85063A, ppb */
#define STEP_PPB	2171

/* What rounding makes, ppb */
#define ROUND_PPB	2

static bool has_offset(const struct rtc_device *rtc)
{
	return rtc->ops->set_offset;
}

/* What the chip does: positive when it is slower. */
static long true_offset_ppb(const struct diff *diff)
{
	const struct sim_chip *chip = &diff->board->sim.chip;

	return -chip->model->trim_ppb(chip);
}

static void compare(struct diff *diff, unsigned int by, long set_ppb)
{
	unsigned int i;
	long got_ppb;
	int ret;

	for (i = 0; i < BOARD_BUSES; i++) {
		diff->compared++;
		got_ppb = 0;
		ret = rtc_read_offset(diff->rtc[i], &got_ppb);
		if (ret || abs(got_ppb - true_offset_ppb(diff)) > ROUND_PPB)
			diff_found(diff, DIFF_OFFSET_READ, i, by, set_ppb, ret ?: got_ppb);
	}
}

static void try(struct diff *diff, long set_ppb)
{
	int ret[BOARD_BUSES];
	unsigned int by;

	for (by = 0; by < BOARD_BUSES; by++) {
		ret[by] = rtc_set_offset(diff->rtc[by], set_ppb);
		if (ret[by])
			continue;
		if (abs(true_offset_ppb(diff) - set_ppb) > STEP_PPB)
			diff_found(diff, DIFF_OFFSET_FAR, by, by, set_ppb,
				   true_offset_ppb(diff));
		compare(diff, by, set_ppb);
	}
	for (by = 0; by < BOARD_BUSES; by++)
		if (ret[by] && !ret[!by])
			diff_found(diff, DIFF_OFFSET_REFUSED, by, by, set_ppb, ret[by]);
}

static void offset_is_the_same(struct kunit *test)
{
	struct diff *diff = diff_begin(test, DIFF_OFFSET);
	unsigned int i;

	if (!has_offset(diff->rtc[BOARD_MAINLINE]) || !has_offset(diff->rtc[BOARD_OURS])) {
		KUNIT_EXPECT_FALSE(test, has_offset(diff->rtc[BOARD_MAINLINE]));
		kunit_info(test, "%s: mainline offers none\n", diff->pair->name);
		return;
	}
	for (i = 0; i < OFFSETS; i++)
		try(diff, (long)board_random(&diff->random, 2 * MOST_PPB + 1) - MOST_PPB);
	diff_end(diff);
}

static struct kunit_case diff_offset_cases[] = {
	KUNIT_CASE_PARAM(offset_is_the_same, diff_next_pair),
	{ }
};

static struct kunit_suite diff_offset_suite = {
	.name = "rtc-sync-diff-offset",
	.exit = diff_exit,
	.test_cases = diff_offset_cases,
};

kunit_test_suite(diff_offset_suite);
