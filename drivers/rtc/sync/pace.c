// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: how soon a reading latches, and how soon another can; the tracker calls this.
 */
#include <linux/minmax.h>

#include "pace.h"

/* No transfer takes longer that still tells anything. */
#define PACE_MAX_NS	50000000

/**
 * rtc_sync_pace_latched() - a reading has latched
 * @pace: learns how long that took
 * @start_raw_ns: when it was planned to begin, CLOCK_MONOTONIC_RAW, ns
 * @latch_raw_ns: when the chip latched, likewise
 */
void rtc_sync_pace_latched(struct rtc_sync_pace *pace, s64 start_raw_ns,
			   s64 latch_raw_ns)
{
	rtc_sync_recent_add(&pace->leads,
			    clamp_t(s64, latch_raw_ns - start_raw_ns, 0, PACE_MAX_NS));
	pace->lead_ns = rtc_sync_recent_median_ns(&pace->leads);
	pace->latch_raw_ns = latch_raw_ns;
	pace->is_resting = true;
}

/**
 * rtc_sync_pace_ready() - the reader asks for the next reading
 * @pace: learns how long the last one kept it, unless it has asked before
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 */
void rtc_sync_pace_ready(struct rtc_sync_pace *pace, s64 raw_ns)
{
	if (!pace->is_resting)
		return;
	pace->is_resting = false;
	rtc_sync_recent_add(&pace->rests,
			    clamp_t(s64, raw_ns - pace->latch_raw_ns, 0, PACE_MAX_NS));
	pace->rest_ns = rtc_sync_recent_median_ns(&pace->rests);
}

/**
 * rtc_sync_pace_gap_ns() - how close latches can follow each other
 * @pace: the pace
 *
 * Return: from one to the next, with an eighth to spare, ns, >= 1.
 */
s64 rtc_sync_pace_gap_ns(const struct rtc_sync_pace *pace)
{
	s64 gap_ns = pace->lead_ns + pace->rest_ns;

	return gap_ns + (gap_ns >> 3) + 1;
}
