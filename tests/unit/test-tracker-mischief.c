// SPDX-License-Identifier: GPL-2.0-only
/* The tracker on a board where anything happens at any time. */
#include "mischief.h"

#define RUNS	100

static struct board board;

/* Anything, at any time; then peace: locked in two minutes, and right in ten. */
static void any_mischief_ends_well(void **state)
{
	int i;
	int k;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, 10);
		for (k = 0; k < 100; k++) {
			if (random_one_in(3))
				mischief(&board);
			board_step(&board);
		}
		board.err = 0;
		board.garbled = 0;
		board_set(&board, BOARD_NOW_S);
		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		rtc_sync_tracker_set_interval(&board.tracker, 10);
		board_wake(&board);
		board_run(&board, 120, 700);
		assert_that(rtc_sync_tracker_is_usable(&board.tracker) &&
			    rtc_sync_tracker_is_locked(&board.tracker),
			    "run %d: stage %d, doubt %d", i, board.tracker.stage,
			    board.tracker.doubt);
		board_run(&board, 480, 700);
		board_check_truth(&board);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(any_mischief_ends_well),
	};

	return cmocka_run_group_tests_name("tracker-mischief", tests, random_begin, NULL);
}
