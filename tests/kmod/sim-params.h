/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: the board of rtc-sync-simbus.
 */
#ifndef SIM_PARAMS_H
#define SIM_PARAMS_H

#include "sim-bus.h"

extern struct sim_board sim_module_board;

#endif /* SIM_PARAMS_H */
