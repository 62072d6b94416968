/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's dates. As there, rtc_tm_to_time64() takes any day of a month for
 * an offset from its first, and the year is one from 1900 in either direction.
 */
#ifndef TESTS_LINUX_RTC_H
#define TESTS_LINUX_RTC_H

#include <linux/time64.h>
#include <linux/types.h>

#define RTC_TIMESTAMP_BEGIN_2000	946684800LL
#define RTC_TIMESTAMP_END_2099		4102444799LL

#define RTC_VL_DATA_INVALID		0x01
#define RTC_VL_BACKUP_LOW		0x02
#define RTC_VL_BACKUP_EMPTY		0x04
#define RTC_VL_ACCURACY_LOW		0x08
#define RTC_VL_BACKUP_SWITCH		0x10

struct rtc_time {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
};

/* Days from 1970-01-01 to the first of a month, 0..11, of a year from 1970. */
static inline s64 rtc_test_days_before(int year, int mon)
{
	static const short before[] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
	};
	int past = year - 1;
	int leaps = past / 4 - past / 100 + past / 400 - 477;
	bool is_leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

	return 365LL * (year - 1970) + leaps + before[mon] + (is_leap && mon > 1);
}

static inline time64_t rtc_tm_to_time64(struct rtc_time *tm)
{
	int year = 1900 + tm->tm_year + tm->tm_mon / 12;
	s64 days = rtc_test_days_before(year, tm->tm_mon % 12) + tm->tm_mday - 1;

	return ((days * 24 + tm->tm_hour) * 60 + tm->tm_min) * 60 + tm->tm_sec;
}

/* Of times from 1970 on. */
static inline void rtc_time64_to_tm(time64_t time, struct rtc_time *tm)
{
	s64 days = time / 86400;
	int year = 1970 + (int)(days / 366);
	int rest = (int)(time % 86400);
	int mon = 11;

	while (rtc_test_days_before(year + 1, 0) <= days)
		year++;
	while (rtc_test_days_before(year, mon) > days)
		mon--;
	*tm = (struct rtc_time) {
		.tm_sec = rest % 60,
		.tm_min = rest / 60 % 60,
		.tm_hour = rest / 3600,
		.tm_mday = (int)(days - rtc_test_days_before(year, mon)) + 1,
		.tm_mon = mon,
		.tm_year = year - 1900,
		.tm_wday = (int)((days + 4) % 7),
		.tm_yday = (int)(days - rtc_test_days_before(year, 0)),
	};
}

#endif
