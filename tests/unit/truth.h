/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The true edges of an RTC's seconds on CLOCK_MONOTONIC_RAW, for a rate that
 * wanders as fast as the pure files allow for, and no faster.
 */
#ifndef TESTS_UNIT_TRUTH_H
#define TESTS_UNIT_TRUTH_H

#include "../../drivers/rtc/sync/rate.h"
#include "random.h"

#define TRUTH_SECONDS	4096

/**
 * struct truth - second @first_s + i began at half of @edge_half_ns[i]
 * @first_s: the first second, s since 1970
 * @edge_half_ns: its edges, in halves of 1 ns: so the rate can be linear in time
 *	and the edges exact
 * @rate_ppb: the period's excess at each edge, ppb; it changes linearly
 */
struct truth {
	time64_t first_s;
	s64 edge_half_ns[TRUTH_SECONDS];
	s64 rate_ppb[TRUTH_SECONDS];
};

/* @legs: the wander turns that often; 0: it does not wander. */
static inline void truth_init(struct truth *truth, s64 first_raw_ns,
			      s64 rate_ppb, int legs)
{
	s64 wander_ppb = legs ? 1 : 0;
	int i;

	if (random_one_in(2))
		wander_ppb = -wander_ppb;
	truth->first_s = random_between(0, 7258118399LL - TRUTH_SECONDS);
	truth->edge_half_ns[0] = 2 * first_raw_ns + random_between(0, 1);
	truth->rate_ppb[0] = rate_ppb;
	for (i = 1; i < TRUTH_SECONDS; i++) {
		if (legs > 1 && random_one_in(TRUTH_SECONDS / legs))
			wander_ppb = random_between(-1, 1);
		truth->rate_ppb[i] = truth->rate_ppb[i - 1] + wander_ppb;
		truth->edge_half_ns[i] = truth->edge_half_ns[i - 1] +
					 2 * RTC_SYNC_NS_PER_S +
					 truth->rate_ppb[i - 1] + truth->rate_ppb[i];
	}
}

/* A wandering one that stays within what a rate may be. */
static inline void truth_init_random(struct truth *truth)
{
	s64 limit_ppb = random_one_in(2) ? 100000 :
			RTC_SYNC_PERIOD_MAX_PPB - TRUTH_SECONDS;

	truth_init(truth, random_up_to(1LL << 61), random_signed(limit_ppb),
		   (int)random_between(0, 40));
}

/* The second that the RTC shows, as an index; -1 before the first. */
static inline int truth_second(const struct truth *truth, s64 raw_ns)
{
	int lo = -1;
	int hi = TRUTH_SECONDS;
	int mid;

	while (hi - lo > 1) {
		mid = (lo + hi) / 2;
		if (truth->edge_half_ns[mid] <= 2 * raw_ns)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* RTC time since the first second, ns, for an instant between two edges. */
static inline s64 truth_time_ns(const struct truth *truth, s64 raw_ns)
{
	int i = truth_second(truth, raw_ns);
	s64 since_half_ns = 2 * raw_ns - truth->edge_half_ns[i];
	s64 length_half_ns = truth->edge_half_ns[i + 1] - truth->edge_half_ns[i];

	return i * RTC_SYNC_NS_PER_S +
	       since_half_ns * RTC_SYNC_NS_PER_S / length_half_ns;
}

static inline bool truth_is_edge_in(const struct truth *truth, int i,
				    const struct rtc_sync_span *edge_raw_ns)
{
	return 2 * edge_raw_ns->lo <= truth->edge_half_ns[i] &&
	       truth->edge_half_ns[i] <= 2 * edge_raw_ns->hi;
}

static inline bool truth_is_rate_in(const struct truth *truth, int i,
				    const struct rtc_sync_span *period_ppb)
{
	return period_ppb->lo <= truth->rate_ppb[i] &&
	       truth->rate_ppb[i] <= period_ppb->hi;
}

#endif /* TESTS_UNIT_TRUTH_H */
