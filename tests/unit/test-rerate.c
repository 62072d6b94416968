// SPDX-License-Identifier: GPL-2.0-only
/* The tracker while the RTC's own rate is changed, by a trim: what it knows holds. */
#include "board.h"

#define RUNS	150
#define US	1000LL

static struct board board;

/* The RTC's rate, once it is faster by this. */
static s64 trimmed_ppb(s64 period_ppb, s64 by_ppb)
{
	return (period_ppb - by_ppb) -
	       (period_ppb - by_ppb) * by_ppb / RTC_SYNC_NS_PER_S;
}

/* From an instant on, amid a second, the RTC runs at another rate. */
static void act(struct board *board, s64 raw_ns, s64 by_ppb)
{
	s64 rtc_ns = board_rtc_ns(board, raw_ns);
	s64 rest_ns = rtc_ns % RTC_SYNC_NS_PER_S;

	board->sec = rtc_ns / RTC_SYNC_NS_PER_S;
	board->period_ppb = trimmed_ppb(board->period_ppb, by_ppb);
	board->base_ppb = trimmed_ppb(board->base_ppb, by_ppb);
	board->edge_raw_ns = raw_ns - rest_ns -
			     rest_ns * board->period_ppb / RTC_SYNC_NS_PER_S;
}

/* By a clear margin: the board's own sums are to a ppb. */
static s64 random_by_ppb(void)
{
	return random_signed(random_one_in(4) ? 200000 : 10000);
}

/* Run on, with the change somewhere in between. */
static void run_past(s64 act_raw_ns, s64 by_ppb, s64 s)
{
	s64 until_raw_ns = board.raw_ns + s * RTC_SYNC_NS_PER_S;
	bool has_acted = false;
	int i;

	for (i = 0; board_plan(&board) <= until_raw_ns; i++) {
		assert_that(i < 200 + 2 * s, "%d readings in %lld s", i, s);
		if (!has_acted && board_plan(&board) >= act_raw_ns) {
			act(&board, max(act_raw_ns, board.raw_ns), by_ppb);
			has_acted = true;
		}
		board_step(&board);
	}
	board.raw_ns = max(board.raw_ns, until_raw_ns);
	if (!has_acted)
		act(&board, act_raw_ns, by_ppb);
}

/* Every reading, and the bound at each, is checked by the board. */
static void trim(s64 by_ppb, s64 slack_ppb, s64 lag_s, s64 s)
{
	const struct rtc_sync_retrim change = {
		.by_ppb = (s32)by_ppb,
		.slack_ppb = (s32)slack_ppb,
		.lag_ns = lag_s * RTC_SYNC_NS_PER_S,
	};
	s64 act_raw_ns = board.raw_ns + random_between(0, lag_s * RTC_SYNC_NS_PER_S);
	s64 really_ppb = by_ppb + random_between(-slack_ppb, slack_ppb);

	rtc_sync_tracker_was_trimmed(&board.tracker, &change, board.raw_ns);
	assert_int_equal(rtc_sync_tracker_is_changing(&board.tracker),
			 lag_s > 0);
	board_wake(&board);
	run_past(act_raw_ns, really_ppb, s);
}

/* At once or later, exactly or nearly, in any stage: no contradiction, no surprise. */
static void a_trim_is_no_surprise(void **state)
{
	static const u32 intervals_s[] = { 1, 10, 60, 600 };
	s64 lag_s;
	int trims;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, intervals_s[i % 4]);
		board.wanders = random_one_in(2);
		board_run(&board, random_one_in(3) ? random_up_to(30) : 600, 700);
		for (trims = 0; trims < 3; trims++) {
			lag_s = random_one_in(2) ? 0 : random_up_to(random_one_in(4) ? 7200 : 130);
			trim(random_by_ppb(), random_one_in(2) ? 0 : random_up_to(3000),
			     lag_s, lag_s + random_between(70, 2000));
			assert_false(rtc_sync_tracker_is_changing(&board.tracker) &&
				     intervals_s[i % 4] < 600);
		}
		board_run(&board, 1300, 2000);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_int_equal(board.tracker.counts.contradictions, 0);
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
	}
}

/* An exact one, at once, costs nothing of what is known of the rate. */
static void an_exact_trim_unlearns_nothing(void **state)
{
	struct rtc_sync_window before;
	struct rtc_sync_window after;
	s64 before_ppb;
	s64 line_ppb;
	s64 by_ppb;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, random_between(300, 2000), 1000);
		by_ppb = random_by_ppb();
		before = rtc_sync_phase_at(&board.tracker.phase,
					   board_now_s(&board));
		before_ppb = board.tracker.line.period_ppt / 1000;
		trim(by_ppb, 0, 0, 0);
		after = board.tracker.phase.window;
		line_ppb = board.tracker.line.period_ppt / 1000;

		assert_true(rtc_sync_tracker_is_settled(&board.tracker));
		assert_that(rtc_sync_span_width(&after.period_ppb) <=
			    rtc_sync_span_width(&before.period_ppb) + 3,
			    "by %lld: %lld ppb wide, %lld before", by_ppb,
			    rtc_sync_span_width(&after.period_ppb),
			    rtc_sync_span_width(&before.period_ppb));
		assert_that(rtc_sync_span_width(&after.edge_raw_ns) <=
			    rtc_sync_span_width(&before.edge_raw_ns) +
			    2 * llabs(by_ppb),
			    "by %lld: %lld ns wide, %lld before", by_ppb,
			    rtc_sync_span_width(&after.edge_raw_ns),
			    rtc_sync_span_width(&before.edge_raw_ns));
		assert_that(llabs(line_ppb - trimmed_ppb(before_ppb, by_ppb)) <= 2,
			    "by %lld: line %lld ppb, %lld before", by_ppb, line_ppb,
			    before_ppb);
	}
}

/* A chip that says one thing and does another: found out once, and followed. */
static void a_lie_is_found_out(void **state)
{
	int i;

	for (i = 0; i < RUNS / 3; i++) {
		board_lock(&board, 1 + (u32)random_up_to(10));
		board_run(&board, random_between(300, 900), 2000);
		board.is_honest = false;
		rtc_sync_tracker_was_trimmed(&board.tracker, &(struct rtc_sync_retrim) {
			.by_ppb = 3000, .slack_ppb = 300, .lag_ns = 7200 * RTC_SYNC_NS_PER_S,
		}, board.raw_ns);
		board_wake(&board);
		run_past(board.raw_ns, random_one_in(2) ? -60000 : 90000, 600);
		assert_in_range(board.tracker.counts.contradictions, 1, 3);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		board_check_truth(&board);
	}
}

/* Long intervals: the rate is looked at soon, not in a day. */
static void it_is_looked_at_soon(void **state)
{
	s64 due_s;
	int i;

	for (i = 0; i < RUNS / 5; i++) {
		board_lock(&board, 86400);
		board_run(&board, 100000, 3000);
		trim(random_by_ppb(), 1000, 0, 0);
		due_s = (board_plan(&board) - board.raw_ns) / RTC_SYNC_NS_PER_S;
		assert_that(due_s <= 20, "in %lld s", due_s);
		board_run(&board, 3600, 1000);
		assert_int_equal(board.tracker.counts.contradictions, 0);
	}
}

/* While nothing is known of the phase, and when it is found anew. */
static void a_trim_during_a_restart(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, random_up_to(300), 300);
		rtc_sync_tracker_restart(&board.tracker);
		trim(random_signed(20000), random_up_to(2000), random_up_to(60),
		     random_between(200, 400));
		rtc_sync_tracker_restart(&board.tracker);
		board_wake(&board);
		board_run(&board, 200, 300);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_int_equal(board.tracker.counts.contradictions, 0);
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
	}
}

/*
 * One that leaves out pulses: between the lumps the RTC runs untrimmed. The window
 * holds the RTC's edge as it is, and where it would be on average.
 */
static void lumps_are_within_the_bound(void **state)
{
	s64 average_ns;
	s64 lump_raw_ns;
	s64 trim_ppb;
	s64 error_ns;
	s64 lump_s;
	s64 off_ns;
	int i;
	int k;

	for (i = 0; i < RUNS / 3; i++) {
		board_init(&board, 10);
		lump_s = random_between(30, 60);
		trim_ppb = random_signed(30000);
		rtc_sync_tracker_set_blur(&board.tracker, llabs(trim_ppb) * lump_s);
		lump_raw_ns = board.raw_ns + random_up_to(lump_s * RTC_SYNC_NS_PER_S);
		for (k = 0; k < 40; k++) {
			board_run(&board, (lump_raw_ns - board.raw_ns) / RTC_SYNC_NS_PER_S + 1,
				  1000);
			average_ns = board_rtc_ns(&board, board.raw_ns) + trim_ppb * lump_s / 2;
			if (rtc_sync_tracker_is_usable(&board.tracker)) {
				off_ns = rtc_sync_line_time_ns(&board.tracker.line,
							       &board.tracker.phase.window,
							       board.raw_ns, &error_ns) -
					 average_ns;
				assert_that(llabs(off_ns) <= error_ns,
					    "%lld ns off, bound %lld", off_ns, error_ns);
			}
			board.edge_raw_ns -= trim_ppb * lump_s;
			board_wake(&board);
			lump_raw_ns += lump_s * RTC_SYNC_NS_PER_S;
		}
		assert_true(rtc_sync_tracker_is_settled(&board.tracker));
		assert_int_equal(board.tracker.counts.contradictions, 0);
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
	}
}

/* Somebody trims an RTC that is tracked already. */
static void lumps_may_begin(void **state)
{
	s64 lump_raw_ns;
	s64 trim_ppb;
	int i;
	int k;

	for (i = 0; i < RUNS / 3; i++) {
		board_lock(&board, 10);
		board_run(&board, random_up_to(300), 300);
		trim_ppb = random_signed(30000);
		lump_raw_ns = board.raw_ns + random_up_to(60 * RTC_SYNC_NS_PER_S);
		rtc_sync_tracker_was_trimmed(&board.tracker, &(struct rtc_sync_retrim) {
			.by_ppb = (s32)trim_ppb, .lag_ns = 60 * RTC_SYNC_NS_PER_S,
		}, board.raw_ns);
		rtc_sync_tracker_set_blur(&board.tracker, llabs(trim_ppb) * 60);
		for (k = 0; k < 20; k++) {
			board_wake(&board);
			board_run(&board, (lump_raw_ns - board.raw_ns) / RTC_SYNC_NS_PER_S,
				  1000);
			board.edge_raw_ns -= trim_ppb * 60;
			lump_raw_ns += 60 * RTC_SYNC_NS_PER_S;
		}
		assert_int_equal(board.tracker.counts.contradictions, 0);
	}
}

/* A rate from before the boot: right, it is of use; wrong, it is found out. */
static void a_rate_from_before_helps_or_is_dropped(void **state)
{
	struct rtc_sync_span span_ppb;
	s64 wide_ppb;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, 10);
		board_step(&board);
		wide_ppb = random_between(1000, 50000);
		span_ppb.lo = board.period_ppb - random_up_to(wide_ppb);
		span_ppb.hi = span_ppb.lo + wide_ppb + random_up_to(wide_ppb);
		rtc_sync_tracker_know_period(&board.tracker, &span_ppb);
		assert_true(rtc_sync_span_width(&board.tracker.phase.window.period_ppb) <=
			    2 * wide_ppb);
		board_run(&board, 60, 300);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_int_equal(board.tracker.counts.contradictions, 0);

		board_init(&board, 10);
		board.is_honest = false;
		board_step(&board);
		span_ppb.lo = board.period_ppb + random_between(1000, 200000);
		span_ppb.hi = span_ppb.lo + wide_ppb;
		rtc_sync_tracker_know_period(&board.tracker, &span_ppb);
		board_run(&board, 600, 1000);
		assert_true(rtc_sync_tracker_is_settled(&board.tracker));
		board_check_truth(&board);
	}
}

/* Nor is one that can't be: what was known stays. */
static void an_impossible_rate_is_not_taken(void **state)
{
	const struct rtc_sync_span far_ppb = { .lo = 400000, .hi = 410000 };
	struct rtc_sync_span before_ppb;

	board_init(&board, 10);
	before_ppb = board.tracker.kept_ppb;
	rtc_sync_tracker_know_period(&board.tracker, &far_ppb);
	assert_true(board.tracker.kept_ppb.lo == before_ppb.lo);
	assert_true(board.tracker.kept_ppb.hi == before_ppb.hi);

	/* Nor when the edge is known: then it goes by what was seen. */
	board_lock(&board, 10);
	before_ppb = board.tracker.phase.window.period_ppb;
	rtc_sync_tracker_know_period(&board.tracker, &(struct rtc_sync_span) {
		.lo = before_ppb.lo + 1, .hi = before_ppb.hi + 1,
	});
	assert_true(board.tracker.phase.window.period_ppb.lo == before_ppb.lo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(a_trim_is_no_surprise),
		random_test(an_exact_trim_unlearns_nothing),
		random_test(a_lie_is_found_out),
		random_test(it_is_looked_at_soon),
		random_test(a_trim_during_a_restart),
		random_test(lumps_are_within_the_bound),
		random_test(lumps_may_begin),
		random_test(a_rate_from_before_helps_or_is_dropped),
		random_test(an_impossible_rate_is_not_taken),
	};

	return cmocka_run_group_tests_name("rerate", tests, random_begin, NULL);
}
