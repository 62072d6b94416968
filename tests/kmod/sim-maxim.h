/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only, PURE: what the simulated chips of Maxim have in common.
 */
#ifndef SIM_MAXIM_H
#define SIM_MAXIM_H

#include "sim-chip.h"

#define CONTROL		0x0e
#define STATUS		0x0f

#define DS_COUNTERS						\
	.address = 0x68,					\
	.reg = { 0, 1, 2, 3, 4, 5, 6 },				\
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },	\
	.hundredths = SIM_NONE,					\
	.sunday = 1,						\
	.wday_last = 7,						\
	.latch = SIM_LATCH_START,				\
	.seconds_restart = true

#define DS_12_HOURS	.hour_12 = { 2, 0x40, 0x40 }

#define DS_ALARMS							\
	.alarm = {							\
		{							\
			.reg = { [SIM_SECOND] = 7, [SIM_MINUTE] = 8,	\
				 [SIM_HOUR] = 9, [SIM_MDAY] = 10 },	\
			.flag = { STATUS, 0x01, 0x01 },			\
			.match = sim_ds_match,				\
		}, {							\
			.reg = { [SIM_MINUTE] = 11, [SIM_HOUR] = 12,	\
				 [SIM_MDAY] = 13 },			\
			.flag = { STATUS, 0x02, 0x02 },			\
			.match = sim_ds_match,				\
		},							\
	}

/* One pin for the wave and for both alarms, by INTCN */
#define DS_INTS								\
	.pin = { CONTROL, 0x04, 0x04 },					\
	.ints = {							\
		{ { STATUS, 0x01, 0x01 }, { CONTROL, 0x01, 0x01 } },	\
		{ { STATUS, 0x02, 0x02 }, { CONTROL, 0x02, 0x02 } },	\
	}

#define DS_WAVE		.wave = { { CONTROL, 0x1c, 0x00 } }
#define DS_STOPPED	.flag = { [SIM_STOPPED] = { STATUS, 0x80, 0x80 } }

void sim_ds_match(const struct sim_chip *chip, const struct sim_alarm *alarm,
		  struct sim_match *match);

#endif /* SIM_MAXIM_H */
