// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the time, set by mainline's driver and by ours, read by both.
 *
 * Each end of a month from 2000 to the end of both ranges and a bit beyond, each
 * 28 February, and random dates, each with what it becomes a second later.
 */
#include <kunit/test.h>
#include <linux/time64.h>

#include "diff.h"

#define RANDOM_DATES	1000
#define YEAR_FIRST	2000
#define SECONDS_A_DAY	86400

/* A driver without a range: mainline's rtc-ds1307 means by it, until 2199. */
#define RANGE_MAX_2199	7258118399LL

/* So far beyond the end of the range, too */
#define BEYOND_S	(3LL * 365 * SECONDS_A_DAY)

/*
 * When it is looked after a set, within a second of that: chips that are let go tick
 * at the end of the second, or in its middle.
 */
#define LOOK_NS		(300 * (s64)NSEC_PER_MSEC)

static time64_t range_end(const struct diff *diff)
{
	time64_t end = 0;
	unsigned int i;

	for (i = 0; i < BOARD_BUSES; i++)
		end = max_t(time64_t, end, diff->rtc[i]->range_max ?: RANGE_MAX_2199);
	return end;
}

static time64_t read_time(struct rtc_device *rtc, struct rtc_time *tm)
{
	int ret = rtc_read_time(rtc, tm);

	return ret ?: rtc_tm_to_time64(tm);
}

/*
 * What mainline's drivers set may already be a second ahead: some let the chip's
 * second go on where it was. Ours begin it.
 */
static bool is_right(unsigned int by, time64_t got_s, time64_t want_s)
{
	return got_s == want_s || (by == BOARD_MAINLINE && got_s == want_s + 1);
}

static void compare(struct diff *diff, unsigned int by, time64_t set_s, time64_t passed_s,
		    enum diff_kind kind)
{
	struct rtc_time right;
	struct rtc_time tm;
	time64_t got_s;
	unsigned int i;

	for (i = 0; i < BOARD_BUSES; i++) {
		diff->compared++;
		got_s = read_time(diff->rtc[i], &tm);
		if (!is_right(by, got_s, set_s + passed_s)) {
			diff_found(diff, kind, i, by, set_s, got_s);
			continue;
		}
		rtc_time64_to_tm(got_s, &right);
		if (tm.tm_wday != right.tm_wday)
			diff_found(diff, DIFF_WDAY_READ, i, by, set_s, tm.tm_wday);
	}
}

/* As it is in the second that was set, or in the first after it that can be had. */
static void look(struct diff *diff, unsigned int by, time64_t set_s, s64 set_ns)
{
	time64_t passed_s = 0;
	s64 wait_ns;

	while (set_ns + passed_s * NSEC_PER_SEC + LOOK_NS < sim_board_now_ns(&diff->board->sim))
		passed_s++;
	wait_ns = set_ns + passed_s * NSEC_PER_SEC + LOOK_NS - sim_board_now_ns(&diff->board->sim);
	board_skip(diff->board, wait_ns);
	board_skip_to_middle(diff->board);
	compare(diff, by, set_s, passed_s, DIFF_TIME_READ);
	board_skip(diff->board, NSEC_PER_SEC);
	compare(diff, by, set_s, passed_s + 1, DIFF_TIME_ROLLED);
}

static int set_time(struct rtc_device *rtc, time64_t rtc_s)
{
	struct rtc_time tm;

	rtc_time64_to_tm(rtc_s, &tm);
	return rtc_set_time(rtc, &tm);
}

/* If both of them refuse it, they agree. */
static void try(struct diff *diff, time64_t rtc_s)
{
	int ret[BOARD_BUSES];
	unsigned int by;
	s64 set_ns;

	for (by = 0; by < BOARD_BUSES; by++) {
		set_ns = sim_board_now_ns(&diff->board->sim);
		ret[by] = set_time(diff->rtc[by], rtc_s);
		if (!ret[by])
			look(diff, by, rtc_s, set_ns);
	}
	for (by = 0; by < BOARD_BUSES; by++)
		if (ret[by] && !ret[!by])
			diff_found(diff, DIFF_TIME_REFUSED, by, by, rtc_s, ret[by]);
}

static void try_ends_of_months(struct diff *diff, time64_t end_s)
{
	time64_t rtc_s = 0;
	int month;
	int year;

	for (year = YEAR_FIRST; rtc_s < end_s; year++) {
		try(diff, mktime64(year, 2, 28, 23, 59, 59));
		for (month = 2; month <= 13; month++) {
			rtc_s = mktime64(year + month / 13, month % 12 ?: 12, 1, 0, 0, 0) - 1;
			try(diff, rtc_s);
		}
	}
}

static void time_is_the_same(struct kunit *test)
{
	struct diff *diff = diff_begin(test, DIFF_TIME);
	time64_t end_s = range_end(diff) + BEYOND_S;
	unsigned int i;

	for (i = 0; i < RANDOM_DATES; i++)
		try(diff, RTC_TIMESTAMP_BEGIN_2000 +
		    board_random(&diff->random, end_s - RTC_TIMESTAMP_BEGIN_2000));
	try_ends_of_months(diff, end_s);
	diff_end(diff);
}

static struct kunit_case diff_time_cases[] = {
	KUNIT_CASE_PARAM(time_is_the_same, diff_next_pair),
	{ }
};

static struct kunit_suite diff_time_suite = {
	.name = "rtc-sync-diff-time",
	.exit = diff_exit,
	.test_cases = diff_time_cases,
};

kunit_test_suite(diff_time_suite);
