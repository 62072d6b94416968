/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be known of what else an RTC chip has: trim, memory, power, outputs.
 * A structure whose mask or size is 0 says: this chip has no such thing.
 */
#ifndef RTC_CHIP_EXTRAS_H
#define RTC_CHIP_EXTRAS_H

#include "calendar.h"

#define RTC_CHIP_CHARGES	6
#define RTC_CHIP_RATES		16

/**
 * struct rtc_chip_trim - what makes the oscillator, or the count, faster or slower
 * @reg: number of the register
 * @mask: its bits that hold a number of steps; 0: no trim
 * @sign_mask: a bit beside @mask that tells the direction; 0: @mask holds two's
 *	complement
 * @is_slowing: two's complement: positive numbers make it slower; with
 *	@sign_mask: that bit, set, makes it slower
 * @up_ppt: what a step up makes it faster, 10^-12
 * @down_ppt: what a step down makes it slower, 10^-12
 * @up_steps: the most steps up
 * @down_steps: the most steps down
 * @lsb: where the lowest bit of the number is, if it is not in @mask; value: not used
 * @mode: what else has to be so for steps to be of this size
 * @apply: what makes the chip take it at once, after it was written; its bits go back
 *	by themselves
 * @busy: while it is so, or @apply is, the chip does not heed @apply
 * @busy_ms: that is over within this time, ms
 * @restarts: a write begins the second anew
 * @slack_percent: how far off a step may be
 * @lump_s: it corrects once in so many seconds, by as much as it takes; 0: it makes
 *	the oscillator itself faster or slower
 * @lag_s: what is written acts within so many seconds
 */
struct rtc_chip_trim {
	u8 reg;
	u8 mask;
	u8 sign_mask;
	bool is_slowing;
	s32 up_ppt;
	s32 down_ppt;
	u16 up_steps;
	u16 down_steps;
	struct rtc_chip_bits lsb;
	struct rtc_chip_bits mode;
	struct rtc_chip_bits apply;
	struct rtc_chip_bits busy;
	u16 busy_ms;
	bool restarts;
	u8 slack_percent;
	u16 lump_s;
	u16 lag_s;
};

/**
 * struct rtc_chip_memory - spare RAM on the battery
 * @reg: number of its first register
 * @bytes: its size; 0: none
 */
struct rtc_chip_memory {
	u8 reg;
	u8 bytes;
};

/**
 * struct rtc_chip_charge - one way to charge the battery
 * @ohms: of the resistor in it; 0: the list ends before it
 * @has_diode: there is a diode in it, too
 * @value: the bits for it
 */
struct rtc_chip_charge {
	u16 ohms;
	bool has_diode;
	u8 value;
};

/**
 * struct rtc_chip_charger - the trickle charger
 * @key: what has to be written before each write of @reg; it is not read back
 * @reg: number of its register
 * @mask: its bits, 0 when it is off; 0: there is none
 * @ways: to charge; the first one with the right resistor and diode is used
 */
struct rtc_chip_charger {
	struct rtc_chip_bits key;
	u8 reg;
	u8 mask;
	struct rtc_chip_charge ways[RTC_CHIP_CHARGES];
};

/**
 * struct rtc_chip_backup - when to go over to the battery
 * @reg: number of the register
 * @mask: the bits that tell; 0: it is not to be chosen
 * @read_mask: those of them that matter when they are read
 * @disabled: their value for RTC_BSM_DISABLED
 * @direct: their value for RTC_BSM_DIRECT
 * @level: their value for RTC_BSM_LEVEL
 */
struct rtc_chip_backup {
	u8 reg;
	u8 mask;
	u8 read_mask;
	u8 disabled;
	u8 direct;
	u8 level;
};

/**
 * struct rtc_chip_load - the capacitance that the chip puts to its crystal
 * @reg: number of the register
 * @mask: the bit; 0: it is not to be chosen
 * @high: its value for 12.5 pF; the other one is for 7 pF
 * @is_high: 12.5 pF it is if the device tree does not tell, as with mainline's driver
 */
struct rtc_chip_load {
	u8 reg;
	u8 mask;
	u8 high;
	bool is_high;
};

/**
 * struct rtc_chip_rate - a frequency of the clock output
 * @hz: the frequency, Hz; 0: the list ends before it
 * @value: the bits for it
 */
struct rtc_chip_rate {
	u32 hz;
	u8 value;
};

/**
 * struct rtc_chip_clkout - the clock output
 * @reg: number of the register that chooses the frequency
 * @mask: its bits
 * @gate: what switches the output on; undone it is off. mask 0: @off does
 * @off: value of @mask that switches it off, if there is no @gate
 * @is_on_alarm_pin: the output is the alarm's pin, too
 * @rates: the frequencies
 */
struct rtc_chip_clkout {
	u8 reg;
	u8 mask;
	struct rtc_chip_bits gate;
	u8 off;
	bool is_on_alarm_pin;
	struct rtc_chip_rate rates[RTC_CHIP_RATES];
};

/**
 * struct rtc_chip_thermometer - the temperature that the chip measures
 * @reg: number of the first of two registers: degrees Celsius, two's complement,
 *	then quarters of a degree in the upper two bits
 * @is_there: there is one
 */
struct rtc_chip_thermometer {
	u8 reg;
	bool is_there;
};

/**
 * struct rtc_chip_eeprom - registers that come from an EEPROM, and spare bytes in it
 * @mirror_reg: first of the registers that are copies of the EEPROM's
 * @mirror_bytes: how many; 0: there is no EEPROM. Changed for good only with it
 * @spare_bytes: bytes of it, from 0 on, that the chip does not use
 * @hold: what keeps the chip from copying the EEPROM over the registers
 * @busy: while it is so the EEPROM is busy
 * @address_reg: takes the number of the byte
 * @data_reg: takes or gives the byte
 * @command_reg: takes 0, and then one of the following
 * @write: command: one byte into it
 * @read: command: one byte out of it
 * @settle_ms: only so long after a command @busy can be trusted, ms
 * @busy_ms: as long as a command may take, ms
 */
struct rtc_chip_eeprom {
	u8 mirror_reg;
	u8 mirror_bytes;
	u8 spare_bytes;
	struct rtc_chip_bits hold;
	struct rtc_chip_bits busy;
	u8 address_reg;
	u8 data_reg;
	u8 command_reg;
	u8 write;
	u8 read;
	u8 settle_ms;
	u16 busy_ms;
};

#endif /* RTC_CHIP_EXTRAS_H */
