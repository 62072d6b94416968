// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the alarm, set by mainline's driver and by ours, read by both, and waited
 * for until the chip pulls its pin.
 *
 * Without a month, or a year, in its registers a chip goes off sooner than was
 * asked for, and the RTC core sets it again: so some alarms are further ahead.
 */
#include <kunit/test.h>
#include <linux/time64.h>

#include "diff.h"

#define ALARMS		300
#define SECONDS_A_DAY	86400LL

/* Mainline's rtc-pcf8563 ends with 2069. */
#define FROM_S		978307200LL
#define UNTIL_S		3092601600LL

/* The alarm is looked at so long before it is due, and as much after. */
#define MARGIN_NS	(1500 * (s64)NSEC_PER_MSEC)

/* When an alarm is: from the chip's time on, s */
static const struct {
	s64 least_s;
	s64 most_s;
} distances[] = {
	{ 3, 120 },
	{ 120, SECONDS_A_DAY },
	{ SECONDS_A_DAY, 27 * SECONDS_A_DAY },
	{ 32 * SECONDS_A_DAY, 364 * SECONDS_A_DAY },
	{ 367 * SECONDS_A_DAY, 700 * SECONDS_A_DAY },
};

static bool has_alarm(const struct rtc_device *rtc)
{
	return test_bit(RTC_FEATURE_ALARM, rtc->features);
}

static bool has_seconds(const struct diff *diff)
{
	return !test_bit(RTC_FEATURE_ALARM_RES_MINUTE, diff->rtc[BOARD_MAINLINE]->features) &&
	       !test_bit(RTC_FEATURE_ALARM_RES_MINUTE, diff->rtc[BOARD_OURS]->features);
}

static bool is_alarm(const struct rtc_time *got, time64_t alarm_s)
{
	struct rtc_time want;

	rtc_time64_to_tm(alarm_s, &want);
	return got->tm_sec == want.tm_sec && got->tm_min == want.tm_min &&
	       got->tm_hour == want.tm_hour && got->tm_mday == want.tm_mday &&
	       (got->tm_mon == want.tm_mon || got->tm_mon == -1);
}

/* What both say of an alarm that was set; @distance_s is what is told of. */
static void compare(struct diff *diff, unsigned int by, time64_t alarm_s, s64 distance_s,
		    bool is_enabled, bool is_pending)
{
	unsigned int i;
	int ret;

	for (i = 0; i < BOARD_BUSES; i++) {
		struct rtc_device *rtc = diff->rtc[i];
		struct rtc_wkalrm got = {
			.time = { .tm_mon = -1, .tm_year = -1, .tm_wday = -1 },
		};

		diff->compared++;
		ret = rtc->ops->read_alarm(rtc->dev.parent, &got);
		if (ret || !is_alarm(&got.time, alarm_s))
			diff_found(diff, DIFF_ALARM_READ, i, by, distance_s, ret);
		if (!ret && got.enabled != is_enabled)
			diff_found(diff, DIFF_ALARM_ENABLED, i, by, distance_s, got.enabled);
		if (!ret && got.pending != is_pending)
			diff_found(diff, DIFF_ALARM_PENDING, i, by, distance_s, got.pending);
	}
}

/* As it would be by the wire: the handler lowers the flag, and the RTC core hears. */
static void interrupt(struct diff *diff, unsigned int by, s64 distance_s)
{
	board_interrupt(diff->board, by);
	flush_work(&diff->rtc[by]->irqwork);
	if (board_int_is_low(diff->board))
		diff_found(diff, DIFF_ALARM_STUCK, by, by, distance_s,
			   board_shows(diff->board));
}

/* The furthest there may be to an alarm that must not go off before, s */
#define A_MONTH_S	(28 * SECONDS_A_DAY)

/* So that one that goes off too soon is dealt with before the right time */
#define STEP_NS		(10 * SECONDS_A_DAY * (s64)NSEC_PER_SEC)

static void wait_until_due(struct diff *diff, unsigned int by, time64_t alarm_s,
			   s64 distance_s)
{
	s64 rest_ns;

	do {
		rest_ns = (alarm_s - board_shows(diff->board)) * NSEC_PER_SEC - MARGIN_NS;
		board_skip(diff->board, clamp_t(s64, rest_ns, 0, STEP_NS));
		if (!board_int_is_low(diff->board))
			continue;
		if (distance_s < A_MONTH_S)
			diff_found(diff, DIFF_ALARM_EARLY, by, by, distance_s,
				   board_shows(diff->board));
		interrupt(diff, by, distance_s);
		diff->early++;
	} while (rest_ns > STEP_NS);
}

static void wait_for_alarm(struct diff *diff, unsigned int by, time64_t alarm_s,
			   s64 distance_s)
{
	compare(diff, by, alarm_s, distance_s, true, false);
	wait_until_due(diff, by, alarm_s, distance_s);
	board_skip(diff->board, 2 * MARGIN_NS);
	if (!board_int_is_low(diff->board))
		diff_found(diff, DIFF_ALARM_LATE, by, by, distance_s,
			   board_shows(diff->board));
	compare(diff, by, alarm_s, distance_s, true, true);
	interrupt(diff, by, distance_s);
}

static void switch_off(struct diff *diff, unsigned int by, time64_t alarm_s, s64 distance_s)
{
	int ret = rtc_alarm_irq_enable(diff->rtc[by], false);

	if (ret)
		diff_found(diff, DIFF_ALARM_REFUSED, by, by, distance_s, ret);
	if (board_int_is_low(diff->board))
		diff_found(diff, DIFF_ALARM_ENABLED, by, by, distance_s, true);
}

static int set_alarm(struct rtc_device *rtc, time64_t alarm_s)
{
	struct rtc_wkalrm wkalrm = { .enabled = 1 };

	rtc_time64_to_tm(alarm_s, &wkalrm.time);
	return rtc_set_alarm(rtc, &wkalrm);
}

static void try(struct diff *diff, time64_t now_s, time64_t alarm_s)
{
	s64 distance_s = alarm_s - now_s;
	int ret[BOARD_BUSES];
	unsigned int by;

	for (by = 0; by < BOARD_BUSES; by++) {
		board_settle(diff->board, now_s, 0);
		ret[by] = set_alarm(diff->rtc[by], alarm_s);
		if (!ret[by])
			wait_for_alarm(diff, by, alarm_s, distance_s);
		switch_off(diff, by, alarm_s, distance_s);
	}
	for (by = 0; by < BOARD_BUSES; by++)
		if (ret[by] && !ret[!by])
			diff_found(diff, DIFF_ALARM_REFUSED, by, by, distance_s, ret[by]);
}

static time64_t pick_alarm(struct diff *diff, time64_t now_s, unsigned int number)
{
	unsigned int distance = number % ARRAY_SIZE(distances);
	s64 least_s = distances[distance].least_s;
	time64_t alarm_s = now_s + least_s +
			   board_random(&diff->random, distances[distance].most_s - least_s);
	s32 rest_s;

	if (has_seconds(diff))
		return alarm_s;
	div_s64_rem(alarm_s, 60, &rest_s);
	alarm_s -= rest_s;
	return alarm_s < now_s + 3 ? alarm_s + 60 : alarm_s;
}

static void alarm_is_the_same(struct kunit *test)
{
	struct diff *diff = diff_begin(test, DIFF_ALARM);
	time64_t now_s;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, has_alarm(diff->rtc[BOARD_OURS]),
			has_alarm(diff->rtc[BOARD_MAINLINE]));
	if (!has_alarm(diff->rtc[BOARD_OURS])) {
		kunit_info(test, "%s: neither offers an alarm\n", diff->pair->name);
		return;
	}
	for (i = 0; i < ALARMS; i++) {
		now_s = FROM_S + board_random(&diff->random, UNTIL_S - FROM_S);
		try(diff, now_s, pick_alarm(diff, now_s, i));
	}
	kunit_info(test, "%s: %u went off too soon and were set again\n",
		   diff->pair->name, diff->early);
	diff_end(diff);
}

static struct kunit_case diff_alarm_cases[] = {
	KUNIT_CASE_PARAM(alarm_is_the_same, diff_next_pair),
	{ }
};

static struct kunit_suite diff_alarm_suite = {
	.name = "rtc-sync-diff-alarm",
	.exit = diff_exit,
	.test_cases = diff_alarm_cases,
};

kunit_test_suite(diff_alarm_suite);
