// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the trim of each part that has one, as the RTC core and the engine see it,
 * compared with what the part does.
 */
#include <kunit/test.h>
#include <linux/math64.h>
#include <linux/time64.h>

#include "part.h"

#define OFFSETS		400

/* What the model rounds to whole ppb in each of 64 steps */
#define ROUND_PPB	32

/* A step of the DS3231's aging is 0.1 ppm more or less. */
static s64 slack_ppb(const struct part *part, long ppb)
{
	return div_s64(abs((s64)ppb) * part->chip->trim.slack_percent, 100) + ROUND_PPB;
}

/*
 * Positive when it is slower, as with the offset of the RTC core. What was written
 * may act a while later.
 */
static long true_offset_ppb(struct part *part)
{
	const struct sim_chip *chip = &part->board->sim.chip;

	board_skip(part->board, (part->chip->trim.lag_s + 1) * (s64)NSEC_PER_SEC);
	return -chip->model->trim_ppb(chip);
}

static s64 between(s64 a, s64 b)
{
	return a > b ? a - b : b - a;
}

static bool has_trim(const struct part *part)
{
	return part->rtc->ops->set_offset;
}

static void expect_offset(struct part *part, long set_ppb)
{
	long read_ppb = 0;

	KUNIT_EXPECT_EQ(part->test, rtc_read_offset(part->rtc, &read_ppb), 0);
	KUNIT_EXPECT_LE_MSG(part->test, between(read_ppb, set_ppb), part->chip->trim.step_ppb,
			    "    %s: %ld set, %ld read\n", part->name, set_ppb, read_ppb);
	KUNIT_EXPECT_LE_MSG(part->test, between(true_offset_ppb(part), read_ppb),
			    slack_ppb(part, read_ppb), "    %s: %ld read, does %ld\n",
			    part->name, read_ppb, true_offset_ppb(part));
}

static void an_offset_is_what_was_set(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_sync_trim *trim = &part->chip->trim;
	long offset_ppb;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, has_trim(part), !!part->board->sim.chip.model->trim_ppb);
	if (!has_trim(part)) {
		kunit_info(test, "%s: it has none\n", part->name);
		return;
	}
	for (i = 0; i < OFFSETS; i++) {
		offset_ppb = -trim->max_ppb +
			     board_random(&part->random, trim->max_ppb - trim->min_ppb + 1);
		KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, offset_ppb), 0);
		expect_offset(part, offset_ppb);
	}
	kunit_info(test, "%s: %d to %d ppb in steps of %d\n", part->name, trim->min_ppb,
		   trim->max_ppb, trim->step_ppb);
}

static void the_ends_of_its_range(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_sync_trim *trim = &part->chip->trim;
	long before_ppb;

	if (!has_trim(part))
		return;
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, -trim->max_ppb), 0);
	expect_offset(part, -trim->max_ppb);
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, -trim->min_ppb), 0);
	expect_offset(part, -trim->min_ppb);
	before_ppb = true_offset_ppb(part);
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, -trim->max_ppb - 1), -ERANGE);
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, -trim->min_ppb + 1), -ERANGE);
	KUNIT_EXPECT_EQ(test, true_offset_ppb(part), before_ppb);
}

/* The engine's way: positive when it is faster. */
static void the_engine_trims_it(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_sync_source *source = &part->chip->source;
	s32 ppb = 0;

	if (!source->set_trim)
		return;
	KUNIT_EXPECT_EQ(test, source->set_trim(part->chip, source->trim->max_ppb / 2), 0);
	KUNIT_EXPECT_EQ(test, source->get_trim(part->chip, &ppb), 0);
	KUNIT_EXPECT_LE(test, between(ppb, source->trim->max_ppb / 2), source->trim->step_ppb);
	KUNIT_EXPECT_LE(test, between(-true_offset_ppb(part), ppb), slack_ppb(part, ppb));
}

/* An EEPROM wears: what is there already is not written. */
static void the_same_again_is_not_written(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct sim_chip *chip = &part->board->sim.chip;
	unsigned int writes = chip->writes;

	if (!has_trim(part) || !part->chip->trim.wears)
		return;
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, 100000), 0);
	KUNIT_EXPECT_GT(test, chip->writes, writes);
	writes = chip->writes;
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, 100000), 0);
	KUNIT_EXPECT_EQ(test, chip->writes, writes);
}

/* Each byte in turn without an acknowledge: an error, or it is done. */
static void a_transfer_that_breaks_off(struct kunit *test)
{
	struct part *part = part_begin(test);
	unsigned int failed = 0;
	long read_ppb;
	int fails_at;
	int ret;

	if (!has_trim(part))
		return;
	for (fails_at = 0; fails_at < 200; fails_at++) {
		KUNIT_ASSERT_EQ(test, rtc_set_offset(part->rtc, 0), 0);
		/* Until that is done with, the DS3231 begins nothing new. */
		KUNIT_EXPECT_EQ(test, true_offset_ppb(part), 0);
		board_fail(part->board, fails_at, true);
		ret = rtc_set_offset(part->rtc, -part->chip->trim.max_ppb);
		if (!board_mend(part->board))
			break;
		failed += ret < 0;
		if (!ret)
			expect_offset(part, -part->chip->trim.max_ppb);
	}
	KUNIT_EXPECT_GT(test, failed, 0);
	part->board->sim.faults.gone = true;
	KUNIT_EXPECT_LT(test, rtc_read_offset(part->rtc, &read_ppb), 0);
}

static struct kunit_case chip_trim_cases[] = {
	KUNIT_CASE_PARAM(an_offset_is_what_was_set, part_next),
	KUNIT_CASE_PARAM(the_ends_of_its_range, part_next),
	KUNIT_CASE_PARAM(the_engine_trims_it, part_next),
	KUNIT_CASE_PARAM(the_same_again_is_not_written, part_next),
	KUNIT_CASE_PARAM(a_transfer_that_breaks_off, part_next),
	{ }
};

static struct kunit_suite chip_trim_suite = {
	.name = "rtc-sync-chip-trim",
	.exit = part_exit,
	.test_cases = chip_trim_cases,
};

kunit_test_suite(chip_trim_suite);
