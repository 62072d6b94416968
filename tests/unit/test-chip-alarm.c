// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of drivers/rtc/chip/codec-alarm.c: registers of each chip's alarm against
 * vectors.h, and how far ahead it can be, against a walk through all seconds.
 */
#include "alarms.h"

#define ALARM_IMAGES	200000

static void place_is_right(void **state)
{
	const struct part *part = *state;
	int bytes = 0;

	if (!has_alarm(part))
		return;
	assert_int_equal(part->desc->alarm.reg, part->alarm.reg);
	while (bytes < FIELDS && part->alarm.bytes[bytes])
		bytes++;
	assert_int_equal(part->desc->alarm.bytes, bytes);
	assert_int_equal(part->desc->alarm.on.reg, part->alarm.on.reg);
	assert_int_equal(part->desc->alarm.on_mask, part->alarm.on.mask);
	assert_int_equal(part->desc->alarm.flag.reg, part->alarm.flag.reg);
	assert_int_equal(part->desc->alarm.flag.mask, part->alarm.flag.mask);
	assert_int_equal(part->desc->alarm.flag.value, part->alarm.flag.mask);
}

static void alarms_come_back(void **state)
{
	const struct part *part = *state;
	u8 old[FIELDS], regs[FIELDS], should[FIELDS];
	u8 like_hour;
	struct rtc_time tm, back, expected;
	u64 bits;
	int i, j, at;

	if (!has_alarm(part))
		return;
	for (i = 0; i < ALARM_IMAGES; i++) {
		random_time(part, &tm);
		tm.tm_wday = weekday(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
		bits = random_u64();
		memcpy(old, &bits, FIELDS);
		like_hour = (u8)(bits >> 56);
		memset(regs, 0xa5, FIELDS);
		memset(should, 0xa5, FIELDS);
		for (j = 0; j < FIELDS && part->alarm.bytes[j]; j++)
			should[j] = write_byte(part->alarm.bytes[j] + 2,
					       alarm_field(part, part->alarm.bytes[j][0],
							   &tm, like_hour), 0, old[j]);
		rtc_chip_alarm_encode(part->desc, &tm, like_hour, old, regs);
		if (memcmp(regs, should, FIELDS)) {
			print_alarm(part, regs);
			print_alarm(part, should);
			fail();
		}
		assert_int_equal(rtc_chip_alarm_decode(part->desc, regs, &back), 0);
		expected = tm;
		expected.tm_sec = alarm_byte(part, 's', &at) ? tm.tm_sec : 0;
		expected.tm_mon = alarm_byte(part, 'M', &at) ? tm.tm_mon : ANY;
		expected.tm_year = ANY;
		expected.tm_wday = ANY;
		expected.tm_yday = ANY;
		assert_true(is_same_alarm(&back, &expected));
	}
}

/* Noise, and alarms with a bit or two flipped: the oracle says the same. */
static void images_are_judged(void **state)
{
	const struct part *part = *state;
	struct rtc_time tm, back, expected;
	u8 regs[FIELDS] = {};
	bool is_alarm;
	u64 bits;
	int good = 0;
	int ret;
	int i;

	if (!has_alarm(part))
		return;
	for (i = 0; i < ALARM_IMAGES; i++) {
		bits = random_u64();
		memcpy(regs, &bits, FIELDS);
		if (bits >> 62) {
			random_time(part, &tm);
			rtc_chip_alarm_encode(part->desc, &tm, (u8)random_u64(),
					      regs, regs);
			for (bits >>= 59; bits & 3; bits--) {
				int flip = (int)random_between(0, part->desc->alarm.bytes * 8 - 1);

				regs[flip / 8] ^= (u8)(1 << flip % 8);
			}
		}
		back = (struct rtc_time) { .tm_sec = 77 };
		ret = rtc_chip_alarm_decode(part->desc, regs, &back);
		is_alarm = oracle_alarm(part, regs, &expected);
		good += is_alarm;
		if (is_alarm ? ret || !is_same_alarm(&back, &expected) :
			       ret != -EINVAL || back.tm_sec != 77) {
			print_alarm(part, regs);
			fail_msg("%s, but %d", is_alarm ? "good" : "void", ret);
		}
	}
	assert_in_range(good, ALARM_IMAGES / 8, ALARM_IMAGES / 8 * 7);
}

/* Each field with its bit alone, and all of them */
static void fields_are_ignored(void **state)
{
	static const char fields[] = "smhd";
	const struct part *part = *state;
	struct rtc_time tm = { .tm_year = 124, .tm_mon = 6, .tm_mday = 31,
			       .tm_hour = 23, .tm_min = 58, .tm_sec = 57 };
	u8 old[FIELDS] = {};
	u8 regs[FIELDS];
	struct rtc_time back;
	int set, ignored, i, at;

	if (!has_alarm(part))
		return;
	for (set = 0; set < 16; set++) {
		rtc_chip_alarm_encode(part->desc, &tm, 0, old, regs);
		ignored = 0;
		for (i = 0; i < 4; i++) {
			if (!(set >> i & 1) || !alarm_byte(part, fields[i], &at) ||
			    alarm_byte(part, fields[i], &at)[0] != 'I')
				continue;
			/* What is in the rest of it does not matter. */
			regs[at] = 0xff;
			ignored |= 1 << i;
		}
		assert_int_equal(rtc_chip_alarm_decode(part->desc, regs, &back), 0);
		if (alarm_byte(part, 's', &at))
			assert_int_equal(back.tm_sec, ignored & 1 ? ANY : 57);
		else
			assert_int_equal(back.tm_sec, 0);
		assert_int_equal(back.tm_min, ignored & 2 ? ANY : 58);
		assert_int_equal(back.tm_hour, ignored & 4 ? ANY : 23);
		assert_int_equal(back.tm_mday, ignored & 8 ? ANY : 31);
	}
}

/* What no row has yet: a bit beside a field that chooses what matches */
static void fill_beside_field(void **state)
{
	struct rtc_time tm = { .tm_mday = 31, .tm_hour = 23, .tm_min = 58,
			       .tm_sec = 57 };
	struct rtc_chip_desc desc = rtc_chip_ds1337;
	u8 old[FIELDS] = {};
	u8 regs[FIELDS];
	struct rtc_time back;

	(void)state;
	desc.alarm.fill[3] = 0x40;
	rtc_chip_alarm_encode(&desc, &tm, 0, old, regs);
	assert_int_equal(regs[3], 0x71);
	assert_int_equal(rtc_chip_alarm_decode(&desc, regs, &back), 0);
	assert_int_equal(back.tm_mday, 31);
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "alarm registers", place_is_right);
	count += for_all_parts(tests + count, "alarms", alarms_come_back);
	count += for_all_parts(tests + count, "alarm images", images_are_judged);
	count += for_all_parts(tests + count, "ignored fields", fields_are_ignored);
	tests[count++] = (struct CMUnitTest)random_test(fill_beside_field);
	return _cmocka_run_group_tests("alarm", tests, count, random_begin, NULL);
}
