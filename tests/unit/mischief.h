/* SPDX-License-Identifier: GPL-2.0-only */
/* What may happen to a board at any time */
#ifndef TESTS_UNIT_MISCHIEF_H
#define TESTS_UNIT_MISCHIEF_H

#include "board.h"

static inline void mischief(struct board *board)
{
	switch (random_between(0, 9)) {
	case 0:
		board->err = -EIO;
		break;
	case 1:
		board->err = -EINVAL;
		break;
	case 2:
		board->garbled = (int)random_between(1, 5);
		break;
	case 3:
		board_set(board, BOARD_NOW_S + random_up_to(1LL << 30));
		break;
	case 4:
		board_set(board, random_up_to(1LL << 33));
		rtc_sync_tracker_rtc_was_set(&board->tracker);
		board_wake(board);
		break;
	case 5:
		board_stop(board);
		break;
	case 6:
		rtc_sync_tracker_hurry(&board->tracker, board->raw_ns);
		board_wake(board);
		break;
	case 7:
		rtc_sync_tracker_set_interval(&board->tracker,
					      1 + (u32)random_up_to(86399));
		board_wake(board);
		break;
	case 8:
		board->raw_ns += random_up_to(3600 * RTC_SYNC_NS_PER_S);
		break;
	default:
		board->err = 0;
		board->garbled = 0;
		break;
	}
}

#endif /* TESTS_UNIT_MISCHIEF_H */
