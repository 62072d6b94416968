// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the RTC's own rate, taken out of its time; the thread calls this.
 */
#include "drift.h"

static s64 gained_ns(const struct rtc_sync_drift *drift, s64 rtc_ns)
{
	return drift->gained_ns +
	       rtc_sync_scale_ppb(rtc_ns - drift->since_ns, drift->rate_ppb);
}

/**
 * rtc_sync_drift_begin() - the RTC is right now
 * @drift: its rate stays
 * @rtc_ns: RTC time, ns since 1970
 */
void rtc_sync_drift_begin(struct rtc_sync_drift *drift, s64 rtc_ns)
{
	drift->since_ns = rtc_ns;
	drift->gained_ns = 0;
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
