// SPDX-License-Identifier: GPL-2.0-only
/*
 * Readings in any order and at any time. Of an RTC whose rate wanders no faster than is
 * allowed for: its true edge lies in the window, and every bound holds. Of anything
 * else: the window holds both what was known and what was read, or nothing is changed.
 */
#include "../../drivers/rtc/sync/phase.h"
#include "../unit/readings.h"
#include "edges.h"

#define READINGS	64
#define YEAR_S		(366LL * 86400)
#define RAW_MAX_NS	(1LL << 61)

static struct truth truth;

static void check_window(const struct rtc_sync_window *window)
{
	int i = (int)(window->sec - truth.first_s);

	assert_false(rtc_sync_span_is_empty(&window->edge_raw_ns));
	check_rate(&window->period_ppb);
	if (i < 0 || i >= TRUTH_SECONDS)
		return;
	assert_that(truth_is_edge_in(&truth, i, &window->edge_raw_ns),
		    "edge %d is %lld ns after lo, window %lld ns", i,
		    truth.edge_half_ns[i] / 2 - window->edge_raw_ns.lo,
		    rtc_sync_span_width(&window->edge_raw_ns));
	assert_that(truth_is_rate_in(&truth, i, &window->period_ppb),
		    "rate %lld at %d not in %lld..%lld", truth.rate_ppb[i], i,
		    window->period_ppb.lo, window->period_ppb.hi);
}

/* The time at some instant by this window, against the truth */
static void check_time_of(const struct rtc_sync_window *window)
{
	s64 raw_ns = rtc_sync_span_mid(&window->edge_raw_ns) +
		     random_signed(3600 * RTC_SYNC_NS_PER_S);
	time64_t second;
	s64 error_ns;
	s64 off_ns;
	s64 ns;

	if (2 * raw_ns < truth.edge_half_ns[0] ||
	    2 * raw_ns >= truth.edge_half_ns[TRUTH_SECONDS - 1])
		return;
	ns = rtc_sync_window_time_ns(window, raw_ns, &error_ns);
	off_ns = ns - truth.first_s * RTC_SYNC_NS_PER_S - truth_time_ns(&truth, raw_ns);
	assert_that(off_ns <= error_ns + 1 && -off_ns <= error_ns + 1,
		    "%lld ns off, bound %lld", off_ns, error_ns);
	second = rtc_sync_window_second(window, raw_ns);
	assert_true(second * RTC_SYNC_NS_PER_S <= ns && ns < (second + 1) * RTC_SYNC_NS_PER_S);
}

static void check_verdict(enum rtc_sync_verdict verdict, const struct rtc_sync_window *now,
			  const struct rtc_sync_window *was)
{
	bool is_lo = now->edge_raw_ns.lo > was->edge_raw_ns.lo;
	bool is_hi = now->edge_raw_ns.hi < was->edge_raw_ns.hi;

	assert_int_equal(now->sec, was->sec);
	assert_true(now->edge_raw_ns.lo >= was->edge_raw_ns.lo &&
		    now->edge_raw_ns.hi <= was->edge_raw_ns.hi);
	assert_true(now->period_ppb.lo >= was->period_ppb.lo &&
		    now->period_ppb.hi <= was->period_ppb.hi);
	assert_int_equal(verdict, is_lo ? RTC_SYNC_EARLY : is_hi ? RTC_SYNC_LATE :
								   RTC_SYNC_NO_NEWS);
}

/* What is known of the rate in a second, by whose end it is another */
static struct rtc_sync_span known_rate(int i)
{
	struct rtc_sync_span period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	s64 least_ppb = min(truth.rate_ppb[i], truth.rate_ppb[i + 1]);
	s64 most_ppb = max(truth.rate_ppb[i], truth.rate_ppb[i + 1]);

	if (random_one_in(2))
		return period_ppb;
	period_ppb.lo = max_t(s64, least_ppb - random_up_to(100000), period_ppb.lo);
	period_ppb.hi = min_t(s64, most_ppb + random_up_to(100000), period_ppb.hi);
	return period_ppb;
}

static void honest_readings(void)
{
	struct rtc_sync_span period_ppb;
	struct rtc_sync_window window;
	enum rtc_sync_verdict verdict;
	struct rtc_sync_phase phase;
	struct rtc_sync_span latch;
	s64 raw_ns;
	int i, k;

	draw_truth(&truth);
	raw_ns = truth.edge_half_ns[1] / 2 + random_between(0, 3000000000LL);
	i = truth_second(&truth, raw_ns);
	period_ppb = known_rate(i);
	latch = around(raw_ns);
	rtc_sync_phase_begin(&phase, truth.first_s + i, &latch, &period_ppb);
	check_window(&phase.window);
	for (k = 0; k < READINGS && input_has_more(); k++) {
		raw_ns = next_instant(&phase, raw_ns);
		i = truth_second(&truth, raw_ns);
		if (i > TRUTH_SECONDS - 10)
			break;
		latch = around(raw_ns);
		window = rtc_sync_phase_at(&phase, truth.first_s + i + 1);
		verdict = rtc_sync_phase_apply(&phase, truth.first_s + i, &latch);
		check_verdict(verdict, &phase.window, &window);
		check_window(&phase.window);
		check_time_of(&phase.window);
		window = rtc_sync_phase_at(&phase, phase.window.sec + random_up_to(2000));
		check_window(&window);
	}
}

static bool holds(const struct rtc_sync_span *outer, const struct rtc_sync_span *inner)
{
	return outer->lo <= inner->lo && inner->hi <= outer->hi;
}

/* What must be so after any reading, whatever it was */
static void check_anything(const struct rtc_sync_phase *was, const struct rtc_sync_phase *now,
			   enum rtc_sync_verdict verdict, time64_t sec)
{
	struct rtc_sync_window due = rtc_sync_phase_at(was, sec + 1);

	check_marks(&now->no_earlier);
	check_marks(&now->no_later);
	check_rate(&now->window.period_ppb);
	assert_false(rtc_sync_span_is_empty(&now->window.edge_raw_ns));
	if (verdict == RTC_SYNC_JUMP) {
		assert_memory_equal(was, now, sizeof(*was));
		return;
	}
	assert_true(now->window.sec > sec && now->window.sec >= was->window.sec);
	if (verdict != RTC_SYNC_CONTRADICTION) {
		check_verdict(verdict, &now->window, &due);
		return;
	}
	assert_int_equal(now->no_earlier.count, 1);
	assert_int_equal(now->no_later.count, 1);
	assert_true(holds(&now->window.edge_raw_ns, &due.edge_raw_ns) ||
		    holds(&due.edge_raw_ns, &now->window.edge_raw_ns));
	assert_true(holds(&now->window.period_ppb, &due.period_ppb));
}

/* What an RTC shows that is read, or garbled, or set, or stopped */
static time64_t any_second(const struct rtc_sync_phase *phase, s64 raw_ns)
{
	time64_t sec = rtc_sync_window_second(&phase->window, raw_ns);

	sec += random_signed(random_one_in(4) ? 10 * YEAR_S : 3);
	return clamp_t(s64, sec, 0, 7258118399LL);
}

static void any_readings(void)
{
	struct rtc_sync_span period_ppb = draw_rate();
	time64_t sec = random_between(0, 7258118399LL);
	s64 raw_ns = random_up_to(RAW_MAX_NS);
	struct rtc_sync_span latch = around(raw_ns);
	enum rtc_sync_verdict verdict;
	struct rtc_sync_phase phase;
	struct rtc_sync_phase was;
	int k;

	rtc_sync_phase_begin(&phase, sec, &latch, &period_ppb);
	for (k = 0; k < READINGS && input_has_more(); k++) {
		raw_ns += random_up_to(YEAR_S / 12 * RTC_SYNC_NS_PER_S);
		latch = around(raw_ns);
		sec = any_second(&phase, raw_ns);
		was = phase;
		verdict = rtc_sync_phase_apply(&phase, sec, &latch);
		check_anything(&was, &phase, verdict, sec);
		if (random_one_in(16)) {
			was = phase;
			rtc_sync_phase_rerate(&phase, &was.window, random_up_to(100000000));
		}
	}
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	input_begin(bytes, size);
	if (random_one_in(2))
		honest_readings();
	else
		any_readings();
	return 0;
}
