// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: was the RTC set, or did it only seem so? The standby calls this.
 */
#include "known.h"

/**
 * rtc_sync_known_note() - the clock was compared: note by what
 * @known: left as it is if the edge is not known, or nothing is counted from it
 * @tracker: that of the RTC
 * @drift: likewise
 *
 * Return: true if it was noted.
 */
bool rtc_sync_known_note(struct rtc_sync_known *known,
			 const struct rtc_sync_tracker *tracker,
			 const struct rtc_sync_drift *drift)
{
	if (!rtc_sync_tracker_is_usable(tracker) ||
	    !rtc_sync_tracker_is_locked(tracker) || !drift->has_begun)
		return false;
	*known = (struct rtc_sync_known) {
		.line = tracker->line,
		.window = tracker->bound,
		.drift = *drift,
		.is_valid = true,
	};
	return true;
}

/**
 * rtc_sync_known_has_gain() - is there something to lose if it was not set after all?
 * @known: what is known
 *
 * Return: true if a rate, or a gain that was said or learned, is taken out of its time.
 */
bool rtc_sync_known_has_gain(const struct rtc_sync_known *known)
{
	return known->is_valid && (known->drift.rate_ppb || known->drift.gained_ns);
}

/**
 * rtc_sync_known_clock_error_ns() - how far the clock is from what it was kept by
 * @known: what is known, valid
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 * @real_ns: now, CLOCK_REALTIME, ns since 1970
 *
 * A copy of it in the RTC is, too. What was read since then says nothing.
 *
 * Return: ns, >= 0.
 */
s64 rtc_sync_known_clock_error_ns(const struct rtc_sync_known *known, s64 raw_ns,
				  s64 real_ns)
{
	s64 error_ns;
	s64 off_ns;

	off_ns = rtc_sync_true_ns(&known->line, &known->window, &known->drift, raw_ns,
				  &error_ns) - real_ns;
	return error_ns + (off_ns < 0 ? -off_ns : off_ns);
}

/* The same drift as before, by the rate as it is now. */
static void restore(struct rtc_sync_drift *drift, const struct rtc_sync_drift *was,
		    s64 rtc_ns, s64 blur_ns)
{
	s32 rate_error_ppb = drift->rate_error_ppb;
	s32 rate_ppb = drift->rate_ppb;

	*drift = *was;
	drift->gained_error_ns += blur_ns;
	if (rate_ppb != drift->rate_ppb || rate_error_ppb != drift->rate_error_ppb)
		rtc_sync_drift_set_rate(drift, rate_ppb, rate_error_ppb, rtc_ns);
}

/**
 * rtc_sync_known_goes_on() - does the RTC show what it would if nobody has set it?
 * @known: what is known
 * @tracker: what was read since
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 * @drift: if so, it is what it was on return, but for its rate, which stays
 *
 * By how much it is beside that, somebody may have set it.
 *
 * Return: true if it does; false also as long as the edge is not known again.
 */
bool rtc_sync_known_goes_on(const struct rtc_sync_known *known,
			    const struct rtc_sync_tracker *tracker, s64 raw_ns,
			    struct rtc_sync_drift *drift)
{
	s64 known_error_ns;
	s64 error_ns;
	s64 rtc_ns;
	s64 by_ns;

	if (!known->is_valid || !rtc_sync_tracker_is_locked(tracker))
		return false;
	rtc_ns = rtc_sync_line_time_ns(&tracker->line, &tracker->bound, raw_ns, &error_ns);
	by_ns = rtc_ns - rtc_sync_line_time_ns(&known->line, &known->window, raw_ns,
					       &known_error_ns);
	by_ns = by_ns < 0 ? -by_ns : by_ns;
	if (by_ns > error_ns + known_error_ns)
		return false;
	restore(drift, &known->drift, rtc_ns, by_ns);
	return true;
}
