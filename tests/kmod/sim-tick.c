// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: the seconds of a clock that is fast or slow.
 */
#include <linux/math64.h>
#include <linux/time64.h>

#include "sim-tick.h"

static u32 parts_of_1_ns(const struct sim_tick *tick)
{
	return NSEC_PER_SEC + tick->ppb;
}

/**
 * sim_tick_start() - begin a second
 * @tick: the clock
 * @edge_ns: when
 */
void sim_tick_start(struct sim_tick *tick, s64 edge_ns)
{
	tick->edge_ns = edge_ns;
	tick->edge_part = 0;
}

/* A second in whole ns, and the rest. */
static s64 second_ns(const struct sim_tick *tick, u32 *rest)
{
	return div_u64_rem((u64)NSEC_PER_SEC * NSEC_PER_SEC, parts_of_1_ns(tick), rest);
}

static struct sim_tick after(const struct sim_tick *tick, s64 seconds)
{
	struct sim_tick later = *tick;
	u32 rest;

	later.edge_ns += seconds * second_ns(tick, &rest);
	later.edge_ns += div_u64_rem(tick->edge_part + (u64)seconds * rest,
				     parts_of_1_ns(tick), &later.edge_part);
	return later;
}

/**
 * sim_tick_next_ns() - when does the next second begin?
 * @tick: the clock
 *
 * Return: when sim_tick_advance() will let it begin, the simulation's time, ns.
 */
s64 sim_tick_next_ns(const struct sim_tick *tick)
{
	return after(tick, 1).edge_ns;
}

/**
 * sim_tick_advance() - count up to an instant
 * @tick: the clock
 * @now_ns: the instant; nothing happens if it is before the present second
 *
 * Return: the seconds that have passed.
 */
s64 sim_tick_advance(struct sim_tick *tick, s64 now_ns)
{
	struct sim_tick later;
	s64 seconds;
	u32 rest;

	if (now_ns < tick->edge_ns)
		return 0;
	seconds = div64_s64(now_ns - tick->edge_ns, second_ns(tick, &rest));
	later = after(tick, seconds);
	/* The seconds are a little longer than what it was divided by. */
	if (later.edge_ns > now_ns)
		later = after(tick, --seconds);
	*tick = later;
	return seconds;
}

/**
 * sim_tick_set_ppb() - change the rate from an instant on
 * @tick: the clock, advanced to that instant
 * @ppb: how much faster than the simulation's time it runs from now on, 10^-9
 * @now_ns: the instant
 */
void sim_tick_set_ppb(struct sim_tick *tick, s32 ppb, s64 now_ns)
{
	s64 into_ns = now_ns - tick->edge_ns;
	u32 parts = parts_of_1_ns(tick);

	tick->ppb = ppb;
	/* As far into the second as it was, by the new rate. */
	if (into_ns > 0)
		sim_tick_start(tick, now_ns - div_u64((u64)into_ns * parts, parts_of_1_ns(tick)));
}

/**
 * sim_tick_into_ns() - how far is the present second?
 * @tick: the clock, advanced to that instant
 * @now_ns: the instant
 *
 * Return: what has passed of it, ns, at least 0.
 */
s64 sim_tick_into_ns(const struct sim_tick *tick, s64 now_ns)
{
	return now_ns > tick->edge_ns ? now_ns - tick->edge_ns : 0;
}
