// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the engine with our driver on each part, in virtual time: it locks, keeps the
 * system clock, follows the RTC, outlives a bus that fails, and stops.
 *
 * A bus of 100 kHz with a controller that takes 50 to 150 us before a START, as
 * i2c-imx does; an RTC that runs 20 ppm fast for the system's oscillator.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/kernfs.h>
#include <linux/property.h>
#include <linux/sort.h>
#include <linux/timekeeping.h>

#include "../../drivers/rtc/sync/engine.h"
#include "part.h"

#define RTC_PPB		20000
#define LOCK_S_MAX	60
#define SAMPLES		900

/* What is below 128 ms is slewed, at 500 us/s. */
#define SLEW_S		400

/* What issue 4 asks for: the error, 99 % of the time, with syncs each 10 s */
#define P99_NS_MAX	150000

static const struct property_entry automatic[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "auto"),
	{ }
};

static const struct software_node auto_node = { .properties = automatic };

static struct rtc_sync *engine_of(struct part *part)
{
	struct kernfs_node *node = kernfs_find_and_get(part->rtc->dev.kobj.sd, "sync");
	struct kobject *kobj;

	KUNIT_ASSERT_NOT_NULL(part->test, node);
	kobj = node->priv;
	kernfs_put(node);
	return container_of(kobj, struct rtc_sync, kobj);
}

static enum rtc_sync_state state_of(struct part *part)
{
	struct rtc_sync *sync = engine_of(part);
	enum rtc_sync_state state;

	spin_lock(&sync->lock);
	state = sync->view.state;
	spin_unlock(&sync->lock);
	return state;
}

/*
 * RTC minus system clock, as the part counts and not as anybody reads, ns. During a
 * transfer the part is ahead, at its end: the second that it shows may be to begin.
 */
static s64 offset_ns(struct part *part)
{
	struct sim_board *sim = &part->board->sim;
	struct sim_chip *chip = sim_board_get(sim);
	s64 real_ns = ktime_get_real_ns();
	s64 into_ns = sim_board_now_ns(sim) - chip->tick.edge_ns;
	time64_t rtc_s = 0;

	if (into_ns > 0)
		into_ns = sim_tick_into_ns(&chip->tick, sim_board_now_ns(sim));
	sim_chip_get_time(chip, &rtc_s);
	sim_board_put_quietly(sim);
	return rtc_s * NSEC_PER_SEC + into_ns - real_ns;
}

/* The system clock is 0.3 s and some days behind, as at a boot. */
static struct part *begin(struct kunit *test)
{
	struct part *part = part_create(test);
	struct timespec64 boot = { .tv_sec = PART_SHOWS_S - 5 * 86400, .tv_nsec = 700000000 };
	struct sim_chip *chip;

	part->board->sleeps = true;
	part->board->sim.timing.setup_us = 50;
	part->board->sim.timing.jitter_us = 100;
	chip = sim_board_get(&part->board->sim);
	sim_chip_set_ppb(chip, RTC_PPB, sim_board_now_ns(&part->board->sim));
	sim_board_put(&part->board->sim);
	KUNIT_ASSERT_EQ(test, do_settimeofday64(&boot), 0);
	part_bind(part, &auto_node);
	return part;
}

/* How long that took, s; fails if it takes longer than @most_s */
static unsigned int wait_for(struct part *part, enum rtc_sync_state state, unsigned int most_s)
{
	unsigned int i;

	for (i = 0; i < 10 * most_s && state_of(part) != state; i++)
		msleep(100);
	KUNIT_EXPECT_EQ_MSG(part->test, state_of(part), state, "    %s: not in %u s\n",
			    part->name, most_s);
	return DIV_ROUND_UP(i, 10);
}

static int compare(const void *a, const void *b)
{
	s64 x = *(const s64 *)a;
	s64 y = *(const s64 *)b;

	return x < y ? -1 : x > y;
}

static void it_keeps_the_clock(struct kunit *test)
{
	struct part *part = begin(test);
	s64 *errors_ns = kunit_kcalloc(test, SAMPLES, sizeof(*errors_ns), GFP_KERNEL);
	unsigned int locked_s;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, errors_ns);
	locked_s = wait_for(part, RTC_SYNC_STATE_LOCKED, LOCK_S_MAX);
	msleep(SLEW_S * MSEC_PER_SEC);
	for (i = 0; i < SAMPLES; i++) {
		msleep(997);
		errors_ns[i] = abs(offset_ns(part));
	}
	sort(errors_ns, SAMPLES, sizeof(*errors_ns), compare, NULL);
	kunit_info(test, "%s: locked in %u s, error p50 %lld us, p99 %lld us, most %lld us\n",
		   part->name, locked_s, div_s64(errors_ns[SAMPLES / 2], NSEC_PER_USEC),
		   div_s64(errors_ns[SAMPLES * 99 / 100], NSEC_PER_USEC),
		   div_s64(errors_ns[SAMPLES - 1], NSEC_PER_USEC));
	KUNIT_EXPECT_LE(test, errors_ns[SAMPLES * 99 / 100], P99_NS_MAX);
	KUNIT_EXPECT_EQ(test, state_of(part), RTC_SYNC_STATE_LOCKED);
}

static void expect_near(struct part *part, s64 most_ns)
{
	s64 error_ns = offset_ns(part);

	bool is_near = abs(error_ns) <= most_ns;

	KUNIT_EXPECT_TRUE_MSG(part->test, is_near, "    %s: %lld ns off\n", part->name,
			      error_ns);
}

/* Somebody sets the RTC, by our driver: the clock goes where it went. */
static void it_follows_a_set(struct kunit *test)
{
	struct part *part = begin(test);

	wait_for(part, RTC_SYNC_STATE_LOCKED, LOCK_S_MAX);
	KUNIT_EXPECT_EQ(test, part_set_time(part, ktime_get_real_seconds() + 900), 0);
	msleep(SLEW_S * MSEC_PER_SEC);
	wait_for(part, RTC_SYNC_STATE_LOCKED, LOCK_S_MAX);
	expect_near(part, NSEC_PER_MSEC);
}

/* The bus fails for a while: the clock runs on, and is found again. */
static void it_outlives_a_bus_that_fails(struct kunit *test)
{
	struct part *part = begin(test);

	wait_for(part, RTC_SYNC_STATE_LOCKED, LOCK_S_MAX);
	part->board->sim.faults.gone = true;
	wait_for(part, RTC_SYNC_STATE_FAULT, 300);
	part->board->sim.faults.gone = false;
	wait_for(part, RTC_SYNC_STATE_LOCKED, 600);
	msleep(SLEW_S * MSEC_PER_SEC);
	expect_near(part, NSEC_PER_MSEC);
}

/* The part has lost its time: it is told, and not believed. */
static void it_does_not_believe_void_time(struct kunit *test)
{
	struct part *part = begin(test);
	struct sim_chip *chip;
	s64 drift_ns;

	wait_for(part, RTC_SYNC_STATE_LOCKED, LOCK_S_MAX);
	msleep(120 * MSEC_PER_SEC);
	chip = sim_board_get(&part->board->sim);
	sim_chip_lose_power(chip, sim_board_now_ns(&part->board->sim));
	sim_board_put(&part->board->sim);
	drift_ns = ktime_get_real_ns() - ktime_get_raw_ns();
	wait_for(part, RTC_SYNC_STATE_INVALID, 120);
	msleep(300 * MSEC_PER_SEC);
	drift_ns = ktime_get_real_ns() - ktime_get_raw_ns() - drift_ns;
	KUNIT_EXPECT_LT(test, drift_ns, 20 * NSEC_PER_MSEC);
	KUNIT_EXPECT_GT(test, drift_ns, -20 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, part_set_time(part, ktime_get_real_seconds() + 5), 0);
	wait_for(part, RTC_SYNC_STATE_LOCKED, 600);
	msleep(SLEW_S * MSEC_PER_SEC);
	expect_near(part, NSEC_PER_MSEC);
}

/* At any time, also while it reads: soon, and for good. */
static void it_stops(struct kunit *test)
{
	struct part *part = begin(test);
	s64 began_ns;
	unsigned int i;

	for (i = 0; i < 20; i++) {
		msleep(board_random(&part->random, 3000));
		began_ns = ktime_get_raw_ns();
		board_unbind(part->board, BOARD_OURS);
		/* 10 ms, and what is on the bus */
		KUNIT_EXPECT_LT(test, ktime_get_raw_ns() - began_ns, 100 * NSEC_PER_MSEC);
		part_bind(part, &auto_node);
	}
}

static struct kunit_case engine_cases[] = {
	KUNIT_CASE_PARAM(it_keeps_the_clock, part_next),
	KUNIT_CASE_PARAM(it_follows_a_set, part_next),
	KUNIT_CASE_PARAM(it_outlives_a_bus_that_fails, part_next),
	KUNIT_CASE_PARAM(it_does_not_believe_void_time, part_next),
	KUNIT_CASE_PARAM(it_stops, part_next),
	{ }
};

static struct kunit_suite engine_suite = {
	.name = "rtc-sync-engine",
	.exit = part_exit,
	.test_cases = engine_cases,
};

kunit_test_suite(engine_suite);
