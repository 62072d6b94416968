/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: what a duration was lately, without regard to what was out of the ordinary.
 */
#ifndef RTC_SYNC_RECENT_H
#define RTC_SYNC_RECENT_H

#include <linux/types.h>

#define RTC_SYNC_RECENT		15

/**
 * struct rtc_sync_recent - the last durations, in a ring
 * @ns: the durations, ns
 * @count: how many of them are in use
 * @next: where the next one goes
 */
struct rtc_sync_recent {
	s64 ns[RTC_SYNC_RECENT];
	u8 count;
	u8 next;
};

void rtc_sync_recent_add(struct rtc_sync_recent *recent, s64 ns);
s64 rtc_sync_recent_median_ns(const struct rtc_sync_recent *recent);
s64 rtc_sync_recent_least_ns(const struct rtc_sync_recent *recent);
s64 rtc_sync_recent_spread_ns(const struct rtc_sync_recent *recent);

#endif /* RTC_SYNC_RECENT_H */
