// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what becomes of readings that fail, are not believed or contradict; the tracker
 * calls this.
 */
#include <linux/errno.h>

#include "tracker.h"

/* That many in a row are no accident. */
#define UNCONFIRMED_MAX		3
#define FAILURES_MAX		3

/*
 * After a long fault the RTC is tried once a minute, or every second interval; sooner
 * where the edge has to be sought after it, for that takes time as well.
 */
#define BACKOFF_MAX_S		60
#define BACKOFF_DOUBLINGS	6

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

/**
 * rtc_sync_tracker_refuse() - what was read can't be believed
 * @tracker: the tracker; starts over after a while
 * @doubt: why
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 */
void rtc_sync_tracker_refuse(struct rtc_sync_tracker *tracker,
			     enum rtc_sync_doubt doubt, s64 raw_ns)
{
	tracker->counts.invalid++;
	tracker->calm = 0;
	tracker->doubt = doubt;
	tracker->is_suspect = true;
	rtc_sync_tracker_restart(tracker);
	/* What it showed of late may have bent the rate by any amount. */
	rtc_sync_tracker_forget_rates(tracker);
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
		rtc_sync_tracker_refuse(tracker, RTC_SYNC_DOUBT_CHIP, raw_ns);
		return;
	}
	if (err != -EAGAIN)
		tracker->counts.bus_errors++;
	back_off(tracker, 2LL * tracker->interval_s, raw_ns);
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

/**
 * rtc_sync_tracker_jump() - a reading showed another second altogether
 * @tracker: the tracker; starts over after three in a row
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 */
void rtc_sync_tracker_jump(struct rtc_sync_tracker *tracker, s64 raw_ns)
{
	tracker->calm = 0;
	if (++tracker->unconfirmed < UNCONFIRMED_MAX)
		return;
	reacquire(tracker, raw_ns);
	/* The last readings may have been of the new time and bent the rate. */
	rtc_sync_tracker_doubt_rates(tracker);
}

/**
 * rtc_sync_tracker_contradict() - a reading was beside the window
 * @tracker: the tracker; starts over, or looks at the window again
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 *
 * A reading was garbled, this one or one before, or the rate is not what it was
 * taken for. A search that it was part of is worth nothing.
 */
void rtc_sync_tracker_contradict(struct rtc_sync_tracker *tracker, s64 raw_ns)
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
		rtc_sync_tracker_settle_again(tracker);
	}
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
