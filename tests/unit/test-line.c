// SPDX-License-Identifier: GPL-2.0-only
/* The line, in windows that hold a known one: inside, smooth, and honest. */
#include "../../drivers/rtc/sync/line.h"
#include "truth.h"

#define RUNS		300
#define DAY_S		86400LL
#define YEAR_S		(366LL * DAY_S)
#define FAR_RAW_NS	(1LL << 62)
#define US		1000LL
#define MS		1000000LL

static struct truth truth;

static void check_inside(const struct rtc_sync_line *line,
			 const struct rtc_sync_window *window)
{
	assert_int_equal(line->sec, window->sec);
	assert_that(line->edge_raw_ns >= window->edge_raw_ns.lo &&
		    line->edge_raw_ns <= window->edge_raw_ns.hi,
		    "edge %lld ns after lo, window %lld ns",
		    line->edge_raw_ns - window->edge_raw_ns.lo,
		    rtc_sync_span_width(&window->edge_raw_ns));
	assert_that(line->period_ppt >= window->period_ppb.lo * 1000 &&
		    line->period_ppt <= window->period_ppb.hi * 1000,
		    "%lld ppt, window %lld..%lld ppb", line->period_ppt,
		    window->period_ppb.lo, window->period_ppb.hi);
}

/* A span of up to @width that holds the value, anywhere in it. */
static struct rtc_sync_span around(s64 value, s64 width)
{
	s64 lo = value - random_up_to(width);

	return (struct rtc_sync_span) { lo, lo + width };
}

static struct rtc_sync_span rate_around(s64 ppb, s64 width_ppb)
{
	struct rtc_sync_span span = around(ppb, width_ppb);

	span.lo = max_t(s64, span.lo, -RTC_SYNC_PERIOD_MAX_PPB);
	span.hi = min_t(s64, span.hi, RTC_SYNC_PERIOD_MAX_PPB);
	return span;
}

/* On a steady line: where the edge of a second is, by the window and in truth. */
struct steady {
	s64 first_raw_ns;
	s64 period_ppb;
	s64 width_ns;
	struct rtc_sync_window window;
};

static void steady_init(struct steady *steady, s64 width_ns)
{
	steady->first_raw_ns = random_up_to(1LL << 60);
	steady->period_ppb = random_signed(500000);
	steady->width_ns = width_ns;
	steady->window.sec = 0;
}

static s64 steady_edge(const struct steady *steady)
{
	return steady->first_raw_ns +
	       steady->window.sec * (RTC_SYNC_NS_PER_S + steady->period_ppb);
}

/* The window at @s later; all places in it are alike. */
static const struct rtc_sync_window *steady_next(struct steady *steady, s64 s)
{
	s64 lo;

	steady->window.sec += s;
	lo = steady_edge(steady) - random_between(0, steady->width_ns);
	steady->window.edge_raw_ns = (struct rtc_sync_span) { lo, lo + steady->width_ns };
	steady->window.period_ppb = rate_around(steady->period_ppb, 40000);
	return &steady->window;
}

/*
 * Gaps from none to ten years, rates from end to end, raw times near the last
 * one: whatever the window does, as long as there is something in it.
 */
static void it_never_leaves_the_window(void **state)
{
	struct rtc_sync_window window;
	struct rtc_sync_line line;
	s64 width_ns;
	s64 rate_ppb;
	s64 edge_ns;
	s64 gap_s;
	int i;
	int k;

	for (i = 0; i < 10 * RUNS; i++) {
		rate_ppb = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		edge_ns = random_one_in(2) ? random_up_to(1000 * RTC_SYNC_NS_PER_S) :
					     FAR_RAW_NS - random_up_to(1000);
		window.sec = random_between(0, 7258118399LL);
		window.edge_raw_ns = around(edge_ns, random_up_to(RTC_SYNC_NS_PER_S));
		window.period_ppb = rate_around(rate_ppb, random_up_to(2000000));
		rtc_sync_line_begin(&line, &window);
		check_inside(&line, &window);
		for (k = 0; k < 50; k++) {
			gap_s = random_up_to(random_one_in(20) ? 400 * DAY_S : 4000);
			if (random_one_in(10))
				rate_ppb = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
			width_ns = random_up_to(random_one_in(4) ? RTC_SYNC_NS_PER_S : MS);
			edge_ns += gap_s * (RTC_SYNC_NS_PER_S + rate_ppb);
			window.sec += gap_s;
			window.edge_raw_ns = around(edge_ns, width_ns);
			window.period_ppb = rate_around(rate_ppb, random_up_to(2000000));
			if (random_one_in(10))
				rtc_sync_line_doubt(&line);
			if (random_one_in(4))
				rtc_sync_line_hold(&line, &window);
			else
				rtc_sync_line_follow(&line, &window,
						     1 + random_up_to(3 * DAY_S));
			check_inside(&line, &window);
			assert_that(line.memory_s >= 0 && line.memory_s <= 3 * DAY_S,
				    "memory %lld s", line.memory_s);
		}
	}
}

/* The longest gap that is followed, off by all that a rate can be, and one more. */
static void no_overflow_in_long_gaps(void **state)
{
	struct rtc_sync_window window;
	struct rtc_sync_line line;
	s64 max_ppb = RTC_SYNC_PERIOD_MAX_PPB;
	s64 gap_s;
	int i;

	for (i = 0; i < RUNS; i++) {
		window = (struct rtc_sync_window) {
			.sec = 1,
			.edge_raw_ns = { FAR_RAW_NS, FAR_RAW_NS },
			.period_ppb = { max_ppb, max_ppb },
		};
		rtc_sync_line_begin(&line, &window);
		gap_s = i ? random_up_to(400 * DAY_S) : 2 * DAY_S;
		window.sec += gap_s;
		window.edge_raw_ns.lo += gap_s * (RTC_SYNC_NS_PER_S - max_ppb);
		window.edge_raw_ns.hi = window.edge_raw_ns.lo + MS;
		window.period_ppb = (struct rtc_sync_span) { -max_ppb, max_ppb };
		rtc_sync_line_follow(&line, &window, 3 * DAY_S);
		check_inside(&line, &window);
		assert_that(gap_s > 2 * DAY_S ? !line.period_ppt :
			    line.period_ppt <= max_ppb * 1000, "%lld ppt", line.period_ppt);
	}
}

/* After a gap that is too long to say anything the line follows as before. */
static void a_gap_is_not_the_end(void **state)
{
	struct rtc_sync_line line;
	struct steady steady;
	s64 off_ppt;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		steady_init(&steady, 50 * US);
		rtc_sync_line_begin(&line, steady_next(&steady, 1));
		for (k = 0; k < 3; k++) {
			rtc_sync_line_follow(&line, steady_next(&steady, 2 * DAY_S + 1 +
						random_up_to(400 * DAY_S)), 200);
			check_inside(&line, &steady.window);
		}
		for (k = 0; k < 100; k++)
			rtc_sync_line_follow(&line, steady_next(&steady, 10), 200);
		assert_that(line.known_s == steady.window.sec, "known %lld s ago",
			    steady.window.sec - line.known_s);
		assert_in_range(line.memory_s, 200, 200);
		off_ppt = line.period_ppt - steady.period_ppb * 1000;
		assert_that(off_ppt < 300000 && off_ppt > -300000, "%lld ppt off", off_ppt);
	}
}

/*
 * Windows of one width, the truth anywhere in them: the line is nearer to it than
 * their middles, and its rate as near as a line through so many middles can be.
 *
 * With d between the windows and a memory of M, both much less than what was watched:
 * the rate's variance is d / (4 M^3) of that of a middle, which is its width^2 / 12;
 * the edge's is less than 5 d / (4 M) of it, and for M = 3 d about half.
 */
static void it_converges_on_a_steady_line(void **state)
{
	double variance;
	double line_sum;
	double mid_sum;
	double off_ppb;
	s64 memory_max_s;
	struct rtc_sync_line line;
	struct steady steady;
	s64 edge_ns;
	s64 off_ns;
	s64 d_s;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		steady_init(&steady, 20 * US + random_up_to(MS));
		d_s = 1 + random_up_to(600);
		memory_max_s = max_t(s64, 200, 3 * d_s);
		line_sum = 0;
		mid_sum = 0;
		rtc_sync_line_begin(&line, steady_next(&steady, d_s));
		for (k = 0; k < 20 * memory_max_s / d_s + 500; k++) {
			rtc_sync_line_follow(&line, steady_next(&steady, d_s), memory_max_s);
			check_inside(&line, &steady.window);
			/* What was known at the beginning is forgotten by then. */
			if (k < 20 * memory_max_s / d_s)
				continue;
			edge_ns = steady_edge(&steady);
			off_ns = line.edge_raw_ns - edge_ns;
			assert_that(off_ns <= steady.width_ns && -off_ns <= steady.width_ns,
				    "%lld ns off, window %lld", off_ns, steady.width_ns);
			line_sum += (double)off_ns * (double)off_ns;
			off_ns = rtc_sync_span_mid(&steady.window.edge_raw_ns) - edge_ns;
			mid_sum += (double)off_ns * (double)off_ns;
		}
		assert_that(line_sum <= 0.75 * mid_sum,
			    "every %lld s: middles %.0f, line %.0f", d_s, mid_sum, line_sum);

		/* Six times that at most, and what whole ns and ppb leave. */
		variance = (double)steady.width_ns * (double)steady.width_ns / 12 *
			   (double)d_s / 4 / (double)(memory_max_s * memory_max_s * memory_max_s);
		off_ppb = (double)(line.period_ppt - steady.period_ppb * 1000) / 1000;
		assert_that(off_ppb * off_ppb <= 36 * variance + 9,
			    "every %lld s, %lld ns wide: %.1f ppb off, 36 variances %.1f",
			    d_s, steady.width_ns, off_ppb, 36 * variance);
	}
}

/* Steps in the time between two windows: no more harm than the windows allow. */
static void gaps_of_all_sizes_are_alike(void **state)
{
	struct rtc_sync_line line;
	struct steady steady;
	s64 off_ns;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		steady_init(&steady, 0);
		rtc_sync_line_begin(&line, steady_next(&steady, 1));
		line.period_ppt = (steady.period_ppb + random_signed(1000)) * 1000;
		for (k = 0; k < 300; k++)
			rtc_sync_line_follow(&line, steady_next(&steady, 1 +
					     random_up_to(random_one_in(9) ? 20000 : 30)), 200);
		off_ns = line.known_raw_ns - steady_edge(&steady);
		assert_that(off_ns <= 500 && off_ns >= -500, "%lld ns off", off_ns);
		assert_in_range(line.period_ppt - steady.period_ppb * 1000 + 3000, 0, 6000);
	}
}

/* Half of what was watched, a second at least, until it is all that may be. */
static void memory_is_half_of_the_time_watched(void **state)
{
	struct rtc_sync_line line;
	struct steady steady;
	s64 watched_s = 0;
	s64 want_s;
	s64 max_s;
	s64 d_s;
	int k;

	steady_init(&steady, US);
	rtc_sync_line_begin(&line, steady_next(&steady, 5));
	assert_int_equal(line.memory_s, 0);
	d_s = 2 * (1 + random_up_to(30));
	max_s = 100 + random_up_to(2000);
	for (k = 0; k < 100; k++) {
		rtc_sync_line_follow(&line, steady_next(&steady, d_s), max_s);
		watched_s += d_s;
		want_s = min_t(s64, watched_s / 2, max_s);
		assert_that(line.memory_s == want_s, "%lld s, not %lld", line.memory_s, want_s);
	}
	/* The same second again teaches nothing. */
	rtc_sync_line_follow(&line, steady_next(&steady, 0), max_s);
	assert_int_equal(line.memory_s, want_s);

	/* A longer time between two windows than it may be: that time. */
	rtc_sync_line_follow(&line, steady_next(&steady, 10000), max_s);
	assert_in_range(line.memory_s, 5000, max_s + 5000);

	/* In doubt: as if it began. */
	rtc_sync_line_doubt(&line);
	rtc_sync_line_follow(&line, steady_next(&steady, d_s), max_s);
	assert_int_equal(line.memory_s, d_s / 2);
}

/* A window too wide to mean anything: straight on, and from there again. */
static void it_holds_its_course(void **state)
{
	struct rtc_sync_line before;
	struct rtc_sync_line line;
	struct steady steady;
	s64 edge_ns;
	s64 ahead_s;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		steady_init(&steady, 10 * US);
		rtc_sync_line_begin(&line, steady_next(&steady, 1));
		for (k = 0; k < 30; k++)
			rtc_sync_line_follow(&line, steady_next(&steady, 10), 200);
		before = line;
		ahead_s = random_up_to(20000);
		steady.width_ns = RTC_SYNC_NS_PER_S;
		steady_next(&steady, ahead_s);
		steady.window.edge_raw_ns.lo -= RTC_SYNC_NS_PER_S;
		steady.window.edge_raw_ns.hi += RTC_SYNC_NS_PER_S;
		steady.window.period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
		rtc_sync_line_hold(&line, &steady.window);
		edge_ns = before.known_raw_ns + ahead_s * RTC_SYNC_NS_PER_S +
			  (s64)((long double)ahead_s * (long double)before.period_ppt / 1000);
		assert_that(line.edge_raw_ns - edge_ns <= 1 && edge_ns - line.edge_raw_ns <= 1,
			    "%lld ns off after %lld s", line.edge_raw_ns - edge_ns, ahead_s);
		assert_true(line.period_ppt == before.period_ppt &&
			    line.memory_s == before.memory_s &&
			    line.known_s == before.known_s &&
			    line.known_raw_ns == before.known_raw_ns);

		/* A window of before what is known says nothing either. */
		steady.window.sec = before.known_s - random_up_to(before.known_s);
		steady.window.edge_raw_ns = around(before.known_raw_ns, 2 * US);
		rtc_sync_line_follow(&line, &steady.window, 200);
		check_inside(&line, &steady.window);
		assert_true(line.known_s == before.known_s);
	}
}

/* A rate that has changed is found sooner by who has doubts. */
static void doubt_makes_it_follow(void **state)
{
	struct rtc_sync_line doubting;
	struct rtc_sync_line line;
	struct steady steady;
	s64 off_ppb;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		steady_init(&steady, US);
		rtc_sync_line_begin(&line, steady_next(&steady, 1));
		for (k = 0; k < 100; k++)
			rtc_sync_line_follow(&line, steady_next(&steady, 10), 200);
		steady.first_raw_ns = steady_edge(&steady);
		steady.period_ppb += random_one_in(2) ? 10000 : -10000;
		steady.window.sec = 0;
		line.sec -= line.known_s;
		line.known_s = 0;
		doubting = line;
		rtc_sync_line_doubt(&doubting);
		for (k = 0; k < 8; k++) {
			steady_next(&steady, 10);
			steady.window.period_ppb = RTC_SYNC_PERIOD_ANY_PPB;
			rtc_sync_line_follow(&line, &steady.window, 200);
			rtc_sync_line_follow(&doubting, &steady.window, 200);
		}
		off_ppb = doubting.period_ppt / 1000 - steady.period_ppb;
		assert_that(off_ppb < 2000 && off_ppb > -2000, "%lld ppb off", off_ppb);
		off_ppb = line.period_ppt / 1000 - steady.period_ppb;
		assert_that(off_ppb > 5000 || off_ppb < -5000, "%lld ppb off", off_ppb);
	}
}

/* A rate that wanders by a ppb/s: behind by M^2 ns, for M seconds of memory. */
static void it_lags_as_is_said(void **state)
{
	struct rtc_sync_window window = { .period_ppb = RTC_SYNC_PERIOD_ANY_PPB };
	struct rtc_sync_line line;
	s64 memory_s;
	s64 raw_ns;
	s64 d_s;
	s64 lag_ns;
	s64 s;
	int i;

	for (i = 0; i < 30; i++) {
		memory_s = random_between(100, 2000);
		d_s = random_between(1, memory_s / 10);
		s = 0;
		rtc_sync_line_begin(&line, &window);
		line.known_s = 0;
		line.known_raw_ns = 0;
		line.period_ppt = 0;
		while (s < 20 * memory_s) {
			s += d_s;
			raw_ns = s * RTC_SYNC_NS_PER_S + s * s / 2;
			window.sec = s;
			window.edge_raw_ns = (struct rtc_sync_span) { raw_ns - MS * 100,
								      raw_ns + MS * 100 };
			rtc_sync_line_follow(&line, &window, memory_s);
		}
		lag_ns = raw_ns - line.edge_raw_ns;
		assert_that(lag_ns > memory_s * memory_s * 9 / 10 &&
			    lag_ns < memory_s * memory_s * 11 / 10,
			    "memory %lld s, every %lld s: %lld ns behind", memory_s, d_s,
			    lag_ns);
	}
}

/* A window that holds the true edge and the true rate of a second. */
static struct rtc_sync_window window_at(int i, s64 width_ns, s64 width_ppb)
{
	struct rtc_sync_window window = { .sec = truth.first_s + i };

	window.edge_raw_ns = around(truth.edge_half_ns[i] / 2, width_ns);
	window.edge_raw_ns.hi++;
	window.period_ppb = around(truth.rate_ppb[i], width_ppb);
	return window;
}

/* If the window holds the truth, so does the line's time with its bound. */
static void the_bound_covers_the_truth(void **state)
{
	struct rtc_sync_window window;
	struct rtc_sync_line line;
	s64 true_ns;
	s64 error_ns;
	s64 raw_ns;
	s64 ns;
	int at;
	int i;
	int k;
	int n;

	for (i = 0; i < RUNS; i++) {
		truth_init_random(&truth);
		at = (int)random_up_to(1000);
		window = window_at(at, random_up_to(RTC_SYNC_NS_PER_S), random_up_to(600000));
		rtc_sync_line_begin(&line, &window);
		for (k = 0; k < 30; k++) {
			at += (int)random_up_to(100);
			window = window_at(at, random_up_to(2 * MS), random_up_to(40000));
			if (random_one_in(5))
				rtc_sync_line_hold(&line, &window);
			else
				rtc_sync_line_follow(&line, &window, 200);
			for (n = 0; n < 5; n++) {
				raw_ns = truth.edge_half_ns[at] / 2 +
					 random_signed(3600 * RTC_SYNC_NS_PER_S);
				if (2 * raw_ns < truth.edge_half_ns[0] ||
				    2 * raw_ns >= truth.edge_half_ns[TRUTH_SECONDS - 1])
					continue;
				true_ns = truth.first_s * RTC_SYNC_NS_PER_S +
					  truth_time_ns(&truth, raw_ns);
				ns = rtc_sync_line_time_ns(&line, &window, raw_ns, &error_ns);
				assert_that(ns - true_ns <= error_ns + 1 &&
					    true_ns - ns <= error_ns + 1,
					    "%lld ns off, bound %lld, %lld ns from the edge",
					    ns - true_ns, error_ns,
					    raw_ns - truth.edge_half_ns[at] / 2);
			}
		}
	}
}

/* The same without wander, in a closed form: any instant within a day. */
static void the_bound_covers_a_day(void **state)
{
	struct rtc_sync_window window;
	struct rtc_sync_line line;
	s64 period_ppb;
	s64 since_ns;
	s64 error_ns;
	s64 true_ns;
	s64 edge_ns;
	s64 ns;
	int i;

	for (i = 0; i < 500 * RUNS; i++) {
		period_ppb = random_signed(RTC_SYNC_PERIOD_MAX_PPB);
		edge_ns = random_up_to(FAR_RAW_NS);
		window.sec = random_between(0, 7258118399LL);
		window.edge_raw_ns = around(edge_ns, random_up_to(MS));
		window.period_ppb = rate_around(period_ppb, random_up_to(1000000));
		/* Anywhere in there, not only in the middle. */
		line = (struct rtc_sync_line) {
			.sec = window.sec,
			.edge_raw_ns = random_between(window.edge_raw_ns.lo,
						      window.edge_raw_ns.hi),
			.period_ppt = random_between(window.period_ppb.lo * 1000,
						     window.period_ppb.hi * 1000),
		};
		since_ns = random_signed(DAY_S * RTC_SYNC_NS_PER_S);
		true_ns = window.sec * RTC_SYNC_NS_PER_S +
			  (s64)((long double)since_ns * 1e9L /
				(long double)(RTC_SYNC_NS_PER_S + period_ppb));
		ns = rtc_sync_line_time_ns(&line, &window, edge_ns + since_ns, &error_ns);
		assert_that(ns - true_ns <= error_ns && true_ns - ns <= error_ns,
			    "window %lld..%lld, line %lld, period %lld in %lld..%lld ppb, line %lld ppt, since %lld: off by %lld, bound %lld",
			    window.edge_raw_ns.lo - edge_ns, window.edge_raw_ns.hi - edge_ns,
			    line.edge_raw_ns - edge_ns, period_ppb, window.period_ppb.lo,
			    window.period_ppb.hi, line.period_ppt, since_ns,
			    ns - true_ns, error_ns);
	}
}

/* A line that is right gives the time to 2 ns, in ten years, and says so at once. */
static void an_exact_line_gives_the_exact_time(void **state)
{
	struct rtc_sync_window window = { .sec = 1767225600 };
	struct rtc_sync_line line;
	s64 since_rtc_ns;
	s64 since_raw_ns;
	s64 error_ns;
	s64 want_ns;
	s64 ns;
	int i;

	for (i = 0; i < 200 * RUNS; i++) {
		line = (struct rtc_sync_line) {
			.sec = window.sec,
			.edge_raw_ns = random_up_to(1LL << 60),
			.period_ppt = random_signed(RTC_SYNC_PERIOD_MAX_PPB * 1000LL),
		};
		window.edge_raw_ns.lo = line.edge_raw_ns;
		window.edge_raw_ns.hi = line.edge_raw_ns;
		window.period_ppb.lo = line.period_ppt / 1000 - (line.period_ppt < 0);
		window.period_ppb.hi = window.period_ppb.lo + 1;
		since_rtc_ns = random_signed(10 * YEAR_S * RTC_SYNC_NS_PER_S);
		since_raw_ns = since_rtc_ns +
			       (s64)((long double)since_rtc_ns *
				     (long double)line.period_ppt / 1e12L);
		want_ns = window.sec * RTC_SYNC_NS_PER_S + since_rtc_ns;
		ns = rtc_sync_line_time_ns(&line, &window, line.edge_raw_ns + since_raw_ns,
					   &error_ns);
		assert_that(ns - want_ns <= 2 && want_ns - ns <= 2,
			    "%lld ns off after %lld ns at %lld ppt", ns - want_ns,
			    since_rtc_ns, line.period_ppt);
	}
	rtc_sync_line_time_ns(&line, &window, line.edge_raw_ns, &error_ns);
	assert_in_range(error_ns, 0, 2);
}

/* Not what the oscillator gains, but what it lacks: 1 / (1 + p) - 1. */
static void freq_is_what_the_oscillator_lacks(void **state)
{
	struct rtc_sync_line line = {};
	long double want_ppb;
	s64 ppb;
	int i;

	for (i = 0; i < 100 * RUNS; i++) {
		line.period_ppt = random_signed(RTC_SYNC_PERIOD_MAX_PPB * 1000LL);
		want_ppb = (1 / (1 + (long double)line.period_ppt / 1e12L) - 1) * 1e9L;
		ppb = rtc_sync_line_freq_ppb(&line);
		assert_that((long double)ppb - want_ppb < 3 && want_ppb - (long double)ppb < 3,
			    "period %lld ppt: %lld", line.period_ppt, ppb);
		if (line.period_ppt > -100000000 && line.period_ppt < 100000000)
			assert_that((long double)ppb - want_ppb < 2 &&
				    want_ppb - (long double)ppb < 2, "period %lld ppt: %lld",
				    line.period_ppt, ppb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(it_never_leaves_the_window),
		random_test(no_overflow_in_long_gaps),
		random_test(a_gap_is_not_the_end),
		random_test(it_converges_on_a_steady_line),
		random_test(gaps_of_all_sizes_are_alike),
		random_test(memory_is_half_of_the_time_watched),
		random_test(it_holds_its_course),
		random_test(doubt_makes_it_follow),
		random_test(it_lags_as_is_said),
		random_test(the_bound_covers_the_truth),
		random_test(the_bound_covers_a_day),
		random_test(an_exact_line_gives_the_exact_time),
		random_test(freq_is_what_the_oscillator_lacks),
	};

	return cmocka_run_group_tests_name("line", tests, random_begin, NULL);
}
