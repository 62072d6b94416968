// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: differences between two drivers, collected and judged.
 */
#include <kunit/test.h>
#include <linux/string.h>

#include "diff.h"

/* 2026-06-15 12:00:00: no part has anything special then. */
#define A_DULL_DAY	1781524800

/* So many are told of; the others are counted. */
#define TOLD_MAX	5

static const char *const kinds[DIFF_KINDS] = {
	[DIFF_TIME_REFUSED] = "does not set the time",
	[DIFF_TIME_READ] = "reads another time",
	[DIFF_WDAY_READ] = "reads another day of the week",
	[DIFF_TIME_ROLLED] = "reads a wrong time after the second's end",
	[DIFF_ALARM_REFUSED] = "does not set the alarm",
	[DIFF_ALARM_READ] = "reads another alarm",
	[DIFF_ALARM_ENABLED] = "is wrong about the alarm being enabled",
	[DIFF_ALARM_PENDING] = "is wrong about the alarm having gone off",
	[DIFF_ALARM_EARLY] = "has set an alarm that is early",
	[DIFF_ALARM_LATE] = "has set an alarm that is late",
	[DIFF_ALARM_STUCK] = "does not make the pin let go",
	[DIFF_OFFSET_REFUSED] = "does not set the offset",
	[DIFF_OFFSET_FAR] = "sets another offset",
	[DIFF_OFFSET_READ] = "reads another offset",
};

static const char *const drivers[BOARD_BUSES] = {
	[BOARD_MAINLINE] = "mainline",
	[BOARD_OURS] = "ours",
};

/**
 * diff_next_pair() - for KUNIT_CASE_PARAM: the parts that mainline has a driver for
 * @last: the last one; NULL: begin
 * @name: set to the part's name
 *
 * Return: the next one; NULL: that was all.
 */
const void *diff_next_pair(const void *last, char *name)
{
	const struct pair *pair = last;

	pair = pair ? pair + 1 : pairs;
	if (pair == pairs + pairs_count)
		return NULL;
	strscpy(name, pair->name, KUNIT_PARAM_DESC_SIZE);
	return pair;
}

/* One after the other, of all lists; NULL: there are not so many */
static const struct diff_expected *expectation(const struct pair *pair, unsigned int number)
{
	const struct diff_expected *expected;
	unsigned int list;

	for (list = 0; list < DIFF_LISTS && pair->expected[list]; list++)
		for (expected = pair->expected[list]; expected->kinds; expected++)
			if (!number--)
				return expected;
	return NULL;
}

/**
 * diff_begin() - both drivers on one chip
 * @test: the test; its parameter is the pair, its priv is set
 * @kinds: what it looks for: bits of enum diff_kind
 *
 * Return: the run of comparisons.
 */
struct diff *diff_begin(struct kunit *test, unsigned int kinds)
{
	const struct pair *pair = test->param_value;
	struct diff *diff = kunit_kzalloc(test, sizeof(*diff), GFP_KERNEL);
	char ours[I2C_NAME_SIZE];

	KUNIT_ASSERT_NOT_NULL(test, diff);
	KUNIT_ASSERT_NULL(test, expectation(pair, DIFF_EXPECTED_MAX));
	snprintf(ours, sizeof(ours), "%s-sync", pair->name);
	diff->test = test;
	diff->pair = pair;
	diff->kinds = kinds;
	board_seed(&diff->random);
	diff->board = board_create(test, pair->name, A_DULL_DAY);
	test->priv = diff;
	diff->rtc[BOARD_MAINLINE] = board_bind(diff->board, BOARD_MAINLINE, pair->name);
	KUNIT_ASSERT_NOT_NULL_MSG(test, diff->rtc[BOARD_MAINLINE],
				  "    mainline's driver does not bind\n");
	diff->rtc[BOARD_OURS] = board_bind(diff->board, BOARD_OURS, ours);
	KUNIT_ASSERT_NOT_NULL_MSG(test, diff->rtc[BOARD_OURS],
				  "    our driver does not bind\n");
	return diff;
}

static bool is_expected(const struct diff_expected *expected, enum diff_kind kind,
			unsigned int whose, unsigned int by, s64 at)
{
	return expected->kinds & BIT(kind) && expected->whose & BIT(whose) &&
	       expected->by & BIT(by) && at >= expected->from && at <= expected->until;
}

/**
 * diff_found() - a driver did something otherwise than it should
 * @diff: the run
 * @kind: what
 * @whose: which driver
 * @by: who had set what it read
 * @at: what had been set, s since 1970 or ppb
 * @got: what came of it, or a negative error
 */
void diff_found(struct diff *diff, enum diff_kind kind, unsigned int whose,
		unsigned int by, s64 at, s64 got)
{
	const struct diff_expected *expected;
	unsigned int i;

	for (i = 0; (expected = expectation(diff->pair, i)); i++) {
		if (is_expected(expected, kind, whose, by, at)) {
			diff->hits[i]++;
			return;
		}
	}
	if (diff->unexpected++ < TOLD_MAX)
		KUNIT_FAIL(diff->test, "    %s: %s %s: %lld set by %s, %lld\n",
			   diff->pair->name, drivers[whose], kinds[kind], at, drivers[by], got);
}

/**
 * diff_end() - sum up; fails if a difference that was expected did not show
 * @diff: the run
 */
void diff_end(struct diff *diff)
{
	const struct diff_expected *expected;
	const char *name = diff->pair->name;
	unsigned int i;

	kunit_info(diff->test, "%s: %u compared, %u unexpected differences\n",
		   name, diff->compared, diff->unexpected);
	for (i = 0; (expected = expectation(diff->pair, i)); i++) {
		if (!(expected->kinds & diff->kinds))
			continue;
		kunit_info(diff->test, "%s: %u times: %s\n", name, diff->hits[i],
			   expected->why);
		KUNIT_EXPECT_GT_MSG(diff->test, diff->hits[i], 0,
				    "    this does not happen any more\n");
	}
}

/**
 * diff_exit() - for &kunit_suite.exit
 * @test: the test
 */
void diff_exit(struct kunit *test)
{
	struct diff *diff = test->priv;

	if (diff)
		board_destroy(diff->board);
}
