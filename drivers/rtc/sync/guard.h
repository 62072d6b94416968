/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: is what the RTC shows believable?
 */
#ifndef RTC_SYNC_GUARD_H
#define RTC_SYNC_GUARD_H

#include <linux/time64.h>

#include "span.h"

/* No RTC with this driver was ever right before 2024-01-01T00:00:00Z. */
#define RTC_SYNC_NOT_BEFORE_S	1704067200LL

/* 2199-12-31T23:59:59Z: the last date of the chips that have a century bit. */
#define RTC_SYNC_NOT_AFTER_S	7258118399LL

/**
 * enum rtc_sync_doubt - why a time is not believed
 * @RTC_SYNC_DOUBT_NONE: nothing speaks against it
 * @RTC_SYNC_DOUBT_CHIP: the chip says itself that its time is void
 * @RTC_SYNC_DOUBT_DATE: before not_before or after not_after
 * @RTC_SYNC_DOUBT_STUCK: its second does not advance
 * @RTC_SYNC_DOUBT_STEP: further from the system clock than max_step_s, or than a
 *	second after a doubt
 */
enum rtc_sync_doubt {
	RTC_SYNC_DOUBT_NONE,
	RTC_SYNC_DOUBT_CHIP,
	RTC_SYNC_DOUBT_DATE,
	RTC_SYNC_DOUBT_STUCK,
	RTC_SYNC_DOUBT_STEP,
};

/**
 * struct rtc_sync_guard - has this RTC been seen to tick?
 * @first_s: the second it showed at first, s since 1970
 * @first_raw_ns: when it was latched then, CLOCK_MONOTONIC_RAW, ns
 * @moved: a reading has shown a later second since, and no full one denied it
 * @ticked: a full reading has shown a later second since
 * @not_before_s: dates before this are not believed, s since 1970
 * @not_after_s: nor are dates after this
 */
struct rtc_sync_guard {
	time64_t first_s;
	struct rtc_sync_span first_raw_ns;
	bool moved;
	bool ticked;
	time64_t not_before_s;
	time64_t not_after_s;
};

void rtc_sync_guard_begin(struct rtc_sync_guard *guard, time64_t rtc_s,
			  const struct rtc_sync_span *latch_raw_ns);
enum rtc_sync_doubt rtc_sync_guard_date(const struct rtc_sync_guard *guard,
					time64_t rtc_s);
enum rtc_sync_doubt
rtc_sync_guard_tick(struct rtc_sync_guard *guard, time64_t rtc_s, bool is_full,
		    const struct rtc_sync_span *latch_raw_ns);

#endif /* RTC_SYNC_GUARD_H */
