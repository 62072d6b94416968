// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what the readings add up to; the thread calls this. What to read is in plan.c.
 */
#include <linux/errno.h>

#include "tracker.h"

/* Full and short in turn: enough of each for the length of a byte. */
#define FIRST_READS		8

/*
 * Crystals are specified to 100 ppm or better, so the search goes by this. What
 * contradicts it is sought once more with anything that is possible, from which alone
 * the bound follows.
 */
#define LIKELY_PPB		((struct rtc_sync_span) {		\
	.lo = -300000,							\
	.hi = 300000,							\
})

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

/* So many readings in a row that make sense: none is garbled any more. */
#define CALM			100

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

/* Long enough to smooth the windows, short enough for a swing of 10 ppm a day. */
#define MEMORY_S		200

/* That many in a row are no accident. */
#define UNCONFIRMED_MAX		3
#define FAILURES_MAX		3

/*
 * After a long fault the RTC is tried once a minute, or every second interval; sooner
 * where the edge has to be sought after it, for that takes time as well.
 */
#define BACKOFF_MAX_S		60
#define BACKOFF_DOUBLINGS	6

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
	tracker->kept_ppb = LIKELY_PPB;
	tracker->kept_sure_ppb = RTC_SYNC_PERIOD_ANY_PPB;
}

static void doubt_kept(struct rtc_sync_tracker *tracker)
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

	if (tracker->has_phase) {
		tracker->kept_ppb = window->period_ppb;
		tracker->kept_sure_ppb = tracker->sure.phase.window.period_ppb;
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
	doubt_kept(tracker);
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

/* Exponential after two in a row, so that a fault's end is soon noticed. */
static s64 backoff_ns(u8 in_a_row, s64 max_s)
{
	int n = in_a_row - FAILURES_MAX;

	if (n < 0)
		return RTC_SYNC_AGAIN_NS;
	return clamp_t(s64, min(max_s, 1LL << n), 1, BACKOFF_MAX_S) *
	       RTC_SYNC_NS_PER_S;
}

static void back_off(struct rtc_sync_tracker *tracker, s64 max_s, s64 raw_ns)
{
	if (tracker->failures < FAILURES_MAX + BACKOFF_DOUBLINGS)
		tracker->failures++;
	tracker->wake_raw_ns = raw_ns + backoff_ns(tracker->failures, max_s);
}

static void refuse(struct rtc_sync_tracker *tracker, enum rtc_sync_doubt doubt,
		   s64 raw_ns)
{
	tracker->counts.invalid++;
	tracker->calm = 0;
	tracker->doubt = doubt;
	tracker->is_suspect = true;
	rtc_sync_tracker_restart(tracker);
	/* What it showed of late may have bent the rate by any amount. */
	tracker->kept_ppb = LIKELY_PPB;
	tracker->kept_sure_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	back_off(tracker, tracker->interval_s * 3 / 2, raw_ns);
}

/**
 * rtc_sync_tracker_fail() - the reading that was planned failed
 * @tracker: the tracker
 * @err: what the source returned, < 0
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 *
 * After a bus error what was known is still true; after -EINVAL it is not;
 * -EAGAIN only means that the RTC is being set.
 */
void rtc_sync_tracker_fail(struct rtc_sync_tracker *tracker, int err,
			   s64 raw_ns)
{
	if (err == -EINVAL) {
		refuse(tracker, RTC_SYNC_DOUBT_CHIP, raw_ns);
		return;
	}
	if (err != -EAGAIN)
		tracker->counts.bus_errors++;
	back_off(tracker, 2LL * tracker->interval_s, raw_ns);
}

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

/* Start over; an RTC that makes no sense time and again, ever less often. */
static void reacquire(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	tracker->counts.reacquisitions++;
	if (tracker->lost < FAILURES_MAX + BACKOFF_DOUBLINGS)
		tracker->lost++;
	rtc_sync_tracker_restart(tracker);
	tracker->wake_raw_ns = raw_ns + backoff_ns(tracker->lost,
						   tracker->interval_s);
}

/* Not even the rates can be relied on. */
static void forget(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	reacquire(tracker, raw_ns);
	tracker->kept_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	tracker->kept_sure_ppb = RTC_SYNC_PERIOD_ANY_PPB;
}

static void jump(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	tracker->calm = 0;
	if (++tracker->unconfirmed < UNCONFIRMED_MAX)
		return;
	reacquire(tracker, raw_ns);
	/* The last readings may have been of the new time and bent the rate. */
	doubt_kept(tracker);
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

/*
 * A reading was garbled, this one or one before, or the rate is not what it was
 * taken for. A search that it was part of is worth nothing.
 */
static void contradict(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	tracker->counts.contradictions++;
	tracker->calm = 0;
	rtc_sync_line_doubt(&tracker->line);
	if (tracker->stage == RTC_SYNC_FIRST) {
		/* So soon it is no matter of rates. */
		tracker->has_phase = false;
		reacquire(tracker, raw_ns);
	/* One that does not tick contradicts, too: that is the guard's to find out. */
	} else if (tracker->stage == RTC_SYNC_PROVE ||
		   (!tracker->is_locked && tracker->guard.ticked)) {
		forget(tracker, raw_ns);
	} else if (tracker->stage >= RTC_SYNC_SETTLE) {
		tracker->settle_until_s = tracker->phase.window.sec + SETTLE_S;
		prove(tracker, RTC_SYNC_SETTLE, LOOKS_IN_DOUBT);
	}
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
		refuse(tracker, doubt, reading->after_raw_ns);
		return;
	}

	if (!tracker->has_phase)
		begin(tracker, sec, &latch);
	if (kind == RTC_SYNC_READ_SHORT)
		sec = whole_second(tracker, sec, latch_mid_raw_ns);

	doubt = rtc_sync_guard_tick(&tracker->guard, sec,
				    kind == RTC_SYNC_READ_FULL, &latch);
	if (doubt != RTC_SYNC_DOUBT_NONE) {
		refuse(tracker, doubt, reading->after_raw_ns);
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
		jump(tracker, reading->after_raw_ns);
		return;
	}

	rtc_sync_sure_add(&tracker->sure, sec, &latch,
			  rtc_sync_tracker_is_calm(tracker) ? RTC_SYNC_WITNESSES :
							      RTC_SYNC_WITNESSES_IN_DOUBT);
	if (kind == RTC_SYNC_READ_FULL) {
		tracker->full_s = sec;
		tracker->counts.glitches += tracker->unconfirmed;
		if (tracker->unconfirmed && tracker->stage >= RTC_SYNC_SETTLE)
			prove(tracker, tracker->stage, LOOKS_IN_DOUBT);
		tracker->unconfirmed = 0;
	}
	draw_line(tracker);
	if (verdict == RTC_SYNC_CONTRADICTION) {
		contradict(tracker, reading->after_raw_ns);
	} else {
		if (tracker->calm < CALM)
			tracker->calm++;
		proceed(tracker);
		count_streak(tracker, verdict);
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
 * Return: true from the first narrow window until the phase is dropped.
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

/**
 * rtc_sync_tracker_is_faulty() - has the bus failed for long?
 * @tracker: the tracker
 *
 * Return: true after several bus errors in a row.
 */
bool rtc_sync_tracker_is_faulty(const struct rtc_sync_tracker *tracker)
{
	return tracker->failures >= FAILURES_MAX &&
	       tracker->doubt == RTC_SYNC_DOUBT_NONE;
}
