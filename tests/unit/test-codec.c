// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of drivers/rtc/chip/codec.c against a second decoder that works on the
 * hexadecimal text of the registers and knows no more than the data sheets.
 */
#include "random.h"

#include <linux/errno.h>
#include <linux/rtc.h>

#include "../../drivers/rtc/chip/codec.h"

#define IMAGES		1000000
#define CH		0x80

static const struct rtc_chip_desc *const chips[] = {
	&rtc_chip_ds1307, &rtc_chip_ds1338, &rtc_chip_ds3231,
};

static bool has_halt(const struct rtc_chip_desc *desc)
{
	return desc != &rtc_chip_ds3231;
}

static int month_days(int year, int month)
{
	switch (month) {
	case 2:
		return (year % 4 == 0 && year % 100) || year % 400 == 0 ? 29 : 28;
	case 4: case 6: case 9: case 11:
		return 30;
	default:
		return 31;
	}
}

static int digits_of[256];

/* The decimal number that a byte looks like in hexadecimal, or -1. */
static int digits(int byte)
{
	return digits_of[byte & 0xff];
}

static void init_digits(void)
{
	char text[4];
	char *end;
	int byte;

	for (byte = 0; byte < 256; byte++) {
		snprintf(text, sizeof(text), "%02x", byte);
		digits_of[byte] = (int)strtol(text, &end, 10);
		if (*end)
			digits_of[byte] = -1;
	}
}

/* The second decoder: may the chip show this, and what does it mean? */
static bool oracle(const struct rtc_chip_desc *desc, const u8 *regs,
		   struct rtc_time *tm)
{
	bool is_12 = regs[2] >> 6 & 1;
	bool is_pm = is_12 && regs[2] >> 5 & 1;
	bool is_21yy = desc == &rtc_chip_ds3231 && regs[5] >= 0x80;
	int hour = digits(is_12 ? regs[2] & 0x9f : regs[2]);
	int month = digits(is_21yy ? regs[5] - 0x80 : regs[5]);
	int year = digits(regs[6]) + (is_21yy ? 2100 : 2000);

	*tm = (struct rtc_time) {
		.tm_sec = digits(regs[0]), .tm_min = digits(regs[1]),
		.tm_hour = hour, .tm_mday = digits(regs[4]),
		.tm_mon = month - 1, .tm_year = year - 1900,
	};
	if (digits(regs[6]) < 0 || month < 1 || month > 12 ||
	    tm->tm_mday < 1 || tm->tm_mday > month_days(year, month) ||
	    tm->tm_min < 0 || tm->tm_min > 59 ||
	    tm->tm_sec < 0 || tm->tm_sec > 59)
		return false;
	if (is_12) {
		if (hour < 1 || hour > 12)
			return false;
		tm->tm_hour = (hour == 12 ? 0 : hour) + (is_pm ? 12 : 0);
	} else if (hour < 0 || hour > 23) {
		return false;
	}
	return !is_21yy || (year == 2100 && month <= 2);
}

static void print_image(const struct rtc_chip_desc *desc, const u8 *regs)
{
	int i;

	print_error("%s:", desc->name);
	for (i = 0; i < RTC_CHIP_BYTES; i++)
		print_error(" %02x", regs[i]);
	print_error(", seed %llu\n", random_seed);
}

static bool is_same(const struct rtc_time *a, const struct rtc_time *b)
{
	return a->tm_sec == b->tm_sec && a->tm_min == b->tm_min &&
	       a->tm_hour == b->tm_hour && a->tm_mday == b->tm_mday &&
	       a->tm_mon == b->tm_mon && a->tm_year == b->tm_year;
}

/* Decoder and oracle agree, and what is valid encodes to the same registers. */
static bool check_image(const struct rtc_chip_desc *desc, const u8 *regs)
{
	struct rtc_time expected;
	struct rtc_time tm = { .tm_sec = 77 };
	u8 again[RTC_CHIP_BYTES];
	bool is_valid = oracle(desc, regs, &expected);
	int ret = rtc_chip_decode(desc, regs, &tm);
	bool is_good;

	if (is_valid) {
		is_good = !ret && is_same(&tm, &expected) &&
			  !rtc_chip_encode(desc, &tm, again) &&
			  again[0] == regs[0] && again[1] == regs[1] &&
			  digits(again[2]) == expected.tm_hour &&
			  (regs[2] >> 6 & 1 || again[2] == regs[2]) &&
			  again[3] == tm.tm_wday + 1 &&
			  !memcmp(again + 4, regs + 4, 3);
	} else {
		/* Nothing of a wrong time gets out. */
		is_good = ret == -EINVAL && tm.tm_sec == 77;
	}
	if (!is_good)
		print_image(desc, regs);
	assert_true(is_good);
	return is_valid;
}

struct vector {
	const struct rtc_chip_desc *desc;
	u8 regs[RTC_CHIP_BYTES];
	int ret;
	time64_t rtc_s;
};

static const struct vector vectors[] = {
	/* 2000-01-01, a Saturday */
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 7, 1, 1, 0 }, 0, 946684800 },
	/* 2026-01-01T00:00:00 */
	{ &rtc_chip_ds1338, { 0x00, 0x00, 0x00, 5, 1, 1, 0x26 }, 0, 1767225600 },
	/* 2038-01-19T03:14:08: the first second that 32 bits can't count */
	{ &rtc_chip_ds3231, { 0x08, 0x14, 0x03, 3, 0x19, 1, 0x38 }, 0, 2147483648 },
	/* The last seconds of the ranges, and the first ones beyond them */
	{ &rtc_chip_ds1307, { 0x59, 0x59, 0x23, 5, 0x31, 0x12, 0x99 }, 0, 4102444799 },
	{ &rtc_chip_ds3231, { 0x59, 0x59, 0x23, 1, 0x28, 0x82, 0x00 }, 0, 4107542399 },
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x00, 2, 0x29, 0x82, 0x00 }, -EINVAL, 0 },
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x00, 2, 0x01, 0x83, 0x00 }, -EINVAL, 0 },
	/* 2026 by firmware that means 20yy by a century of 1 */
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x00, 5, 1, 0x81, 0x26 }, -EINVAL, 0 },
	/* A century on chips that have none */
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 5, 1, 0x81, 0x00 }, -EINVAL, 0 },
	/* Days that do not exist */
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 1, 0x30, 0x02, 0x24 }, -EINVAL, 0 },
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 1, 0x29, 0x02, 0x23 }, -EINVAL, 0 },
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 1, 0x31, 0x04, 0x24 }, -EINVAL, 0 },
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 1, 0x00, 0x04, 0x24 }, -EINVAL, 0 },
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 1, 0x01, 0x00, 0x24 }, -EINVAL, 0 },
	/* A halted chip; the same bit is none on a DS3231 */
	{ &rtc_chip_ds1307, { CH, 0x00, 0x00, 1, 0x01, 0x01, 0x24 }, -EINVAL, 0 },
	{ &rtc_chip_ds3231, { CH, 0x00, 0x00, 1, 0x01, 0x01, 0x24 }, -EINVAL, 0 },
	/* A bus that nobody drives, a chip without power, a set that broke off */
	{ &rtc_chip_ds1307, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, -EINVAL, 0 },
	{ &rtc_chip_ds3231, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, -EINVAL, 0 },
	{ &rtc_chip_ds3231, { 0, 0, 0, 0, 0, 0, 0 }, -EINVAL, 0 },
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x00, 5, 1, 1, RTC_CHIP_VOID_YEAR }, -EINVAL, 0 },
	/* 12-hour mode: 12 AM, 12 PM, 11 PM, and hours it has not */
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x52, 5, 1, 1, 0x26 }, 0, 1767225600 },
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x72, 5, 1, 1, 0x26 }, 0, 1767268800 },
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x71, 5, 1, 1, 0x26 }, 0, 1767308400 },
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x40, 5, 1, 1, 0x26 }, -EINVAL, 0 },
	{ &rtc_chip_ds3231, { 0x00, 0x00, 0x53, 5, 1, 1, 0x26 }, -EINVAL, 0 },
	/* A wrong day of the week does not matter */
	{ &rtc_chip_ds1307, { 0x00, 0x00, 0x00, 0xfe, 1, 1, 0x26 }, 0, 1767225600 },
};

static void vectors_are_right(void **state)
{
	const struct vector *vector;
	struct rtc_time tm;
	size_t i;

	(void)state;
	for (i = 0; i < array_size(vectors); i++) {
		vector = &vectors[i];
		check_image(vector->desc, vector->regs);
		assert_int_equal(rtc_chip_decode(vector->desc, vector->regs, &tm),
				 vector->ret);
		if (!vector->ret)
			assert_true(rtc_tm_to_time64(&tm) == vector->rtc_s);
	}
}

/* Every date of the range, counted without arithmetic on seconds. */
static void every_date_comes_back(void **state)
{
	struct rtc_time tm = { .tm_hour = 23, .tm_min = 59, .tm_sec = 58 };
	const struct rtc_chip_desc *desc;
	u8 regs[RTC_CHIP_BYTES];
	int year, month, day, last;
	struct rtc_time back;
	int wday;
	size_t i;

	(void)state;
	for (i = 0; i < array_size(chips); i++) {
		desc = chips[i];
		last = desc == &rtc_chip_ds3231 ? 21000228 : 20991231;
		year = 2000;
		month = 1;
		day = 1;
		wday = 6;
		while (year * 10000 + month * 100 + day <= last) {
			tm.tm_year = year - 1900;
			tm.tm_mon = month - 1;
			tm.tm_mday = day;
			assert_int_equal(rtc_chip_encode(desc, &tm, regs), 0);
			assert_int_equal(rtc_chip_decode(desc, regs, &back), 0);
			assert_true(is_same(&tm, &back));
			assert_int_equal(back.tm_wday, wday);
			assert_int_equal(regs[3], wday + 1);
			assert_true(check_image(desc, regs));
			wday = (wday + 1) % 7;
			if (day++ == month_days(year, month)) {
				day = 1;
				year += month == 12;
				month = month % 12 + 1;
			}
		}
		tm.tm_year = year - 1900;
		tm.tm_mon = month - 1;
		tm.tm_mday = day;
		assert_int_equal(rtc_chip_encode(desc, &tm, regs), -ERANGE);
	}
}

static void every_second_comes_back(void **state)
{
	static const int days[][3] = {
		{ 2000, 1, 1 }, { 2024, 2, 29 }, { 2026, 3, 29 },
		{ 2038, 1, 19 }, { 2099, 12, 31 },
	};
	const struct rtc_chip_desc *desc;
	u8 regs[RTC_CHIP_BYTES];
	struct rtc_time tm;
	size_t i, j;
	int second;

	(void)state;
	for (i = 0; i < array_size(chips) * array_size(days); i++) {
		desc = chips[i / array_size(days)];
		j = i % array_size(days);
		for (second = 0; second < 86400; second++) {
			tm = (struct rtc_time) {
				.tm_year = days[j][0] - 1900,
				.tm_mon = days[j][1] - 1,
				.tm_mday = days[j][2],
				.tm_hour = second / 3600,
				.tm_min = second / 60 % 60,
				.tm_sec = second % 60,
			};
			assert_int_equal(rtc_chip_encode(desc, &tm, regs), 0);
			assert_true(check_image(desc, regs));
			assert_int_equal(rtc_chip_decode_second(desc, regs[0]),
					 second % 60);
		}
	}
}

/* All values of each byte, and of the hours and months with each other. */
static void every_byte_is_judged(void **state)
{
	static const u8 good[RTC_CHIP_BYTES] = { 0x30, 0x15, 0x11, 1, 0x28, 2, 0 };
	u8 regs[RTC_CHIP_BYTES];
	int value, day, byte;
	size_t i;

	(void)state;
	for (i = 0; i < array_size(chips) * RTC_CHIP_BYTES * 256; i++) {
		memcpy(regs, good, sizeof(regs));
		value = (int)(i % 256);
		byte = (int)(i / 256 % RTC_CHIP_BYTES);
		regs[byte] = (u8)value;
		check_image(chips[i / 256 / RTC_CHIP_BYTES], regs);
		for (day = 0; day < 256; day++) {
			regs[4] = (u8)day;
			check_image(chips[i / 256 / RTC_CHIP_BYTES], regs);
		}
	}
}

static void seconds_alone(void **state)
{
	const struct rtc_chip_desc *desc;
	int expected, value;
	size_t i;

	(void)state;
	for (i = 0; i < array_size(chips); i++) {
		desc = chips[i];
		for (value = 0; value < 256; value++) {
			expected = digits(value);
			if (expected < 0 || expected > 59)
				expected = -EINVAL;
			assert_int_equal(rtc_chip_decode_second(desc, (u8)value),
					 expected);
		}
	}
}

/* A valid time with a few bits flipped, or noise. */
static void random_image(const struct rtc_chip_desc *desc, u8 *regs)
{
	u64 bits = random_u64();
	struct rtc_time tm;
	int flips;

	memcpy(regs, &bits, RTC_CHIP_BYTES);
	if (bits >> 62 == 0)
		return;
	rtc_time64_to_tm(random_between(desc->range_min, desc->range_max), &tm);
	assert_int_equal(rtc_chip_encode(desc, &tm, regs), 0);
	bits = random_u64();
	for (flips = (int)(bits & 3); flips; flips--) {
		bits >>= 6;
		regs[bits % RTC_CHIP_BYTES] ^= (u8)(1U << (bits >> 3 & 7));
	}
}

static void random_images_are_judged(void **state)
{
	const struct rtc_chip_desc *desc;
	u8 regs[RTC_CHIP_BYTES];
	int valid = 0;
	int i;

	(void)state;
	for (i = 0; i < IMAGES; i++) {
		desc = chips[random_u64() % array_size(chips)];
		random_image(desc, regs);
		valid += check_image(desc, regs);
	}
	/* Neither verdict is rare enough to be untested. */
	assert_in_range(valid, IMAGES / 4, IMAGES / 4 * 3);
}

static void encode_refuses(void **state)
{
	static const struct rtc_time wrong[] = {
		{ .tm_year = 124, .tm_mon = 1, .tm_mday = 30 },
		{ .tm_year = 123, .tm_mon = 1, .tm_mday = 29 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 31 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 0 },
		{ .tm_year = 124, .tm_mon = 12, .tm_mday = 1 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_hour = 24 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_min = 60 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_sec = 60 },
	};
	struct rtc_time past = { .tm_year = 99, .tm_mon = 11, .tm_mday = 31,
				 .tm_hour = 23, .tm_min = 59, .tm_sec = 59 };
	u8 regs[RTC_CHIP_BYTES];
	size_t i, j;

	(void)state;
	for (i = 0; i < array_size(chips); i++) {
		for (j = 0; j < array_size(wrong); j++)
			assert_int_equal(rtc_chip_encode(chips[i], &wrong[j], regs),
					 -EINVAL);
		assert_int_equal(rtc_chip_encode(chips[i], &past, regs), -ERANGE);
	}
}

/* Flags anywhere and of either polarity; no row has some of these yet. */
static void flags_anywhere(void **state)
{
	static const u8 running[RTC_CHIP_BYTES] = { 0x80, 0, 0, 5, 1, 1, 0x26 };
	static const u8 still[RTC_CHIP_BYTES] = { 0x00, 0, 0, 5, 1, 1, 0x26 };
	struct rtc_chip_desc desc = rtc_chip_ds1307;
	u8 regs[RTC_CHIP_BYTES];
	struct rtc_time tm;

	(void)state;
	desc.halt.raised = 0;
	assert_int_equal(rtc_chip_decode(&desc, running, &tm), 0);
	assert_int_equal(rtc_chip_decode(&desc, still, &tm), -EINVAL);
	assert_int_equal(rtc_chip_decode_second(&desc, 0xd9), 59);
	assert_int_equal(rtc_chip_decode_second(&desc, 0x59), -EINVAL);
	assert_int_equal(rtc_chip_encode(&desc, &tm, regs), 0);
	assert_memory_equal(regs, running, sizeof(regs));

	/* A stop flag beside the seconds, as NXP's chips have it */
	desc.stopped = rtc_chip_ds1307.halt;
	desc.halt.mask = 0;
	assert_int_equal(rtc_chip_decode(&desc, running, &tm), -EINVAL);
	assert_int_equal(rtc_chip_decode(&desc, still, &tm), 0);
	assert_int_equal(rtc_chip_decode_second(&desc, 0xd9), -EINVAL);
	assert_int_equal(rtc_chip_encode(&desc, &tm, regs), 0);
	assert_memory_equal(regs, still, sizeof(regs));

	assert_true(rtc_chip_flag_is_in_time(&rtc_chip_ds1338, &rtc_chip_ds1338.halt));
	assert_false(rtc_chip_flag_is_in_time(&rtc_chip_ds1338, &rtc_chip_ds1338.stopped));
	assert_false(rtc_chip_flag_is_in_time(&rtc_chip_ds1307, &rtc_chip_ds1307.stopped));
	assert_false(rtc_chip_flag_is_raised(&rtc_chip_ds1307.stopped, 0xff));
	assert_true(rtc_chip_flag_is_raised(&rtc_chip_ds3231.stopped, 0x88));
	assert_int_equal(rtc_chip_flag_lower(&rtc_chip_ds3231.stopped, 0x88), 0x08);
	desc = rtc_chip_ds1307;
	desc.halt.raised = 0;
	assert_int_equal(rtc_chip_flag_lower(&desc.halt, 0x12), 0x92);
}

static void rows_are_complete(void **state)
{
	const struct rtc_chip_desc *desc;
	size_t i;

	(void)state;
	for (i = 0; i < array_size(chips); i++) {
		desc = chips[i];
		assert_int_equal(has_halt(desc), !!desc->halt.mask);
		assert_int_equal(desc->wday_at + desc->mday_at, 3 + 4);
		assert_int_equal(desc->wire[RTC_SYNC_READ_FULL].bytes -
				 desc->wire[RTC_SYNC_READ_SHORT].bytes,
				 RTC_CHIP_BYTES - 1);
		assert_true(desc->range_min < desc->range_max);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		random_test(rows_are_complete),
		random_test(vectors_are_right),
		random_test(every_date_comes_back),
		random_test(every_second_comes_back),
		random_test(every_byte_is_judged),
		random_test(seconds_alone),
		random_test(random_images_are_judged),
		random_test(encode_refuses),
		random_test(flags_anywhere),
	};

	init_digits();
	return cmocka_run_group_tests_name("codec", tests, random_begin, NULL);
}
