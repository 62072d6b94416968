// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of drivers/rtc/chip/codec.c for each chip: images of vectors.h, each date of
 * the range, each second of some days, each value of each byte.
 */
#include "judge.h"

static void parse_image(const char *text, u8 *regs)
{
	char *end;
	int i;

	for (i = 0; i < FIELDS; i++, text = end)
		regs[i] = (u8)strtol(text, &end, 16);
	assert_int_equal(*end, 0);
}

static void vectors_are_right(void **state)
{
	const struct part *part = *state;
	u8 space[REGISTERS];
	struct rtc_time tm;
	int good = 0, bad = 0;
	char when[80];
	int i;

	learn_part(part);
	fill_space(part, space);
	for (i = 0; i < IMAGES && part->images[i].regs; i++) {
		parse_image(part->images[i].regs, space + part->reg);
		assert_int_equal(agree(part, space), !!part->images[i].when);
		if (!part->images[i].when) {
			bad++;
			continue;
		}
		good++;
		assert_int_equal(driver_time(part, space, &tm), 0);
		snprintf(when, sizeof(when), "%04d-%02d-%02d %02d:%02d:%02d",
			 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			 tm.tm_hour, tm.tm_min, tm.tm_sec);
		assert_string_equal(when, part->images[i].when);
	}
	assert_true(good > 1 && bad > 1);
}

static int date_of(const struct rtc_time *tm)
{
	return (tm->tm_year + 1900) * 10000 + (tm->tm_mon + 1) * 100 + tm->tm_mday;
}

static void next_day(struct rtc_time *tm)
{
	if (tm->tm_mday++ < month_days(tm->tm_year + 1900, tm->tm_mon + 1))
		return;
	tm->tm_mday = 1;
	tm->tm_year += tm->tm_mon == 11;
	tm->tm_mon = (tm->tm_mon + 1) % 12;
}

static void set_second(struct rtc_time *tm, int second)
{
	tm->tm_hour = second / 3600;
	tm->tm_min = second / 60 % 60;
	tm->tm_sec = second % 60;
}

static void every_date_comes_back(void **state)
{
	const struct part *part = *state;
	struct rtc_time tm = {
		.tm_year = part->first_date / 10000 - 1900,
		.tm_mon = part->first_date / 100 % 100 - 1,
		.tm_mday = part->first_date % 100,
	};
	u8 space[REGISTERS];
	struct rtc_time before = { .tm_year = tm.tm_year - 1, .tm_mon = 11,
				   .tm_mday = 31, .tm_hour = 23, .tm_min = 59,
				   .tm_sec = 59 };

	learn_part(part);
	fill_space(part, space);
	assert_int_equal(rtc_chip_encode(part->desc, &before, space + part->reg,
					 space + part->reg), -ERANGE);
	while (date_of(&tm) <= part->last_date) {
		set_second(&tm, 0);
		check_time(part, space, &tm);
		set_second(&tm, (int)random_between(0, 86399));
		check_time(part, space, &tm);
		set_second(&tm, 86399);
		check_time(part, space, &tm);
		next_day(&tm);
	}
	set_second(&tm, 0);
	assert_int_equal(rtc_chip_encode(part->desc, &tm, space + part->reg,
					 space + part->reg), -ERANGE);
}

static void every_second_comes_back(void **state)
{
	static const int days[][3] = {
		{ 2001, 1, 1 }, { 2024, 2, 29 }, { 2099, 12, 31 },
	};
	const struct part *part = *state;
	u8 space[REGISTERS];
	struct rtc_time tm;
	size_t i;
	int second;

	learn_part(part);
	fill_space(part, space);
	for (i = 0; i < array_size(days); i++) {
		tm = (struct rtc_time) {
			.tm_year = days[i][0] - 1900,
			.tm_mon = days[i][1] - 1,
			.tm_mday = days[i][2],
		};
		for (second = 0; second < 86400; second++) {
			set_second(&tm, second);
			check_time(part, space, &tm);
			assert_int_equal(rtc_chip_decode_second(part->desc,
								space[part->reg]),
					 second % 60);
		}
	}
}

/* Each value of each byte, and of each with the day of the month */
static void every_byte_is_judged(void **state)
{
	const struct part *part = *state;
	struct rtc_time tm = { .tm_year = 124, .tm_mon = 1, .tm_mday = 28,
			       .tm_hour = 11, .tm_min = 15, .tm_sec = 30 };
	u8 space[REGISTERS];
	u8 *regs = space + part->reg;
	int value, byte, day;

	learn_part(part);
	fill_space(part, space);
	for (byte = 0; byte < FIELDS; byte++) {
		for (value = 0; value < 256; value++) {
			oracle_write(part, &tm, regs, regs);
			regs[byte] = (u8)value;
			agree(part, space);
			for (day = 0; day < 256; day++) {
				regs[place_of(part, 'd')] = (u8)day;
				agree(part, space);
			}
		}
	}
}

/* 12 AM to 11 PM, in all ways that the byte can be */
static void every_hour_of_12(void **state)
{
	const struct part *part = *state;
	struct rtc_time tm = { .tm_year = 124, .tm_mday = 1 };
	u8 space[REGISTERS];
	u8 *regs = space + part->reg;
	struct rtc_time back;
	int hour;

	if (!strchr(part->bytes[place_of(part, 'h')], 'T')) {
		assert_int_equal(part->desc->time.hour_12_mask, 0);
		return;
	}
	learn_part(part);
	fill_space(part, space);
	for (hour = 0; hour < 24; hour++) {
		tm.tm_hour = hour;
		oracle_write(part, &tm, regs, regs);
		regs[2] = (u8)(undigits(hour % 12 ? hour % 12 : 12) | 0x40 |
			       (hour > 11 ? 0x20 : 0));
		assert_int_equal(driver_time(part, space, &back), 0);
		assert_true(is_same_time(&tm, &back));
		/* Written, it is one of 24. */
		check_time(part, space, &back);
		assert_int_equal(regs[2], undigits(hour));
	}
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "vectors", vectors_are_right);
	count += for_all_parts(tests + count, "every date", every_date_comes_back);
	count += for_all_parts(tests + count, "every second", every_second_comes_back);
	count += for_all_parts(tests + count, "every byte", every_byte_is_judged);
	count += for_all_parts(tests + count, "hours of 12", every_hour_of_12);
	return _cmocka_run_group_tests("time", tests, count, random_begin, NULL);
}
