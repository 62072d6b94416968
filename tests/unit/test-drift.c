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
		rtc_sync_drift_set_rate(&drift, rate_ppb, now_ns);
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
		rtc_sync_drift_set_rate(&drift, random_rate_ppb(), now_ns);
		rtc_sync_drift_begin(&drift, now_ns);
		gained_ns = 0;
		for (k = 0; k < 8; k++) {
			part_ns = random_up_to(YEAR_NS / 8);
			now_ns += part_ns;
			gained_ns += (long double)part_ns * drift.rate_ppb / 1e9L;
			if (k < 7)
				rtc_sync_drift_set_rate(&drift, random_rate_ppb(),
							now_ns);
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
		rtc_sync_drift_set_rate(&drift, rate_ppb, now_ns - random_up_to(YEAR_NS));
		/* Until it has begun nothing is corrected. */
		assert_true(rtc_sync_drift_correct(&drift, now_ns + YEAR_NS) == now_ns + YEAR_NS);
		rtc_sync_drift_begin(&drift, now_ns);
		assert_that(rtc_sync_drift_correct(&drift, now_ns) == now_ns,
			    "%lld", now_ns);
		assert_int_equal(drift.rate_ppb, rate_ppb);
	}
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

/* Positive: the system clock is behind. */
static void offset_is_rtc_less_system(void **state)
{
	struct rtc_sync_window window = {
		.sec = NOW_NS / RTC_SYNC_NS_PER_S,
		.edge_raw_ns = { .lo = 5000, .hi = 5200 },
	};
	struct rtc_sync_drift drift = { .rate_ppb = 1000000 / 2 };
	s64 error_ns;
	s64 want_ns;
	s64 real_ns;
	int i;

	rtc_sync_drift_begin(&drift, NOW_NS);
	for (i = 0; i < ROUNDS; i++) {
		real_ns = NOW_NS + random_signed(YEAR_NS);
		want_ns = NOW_NS + 1000000000 - 500000 - real_ns;
		assert_true(rtc_sync_offset_ns(&window, &drift, 1000005100, real_ns,
					       &error_ns) == want_ns);
		assert_in_range(error_ns, 100, 110);
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
			rtc_sync_drift_set_rate(&drift, random_rate_ppb(), now_ns);
		then_ns = rtc_sync_drift_correct(&drift, now_ns);
		assert_that(then_ns >= last_ns, "%lld after %lld", then_ns, last_ns);
		last_ns = then_ns;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(change_of_rate_makes_no_step),
		random_test(gains_add_up),
		random_test(sign_and_size),
		random_test(right_at_the_beginning),
		random_test(begins_once),
		random_test(offset_is_rtc_less_system),
		random_test(monotonic),
	};

	return cmocka_run_group_tests_name("drift", tests, random_begin, NULL);
}
