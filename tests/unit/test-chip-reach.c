// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of how far ahead drivers/rtc/chip/codec-alarm.c lets an alarm be, against a
 * walk through days, hours, minutes and seconds to the first one that matches.
 */
#include "judge.h"

#define SAMPLES		4000
#define DAY_S		86400LL
#define WALK_DAYS	400

static bool has_field(const struct part *part, char field)
{
	int i;

	for (i = 0; i < FIELDS && part->alarm.bytes[i]; i++)
		if (part->alarm.bytes[i][0] == field)
			return true;
	return false;
}

static bool is_day(const struct part *part, const struct rtc_time *day,
		   const struct rtc_time *alarm)
{
	int year = day->tm_year + 1900;

	if (has_field(part, 'M') && day->tm_mon != alarm->tm_mon)
		return false;
	if (has_field(part, 'w') &&
	    weekday(year, day->tm_mon + 1, day->tm_mday) !=
	    weekday(alarm->tm_year + 1900, alarm->tm_mon + 1, alarm->tm_mday))
		return false;
	return day->tm_mday == alarm->tm_mday;
}

/* The first second of a day, after @after of it, that matches; -1: none */
static int walk_day(const struct part *part, int after, const struct rtc_time *alarm)
{
	int hour, minute, second;

	for (hour = 0; hour < 24; hour++) {
		if (hour != alarm->tm_hour)
			continue;
		for (minute = 0; minute < 60; minute++) {
			if (minute != alarm->tm_min)
				continue;
			for (second = 0; second < 60; second++) {
				int now = (hour * 60 + minute) * 60 + second;
				int at = has_field(part, 's') ? alarm->tm_sec : 0;

				if (second == at && now > after)
					return now;
			}
		}
	}
	return -1;
}

/* When does an alarm come that is set at @now? s since 1970 */
static time64_t walk(const struct part *part, const struct rtc_time *now,
		     const struct rtc_time *alarm)
{
	struct rtc_time day = *now;
	int after = (now->tm_hour * 60 + now->tm_min) * 60 + now->tm_sec;
	int days, second;

	day.tm_hour = 0;
	day.tm_min = 0;
	day.tm_sec = 0;
	for (days = 0; days < WALK_DAYS; days++) {
		if (is_day(part, &day, alarm)) {
			second = walk_day(part, after, alarm);
			if (second >= 0)
				return rtc_tm_to_time64(&day) + second;
		}
		after = -1;
		if (day.tm_mday++ < month_days(day.tm_year + 1900, day.tm_mon + 1))
			continue;
		day.tm_mday = 1;
		day.tm_year += day.tm_mon == 11;
		day.tm_mon = (day.tm_mon + 1) % 12;
	}
	return 0;
}

/* Within the reach an alarm is the first that matches. */
static void check_reach(const struct part *part, time64_t now_s, time64_t alarm_s)
{
	struct rtc_time now, alarm;

	rtc_time64_to_tm(now_s, &now);
	rtc_time64_to_tm(alarm_s, &alarm);
	assert_that(walk(part, &now, &alarm) == alarm_s, "%s: at %lld for %lld",
		    part->desc->name, now_s, alarm_s);
}

static void reach_is_right(void **state)
{
	const struct part *part = *state;
	struct rtc_time now;
	time64_t now_s, alarm_s;
	u32 reach_s;
	int i;

	if (!part->alarm.bytes[0])
		return;
	reach_s = rtc_chip_alarm_reach_s(part->desc);
	for (i = 0; i < SAMPLES; i++) {
		random_time(part, &now);
		now_s = rtc_tm_to_time64(&now);
		alarm_s = now_s + (i % 4 ? random_between(1, reach_s) : reach_s);
		/* The RTC core asks a chip without seconds for whole minutes only. */
		if (!has_field(part, 's'))
			alarm_s -= alarm_s % 60;
		if (alarm_s > now_s)
			check_reach(part, now_s, alarm_s);
	}
}

/* Not much less than could be: the shortest month, or year */
static void reach_is_far(void **state)
{
	const struct part *part = *state;
	int days = has_field(part, 'M') ? 365 : 28;

	if (part->alarm.bytes[0])
		assert_in_range(rtc_chip_alarm_reach_s(part->desc),
				(days - 1) * DAY_S, days * DAY_S);
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "reach", reach_is_right);
	count += for_all_parts(tests + count, "the end of it", reach_is_far);
	return _cmocka_run_group_tests("reach", tests, count, random_begin, NULL);
}
