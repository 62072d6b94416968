// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the RTC's own rate, taken out of its time; the thread calls this.
 */
#include "drift.h"

static s64 gained_ns(const struct rtc_sync_drift *drift, s64 rtc_ns)
{
	if (!drift->has_begun)
		return 0;
	return drift->gained_ns +
	       rtc_sync_scale_ppb(rtc_ns - drift->since_ns, drift->rate_ppb);
}

/**
 * rtc_sync_drift_begin() - the RTC is taken for right now
 * @drift: its rate stays; nothing happens if it has begun already
 * @rtc_ns: RTC time, ns since 1970
 */
void rtc_sync_drift_begin(struct rtc_sync_drift *drift, s64 rtc_ns)
{
	if (drift->has_begun)
		return;
	drift->since_ns = rtc_ns;
	drift->gained_ns = 0;
	drift->has_begun = true;
}

/**
 * rtc_sync_drift_reset() - the RTC was set: what it had gained is void
 * @drift: its rate stays; to be begun again
 */
void rtc_sync_drift_reset(struct rtc_sync_drift *drift)
{
	drift->has_begun = false;
}

/**
 * rtc_sync_drift_set_rate() - a better rate from now on
 * @drift: what was gained so far stays gained
 * @rate_ppb: the RTC gains this much, ppb, within +-RTC_SYNC_DRIFT_MAX_PPB
 * @rtc_ns: RTC time, ns since 1970
 */
void rtc_sync_drift_set_rate(struct rtc_sync_drift *drift, s32 rate_ppb,
			     s64 rtc_ns)
{
	drift->gained_ns = gained_ns(drift, rtc_ns);
	drift->since_ns = rtc_ns;
	drift->rate_ppb = rate_ppb;
}

/**
 * rtc_sync_drift_correct() - true time, as far as the rate is known
 * @drift: the rate
 * @rtc_ns: RTC time, ns since 1970
 *
 * Return: ns since 1970.
 */
s64 rtc_sync_drift_correct(const struct rtc_sync_drift *drift, s64 rtc_ns)
{
	return rtc_ns - gained_ns(drift, rtc_ns);
}

/**
 * rtc_sync_offset_ns() - the system clock against the RTC at one instant
 * @window: where one of the RTC's seconds began
 * @drift: the RTC's own rate
 * @raw_ns: the instant, CLOCK_MONOTONIC_RAW, ns
 * @real_ns: the instant, CLOCK_REALTIME, ns since 1970
 * @error_ns: the offset is no further off than this, ns, >= 0
 *
 * Return: RTC time - system time, ns.
 */
s64 rtc_sync_offset_ns(const struct rtc_sync_window *window,
		       const struct rtc_sync_drift *drift, s64 raw_ns,
		       s64 real_ns, s64 *error_ns)
{
	s64 rtc_ns = rtc_sync_window_time_ns(window, raw_ns, error_ns);

	return rtc_sync_drift_correct(drift, rtc_ns) - real_ns;
}
