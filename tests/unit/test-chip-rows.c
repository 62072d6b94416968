// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the rows of drivers/rtc/chip/table-*.c: nothing forgotten, nothing outside
 * of its mask, and the same as in vectors.h where that knows it.
 */
#include "rows.h"

#define VL_ALL	(RTC_VL_DATA_INVALID | RTC_VL_BACKUP_LOW | RTC_VL_BACKUP_EMPTY | \
		 RTC_VL_ACCURACY_LOW | RTC_VL_BACKUP_SWITCH)

static bool is_one_bit(unsigned int mask)
{
	return mask && !(mask & (mask - 1));
}

static bool is_one_run(unsigned int mask)
{
	return mask && !(mask & (mask + (mask & -mask)));
}

/* Bits that the letters say are always 0 */
static int zeros_of(const char *letters)
{
	int mask = 0;
	int i;

	for (i = 0; i < 8; i++)
		if (strchr("0.", letters[i]))
			mask |= 0x80 >> i;
	return mask;
}

static void names_differ(void **state)
{
	const struct part *part = *state;
	size_t i, same = 0;

	assert_true(strlen(part->desc->name) > 4);
	for (i = 0; i < PARTS; i++)
		same += !strcmp(part->desc->name, parts[i]->desc->name);
	assert_int_equal(same, 1);
}

static void idents(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_desc *desc = part->desc;
	bool is_over = false;
	int i, j;

	/* The BQ32000 has no bit that is always the same. */
	assert_int_equal(!desc->ident[0].mask, !strcmp(desc->name, "BQ32000"));
	for (i = 0; i < RTC_CHIP_IDENTS; i++) {
		const struct rtc_chip_bits *ident = &desc->ident[i];

		check_bits(ident);
		assert_false(is_over && ident->mask);
		is_over |= !ident->mask;
		if (is_over)
			continue;
		for (j = 0; j < i; j++)
			assert_false(ident->reg == desc->ident[j].reg &&
				     ident->mask & desc->ident[j].mask);
		/* No bit of the time that can be 1, no flag, no trim, no RAM */
		if (is_in(ident->reg, part->reg, FIELDS))
			assert_int_equal(ident->mask &
					 ~zeros_of(part->bytes[ident->reg - part->reg] + 2),
					 0);
		for (j = 0; j < RTC_CHIP_FLAGS; j++)
			if (desc->flags[j].reg == ident->reg)
				assert_int_equal(desc->flags[j].mask & ident->mask, 0);
		assert_false(ident->reg == desc->trim.reg && ident->mask &
			     (desc->trim.mask | desc->trim.sign_mask));
		assert_false(is_in(ident->reg, desc->memory.reg, desc->memory.bytes));
		if (is_in(ident->reg, desc->alarm.reg, desc->alarm.bytes))
			assert_int_equal(ident->mask &
					 ~zeros_of(part->alarm.bytes[ident->reg -
								     desc->alarm.reg] + 2),
					 0);
	}
}

static time64_t seconds_of(int date, int second)
{
	struct rtc_time tm = {
		.tm_year = date / 10000 - 1900,
		.tm_mon = date / 100 % 100 - 1,
		.tm_mday = date % 100,
	};

	return rtc_tm_to_time64(&tm) + second;
}

static void calendars(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_calendar *time = &part->desc->time;
	int i;

	assert_int_equal(time->reg, part->reg);
	assert_int_equal(time->wday_at, place_of(part, 'w'));
	assert_int_equal(time->mday_at, place_of(part, 'd'));
	assert_int_equal(time->month_at, place_of(part, 'M'));
	assert_int_equal(time->year_at, place_of(part, 'y'));
	assert_true(time->range_min == seconds_of(part->first_date, 0));
	assert_true(time->range_max == seconds_of(part->last_date, 86399));
	assert_int_equal(!time->hour_12_mask, !time->hour_pm_mask);
	assert_false(time->hour_12_mask & time->hour_pm_mask);
	assert_true(time->century_at < RTC_CHIP_BYTES);
	assert_true(!time->century_mask || is_one_run(time->century_mask));
	assert_false(time->century_mask & time->century_on);
	assert_true(time->century_mask || part->last_date < 21000000);
	assert_false(time->has_fraction && !time->reg);
	for (i = 0; i < RTC_CHIP_BYTES; i++)
		assert_false(time->ignore[i] & time->keep[i]);
}

/* The flags that make it void, beside the time: those of vectors.h and no others */
static void check_void(const struct part *part)
{
	static const u8 none[REGISTERS];
	u8 raised_1[REGISTERS] = {};
	u8 raised_0[REGISTERS] = {};
	int i, j;

	for (i = 0; i < RTC_CHIP_FLAGS; i++) {
		const struct rtc_chip_flag *flag = &part->desc->flags[i];

		if (!rtc_chip_flag_is_void(flag) ||
		    rtc_chip_is_in_time(part->desc, flag->reg))
			continue;
		assert_true(is_one_bit(flag->mask));
		raised_1[flag->reg] |= flag->raised;
		raised_0[flag->reg] |= flag->mask ^ flag->raised;
	}
	for (i = 0; i < OTHERS && part->others[i].bits; i++) {
		for (j = 0; j < 8; j++) {
			u8 bit = (u8)(0x80 >> j);
			u8 reg = part->others[i].reg;

			assert_int_equal(!!(raised_1[reg] & bit),
					 part->others[i].bits[j] == 'V');
			assert_int_equal(!!(raised_0[reg] & bit),
					 part->others[i].bits[j] == 'v');
		}
		raised_1[part->others[i].reg] = 0;
		raised_0[part->others[i].reg] = 0;
	}
	assert_memory_equal(raised_1, none, sizeof(none));
	assert_memory_equal(raised_0, none, sizeof(none));
}

static void flags(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_desc *desc = part->desc;
	bool is_over = false;
	int i, j;

	assert_true(desc->flags[0].kind);
	for (i = 0; i < RTC_CHIP_FLAGS; i++) {
		const struct rtc_chip_flag *flag = &desc->flags[i];

		assert_false(is_over && flag->kind);
		is_over |= !flag->kind;
		if (is_over) {
			assert_empty(desc->flags[i]);
			continue;
		}
		assert_in_range(flag->kind, RTC_CHIP_FLAG_HALTED, RTC_CHIP_FLAG_NOTICE);
		assert_true(flag->mask);
		assert_int_equal(flag->raised & ~flag->mask, 0);
		assert_int_equal(flag->vl & ~VL_ALL, 0);
		/* A notice that says nothing; one that says what is not so */
		assert_false(flag->kind == RTC_CHIP_FLAG_NOTICE && !flag->vl);
		assert_false(!rtc_chip_flag_is_void(flag) &&
			     flag->vl & RTC_VL_DATA_INVALID);
		for (j = 0; j < i; j++)
			assert_false(flag->reg == desc->flags[j].reg &&
				     flag->mask & desc->flags[j].mask);
		if (rtc_chip_is_in_time(desc, flag->reg)) {
			j = flag->reg - desc->time.reg;
			assert_false(flag->mask & (desc->time.ignore[j] | desc->time.keep[j]));
			assert_false(j == desc->time.century_at && flag->mask &
				     (desc->time.century_mask | desc->time.century_on));
		}
	}
	check_void(part);
}

static void sets(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_desc *desc = part->desc;
	const struct rtc_chip_bits *hold = &desc->set.hold;
	bool is_flag = false;
	int i;

	for (i = 0; i < RTC_CHIP_WRITABLE; i++)
		check_bits(&desc->set.writable[i]);
	assert_true(desc->set.writable[0].mask || !desc->set.writable[1].mask);
	assert_in_range(desc->set.first_tick_ns, 400000000, 1100000000);
	check_bits(hold);
	/* A chip that was left held has its time void. */
	for (i = 0; i < RTC_CHIP_FLAGS; i++)
		is_flag |= desc->flags[i].kind == RTC_CHIP_FLAG_HALTED &&
			   desc->flags[i].reg == hold->reg &&
			   desc->flags[i].mask == hold->mask &&
			   desc->flags[i].raised == hold->value;
	assert_int_equal(!!hold->mask, is_flag && hold->mask);
	/* The write of the seconds begins a second, a whole one. */
	if (!hold->mask)
		assert_in_range(desc->set.first_tick_ns, 999000000, 1001000000);
	for (i = 0; i < RTC_CHIP_STICKY; i++)
		assert_true(desc->sticky[i].mask || !desc->sticky[i].reg);
	for (i = 0; i < RTC_CHIP_UNUSED; i++)
		assert_true(desc->unused[i].mask || !desc->unused[i].reg);
	assert_int_equal(desc->load.high & ~desc->load.mask, 0);
	assert_true(!desc->load.mask || is_one_bit(desc->load.mask));
	assert_true(desc->load.mask || !(desc->load.reg | desc->load.is_high));
	assert_true(desc->reset.mask == 0 || desc->reset.mask == 0xff);
	check_bits(&desc->reset);
	assert_in_range(desc->tries, 0, 8);
}

/* A flag that only a 0 lowers: whoever writes beside it has to know. */
static bool is_sticky(const struct rtc_chip_desc *desc, const struct rtc_chip_bits *bits)
{
	int i;

	for (i = 0; i < RTC_CHIP_STICKY; i++)
		if (desc->sticky[i].reg == bits->reg && desc->sticky[i].mask & bits->mask)
			return true;
	return false;
}

static void check_alarm_offsets(const struct rtc_chip_alarm *alarm)
{
	const u8 at[] = {
		alarm->sec_at, alarm->min_at, alarm->hour_at,
		alarm->wday_at, alarm->mday_at, alarm->month_at,
	};
	size_t i, j;

	for (i = 0; i < array_size(at); i++) {
		assert_true(at[i] < alarm->bytes || at[i] == RTC_CHIP_NONE);
		for (j = 0; j < i; j++)
			assert_true(at[i] != at[j] || at[i] == RTC_CHIP_NONE);
	}
	assert_true(alarm->min_at < alarm->bytes);
	assert_true(alarm->hour_at < alarm->bytes);
	assert_true(alarm->mday_at < alarm->bytes);
}

static void alarms(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_desc *desc = part->desc;
	const struct rtc_chip_alarm *alarm = &desc->alarm;
	int i;

	if (!alarm->bytes) {
		assert_empty(desc->alarm);
		return;
	}
	assert_in_range(alarm->bytes, 1, RTC_CHIP_ALARM_BYTES);
	check_alarm_offsets(alarm);
	for (i = 0; i < RTC_CHIP_ALARM_BYTES; i++) {
		assert_false(alarm->fill[i] & alarm->keep[i]);
		assert_true(i < alarm->bytes || !(alarm->fill[i] | alarm->keep[i]));
		assert_false(is_in((unsigned int)alarm->reg + (unsigned int)i,
				   desc->time.reg, RTC_CHIP_BYTES) && i < alarm->bytes);
	}
	for (i = 0; i < RTC_CHIP_MATCHES; i++)
		check_bits(&alarm->match[i]);
	check_bits(&alarm->on);
	assert_true(alarm->on_mask);
	assert_int_equal(alarm->on_mask & ~alarm->on.value, 0);
	check_bits(&alarm->flag);
	assert_true(is_one_bit(alarm->flag.mask));
	/* A bit that forbids or chooses is not overwritten with the fields. */
	if (is_in(alarm->on.reg, alarm->reg, alarm->bytes))
		assert_int_equal(alarm->on.mask & ~alarm->keep[alarm->on.reg - alarm->reg],
				 0);
	/* Beside another flag, a write to lower one must not lower the other. */
	for (i = 0; i < RTC_CHIP_FLAGS && !alarm->flag_is_read; i++)
		if (desc->flags[i].kind == RTC_CHIP_FLAG_VOID &&
		    desc->flags[i].reg == alarm->flag.reg)
			assert_true(is_sticky(desc, &alarm->flag));
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "name", names_differ);
	count += for_all_parts(tests + count, "ident", idents);
	count += for_all_parts(tests + count, "calendar", calendars);
	count += for_all_parts(tests + count, "flags of the row", flags);
	count += for_all_parts(tests + count, "set", sets);
	count += for_all_parts(tests + count, "alarm of the row", alarms);
	return _cmocka_run_group_tests("rows", tests, count, random_begin, NULL);
}
