/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: the simulation's time.
 */
#ifndef SIM_TIME_H
#define SIM_TIME_H

#include <linux/types.h>

void sim_time_init(void);
bool sim_time_is_true(void);
s64 sim_now_ns(void);

/* By sim-counter-arm.c or sim-counter-none.c */
bool sim_counter_exists(void);
u64 sim_counter_read(void);

#endif /* SIM_TIME_H */
