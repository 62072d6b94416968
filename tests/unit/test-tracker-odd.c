// SPDX-License-Identifier: GPL-2.0-only
/* The tracker on a board that misbehaves: bus, chip, dates, garbage. */
#include "board.h"

#define RUNS	100

static struct board board;

/* Twice at once, then doubling, never above twice the interval nor a minute. */
static void failures_back_off(void **state)
{
	static const u32 intervals_s[] = { 1, 2, 7, 10, 30, 86400 };
	static const int errors[] = { -EIO, -EAGAIN, -EINVAL };
	s64 want_ns;
	s64 max_s;
	s64 wait_ns;
	size_t n;
	int err;
	int i;

	for (n = 0; n < array_size(intervals_s) * array_size(errors); n++) {
		err = errors[n % 3];
		board_init(&board, intervals_s[n / 3]);
		/* After a refusal the edge has to be sought: that takes time, too. */
		max_s = err == -EINVAL ? intervals_s[n / 3] * 3 / 2 :
					 2LL * intervals_s[n / 3];
		max_s = min_t(s64, 60, max_s);
		for (i = 1; i <= 300; i++) {
			board.raw_ns = rtc_sync_tracker_plan(&board.tracker,
							     board.raw_ns)->start_raw_ns;
			rtc_sync_tracker_fail(&board.tracker, err, board.raw_ns);
			wait_ns = rtc_sync_tracker_plan(&board.tracker,
							board.raw_ns)->start_raw_ns -
				  board.raw_ns;
			want_ns = i < 3 ? 20000000 :
				  min_t(s64, i < 12 ? 1LL << (i - 3) : 60, max_s) *
				  RTC_SYNC_NS_PER_S;
			assert_that(wait_ns == want_ns,
				    "interval %u, failure %d: %lld ns, not %lld",
				    intervals_s[n / 3], i, wait_ns, want_ns);
			assert_int_equal(rtc_sync_tracker_is_faulty(&board.tracker),
					 i >= 3 && err != -EINVAL);
			assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		}
		assert_int_equal(board.tracker.counts.bus_errors,
				 err == -EINVAL || err == -EAGAIN ? 0 : 300);
		assert_int_equal(board.tracker.counts.invalid, err == -EINVAL ? 300 : 0);
	}
}

/* The bus is dead for a while: what was known is still true. */
static void a_bus_error_keeps_the_lock(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board.err = -EIO;
		board_run(&board, random_up_to(600), 60);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
		board.err = 0;
		board_run(&board, 60, 200);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_false(rtc_sync_tracker_is_faulty(&board.tracker));
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
		board_check_truth(&board);
	}
}

/* One reading of seven seconds more: seen, counted, and without consequence. */
static void one_garbled_reading_is_a_glitch(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, random_up_to(50), 200);
		board.garbled = 1;
		while (board.garbled)
			board_step(&board);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		board_step(&board);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		assert_int_equal(board.tracker.counts.glitches, 1);
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
		board_run(&board, 60, 200);
		board_check_truth(&board);
	}
}

/* Garbage wherever it strikes, also while the edge is hunted: the lock comes. */
static void garbage_at_the_start_is_survived(void **state)
{
	int i;
	int k;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, 10);
		for (k = (int)random_between(0, 30); k; k--)
			board_step(&board);
		board.garbled = 1;
		board_run(&board, 120, 600);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		board_check_truth(&board);
	}
}

/* The RTC is set behind our back, by another second of the minute or the same. */
static void set_behind_our_back(void)
{
	s64 offset_s = random_one_in(2) ? 3600 : 2 + random_up_to(1000000);

	board_lock(&board, 10);
	board_run(&board, random_up_to(50), 200);
	/* Near an edge, a second more or less could not be told from none. */
	board.raw_ns += random_between(2000000, 998000000);
	while (board_rtc_ns(&board, board.raw_ns) % RTC_SYNC_NS_PER_S < 2000000)
		board.raw_ns += 2000000;
	board_wake(&board);
	board_set(&board, board_now_s(&board) +
			  (random_one_in(2) ? -offset_s : offset_s));
}

/* Three in a row, and no more than a minute later: the new time is taken. */
static void another_time_is_noticed(void **state)
{
	s64 set_raw_ns;
	int k;
	int i;

	for (i = 0; i < RUNS; i++) {
		set_behind_our_back();
		set_raw_ns = board.raw_ns;
		for (k = 0; k < 100 && !board.tracker.counts.reacquisitions; k++)
			board_step(&board);
		assert_in_range(board.tracker.counts.reacquisitions, 1, 1);
		assert_in_range(board.raw_ns - set_raw_ns, 1, 75 * RTC_SYNC_NS_PER_S);
		board_run(&board, 3, 100);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		assert_int_equal(board_now_s(&board) - board_now_s(&board) % 60,
				 rtc_sync_window_second(&board.tracker.phase.window,
							board.raw_ns) / 60 * 60);
	}
}

/* And by then the bound holds again. */
static void another_time_is_bounded(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		set_behind_our_back();
		board_run(&board, 150, 600);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

/*
 * Half a second or less, set in its second: a look amid the window can't tell, a
 * streak of them does.
 */
static void a_moved_edge_is_contradicted(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, 20, 200);
		board_knock(&board, 0, random_between(5000000, 400000000) *
				       (random_one_in(2) ? 1 : -1));
		board_run(&board, 300, 1000);
		board_check_truth(&board);
		assert_true(board.tracker.counts.contradictions +
			    board.tracker.counts.reacquisitions > 0);
	}
}

/* Someone who asks does not wait for the end of a back-off. */
static void hurry_ends_a_back_off(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 60);
		board.err = -EIO;
		board_run(&board, 600, 100);
		assert_true(rtc_sync_tracker_is_faulty(&board.tracker));
		board.err = 0;
		rtc_sync_tracker_hurry(&board.tracker, board.raw_ns);
		board_wake(&board);
		assert_true(board_plan(&board) <= board.raw_ns + 2010000000);
	}
}

/* Another time with every reading: read ever less often, until it makes sense. */
static void nonsense_is_not_read_for_ever(void **state)
{
	s64 until_raw_ns;
	u32 reads;
	int i;

	for (i = 0; i < RUNS / 10; i++) {
		board_lock(&board, 10);
		reads = board.reads[0] + board.reads[1];
		until_raw_ns = board.raw_ns + 3600 * RTC_SYNC_NS_PER_S;
		while (board_plan(&board) < until_raw_ns) {
			board_set(&board, BOARD_NOW_S + random_up_to(1LL << 30));
			board_step(&board);
		}
		reads = board.reads[0] + board.reads[1] - reads;
		assert_that(reads < 5000, "%u readings in an hour", reads);
		assert_true(board.tracker.counts.reacquisitions > 100);
		board_run(&board, 60, 200);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));

		/* A lock ends it: the next nonsense is looked into at once. */
		rtc_sync_tracker_restart(&board.tracker);
		board_wake(&board);
		assert_true(board_plan(&board) <= board.raw_ns + 20000000);
		assert_int_equal(board.tracker.lost, 0);
	}
}

/* Set by us, between a plan and its reading: the second alone is no date. */
static void a_set_during_a_reading(void **state)
{
	struct rtc_sync_reading reading;
	enum rtc_sync_read kind;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_plan(&board);
		kind = board.tracker.plan.kind;
		board_set(&board, board_now_s(&board) + random_signed(100000));
		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		board_read(&board, kind, &reading);
		rtc_sync_tracker_feed(&board.tracker, &reading);
		board_check(&board);
		for (k = 0; k < 50 && board.tracker.stage == RTC_SYNC_FIRST; k++) {
			assert_false(rtc_sync_tracker_is_usable(&board.tracker));
			board_step(&board);
		}
		board_run(&board, 60, 300);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(failures_back_off),
		random_test(a_bus_error_keeps_the_lock),
		random_test(one_garbled_reading_is_a_glitch),
		random_test(garbage_at_the_start_is_survived),
		random_test(another_time_is_noticed),
		random_test(another_time_is_bounded),
		random_test(a_moved_edge_is_contradicted),
		random_test(hurry_ends_a_back_off),
		random_test(nonsense_is_not_read_for_ever),
		random_test(a_set_during_a_reading),
	};

	return cmocka_run_group_tests_name("tracker-odd", tests, random_begin, NULL);
}
