// SPDX-License-Identifier: GPL-2.0-only
/* The window, on lines of edges that are known: it holds the truth. */
#include "../../drivers/rtc/sync/phase.h"
#include "readings.h"
#include "truth.h"

#define RUNS		400
#define READINGS	60
#define FAR_RAW_NS	(1LL << 62)
#define YEAR_S		(366LL * 86400)

static struct truth truth;

/* A span that holds the instant, exact or up to 1 ms wide. */
static struct rtc_sync_span around(s64 raw_ns)
{
	return (struct rtc_sync_span) {
		.lo = raw_ns - random_up_to(500000),
		.hi = raw_ns + random_up_to(500000),
	};
}

/* Of all rates, or narrow around the true one. */
static struct rtc_sync_span known_rate(s64 rate_ppb)
{
	struct rtc_sync_span period_ppb = RTC_SYNC_PERIOD_ANY_PPB;

	if (random_one_in(2))
		return period_ppb;
	period_ppb.lo = max_t(s64, rate_ppb - random_up_to(100000),
			      -RTC_SYNC_PERIOD_MAX_PPB);
	period_ppb.hi = min_t(s64, rate_ppb + random_up_to(100000),
			      RTC_SYNC_PERIOD_MAX_PPB);
	return period_ppb;
}

static s64 begin(struct rtc_sync_phase *phase)
{
	s64 raw_ns = truth.edge_half_ns[1] / 2 + random_between(0, 3000000000LL);
	int i = truth_second(&truth, raw_ns);
	struct rtc_sync_span period_ppb = known_rate(truth.rate_ppb[i + 1]);
	struct rtc_sync_span latch = around(raw_ns);

	rtc_sync_phase_begin(phase, truth.first_s + i, &latch, &period_ppb);
	return raw_ns;
}

static void check_truth(const struct rtc_sync_window *window, const char *what)
{
	int i = (int)(window->sec - truth.first_s);

	if (i < 0 || i >= TRUTH_SECONDS)
		return;
	assert_that(truth_is_edge_in(&truth, i, &window->edge_raw_ns),
		    "%s: edge %d is %lld ns after lo, window %lld ns", what, i,
		    truth.edge_half_ns[i] / 2 - window->edge_raw_ns.lo,
		    rtc_sync_span_width(&window->edge_raw_ns));
	assert_that(truth_is_rate_in(&truth, i, &window->period_ppb),
		    "%s: rate %lld at %d not in %lld..%lld", what,
		    truth.rate_ppb[i], i, window->period_ppb.lo, window->period_ppb.hi);
}

static void check_narrower(const struct rtc_sync_window *now,
			   const struct rtc_sync_window *was)
{
	assert_int_equal(now->sec, was->sec);
	assert_that(now->edge_raw_ns.lo >= was->edge_raw_ns.lo &&
		    now->edge_raw_ns.hi <= was->edge_raw_ns.hi,
		    "grew: %lld below, %lld above",
		    was->edge_raw_ns.lo - now->edge_raw_ns.lo,
		    now->edge_raw_ns.hi - was->edge_raw_ns.hi);
	assert_true(now->period_ppb.lo >= was->period_ppb.lo &&
		    now->period_ppb.hi <= was->period_ppb.hi);
}

static void check_verdict(enum rtc_sync_verdict verdict,
			  const struct rtc_sync_window *now,
			  const struct rtc_sync_window *was)
{
	bool is_lo = now->edge_raw_ns.lo > was->edge_raw_ns.lo;
	bool is_hi = now->edge_raw_ns.hi < was->edge_raw_ns.hi;

	assert_int_equal(verdict, is_lo ? RTC_SYNC_EARLY : is_hi ? RTC_SYNC_LATE :
						  RTC_SYNC_NO_NEWS);
}

static s64 apply(struct rtc_sync_phase *phase, s64 raw_ns)
{
	int i = truth_second(&truth, raw_ns);
	struct rtc_sync_span latch = around(raw_ns);
	enum rtc_sync_verdict verdict;
	struct rtc_sync_window was;

	was = rtc_sync_phase_at(phase, truth.first_s + i + 1);
	verdict = rtc_sync_phase_apply(phase, truth.first_s + i, &latch);
	assert_that(verdict < RTC_SYNC_CONTRADICTION, "verdict %d", verdict);
	check_narrower(&phase->window, &was);
	check_verdict(verdict, &phase->window, &was);
	check_truth(&phase->window, "after a reading");
	return rtc_sync_span_width(&phase->window.edge_raw_ns);
}

/* The second and the time at instants an hour before and after. */
static void check_times(const struct rtc_sync_window *window)
{
	s64 first_ns = truth.first_s * RTC_SYNC_NS_PER_S;
	time64_t second;
	s64 error_ns;
	s64 raw_ns;
	s64 ns;
	s64 true_ns;
	int k;

	for (k = 0; k < 5; k++) {
		raw_ns = rtc_sync_span_mid(&window->edge_raw_ns) +
			 random_signed(3600 * RTC_SYNC_NS_PER_S);
		if (2 * raw_ns < truth.edge_half_ns[0] ||
		    2 * raw_ns >= truth.edge_half_ns[TRUTH_SECONDS - 1])
			continue;
		true_ns = first_ns + truth_time_ns(&truth, raw_ns);
		ns = rtc_sync_window_time_ns(window, raw_ns, &error_ns);
		assert_that(ns - true_ns <= error_ns + 1 && true_ns - ns <= error_ns + 1,
			    "%lld ns off, bound %lld, age %lld, window %lld ns, %lld..%lld ppb",
			    ns - true_ns, error_ns,
			    raw_ns - rtc_sync_span_mid(&window->edge_raw_ns),
			    rtc_sync_span_width(&window->edge_raw_ns),
			    window->period_ppb.lo, window->period_ppb.hi);
		second = rtc_sync_window_second(window, raw_ns);
		assert_that(second * RTC_SYNC_NS_PER_S <= ns &&
			    ns < (second + 1) * RTC_SYNC_NS_PER_S,
			    "second %lld of %lld ns", second, ns);
	}
}

static void the_window_holds_the_truth(void **state)
{
	struct rtc_sync_window ahead;
	struct rtc_sync_phase phase;
	s64 raw_ns;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		truth_init_random(&truth);
		raw_ns = begin(&phase);
		check_truth(&phase.window, "begun");
		for (k = 0; k < READINGS; k++) {
			raw_ns = next_instant(&phase, raw_ns);
			if (truth_second(&truth, raw_ns) > TRUTH_SECONDS - 10)
				break;
			apply(&phase, raw_ns);
			check_times(&phase.window);
			ahead = rtc_sync_phase_at(&phase, phase.window.sec +
							  random_up_to(2000));
			check_truth(&ahead, "ahead");
		}
	}
}

/* Bisecting with exact latches comes to the wander and the rate's rest. */
static void bisecting_converges(void **state)
{
	struct rtc_sync_window window;
	struct rtc_sync_phase phase;
	s64 raw_ns;
	s64 width_ns = 0;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		truth_init(&truth, random_up_to(1LL << 61), random_signed(500000), 4);
		begin(&phase);
		for (k = 0; k < 60; k++) {
			window = rtc_sync_phase_at(&phase, phase.window.sec + 1);
			raw_ns = rtc_sync_span_mid(&window.edge_raw_ns);
			rtc_sync_phase_apply(&phase, truth.first_s +
					     truth_second(&truth, raw_ns),
					     &(struct rtc_sync_span) { raw_ns, raw_ns });
			check_truth(&phase.window, "bisected");
			width_ns = rtc_sync_span_width(&phase.window.edge_raw_ns);
		}
		assert_that(width_ns < 1000, "still %lld ns wide", width_ns);
		assert_that(rtc_sync_span_width(&phase.window.period_ppb) < 300,
			    "still %lld ppb wide",
			    rtc_sync_span_width(&phase.window.period_ppb));
	}
}

static void a_past_second_is_the_last(void **state)
{
	struct rtc_sync_window window;
	struct rtc_sync_phase phase;

	truth_init_random(&truth);
	begin(&phase);
	window = rtc_sync_phase_at(&phase, phase.window.sec - 1 - random_up_to(1000));
	assert_int_equal(window.sec, phase.window.sec);
	assert_memory_equal(&window, &phase.window, sizeof(window));
}

/* A rate that does not wander: a closed form for any instant within a day. */
static void times_within_a_day(void **state)
{
	struct rtc_sync_window window = { .sec = 0 };
	s64 period_ppb;
	s64 edge_ns;
	s64 error_ns;
	s64 since_ns;
	s64 true_ns;
	s64 ns;
	int i;

	for (i = 0; i < 500 * RUNS; i++) {
		period_ppb = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		edge_ns = random_up_to(FAR_RAW_NS);
		window.sec = random_between(0, 7258118399LL);
		window.edge_raw_ns.lo = edge_ns - random_up_to(1000000);
		window.edge_raw_ns.hi = edge_ns + random_up_to(1000000);
		window.period_ppb.lo = max_t(s64, period_ppb - random_up_to(1000000),
					     -RTC_SYNC_PERIOD_MAX_PPB);
		window.period_ppb.hi = min_t(s64, period_ppb + random_up_to(1000000),
					     RTC_SYNC_PERIOD_MAX_PPB);
		since_ns = random_signed(86400 * RTC_SYNC_NS_PER_S);
		true_ns = window.sec * RTC_SYNC_NS_PER_S +
			  (s64)((long double)since_ns * 1e9L /
				(long double)(RTC_SYNC_NS_PER_S + period_ppb));
		ns = rtc_sync_window_time_ns(&window, edge_ns + since_ns, &error_ns);
		assert_that(ns - true_ns <= error_ns && true_ns - ns <= error_ns,
			    "edge %lld..%lld, period %lld in %lld..%lld, since %lld: off by %lld, bound %lld",
			    window.edge_raw_ns.lo - edge_ns,
			    window.edge_raw_ns.hi - edge_ns, period_ppb,
			    window.period_ppb.lo, window.period_ppb.hi, since_ns,
			    ns - true_ns, error_ns);
	}
}

/* A window without width gives the time to a nanosecond. */
static void an_exact_window_gives_the_exact_time(void **state)
{
	struct rtc_sync_window window = { .sec = 1767225600 };
	s64 since_rtc_ns;
	s64 since_raw_ns;
	s64 want_ns;
	s64 ns;
	int i;

	for (i = 0; i < 200 * RUNS; i++) {
		window.edge_raw_ns.lo = random_up_to(1LL << 60);
		window.edge_raw_ns.hi = window.edge_raw_ns.lo;
		window.period_ppb.lo = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		window.period_ppb.hi = window.period_ppb.lo;
		since_rtc_ns = random_signed(10 * YEAR_S * RTC_SYNC_NS_PER_S);
		since_raw_ns = since_rtc_ns +
			       rtc_sync_scale_ppb(since_rtc_ns, window.period_ppb.lo);
		want_ns = 1767225600 * RTC_SYNC_NS_PER_S + since_rtc_ns;
		ns = rtc_sync_window_time_ns(&window, window.edge_raw_ns.lo +
						      since_raw_ns, NULL);
		assert_that(ns - want_ns <= 2 && want_ns - ns <= 2,
			    "%lld ns off after %lld ns at %lld ppb", ns - want_ns,
			    since_rtc_ns, window.period_ppb.lo);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(the_window_holds_the_truth),
		random_test(bisecting_converges),
		random_test(a_past_second_is_the_last),
		random_test(times_within_a_day),
		random_test(an_exact_window_gives_the_exact_time),
	};

	return cmocka_run_group_tests_name("phase", tests, random_begin, NULL);
}
