/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: the simulated chip's square wave, as an interrupt.
 */
#ifndef SIM_SQW_H
#define SIM_SQW_H

#include <linux/types.h>

#include "sim-time.h"

int sim_sqw_init(void);
void sim_sqw_follow(const struct sim_tick *tick, bool is_on);
void sim_sqw_exit(void);

#endif /* SIM_SQW_H */
