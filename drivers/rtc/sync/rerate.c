// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what is left of what the tracker knows when the RTC's own rate is changed,
 * or known from elsewhere.
 */
#include "tracker.h"

/* 1 + p becomes (1 + p) / (1 + by): a faster RTC's second is shorter. */
static s64 shifted_ppb(s64 period_ppb, s64 by_ppb)
{
	period_ppb -= by_ppb;
	return period_ppb - rtc_sync_scale_ppb(period_ppb, by_ppb);
}

/* A part per billion more for what was rounded; never beyond what is possible. */
static struct rtc_sync_span rerate(const struct rtc_sync_span *period_ppb,
				   const struct rtc_sync_span *by_ppb)
{
	return (struct rtc_sync_span) {
		.lo = clamp_t(s64, shifted_ppb(period_ppb->lo, by_ppb->hi) - 1,
			      -RTC_SYNC_PERIOD_MAX_PPB, RTC_SYNC_PERIOD_MAX_PPB),
		.hi = clamp_t(s64, shifted_ppb(period_ppb->hi, by_ppb->lo) + 1,
			      -RTC_SYNC_PERIOD_MAX_PPB, RTC_SYNC_PERIOD_MAX_PPB),
	};
}

/* The same for what two readings have said. */
static void rerate_sure(struct rtc_sync_tracker *tracker, time64_t sec,
			const struct rtc_sync_span *by_ppb, s64 blur_ns)
{
	struct rtc_sync_window window;

	window = rtc_sync_phase_at(&tracker->sure.phase, sec);
	window.period_ppb = rerate(&window.period_ppb, by_ppb);
	rtc_sync_sure_rerate(&tracker->sure, &window, blur_ns);
	tracker->bound = rtc_sync_phase_at(&tracker->sure.phase, sec);
}

static s64 furthest_ns(const struct rtc_sync_span *by_ppb)
{
	/* Of one second: it was changed amid it. */
	return max_t(s64, max(by_ppb->hi, -by_ppb->lo), 0);
}

/**
 * rtc_sync_tracker_was_trimmed() - the RTC runs at another rate from now on
 * @tracker: the tracker; reads sooner if it has to
 * @change: by how much, and how sure that is
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 *
 * Where the edge is stays known, and the rate, but for @change. While that may or
 * may not act yet, the rate can be either, and readings say nothing of it.
 */
void rtc_sync_tracker_was_trimmed(struct rtc_sync_tracker *tracker,
				  const struct rtc_sync_retrim *change,
				  s64 raw_ns)
{
	struct rtc_sync_span by_ppb = {
		.lo = (s64)change->by_ppb - change->slack_ppb,
		.hi = (s64)change->by_ppb + change->slack_ppb,
	};
	struct rtc_sync_window window;

	if (change->lag_ns) {
		by_ppb.lo = min_t(s64, by_ppb.lo, 0);
		by_ppb.hi = max_t(s64, by_ppb.hi, 0);
	}
	tracker->change_until_raw_ns = change->lag_ns ? raw_ns + change->lag_ns : 0;
	tracker->kept_ppb = rerate(&tracker->kept_ppb, &by_ppb);
	tracker->kept_sure_ppb = rerate(&tracker->kept_sure_ppb, &by_ppb);
	if (!tracker->has_phase)
		return;

	window = rtc_sync_phase_at(&tracker->phase,
				   rtc_sync_window_second(&tracker->phase.window, raw_ns));
	rtc_sync_line_rerate(&tracker->line, &window, change->by_ppb);
	window.period_ppb = rerate(&window.period_ppb, &by_ppb);
	rtc_sync_phase_rerate(&tracker->phase, &window, furthest_ns(&by_ppb));
	rtc_sync_line_hold(&tracker->line, &tracker->phase.window);
	rerate_sure(tracker, window.sec, &by_ppb, furthest_ns(&by_ppb));

	tracker->change_ppb = window.period_ppb;
	tracker->change_sure_ppb = tracker->sure.phase.window.period_ppb;
	tracker->change_s = window.sec;
	rtc_sync_tracker_watch_anew(tracker);
}

/**
 * rtc_sync_tracker_is_changing() - is a change of the trim on its way?
 * @tracker: the tracker
 *
 * Return: true if it may act already, or not yet.
 */
bool rtc_sync_tracker_is_changing(const struct rtc_sync_tracker *tracker)
{
	return tracker->change_until_raw_ns;
}

/**
 * rtc_sync_tracker_abide() - a change may have come amid the marks so far
 * @tracker: the tracker, after each reading while it is changing
 *
 * The rate between two marks is neither the old nor the new one then.
 */
void rtc_sync_tracker_abide(struct rtc_sync_tracker *tracker)
{
	struct rtc_sync_window window = tracker->phase.window;

	tracker->change_ppb = rtc_sync_rate_later(&tracker->change_ppb,
						  window.sec - tracker->change_s);
	tracker->change_sure_ppb = rtc_sync_rate_later(&tracker->change_sure_ppb,
						       window.sec - tracker->change_s);
	tracker->change_s = window.sec;
	window.period_ppb = tracker->change_ppb;
	rtc_sync_phase_rerate(&tracker->phase, &window, 0);

	window = rtc_sync_phase_at(&tracker->sure.phase, window.sec);
	window.period_ppb = tracker->change_sure_ppb;
	rtc_sync_sure_rerate(&tracker->sure, &window, 0);
	tracker->bound = window;
}

/**
 * rtc_sync_tracker_set_blur() - edges lie beside where they would on average
 * @tracker: the tracker; its windows hold both from now on
 * @blur_ns: by this at most, ns, >= 0
 */
void rtc_sync_tracker_set_blur(struct rtc_sync_tracker *tracker, s64 blur_ns)
{
	s64 more_ns = blur_ns - tracker->blur_ns;

	tracker->blur_ns = blur_ns;
	if (!tracker->has_phase || more_ns <= 0)
		return;
	rtc_sync_phase_rerate(&tracker->phase, &tracker->phase.window, more_ns);
	rtc_sync_sure_rerate(&tracker->sure, &tracker->sure.phase.window, more_ns);
	tracker->bound = tracker->sure.phase.window;
}

/**
 * rtc_sync_tracker_know_period() - the rate, from before the last boot
 * @tracker: the tracker; once the edge is hunted, it goes by what it sees, and the bound
 *	does so from the first
 * @period_ppb: as of struct rtc_sync_window, ppb
 */
void rtc_sync_tracker_know_period(struct rtc_sync_tracker *tracker,
				  const struct rtc_sync_span *period_ppb)
{
	struct rtc_sync_span *known_ppb = tracker->has_phase ?
					  &tracker->phase.window.period_ppb :
					  &tracker->kept_ppb;
	struct rtc_sync_span both_ppb = {
		.lo = max(known_ppb->lo, period_ppb->lo),
		.hi = min(known_ppb->hi, period_ppb->hi),
	};

	if (tracker->stage != RTC_SYNC_FIRST || rtc_sync_span_is_empty(&both_ppb))
		return;
	*known_ppb = both_ppb;
}
