/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only, PURE: what the simulated chips are, one struct sim_model a
 * part. The models are data; where a part does what no field says, it has a
 * function of its own.
 *
 * Nothing here comes from drivers/rtc/chip: a mistake made there must not be
 * made here as well.
 */
#ifndef SIM_MODEL_H
#define SIM_MODEL_H

#include <linux/types.h>

struct sim_chip;

/* No such register */
#define SIM_NONE	0xff

/**
 * enum sim_unit - the counters of a chip
 * @SIM_SECOND: 00..59
 * @SIM_MINUTE: 00..59
 * @SIM_HOUR: 00..23, or 1..12 with bit 5 in the afternoon
 * @SIM_WDAY: day of the week; the chip has its own numbers
 * @SIM_MDAY: 1..31
 * @SIM_MONTH: 1..12
 * @SIM_YEAR: 00..99
 * @SIM_UNITS: how many there are
 */
enum sim_unit {
	SIM_SECOND,
	SIM_MINUTE,
	SIM_HOUR,
	SIM_WDAY,
	SIM_MDAY,
	SIM_MONTH,
	SIM_YEAR,
	SIM_UNITS,
};

/**
 * enum sim_flag - what a chip can tell of its past
 * @SIM_STOPPED: its oscillator stood still
 * @SIM_BATTERY_LOW: its battery is low
 * @SIM_SWITCHED: it has lived on its battery
 * @SIM_INACCURATE: the supply was too low for its accuracy
 * @SIM_POWER_FAILED: the supply has failed
 * @SIM_FLAGS: how many there are
 */
enum sim_flag {
	SIM_STOPPED,
	SIM_BATTERY_LOW,
	SIM_SWITCHED,
	SIM_INACCURATE,
	SIM_POWER_FAILED,
	SIM_FLAGS,
};

/**
 * enum sim_latch - what a reader sees while the chip counts
 * @SIM_LATCH_START: the counters as they were at the last START
 * @SIM_LATCH_BLOCK: the counters, which stand still from the acknowledge of the
 *	chip's address to the STOP; one second that ended meanwhile is counted then
 * @SIM_LATCH_NONE: the counters as they are
 */
enum sim_latch {
	SIM_LATCH_START,
	SIM_LATCH_BLOCK,
	SIM_LATCH_NONE,
};

/**
 * struct sim_bits - bits of a register, and what they have to be
 * @reg: its number
 * @mask: which bits; 0: this says nothing
 * @value: what they have to be
 */
struct sim_bits {
	u8 reg;
	u8 mask;
	u8 value;
};

/**
 * struct sim_access - what a write does to some registers
 * @first: the first of them
 * @last: the last of them
 * @writable: bits that take what is written
 * @clearable: bits that a written 0 clears and a written 1 leaves alone
 *
 * All other bits, and registers that no entry names, stay as they are.
 */
struct sim_access {
	u8 first;
	u8 last;
	u8 writable;
	u8 clearable;
};

/**
 * struct sim_hold - what makes the chip stand still
 * @bits: while these are so
 * @first_tick_ns: from its end until the first second is over, ns; 0: it goes on
 *	where it stood
 * @spread_ns: up to so much less of that, at random, ns
 */
struct sim_hold {
	struct sim_bits bits;
	u32 first_tick_ns;
	u32 spread_ns;
};

/**
 * struct sim_match - when an alarm goes off
 * @is_off: never
 * @every_minute: looked at when a minute begins, not at each second
 * @mask: bits of each counter that are compared; 0: any value will do
 * @value: what they have to be
 * @any_of: bits of each counter, any of which will do; 0: @mask counts
 */
struct sim_match {
	bool is_off;
	bool every_minute;
	u8 mask[SIM_UNITS];
	u8 value[SIM_UNITS];
	u8 any_of[SIM_UNITS];
};

/**
 * struct sim_alarm - an alarm
 * @reg: register of each counter it looks at; 0: none
 * @flag: raised when it goes off
 * @needs: it only looks if these are so
 * @match: makes a match of the registers; NULL: bit 7 of each says that any
 *	value will do, and if all of them say so the alarm is off
 * @every_minute: for @match of NULL
 * @wday_needs: the register of the day of the month is one of the day of the
 *	week if these are so; for @match of NULL
 */
struct sim_alarm {
	u8 reg[SIM_UNITS];
	struct sim_bits flag;
	struct sim_bits needs;
	void (*match)(const struct sim_chip *chip, const struct sim_alarm *alarm,
		      struct sim_match *match);
	bool every_minute;
	struct sim_bits wday_needs;
};

/**
 * struct sim_int - what pulls the interrupt pin low
 * @flag: while this flag is raised
 * @enable: and this is so
 * @pulse_ns: only so long after the beginning of each second; 0: all the time
 * @needs: and this too
 */
struct sim_int {
	struct sim_bits flag;
	struct sim_bits enable;
	u32 pulse_ns;
	struct sim_bits needs;
};

/**
 * struct sim_model - a kind of chip
 * @name: as mainline's driver calls the I2C device
 * @address: on the bus, 7 bits
 * @reg: register of each counter
 * @mask: bits of each counter
 * @hundredths: register of the hundredths of seconds, BCD; or SIM_NONE
 * @sunday: what the chip's, or mainline's, day of the week is on Sundays
 * @wday_last: the day of the week after which the week begins anew; 0: it is a
 *	bit that moves, from 0 to 6
 * @hour_12: what makes the hours count to 12
 * @century: what turns over after 99, as it is from 2000 to 2099
 * @century_enable: it does so while these are so
 * @century_is_vague: it is for leap years only: nobody can tell the century by it
 * @latch: what a reader sees
 * @blocks_at_start: with SIM_LATCH_BLOCK: they stand still from the START on
 * @restart_releases: with SIM_LATCH_BLOCK: a repeated START is a STOP as well
 * @seconds_restart: a write of the seconds restarts the second
 * @restart_spread_ns: up to so much of that second is missing, at random, ns
 * @wave_rises: the wave of 1 Hz rises when a second begins, instead of falling
 * @hold: what makes it stand still
 * @flag: its flags; the value is that of a raised one
 * @wave: what all has to be so for a wave of 1 Hz; mask 0 in the first: it has
 *	none
 * @pin: what has to be so for the alarms to have the interrupt pin
 * @last: its last register, after which the pointer goes on with 0
 * @ram_last: another one, or 0; after it the pointer goes on with
 * @ram_first: this one
 * @access: what can be written; the first entry that fits counts
 * @reset: what is in the registers after the power was off
 * @alarm: its alarms
 * @ints: what pulls the interrupt pin
 * @trim_ppb: how much faster it runs by its trim registers, 10^-9
 * @bunch_ns: where a trim does not change the rate, but the length of a second now
 *	and then: how much shorter that is which now begins with a minute, ns
 * @is_leap: is it a leap year? NULL: if its two digits are a multiple of 4
 * @map: the register that is behind a number; NULL: itself
 * @write: a write; true if it has been dealt with. It is not told of itself
 * @read: may change what is read
 * @passed: seconds have passed; the bits of @units say which counters moved
 * @stop: the end of a transfer
 * @power: the power came back
 */
struct sim_model {
	const char *name;
	u8 address;
	u8 reg[SIM_UNITS];
	u8 mask[SIM_UNITS];
	u8 hundredths;
	u8 sunday;
	u8 wday_last;
	struct sim_bits hour_12;
	struct sim_bits century;
	struct sim_bits century_enable;
	bool century_is_vague;
	enum sim_latch latch;
	bool blocks_at_start;
	bool restart_releases;
	bool seconds_restart;
	u32 restart_spread_ns;
	bool wave_rises;
	struct sim_hold hold[2];
	struct sim_bits flag[SIM_FLAGS];
	struct sim_bits wave[2];
	struct sim_bits pin;
	u8 last;
	u8 ram_last;
	u8 ram_first;
	struct sim_access access[20];
	struct sim_bits reset[20];
	struct sim_alarm alarm[2];
	struct sim_int ints[4];
	s32 (*trim_ppb)(const struct sim_chip *chip);
	s32 (*bunch_ns)(const struct sim_chip *chip);
	bool (*is_leap)(const struct sim_chip *chip);
	u8 (*map)(const struct sim_chip *chip, u8 reg);
	bool (*write)(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns);
	void (*read)(struct sim_chip *chip, u8 reg, u8 *value, s64 now_ns);
	void (*passed)(struct sim_chip *chip, unsigned int units, s64 seconds,
		       s64 now_ns);
	void (*stop)(struct sim_chip *chip, s64 now_ns);
	void (*power)(struct sim_chip *chip, s64 now_ns);
};

extern const struct sim_model sim_ds1307;
extern const struct sim_model sim_ds1337;
extern const struct sim_model sim_ds1338;
extern const struct sim_model sim_ds1339;
extern const struct sim_model sim_ds1340;
extern const struct sim_model sim_ds3231;
extern const struct sim_model sim_ds3232;
extern const struct sim_model sim_mcp7940x;
extern const struct sim_model sim_mcp7941x;
extern const struct sim_model sim_pcf8523;
extern const struct sim_model sim_pcf8563;
extern const struct sim_model sim_pcf85063a;
extern const struct sim_model sim_rv3028;
extern const struct sim_model sim_rv8803;
extern const struct sim_model sim_m41t62;
extern const struct sim_model sim_bq32000;
extern const struct sim_model sim_ab1805;
extern const struct sim_model sim_rv1805;

/* All of them, and a NULL at the end */
extern const struct sim_model *const sim_models[];

#endif /* SIM_MODEL_H */
