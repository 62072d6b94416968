// SPDX-License-Identifier: GPL-2.0-only
/* The RTC's own rate: continuous, exact, and of the right sign. */
#include "random.h"

#include "../../drivers/rtc/sync/drift.h"

#define ROUNDS		50000
#define YEAR_NS		(366LL * 86400 * RTC_SYNC_NS_PER_S)
#define NOW_NS		(1767225600LL * RTC_SYNC_NS_PER_S)

static s32 random_rate_ppb(void)
{
	return (s32)random_signed(RTC_SYNC_DRIFT_MAX_PPB);
}

/* At the moment a rate changes, the time does not. */
static void change_of_rate_makes_no_step(void **state)
{
	struct rtc_sync_drift drift = { .rate_ppb = 0 };
	s64 now_ns = NOW_NS;
	s64 before_ns;
	s64 after_ns;
	s32 rate_ppb;
	int i;

	rtc_sync_drift_begin(&drift, now_ns);
	for (i = 0; i < ROUNDS; i++) {
		now_ns += random_up_to(YEAR_NS / 50000);
		rate_ppb = random_rate_ppb();
		before_ns = rtc_sync_drift_correct(&drift, now_ns);
		rtc_sync_drift_set_rate(&drift, rate_ppb, 0, now_ns);
		after_ns = rtc_sync_drift_correct(&drift, now_ns);
		assert_that(before_ns == after_ns, "%lld, %d ppb: %lld then %lld",
			    now_ns, rate_ppb, before_ns, after_ns);
		assert_int_equal(drift.rate_ppb, rate_ppb);
	}
}

/* The gain of each stretch adds up, to a rounding of 1 ns a stretch. */
static void gains_add_up(void **state)
{
	struct rtc_sync_drift drift = { .rate_ppb = 0 };
	long double gained_ns;
	long double got_ns;
	s64 now_ns;
	s64 part_ns;
	int i;
	int k;

	for (i = 0; i < ROUNDS / 10; i++) {
		now_ns = NOW_NS + random_up_to(YEAR_NS);
		rtc_sync_drift_reset(&drift);
		rtc_sync_drift_set_rate(&drift, random_rate_ppb(), 0, now_ns);
		rtc_sync_drift_begin(&drift, now_ns);
		gained_ns = 0;
		for (k = 0; k < 8; k++) {
			part_ns = random_up_to(YEAR_NS / 8);
			now_ns += part_ns;
			gained_ns += (long double)part_ns * drift.rate_ppb / 1e9L;
			if (k < 7)
				rtc_sync_drift_set_rate(&drift, random_rate_ppb(),
							0, now_ns);
		}
		got_ns = (long double)(now_ns - rtc_sync_drift_correct(&drift, now_ns));
		assert_that(got_ns - gained_ns <= 9 && gained_ns - got_ns <= 9,
			    "gained %.1Lf ns, not %.1Lf", got_ns, gained_ns);
	}
}

static void sign_and_size(void **state)
{
	static const struct {
		s32 rate_ppb;
		s64 later_ns;
		s64 gained_ns;
	} rows[] = {
		{ 100000, 1000000000, 100000 },
		{ -100000, 1000000000, -100000 },
		{ 100000, -1000000000, -100000 },
		{ 0, 1000000000, 0 },
		{ 1, 86400000000000, 86400 },
		{ RTC_SYNC_DRIFT_MAX_PPB, 2000000000, 1000000 },
		{ 1, 999999999, 0 },
	};
	struct rtc_sync_drift drift;
	size_t i;

	for (i = 0; i < array_size(rows); i++) {
		drift = (struct rtc_sync_drift) { .rate_ppb = rows[i].rate_ppb };
		rtc_sync_drift_begin(&drift, NOW_NS);
		assert_that(rtc_sync_drift_correct(&drift, NOW_NS + rows[i].later_ns) ==
			    NOW_NS + rows[i].later_ns - rows[i].gained_ns,
			    "row %zu", i);
	}
}

static void right_at_the_beginning(void **state)
{
	struct rtc_sync_drift drift = { .rate_ppb = 0 };
	s64 now_ns;
	s32 rate_ppb;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		now_ns = random_between(0, 7258118399LL) * RTC_SYNC_NS_PER_S;
		rate_ppb = random_rate_ppb();
		rtc_sync_drift_reset(&drift);
		rtc_sync_drift_set_rate(&drift, rate_ppb, 0,
					now_ns - random_up_to(YEAR_NS));
		/* Until it has begun nothing is corrected. */
		assert_true(rtc_sync_drift_correct(&drift, now_ns + YEAR_NS) == now_ns + YEAR_NS);
		rtc_sync_drift_begin(&drift, now_ns);
		assert_that(rtc_sync_drift_correct(&drift, now_ns) == now_ns,
			    "%lld", now_ns);
		assert_int_equal(drift.rate_ppb, rate_ppb);
	}
}

/* How wrong the clock was when the RTC was set is kept until that begins anew. */
static void a_rate_leaves_what_is_kept_for_later(void **state)
{
	struct rtc_sync_drift drift = { .gained_error_ns = 123456 };

	rtc_sync_drift_set_rate(&drift, 2000, 10, NOW_NS);
	assert_int_equal(drift.gained_error_ns, 123456);
	assert_int_equal(drift.rate_ppb, 2000);
	assert_int_equal(rtc_sync_drift_error_ns(&drift, NOW_NS), 0);
}

/* What was gained is not forgotten by beginning again, but by a reset. */
static void begins_once(void **state)
{
	struct rtc_sync_drift drift = { .rate_ppb = 1000 };

	rtc_sync_drift_begin(&drift, NOW_NS);
	rtc_sync_drift_begin(&drift, NOW_NS + YEAR_NS / 2);
	assert_true(rtc_sync_drift_correct(&drift, NOW_NS + YEAR_NS) ==
		    NOW_NS + YEAR_NS - YEAR_NS / 1000000);
	rtc_sync_drift_reset(&drift);
	assert_int_equal(drift.rate_ppb, 1000);
	assert_true(rtc_sync_drift_correct(&drift, NOW_NS + YEAR_NS) == NOW_NS + YEAR_NS);
	rtc_sync_drift_begin(&drift, NOW_NS + YEAR_NS);
	assert_true(rtc_sync_drift_correct(&drift, NOW_NS + YEAR_NS + 1000000000) ==
		    NOW_NS + YEAR_NS + 1000000000 - 1000);
}

/* The RTC's time by the line, less what it has gained since. */
static void true_time_is_the_lines_less_the_gain(void **state)
{
	struct rtc_sync_window window = {
		.sec = NOW_NS / RTC_SYNC_NS_PER_S,
		.edge_raw_ns = { .lo = 5000, .hi = 5200 },
		.period_ppb = { .lo = 0, .hi = 0 },
	};
	struct rtc_sync_drift drift;
	struct rtc_sync_line line;
	s64 rtc_error_ns;
	s64 error_ns;
	s64 raw_ns;
	s64 rtc_ns;
	s64 ns;
	int i;

	rtc_sync_line_begin(&line, &window);
	for (i = 0; i < ROUNDS; i++) {
		drift = (struct rtc_sync_drift) { .rate_ppb = random_rate_ppb() };
		rtc_sync_drift_anchor(&drift, NOW_NS - random_up_to(YEAR_NS),
				      random_signed(RTC_SYNC_NS_PER_S), 1000);
		raw_ns = 5100 + random_signed(1000 * RTC_SYNC_NS_PER_S);
		rtc_ns = rtc_sync_line_time_ns(&line, &window, raw_ns, &rtc_error_ns);
		ns = rtc_sync_true_ns(&line, &window, &drift, raw_ns, &error_ns);
		assert_that(rtc_ns == NOW_NS + raw_ns - 5100, "%lld ns", rtc_ns);
		assert_that(ns == rtc_sync_drift_correct(&drift, rtc_ns), "%lld ns", ns);
		assert_that(error_ns == rtc_error_ns + 1000, "+-%lld, +-%lld ns",
			    error_ns, rtc_error_ns);
	}
}

/* From the anchor on; the rate that was there before it is the rate after it. */
static void an_anchor_holds_what_was_gained(void **state)
{
	struct rtc_sync_drift drift;
	s64 gained_ns;
	s64 rtc_ns;
	s64 off_ns;
	s64 later_ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		drift = (struct rtc_sync_drift) {
			.rate_ppb = random_rate_ppb(),
			.has_begun = random_one_in(2),
			.since_ns = NOW_NS,
			.gained_ns = random_signed(YEAR_NS),
		};
		rtc_ns = NOW_NS + random_signed(YEAR_NS);
		gained_ns = random_signed(RTC_SYNC_NS_PER_S);
		rtc_sync_drift_anchor(&drift, rtc_ns, gained_ns, 0);
		assert_true(rtc_sync_drift_correct(&drift, rtc_ns) == rtc_ns - gained_ns);
		later_ns = random_signed(86400 * RTC_SYNC_NS_PER_S);
		off_ns = rtc_sync_drift_correct(&drift, rtc_ns + later_ns) -
			 (rtc_ns - gained_ns + later_ns) +
			 rtc_sync_scale_ppb(later_ns, drift.rate_ppb);
		assert_that(!off_ns, "%lld ns off, %lld ns later", off_ns, later_ns);
	}
}

/*
 * A true rate within the error that is stated, restated now and then: what was
 * corrected is never further off than is said. 2 ns a stretch are rounding.
 */
static void the_error_covers_the_truth(void **state)
{
	struct rtc_sync_drift drift;
	long double true_gain_ns;
	s64 true_ppb;
	s64 error_ppb;
	s64 error_ns;
	s64 part_ns;
	s64 now_ns;
	s64 off_ns;
	int i;
	int k;

	for (i = 0; i < ROUNDS / 10; i++) {
		drift = (struct rtc_sync_drift) { .rate_ppb = 0 };
		true_ppb = random_signed(RTC_SYNC_DRIFT_MAX_PPB / 2);
		now_ns = NOW_NS;
		error_ns = random_up_to(1000000);
		true_gain_ns = (long double)random_signed(RTC_SYNC_NS_PER_S);
		rtc_sync_drift_anchor(&drift, now_ns, (s64)true_gain_ns +
				      random_between(-error_ns, error_ns), error_ns);
		rtc_sync_drift_set_rate(&drift, 0, RTC_SYNC_DRIFT_MAX_PPB / 2, now_ns);
		for (k = 0; k < 8; k++) {
			part_ns = random_up_to(YEAR_NS / 100);
			now_ns += part_ns;
			true_gain_ns += (long double)part_ns * (long double)true_ppb / 1e9L;
			error_ns = rtc_sync_drift_error_ns(&drift, now_ns);
			off_ns = now_ns - (s64)true_gain_ns -
				 rtc_sync_drift_correct(&drift, now_ns);
			assert_that(error_ns >= 0 && off_ns <= error_ns + 2 * (k + 2) &&
				    -off_ns <= error_ns + 2 * (k + 2),
				    "the %dth: %lld ns off, bound %lld", k, off_ns, error_ns);
			error_ppb = random_up_to(RTC_SYNC_DRIFT_MAX_PPB / 2);
			rtc_sync_drift_set_rate(&drift, (s32)(true_ppb +
						random_between(-error_ppb, error_ppb)),
						(s32)error_ppb, now_ns);
			assert_that(rtc_sync_drift_error_ns(&drift, now_ns) == error_ns,
				    "a new rate changed the past: %lld", error_ns);
		}
		/* As far back as forward. */
		assert_true(rtc_sync_drift_error_ns(&drift, now_ns - part_ns) ==
			    rtc_sync_drift_error_ns(&drift, now_ns + part_ns));
		rtc_sync_drift_reset(&drift);
		assert_int_equal(rtc_sync_drift_error_ns(&drift, now_ns), 0);
		rtc_sync_drift_begin(&drift, now_ns);
		assert_int_equal(rtc_sync_drift_error_ns(&drift, now_ns), 0);
	}
}

/* A corrected clock never runs backwards. */
static void monotonic(void **state)
{
	struct rtc_sync_drift drift = { .rate_ppb = 0 };
	s64 last_ns = NOW_NS;
	s64 now_ns = NOW_NS;
	s64 then_ns;
	int i;

	rtc_sync_drift_begin(&drift, now_ns);
	for (i = 0; i < ROUNDS; i++) {
		now_ns += random_up_to(RTC_SYNC_NS_PER_S);
		if (random_one_in(10))
			rtc_sync_drift_set_rate(&drift, random_rate_ppb(), 0, now_ns);
		then_ns = rtc_sync_drift_correct(&drift, now_ns);
		assert_that(then_ns >= last_ns, "%lld after %lld", then_ns, last_ns);
		last_ns = then_ns;
	}
}

/* A leap second: the RTC is ahead by one more from now on, at the same rate. */
static void a_shift_moves_the_time_by_as_much(void **state)
{
	struct rtc_sync_drift drift;
	s64 before_ns;
	s64 error_ns;
	s64 shift_ns;
	s64 now_ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		drift = (struct rtc_sync_drift) { .rate_ppb = random_rate_ppb(),
						  .rate_error_ppb = 100 };
		now_ns = NOW_NS + random_up_to(YEAR_NS);
		shift_ns = random_one_in(2) ? RTC_SYNC_NS_PER_S : -RTC_SYNC_NS_PER_S;
		rtc_sync_drift_shift(&drift, shift_ns);
		assert_int_equal(rtc_sync_drift_correct(&drift, now_ns), now_ns);
		rtc_sync_drift_begin(&drift, NOW_NS);
		before_ns = rtc_sync_drift_correct(&drift, now_ns);
		error_ns = rtc_sync_drift_error_ns(&drift, now_ns);
		rtc_sync_drift_shift(&drift, shift_ns);
		assert_that(rtc_sync_drift_correct(&drift, now_ns) == before_ns - shift_ns,
			    "%lld, then %lld", before_ns,
			    rtc_sync_drift_correct(&drift, now_ns));
		assert_int_equal(rtc_sync_drift_error_ns(&drift, now_ns), error_ns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(change_of_rate_makes_no_step),
		random_test(gains_add_up),
		random_test(sign_and_size),
		random_test(right_at_the_beginning),
		random_test(a_rate_leaves_what_is_kept_for_later),
		random_test(begins_once),
		random_test(a_shift_moves_the_time_by_as_much),
		random_test(true_time_is_the_lines_less_the_gain),
		random_test(an_anchor_holds_what_was_gained),
		random_test(the_error_covers_the_truth),
		random_test(monotonic),
	};

	return cmocka_run_group_tests_name("drift", tests, random_begin, NULL);
}
