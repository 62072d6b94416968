// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of drivers/rtc/chip/codec.c for each chip: what is in the time's registers
 * beside the time, flags, days of the week; the seconds alone; what is refused.
 */
#include "judge.h"

static void seconds_alone(void **state)
{
	const struct part *part = *state;
	struct meaning m;
	int value;

	for (value = 0; value < 256; value++) {
		read_byte(part->bytes[0] + 2, value, &m);
		assert_int_equal(rtc_chip_decode_second(part->desc, (u8)value),
				 m.is_void || m.number < 0 || m.number > 59 ?
				 -EINVAL : m.number);
	}
}

static int mask_of(const char *letters, char letter)
{
	int mask = 0;
	int i;

	for (i = 0; i < 8; i++)
		if (letters[i] == letter)
			mask |= 0x80 >> i;
	return mask;
}

/* It is the digits that are void if it does not say 20yy. */
static bool is_without_century(const struct rtc_chip_desc *desc, const u8 *regs)
{
	const struct rtc_chip_calendar *time = &desc->time;

	return time->century_on && !time->century_mask &&
	       !(regs[time->century_at] & time->century_on);
}

/*
 * A raised flag makes the time void, wherever it is, and a written time is void by
 * no flag of its own bytes. The digits can be read all the same.
 */
static void flags_make_it_void(void **state)
{
	const struct part *part = *state;
	struct rtc_time tm = { .tm_year = 124, .tm_mday = 1 };
	u8 space[REGISTERS];
	u8 *regs = space + part->reg;
	struct rtc_time back;
	bool is_century;
	int flags = 0;
	int i, bit;

	learn_part(part);
	for (i = 0; i < OTHERS + FIELDS; i++) {
		const char *bits = i < OTHERS ? part->others[i].bits :
				   part->bytes[i - OTHERS] + 2;

		for (bit = 0; bits && bit < 8; bit++) {
			if (!strchr("Vv", bits[bit]))
				continue;
			flags++;
			fill_space(part, space);
			check_time(part, space, &tm);
			space[i < OTHERS ? part->others[i].reg :
			      part->reg + i - OTHERS] ^= (u8)(0x80 >> bit);
			assert_int_equal(driver_time(part, space, &back), -EINVAL);
			assert_false(agree(part, space));
			is_century = is_without_century(part->desc, regs);
			assert_int_equal(rtc_chip_is_void(part->desc, regs),
					 i >= OTHERS && !is_century);
			if (is_century)
				continue;
			assert_int_equal(rtc_chip_decode_digits(part->desc, regs,
								&back), 0);
			assert_true(is_same_time(&tm, &back));
		}
	}
	assert_true(flags > 0);
}

/* All bits of a flag as the row says, and no other way; no flag is never raised. */
static void flags_are_raised(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_flag none = {};
	int i, value;

	for (i = 0; i < RTC_CHIP_FLAGS; i++) {
		const struct rtc_chip_flag *flag = &part->desc->flags[i];

		for (value = 0; value < 256; value++) {
			assert_int_equal(rtc_chip_flag_is_raised(flag, (u8)value),
					 flag->mask &&
					 !((value ^ flag->raised) & flag->mask));
			assert_false(rtc_chip_flag_is_raised(&none, (u8)value));
		}
	}
	assert_false(rtc_chip_flag_is_void(&none));
}

/* The year that is written first, lest half a set is taken for a time */
static void void_year_is_void(void **state)
{
	const struct part *part = *state;
	u8 space[REGISTERS];
	struct rtc_time tm;
	int i;

	learn_part(part);
	fill_space(part, space);
	for (i = 0; i < 10000; i++) {
		random_time(part, &tm);
		oracle_write(part, &tm, space + part->reg, space + part->reg);
		assert_true(agree(part, space));
		space[part->reg + part->desc->time.year_at] = RTC_CHIP_VOID_YEAR;
		assert_false(agree(part, space));
	}
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
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_hour = -1 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_min = 60 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_sec = 60 },
		{ .tm_year = 124, .tm_mon = 3, .tm_mday = 1, .tm_sec = -1 },
	};
	const struct part *part = *state;
	u8 old[FIELDS] = {};
	u8 regs[FIELDS];
	size_t i;

	for (i = 0; i < array_size(wrong); i++)
		assert_int_equal(rtc_chip_encode(part->desc, &wrong[i], old, regs),
				 -EINVAL);
}

/* With the bits that are to be kept, and without: then they are 0. */
static void bits_are_kept(void **state)
{
	static const u8 none[FIELDS];
	const struct part *part = *state;
	bool has_kept = false;
	u8 old[FIELDS], regs[FIELDS], should[FIELDS];
	struct rtc_time tm;
	u64 bits;
	int i;

	for (i = 0; i < FIELDS; i++)
		has_kept |= !!strchr(part->bytes[i], 'k');
	assert_int_equal(rtc_chip_keeps_bits(part->desc), has_kept);
	for (i = 0; i < 10000; i++) {
		random_time(part, &tm);
		bits = random_u64();
		memcpy(old, &bits, FIELDS);
		oracle_write(part, &tm, old, should);
		assert_int_equal(rtc_chip_encode(part->desc, &tm, old, regs), 0);
		assert_memory_equal(regs, should, FIELDS);
		oracle_write(part, &tm, none, should);
		assert_int_equal(rtc_chip_encode(part->desc, &tm, NULL, regs), 0);
		assert_memory_equal(regs, should, FIELDS);
	}
}

static void weekdays(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_calendar *time = &part->desc->time;
	const char *bits = part->bytes[place_of(part, 'w')] + 2;
	int wday, byte, found;

	for (wday = 0; wday < 7; wday++)
		assert_int_equal(rtc_chip_encode_wday(time, wday), part->wdays[wday]);
	/* None: no bit, two bits, or a number that is not among the seven */
	for (byte = 0; byte < 256; byte++) {
		found = -EINVAL;
		for (wday = 0; wday < 7; wday++)
			if (!((byte ^ part->wdays[wday]) & mask_of(bits, 'w')))
				found = wday;
		assert_int_equal(rtc_chip_decode_wday(time, (u8)byte), found);
	}
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "seconds alone", seconds_alone);
	count += for_all_parts(tests + count, "flags", flags_make_it_void);
	count += for_all_parts(tests + count, "raised flags", flags_are_raised);
	count += for_all_parts(tests + count, "void year", void_year_is_void);
	count += for_all_parts(tests + count, "refusals", encode_refuses);
	count += for_all_parts(tests + count, "kept bits", bits_are_kept);
	count += for_all_parts(tests + count, "weekdays", weekdays);
	return _cmocka_run_group_tests("bits", tests, count, random_begin, NULL);
}
