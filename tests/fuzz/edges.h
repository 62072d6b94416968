/* SPDX-License-Identifier: GPL-2.0-only */
/* The true edges of an RTC's seconds, as an input draws them. */
#ifndef TESTS_FUZZ_EDGES_H
#define TESTS_FUZZ_EDGES_H

#include "../unit/truth.h"

#define LEGS		8

/* As wide as a transfer is at worst, and then some */
#define LATCH_MAX_NS	500000

/* As truth_init(), but the input says when the wander turns: in few bytes. */
static inline void draw_truth(struct truth *truth)
{
	s64 limit_ppb = RTC_SYNC_PERIOD_MAX_PPB - TRUTH_SECONDS;
	s64 wander_ppb = random_between(-1, 1);
	s64 turn = random_between(1, TRUTH_SECONDS);
	int legs = 1;
	int i;

	truth->first_s = random_between(0, 7258118399LL - TRUTH_SECONDS);
	truth->edge_half_ns[0] = 2 * random_up_to(1LL << 61) + random_between(0, 1);
	truth->rate_ppb[0] = random_signed(random_one_in(2) ? 100000 : limit_ppb);
	for (i = 1; i < TRUTH_SECONDS; i++) {
		if (i >= turn && legs++ < LEGS) {
			wander_ppb = random_between(-1, 1);
			turn += random_between(1, TRUTH_SECONDS);
		}
		truth->rate_ppb[i] = truth->rate_ppb[i - 1] + wander_ppb;
		truth->edge_half_ns[i] = truth->edge_half_ns[i - 1] + 2 * RTC_SYNC_NS_PER_S +
					 truth->rate_ppb[i - 1] + truth->rate_ppb[i];
	}
}

/* A span that holds the instant */
static inline struct rtc_sync_span around(s64 raw_ns)
{
	return (struct rtc_sync_span) {
		.lo = raw_ns - random_up_to(LATCH_MAX_NS),
		.hi = raw_ns + random_up_to(LATCH_MAX_NS),
	};
}

/* A rate that can be */
static inline struct rtc_sync_span draw_rate(void)
{
	struct rtc_sync_span period_ppb;

	period_ppb.lo = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
	period_ppb.hi = random_between(period_ppb.lo, RTC_SYNC_PERIOD_MAX_PPB);
	return period_ppb;
}

static inline void check_rate(const struct rtc_sync_span *period_ppb)
{
	assert_that(period_ppb->lo <= period_ppb->hi &&
		    period_ppb->lo >= -RTC_SYNC_PERIOD_MAX_PPB &&
		    period_ppb->hi <= RTC_SYNC_PERIOD_MAX_PPB,
		    "%lld..%lld ppb", period_ppb->lo, period_ppb->hi);
}

static inline void check_marks(const struct rtc_sync_marks *marks)
{
	int i;

	assert_in_range(marks->count, 0, RTC_SYNC_MARKS);
	for (i = 1; i < marks->count; i++)
		assert_that(marks->mark[i - 1].sec < marks->mark[i].sec,
			    "mark %d at %lld, then %lld", i - 1,
			    marks->mark[i - 1].sec, marks->mark[i].sec);
}

#endif /* TESTS_FUZZ_EDGES_H */
