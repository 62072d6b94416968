// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any registers, any time, any alarm, any trim, on each chip: the driver's codec says
 * what the oracles of tests/unit say, which know the chips only from vectors.h; what is
 * written is read back; what is refused changes nothing.
 */
#include "../unit/alarms.h"
#include "../unit/trims.h"

#define UNTOUCHED	0xa5

/* learn_part() takes too long for each input */
static struct {
	struct meaning meanings[FIELDS][256];
	bool is_other_void[OTHERS][256];
} learned[PARTS];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	size_t i;

	for (i = 0; i < PARTS; i++) {
		learn_part(parts[i]);
		memcpy(learned[i].meanings, meanings, sizeof(meanings));
		memcpy(learned[i].is_other_void, is_other_void, sizeof(is_other_void));
	}
	return 0;
}

static const struct part *choose_part(void)
{
	size_t i = (size_t)random_between(0, PARTS - 1);

	memcpy(meanings, learned[i].meanings, sizeof(meanings));
	memcpy(is_other_void, learned[i].is_other_void, sizeof(is_other_void));
	return parts[i];
}

static void take_bytes(u8 *bytes, int count)
{
	int i;

	for (i = 0; i < count; i++)
		bytes[i] = input_byte();
}

/* Registers that hold anything: a time, and the right one, or an error */
static void image(const struct part *part)
{
	u8 space[REGISTERS] = {};
	struct rtc_time tm;
	int i;

	take_bytes(space + part->reg, FIELDS);
	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		space[part->others[i].reg] = input_byte();
	if (!agree(part, space))
		return;
	assert_int_equal(driver_time(part, space, &tm), 0);
	check_time(part, space, &tm);
}

/* A time of the chip's years, and some registers to be kept */
static void written(const struct part *part)
{
	u8 space[REGISTERS] = {};
	struct rtc_time tm;
	int i;

	random_time(part, &tm);
	take_bytes(space + part->reg, FIELDS);
	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		space[part->others[i].reg] = write_byte(part->others[i].bits, 0, 0, 0);
	check_time(part, space, &tm);
	for (i = 0; i < 3; i++)
		space[part->reg + random_between(0, FIELDS - 1)] ^=
			(u8)(1 << random_between(0, 7) & (int)random_between(0, 255));
	agree(part, space);
}

static bool is_time(const struct part *part, const struct rtc_time *tm)
{
	return tm->tm_sec >= 0 && tm->tm_sec < 60 && tm->tm_min >= 0 && tm->tm_min < 60 &&
	       tm->tm_hour >= 0 && tm->tm_hour < 24 && !judge_date(part, tm);
}

/* Also a time that there is not, or that the chip can't count to */
static void odd_time(const struct part *part)
{
	struct rtc_time tm = {
		.tm_year = (int)random_between(70, 320),
		.tm_mon = (int)random_between(0, 12),
		.tm_mday = (int)random_between(-1, 33),
		.tm_hour = (int)random_between(-1, 25),
		.tm_min = (int)random_between(-1, 61),
		.tm_sec = (int)random_between(-1, 61),
		.tm_wday = (int)random_between(-9, 9),
	};
	u8 should[FIELDS];
	u8 old[FIELDS];
	u8 regs[FIELDS];

	memset(regs, UNTOUCHED, FIELDS);
	memset(should, UNTOUCHED, FIELDS);
	take_bytes(old, FIELDS);
	if (is_time(part, &tm)) {
		assert_int_equal(rtc_chip_encode(part->desc, &tm, old, regs), 0);
		oracle_write(part, &tm, old, should);
	} else {
		assert_true(rtc_chip_encode(part->desc, &tm, old, regs) < 0);
	}
	assert_memory_equal(regs, should, FIELDS);
}

static void alarm_image(const struct part *part)
{
	struct rtc_time tm = { .tm_sec = 77 };
	struct rtc_time expected;
	u8 regs[FIELDS];
	int ret;

	take_bytes(regs, FIELDS);
	ret = rtc_chip_alarm_decode(part->desc, regs, &tm);
	if (oracle_alarm(part, regs, &expected))
		assert_true(!ret && is_same_alarm(&tm, &expected));
	else
		assert_true(ret == -EINVAL && tm.tm_sec == 77);
}

static void alarm_written(const struct part *part)
{
	u8 should[FIELDS];
	u8 regs[FIELDS];
	u8 old[FIELDS];
	struct rtc_time back;
	struct rtc_time tm;
	u8 like_hour;
	int i, at;

	random_time(part, &tm);
	tm.tm_wday = weekday(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	take_bytes(old, FIELDS);
	like_hour = input_byte();
	memset(regs, UNTOUCHED, FIELDS);
	memset(should, UNTOUCHED, FIELDS);
	for (i = 0; i < FIELDS && part->alarm.bytes[i]; i++)
		should[i] = write_byte(part->alarm.bytes[i] + 2,
				       alarm_field(part, part->alarm.bytes[i][0], &tm,
						   like_hour), 0, old[i]);
	rtc_chip_alarm_encode(part->desc, &tm, like_hour, old, regs);
	assert_memory_equal(regs, should, FIELDS);
	assert_int_equal(rtc_chip_alarm_decode(part->desc, regs, &back), 0);
	assert_int_equal(back.tm_min, tm.tm_min);
	assert_int_equal(back.tm_hour, tm.tm_hour);
	assert_int_equal(back.tm_mday, tm.tm_mday);
	assert_int_equal(back.tm_sec, alarm_byte(part, 's', &at) ? tm.tm_sec : 0);
	assert_int_equal(back.tm_mon, alarm_byte(part, 'M', &at) ? tm.tm_mon : ANY);
}

static void trim(const struct part *part)
{
	const struct rtc_chip_trim *trim = &part->desc->trim;
	u8 value = input_byte();
	u8 lsb = input_byte();
	int steps = rtc_chip_trim_decode(trim, value, lsb);
	u8 lsb_again = 0;

	assert_int_equal(steps, true_steps(&part->trim, value, lsb));
	assert_in_range(steps - part->trim.least, 0, part->trim.most - part->trim.least);
	value = rtc_chip_trim_encode(trim, steps, &lsb_again);
	assert_int_equal(true_steps(&part->trim, value, lsb_again), steps);
	assert_int_equal(rtc_chip_trim_steps(trim, rtc_chip_trim_ppb(trim, steps)), steps);
	check_next(part, (s32)random_signed(2000000));
}

static void single_bytes(const struct part *part)
{
	const struct rtc_chip_calendar *time = &part->desc->time;
	u8 byte = input_byte();
	const struct meaning *m = &meanings[0][byte];
	int wday = rtc_chip_decode_wday(time, byte);
	int bcd = rtc_chip_decode_bcd(byte);

	assert_int_equal(rtc_chip_decode_second(part->desc, byte),
			 m->is_void || m->number < 0 || m->number > 59 ? -EINVAL : m->number);
	assert_int_equal(bcd, digits(byte) < 0 ? -EINVAL : digits(byte));
	if (wday >= 0)
		assert_int_equal(rtc_chip_encode_wday(time, wday),
				 byte & (time->wday_is_bit ? 0x7f : 0x07));
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	const struct part *part;

	input_begin(bytes, size);
	part = choose_part();
	switch (random_between(0, 6)) {
	case 0:
		image(part);
		break;
	case 1:
		written(part);
		break;
	case 2:
		odd_time(part);
		break;
	case 3:
		if (part->alarm.bytes[0])
			alarm_image(part);
		break;
	case 4:
		if (part->alarm.bytes[0])
			alarm_written(part);
		break;
	case 5:
		if (part->trim.bits)
			trim(part);
		break;
	default:
		single_bytes(part);
		break;
	}
	return 0;
}
