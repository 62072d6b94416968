// SPDX-License-Identifier: GPL-2.0-only
/* The tracker on a board where anything happens at any time. */
#include "board.h"

#define RUNS	100

static struct board board;

static void mischief(void)
{
	switch (random_between(0, 9)) {
	case 0:
		board.err = -EIO;
		break;
	case 1:
		board.err = -EINVAL;
		break;
	case 2:
		board.garbled = (int)random_between(1, 5);
		break;
	case 3:
		board_set(&board, BOARD_NOW_S + random_up_to(1LL << 30));
		break;
	case 4:
		board_set(&board, random_up_to(1LL << 33));
		rtc_sync_tracker_rtc_was_set(&board.tracker);
		board_wake(&board);
		break;
	case 5:
		board_stop(&board);
		break;
	case 6:
		rtc_sync_tracker_hurry(&board.tracker, board.raw_ns);
		board_wake(&board);
		break;
	case 7:
		rtc_sync_tracker_set_interval(&board.tracker,
					      1 + (u32)random_up_to(86399));
		board_wake(&board);
		break;
	case 8:
		board.raw_ns += random_up_to(3600 * RTC_SYNC_NS_PER_S);
		break;
	default:
		board.err = 0;
		board.garbled = 0;
		break;
	}
}

/* Anything, at any time; then peace: locked in two minutes, and right in ten. */
static void any_mischief_ends_well(void **state)
{
	int i;
	int k;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, 10);
		for (k = 0; k < 100; k++) {
			if (random_one_in(3))
				mischief();
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
