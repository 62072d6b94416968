// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the RTC's time was when its edge was known, for when readings say that it was set.
 *
 * They may be garbled, and so is what the tracker makes of them. Was it set, the clock is
 * as wrong as it was by the last time that was sure; was it not, all that the RTC had
 * gained is still known.
 */
#include <linux/ktime.h>

#include "../compat.h"
#include "clock.h"
#include "engine.h"

/**
 * rtc_sync_known_note() - the clock was compared: note by what
 * @sync: the instance
 *
 * Context: the thread.
 */
void rtc_sync_known_note(struct rtc_sync *sync)
{
	if (!rtc_sync_tracker_is_usable(&sync->tracker) ||
	    !rtc_sync_tracker_is_locked(&sync->tracker) || !sync->drift.has_begun)
		return;
	sync->known = (struct rtc_sync_known) {
		.line = sync->tracker.line,
		.window = sync->tracker.bound,
		.drift = sync->drift,
		.is_valid = true,
	};
	sync->has_slept = false;
}

/**
 * rtc_sync_known_clock_error_ns() - how far the clock is from what it was kept by
 * @sync: the instance; something is known
 *
 * A copy of it in the RTC is, too. What was read since then says nothing.
 *
 * Context: the thread.
 * Return: ns, >= 0.
 */
s64 rtc_sync_known_clock_error_ns(const struct rtc_sync *sync)
{
	const struct rtc_sync_known *known = &sync->known;
	struct rtc_sync_instant now = rtc_sync_now();
	s64 error_ns;
	s64 off_ns;

	off_ns = rtc_sync_true_ns(&known->line, &known->window, &known->drift,
				  now.raw_ns, &error_ns) - now.real_ns;
	return error_ns + abs(off_ns);
}

/* The same drift as before, by the rate as it is now. */
static void restore(struct rtc_sync *sync, s64 rtc_ns, s64 blur_ns)
{
	struct rtc_sync_drift *drift = &sync->drift;
	s32 rate_error_ppb = drift->rate_error_ppb;
	s32 rate_ppb = drift->rate_ppb;

	*drift = sync->known.drift;
	drift->gained_error_ns += blur_ns;
	if (rate_ppb != drift->rate_ppb || rate_error_ppb != drift->rate_error_ppb)
		rtc_sync_drift_set_rate(drift, rate_ppb, rate_error_ppb, rtc_ns);
}

/**
 * rtc_sync_known_goes_on() - does the RTC show what it would if nobody has set it?
 * @sync: the instance; if so, @sync->drift is what it was
 *
 * By how much it is beside that, somebody may have set it.
 *
 * Context: the thread.
 * Return: true if it does.
 */
bool rtc_sync_known_goes_on(struct rtc_sync *sync)
{
	const struct rtc_sync_known *known = &sync->known;
	s64 raw_ns = ktime_get_raw_ns();
	s64 known_error_ns;
	s64 error_ns;
	s64 rtc_ns;
	s64 by_ns;

	if (!known->is_valid || !rtc_sync_tracker_is_locked(&sync->tracker))
		return false;
	rtc_ns = rtc_sync_line_time_ns(&sync->tracker.line, &sync->tracker.bound,
				       raw_ns, &error_ns);
	by_ns = rtc_ns - rtc_sync_line_time_ns(&known->line, &known->window, raw_ns,
					       &known_error_ns);
	if (abs(by_ns) > error_ns + known_error_ns)
		return false;
	restore(sync, rtc_ns, abs(by_ns));
	return true;
}
