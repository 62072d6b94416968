// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: marks, and the rates between them; the phase calls this.
 */
#include "rate.h"

/* Older marks say nothing any more: the wander since is wider than they are. */
#define MARK_AGE_MAX_S	8192

/**
 * rtc_sync_rate_wander_ns() - how far an edge may stray by wander alone
 * @elapsed_s: time since the rate was known, s, 0..10 years
 *
 * Return: ns; half of t^2 times the wander, until its maximum is reached.
 */
s64 rtc_sync_rate_wander_ns(s64 elapsed_s)
{
	if (elapsed_s * RTC_SYNC_WANDER_PPB_PER_S < RTC_SYNC_WANDER_MAX_PPB)
		return (elapsed_s * elapsed_s * RTC_SYNC_WANDER_PPB_PER_S + 1) >> 1;
	return elapsed_s * RTC_SYNC_WANDER_MAX_PPB;
}

/**
 * rtc_sync_rate_later() - what is left of a known rate some time later
 * @period_ppb: the rate as it was known, ppb
 * @elapsed_s: time passed since, s, >= 0
 *
 * Return: the widened rate, never beyond +-RTC_SYNC_PERIOD_MAX_PPB.
 */
struct rtc_sync_span rtc_sync_rate_later(const struct rtc_sync_span *period_ppb,
					 s64 elapsed_s)
{
	s64 wander_ppb = min_t(s64, elapsed_s * RTC_SYNC_WANDER_PPB_PER_S,
			       RTC_SYNC_WANDER_MAX_PPB);

	return (struct rtc_sync_span) {
		.lo = max_t(s64, period_ppb->lo - wander_ppb,
			    -RTC_SYNC_PERIOD_MAX_PPB),
		.hi = min_t(s64, period_ppb->hi + wander_ppb,
			    RTC_SYNC_PERIOD_MAX_PPB),
	};
}

/**
 * rtc_sync_rate_doubt() - what is left of a rate that was contradicted
 * @period_ppb: the rate as it was believed, ppb
 * @doubt_ppb: by how much it may have been wrong, ppb; taken for at least
 *	%RTC_SYNC_WANDER_MAX_PPB
 *
 * Return: the widened rate, never beyond +-RTC_SYNC_PERIOD_MAX_PPB.
 */
struct rtc_sync_span rtc_sync_rate_doubt(const struct rtc_sync_span *period_ppb,
					 s64 doubt_ppb)
{
	s64 by_ppb = max_t(s64, doubt_ppb, RTC_SYNC_WANDER_MAX_PPB);

	return (struct rtc_sync_span) {
		.lo = max_t(s64, period_ppb->lo - by_ppb,
			    -RTC_SYNC_PERIOD_MAX_PPB),
		.hi = min_t(s64, period_ppb->hi + by_ppb,
			    RTC_SYNC_PERIOD_MAX_PPB),
	};
}

static void drop(struct rtc_sync_marks *marks, int i)
{
	marks->count--;
	for (; i < marks->count; i++)
		marks->mark[i] = marks->mark[i + 1];
}

/*
 * The mark whose loss thins the ages least: the gap it leaves is the smallest for
 * its age. Neither the oldest is lost, which makes for the longest baseline, nor
 * the newest.
 */
static int most_crowded(const struct rtc_sync_marks *marks, time64_t sec)
{
	s64 smallest = 0;
	int crowded = 0;
	s64 age_s;
	s64 gap_s;
	s64 room;
	int i;

	for (i = 1; i + 1 < marks->count; i++) {
		age_s = sec - marks->mark[i + 1].sec;
		gap_s = marks->mark[i + 1].sec - marks->mark[i - 1].sec;
		room = div64_s64(gap_s << 10, age_s);
		if (!crowded || room < smallest) {
			smallest = room;
			crowded = i;
		}
	}
	return crowded;
}

/**
 * rtc_sync_marks_add() - remember a bound
 * @marks: the bounds of this kind
 * @sec: the RTC second, s since 1970; one before that of a mark is not taken
 * @raw_ns: a tighter bound than there is for it, CLOCK_MONOTONIC_RAW, ns
 */
void rtc_sync_marks_add(struct rtc_sync_marks *marks, time64_t sec, s64 raw_ns)
{
	if (marks->count && marks->mark[marks->count - 1].sec > sec)
		return;
	if (marks->count && marks->mark[marks->count - 1].sec == sec) {
		marks->count--;
	} else if (marks->count &&
		   sec - marks->mark[0].sec > MARK_AGE_MAX_S) {
		drop(marks, 0);
	} else if (marks->count == RTC_SYNC_MARKS) {
		drop(marks, most_crowded(marks, sec));
	}
	marks->mark[marks->count].sec = sec;
	marks->mark[marks->count].raw_ns = raw_ns;
	marks->count++;
}

/* The mean period from @from to @to, ppb, rounded down. */
static s64 slope_ppb(const struct rtc_sync_mark *from,
		     const struct rtc_sync_mark *to)
{
	s64 s = to->sec - from->sec;
	s64 ns = to->raw_ns - from->raw_ns - s * RTC_SYNC_NS_PER_S;

	return div64_s64(ns, s) - 1;
}

/* How far the rate at the end of a baseline may be from the mean over it. */
static s64 baseline_ppb(const struct rtc_sync_mark *from,
			const struct rtc_sync_mark *to)
{
	return ((to->sec - from->sec) * RTC_SYNC_WANDER_PPB_PER_S + 1) >> 1;
}

/**
 * rtc_sync_rate_cap() - what a new mark says of the longest period
 * @period_ppb: the rate; its high end is lowered, ppb
 * @no_earlier: all marks of the other kind
 * @no_later: the new mark: the edge came no later than this
 */
void rtc_sync_rate_cap(struct rtc_sync_span *period_ppb,
		       const struct rtc_sync_marks *no_earlier,
		       const struct rtc_sync_mark *no_later)
{
	const struct rtc_sync_mark *mark;
	int i;

	for (i = 0; i < no_earlier->count; i++) {
		mark = &no_earlier->mark[i];
		if (mark->sec < no_later->sec)
			period_ppb->hi = min(period_ppb->hi,
					     slope_ppb(mark, no_later) + 2 +
					     baseline_ppb(mark, no_later));
	}
}

/**
 * rtc_sync_rate_raise() - what a new mark says of the shortest period
 * @period_ppb: the rate; its low end is raised, ppb
 * @no_later: all marks of the other kind
 * @no_earlier: the new mark: the edge came no earlier than this
 */
void rtc_sync_rate_raise(struct rtc_sync_span *period_ppb,
			 const struct rtc_sync_marks *no_later,
			 const struct rtc_sync_mark *no_earlier)
{
	const struct rtc_sync_mark *mark;
	int i;

	for (i = 0; i < no_later->count; i++) {
		mark = &no_later->mark[i];
		if (mark->sec < no_earlier->sec)
			period_ppb->lo = max(period_ppb->lo,
					     slope_ppb(mark, no_earlier) -
					     baseline_ppb(mark, no_earlier));
	}
}
