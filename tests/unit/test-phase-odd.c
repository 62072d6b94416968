// SPDX-License-Identifier: GPL-2.0-only
/* The window, on readings that do not agree with it, and at the ends of time. */
#include "../../drivers/rtc/sync/phase.h"
#include "truth.h"

#define RUNS		2000
#define YEAR_S		(366LL * 86400)
#define US		1000LL
#define MS		1000000LL

static struct truth truth;

static enum rtc_sync_verdict apply_at(struct rtc_sync_phase *phase, time64_t sec,
				      s64 lo_raw_ns, s64 hi_raw_ns)
{
	return rtc_sync_phase_apply(phase, sec, &(struct rtc_sync_span) {
		.lo = lo_raw_ns, .hi = hi_raw_ns });
}

/* Some seconds of bisecting on a steady rate, until the window is narrow. */
static void narrow(struct rtc_sync_phase *phase)
{
	struct rtc_sync_span any_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	struct rtc_sync_window window;
	s64 raw_ns;
	int k;

	raw_ns = truth.edge_half_ns[0] / 2 + random_between(1, 900 * MS);
	rtc_sync_phase_begin(phase, truth.first_s,
			     &(struct rtc_sync_span) { raw_ns, raw_ns }, &any_ppb);
	for (k = 0; k < 60; k++) {
		window = rtc_sync_phase_at(phase, phase->window.sec + 1);
		raw_ns = rtc_sync_span_mid(&window.edge_raw_ns);
		apply_at(phase, truth.first_s + truth_second(&truth, raw_ns),
			 raw_ns, raw_ns);
	}
	assert_in_range(rtc_sync_span_width(&phase->window.edge_raw_ns), 0, 999);
}

static s64 random_steady(struct rtc_sync_phase *phase)
{
	truth_init(&truth, random_up_to(1LL << 61), random_signed(500000), 0);
	narrow(phase);
	return rtc_sync_span_mid(&phase->window.edge_raw_ns);
}

/* Two seconds off or more at any instant; one, where it can be told. */
static void another_second_is_a_jump(void **state)
{
	enum rtc_sync_verdict verdict;
	struct rtc_sync_phase phase;
	struct rtc_sync_phase was;
	s64 ahead_ns;
	time64_t due;
	s64 raw_ns;
	s64 off;
	int i;
	int k;

	for (i = 0; i < RUNS / 10; i++) {
		raw_ns = random_steady(&phase);
		due = phase.window.sec;
		was = phase;
		for (k = 0; k < 20; k++) {
			off = random_signed(due < YEAR_S ? due / 2 : YEAR_S);
			ahead_ns = random_between(2 * MS, 998 * MS);
			if (off == 1)
				ahead_ns = random_between(2 * MS, 498 * MS);
			else if (off == -1)
				ahead_ns = random_between(502 * MS, 998 * MS);
			else if (!off)
				continue;
			verdict = apply_at(&phase, due + off, raw_ns + ahead_ns,
					   raw_ns + ahead_ns + random_up_to(US));
			assert_that(verdict == RTC_SYNC_JUMP, "%lld s off, %lld ns in: %d",
				    off, ahead_ns, verdict);
			assert_memory_equal(&phase, &was, sizeof(was));
		}
	}
}

/*
 * The old second still shown @beside_ns after the window, or the new one already
 * before it. The gap is what the reading says less what the window allows.
 */
static void beside_the_window_is_a_contradiction(void **state)
{
	enum rtc_sync_verdict verdict;
	struct rtc_sync_phase phase;
	struct rtc_sync_window before;
	struct rtc_sync_window was;
	s64 beside_ns;
	s64 mark_raw_ns;
	int i;

	for (i = 0; i < RUNS; i++) {
		random_steady(&phase);
		was = phase.window;
		before = was;
		/* What is not known of the rate hides less than 1 us of a second. */
		beside_ns = US + random_up_to(400 * MS - US);
		if (random_one_in(2)) {
			mark_raw_ns = was.edge_raw_ns.hi + beside_ns;
			verdict = apply_at(&phase, was.sec - 1, mark_raw_ns,
					   mark_raw_ns + random_up_to(US));
		} else {
			mark_raw_ns = was.edge_raw_ns.lo - beside_ns;
			verdict = apply_at(&phase, was.sec,
					   mark_raw_ns - random_up_to(US), mark_raw_ns);
			mark_raw_ns += RTC_SYNC_NS_PER_S;
		}
		assert_that(verdict == RTC_SYNC_CONTRADICTION, "%lld ns beside: %d",
			    beside_ns, verdict);
		was = phase.window;
		assert_that(was.edge_raw_ns.lo <= mark_raw_ns + MS &&
			    mark_raw_ns - MS <= was.edge_raw_ns.hi, "reading not held");
		assert_that(truth_is_edge_in(&truth, (int)(was.sec - truth.first_s),
					     &was.edge_raw_ns),
			    "%lld ns beside: the window that was right is not held",
			    beside_ns);
		assert_that(was.period_ppb.lo <= max_t(s64, before.period_ppb.lo - beside_ns / 2,
						       -RTC_SYNC_PERIOD_MAX_PPB) &&
			    was.period_ppb.hi >= min_t(s64, before.period_ppb.hi + beside_ns / 2,
						       RTC_SYNC_PERIOD_MAX_PPB),
			    "%lld ns beside: rate still %lld..%lld", beside_ns,
			    was.period_ppb.lo, was.period_ppb.hi);
		assert_that(truth_is_rate_in(&truth, (int)(was.sec - truth.first_s),
					     &was.period_ppb),
			    "%lld ns beside: the rate that was right is not held",
			    beside_ns);
		assert_true(was.period_ppb.lo >= -RTC_SYNC_PERIOD_MAX_PPB &&
			    was.period_ppb.hi <= RTC_SYNC_PERIOD_MAX_PPB);
		assert_int_equal(phase.no_earlier.count, 1);
		assert_int_equal(phase.no_later.count, 1);
	}
}

/* A wide window is not made narrower by what contradicts it. */
static void a_wide_window_is_held_too(void **state)
{
	struct rtc_sync_span exact_ppb = { 0, 0 };
	struct rtc_sync_phase phase;
	enum rtc_sync_verdict verdict;

	/* The edge of 1001 comes within 0..100 ms; at 101 ms it is still 1000. */
	rtc_sync_phase_begin(&phase, 1000, &(struct rtc_sync_span) { 0, 0 }, &exact_ppb);
	apply_at(&phase, 1001, 100 * MS, 100 * MS);
	verdict = apply_at(&phase, 1000, 101 * MS, 101 * MS);
	assert_int_equal(verdict, RTC_SYNC_CONTRADICTION);
	assert_that(phase.window.edge_raw_ns.lo - (phase.window.sec - 1001) *
		    RTC_SYNC_NS_PER_S <= 0,
		    "0..100 ms was held, now nothing before %lld ns",
		    phase.window.edge_raw_ns.lo - (phase.window.sec - 1001) *
		    RTC_SYNC_NS_PER_S);
}

/* No steady rate joins the marks any more: the rate is doubted, widely enough. */
static void a_sudden_rate_is_a_contradiction(void **state)
{
	struct rtc_sync_window window;
	enum rtc_sync_verdict verdict;
	struct rtc_sync_phase phase;
	s64 knock_ppb;
	s64 raw_ns;
	int first;
	int i;
	int k;

	for (i = 0; i < RUNS / 10; i++) {
		random_steady(&phase);
		knock_ppb = random_between(1000, 10000);
		if (random_one_in(2))
			knock_ppb = -knock_ppb;
		first = (int)(phase.window.sec - truth.first_s);
		for (k = first; k < TRUTH_SECONDS; k++) {
			truth.rate_ppb[k] += knock_ppb;
			truth.edge_half_ns[k] += 2 * knock_ppb * (k - first);
		}
		/* Looks on either side of the window, each a second after the other. */
		verdict = RTC_SYNC_NO_NEWS;
		for (k = 0; k < 1000 && verdict < RTC_SYNC_CONTRADICTION; k++) {
			window = rtc_sync_phase_at(&phase, phase.window.sec + 1);
			raw_ns = k & 1 ? window.edge_raw_ns.lo - US :
					 window.edge_raw_ns.hi + US;
			verdict = apply_at(&phase, truth.first_s +
					   truth_second(&truth, raw_ns), raw_ns, raw_ns);
		}
		window = phase.window;
		first = (int)(window.sec - truth.first_s);
		assert_that(verdict == RTC_SYNC_CONTRADICTION, "knocked by %lld ppb: %d",
			    knock_ppb, verdict);
		assert_that(truth_is_rate_in(&truth, first, &window.period_ppb),
			    "knocked by %lld ppb, noticed after %d looks: rate %lld in %lld..%lld",
			    knock_ppb, k, truth.rate_ppb[first],
			    window.period_ppb.lo, window.period_ppb.hi);
		assert_int_equal(phase.no_earlier.count, 1);
		assert_int_equal(phase.no_later.count, 1);
	}
}

/* Gaps of ten years, the first second and the last, and raw times at both ends. */
static void no_overflow_at_the_ends(void **state)
{
	struct rtc_sync_span period_ppb;
	enum rtc_sync_verdict verdict;
	struct rtc_sync_phase phase;
	struct rtc_sync_span latch;
	s64 error_ns;
	s64 rate_ppb;
	time64_t sec;
	s64 gap_s;
	s64 raw_ns;
	int i;

	for (i = 0; i < 10 * RUNS; i++) {
		rate_ppb = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
		if (random_one_in(2))
			period_ppb = (struct rtc_sync_span) { rate_ppb, rate_ppb };
		sec = random_one_in(2) ? random_up_to(1000) :
					 RTC_SYNC_NS_PER_S * 7 + 258118399 -
					 random_up_to(11 * YEAR_S);
		raw_ns = random_one_in(2) ? random_up_to(1000) :
					    (1LL << 62) - random_up_to(1000);
		gap_s = random_up_to(10 * YEAR_S - 1);
		latch = (struct rtc_sync_span) { raw_ns, raw_ns + random_up_to(MS) };
		rtc_sync_phase_begin(&phase, sec, &latch, &period_ppb);

		raw_ns += gap_s * (RTC_SYNC_NS_PER_S + rate_ppb);
		latch = (struct rtc_sync_span) { raw_ns, raw_ns + random_up_to(MS) };
		rtc_sync_window_time_ns(&phase.window, raw_ns, &error_ns);
		assert_true(error_ns >= 0);
		verdict = rtc_sync_phase_apply(&phase, sec + gap_s, &latch);
		assert_that(verdict < RTC_SYNC_CONTRADICTION, "verdict %d after %lld s",
			    verdict, gap_s);
		assert_int_equal(phase.window.sec, sec + gap_s + 1);
		assert_that(phase.window.edge_raw_ns.lo <= raw_ns + RTC_SYNC_NS_PER_S + rate_ppb &&
			    phase.window.edge_raw_ns.hi >= raw_ns,
			    "%lld..%lld after %lld s", phase.window.edge_raw_ns.lo - raw_ns,
			    phase.window.edge_raw_ns.hi - raw_ns, gap_s);
		assert_true(rtc_sync_span_width(&phase.window.edge_raw_ns) <=
			    RTC_SYNC_NS_PER_S + 3 * MS);
	}
}

/* The window of one reading: from its latch to a longest second after it. */
static void begin_is_one_second_wide(void **state)
{
	struct rtc_sync_span period_ppb;
	struct rtc_sync_phase phase;
	struct rtc_sync_span latch;
	int i;

	for (i = 0; i < RUNS; i++) {
		period_ppb.lo = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		period_ppb.hi = random_between(period_ppb.lo, RTC_SYNC_PERIOD_MAX_PPB);
		latch.lo = random_up_to(1LL << 62);
		latch.hi = latch.lo + random_up_to(MS);
		rtc_sync_phase_begin(&phase, 5, &latch, &period_ppb);
		assert_int_equal(phase.window.sec, 6);
		assert_true(phase.window.edge_raw_ns.lo == latch.lo);
		assert_true(phase.window.edge_raw_ns.hi ==
			    latch.hi + RTC_SYNC_NS_PER_S + period_ppb.hi);
		assert_memory_equal(&phase.window.period_ppb, &period_ppb,
				    sizeof(period_ppb));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(another_second_is_a_jump),
		random_test(beside_the_window_is_a_contradiction),
		random_test(a_wide_window_is_held_too),
		random_test(a_sudden_rate_is_a_contradiction),
		random_test(no_overflow_at_the_ends),
		random_test(begin_is_one_second_wide),
	};

	return cmocka_run_group_tests_name("phase-odd", tests, random_begin, NULL);
}
