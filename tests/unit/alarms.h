/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A second decoder and encoder of the alarm, which knows no more than vectors.h.
 */
#ifndef TESTS_UNIT_ALARMS_H
#define TESTS_UNIT_ALARMS_H

#include "judge.h"

#define ANY		(-1)

static inline bool has_alarm(const struct part *part)
{
	assert_int_equal(rtc_chip_has_alarm(part->desc), !!part->alarm.bytes[0]);
	return part->alarm.bytes[0];
}

/* The letters of an alarm's field; NULL if it has none */
static inline const char *alarm_byte(const struct part *part, char field, int *at)
{
	int i;

	for (i = 0; i < FIELDS && part->alarm.bytes[i]; i++) {
		if (part->alarm.bytes[i][0] == field) {
			*at = i;
			return part->alarm.bytes[i] + 2;
		}
	}
	return NULL;
}

/* A field, ANY if it need not match, -EINVAL if it is no number of least..most */
static inline int read_field(const struct part *part, const u8 *regs, char field,
			     int least, int most)
{
	struct meaning m;
	const char *bits;
	int at;

	bits = alarm_byte(part, field, &at);
	if (!bits)
		return ANY;
	if (bits[0] == 'I' && regs[at] & 0x80)
		return ANY;
	read_byte(bits, regs[at], &m);
	return m.number < least || m.number > most ? -EINVAL : m.number;
}

/* Hours may be of 12, where the time's may be. */
static inline int read_hour(const struct part *part, const u8 *regs)
{
	struct meaning m;
	const char *bits;
	int hour;
	int at;

	bits = alarm_byte(part, 'h', &at);
	if (bits[0] == 'I' && regs[at] & 0x80)
		return ANY;
	read_byte(bits, regs[at], &m);
	return judge_hour(&m, &hour) ? -EINVAL : hour;
}

/* Whether it is an alarm, and which */
static inline bool oracle_alarm(const struct part *part, const u8 *regs,
				struct rtc_time *tm)
{
	int at;

	*tm = (struct rtc_time) {
		.tm_sec = read_field(part, regs, 's', 0, 59),
		.tm_min = read_field(part, regs, 'm', 0, 59),
		.tm_hour = read_hour(part, regs),
		.tm_mday = read_field(part, regs, 'd', 1, 31),
		.tm_mon = read_field(part, regs, 'M', 1, 12),
		.tm_year = ANY,
		.tm_wday = ANY,
		.tm_yday = ANY,
	};
	if (tm->tm_sec == -EINVAL || tm->tm_min == -EINVAL ||
	    tm->tm_hour == -EINVAL || tm->tm_mday == -EINVAL ||
	    tm->tm_mon == -EINVAL)
		return false;
	if (tm->tm_mon != ANY)
		tm->tm_mon--;
	/* A chip without seconds has its alarms when a minute begins. */
	if (!alarm_byte(part, 's', &at))
		tm->tm_sec = 0;
	return true;
}

static inline void print_alarm(const struct part *part, const u8 *regs)
{
	int i;

	print_error("%s:", part->desc->name);
	for (i = 0; i < part->desc->alarm.bytes; i++)
		print_error(" %02x", regs[i]);
	print_error(", RTC_SYNC_SEED=%llu\n", random_seed);
}

static inline bool is_same_alarm(const struct rtc_time *a, const struct rtc_time *b)
{
	return is_same_time(a, b) && a->tm_wday == b->tm_wday &&
	       a->tm_yday == b->tm_yday;
}

/* The byte of a field; of the hours as those of the time are, of 12 or of 24 */
static inline int alarm_field(const struct part *part, char field, const struct rtc_time *tm,
			      u8 like_hour)
{
	const char *hours = part->bytes[place_of(part, 'h')] + 2;
	struct meaning m;

	read_byte(hours, like_hour, &m);
	if (field != 'h' || !m.is_12)
		return field_byte(part, field, tm);
	return undigits(tm->tm_hour % 12 ? tm->tm_hour % 12 : 12) | 0x40 |
	       (tm->tm_hour > 11 ? 0x20 : 0);
}

#endif /* TESTS_UNIT_ALARMS_H */
