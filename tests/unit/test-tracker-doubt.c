// SPDX-License-Identifier: GPL-2.0-only
/* The tracker on an RTC that is not believed: chip, date, a second that stands. */
#include "board.h"

#define RUNS	100

static struct board board;

/* The chip says that its time is void: at once not usable, until it says else. */
static void a_void_chip_is_not_used(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board.err = -EINVAL;
		board_step(&board);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_CHIP);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		assert_false(rtc_sync_tracker_is_locked(&board.tracker));
		assert_true(board.tracker.is_suspect);
		board_run(&board, random_up_to(300), 30);
		assert_false(rtc_sync_tracker_is_faulty(&board.tracker));
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_CHIP);
		board.err = 0;
		board_set(&board, BOARD_NOW_S + random_between(0, 100000));
		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		assert_false(board.tracker.is_suspect);
		board_run(&board, 60, 200);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_NONE);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

static void an_old_date_is_not_used(void **state)
{
	u32 syncs;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, 10);
		board.sec = random_one_in(2) ? BOARD_NOT_BEFORE_S - 700 :
					       random_up_to(BOARD_NOT_BEFORE_S - 700);
		if (random_one_in(3))
			board.sec = RTC_SYNC_NOT_AFTER_S + 1 + random_up_to(1000);
		syncs = board.syncs;
		board_run(&board, 600, 100);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_DATE);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		assert_int_equal(board.syncs, syncs);
		assert_int_equal(board.reads[RTC_SYNC_READ_SHORT], 0);
		board_set(&board, BOARD_NOW_S);
		board_run(&board, 90, 250);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_NONE);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

/* Stopped from the start: never usable, soon told, and not read all the time. */
static void a_stopped_rtc_is_not_used(void **state)
{
	u32 before;
	int i;

	for (i = 0; i < RUNS / 4; i++) {
		board_init(&board, 10);
		board_stop(&board);
		board_run(&board, 4, 100);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_STUCK);
		board_run(&board, 600, 10000);
		before = board.reads[0] + board.reads[1];
		board_run(&board, 3600, 50000);
		assert_int_equal(board.syncs, 0);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_STUCK);
		before = board.reads[0] + board.reads[1] - before;
		assert_that(before < 5000, "%u readings in an hour", before);
		board_set(&board, BOARD_NOW_S);
		board_run(&board, 90, 300);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_NONE);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

/* Stopped while locked: no sync is a second off, and then there are none. */
static void a_stop_is_noticed(void **state)
{
	u32 syncs;
	int i;

	for (i = 0; i < RUNS / 4; i++) {
		board_lock(&board, 10);
		board_run(&board, random_up_to(100), 200);
		board_stop(&board);
		board_run(&board, 40, 1000);
		syncs = board.syncs;
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_STUCK);
		board_run(&board, 600, 10000);
		assert_int_equal(board.syncs, syncs);
	}
}

/* One refusal of any kind. */
static void refuse_somehow(void)
{
	struct rtc_sync_reading reading;

	switch (random_between(0, 3)) {
	case 0:
		board.err = -EINVAL;
		board_step(&board);
		board.err = 0;
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_CHIP);
		break;
	case 1:
		/* A second that there is not. */
		do {
			board_plan(&board);
			board.raw_ns = max(board.raw_ns, board.tracker.plan.start_raw_ns);
			board_read(&board, board.tracker.plan.kind, &reading);
			if (board.tracker.plan.kind == RTC_SYNC_READ_SHORT)
				reading.rtc_s = random_one_in(2) ? -1 : 60;
			rtc_sync_tracker_feed(&board.tracker, &reading);
			board_wake(&board);
		} while (board.tracker.plan.kind == RTC_SYNC_READ_FULL);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_CHIP);
		break;
	case 2:
		board_set(&board, BOARD_NOT_BEFORE_S - 100);
		board_run(&board, 75, 400);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_DATE);
		break;
	default:
		board_stop(&board);
		board_run(&board, 40, 1000);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_STUCK);
		break;
	}
}

/* From any doubt, over restarts, errors and good readings, until it is set. */
static void suspect_until_set(void **state)
{
	time64_t sec;
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		board_lock(&board, 10);
		assert_false(board.tracker.is_suspect);
		rtc_sync_tracker_restart(&board.tracker);
		board_wake(&board);
		board_run_until(&board, RTC_SYNC_TRACK);
		assert_false(board.tracker.is_suspect);
		sec = board_now_s(&board);

		refuse_somehow();
		assert_true(board.tracker.is_suspect);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		/* Someone sets it, but not through us. */
		board_set(&board, sec);
		board_run(&board, 120, 400);
		assert_that(rtc_sync_tracker_is_usable(&board.tracker) &&
			    rtc_sync_tracker_is_locked(&board.tracker), "stage %d, doubt %d",
			    board.tracker.stage, board.tracker.doubt);
		assert_true(board.tracker.is_suspect);
		rtc_sync_tracker_restart(&board.tracker);
		board_wake(&board);
		board.err = random_one_in(2) ? -EIO : -EAGAIN;
		board_run(&board, 10, 20);
		board.err = 0;
		assert_true(board.tracker.is_suspect);
		board_run(&board, 60, 400);
		rtc_sync_tracker_hurry(&board.tracker, board.raw_ns);
		assert_true(board.tracker.is_suspect);

		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		assert_false(board.tracker.is_suspect);
		board_run(&board, 60, 400);
		assert_false(board.tracker.is_suspect);
	}
}

/* Neither a bus that fails nor an RTC that is being set makes it suspect. */
static void errors_are_not_suspect(void **state)
{
	static const int errors[] = { -EIO, -EAGAIN, -ENXIO, -ETIMEDOUT };
	u32 failed;
	size_t n;

	for (n = 0; n < array_size(errors) * 10; n++) {
		board_lock(&board, 10);
		board.err = errors[n % 4];
		failed = board.tracker.counts.bus_errors;
		board_step(&board);
		assert_int_equal(board.tracker.counts.bus_errors - failed,
				 board.err == -EAGAIN ? 0 : 1);
		board_run(&board, 100, 100);
		assert_false(board.tracker.is_suspect);
		assert_int_equal(board.tracker.counts.invalid, 0);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_NONE);
		assert_true(board.err != -EAGAIN || !board.tracker.counts.bus_errors);
	}
}

/* Stopped in the middle of the search, and set: the bound holds in a minute. */
static void a_stop_does_not_bend_the_rate(void **state)
{
	enum rtc_sync_stage stage;
	int i;
	int k;

	for (i = 0; i < 3 * RUNS; i++) {
		stage = (enum rtc_sync_stage)random_between(RTC_SYNC_HUNT, RTC_SYNC_TRACK);
		board_init(&board, 10);
		board_run_until(&board, stage);
		for (k = (int)random_between(0, 15); k && board.tracker.stage == stage; k--)
			board_step(&board);
		board_stop(&board);
		board_run(&board, 30, 1000);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		board_set(&board, BOARD_NOW_S);
		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		board_run(&board, 60, 400);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

/*
 * It lost its date, but by chance not its second, and ticks at another instant: until
 * the next full reading the short ones mislead. When it is set, the bound holds again.
 */
static void a_reset_does_not_bend_the_rate(void **state)
{
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, random_up_to(100), 200);
		board_knock(&board, 0, random_between(-400000000, 400000000));
		board.sec -= 60LL * 60 * 24 * 366 * 20;
		board_run(&board, 75, 400);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_DATE);
		board_set(&board, BOARD_NOW_S);
		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		board_run(&board, 30, 400);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		board_check_truth(&board);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(a_void_chip_is_not_used),
		random_test(an_old_date_is_not_used),
		random_test(a_stopped_rtc_is_not_used),
		random_test(a_stop_is_noticed),
		random_test(suspect_until_set),
		random_test(errors_are_not_suspect),
		random_test(a_stop_does_not_bend_the_rate),
		random_test(a_reset_does_not_bend_the_rate),
	};

	return cmocka_run_group_tests_name("tracker-doubt", tests, random_begin, NULL);
}
