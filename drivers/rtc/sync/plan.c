// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what to read next, and when: the tracker's plans; the thread calls this.
 */
#include "tracker.h"

/* Between readings that only measure the bus. */
#define FIRST_SPACING_NS	1000000

/* A window this narrow is a lock: the clock can be set by it. */
#define LOCK_NS			1000000

/* So long after the window the tick has come, however late the latch is known. */
#define SURELY_NS		200000

/* More cuts a second find the edge in fewer seconds and more readings. */
#define CUTS_MAX		6

/* An eighth of the window is worth a reading. */
#define LATE_SHIFT		3

/* The date and the chip's flags are looked at this often. */
#define FULL_EVERY_S		60
#define FULL_IN_DOUBT_S		10

/**
 * rtc_sync_tracker_floor_ns() - the narrowest window that one reading can give
 * @tracker: the tracker
 *
 * Return: ns.
 */
s64 rtc_sync_tracker_floor_ns(const struct rtc_sync_tracker *tracker)
{
	return rtc_sync_bus_floor_ns(&tracker->bus, tracker->source) +
	       2 * tracker->blur_ns;
}

/**
 * rtc_sync_tracker_target_ns() - a window this narrow needs no second reading
 * @tracker: the tracker
 *
 * Return: ns.
 */
s64 rtc_sync_tracker_target_ns(const struct rtc_sync_tracker *tracker)
{
	return 2 * rtc_sync_tracker_floor_ns(tracker);
}

/**
 * rtc_sync_tracker_lock_ns() - a window this narrow is a lock
 * @tracker: the tracker
 *
 * Where the latch is not known within less, a lock can't be narrower.
 *
 * Return: ns.
 */
s64 rtc_sync_tracker_lock_ns(const struct rtc_sync_tracker *tracker)
{
	return max_t(s64, LOCK_NS, 4 * rtc_sync_tracker_floor_ns(tracker));
}

/**
 * rtc_sync_tracker_prove_ns() - a window this narrow is worth to be proved
 * @tracker: the tracker
 *
 * The window is that of the next second, which is wider than the one that was cut by all
 * that is not known of the rate, 0.6 ms at first; and a look amid it halves it, unless
 * readings make no sense now and then.
 *
 * Return: ns.
 */
s64 rtc_sync_tracker_prove_ns(const struct rtc_sync_tracker *tracker)
{
	s64 lock_ns = rtc_sync_tracker_lock_ns(tracker);

	return rtc_sync_tracker_is_calm(tracker) ? lock_ns + (lock_ns >> 1) : lock_ns;
}

static enum rtc_sync_read aimed_kind(const struct rtc_sync_tracker *tracker,
				     time64_t sec)
{
	s64 every_s = rtc_sync_tracker_is_calm(tracker) ? FULL_EVERY_S : FULL_IN_DOUBT_S;

	if (!tracker->source->has_short || sec - tracker->full_s >= every_s)
		return RTC_SYNC_READ_FULL;
	return RTC_SYNC_READ_SHORT;
}

/* How many readings to spread over a window: as close as one can follow another. */
static u8 cuts_for(const struct rtc_sync_tracker *tracker, s64 width_ns)
{
	s64 gap_ns = rtc_sync_pace_gap_ns(&tracker->pace);

	if (tracker->stage == RTC_SYNC_TRACK)
		return 1;
	return (u8)clamp_t(s64, div64_s64(width_ns, gap_ns) - 1, 1, CUTS_MAX);
}

/* A reading that comes late tells something if it leaves some of the window. */
static bool can_tell(const struct rtc_sync_span *edge_raw_ns, s64 at_raw_ns)
{
	return edge_raw_ns->hi - at_raw_ns >=
	       rtc_sync_span_width(edge_raw_ns) >> LATE_SHIFT;
}

/* The next instant at which a latch splits the window of an edge to come. */
static s64 next_cut_raw_ns(struct rtc_sync_tracker *tracker,
			   struct rtc_sync_window *edge, s64 earliest_raw_ns)
{
	s64 at_raw_ns = earliest_raw_ns;
	s64 width_ns;
	int i;

	for (i = 0; i < 2 * CUTS_MAX + 2; i++) {
		width_ns = rtc_sync_span_width(&edge->edge_raw_ns);
		if (edge->sec != tracker->cut_s) {
			tracker->cut_s = edge->sec;
			tracker->cuts_left = cuts_for(tracker, width_ns);
		}
		at_raw_ns = max(earliest_raw_ns, edge->edge_raw_ns.lo +
				div_s64(width_ns, tracker->cuts_left + 1));
		if (tracker->cuts_left && can_tell(&edge->edge_raw_ns, at_raw_ns))
			return at_raw_ns;
		/* See it tick in its first second, wherever the edge is. */
		if (!tracker->guard.ticked &&
		    edge->edge_raw_ns.hi >= earliest_raw_ns)
			return edge->edge_raw_ns.hi + SURELY_NS;
		*edge = rtc_sync_phase_at(&tracker->phase, edge->sec + 1);
	}
	return at_raw_ns;
}

/* Another look right after a sync, if the window is still wide. */
static bool has_more_to_read(const struct rtc_sync_tracker *tracker)
{
	const struct rtc_sync_window *window = &tracker->phase.window;

	return tracker->reads_left &&
	       rtc_sync_span_width(&window->edge_raw_ns) > rtc_sync_tracker_target_ns(tracker);
}

static void plan_cut(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	s64 earliest_raw_ns = max(raw_ns, tracker->wake_raw_ns) + tracker->pace.lead_ns;
	struct rtc_sync_window edge;
	time64_t sec;

	sec = rtc_sync_window_second(&tracker->phase.window, earliest_raw_ns);
	if (tracker->stage == RTC_SYNC_TRACK && !has_more_to_read(tracker))
		sec = max(sec, tracker->due_s);
	/* Whoever asks again is not sent back to a second that is done with. */
	sec = max(sec, tracker->cut_s);
	edge = rtc_sync_phase_at(&tracker->phase, sec);

	tracker->plan.start_raw_ns =
		next_cut_raw_ns(tracker, &edge, earliest_raw_ns) - tracker->pace.lead_ns;
	tracker->plan.kind = aimed_kind(tracker, edge.sec);
}

/*
 * The looks before the window: what is read there is certain. They follow each other as
 * closely as they can, and one that is late takes the place of the next.
 */
static s64 look_before_raw_ns(const struct rtc_sync_tracker *tracker,
			      const struct rtc_sync_span *edge_raw_ns,
			      s64 earliest_raw_ns)
{
	s64 last_raw_ns = edge_raw_ns->lo - rtc_sync_tracker_target_ns(tracker);
	s64 more = tracker->looks - 1 - tracker->looked;

	return clamp(earliest_raw_ns,
		     last_raw_ns - more * rtc_sync_pace_gap_ns(&tracker->pace),
		     last_raw_ns);
}

/*
 * Has the second been seen to begin by a look, just now? Another one tells the less of
 * where it began the later it is.
 */
static bool is_looking_after(const struct rtc_sync_tracker *tracker,
			     s64 earliest_raw_ns)
{
	s64 edge_raw_ns = tracker->phase.window.edge_raw_ns.hi - RTC_SYNC_NS_PER_S;

	return tracker->looked >= tracker->looks && tracker->is_halved &&
	       earliest_raw_ns - edge_raw_ns < rtc_sync_tracker_target_ns(tracker) +
		(tracker->looks + 1) * rtc_sync_pace_gap_ns(&tracker->pace);
}

/* The next look at this edge; it may be past. */
static s64 look_raw_ns(const struct rtc_sync_tracker *tracker,
		       const struct rtc_sync_span *edge_raw_ns, s64 earliest_raw_ns)
{
	s64 mid_raw_ns = max(earliest_raw_ns, rtc_sync_span_mid(edge_raw_ns));

	if (tracker->looked < tracker->looks)
		return look_before_raw_ns(tracker, edge_raw_ns, earliest_raw_ns);
	if (tracker->looked == tracker->looks && !tracker->is_halved &&
	    can_tell(edge_raw_ns, mid_raw_ns))
		return mid_raw_ns;
	return edge_raw_ns->hi + rtc_sync_tracker_target_ns(tracker);
}

/* The looks on either side of one window, if there is time enough. */
static void plan_prove(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	s64 earliest_raw_ns = max(raw_ns, tracker->wake_raw_ns) + tracker->pace.lead_ns;
	s64 look_ns = earliest_raw_ns;
	struct rtc_sync_window edge;
	time64_t sec;
	int i;

	sec = rtc_sync_window_second(&tracker->phase.window, earliest_raw_ns);
	if (tracker->proved_stage == RTC_SYNC_TRACK)
		sec = max(sec, tracker->due_s);
	/* The edge of this second may be past, that of the next may be too near. */
	for (i = 0; i < 3; i++) {
		edge = rtc_sync_phase_at(&tracker->phase, sec + i);
		look_ns = look_raw_ns(tracker, &edge.edge_raw_ns, earliest_raw_ns);
		if (look_ns >= earliest_raw_ns)
			break;
	}
	if (is_looking_after(tracker, earliest_raw_ns))
		look_ns = earliest_raw_ns;
	tracker->plan.start_raw_ns = look_ns - tracker->pace.lead_ns;
	tracker->plan.kind = aimed_kind(tracker, edge.sec);
}

static void plan_first(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	bool turn = tracker->first_reads & 1;

	tracker->plan.kind = turn && tracker->source->has_short ?
			     RTC_SYNC_READ_SHORT : RTC_SYNC_READ_FULL;
	tracker->plan.start_raw_ns = raw_ns;
	if (tracker->first_reads)
		tracker->plan.start_raw_ns += FIRST_SPACING_NS;
}

/**
 * rtc_sync_tracker_plan() - what to read next, and when
 * @tracker: the tracker
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 *
 * Asking again without a reading in between gives the plan for the new now.
 *
 * Return: the plan, valid until the next call.
 */
const struct rtc_sync_plan *
rtc_sync_tracker_plan(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	struct rtc_sync_plan *plan = &tracker->plan;

	rtc_sync_pace_ready(&tracker->pace, raw_ns);
	if (tracker->stage == RTC_SYNC_FIRST) {
		plan_first(tracker, raw_ns);
	} else if (tracker->unconfirmed) {
		plan->kind = RTC_SYNC_READ_FULL;
		plan->start_raw_ns = raw_ns + RTC_SYNC_AGAIN_NS;
	} else if (tracker->guard.moved && !tracker->guard.ticked) {
		plan->kind = RTC_SYNC_READ_FULL;
		plan->start_raw_ns = raw_ns;
	} else if (tracker->stage == RTC_SYNC_PROVE) {
		plan_prove(tracker, raw_ns);
	} else {
		plan_cut(tracker, raw_ns);
	}
	plan->start_raw_ns = max(plan->start_raw_ns, tracker->wake_raw_ns);
	return plan;
}
