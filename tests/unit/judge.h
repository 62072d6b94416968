/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's word against the oracle's, on the registers of a whole chip.
 */
#ifndef TESTS_UNIT_JUDGE_H
#define TESTS_UNIT_JUDGE_H

#include "oracle.h"

static inline bool is_same_time(const struct rtc_time *a, const struct rtc_time *b)
{
	return a->tm_sec == b->tm_sec && a->tm_min == b->tm_min &&
	       a->tm_hour == b->tm_hour && a->tm_mday == b->tm_mday &&
	       a->tm_mon == b->tm_mon && a->tm_year == b->tm_year;
}

static inline void print_image(const struct part *part, const u8 *space)
{
	int i;

	print_error("%s:", part->desc->name);
	for (i = 0; i < FIELDS; i++)
		print_error(" %02x", space[part->reg + i]);
	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		print_error(", %02x: %02x", part->others[i].reg,
			    space[part->others[i].reg]);
	print_error(", RTC_SYNC_SEED=%llu\n", random_seed);
}

/* What the driver would say: flags beside the time, then the time */
static inline int driver_time(const struct part *part, const u8 *space,
			      struct rtc_time *tm)
{
	const struct rtc_chip_desc *desc = part->desc;
	int i;

	for (i = 0; i < RTC_CHIP_FLAGS; i++)
		if (rtc_chip_flag_is_void(&desc->flags[i]) &&
		    !rtc_chip_is_in_time(desc, desc->flags[i].reg) &&
		    rtc_chip_flag_is_raised(&desc->flags[i],
					    space[desc->flags[i].reg]))
			return -EINVAL;
	return rtc_chip_decode(desc, space + desc->time.reg, tm);
}

/* A time of the part's range */
static inline void random_time(const struct part *part, struct rtc_time *tm)
{
	int year, month;
	int date;

	do {
		year = (int)random_between(part->first_date / 10000,
					   part->last_date / 10000);
		month = (int)random_between(1, 12);
		*tm = (struct rtc_time) {
			.tm_year = year - 1900,
			.tm_mon = month - 1,
			.tm_mday = (int)random_between(1, month_days(year, month)),
			.tm_hour = (int)random_between(0, 23),
			.tm_min = (int)random_between(0, 59),
			.tm_sec = (int)random_between(0, 59),
		};
		date = year * 10000 + month * 100 + tm->tm_mday;
	} while (date < part->first_date || date > part->last_date);
}

/* Flags beside the time as they are when all is well */
static inline void fill_space(const struct part *part, u8 *space)
{
	int i;

	for (i = 0; i < REGISTERS; i++)
		space[i] = (u8)random_u64();
	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		space[part->others[i].reg] =
			write_byte(part->others[i].bits, 0, 0, 0);
}

/* Driver and oracle say the same of an image; whether it is a time. */
static inline bool agree(const struct part *part, const u8 *space)
{
	struct rtc_time tm = { .tm_sec = 77 };
	struct rtc_time expected;
	const char *why = oracle(part, space, &expected);
	int ret = driver_time(part, space, &tm);

	if (why ? ret == -EINVAL && tm.tm_sec == 77 :
		  !ret && is_same_time(&tm, &expected))
		return !why;
	print_image(part, space);
	fail_msg("%s, but %d", why ? why : "good", ret);
	return false;
}

/* Written, it is what the oracle writes; read, it is what was written. */
static inline void check_time(const struct part *part, u8 *space,
			      const struct rtc_time *tm)
{
	u8 *regs = space + part->reg;
	struct rtc_time back;
	u8 should[FIELDS];
	u8 old[FIELDS];

	memcpy(old, regs, FIELDS);
	oracle_write(part, tm, old, should);
	assert_int_equal(rtc_chip_encode(part->desc, tm, old, regs), 0);
	assert_memory_equal(regs, should, FIELDS);
	assert_int_equal(driver_time(part, space, &back), 0);
	assert_true(is_same_time(tm, &back));
	assert_int_equal(back.tm_wday, weekday(tm->tm_year + 1900,
					       tm->tm_mon + 1, tm->tm_mday));
	assert_true(agree(part, space));
}

#endif /* TESTS_UNIT_JUDGE_H */
