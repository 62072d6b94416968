// SPDX-License-Identifier: GPL-2.0-only
/* The tracker when it has to make sure: PROVE, streaks, SETTLE, a broken oscillator. */
#include "board.h"

#define RUNS	100

static struct board board;

/* So far behind an edge a look still tells where it was. */
static s64 late_ns(const struct rtc_sync_tracker *tracker)
{
	return rtc_sync_tracker_target_ns(tracker) +
	       (tracker->looks + 2) * rtc_sync_pace_gap_ns(&tracker->pace);
}

/* Is the look that is planned where the @n-th one has to be? */
static bool is_in_place(const struct rtc_sync_tracker *tracker, int n)
{
	s64 latch_raw_ns = tracker->plan.start_raw_ns + tracker->pace.lead_ns;
	struct rtc_sync_window edge = tracker->phase.window;
	time64_t sec = rtc_sync_window_second(&edge, latch_raw_ns);

	if (n < 4) {
		edge = rtc_sync_phase_at(&tracker->phase, sec + 1);
		return latch_raw_ns < edge.edge_raw_ns.lo;
	}
	if (n == 4 && !tracker->is_halved)
		return latch_raw_ns >= rtc_sync_span_mid(&edge.edge_raw_ns);
	/* The edge is ahead still, or it was seen by the last look. */
	return latch_raw_ns > edge.edge_raw_ns.hi ||
	       latch_raw_ns < edge.edge_raw_ns.hi - RTC_SYNC_NS_PER_S + late_ns(tracker);
}

/* Four looks before the window, one amid it, and four after it, each near by. */
static void both_ends_are_looked_at(void **state)
{
	struct rtc_sync_tracker *tracker = &board.tracker;
	int halved = 0;
	int looks;
	int n;
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, 10);
		board_run_until(&board, RTC_SYNC_PROVE);
		assert_int_equal(tracker->proved_stage, RTC_SYNC_SETTLE);
		looks = tracker->is_halved ? 8 : 9;
		halved += looks == 9;
		board.syncs = 0;
		for (n = 0; tracker->stage == RTC_SYNC_PROVE; n++) {
			assert_false(rtc_sync_tracker_is_locked(tracker));
			assert_int_equal(board.syncs, 0);
			board_plan(&board);
			assert_true(is_in_place(tracker, n));
			board_step(&board);
		}
		assert_int_equal(n, looks);
		assert_int_equal(tracker->stage, RTC_SYNC_SETTLE);
		assert_true(rtc_sync_tracker_is_locked(tracker));
		assert_int_equal(board.syncs, 1);
	}
	assert_in_range(halved, RUNS, 3 * RUNS);
}

/* What contradicts there, early or late, leaves nothing to rely on. */
static void a_contradiction_forgets_all(void **state)
{
	struct rtc_sync_span *period_ppb = &board.tracker.phase.window.period_ppb;
	s64 by_ns;
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, 10);
		board_run_until(&board, RTC_SYNC_PROVE);
		/* Later is seen after the window, earlier before it. */
		by_ns = random_between(5000000, 300000000);
		board_knock(&board, 0, random_one_in(2) ? by_ns : -by_ns);
		while (board.tracker.stage == RTC_SYNC_PROVE)
			board_step(&board);
		assert_int_equal(board.tracker.counts.contradictions, 1);
		assert_int_equal(board.tracker.counts.reacquisitions, 1);
		assert_int_equal(board.tracker.counts.invalid, 0);
		assert_int_equal(board.tracker.stage, RTC_SYNC_FIRST);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		board_step(&board);
		assert_int_equal(period_ppb->lo, -RTC_SYNC_PERIOD_MAX_PPB);
		assert_int_equal(period_ppb->hi, RTC_SYNC_PERIOD_MAX_PPB);
		board.is_honest = true;
		board_run(&board, 60, 200);
		assert_true(rtc_sync_tracker_is_settled(&board.tracker));
		assert_int_equal(board.tracker.counts.reacquisitions, 1);
	}
}

/* Eight alike lead to PROVE; if all is well it goes on, and no sync is missed. */
static void a_streak_is_looked_into(void **state)
{
	struct rtc_sync_tracker *tracker = &board.tracker;
	time64_t early_s;
	int streaks = 0;
	s64 synced_s;
	int before;
	int reads;
	int i;

	board_lock(&board, 10);
	board.wanders = true;
	for (i = 0; i < 8000; i++) {
		before = tracker->streak;
		board_step(&board);
		if (tracker->stage != RTC_SYNC_PROVE) {
			assert_in_range(tracker->streak < 0 ? -tracker->streak :
					tracker->streak, 0, 7);
			assert_true(tracker->streak == before || tracker->streak == 1 ||
				    tracker->streak == -1 ||
				    tracker->streak == (before > 0 ? before + 1 : before - 1));
			continue;
		}
		streaks++;
		assert_true(before == 7 || before == -7);
		early_s = tracker->due_s;
		synced_s = board.sync_raw_ns / RTC_SYNC_NS_PER_S;
		for (reads = 0; tracker->stage == RTC_SYNC_PROVE; reads++) {
			board_step(&board);
			assert_true(rtc_sync_tracker_is_locked(tracker));
			assert_true(rtc_sync_tracker_is_usable(tracker));
			/* For the due second, not at once. */
			assert_true(tracker->proved_stage != RTC_SYNC_TRACK ||
				    board_now_s(&board) >= early_s - 1);
		}
		assert_int_equal(reads, 2);
		assert_int_equal(tracker->streak, 0);
		assert_true(tracker->stage == tracker->proved_stage);
		assert_true(board.sync_raw_ns / RTC_SYNC_NS_PER_S - synced_s <= 12);
		assert_true(board_now_s(&board) <= early_s + 2);
	}
	/* By chance about one in 128. */
	assert_in_range(streaks, 8, 150);
	assert_int_equal(tracker->counts.contradictions, 0);
	assert_int_equal(tracker->counts.reacquisitions, 0);
}

/* The edge runs away from the window: a streak tells, and the bound holds again. */
static void a_knocked_oscillator_is_found(void **state)
{
	s64 by_ppb;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, random_up_to(1000), 600);
		by_ppb = random_between(20000, 100000);
		board_knock(&board, random_one_in(2) ? by_ppb : -by_ppb, 0);
		board_run(&board, 600, 600);
		assert_true(board.tracker.counts.contradictions > 0);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		board_check_truth(&board);
	}
}

/* Beyond what is likely: locked in the end, and from then on the bound holds. */
static void a_broken_oscillator_is_locked(void **state)
{
	struct rtc_sync_span *period_ppb = &board.tracker.phase.window.period_ppb;
	s64 rate_ppb;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, 10);
		rate_ppb = i ? random_between(350000, 980000) : 800000;
		board.period_ppb = random_one_in(2) ? rate_ppb : -rate_ppb;
		board.is_honest = false;
		board_run(&board, 300, 600);
		/* A streak may just be looked into. */
		while (board.tracker.stage == RTC_SYNC_PROVE)
			board_step(&board);
		assert_that(rtc_sync_tracker_is_settled(&board.tracker), "%lld ppb: stage %d",
			    board.period_ppb, board.tracker.stage);
		assert_true(board.tracker.counts.contradictions > 0);
		board.is_honest = true;
		board_run(&board, 600, 400);
		assert_that(period_ppb->lo <= board.period_ppb &&
			    board.period_ppb <= period_ppb->hi &&
			    rtc_sync_span_width(period_ppb) < 5000,
			    "%lld ppb: %lld..%lld", board.period_ppb,
			    period_ppb->lo, period_ppb->hi);
	}
}

/* SETTLE: a reading a second, until near the floor, or 24 s. */
static void settle_ends(void **state)
{
	static const u32 intervals_s[] = { 1, 10, 64, 3600, 86400 };
	s64 settle_raw_ns;
	u32 reads;
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, intervals_s[i % 5]);
		board_run_until(&board, RTC_SYNC_SETTLE);
		settle_raw_ns = board.raw_ns;
		reads = board.reads[0] + board.reads[1];
		while (board.tracker.stage != RTC_SYNC_TRACK) {
			assert_false(rtc_sync_tracker_is_settled(&board.tracker));
			assert_true(rtc_sync_tracker_is_locked(&board.tracker));
			board.syncs = 0;
			board_step(&board);
			assert_that(board.raw_ns - settle_raw_ns <= 26500000000,
				    "interval %u: for %lld ns", intervals_s[i % 5],
				    board.raw_ns - settle_raw_ns);
		}
		assert_true(rtc_sync_tracker_is_settled(&board.tracker));
		assert_int_equal(board.syncs, 1);
		assert_in_range(board.reads[0] + board.reads[1] - reads, 1, 6 * 26);
	}
}

/* Settled from then on until the phase is dropped, at an interval that is short. */
static void settled_until_dropped(void **state)
{
	int i;

	for (i = 0; i < RUNS / 10; i++) {
		board_lock(&board, 10);
		board_run(&board, 600, 300);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_true(rtc_sync_tracker_is_settled(&board.tracker) ||
			    board.tracker.stage == RTC_SYNC_PROVE);
		board.err = -EIO;
		board_run(&board, 100, 100);
		assert_true(rtc_sync_tracker_is_settled(&board.tracker) ||
			    board.tracker.stage == RTC_SYNC_PROVE);
		board.err = 0;
		rtc_sync_tracker_restart(&board.tracker);
		board_wake(&board);
		while (board.tracker.stage != RTC_SYNC_TRACK) {
			assert_false(rtc_sync_tracker_is_settled(&board.tracker));
			board_step(&board);
		}
		assert_true(rtc_sync_tracker_is_settled(&board.tracker));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(both_ends_are_looked_at),
		random_test(a_contradiction_forgets_all),
		random_test(a_streak_is_looked_into),
		random_test(a_knocked_oscillator_is_found),
		random_test(a_broken_oscillator_is_locked),
		random_test(settle_ends),
		random_test(settled_until_dropped),
	};

	return cmocka_run_group_tests_name("tracker-prove", tests, random_begin, NULL);
}
