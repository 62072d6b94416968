// SPDX-License-Identifier: GPL-2.0-only
/* A board in virtual time. */
#include <errno.h>
#include <math.h>

#include "world.h"

#define NS_PER_S	1000000000LL

/* The DS13xx: address and register, then again address and data. */
const struct rtc_sync_source world_source = {
	.name = "simulated",
	.wire = {
		[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },
		[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 },
	},
	.has_short = true,
	.read = world_read,
};

/* splitmix64: one seed gives one run, everywhere. */
static u64 next_random(u64 *state)
{
	u64 z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

s64 world_random(struct world *world, s64 below)
{
	return below > 0 ? (s64)(next_random(&world->rng) % (u64)below) : 0;
}

/* The figures of the emulated i.MX6UL, at a phase that the seed chooses. */
void world_init(struct world *world, u64 seed)
{
	*world = (struct world) {
		.rtc_s = 1767225600,
		.setup_ns = 197000,
		.byte_ns = 7000,
		.completion_ns = 6000,
		.jitter_ns = 5000,
		.wake_ns = 50000,
		.rng = seed,
	};
	world->rtc_phase_ns = world_random(world, NS_PER_S);
	world->raw_ns = world_random(world, 1000 * NS_PER_S);
	world->rtc_s += world_random(world, 86400);
}

static void advance(struct world *world, s64 ns)
{
	__int128 rest;

	s64 raw_ns = world->raw_ns;

	world->true_ns += ns;
	rest = (__int128)ns * (NS_PER_S + world->osc_ppb) + world->raw_rest;
	world->raw_ns += (s64)(rest / NS_PER_S);
	world->raw_rest = (s64)(rest % NS_PER_S);
	rest = (__int128)(world->raw_ns - raw_ns) * world->freq_ppb +
	       world->freq_rest;
	world->real_ns += (s64)(rest / NS_PER_S);
	world->freq_rest = (s64)(rest % NS_PER_S);
}

/* In steps of a second, so that the rate can follow the day. */
void world_sleep(struct world *world, s64 ns)
{
	double day;

	while (ns > 0) {
		s64 step_ns = ns < NS_PER_S ? ns : NS_PER_S;

		day = (double)world->true_ns / (86400.0 * 1e9);
		world->osc_ppb = world->osc_mean_ppb +
				 (s64)((double)world->swing_ppb *
				       sin(2 * 3.14159265358979 * day));
		advance(world, step_ns);
		ns -= step_ns;
	}
}

/*
 * Ends late by a random wake-up, never early. Timers run by the same oscillator
 * as CLOCK_MONOTONIC_RAW.
 */
void world_sleep_until_raw(struct world *world, s64 raw_ns)
{
	s64 left_ns;
	int i;

	for (i = 0; i < 100000 && world->raw_ns < raw_ns; i++) {
		left_ns = raw_ns - world->raw_ns;
		left_ns -= left_ns / NS_PER_S * world->osc_ppb;
		left_ns -= left_ns % NS_PER_S * world->osc_ppb / NS_PER_S;
		world_sleep(world, left_ns < NS_PER_S ? left_ns + 1 : NS_PER_S);
	}
	world_sleep(world, world_random(world, world->wake_ns));
}

/* RTC time, ns since 1970: the truth that the tracker seeks. */
s64 world_rtc_ns(const struct world *world)
{
	s64 ns = world->true_ns;

	ns += (s64)((__int128)ns * world->rtc_ppb / NS_PER_S);
	if (world->lump_s)
		ns += world->true_ns / (world->lump_s * NS_PER_S) *
		      world->lump_s * world->lump_ppb;
	return world->rtc_s * NS_PER_S + world->rtc_phase_ns + ns;
}

/* Other rates from now on: the RTC's time does not jump. */
void world_trim(struct world *world, s64 rtc_ppb, s64 lump_ppb)
{
	s64 rtc_ns = world_rtc_ns(world);

	world->rtc_ppb = rtc_ppb;
	world->lump_ppb = lump_ppb;
	world->rtc_phase_ns += rtc_ns - world_rtc_ns(world);
}

int world_read(void *ctx, enum rtc_sync_read kind,
	       struct rtc_sync_reading *reading)
{
	struct world *world = ctx;
	const struct rtc_sync_wire *wire = &world_source.wire[kind];
	s64 rtc_s;

	world->transfers[kind]++;
	reading->before_raw_ns = world->raw_ns;
	world_sleep(world, world->setup_ns + world_random(world, world->jitter_ns) +
			   (wire->bytes - wire->tail_bytes) * world->byte_ns);

	rtc_s = world->rtc_stuck ? world->stuck_s : world_rtc_ns(world) / NS_PER_S;
	if (world_random(world, 100) < world->garbage_percent)
		rtc_s = world->rtc_s + world_random(world, 100000000);
	reading->rtc_s = kind == RTC_SYNC_READ_SHORT ? rtc_s % 60 : rtc_s;

	world_sleep(world, wire->tail_bytes * world->byte_ns +
			   world->completion_ns +
			   world_random(world, world->jitter_ns));
	reading->after_raw_ns = world->raw_ns;
	return world_random(world, 100) < world->fail_percent ? -EIO : 0;
}
