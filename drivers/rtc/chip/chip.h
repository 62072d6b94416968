/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be known of an RTC chip: data only.
 *
 * Every difference between two chips is a field here, and every chip a row in a
 * table-*.c. An "if" on the kind of chip anywhere else means that a field is
 * missing. A structure whose mask or size is 0 says: this chip has no such thing.
 */
#ifndef RTC_CHIP_H
#define RTC_CHIP_H

#include <linux/time64.h>
#include <linux/types.h>

#include "../rtc-sync.h"

/* In the place of an offset: this chip has no such byte. */
#define RTC_CHIP_NONE		0xff

#define RTC_CHIP_FLAGS		8
#define RTC_CHIP_STICKY		2
#define RTC_CHIP_UNUSED		2
#define RTC_CHIP_IDENTS		8
#define RTC_CHIP_WRITABLE	2
#define RTC_CHIP_ALARM_BYTES	7
#define RTC_CHIP_MATCHES	2
#define RTC_CHIP_WAVES		2
#define RTC_CHIP_CHARGES	6
#define RTC_CHIP_RATES		16

/**
 * enum rtc_chip_byte - where the bytes lie that do so on all chips
 * @RTC_CHIP_SECOND: seconds, BCD
 * @RTC_CHIP_MINUTE: minutes, BCD
 * @RTC_CHIP_HOUR: hours, BCD, perhaps with the bits that choose 12 or 24 hours
 * @RTC_CHIP_BYTES: number of bytes of the time
 *
 * Counted from &rtc_chip_calendar.reg. The other four are days of the week and
 * of the month, months and years, which chips have in several orders.
 */
enum rtc_chip_byte {
	RTC_CHIP_SECOND = 0,
	RTC_CHIP_MINUTE = 1,
	RTC_CHIP_HOUR = 2,
	RTC_CHIP_BYTES = 7,
};

/**
 * struct rtc_chip_bits - bits of a register and what they are to be
 * @reg: number of the register
 * @mask: the bits; 0: there are none
 * @value: what @mask cuts out of the register then
 */
struct rtc_chip_bits {
	u8 reg;
	u8 mask;
	u8 value;
};

/**
 * struct rtc_chip_calendar - the seven bytes of the time
 * @reg: number of the first register of the time, the seconds
 * @wday_at: offset of the day of the week from @reg
 * @mday_at: offset of the day of the month, BCD from 1
 * @month_at: offset of the month, BCD from 1
 * @year_at: offset of the year of the century, BCD
 * @wday_of_sunday: number written for a Sunday; Saturday has 6 more. It is not
 *	used on reading, where the date is enough
 * @wday_is_bit: the day of the week is written as BIT(number), one of seven
 * @has_fraction: the register before @reg holds a fraction of the second, and is
 *	written as 0 in the same transfer
 * @is_torn: the chip does not hold its time still while it is read: what was read
 *	at the end of a minute is read again
 * @hour_12_mask: bit of the hours that says that they count 1..12; read, and
 *	always written as 0; 0: none in that byte
 * @hour_pm_mask: bit of the hours for the afternoon, if @hour_12_mask is set
 * @century_at: offset of the byte with the century, the months or the hours
 * @century_mask: bits that count centuries from 2000 on; 0: none
 * @century_on: bits of the same byte that are written as 1. With @century_mask:
 *	they make it count, and if they are 0 it is 20yy. Without it: they say 20yy,
 *	and if they are 0 the time is void
 * @ignore: bits of each byte that say nothing about the time
 * @keep: bits of each byte that say nothing about the time, and that a write
 *	leaves as they are
 * @range_min: first time it counts rightly, s since 1970
 * @range_max: last time it counts rightly, s since 1970
 */
struct rtc_chip_calendar {
	u8 reg;
	u8 wday_at;
	u8 mday_at;
	u8 month_at;
	u8 year_at;
	u8 wday_of_sunday;
	bool wday_is_bit;
	bool has_fraction;
	bool is_torn;
	u8 hour_12_mask;
	u8 hour_pm_mask;
	u8 century_at;
	u8 century_mask;
	u8 century_on;
	u8 ignore[RTC_CHIP_BYTES];
	u8 keep[RTC_CHIP_BYTES];
	time64_t range_min;
	time64_t range_max;
};

/**
 * enum rtc_chip_flag_kind - what a raised flag means for the time
 * @RTC_CHIP_FLAG_NONE: there is no flag
 * @RTC_CHIP_FLAG_HALTED: it is not counted, or in a way that the driver does not
 *	read: the time is void. Lowered with the write of the time
 * @RTC_CHIP_FLAG_VOID: it was not counted for a while since this was lowered: the
 *	time is void. Lowered last of all
 * @RTC_CHIP_FLAG_BATTERY: it will not be counted on the battery: the time is good
 *	until then. Lowered when the time is set
 * @RTC_CHIP_FLAG_NOTICE: good to know, by RTC_VL_READ. Lowered by RTC_VL_CLR
 */
enum rtc_chip_flag_kind {
	RTC_CHIP_FLAG_NONE,
	RTC_CHIP_FLAG_HALTED,
	RTC_CHIP_FLAG_VOID,
	RTC_CHIP_FLAG_BATTERY,
	RTC_CHIP_FLAG_NOTICE,
};

/**
 * struct rtc_chip_flag - bits that say that something is wrong
 * @kind: what follows from it
 * @reg: number of the register it is in; may be one of the time
 * @mask: the bits
 * @raised: what @mask cuts out when something is wrong
 * @vl: what RTC_VL_READ says then, RTC_VL_...; void time is RTC_VL_DATA_INVALID
 *	also without it
 */
struct rtc_chip_flag {
	u8 kind;
	u8 reg;
	u8 mask;
	u8 raised;
	u8 vl;
};

/**
 * struct rtc_chip_sticky - bits that writing 1 leaves as they are
 * @reg: number of the register
 * @mask: the bits; a 0 lowers each
 *
 * Whoever changes others of this register writes 1 to these: one that the chip
 * raises meanwhile is not lost.
 */
struct rtc_chip_sticky {
	u8 reg;
	u8 mask;
};

/**
 * struct rtc_chip_unused - bits that have to be written as 0, whatever they read,
 *	unless it is they that are to be changed
 * @reg: number of the register
 * @mask: the bits
 */
struct rtc_chip_unused {
	u8 reg;
	u8 mask;
};

/**
 * struct rtc_chip_set - how the time is written
 * @writable: what makes the time's registers take what is written; left so
 * @hold: what holds the second back until it is undone, when all is written;
 *	mask 0: the write of the seconds begins a second
 * @first_tick_ns: from the end of @hold (of the byte on the bus that ends it), or
 *	of the byte of the seconds, to the tick of the next second, ns
 */
struct rtc_chip_set {
	struct rtc_chip_bits writable[RTC_CHIP_WRITABLE];
	struct rtc_chip_bits hold;
	u32 first_tick_ns;
};

/**
 * struct rtc_chip_alarm - the alarm that can be set to the furthest time
 * @reg: number of its first register
 * @bytes: number of its registers; 0: the chip has no alarm
 * @sec_at: offset of the seconds from @reg; %RTC_CHIP_NONE: whole minutes only
 * @min_at: offset of the minutes
 * @hour_at: offset of the hours
 * @wday_at: offset of a day of the week that has to match too, coded as in the
 *	time; or %RTC_CHIP_NONE
 * @mday_at: offset of the day of the month
 * @month_at: offset of the month; %RTC_CHIP_NONE: within a month only
 * @fill: what is written beside the fields: bits that choose what has to match
 * @keep: bits among these registers that a write of the alarm leaves as they are
 * @ignore_mask: bit of a field that says that it need not match, if 1
 * @match: more of what chooses that the fields above have to match, and no others
 * @on: what makes the chip raise the flag and pull the pin, and keeps all else off the
 *	pin
 * @on_mask: those bits of @on that forbid it when 0
 * @flag: the alarm's flag: raised, @value, after a match
 * @flag_is_read: reading the flag's register lowers it, writing does not
 */
struct rtc_chip_alarm {
	u8 reg;
	u8 bytes;
	u8 sec_at;
	u8 min_at;
	u8 hour_at;
	u8 wday_at;
	u8 mday_at;
	u8 month_at;
	u8 fill[RTC_CHIP_ALARM_BYTES];
	u8 keep[RTC_CHIP_ALARM_BYTES];
	u8 ignore_mask;
	struct rtc_chip_bits match[RTC_CHIP_MATCHES];
	struct rtc_chip_bits on;
	u8 on_mask;
	struct rtc_chip_bits flag;
	bool flag_is_read;
};

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

/**
 * struct rtc_chip_desc - all that distinguishes one chip from the others
 * @name: of the part, for the log
 * @ident: what all of these chips, and few others, have in common: bits that always
 *	read the same
 * @tries: transfers that are not acknowledged, as the chip does at times, are tried
 *	so often; 0: once
 * @reset: what is written, all of the byte, to a chip that was without power;
 *	mask 0: nothing
 * @time: its calendar
 * @flags: what may be wrong; the list ends before the first of kind NONE
 * @sticky: registers with flags that only a 0 lowers
 * @unused: registers with bits to be written as 0
 * @set: how its time is written
 * @alarm: its alarm
 * @trim: what makes it faster or slower
 * @memory: its RAM
 * @charger: its trickle charger
 * @backup: when it goes over to the battery
 * @load: the capacitance of its crystal
 * @wave: what has to be so for a square wave of 1 Hz on a pin, that falls when a
 *	second begins
 * @wave_is_on_alarm_pin: that pin is the alarm's, too, so there is one or the other
 * @clkout: its clock output
 * @thermometer: its temperature
 * @eeprom: its EEPROM
 * @wire: the shape of each kind of reading on the bus, for the engine
 */
struct rtc_chip_desc {
	const char *name;
	struct rtc_chip_bits ident[RTC_CHIP_IDENTS];
	u8 tries;
	struct rtc_chip_bits reset;
	struct rtc_chip_calendar time;
	struct rtc_chip_flag flags[RTC_CHIP_FLAGS];
	struct rtc_chip_sticky sticky[RTC_CHIP_STICKY];
	struct rtc_chip_unused unused[RTC_CHIP_UNUSED];
	struct rtc_chip_set set;
	struct rtc_chip_alarm alarm;
	struct rtc_chip_trim trim;
	struct rtc_chip_memory memory;
	struct rtc_chip_charger charger;
	struct rtc_chip_backup backup;
	struct rtc_chip_load load;
	struct rtc_chip_bits wave[RTC_CHIP_WAVES];
	bool wave_is_on_alarm_pin;
	struct rtc_chip_clkout clkout;
	struct rtc_chip_thermometer thermometer;
	struct rtc_chip_eeprom eeprom;
	struct rtc_sync_wire wire[RTC_SYNC_READ_KINDS];
};

/* table-maxim.c */
extern const struct rtc_chip_desc rtc_chip_ds1307;
extern const struct rtc_chip_desc rtc_chip_ds1337;
extern const struct rtc_chip_desc rtc_chip_ds1338;
extern const struct rtc_chip_desc rtc_chip_ds1339;
extern const struct rtc_chip_desc rtc_chip_ds1340;
extern const struct rtc_chip_desc rtc_chip_ds3231;
extern const struct rtc_chip_desc rtc_chip_ds3232;

/* table-nxp.c */
extern const struct rtc_chip_desc rtc_chip_pcf8523;
extern const struct rtc_chip_desc rtc_chip_pcf8563;
extern const struct rtc_chip_desc rtc_chip_pcf85063;

/* table-microcrystal.c */
extern const struct rtc_chip_desc rtc_chip_rv3028;
extern const struct rtc_chip_desc rtc_chip_rv8803;

/* table-abracon.c */
extern const struct rtc_chip_desc rtc_chip_ab1805;

/* table-others.c */
extern const struct rtc_chip_desc rtc_chip_mcp7940;
extern const struct rtc_chip_desc rtc_chip_m41t62;
extern const struct rtc_chip_desc rtc_chip_bq32000;

#endif /* RTC_CHIP_H */
