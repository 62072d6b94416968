/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: how fast the system's oscillator runs against the RTC.
 *
 * A mark says that the edge of some second came no earlier, or no later, than
 * some instant. Two marks of opposite kind bound the rate between them. A long
 * baseline divides the error of the marks; a short one leaves the oscillator
 * less time to wander. So marks of all ages are kept.
 */
#ifndef RTC_SYNC_RATE_H
#define RTC_SYNC_RATE_H

#include <linux/time64.h>

#include "span.h"

/* An oscillator further off than this is broken; adjtimex can do 500 ppm. */
#define RTC_SYNC_PERIOD_MAX_PPB		1000000

/*
 * How fast a rate may wander. A day-night swing of 10 ppm peak to peak changes
 * by at most pi * 10 ppm / 86400 s = 0.36 ppb/s.
 */
#define RTC_SYNC_WANDER_PPB_PER_S	1

/* Over long gaps the rate does not walk away for ever. */
#define RTC_SYNC_WANDER_MAX_PPB		20000

/* A rate of which nothing is known. */
#define RTC_SYNC_PERIOD_ANY_PPB		((struct rtc_sync_span) {	\
	.lo = -RTC_SYNC_PERIOD_MAX_PPB,					\
	.hi = RTC_SYNC_PERIOD_MAX_PPB,					\
})

#define RTC_SYNC_MARKS			16

/**
 * struct rtc_sync_mark - a one-sided bound on the edge of one RTC second
 * @sec: the RTC second, s since 1970
 * @raw_ns: the bound, CLOCK_MONOTONIC_RAW, ns
 */
struct rtc_sync_mark {
	time64_t sec;
	s64 raw_ns;
};

/**
 * struct rtc_sync_marks - bounds of one kind, oldest first
 * @mark: the marks, @sec strictly increasing
 * @count: how many of them are in use
 */
struct rtc_sync_marks {
	struct rtc_sync_mark mark[RTC_SYNC_MARKS];
	u8 count;
};

void rtc_sync_marks_add(struct rtc_sync_marks *marks, time64_t sec, s64 raw_ns);
void rtc_sync_rate_cap(struct rtc_sync_span *period_ppb,
		       const struct rtc_sync_marks *no_earlier,
		       const struct rtc_sync_mark *no_later);
void rtc_sync_rate_raise(struct rtc_sync_span *period_ppb,
			 const struct rtc_sync_marks *no_later,
			 const struct rtc_sync_mark *no_earlier);
struct rtc_sync_span rtc_sync_rate_later(const struct rtc_sync_span *period_ppb,
					 s64 elapsed_s);
struct rtc_sync_span rtc_sync_rate_doubt(const struct rtc_sync_span *period_ppb,
					 s64 doubt_ppb);
s64 rtc_sync_rate_wander_ns(s64 elapsed_s);

#endif /* RTC_SYNC_RATE_H */
