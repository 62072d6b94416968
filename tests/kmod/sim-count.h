/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only, PURE: how a simulated chip counts, and when its alarms go off.
 */
#ifndef SIM_COUNT_H
#define SIM_COUNT_H

#include "sim-chip.h"

unsigned int sim_count(struct sim_chip *chip, s64 seconds);
u8 sim_counter(const struct sim_chip *chip, enum sim_unit unit);

void sim_alarms_check(struct sim_chip *chip, unsigned int units);
bool sim_alarms_may_match(const struct sim_chip *chip, enum sim_unit unit);

#endif /* SIM_COUNT_H */
