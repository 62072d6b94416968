/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only, PURE: the seconds of a clock that is fast or slow.
 */
#ifndef SIM_TICK_H
#define SIM_TICK_H

#include <linux/types.h>

#define SIM_PPB_MAX	10000000

/**
 * struct sim_tick - the seconds of a clock that is fast or slow
 * @edge_ns: when the present one began, the simulation's time
 * @edge_part: what is missing in that, 1 ns / (10^9 + @ppb)
 * @ppb: how much faster than the simulation's time it runs, 10^-9
 *
 * A second takes 10^18 / (10^9 + @ppb) ns; the part keeps that exact for days.
 */
struct sim_tick {
	s64 edge_ns;
	u32 edge_part;
	s32 ppb;
};

void sim_tick_start(struct sim_tick *tick, s64 edge_ns);
s64 sim_tick_advance(struct sim_tick *tick, s64 now_ns);
void sim_tick_set_ppb(struct sim_tick *tick, s32 ppb, s64 now_ns);
s64 sim_tick_next_ns(const struct sim_tick *tick);
s64 sim_tick_into_ns(const struct sim_tick *tick, s64 now_ns);

#endif /* SIM_TICK_H */
