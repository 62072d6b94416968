// SPDX-License-Identifier: GPL-2.0-only
/*
 * The engine's own thread, with all that it does, on a simulated board for a year.
 *
 * usage: year [seed [seeds [days]]]
 *
 * Each seed is another board: odd ones slew, as built in; even ones step, as a module;
 * two in four have an RTC that no season bends; each third may be trimmed. Prints what it counted and, in TAP, whether it kept the
 * limits. The same seed gives the same year.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "year.h"

/*
 * Undisturbed, a slewed clock is kept to this; a stepped one to the dead band and what an
 * oscillator that is off by 120 ppm makes of an interval.
 */
#define SLEWED_NS	1000000
#define STEPPED_NS	18000000

extern unsigned int kernel_log_lines;

static void begin(struct year *board, u64 seed, s64 days)
{
	struct world *world = &board->world;

	memset(board, 0, sizeof(*board));
	year = board;
	world_init(world, seed);
	board->is_builtin = seed % 2;
	board->is_steady = seed % 4 < 2;
	board->end_ns = days * DAY_S * NS_PER_S;
	board->osc_ppb = world_random(world, 200000) - 100000;
	board->rtc_ppb = world_random(world, 8000) - 4000;
	board->rate_ppb.lo = board->rtc_ppb;
	board->rate_ppb.hi = board->rtc_ppb;
	world->osc_mean_ppb = board->osc_ppb;
	world->osc_ppb = board->osc_ppb;
	world->swing_ppb = 5000;
	board->utc_base_ns = world_rtc_ns(world);
	/* As hctosys leaves it */
	world->real_ns = board->utc_base_ns - world->raw_ns - world_random(world, NS_PER_S);
	board->kernel.is_unsync = true;
	board->kernel.maxerror_us = 16000000;
	board->sync.config = (struct rtc_sync_config) {
		.mode = RTC_SYNC_MODE_AUTO,
		.interval_s = INTERVAL_S,
		.max_step_s = RTC_SYNC_MAX_STEP_S,
		.trims = seed % 3 == 0,
		.stores = true,
	};
}

static void print_tally(const struct year *board)
{
	const struct year_tally *tally = &board->tally;
	const struct rtc_sync_stats *stats = &board->sync.stats;
	s64 all_ns = 0;
	int i;

	for (i = 0; i <= RTC_SYNC_STATE_FAULT; i++)
		all_ns += tally->state_ns[i];
	printf("#   %u syncs, %u readings, %lld of them failed, %u steps (%u backward), %lld slews, %u trims, %u stores, %u log lines\n",
	       stats->syncs, stats->reads[RTC_SYNC_READ_SHORT] + stats->reads[RTC_SYNC_READ_FULL],
	       tally->fails, stats->steps, stats->steps_backward, tally->slews, stats->trims,
	       stats->stores, kernel_log_lines);
	printf("#   %lld fault spells, %lld suspends, RTC set %lld times, NTP came %lld times; %lld changes of state\n",
	       tally->faults, tally->suspends, tally->sets, board->daemon.spells, tally->states);
	printf("#   acquiring %.3f %%, locked %.2f %%, standby %.2f %%, holdover %.2f %%, fault %.3f %%, invalid %.3f %%\n",
	       100.0 * (double)tally->state_ns[RTC_SYNC_STATE_ACQUIRING] / (double)all_ns,
	       100.0 * (double)tally->state_ns[RTC_SYNC_STATE_LOCKED] / (double)all_ns,
	       100.0 * (double)tally->state_ns[RTC_SYNC_STATE_STANDBY] / (double)all_ns,
	       100.0 * (double)tally->state_ns[RTC_SYNC_STATE_HOLDOVER] / (double)all_ns,
	       100.0 * (double)tally->state_ns[RTC_SYNC_STATE_FAULT] / (double)all_ns,
	       100.0 * (double)tally->state_ns[RTC_SYNC_STATE_INVALID] / (double)all_ns);
	printf("#   %lld samples, %lld beyond the bound (by %lld ns); holdover %lld, %lld beyond, at most %.3f ms off\n",
	       tally->samples, tally->beyond, tally->beyond_ns, tally->lone, tally->lone_beyond,
	       (double)tally->lone_ns / 1e6);
	printf("#   undisturbed: clock at most %.3f ms off, %lld intervals missed; a sync at most %.1f s after a mishap\n",
	       (double)tally->clock_ns / 1e6, tally->missed, (double)tally->recovery_ns / 1e9);
}

static int verdict(bool is_good, u64 seed, const char *what)
{
	printf("%s sim: year, seed %llu: %s\n", is_good ? "ok" : "not ok", seed, what);
	return !is_good;
}

/* What the engine counted is what happened. */
static bool counts_right(const struct year *board)
{
	const struct rtc_sync_stats *stats = &board->sync.stats;
	const struct year_tally *tally = &board->tally;

	return stats->reads[RTC_SYNC_READ_SHORT] == board->world.transfers[RTC_SYNC_READ_SHORT] &&
	       stats->reads[RTC_SYNC_READ_FULL] == board->world.transfers[RTC_SYNC_READ_FULL] &&
	       board->sync.tracker.counts.bus_errors == tally->fails &&
	       stats->steps == tally->steps && stats->slews <= tally->slews &&
	       stats->stores == tally->stores && stats->trims == tally->trims &&
	       !stats->steps_failed && !stats->slews_failed && !stats->stores_failed &&
	       !stats->trims_failed && !board->sync.tracker.counts.invalid;
}

static int play(u64 seed, s64 days)
{
	static struct year board;
	const struct year_tally *tally = &board.tally;
	int failed = 0;

	begin(&board, seed, days);
	year_run();
	failed += verdict(!tally->wrong_steps && tally->steps, seed, "no wrong step");
	failed += verdict(!tally->beyond && tally->samples, seed, "the bound holds");
	failed += verdict(!tally->lone_beyond, seed, "the bound holds without NTP");
	failed += verdict(tally->clock_ns <= (board.is_builtin ? SLEWED_NS : STEPPED_NS), seed,
			  "the clock is kept");
	failed += verdict(counts_right(&board), seed, "the counters are right");
	failed += verdict(!tally->missed && tally->recovery_ns <= 3 * INTERVAL_S * NS_PER_S,
			  seed, "no interval is missed");
	failed += verdict(kernel_log_lines <= 2 * tally->states, seed, "the log is short");
	printf("# seed %llu, %lld days, %s%s%s\n", seed, days,
	       board.is_builtin ? "built in" : "a module",
	       board.is_steady ? ", a steady RTC" : "",
	       board.sync.config.trims ? ", trimmed" : "");
	print_tally(&board);
	return failed;
}

int main(int argc, char **argv)
{
	u64 first = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
	u64 count = argc > 2 ? strtoull(argv[2], NULL, 0) : 3;
	s64 days = argc > 3 ? strtoll(argv[3], NULL, 0) : 365;
	int failed = 0;
	u64 seed;

	for (seed = first; seed < first + count; seed++)
		failed += play(seed, days);
	return failed != 0;
}
