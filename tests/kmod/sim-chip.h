/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: a simulated RTC chip, byte by byte.
 */
#ifndef SIM_CHIP_H
#define SIM_CHIP_H

#include <linux/time64.h>
#include <linux/types.h>

#include "sim-time.h"

#define SIM_CHIP_TIME_REGS	7
#define SIM_CHIP_REGS		0x40

/**
 * struct sim_model - what differs between the chips
 * @name: the I2C device's
 * @regs: number of registers, after which the pointer wraps to 0
 * @halt_mask: bit of register 0 that stops the oscillator, 0: none
 * @flag_reg: register of the oscillator-stop flag
 * @flag_mask: that flag, which can only be written to 0; 0: none
 * @century_mask: bit of the months that says 21yy, 0: none
 * @sqw_reg: register of the square wave
 * @sqw_mask: the bits that choose it
 * @sqw_1hz: what they are for 1 Hz
 * @sqw_reset: what that register is at power up
 */
struct sim_model {
	const char *name;
	u8 regs;
	u8 halt_mask;
	u8 flag_reg;
	u8 flag_mask;
	u8 century_mask;
	u8 sqw_reg;
	u8 sqw_mask;
	u8 sqw_1hz;
	u8 sqw_reset;
};

/**
 * struct sim_chip - the simulated chip
 * @model: what kind it is
 * @regs: its registers; the first seven count
 * @shown: those seven as they were at the last START
 * @pointer: number of the register that is next
 * @tick: its seconds
 * @stuck: a fault: the seconds do not advance
 * @garbage: a fault: random bytes are read
 *
 * All instants given to it are the simulation's time, ns, and never go back by
 * more than one transfer. The caller locks it.
 */
struct sim_chip {
	const struct sim_model *model;
	u8 regs[SIM_CHIP_REGS];
	u8 shown[SIM_CHIP_TIME_REGS];
	u8 pointer;
	struct sim_tick tick;
	bool stuck;
	bool garbage;
};

int sim_chip_power_up(struct sim_chip *chip, const char *name, time64_t rtc_s,
		      s64 edge_ns);
void sim_chip_stop_oscillator(struct sim_chip *chip);
void sim_chip_advance(struct sim_chip *chip, s64 now_ns);
void sim_chip_set_ppb(struct sim_chip *chip, s32 ppb, s64 now_ns);
bool sim_chip_has_sqw(const struct sim_chip *chip);
bool sim_chip_get_time(const struct sim_chip *chip, time64_t *rtc_s);
void sim_chip_start(struct sim_chip *chip, s64 now_ns);
void sim_chip_select(struct sim_chip *chip, u8 reg);
u8 sim_chip_read(struct sim_chip *chip, s64 now_ns);
void sim_chip_write(struct sim_chip *chip, u8 value, s64 now_ns);

#endif /* SIM_CHIP_H */
