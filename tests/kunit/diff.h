/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: differences between two drivers that are asked about one chip.
 */
#ifndef RTC_SYNC_KUNIT_DIFF_H
#define RTC_SYNC_KUNIT_DIFF_H

#include <linux/bits.h>
#include <linux/rtc.h>

#include "board.h"

struct kunit;

#define DIFF_LISTS		8
#define DIFF_EXPECTED_MAX	24

/**
 * enum diff_kind - what a driver did otherwise than it should
 * @DIFF_TIME_REFUSED: it did not set the time
 * @DIFF_TIME_READ: it reads another time than was set, or none
 * @DIFF_WDAY_READ: it reads another day of the week
 * @DIFF_TIME_ROLLED: it reads a wrong time after the next second began
 * @DIFF_ALARM_REFUSED: it did not set the alarm
 * @DIFF_ALARM_READ: it reads another alarm than was set, or none
 * @DIFF_ALARM_ENABLED: it is wrong about whether the alarm is enabled
 * @DIFF_ALARM_PENDING: it is wrong about whether the alarm has gone off
 * @DIFF_ALARM_EARLY: the chip pulls its pin before the time that was set
 * @DIFF_ALARM_LATE: it does not when that has come
 * @DIFF_ALARM_STUCK: the chip still pulls its pin after the interrupt's handler has
 *	run
 * @DIFF_OFFSET_REFUSED: it did not set the offset
 * @DIFF_OFFSET_FAR: the chip's rate is another than was set
 * @DIFF_OFFSET_READ: it reads another offset than the chip's
 * @DIFF_KINDS: number of kinds
 */
enum diff_kind {
	DIFF_TIME_REFUSED,
	DIFF_TIME_READ,
	DIFF_WDAY_READ,
	DIFF_TIME_ROLLED,
	DIFF_ALARM_REFUSED,
	DIFF_ALARM_READ,
	DIFF_ALARM_ENABLED,
	DIFF_ALARM_PENDING,
	DIFF_ALARM_EARLY,
	DIFF_ALARM_LATE,
	DIFF_ALARM_STUCK,
	DIFF_OFFSET_REFUSED,
	DIFF_OFFSET_FAR,
	DIFF_OFFSET_READ,
	DIFF_KINDS,
};

/* What is compared in a test */
#define DIFF_TIME	GENMASK(DIFF_TIME_ROLLED, DIFF_TIME_REFUSED)
#define DIFF_ALARM	GENMASK(DIFF_ALARM_STUCK, DIFF_ALARM_REFUSED)
#define DIFF_OFFSET	GENMASK(DIFF_OFFSET_READ, DIFF_OFFSET_REFUSED)

/**
 * struct diff_expected - a difference that is known, and explained
 * @kinds: what: bits of enum diff_kind
 * @whose: who does it: bits of BOARD_MAINLINE and BOARD_OURS
 * @by: who has set what is read: bits
 * @from: the first time or offset at which it happens, s since 1970 or ppb
 * @until: the last
 * @why: whose fault it is, and why
 */
struct diff_expected {
	unsigned int kinds;
	unsigned int whose;
	unsigned int by;
	s64 from;
	s64 until;
	const char *why;
};

/**
 * struct pair - a part that two drivers are for
 * @name: by which the model and mainline's driver know it; ours has "-sync" behind it
 * @expected: lists of differences that are known
 */
struct pair {
	const char *name;
	const struct diff_expected *expected[DIFF_LISTS];
};

extern const struct pair pairs[];
extern const unsigned int pairs_count;

/**
 * struct diff - a run of comparisons
 * @test: the test
 * @pair: the drivers
 * @board: the chip
 * @rtc: the drivers' RTCs
 * @random: the test's random numbers
 * @kinds: what this test looks for: bits of enum diff_kind
 * @compared: how much was compared
 * @early: alarms that went off too soon
 * @hits: how often each expected difference was met
 * @unexpected: how many others there were
 */
struct diff {
	struct kunit *test;
	const struct pair *pair;
	struct board *board;
	struct rtc_device *rtc[BOARD_BUSES];
	struct rnd_state random;
	unsigned int kinds;
	unsigned int compared;
	unsigned int early;
	unsigned int hits[DIFF_EXPECTED_MAX];
	unsigned int unexpected;
};

const void *diff_next_pair(const void *last, char *name);
struct diff *diff_begin(struct kunit *test, unsigned int kinds);
void diff_found(struct diff *diff, enum diff_kind kind, unsigned int whose,
		unsigned int by, s64 at, s64 got);
void diff_end(struct diff *diff);
void diff_exit(struct kunit *test);

#endif /* RTC_SYNC_KUNIT_DIFF_H */
