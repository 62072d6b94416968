// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: setting the time, so that the part's second begins when the caller's does.
 *
 * Transfers sleep, as with a controller's interrupt, on a bus of 100 and of 400 kHz
 * and with a controller that takes its time.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/time64.h>

#include "part.h"

#define SETS		20

/* What issue 4 asks for */
#define ERROR_NS_MAX	NSEC_PER_MSEC

/* What mainline's drivers do without a word to the kernel is far more than this. */
#define SET_OFFSET_NS_MAX	(1100 * (s64)NSEC_PER_MSEC)

static const struct sim_timing timings[] = {
	{ .bus_hz = 100000 },
	{ .bus_hz = 400000 },
	{ .bus_hz = 100000, .setup_us = 50, .completion_us = 20, .jitter_us = 100 },
};

/* By how much the part's seconds are late for those of the caller, ns */
static s64 late_ns(struct part *part, time64_t set_s, s64 called_ns)
{
	struct sim_board *sim = &part->board->sim;
	struct sim_chip *chip = sim_board_get(sim);
	s64 edge_ns = chip->tick.edge_ns;
	time64_t shows_s = 0;

	KUNIT_EXPECT_TRUE(part->test, sim_chip_get_time(chip, &shows_s));
	sim_board_put_quietly(sim);
	return edge_ns - called_ns - (shows_s - set_s) * NSEC_PER_SEC;
}

/*
 * The kernel calls so long before the tick to the next second. A caller who knows
 * nothing of that calls when a second begins.
 */
static s64 call_ns(const struct part *part, s64 now_ns)
{
	return now_ns + NSEC_PER_SEC - part->rtc->set_offset_nsec;
}

static s64 set_and_measure(struct part *part, time64_t set_s)
{
	s64 begins_ns = sim_board_now_ns(&part->board->sim);
	s64 error_ns;

	KUNIT_EXPECT_EQ(part->test, part_set_time(part, set_s), 0);
	/* A second that is on its way when the set returns has to begin. */
	msleep(1500);
	error_ns = late_ns(part, set_s, call_ns(part, begins_ns));
	KUNIT_EXPECT_TRUE_MSG(part->test, abs(error_ns) <= ERROR_NS_MAX,
			      "    %s: %lld ns late\n", part->name, error_ns);
	return error_ns;
}

static void the_second_begins_when_it_is_set(struct kunit *test)
{
	struct part *part = part_begin(test);
	s64 worst_ns = 0;
	s64 error_ns;
	unsigned int i;

	part->board->sleeps = true;
	KUNIT_EXPECT_LE(test, (s64)part->rtc->set_offset_nsec, SET_OFFSET_NS_MAX);
	for (i = 0; i < SETS * ARRAY_SIZE(timings); i++) {
		part->board->sim.timing = timings[i % ARRAY_SIZE(timings)];
		usleep_range(1, 1 + board_random(&part->random, USEC_PER_SEC));
		error_ns = set_and_measure(part, PART_SHOWS_S + 7 * i);
		if (abs(error_ns) > abs(worst_ns))
			worst_ns = error_ns;
	}
	kunit_info(test, "%s: %u sets, the worst %lld us late\n", part->name, i,
		   div_s64(worst_ns, NSEC_PER_USEC));
}

static void all_that_can_be_set_is_read(struct kunit *test)
{
	struct part *part = part_begin(test);
	time64_t first_s = part->rtc->range_min;
	time64_t last_s = part->rtc->range_max;

	KUNIT_EXPECT_EQ(test, part_set_time(part, first_s - 1), -ERANGE);
	KUNIT_EXPECT_EQ(test, part_set_time(part, last_s + 1), -ERANGE);
	KUNIT_EXPECT_EQ(test, part_set_time(part, first_s), 0);
	KUNIT_EXPECT_GE(test, part_read_time(part), first_s);
	KUNIT_EXPECT_LE(test, part_read_time(part), first_s + 2);
	KUNIT_EXPECT_EQ(test, part_set_time(part, last_s - 3), 0);
	KUNIT_EXPECT_GE(test, part_read_time(part), last_s - 3);
	KUNIT_EXPECT_LE(test, part_read_time(part), last_s);
}

static struct kunit_case chip_set_cases[] = {
	KUNIT_CASE_PARAM(the_second_begins_when_it_is_set, part_next),
	KUNIT_CASE_PARAM(all_that_can_be_set_is_read, part_next),
	{ }
};

static struct kunit_suite chip_set_suite = {
	.name = "rtc-sync-chip-set",
	.exit = part_exit,
	.test_cases = chip_set_cases,
};

kunit_test_suite(chip_set_suite);
