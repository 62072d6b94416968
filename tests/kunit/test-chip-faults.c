// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what goes wrong on the bus, and in the part: never a wrong time.
 */
#include <kunit/test.h>
#include <linux/ktime.h>
#include <linux/time64.h>

#include "part.h"

/* The old and the new time have no digit in common: half of each is a third time. */
#define OLD_S		1322629383LL	/* 2011-11-30 05:03:03 */
#define NEW_S		2008664628LL	/* 2033-08-26 15:23:48 */

/* A set, its retries and what is read back, bytes */
#define BYTES_MAX	400
#define TRANSFERS_MAX	100

/* 2028-01-01 00:00:00, and more than a reading of it takes */
#define NEW_YEAR_S	1830297600LL
#define READING_NS	(5 * (s64)NSEC_PER_MSEC)

#define READINGS	1000
#define IMAGES		2000

static bool is_near(time64_t rtc_s, time64_t about_s)
{
	return rtc_s >= about_s && rtc_s <= about_s + 3;
}

/* What is read when the bus works again */
static void expect_no_third_time(struct part *part, int ret, int fails_at)
{
	time64_t rtc_s = part_read_time(part);

	if (!ret)
		KUNIT_EXPECT_TRUE_MSG(part->test, is_near(rtc_s, NEW_S),
				      "    %s: set, byte %d failed, reads %lld\n",
				      part->name, fails_at, rtc_s);
	else
		KUNIT_EXPECT_TRUE_MSG(part->test, rtc_s == -EINVAL || is_near(rtc_s, OLD_S) ||
				      is_near(rtc_s, NEW_S),
				      "    %s: %d, byte %d failed, reads %lld\n",
				      part->name, ret, fails_at, rtc_s);
}

/* Each byte of a set in turn gets no acknowledge. */
static void a_set_that_breaks_off(struct kunit *test)
{
	struct part *part = part_begin(test);
	unsigned int failed = 0;
	int fails_at;
	int ret;

	KUNIT_ASSERT_EQ(test, part_set_time(part, OLD_S), 0);
	for (fails_at = 0; fails_at < BYTES_MAX; fails_at++) {
		board_settle(part->board, OLD_S, 0);
		board_fail(part->board, fails_at, false);
		ret = part_set_time(part, NEW_S);
		if (!board_mend(part->board))
			break;
		failed += ret < 0;
		expect_no_third_time(part, ret, fails_at);
		/* So that the time is one again, and the part runs. */
		KUNIT_ASSERT_EQ(test, part_set_time(part, OLD_S), 0);
	}
	KUNIT_EXPECT_LT(test, fails_at, BYTES_MAX);
	kunit_info(test, "%s: %d bytes, %u sets failed\n", part->name, fails_at, failed);
}

/* From some byte of a set on, nobody answers any more, until the bus is mended. */
static void a_set_that_is_cut_short(struct kunit *test)
{
	struct part *part = part_begin(test);
	int fails_at;
	int ret;

	for (fails_at = 0; fails_at < BYTES_MAX; fails_at++) {
		KUNIT_ASSERT_EQ(test, part_set_time(part, OLD_S), 0);
		board_fail(part->board, fails_at, true);
		ret = part_set_time(part, NEW_S);
		if (!board_mend(part->board))
			break;
		expect_no_third_time(part, ret, fails_at);
	}
	KUNIT_EXPECT_GT(test, fails_at, 5);
	KUNIT_EXPECT_LT(test, fails_at, BYTES_MAX);
}

/* After each transfer of a set in turn the controller sleeps: the I2C core says no. */
static void a_controller_that_falls_asleep_amid_a_set(struct kunit *test)
{
	struct part *part = part_begin(test);
	unsigned int failed = 0;
	int after;
	int ret;

	for (after = 0; after < TRANSFERS_MAX; after++) {
		KUNIT_ASSERT_EQ(test, part_set_time(part, OLD_S), 0);
		part->board->suspends_after = after;
		ret = part_set_time(part, NEW_S);
		if (ret)
			KUNIT_EXPECT_EQ(test, part_read_time(part), -ESHUTDOWN);
		if (!board_resume(part->board, BOARD_OURS))
			break;
		failed += ret < 0;
		expect_no_third_time(part, ret, after);
	}
	KUNIT_EXPECT_GT(test, failed, 5);
	KUNIT_EXPECT_LT(test, after, TRANSFERS_MAX);
	kunit_info(test, "%s: asleep after each of %d transfers, %u sets failed\n", part->name,
		   after, failed);
}

/*
 * Not by the RTC core: who holds its lock, as the engine does for a reading, makes the
 * set late before the driver hears of it.
 */
static int set_at_once(struct part *part, time64_t rtc_s)
{
	struct rtc_time tm;

	rtc_time64_to_tm(rtc_s, &tm);
	return rtc_chip_set_time(part->rtc->dev.parent, &tm);
}

/* Each transfer of a set in turn is late, also that which reads the new time back. */
static void a_set_on_a_machine_that_stalls(struct kunit *test)
{
	struct part *part = part_begin(test);
	s64 began_ns;
	s64 behind_ns;
	s64 rtc_s;
	int after;

	for (after = 0; after < TRANSFERS_MAX; after++) {
		KUNIT_ASSERT_EQ(test, part_set_time(part, OLD_S), 0);
		part->board->stalls_after = after;
		began_ns = ktime_get_ns();
		KUNIT_EXPECT_EQ_MSG(test, set_at_once(part, NEW_S), 0,
				    "    %s: transfer %d is late\n", part->name, after);
		if (part->board->stalls_after >= 0)
			break;
		rtc_s = part_read_time(part);
		behind_ns = ktime_get_ns() - began_ns - (rtc_s - NEW_S) * NSEC_PER_SEC;
		KUNIT_EXPECT_TRUE_MSG(test, behind_ns >= 0 && behind_ns <= 2 * NSEC_PER_SEC,
				      "    %s: transfer %d was late, reads %lld, %lld ns behind\n",
				      part->name, after, rtc_s, behind_ns);
	}
	part->board->stalls_after = -1;
	KUNIT_EXPECT_GT(test, after, 5);
	KUNIT_EXPECT_LT(test, after, TRANSFERS_MAX);
}

/* The year ends at each instant of a reading in turn, in steps of a third of a byte. */
static void a_second_that_ends_while_it_is_read(struct kunit *test)
{
	struct part *part = part_begin(test);
	unsigned int before = 0;
	time64_t rtc_s;
	s64 rest_ns;

	for (rest_ns = 0; rest_ns < READING_NS; rest_ns += 30000) {
		board_settle(part->board, NEW_YEAR_S - 1, NSEC_PER_SEC - 1 - rest_ns);
		rtc_s = part_read_time(part);
		KUNIT_EXPECT_TRUE_MSG(test, rtc_s == NEW_YEAR_S - 1 || rtc_s == NEW_YEAR_S,
				      "    %s: %lld ns before the end, %lld\n", part->name,
				      rest_ns, rtc_s);
		before += rtc_s == NEW_YEAR_S - 1;
	}
	KUNIT_EXPECT_GT(test, before, 0);
}

static void noise_on_the_bus(struct kunit *test)
{
	struct part *part = part_begin(test);
	unsigned int good = 0;
	time64_t rtc_s;
	unsigned int i;

	part->board->sim.faults = (struct sim_faults) {
		.nak_percent = 15, .arbitration_percent = 10,
		.timeout_percent = 5, .timeout_us = 1000,
	};
	for (i = 0; i < READINGS; i++) {
		board_settle(part->board, NEW_S, 0);
		rtc_s = part_read_time(part);
		KUNIT_EXPECT_TRUE(test, rtc_s < 0 || is_near(rtc_s, NEW_S));
		good += rtc_s >= 0;
	}
	kunit_info(test, "%s: %u of %u readings good\n", part->name, good, READINGS);
	KUNIT_EXPECT_GT(test, good, READINGS / 10);
	KUNIT_EXPECT_LT(test, good, READINGS);
}

/*
 * A bit for a century that is switched off, or that a part has and its drivers have
 * never agreed on, is one to the model and none to the driver.
 */
static bool is_the_same(time64_t got_s, time64_t counts_s)
{
	struct rtc_time counts;
	struct rtc_time got;

	rtc_time64_to_tm(got_s, &got);
	rtc_time64_to_tm(counts_s, &counts);
	return counts_s >= 0 && got.tm_sec == counts.tm_sec && got.tm_min == counts.tm_min &&
	       got.tm_hour == counts.tm_hour && got.tm_mday == counts.tm_mday &&
	       got.tm_mon == counts.tm_mon && got.tm_year % 100 == counts.tm_year % 100;
}

/* Digits that may be a time, in all bits or in those that count only */
static void put_image(struct part *part, unsigned int number)
{
	struct sim_chip *chip = sim_board_get(&part->board->sim);
	unsigned int unit;

	for (unit = 0; unit < SIM_UNITS; unit++) {
		u8 *reg = &chip->regs[chip->model->reg[unit]];
		u8 mask = number & 2 ? 0xff : chip->model->mask[unit];
		u8 value = board_random(&part->random, number & 1 ? 10 : 16) |
			   board_random(&part->random, number & 1 ? 3 : 16) << 4;

		*reg = (*reg & ~mask) | (value & mask);
	}
	sim_board_put(&part->board->sim);
}

/* Whatever is in the registers: the time that the part counts, or none. */
static void any_image_of_the_registers(struct kunit *test)
{
	struct part *part = part_begin(test);
	struct sim_board *sim = &part->board->sim;
	unsigned int valid = 0;
	time64_t counts_s;
	time64_t rtc_s;
	unsigned int i;

	for (i = 0; i < IMAGES; i++) {
		/* As new: what an image has stopped or raised is over. */
		sim_board_power_up(sim, sim->chip.model, OLD_S, sim_board_now_ns(sim));
		put_image(part, i);
		counts_s = board_shows(part->board);
		rtc_s = part_read_time(part);
		if (rtc_s < 0)
			continue;
		valid++;
		KUNIT_EXPECT_TRUE_MSG(test, is_the_same(rtc_s, counts_s),
				      "    %s: image %u, %lld, not %lld\n",
				      part->name, i, rtc_s, counts_s);
	}
	kunit_info(test, "%s: %u of %u images are a time\n", part->name, valid, IMAGES);
	KUNIT_EXPECT_GT(test, valid, IMAGES / 20);
}

static struct kunit_case chip_faults_cases[] = {
	KUNIT_CASE_PARAM(a_set_that_breaks_off, part_next),
	KUNIT_CASE_PARAM(a_set_that_is_cut_short, part_next),
	KUNIT_CASE_PARAM(a_controller_that_falls_asleep_amid_a_set, part_next),
	KUNIT_CASE_PARAM(a_set_on_a_machine_that_stalls, part_next),
	KUNIT_CASE_PARAM(a_second_that_ends_while_it_is_read, part_next),
	KUNIT_CASE_PARAM(noise_on_the_bus, part_next),
	KUNIT_CASE_PARAM(any_image_of_the_registers, part_next),
	{ }
};

static struct kunit_suite chip_faults_suite = {
	.name = "rtc-sync-chip-faults",
	.exit = part_exit,
	.test_cases = chip_faults_cases,
};

kunit_test_suite(chip_faults_suite);
