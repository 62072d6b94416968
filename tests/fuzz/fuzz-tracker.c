// SPDX-License-Identifier: GPL-2.0-only
/*
 * A board on which the input has things happen: bus errors, garbled readings, an RTC
 * that is set or stops, pauses, orders. As long as nothing lied the time lies within
 * its bound, with all that plans and bounds it: bus, phase, rate, line, guard, tracker.
 * And when peace has come it locks.
 */
#include "../unit/mischief.h"

#define STEPS		80

static struct board board;

static void peace(void)
{
	board.err = 0;
	board.garbled = 0;
	board.late_ns = 0;
	board_set(&board, BOARD_NOW_S);
	rtc_sync_tracker_rtc_was_set(&board.tracker);
	rtc_sync_tracker_set_interval(&board.tracker, 10);
	board_wake(&board);
	board_run(&board, 120, 700);
	assert_that(rtc_sync_tracker_is_usable(&board.tracker) &&
		    rtc_sync_tracker_is_locked(&board.tracker), "stage %d, doubt %d",
		    board.tracker.stage, board.tracker.doubt);
	board_run(&board, 480, 700);
	board_check_truth(&board);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	bool ends;
	int i;

	input_begin(bytes, size);
	/* It takes hundreds of readings, so most inputs go without. */
	ends = !random_between(0, 15);
	board_init(&board, 1 + (u32)random_up_to(86399));
	if (random_one_in(4))
		board.tracker.source = &board_source_full;
	board.wanders = random_one_in(2);
	board.late_ns = random_up_to(RTC_SYNC_NS_PER_S);
	for (i = 0; i < STEPS && input_has_more(); i++) {
		if (random_one_in(4))
			mischief(&board);
		board_step(&board);
	}
	if (ends)
		peace();
	return 0;
}
