/* SPDX-License-Identifier: GPL-2.0-only */
/* What holds for whatever the servo is asked: its orders, and its slews. */
#ifndef TESTS_UNIT_ORDERS_H
#define TESTS_UNIT_ORDERS_H

#include "random.h"

#include "../../drivers/rtc/sync/servo.h"

#define US	1000LL
#define MS	1000000LL
#define S	RTC_SYNC_NS_PER_S

static inline struct rtc_sync_policy random_policy(void)
{
	return (struct rtc_sync_policy) {
		.may_step = !random_one_in(4),
		.may_slew = random_one_in(2),
		.step_threshold_ns = random_one_in(4) ? 0 : 1 + random_up_to(S),
		.max_step_s = random_one_in(4) ? 0 : (u32)random_up_to(0xffffffff),
	};
}

static inline struct rtc_sync_sample random_sample(void)
{
	bool is_locked = !random_one_in(4);

	return (struct rtc_sync_sample) {
		.offset_ns = random_signed(1LL << 62),
		.error_ns = random_up_to(1LL << 61),
		.freq_ppb = random_signed(2 * RTC_SYNC_SLEW_MAX_PPB),
		.is_locked = is_locked,
		.is_settled = is_locked && random_one_in(2),
		.is_suspect = random_one_in(4),
		.is_ordered = random_one_in(4),
	};
}

static inline struct rtc_sync_servo random_servo(void)
{
	return (struct rtc_sync_servo) {
		.has_first = random_one_in(2),
		.has_stepped_back = random_one_in(2),
		.has_synced = random_one_in(2),
		.is_beyond = random_one_in(4),
	};
}

/* More than a slew can make up for; if it was so before, also a little less. */
static inline bool is_beyond(const struct rtc_sync_servo *before,
			     const struct rtc_sync_policy *policy,
			     const struct rtc_sync_sample *sample)
{
	s64 size_ppb = sample->freq_ppb < 0 ? -sample->freq_ppb : sample->freq_ppb;

	if (!sample->is_locked)
		return before->is_beyond;
	return policy->may_slew && size_ppb > (before->is_beyond ? 490000 : 500000);
}

/* What the user says, or the default of what is done to the clock. */
static inline s64 dead_band_ns(const struct rtc_sync_policy *policy, bool slews)
{
	if (policy->step_threshold_ns)
		return policy->step_threshold_ns;
	return slews ? 128 * MS : 10 * MS;
}

static inline void check_step(const struct rtc_sync_servo *before,
			      const struct rtc_sync_policy *policy,
			      const struct rtc_sync_sample *sample, bool slews)
{
	s64 off_ns = sample->offset_ns < 0 ? -sample->offset_ns : sample->offset_ns;
	s64 band_ns = dead_band_ns(policy, slews);

	assert_that(off_ns > sample->error_ns,
		    "%lld +- %lld", sample->offset_ns, sample->error_ns);
	if (!sample->is_locked)
		assert_that(off_ns > S && !before->has_synced,
			    "coarse, %lld", sample->offset_ns);
	if (slews && (before->has_first || before->has_synced))
		assert_that(off_ns > band_ns, "%lld could be slewed", sample->offset_ns);
	if (!before->has_synced || sample->is_ordered)
		assert_that(off_ns > min_t(s64, 20 * US, band_ns), "%lld",
			    sample->offset_ns);
	if (before->has_first && !sample->is_settled && sample->is_locked &&
	    !sample->is_ordered)
		assert_that(off_ns > band_ns, "%lld between", sample->offset_ns);
	if (!slews && before->has_stepped_back && sample->is_locked &&
	    sample->offset_ns < 0 && !sample->is_ordered)
		assert_that(off_ns > band_ns, "back by %lld again", off_ns);
	if (before->has_synced && sample->is_locked && !sample->is_ordered)
		assert_that(off_ns > band_ns && (!sample->is_suspect || off_ns <= S) &&
			    (!policy->max_step_s || off_ns <= policy->max_step_s * S),
			    "%lld, threshold %lld, at most %u s", sample->offset_ns,
			    band_ns, policy->max_step_s);
}

/* An order that keeps the rules */
static inline enum rtc_sync_order decide(struct rtc_sync_servo *servo,
					 const struct rtc_sync_policy *policy,
					 const struct rtc_sync_sample *sample)
{
	struct rtc_sync_servo before = *servo;
	enum rtc_sync_order order = rtc_sync_servo_decide(servo, policy, sample);
	bool slews = policy->may_slew && sample->is_locked && !servo->is_beyond;

	assert_int_equal(servo->is_beyond, is_beyond(&before, policy, sample));
	if (!policy->may_step)
		assert_int_equal(order, RTC_SYNC_HOLD);
	else if (slews)
		assert_int_not_equal(order, RTC_SYNC_HOLD);
	assert_true(slews || order != RTC_SYNC_SLEW);
	assert_true(servo->has_first >= before.has_first);
	assert_true(servo->has_stepped_back >= before.has_stepped_back);
	assert_true(servo->has_synced >= before.has_synced);
	assert_true(servo->has_synced == before.has_synced || sample->is_settled);
	if (order == RTC_SYNC_REFUSE)
		assert_that(before.has_synced && !sample->is_ordered && sample->is_locked &&
			    (policy->max_step_s || sample->is_suspect),
			    "refused %lld", sample->offset_ns);
	if (order == RTC_SYNC_STEP) {
		assert_true(!sample->is_locked || servo->has_stepped_back ||
			    sample->offset_ns > 0);
		check_step(&before, policy, sample, slews);
	}
	return order;
}

/* Within 16 s, 4 s while the edge is still being cut, or an interval. */
static inline s64 horizon_s(const struct rtc_sync_sample *sample, u32 interval_s)
{
	s64 most_s = sample->is_settled ? 16 : 4;

	return interval_s < most_s ? interval_s : most_s;
}

/* The frequency that keeps up, and the share of the offset, both within 500 ppm. */
static inline void check_limits(const struct rtc_sync_sample *sample,
				const struct rtc_sync_slew *slew, s64 within_s)
{
	s64 want_ppb = min_t(s64, max_t(s64, sample->freq_ppb, -500000), 500000);

	assert_that(slew->rest_ppb == want_ppb, "%lld ppb for %lld ppb",
		    slew->rest_ppb, sample->freq_ppb);
	want_ppb += sample->offset_ns / within_s;
	want_ppb = min_t(s64, max_t(s64, want_ppb, -500000), 500000);
	assert_that(slew->freq_ppb == want_ppb, "%lld ppb, not %lld",
		    slew->freq_ppb, want_ppb);
	assert_that(slew->duration_ns >= 0, "%lld ns", slew->duration_ns);
}

/* Made up for by its end, and never more: to the millisecond of its length. */
static inline void check_made(const struct rtc_sync_sample *sample,
			      const struct rtc_sync_slew *slew, s64 within_s)
{
	bool is_most = slew->freq_ppb == 500000 || slew->freq_ppb == -500000;
	s64 by_ppb = slew->freq_ppb - slew->rest_ppb;
	s64 left_ns = sample->offset_ns - rtc_sync_scale_ppb(slew->duration_ns, by_ppb);
	s64 off_ns = sample->offset_ns;

	assert_that((by_ppb >= 0 || off_ns < 0) && (by_ppb <= 0 || off_ns > 0),
		    "%lld ppb for %lld ns", by_ppb, off_ns);
	if (off_ns < 0) {
		by_ppb = -by_ppb;
		left_ns = -left_ns;
		off_ns = -off_ns;
	}
	if (!by_ppb) {
		/* Not a nanosecond a second, or no room for it. */
		assert_that(!slew->duration_ns && (off_ns < within_s || is_most),
			    "%lld ns, nothing done", sample->offset_ns);
		return;
	}
	assert_that(left_ns >= 0 && left_ns <= by_ppb / 1000 + 1,
		    "%lld ns: %lld ns left after %lld ns at %lld ppb",
		    sample->offset_ns, left_ns, slew->duration_ns, by_ppb);
	/* Not sooner than it might, nor later than it must. */
	assert_that(slew->duration_ns > within_s * S - MS, "%lld ns in %lld ns", off_ns,
		    slew->duration_ns);
	if (!is_most && by_ppb > 1000)
		assert_that(slew->duration_ns <= within_s * S * 1001 / 1000,
			    "%lld ns in %lld ns", off_ns, slew->duration_ns);
}

/* A slew that keeps the rules */
static inline struct rtc_sync_slew checked_slew(const struct rtc_sync_sample *sample,
						u32 interval_s)
{
	struct rtc_sync_slew slew = rtc_sync_servo_slew(sample, interval_s);
	s64 within_s = horizon_s(sample, interval_s);

	check_limits(sample, &slew, within_s);
	check_made(sample, &slew, within_s);
	return slew;
}

static inline void check_random_slew(void)
{
	const struct rtc_sync_sample sample = {
		.offset_ns = random_signed(S),
		.freq_ppb = random_signed(2 * RTC_SYNC_SLEW_MAX_PPB),
		.is_settled = random_up_to(1),
	};

	checked_slew(&sample, 1 + (u32)random_up_to(86399));
}

#endif /* TESTS_UNIT_ORDERS_H */
