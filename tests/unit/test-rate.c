// SPDX-License-Identifier: GPL-2.0-only
/* Marks, and the rates between them. */
#include "truth.h"

#define ROUNDS		300
#define MARK_AGE_S	8192

static struct truth truth;

static void check_order(const struct rtc_sync_marks *marks)
{
	int i;

	assert_in_range(marks->count, 1, RTC_SYNC_MARKS);
	for (i = 1; i < marks->count; i++)
		assert_that(marks->mark[i - 1].sec < marks->mark[i].sec,
			    "mark %d at %lld, then %lld", i - 1,
			    marks->mark[i - 1].sec, marks->mark[i].sec);
}

/* Sorted, bounded, and the newest there, whatever comes. */
static void marks_are_sorted(void **state)
{
	struct rtc_sync_mark last = { .sec = 0 };
	struct rtc_sync_marks marks;
	time64_t sec;
	int i;
	int k;

	for (i = 0; i < ROUNDS; i++) {
		marks.count = 0;
		sec = random_up_to(7258118399LL / 2);
		for (k = 0; k < 200; k++) {
			sec += random_one_in(4) ? -random_up_to(50) :
						  random_up_to(3000);
			if (sec < 0)
				sec = 0;
			if (!k || sec >= last.sec) {
				last.sec = sec;
				last.raw_ns = random_up_to(1LL << 62);
				rtc_sync_marks_add(&marks, sec, last.raw_ns);
			} else {
				rtc_sync_marks_add(&marks, sec, -1);
			}
			check_order(&marks);
			assert_memory_equal(&marks.mark[marks.count - 1], &last,
					    sizeof(last));
		}
	}
}

/* No mark is made up, and none is changed but the last. */
static void marks_are_those_added(void **state)
{
	struct rtc_sync_marks marks;
	time64_t sec;
	int i;
	int k;
	int m;

	for (i = 0; i < ROUNDS; i++) {
		marks.count = 0;
		sec = 1;
		for (k = 0; k < 200; k++) {
			sec += random_up_to(100);
			rtc_sync_marks_add(&marks, sec, 7 * sec);
			for (m = 0; m < marks.count; m++)
				assert_int_equal(marks.mark[m].raw_ns,
						 7 * marks.mark[m].sec);
		}
	}
}

/* One of each age: so the best baseline is never far from the ideal one. */
static void marks_are_of_all_ages(void **state)
{
	static const int steps_s[] = { 1, 2, 7, 10, 60, 300 };
	struct rtc_sync_marks marks;
	time64_t sec = 0;
	s64 oldest_s;
	s64 newer_s;
	s64 older_s;
	size_t n;
	int i;
	int k;

	for (n = 0; n < array_size(steps_s); n++) {
		marks.count = 0;
		for (k = 0; k < 3000; k++) {
			sec = 1000 + (s64)k * steps_s[n];
			rtc_sync_marks_add(&marks, sec, 0);
			oldest_s = sec - marks.mark[0].sec;
			assert_that(3 * oldest_s + 2 * steps_s[n] >=
				    min_t(s64, sec - 1000, MARK_AGE_S),
				    "step %d: oldest %lld s of %lld", steps_s[n],
				    oldest_s, sec - 1000);
			for (i = 1; i < marks.count; i++) {
				older_s = sec - marks.mark[i - 1].sec;
				newer_s = sec - marks.mark[i].sec;
				assert_that(older_s <= 3 * newer_s + 2 * steps_s[n],
					    "step %d: nothing between %lld s and %lld s",
					    steps_s[n], newer_s, older_s);
			}
		}
	}
}

/* The oldest makes for the longest baseline: it stays until it is too old. */
static void the_oldest_mark_stays(void **state)
{
	struct rtc_sync_marks marks;
	time64_t first_s;
	time64_t sec;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		marks.count = 0;
		first_s = random_up_to(7258118399LL);
		for (sec = first_s; sec <= first_s + MARK_AGE_S;
		     sec += 1 + random_up_to(300)) {
			rtc_sync_marks_add(&marks, sec, 0);
			assert_that(marks.mark[0].sec == first_s, "lost at the age of %lld s",
				    sec - first_s);
		}
		rtc_sync_marks_add(&marks, first_s + MARK_AGE_S + 1, 0);
		assert_true(marks.mark[0].sec > first_s);
	}
}

/* The newest are never lost, and what is older than it is worth goes. */
static void new_marks_stay_and_old_marks_go(void **state)
{
	static const int steps_s[] = { 1, 10, 600, 3000 };
	struct rtc_sync_marks marks;
	time64_t sec;
	size_t n;
	int k;

	for (n = 0; n < array_size(steps_s); n++) {
		marks.count = 0;
		for (k = 0; k < 3000; k++) {
			sec = 1000 + (s64)k * steps_s[n];
			rtc_sync_marks_add(&marks, sec, 0);
			assert_that(sec - marks.mark[0].sec <= MARK_AGE_S + 2 * steps_s[n],
				    "oldest %lld s", sec - marks.mark[0].sec);
			assert_that(!k || sec - marks.mark[marks.count - 2].sec <=
				    2 * steps_s[n], "last but one lost");
		}
	}
}

/* One bound on each of some seconds, off by up to @off_ns. */
static void add_bounds(struct rtc_sync_marks *marks, int until, s64 sign, s64 off_ns)
{
	s64 raw_ns;
	int i;

	marks->count = 0;
	for (i = (int)random_up_to(until); i < until; i += 1 + (int)random_up_to(300)) {
		raw_ns = (truth.edge_half_ns[i] + (sign > 0)) >> 1;
		rtc_sync_marks_add(marks, truth.first_s + i,
				   raw_ns + sign * random_up_to(off_ns));
	}
}

/* Neither end ever passes the true rate; both come near it. */
static void the_true_rate_stays_inside(void **state)
{
	struct rtc_sync_span period_ppb;
	struct rtc_sync_marks marks;
	struct rtc_sync_mark mark;
	struct rtc_sync_span was;
	int at;
	int i;
	int k;

	for (i = 0; i < ROUNDS; i++) {
		truth_init_random(&truth);
		for (k = 0; k < 50; k++) {
			at = (int)random_between(1, TRUTH_SECONDS - 1);
			mark.sec = truth.first_s + at;
			period_ppb.lo = truth.rate_ppb[at] - random_up_to(1000000);
			period_ppb.hi = truth.rate_ppb[at] + random_up_to(1000000);
			was = period_ppb;

			add_bounds(&marks, at + 1, -1, 1000000);
			mark.raw_ns = ((truth.edge_half_ns[at] + 1) >> 1) +
				      random_up_to(1000000);
			rtc_sync_rate_cap(&period_ppb, &marks, &mark);
			assert_true(period_ppb.lo == was.lo && period_ppb.hi <= was.hi);

			add_bounds(&marks, at + 1, 1, 1000000);
			mark.raw_ns = (truth.edge_half_ns[at] >> 1) -
				      random_up_to(1000000);
			was = period_ppb;
			rtc_sync_rate_raise(&period_ppb, &marks, &mark);
			assert_true(period_ppb.hi == was.hi && period_ppb.lo >= was.lo);
			assert_that(truth_is_rate_in(&truth, at, &period_ppb),
				    "%lld ppb is not in %lld..%lld",
				    truth.rate_ppb[at], period_ppb.lo, period_ppb.hi);
		}
	}
}

/* Two exact marks give the rate, but for the wander and the rounding. */
static void exact_marks_bound_tightly(void **state)
{
	struct rtc_sync_span period_ppb;
	struct rtc_sync_marks marks;
	struct rtc_sync_mark mark;
	s64 rate_ppb;
	s64 age_s;
	s64 off_ns;
	int i;

	for (i = 0; i < 100 * ROUNDS; i++) {
		rate_ppb = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		age_s = 1 + random_up_to(MARK_AGE_S);
		off_ns = random_up_to(1000000);
		marks.count = 0;
		rtc_sync_marks_add(&marks, 5000, 123);
		mark.sec = 5000 + age_s;

		period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
		mark.raw_ns = 123 + age_s * (RTC_SYNC_NS_PER_S + rate_ppb) + off_ns;
		rtc_sync_rate_cap(&period_ppb, &marks, &mark);
		assert_that(period_ppb.hi <= rate_ppb + off_ns / age_s + age_s / 2 + 3,
			    "cap %lld for %lld in %lld s", period_ppb.hi, rate_ppb, age_s);
		assert_int_equal(period_ppb.lo, -RTC_SYNC_PERIOD_MAX_PPB);

		period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
		mark.raw_ns -= 2 * off_ns;
		rtc_sync_rate_raise(&period_ppb, &marks, &mark);
		assert_that(period_ppb.lo >= rate_ppb - off_ns / age_s - age_s / 2 - 4,
			    "raise %lld for %lld in %lld s", period_ppb.lo, rate_ppb, age_s);
		assert_int_equal(period_ppb.hi, RTC_SYNC_PERIOD_MAX_PPB);
	}
}

/* A mark of the same second, or a later one, has no baseline. */
static void no_baseline_no_rate(void **state)
{
	struct rtc_sync_span period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	struct rtc_sync_marks marks = { .count = 0 };
	struct rtc_sync_mark mark = { .sec = 1000, .raw_ns = 0 };

	rtc_sync_rate_cap(&period_ppb, &marks, &mark);
	rtc_sync_rate_raise(&period_ppb, &marks, &mark);
	rtc_sync_marks_add(&marks, 1000, 500);
	rtc_sync_rate_cap(&period_ppb, &marks, &mark);
	rtc_sync_rate_raise(&period_ppb, &marks, &mark);
	mark.sec = 990;
	rtc_sync_rate_cap(&period_ppb, &marks, &mark);
	rtc_sync_rate_raise(&period_ppb, &marks, &mark);
	assert_int_equal(period_ppb.lo, -RTC_SYNC_PERIOD_MAX_PPB);
	assert_int_equal(period_ppb.hi, RTC_SYNC_PERIOD_MAX_PPB);
}

static void later_widens(void **state)
{
	struct rtc_sync_span now;
	struct rtc_sync_span then;
	struct rtc_sync_span more;
	s64 s;
	int i;

	for (i = 0; i < 100 * ROUNDS; i++) {
		now.lo = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		now.hi = random_between(now.lo, RTC_SYNC_PERIOD_MAX_PPB);
		s = random_up_to(3660LL * 86400);
		then = rtc_sync_rate_later(&now, s);
		more = rtc_sync_rate_later(&now, s + 1 + random_up_to(1000));
		assert_true(then.lo <= now.lo && then.hi >= now.hi);
		assert_true(more.lo <= then.lo && more.hi >= then.hi);
		assert_that(more.lo >= -RTC_SYNC_PERIOD_MAX_PPB &&
			    more.hi <= RTC_SYNC_PERIOD_MAX_PPB,
			    "%lld..%lld", more.lo, more.hi);
		if (s > RTC_SYNC_WANDER_MAX_PPB)
			s = RTC_SYNC_WANDER_MAX_PPB;
		assert_that((then.hi == now.hi + s || then.hi == RTC_SYNC_PERIOD_MAX_PPB) &&
			    (then.lo == now.lo - s || then.lo == -RTC_SYNC_PERIOD_MAX_PPB),
			    "%lld..%lld after %lld s: %lld..%lld",
			    now.lo, now.hi, s, then.lo, then.hi);
	}
}

/* By what it may have been wrong, and by 20 ppm at least. */
static void doubt_widens(void **state)
{
	struct rtc_sync_span doubted;
	struct rtc_sync_span was;
	s64 by_ppb;
	int i;

	for (i = 0; i < 100 * ROUNDS; i++) {
		was.lo = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		was.hi = random_between(was.lo, RTC_SYNC_PERIOD_MAX_PPB);
		by_ppb = random_up_to(RTC_SYNC_NS_PER_S / 2);
		doubted = rtc_sync_rate_doubt(&was, by_ppb);
		by_ppb = by_ppb < 20000 ? 20000 : by_ppb;
		assert_that(doubted.lo == max_t(s64, was.lo - by_ppb, -RTC_SYNC_PERIOD_MAX_PPB) &&
			    doubted.hi == min_t(s64, was.hi + by_ppb, RTC_SYNC_PERIOD_MAX_PPB),
			    "%lld..%lld doubted by %lld: %lld..%lld", was.lo, was.hi,
			    by_ppb, doubted.lo, doubted.hi);
	}
}

/* Against the integral of a rate that wanders away and then stays. */
static void wander_holds_its_integral(void **state)
{
	s64 limit_s = RTC_SYNC_WANDER_MAX_PPB / RTC_SYNC_WANDER_PPB_PER_S;
	s64 least_ns;
	s64 ns;
	s64 s;
	int i;

	for (i = 0; i < 100 * ROUNDS; i++) {
		s = random_up_to(3660LL * 86400);
		ns = rtc_sync_rate_wander_ns(s);
		least_ns = s <= limit_s ? s * s / 2 :
			   limit_s * limit_s / 2 + (s - limit_s) * limit_s;
		assert_that(ns >= least_ns, "%lld s: %lld, not %lld", s, ns, least_ns);
		assert_that(ns <= 2 * least_ns + 1, "%lld s: %lld, not %lld",
			    s, ns, least_ns);
		if (s < limit_s)
			assert_that(ns <= least_ns + 1, "%lld s: %lld", s, ns);
		assert_true(rtc_sync_rate_wander_ns(s + 1) >= ns);
	}
	assert_int_equal(rtc_sync_rate_wander_ns(0), 0);
	assert_int_equal(rtc_sync_rate_wander_ns(1), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(marks_are_sorted),
		random_test(marks_are_those_added),
		random_test(marks_are_of_all_ages),
		random_test(the_oldest_mark_stays),
		random_test(new_marks_stay_and_old_marks_go),
		random_test(the_true_rate_stays_inside),
		random_test(exact_marks_bound_tightly),
		random_test(no_baseline_no_rate),
		random_test(later_widens),
		random_test(doubt_widens),
		random_test(wander_holds_its_integral),
	};

	return cmocka_run_group_tests_name("rate", tests, random_begin, NULL);
}
