// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what the readings add up to; the thread calls this. What to read is in plan.c,
 * how the search goes on in stages.c, what becomes of a bad reading in setback.c.
 */
#include "tracker.h"

/*
 * Crystals are specified to 100 ppm or better, so the search goes by this. What
 * contradicts it is sought once more with anything that is possible, from which alone
 * the bound follows.
 */
#define LIKELY_PPB		((struct rtc_sync_span) {		\
	.lo = -300000,							\
	.hi = 300000,							\
})

/* So many readings in a row that make sense: none is garbled any more. */
#define CALM			100

/* Long enough to smooth the windows, short enough for a swing of 10 ppm a day. */
#define MEMORY_S		200

/**
 * rtc_sync_tracker_forget_rates() - the next search goes by what is likely
 * @tracker: the tracker, without a phase
 */
void rtc_sync_tracker_forget_rates(struct rtc_sync_tracker *tracker)
{
	tracker->kept_ppb = LIKELY_PPB;
	tracker->kept_sure_ppb = RTC_SYNC_PERIOD_ANY_PPB;
}

/**
 * rtc_sync_tracker_init() - nothing is known of this RTC
 * @tracker: overwritten
 * @source: what reads it; must outlive the tracker
 * @interval_s: time between syncs, s, 1..86400
 * @not_before_s: dates before this are not believed, s since 1970
 */
void rtc_sync_tracker_init(struct rtc_sync_tracker *tracker,
			   const struct rtc_sync_source *source,
			   u32 interval_s, time64_t not_before_s)
{
	*tracker = (struct rtc_sync_tracker) {
		.source = source,
		.interval_s = interval_s,
		.guard.not_before_s = not_before_s,
		.guard.not_after_s = RTC_SYNC_NOT_AFTER_S,
		.stage = RTC_SYNC_FIRST,
		.calm = CALM,
	};
	rtc_sync_bus_init(&tracker->bus);
	rtc_sync_tracker_forget_rates(tracker);
}

/* As much of a rate as is likely, or all of it if nothing is. */
static struct rtc_sync_span likely_of(const struct rtc_sync_span *period_ppb)
{
	struct rtc_sync_span likely_ppb = LIKELY_PPB;

	likely_ppb.lo = max(likely_ppb.lo, period_ppb->lo);
	likely_ppb.hi = min(likely_ppb.hi, period_ppb->hi);
	return rtc_sync_span_is_empty(&likely_ppb) ? *period_ppb : likely_ppb;
}

/**
 * rtc_sync_tracker_doubt_rates() - the rates that were kept may have changed
 * @tracker: the tracker, without a phase
 */
void rtc_sync_tracker_doubt_rates(struct rtc_sync_tracker *tracker)
{
	tracker->kept_ppb = rtc_sync_rate_doubt(&tracker->kept_ppb, 0);
	tracker->kept_sure_ppb = rtc_sync_rate_doubt(&tracker->kept_sure_ppb, 0);
}

/**
 * rtc_sync_tracker_restart() - the phase is lost, the rates are not
 * @tracker: the tracker
 *
 * For an RTC that jumped.
 */
void rtc_sync_tracker_restart(struct rtc_sync_tracker *tracker)
{
	const struct rtc_sync_window *window = &tracker->sure.phase.window;

	/* The search's own rate may have been led astray; what is likely is no worse. */
	if (tracker->has_phase) {
		tracker->kept_sure_ppb = window->period_ppb;
		tracker->kept_ppb = likely_of(&window->period_ppb);
		tracker->kept_raw_ns = rtc_sync_span_mid(&window->edge_raw_ns);
	}
	tracker->stage = RTC_SYNC_FIRST;
	tracker->has_phase = false;
	tracker->is_locked = false;
	tracker->first_reads = 0;
	tracker->cuts_left = 0;
	tracker->cut_s = 0;
	tracker->unconfirmed = 0;
	tracker->streak = 0;
	tracker->is_fresh = false;
}

/**
 * rtc_sync_tracker_was_asleep() - the board was suspended, for nobody knows how long
 * @tracker: the tracker
 *
 * CLOCK_MONOTONIC_RAW stood still, so it does not tell how far the rate has wandered.
 */
void rtc_sync_tracker_was_asleep(struct rtc_sync_tracker *tracker)
{
	rtc_sync_tracker_restart(tracker);
	rtc_sync_tracker_doubt_rates(tracker);
}

/**
 * rtc_sync_tracker_rtc_was_set() - whatever was wrong with the RTC's time may be right
 * @tracker: the tracker; reads again at once
 */
void rtc_sync_tracker_rtc_was_set(struct rtc_sync_tracker *tracker)
{
	rtc_sync_tracker_restart(tracker);
	tracker->is_suspect = false;
	tracker->failures = 0;
	tracker->lost = 0;
	tracker->wake_raw_ns = 0;
}

/**
 * rtc_sync_tracker_set_interval() - change the time between syncs
 * @tracker: the tracker
 * @interval_s: s, 1..86400; counted from the last sync
 */
void rtc_sync_tracker_set_interval(struct rtc_sync_tracker *tracker,
				   u32 interval_s)
{
	tracker->due_s += (s64)interval_s - tracker->interval_s;
	tracker->cut_s = 0;
	tracker->interval_s = interval_s;
}

/**
 * rtc_sync_tracker_hurry() - sync at the next edges instead of when due
 * @tracker: the tracker
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 */
void rtc_sync_tracker_hurry(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	tracker->wake_raw_ns = raw_ns;
	if (!tracker->has_phase)
		return;
	tracker->due_s = rtc_sync_window_second(&tracker->phase.window, raw_ns) + 1;
	tracker->cut_s = 0;
	tracker->full_s = 0;
}

static void begin(struct rtc_sync_tracker *tracker, time64_t sec,
		  const struct rtc_sync_span *latch_raw_ns)
{
	s64 later_s = div_s64(latch_raw_ns->lo - tracker->kept_raw_ns,
			      RTC_SYNC_NS_PER_S) + 1;
	struct rtc_sync_span period_ppb;
	struct rtc_sync_span sure_ppb;

	period_ppb = rtc_sync_rate_later(&tracker->kept_ppb, later_s);
	sure_ppb = rtc_sync_rate_later(&tracker->kept_sure_ppb, later_s);
	rtc_sync_phase_begin(&tracker->phase, sec, latch_raw_ns, &period_ppb);
	rtc_sync_sure_begin(&tracker->sure, sec, latch_raw_ns, &sure_ppb);
	rtc_sync_guard_begin(&tracker->guard, sec, latch_raw_ns);
	tracker->change_ppb = period_ppb;
	tracker->change_sure_ppb = sure_ppb;
	tracker->change_s = sec;
	tracker->due_s = sec;
	tracker->settled_s = 0;
	tracker->has_phase = true;
}

/* The second of the minute is enough: what is expected tells the minute. */
static time64_t whole_second(const struct rtc_sync_tracker *tracker,
			     time64_t second, s64 raw_ns)
{
	time64_t due = rtc_sync_window_second(&tracker->phase.window, raw_ns);
	s32 due_second;
	s64 off;

	div_s64_rem(due, 60, &due_second);
	off = second - due_second;
	if (off >= 30)
		off -= 60;
	else if (off < -30)
		off += 60;
	return due + off;
}

/* A change that may have come meanwhile: then marks before and after it don't mix. */
static enum rtc_sync_verdict apply(struct rtc_sync_tracker *tracker, time64_t sec,
				   const struct rtc_sync_span *latch_raw_ns)
{
	enum rtc_sync_verdict verdict;

	verdict = rtc_sync_phase_apply(&tracker->phase, sec, latch_raw_ns);
	if (!tracker->change_until_raw_ns || verdict == RTC_SYNC_JUMP)
		return verdict;
	if (verdict != RTC_SYNC_CONTRADICTION)
		rtc_sync_tracker_abide(tracker);
	/* What contradicts was no change as it was said to be. */
	if (verdict == RTC_SYNC_CONTRADICTION ||
	    latch_raw_ns->lo > tracker->change_until_raw_ns)
		tracker->change_until_raw_ns = 0;
	return verdict;
}

/* What is most likely, from what is possible. */
static void draw_line(struct rtc_sync_tracker *tracker)
{
	const struct rtc_sync_window *window = &tracker->phase.window;

	if (!tracker->settled_s)
		rtc_sync_line_begin(&tracker->line, window);
	else if (rtc_sync_span_width(&window->edge_raw_ns) <=
		 rtc_sync_tracker_lock_ns(tracker))
		rtc_sync_line_follow(&tracker->line, window,
				     max_t(s64, MEMORY_S, 3 * tracker->interval_s));
	else
		rtc_sync_line_hold(&tracker->line, window);
}

/* Until the window is proved, one reading may have put it a second beside. */
static void draw_bound(struct rtc_sync_tracker *tracker)
{
	tracker->bound = rtc_sync_phase_at(&tracker->sure.phase,
					   tracker->phase.window.sec);
	if (tracker->is_locked)
		return;
	tracker->bound.edge_raw_ns = tracker->phase.window.edge_raw_ns;
	tracker->bound.edge_raw_ns.lo -= RTC_SYNC_NS_PER_S;
	tracker->bound.edge_raw_ns.hi += RTC_SYNC_NS_PER_S;
}

/**
 * rtc_sync_tracker_feed() - the reading that was planned succeeded
 * @tracker: the tracker; @tracker->is_fresh is set when a sync should follow
 * @reading: what was read
 */
void rtc_sync_tracker_feed(struct rtc_sync_tracker *tracker,
			   const struct rtc_sync_reading *reading)
{
	enum rtc_sync_read kind = tracker->plan.kind;
	enum rtc_sync_verdict verdict;
	struct rtc_sync_span latch;
	enum rtc_sync_doubt doubt;
	s64 latch_mid_raw_ns;
	time64_t sec;

	rtc_sync_bus_add(&tracker->bus, kind,
			 reading->after_raw_ns - reading->before_raw_ns);
	latch = rtc_sync_bus_latch(&tracker->bus, tracker->source, kind, reading);
	latch.lo -= tracker->blur_ns;
	latch.hi += tracker->blur_ns;
	latch_mid_raw_ns = rtc_sync_span_mid(&latch);
	rtc_sync_pace_latched(&tracker->pace, tracker->plan.start_raw_ns,
			      latch_mid_raw_ns);

	sec = reading->rtc_s;
	if (kind == RTC_SYNC_READ_FULL)
		doubt = rtc_sync_guard_date(&tracker->guard, sec);
	else
		doubt = sec < 0 || sec > 59 ? RTC_SYNC_DOUBT_CHIP :
					      RTC_SYNC_DOUBT_NONE;
	if (doubt != RTC_SYNC_DOUBT_NONE) {
		rtc_sync_tracker_refuse(tracker, doubt, reading->after_raw_ns);
		return;
	}

	if (!tracker->has_phase)
		begin(tracker, sec, &latch);
	if (kind == RTC_SYNC_READ_SHORT)
		sec = whole_second(tracker, sec, latch_mid_raw_ns);

	doubt = rtc_sync_guard_tick(&tracker->guard, sec,
				    kind == RTC_SYNC_READ_FULL, &latch);
	if (doubt != RTC_SYNC_DOUBT_NONE) {
		rtc_sync_tracker_refuse(tracker, doubt, reading->after_raw_ns);
		return;
	}

	if (tracker->guard.ticked)
		tracker->doubt = RTC_SYNC_DOUBT_NONE;
	if (tracker->doubt == RTC_SYNC_DOUBT_NONE)
		tracker->failures = 0;

	verdict = apply(tracker, sec, &latch);
	if (tracker->cuts_left)
		tracker->cuts_left--;
	if (verdict == RTC_SYNC_JUMP) {
		rtc_sync_tracker_jump(tracker, reading->after_raw_ns);
		return;
	}

	rtc_sync_sure_add(&tracker->sure, sec, &latch,
			  rtc_sync_tracker_is_calm(tracker) ? RTC_SYNC_WITNESSES :
							      RTC_SYNC_WITNESSES_IN_DOUBT);
	if (kind == RTC_SYNC_READ_FULL) {
		tracker->full_s = sec;
		tracker->counts.glitches += tracker->unconfirmed;
		if (tracker->unconfirmed && tracker->stage >= RTC_SYNC_SETTLE)
			rtc_sync_tracker_prove_again(tracker);
		tracker->unconfirmed = 0;
	}
	draw_line(tracker);
	if (verdict == RTC_SYNC_CONTRADICTION) {
		rtc_sync_tracker_contradict(tracker, reading->after_raw_ns);
	} else {
		if (tracker->calm < CALM)
			tracker->calm++;
		rtc_sync_tracker_proceed(tracker, verdict);
	}
	draw_bound(tracker);
}

/**
 * rtc_sync_tracker_is_usable() - can a clock be set by this?
 * @tracker: the tracker
 *
 * Return: true if the RTC was seen to tick, its full readings agree, and
 * nothing speaks against its time at the moment.
 */
bool rtc_sync_tracker_is_usable(const struct rtc_sync_tracker *tracker)
{
	return tracker->has_phase && tracker->stage > RTC_SYNC_FIRST &&
	       tracker->guard.ticked && !tracker->unconfirmed &&
	       tracker->doubt == RTC_SYNC_DOUBT_NONE;
}

/**
 * rtc_sync_tracker_is_locked() - is the edge known?
 * @tracker: the tracker
 *
 * Return: true from the first window that was proved until the phase is dropped.
 */
bool rtc_sync_tracker_is_locked(const struct rtc_sync_tracker *tracker)
{
	return tracker->has_phase && tracker->is_locked;
}

/**
 * rtc_sync_tracker_is_settled() - is the edge known as well as it can be?
 * @tracker: the tracker
 *
 * Return: true once the window has been at the floor, or long sought there.
 */
bool rtc_sync_tracker_is_settled(const struct rtc_sync_tracker *tracker)
{
	return rtc_sync_tracker_is_locked(tracker) &&
	       tracker->stage == RTC_SYNC_TRACK;
}

/**
 * rtc_sync_tracker_is_calm() - have all readings of late made sense?
 * @tracker: the tracker
 *
 * Return: false for a hundred readings after one that did not.
 */
bool rtc_sync_tracker_is_calm(const struct rtc_sync_tracker *tracker)
{
	return tracker->calm >= CALM;
}
