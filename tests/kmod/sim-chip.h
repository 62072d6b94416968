/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only, PURE: a simulated RTC chip, byte by byte.
 *
 * All instants given to it are the simulation's time, ns, and never go back by
 * more than one transfer. The caller locks it. It takes no locks, allocates
 * nothing and never sleeps, and what it does takes a bounded time, whatever is
 * in the registers and however far its time jumps.
 */
#ifndef SIM_CHIP_H
#define SIM_CHIP_H

#include <linux/time64.h>
#include <linux/types.h>

#include "sim-model.h"
#include "sim-tick.h"

#define SIM_REGS	256

/**
 * struct sim_chip - the simulated chip
 * @model: what kind it is
 * @regs: its registers, which count
 * @shown: those of the time as they were at the last START
 * @extra: memory behind the registers: EEPROM, RAM in pages
 * @pointer: number of the register that is next
 * @is_blocked: a transfer keeps its counters from counting
 * @has_pending: a second has ended while it was blocked
 * @tick: its seconds
 * @ppb: how much faster than the simulation's time its oscillator runs without
 *	any trim, 10^-9
 * @held: what makes it stand still; NULL: nothing
 * @into_ns: how far into the second it stands still, ns
 * @random: state of its own random numbers, any
 * @temperature_mc: of its surroundings, 10^-3 degrees Celsius
 * @age_s: since it last measured that, s
 * @busy_until_ns: when it will be done with that, or with its EEPROM
 * @trim: the trim in use, where that is not what is in the register
 * @key: what its model has to remember of the last bytes
 * @writes: how often its EEPROM has been written
 * @stuck: a fault: the seconds do not advance
 * @garbage: a fault: random bytes are read
 * @lose: a fault: so many ticks are not counted
 * @storms: a fault, or malice: whatever is written, its alarms have come, the pin of
 *	its interrupt is low, and its wave is one of a kilohertz
 * @bunches: trims act as @bunch_ns of the model has it, once a minute or more
 *	rarely; else steadily. Not for long jumps: each second takes its time then
 * @minutes: it has counted, for that
 */
struct sim_chip {
	const struct sim_model *model;
	u8 regs[SIM_REGS];
	u8 shown[SIM_REGS];
	u8 extra[SIM_REGS];
	u8 pointer;
	bool is_blocked;
	bool has_pending;
	struct sim_tick tick;
	s32 ppb;
	const struct sim_hold *held;
	s64 into_ns;
	u32 random;
	s32 temperature_mc;
	u32 age_s;
	s64 busy_until_ns;
	u8 trim;
	u8 key;
	u32 writes;
	bool stuck;
	bool garbage;
	u32 lose;
	bool storms;
	bool bunches;
	u32 minutes;
};

/* What a test does with it */
const struct sim_model *sim_model_find(const char *name);
void sim_chip_power_up(struct sim_chip *chip, const struct sim_model *model,
		       time64_t rtc_s, s64 edge_ns);
void sim_chip_lose_power(struct sim_chip *chip, s64 now_ns);
bool sim_chip_raise(struct sim_chip *chip, enum sim_flag flag, bool is_raised);
void sim_chip_stop_oscillator(struct sim_chip *chip, s64 now_ns);
void sim_chip_set_ppb(struct sim_chip *chip, s32 ppb, s64 now_ns);
void sim_chip_set_temperature(struct sim_chip *chip, s32 temperature_mc, s64 now_ns);
void sim_chip_set_time(struct sim_chip *chip, time64_t rtc_s, s64 edge_ns);
bool sim_chip_get_time(const struct sim_chip *chip, time64_t *rtc_s);
void sim_chip_advance(struct sim_chip *chip, s64 now_ns);
void sim_chip_storm(struct sim_chip *chip);

/* What its pins do */
bool sim_chip_has_wave(const struct sim_chip *chip);
bool sim_chip_is_int_low(const struct sim_chip *chip, s64 now_ns);
s64 sim_chip_next_event_ns(const struct sim_chip *chip, s64 now_ns);

/* What the bus does with it */
void sim_chip_start(struct sim_chip *chip, s64 now_ns);
void sim_chip_address(struct sim_chip *chip, s64 now_ns);
bool sim_chip_select(struct sim_chip *chip, u8 reg);
u8 sim_chip_read(struct sim_chip *chip, s64 now_ns);
void sim_chip_write(struct sim_chip *chip, u8 value, s64 now_ns);
void sim_chip_stop(struct sim_chip *chip, s64 now_ns);

/* For the models */
bool sim_chip_is(const struct sim_chip *chip, const struct sim_bits *bits);
void sim_chip_put(struct sim_chip *chip, const struct sim_bits *bits);
void sim_chip_store(struct sim_chip *chip, u8 reg, u8 value);
void sim_chip_restart(struct sim_chip *chip, s64 now_ns);
s32 sim_chip_ticks_ns(s32 ticks);
u8 sim_chip_hundredths(const struct sim_chip *chip, s64 now_ns);
void sim_chip_follow(struct sim_chip *chip, s64 now_ns);

#endif /* SIM_CHIP_H */
