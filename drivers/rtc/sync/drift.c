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
	if (!drift->has_begun)
		rtc_sync_drift_anchor(drift, rtc_ns, 0, 0);
}

/**
 * rtc_sync_drift_anchor() - what the RTC has gained is known at one instant
 * @drift: its rate stays
 * @rtc_ns: the instant in RTC time, ns since 1970
 * @gained_ns: RTC time less true time, ns
 * @error_ns: it is no further off than this, ns, >= 0
 */
void rtc_sync_drift_anchor(struct rtc_sync_drift *drift, s64 rtc_ns,
			   s64 gained_ns, s64 error_ns)
{
	drift->since_ns = rtc_ns;
	drift->gained_ns = gained_ns;
	drift->gained_error_ns = error_ns;
	drift->has_begun = true;
}

/**
 * rtc_sync_drift_shift() - a leap second: what it has gained is more by so much
 * @drift: its rate stays; nothing happens if it has not begun
 * @ns: RTC time less true time has grown by this, ns
 */
void rtc_sync_drift_shift(struct rtc_sync_drift *drift, s64 ns)
{
	if (drift->has_begun)
		drift->gained_ns += ns;
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
 * @error_ppb: it is no further off than this, ppb, >= 0
 * @rtc_ns: RTC time, ns since 1970
 */
void rtc_sync_drift_set_rate(struct rtc_sync_drift *drift, s32 rate_ppb,
			     s32 error_ppb, s64 rtc_ns)
{
	if (drift->has_begun) {
		drift->gained_error_ns = rtc_sync_drift_error_ns(drift, rtc_ns);
		drift->gained_ns = gained_ns(drift, rtc_ns);
		drift->since_ns = rtc_ns;
	}
	drift->rate_ppb = rate_ppb;
	drift->rate_error_ppb = error_ppb;
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
 * rtc_sync_drift_error_ns() - how wrong that may be
 * @drift: the rate
 * @rtc_ns: RTC time, ns since 1970
 *
 * Return: ns, >= 0; nothing until the RTC has been held against true time.
 */
s64 rtc_sync_drift_error_ns(const struct rtc_sync_drift *drift, s64 rtc_ns)
{
	s64 since_ns = rtc_ns - drift->since_ns;

	if (!drift->has_begun)
		return 0;
	return drift->gained_error_ns +
	       rtc_sync_scale_ppb(since_ns < 0 ? -since_ns : since_ns,
				  drift->rate_error_ppb);
}

/**
 * rtc_sync_true_ns() - what time it is, by all that is known
 * @line: where the RTC's edges most likely are
 * @window: where they can be
 * @drift: the RTC's own rate
 * @raw_ns: the instant, CLOCK_MONOTONIC_RAW, ns
 * @error_ns: it is no further off than this, ns, >= 0
 *
 * Return: ns since 1970.
 */
s64 rtc_sync_true_ns(const struct rtc_sync_line *line,
		     const struct rtc_sync_window *window,
		     const struct rtc_sync_drift *drift, s64 raw_ns,
		     s64 *error_ns)
{
	s64 rtc_ns = rtc_sync_line_time_ns(line, window, raw_ns, error_ns);

	*error_ns += rtc_sync_drift_error_ns(drift, rtc_ns);
	return rtc_sync_drift_correct(drift, rtc_ns);
}
