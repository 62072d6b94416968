/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: when to write what was learned into the RTC's trim register.
 *
 * The engine takes the RTC's rate out of its time by itself: a trim does nothing
 * for the clock while the board is on. It is for the time when it is off.
 */
#ifndef RTC_SYNC_TRIM_H
#define RTC_SYNC_TRIM_H

#include "../rtc-sync.h"
#include "span.h"

/**
 * struct rtc_sync_retrim - the RTC runs at another rate from now on
 * @by_ppb: it is faster by this, ppb; negative: slower
 * @slack_ppb: or by so much more or less, ppb, >= 0
 * @lag_ns: not later than so long from now, ns, >= 0
 */
struct rtc_sync_retrim {
	s32 by_ppb;
	s32 slack_ppb;
	s64 lag_ns;
};

/**
 * struct rtc_sync_trimming - what was done to the register so far
 * @has_changed: it was changed since the attach, or that was tried
 * @changed_raw_ns: the last time, CLOCK_MONOTONIC_RAW, ns
 * @watched_s: how long the RTC had been held against NTP by then, s
 */
struct rtc_sync_trimming {
	bool has_changed;
	s64 changed_raw_ns;
	s64 watched_s;
};

/**
 * struct rtc_sync_learned - what is known of the RTC, as trimmed at present
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 * @rate_ppb: it gains this much, ppb
 * @error_ppb: and that is no further off than this, ppb, taking nobody's word for it
 * @watched_s: so long it was held against NTP since the attach, s
 * @trim_ppb: what its register holds, ppb; positive: it makes it faster
 */
struct rtc_sync_learned {
	s64 raw_ns;
	s32 rate_ppb;
	s32 error_ppb;
	s64 watched_s;
	s32 trim_ppb;
};

bool rtc_sync_trim_is_due(const struct rtc_sync_trim *trim,
			  const struct rtc_sync_trimming *trimming,
			  const struct rtc_sync_learned *learned, s32 *ppb);
void rtc_sync_trim_note(struct rtc_sync_trimming *trimming, s64 raw_ns,
			s64 watched_s);
struct rtc_sync_retrim rtc_sync_trim_change(const struct rtc_sync_trim *trim,
					    s64 by_ppb);
s64 rtc_sync_trim_blur_ns(const struct rtc_sync_trim *trim, s32 ppb);

#endif /* RTC_SYNC_TRIM_H */
