// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: from one stage of the search for the edge to the next; the tracker calls this.
 */
#include "tracker.h"

/* Full and short in turn: enough of each for the length of a byte. */
#define FIRST_READS		8

/*
 * A reading amid the window is as often early as late. If it is always the same,
 * the edge may be running away from the window as fast as this is allowed to
 * follow. Then see whether it is in there at all; by chance once in 128 readings.
 */
#define STREAK_MAX		8

/*
 * Looks on either side of the window. In the search each reading was used once, and
 * one that was garbled has led it astray; a second one would prove it right. Where
 * readings make no sense now and then, others may be garbled that look as if they did.
 */
#define LOOKS			4
#define LOOKS_IN_DOUBT		12
#define LOOKS_AGAIN		1

/* Readings an interval once locked. */
#define TRACK_READS		3

/* SETTLE ends after this many seconds, whatever was reached. */
#define SETTLE_S		24

/* The rate is good enough when it costs a few floors of window in an interval. */
#define SETTLE_HORIZON_S	64

/*
 * The rate is only as good as the time it was watched for. So long intervals are
 * begun with shorter ones, each as long as all before it together.
 */
#define RAMP_S			16

/* Until the sync after the next: less than the interval while the rate is new. */
static s64 wait_s(const struct rtc_sync_tracker *tracker)
{
	s64 watched_s = tracker->phase.window.sec - tracker->settled_s;

	return min_t(s64, tracker->interval_s, max_t(s64, watched_s, RAMP_S));
}

/**
 * rtc_sync_tracker_watch_anew() - the rate is not known as well as it was
 * @tracker: the tracker, with a phase; long intervals begin with short ones again
 */
void rtc_sync_tracker_watch_anew(struct rtc_sync_tracker *tracker)
{
	time64_t sec = tracker->phase.window.sec;

	if (tracker->settled_s)
		tracker->settled_s = sec;
	tracker->due_s = min_t(s64, tracker->due_s, sec + wait_s(tracker));
	tracker->looked = 0;
	tracker->streak = 0;
	tracker->cut_s = 0;
}

/* The clock can be brought into line by this; if that was due, it is due again later. */
static void complete(struct rtc_sync_tracker *tracker)
{
	time64_t sec = tracker->phase.window.sec;

	tracker->is_fresh = true;
	if (sec < tracker->due_s)
		return;
	tracker->due_s += wait_s(tracker);
	if (tracker->due_s < sec)
		tracker->due_s = sec + wait_s(tracker) - 1;
	tracker->reads_left = TRACK_READS;
}

/* Make sure of the window before going on with a stage. */
static void prove(struct rtc_sync_tracker *tracker, enum rtc_sync_stage stage,
		  u8 looks)
{
	struct rtc_sync_window window = tracker->phase.window;

	tracker->stage = RTC_SYNC_PROVE;
	tracker->looks = rtc_sync_tracker_is_calm(tracker) ? looks : LOOKS_IN_DOUBT;
	tracker->looked = 0;
	/* Where others are garbled, this is one more that could lead astray. */
	tracker->is_halved = looks == LOOKS_AGAIN || !rtc_sync_tracker_is_calm(tracker) ||
			     rtc_sync_span_width(&window.edge_raw_ns) <=
			     rtc_sync_tracker_target_ns(tracker);
	tracker->proved_stage = stage;
	tracker->streak = 0;
	/* Then nothing counts but the looks. */
	if (tracker->looks == LOOKS_AGAIN)
		return;
	window.period_ppb = tracker->sure.phase.window.period_ppb;
	rtc_sync_sure_rerate(&tracker->sure, &window, RTC_SYNC_NS_PER_S);
}

/**
 * rtc_sync_tracker_prove_again() - something speaks against the window
 * @tracker: the tracker, in SETTLE or TRACK; goes on with that after PROVE
 */
void rtc_sync_tracker_prove_again(struct rtc_sync_tracker *tracker)
{
	prove(tracker, tracker->stage, LOOKS_IN_DOUBT);
}

/**
 * rtc_sync_tracker_settle_again() - the window is void, but the edge is near it
 * @tracker: the tracker, in SETTLE or TRACK; PROVE and SETTLE follow
 */
void rtc_sync_tracker_settle_again(struct rtc_sync_tracker *tracker)
{
	tracker->settle_until_s = tracker->phase.window.sec + SETTLE_S;
	prove(tracker, RTC_SYNC_SETTLE, LOOKS_IN_DOUBT);
}

static void count_streak(struct rtc_sync_tracker *tracker,
			 enum rtc_sync_verdict verdict)
{
	if (tracker->stage < RTC_SYNC_SETTLE)
		return;
	if (verdict == RTC_SYNC_EARLY)
		tracker->streak = max(tracker->streak, 0) + 1;
	if (verdict == RTC_SYNC_LATE)
		tracker->streak = min(tracker->streak, 0) - 1;
	if (tracker->streak >= STREAK_MAX || tracker->streak <= -STREAK_MAX)
		prove(tracker, tracker->stage, LOOKS_AGAIN);
}

static bool is_settled(const struct rtc_sync_tracker *tracker)
{
	s64 horizon_s = min_t(s64, tracker->interval_s, SETTLE_HORIZON_S);
	const struct rtc_sync_window *window = &tracker->phase.window;
	s64 floor_ns = rtc_sync_tracker_floor_ns(tracker);

	return rtc_sync_span_width(&window->edge_raw_ns) <=
	       floor_ns + (floor_ns >> 1) &&
	       rtc_sync_span_width(&window->period_ppb) * horizon_s <=
	       rtc_sync_tracker_target_ns(tracker);
}

/* From here on one reading an interval, nearly. */
static void track(struct rtc_sync_tracker *tracker)
{
	time64_t sec = tracker->phase.window.sec;

	tracker->stage = RTC_SYNC_TRACK;
	if (!tracker->settled_s)
		tracker->settled_s = sec;
	tracker->due_s = min_t(s64, tracker->due_s, sec + wait_s(tracker));
	tracker->reads_left = 0;
}

/* The stage's own view of a reading that agreed. */
static void proceed(struct rtc_sync_tracker *tracker)
{
	s64 width_ns = rtc_sync_span_width(&tracker->phase.window.edge_raw_ns);
	bool is_due = tracker->phase.window.sec >= tracker->due_s;

	switch (tracker->stage) {
	case RTC_SYNC_FIRST:
		if (++tracker->first_reads >= FIRST_READS)
			tracker->stage = RTC_SYNC_HUNT;
		break;
	case RTC_SYNC_HUNT:
		if (!tracker->guard.ticked)
			break;
		complete(tracker);
		if (width_ns <= rtc_sync_tracker_prove_ns(tracker)) {
			tracker->settle_until_s = tracker->phase.window.sec + SETTLE_S;
			prove(tracker, RTC_SYNC_SETTLE, LOOKS);
		}
		break;
	case RTC_SYNC_PROVE:
		if (tracker->looked == tracker->looks && !tracker->is_halved) {
			tracker->is_halved = true;
			break;
		}
		if (++tracker->looked < 2 * tracker->looks)
			break;
		tracker->stage = tracker->proved_stage;
		if (!tracker->is_locked || is_due)
			complete(tracker);
		tracker->is_locked = true;
		tracker->lost = 0;
		tracker->reads_left = 1;
		break;
	case RTC_SYNC_SETTLE:
		if (is_settled(tracker) ||
		    tracker->phase.window.sec > tracker->settle_until_s)
			track(tracker);
		complete(tracker);
		break;
	case RTC_SYNC_TRACK:
		if (is_due)
			complete(tracker);
		if (tracker->reads_left)
			tracker->reads_left--;
		if (width_ns > rtc_sync_tracker_lock_ns(tracker))
			tracker->stage = RTC_SYNC_HUNT;
		break;
	}
}

/**
 * rtc_sync_tracker_proceed() - a reading agreed with the window
 * @tracker: the tracker
 * @verdict: what it said, but no contradiction and no jump
 */
void rtc_sync_tracker_proceed(struct rtc_sync_tracker *tracker,
			      enum rtc_sync_verdict verdict)
{
	proceed(tracker);
	count_streak(tracker, verdict);
}
