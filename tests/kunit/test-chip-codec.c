// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the codec in the kernel's own build, each row of the tables against the model
 * of its part, which nobody wrote by the other.
 */
#include <kunit/test.h>
#include <linux/bcd.h>
#include <linux/time64.h>

#include "part.h"

#define SECONDS_A_DAY	86400LL

/* Each day that the part can count, at another second of it */
static void each_day_comes_back(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_chip_desc *desc = part->chip->desc;
	const u8 old[RTC_CHIP_BYTES] = { };
	u8 regs[RTC_CHIP_BYTES];
	unsigned int days = 0;
	struct rtc_time tm;
	struct rtc_time read;
	time64_t rtc_s;
	time64_t day_s;

	for (day_s = desc->time.range_min; day_s <= desc->time.range_max;
	     day_s += SECONDS_A_DAY) {
		rtc_s = day_s + board_random(&part->random, SECONDS_A_DAY);
		rtc_time64_to_tm(rtc_s, &tm);
		KUNIT_ASSERT_EQ(test, rtc_chip_encode(desc, &tm, old, regs), 0);
		KUNIT_ASSERT_EQ(test, rtc_chip_decode(desc, regs, &read), 0);
		KUNIT_ASSERT_EQ(test, rtc_tm_to_time64(&read), rtc_s);
		KUNIT_ASSERT_EQ(test, read.tm_wday, tm.tm_wday);
		KUNIT_ASSERT_EQ(test, rtc_chip_decode_second(desc, regs[0]), tm.tm_sec);
		days++;
	}
	kunit_info(test, "%s: %u days\n", part->name, days);
	KUNIT_EXPECT_GT(test, days, 36000);
}

/* A second that is none, as the engine reads it alone */
static void a_second_that_is_none(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_chip_desc *desc = part->chip->desc;
	unsigned int valid = 0;
	int second;
	int byte;

	for (byte = 0; byte < 256; byte++) {
		second = rtc_chip_decode_second(desc, byte);
		if (second < 0)
			continue;
		KUNIT_EXPECT_EQ(test, second, bcd2bin(byte & 0x7f));
		KUNIT_EXPECT_LT(test, second, 60);
		valid++;
	}
	/* With a bit that says nothing each comes twice. */
	KUNIT_EXPECT_TRUE(test, valid == 60 || valid == 120);
}

static void the_row_is_that_of_the_model(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_chip_calendar *time = &part->chip->desc->time;
	const struct sim_model *model = part->board->sim.chip.model;

	KUNIT_EXPECT_EQ(test, time->reg + RTC_CHIP_SECOND, model->reg[SIM_SECOND]);
	KUNIT_EXPECT_EQ(test, time->reg + RTC_CHIP_MINUTE, model->reg[SIM_MINUTE]);
	KUNIT_EXPECT_EQ(test, time->reg + RTC_CHIP_HOUR, model->reg[SIM_HOUR]);
	KUNIT_EXPECT_EQ(test, time->reg + time->wday_at, model->reg[SIM_WDAY]);
	KUNIT_EXPECT_EQ(test, time->reg + time->mday_at, model->reg[SIM_MDAY]);
	KUNIT_EXPECT_EQ(test, time->reg + time->month_at, model->reg[SIM_MONTH]);
	KUNIT_EXPECT_EQ(test, time->reg + time->year_at, model->reg[SIM_YEAR]);
	KUNIT_EXPECT_EQ(test, time->has_fraction, model->hundredths + 1 == time->reg);
	KUNIT_EXPECT_EQ(test, time->is_torn, model->latch == SIM_LATCH_NONE);
	KUNIT_EXPECT_EQ(test, part->chip->desc->trim.mask != 0, !!model->trim_ppb);
}

/* The first alarm, which is the one that reaches further */
static void the_alarm_is_that_of_the_model(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct rtc_chip_alarm *alarm = &part->chip->desc->alarm;
	const struct sim_alarm *model = &part->board->sim.chip.model->alarm[0];

	KUNIT_EXPECT_EQ(test, rtc_chip_has_alarm(part->chip->desc), model->flag.mask != 0);
	if (!rtc_chip_has_alarm(part->chip->desc))
		return;
	KUNIT_EXPECT_EQ(test, alarm->sec_at == RTC_CHIP_NONE, model->reg[SIM_SECOND] == 0);
	if (alarm->sec_at != RTC_CHIP_NONE)
		KUNIT_EXPECT_EQ(test, alarm->reg + alarm->sec_at, model->reg[SIM_SECOND]);
	KUNIT_EXPECT_EQ(test, alarm->reg + alarm->min_at, model->reg[SIM_MINUTE]);
	KUNIT_EXPECT_EQ(test, alarm->reg + alarm->hour_at, model->reg[SIM_HOUR]);
	KUNIT_EXPECT_EQ(test, alarm->reg + alarm->mday_at, model->reg[SIM_MDAY]);
	if (alarm->month_at != RTC_CHIP_NONE)
		KUNIT_EXPECT_EQ(test, alarm->reg + alarm->month_at, model->reg[SIM_MONTH]);
	KUNIT_EXPECT_EQ(test, alarm->flag.reg, model->flag.reg);
	KUNIT_EXPECT_EQ(test, alarm->flag.mask, model->flag.mask);
}

static struct kunit_case chip_codec_cases[] = {
	KUNIT_CASE_PARAM(each_day_comes_back, part_next),
	KUNIT_CASE_PARAM(a_second_that_is_none, part_next),
	KUNIT_CASE_PARAM(the_row_is_that_of_the_model, part_next),
	KUNIT_CASE_PARAM(the_alarm_is_that_of_the_model, part_next),
	{ }
};

static struct kunit_suite chip_codec_suite = {
	.name = "rtc-sync-chip-codec",
	.exit = part_exit,
	.test_cases = chip_codec_cases,
};

kunit_test_suite(chip_codec_suite);
