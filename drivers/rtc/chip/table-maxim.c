// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the chips of Maxim (Dallas), one row each; match.c matches devices to rows.
 *
 * Data sheets that were read, named by the part below:
 *   DS1307  REV 3/15, 14 pages           DS1339  20 and 18 pages, in part
 *   DS1337  15 pages                     DS1340  19-5578 Rev 7, p. 9 to 11
 *   DS1338  16 pages, p. 10              DS3231  19-5170 Rev 10
 *                                        DS3232  19-5337 Rev 5
 * What is taken from a sister part is listed in docs/chips.md.
 */
#include <linux/bits.h>
#include <linux/rtc.h>

#include "chip.h"

#define HOUR_12			BIT(6)
#define HOUR_PM			BIT(5)
#define CENTURY			BIT(7)
#define OFF			BIT(7)

#define DS1307_CONTROL		0x07
#define DS1307_SQWE		BIT(4)
#define DS1307_RS		0x03
#define DS1307_RAM		0x08
#define DS1307_RAM_BYTES	56
#define DS1338_OSF		BIT(5)

#define ALARM_1			0x07
#define CONTROL			0x0e
#define CONTROL_EOSC		BIT(7)
#define CONTROL_CONV		BIT(5)
#define CONTROL_RS		0x18
#define CONTROL_INTCN		BIT(2)
#define CONTROL_A2IE		BIT(1)
#define CONTROL_A1IE		BIT(0)
#define DS1339_BBSQI		BIT(5)
#define DS3231_BBSQW		BIT(6)
#define DS1339_ALARM_ON		(CONTROL_INTCN | CONTROL_A1IE | DS1339_BBSQI)
#define DS3231_ALARM_ON		(CONTROL_INTCN | CONTROL_A1IE | DS3231_BBSQW)
#define DS3232_ALARM_ON		(CONTROL_INTCN | CONTROL_A1IE)
#define STATUS			0x0f
#define STATUS_OSF		BIT(7)
#define STATUS_BSY		BIT(2)
#define STATUS_A2F		BIT(1)
#define STATUS_A1F		BIT(0)
#define DS1339_CHARGER		0x10
#define DS3231_AGING		0x10
#define DS3231_TEMPERATURE	0x11
#define DS3231_QUARTERS		0x12
#define DS3232_RAM		0x14
#define DS3232_RAM_BYTES	236

#define DS1340_CEB		BIT(7)
#define DS1340_CB		BIT(6)
#define DS1340_CONTROL		0x07
#define DS1340_SIGN		BIT(5)
#define DS1340_CAL		0x1f
#define DS1340_CHARGER		0x08
#define DS1340_FLAG		0x09

/*
 * Leap years are right "up to 2100", which is none, but which a chip that looks at
 * two digits takes for one. So the calendar holds until 2100-02-28T23:59:59, and
 * what a chip with a century shows after that may be a day late.
 */
#define RANGE_MAX_2100		4107542399LL

/* "0 = Always reads back as 0." DS1307 p. 8, DS1338 p. 10; shown as 0 by the others */
#define IDENT(...)							\
	.ident = {							\
		{ 0x01, 0x80, 0 }, { 0x02, 0x80, 0 }, { 0x03, 0xf8, 0 }, \
		{ 0x04, 0xc0, 0 }, { 0x05, 0x60, 0 }, __VA_ARGS__	\
	}

/*
 * The day of the week is any sequence of 1..7; 1 for Sunday is what mainline's
 * rtc-ds1307 and rtc-ds3232 write, so that all agree.
 */
#define CALENDAR					\
	.reg = 0x00,					\
	.wday_at = 3,					\
	.mday_at = 4,					\
	.month_at = 5,					\
	.year_at = 6,					\
	.wday_of_sunday = 1,				\
	.range_min = RTC_TIMESTAMP_BEGIN_2000

/* DS1307 p. 8, DS1337 p. 9, DS3231 and DS3232 p. 12 */
#define CALENDAR_12					\
	CALENDAR,					\
	.hour_12_mask = HOUR_12,			\
	.hour_pm_mask = HOUR_PM

/*
 * The chip toggles the century when the year goes from 99 to 00. Firmware that means
 * 20yy by a century of 1 exists; the range refuses what it has written.
 */
#define CALENDAR_CENTURY				\
	CALENDAR_12,					\
	.century_at = 5,				\
	.century_mask = CENTURY,			\
	.range_max = RANGE_MAX_2100

/*
 * A write of the seconds restarts the divider when it is acknowledged, so the next
 * second comes a whole one later: DS1307 p. 8, DS1337 p. 9, DS1338 p. 10, DS1339
 * (18 pages) p. 6, DS1340 p. 9, DS3231 and DS3232 p. 12; all but the DS1307 and the
 * DS1340 also say that the wave of 1 Hz rises half a second after it. A read shows
 * what was the time at the last START (same pages):
 *
 *   S addr reg Sr addr data... P
 *              ^ latch
 */
#define TIMING									\
	.set.first_tick_ns = 1000000000,					\
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },		\
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 }

/* "The clock registers update on the falling edge": DS1307 p. 9, with the rates */
#define DS1307_WAVE							\
	.wave = { { DS1307_CONTROL, DS1307_SQWE | DS1307_RS, DS1307_SQWE } }, \
	.clkout = {							\
		.reg = DS1307_CONTROL,					\
		.mask = DS1307_RS,					\
		.gate = { DS1307_CONTROL, DS1307_SQWE, DS1307_SQWE },	\
		.rates = { { 1, 0 }, { 4096, 1 }, { 8192, 2 }, { 32768, 3 } }, \
	}

/* RS2 and RS1 are bits 4 and 3: DS1337 p. 10, DS3231 and DS3232 p. 13. */
#define CONTROL_WAVE(second_hz, third_hz, fourth_hz)			\
	.wave = { { CONTROL, CONTROL_RS | CONTROL_INTCN, 0 } },		\
	.clkout.reg = CONTROL,						\
	.clkout.mask = CONTROL_RS,					\
	.clkout.gate = { CONTROL, CONTROL_INTCN, 0 },			\
	.clkout.rates = {						\
		{ 1, 0x00 }, { (second_hz), 0x08 },			\
		{ (third_hz), 0x10 }, { (fourth_hz), 0x18 },		\
	}

/* INTCN gives the one pin to the wave or to the alarm. */
#define ONE_PIN								\
	.wave_is_on_alarm_pin = true,					\
	.clkout.is_on_alarm_pin = true

/*
 * Alarm 1, the one with seconds: bit 7 of a field lets it match always, bit 6 of the
 * date would make it a day of the week. Alarm 2 would pull the same pin. The pin stays
 * low until the flag is lowered. DS1337 p. 8 to 11, DS3231 p. 11 to 14.
 */
#define ALARM								\
	.alarm.reg = ALARM_1,						\
	.alarm.bytes = 4,						\
	.alarm.sec_at = 0,						\
	.alarm.min_at = 1,						\
	.alarm.hour_at = 2,						\
	.alarm.wday_at = RTC_CHIP_NONE,					\
	.alarm.mday_at = 3,						\
	.alarm.month_at = RTC_CHIP_NONE,				\
	.alarm.ignore_mask = BIT(7),					\
	.alarm.on_mask = CONTROL_A1IE,					\
	.alarm.flag = { STATUS, STATUS_A1F, STATUS_A1F },		\
	.sticky = { { STATUS, STATUS_A2F | STATUS_A1F } }

/*
 * DS1339 (20 pages) p. 15 Table 6; the DS1340's is the same, p. 10. 250 ohms are not
 * for supplies above 3.63 V.
 */
#define CHARGER(at)							\
	.charger = {							\
		.reg = (at),						\
		.mask = 0xff,						\
		.ways = {						\
			{ 250, false, 0xa5 }, { 250, true, 0xa9 },	\
			{ 2000, false, 0xa6 }, { 2000, true, 0xaa },	\
			{ 4000, false, 0xa7 }, { 4000, true, 0xab },	\
		},							\
	}

/*
 * A step is "about 0.1 ppm" at 25 degrees and something else at others; the owner of a
 * DS3234 has measured half of it (not verified): so much slack. CONV makes
 * the chip take it at once (DS3231 p. 14, DS3232 p. 15), but not while it measures its
 * temperature, as it does each 64 s; BSY and CONV itself are 1 until it is done (DS3231
 * p. 13). How long that takes is not in the pages that were read. CONV is not written
 * back as it reads.
 */
#define AGING								\
	.trim = {							\
		.reg = DS3231_AGING,					\
		.mask = 0xff,						\
		.is_slowing = true,					\
		.up_ppt = 100000,					\
		.down_ppt = 100000,					\
		.up_steps = 128,					\
		.down_steps = 127,					\
		.apply = { CONTROL, CONTROL_CONV, CONTROL_CONV },	\
		.busy = { STATUS, STATUS_BSY, STATUS_BSY },		\
		.busy_ms = 250,						\
		.slack_percent = 60,					\
		.lag_s = 1,						\
	},								\
	.unused = { { CONTROL, CONTROL_CONV } }

const struct rtc_chip_desc rtc_chip_ds1307 = {
	.name = "DS1307",
	IDENT({ 0x05, 0x80, 0 }, { DS1307_CONTROL, 0x6c, 0 }),
	.time = { CALENDAR_12, .range_max = RTC_TIMESTAMP_END_2099 },
	.flags = { { RTC_CHIP_FLAG_HALTED, 0x00, OFF, OFF, 0 } },
	TIMING,
	.memory = { DS1307_RAM, DS1307_RAM_BYTES },
	DS1307_WAVE,
};

/* What the flag does, and that only a 0 can be written to it: DS1308 p. 11. */
const struct rtc_chip_desc rtc_chip_ds1338 = {
	.name = "DS1338",
	IDENT({ 0x05, 0x80, 0 }, { DS1307_CONTROL, 0x4c, 0 }),
	.time = { CALENDAR_12, .range_max = RTC_TIMESTAMP_END_2099 },
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, 0x00, OFF, OFF, 0 },
		{ RTC_CHIP_FLAG_VOID, DS1307_CONTROL, DS1338_OSF, DS1338_OSF, 0 },
	},
	.sticky = { { DS1307_CONTROL, DS1338_OSF } },
	TIMING,
	.memory = { DS1307_RAM, DS1307_RAM_BYTES },
	DS1307_WAVE,
};

/*
 * There is no battery, so EOSC stops it at once (p. 10). Alarm 1 has a pin of its own,
 * INTA, whatever INTCN is (p. 11): the wave goes on beside it.
 */
const struct rtc_chip_desc rtc_chip_ds1337 = {
	.name = "DS1337",
	IDENT({ 0x00, 0x80, 0 }, { CONTROL, 0x60, 0 }, { STATUS, 0x7c, 0 }),
	.time = { CALENDAR_CENTURY },
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, CONTROL, CONTROL_EOSC, CONTROL_EOSC, 0 },
		{ RTC_CHIP_FLAG_VOID, STATUS, STATUS_OSF, STATUS_OSF, 0 },
	},
	TIMING,
	ALARM,
	.alarm.on = { CONTROL, CONTROL_A2IE | CONTROL_A1IE, CONTROL_A1IE },
	CONTROL_WAVE(4096, 8192, 32768),
};

/* BBSQI lets the alarm pull the pin on the battery, too: DS1339B p. 11, and mainline. */
const struct rtc_chip_desc rtc_chip_ds1339 = {
	.name = "DS1339",
	IDENT({ 0x00, 0x80, 0 }, { CONTROL, 0x40, 0 }, { STATUS, 0x7c, 0 }),
	.time = { CALENDAR_CENTURY },
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, CONTROL, CONTROL_EOSC, CONTROL_EOSC, 0 },
		{ RTC_CHIP_FLAG_VOID, STATUS, STATUS_OSF, STATUS_OSF, 0 },
	},
	TIMING,
	ALARM,
	.alarm.on = { CONTROL, DS1339_ALARM_ON | CONTROL_A2IE, DS1339_ALARM_ON },
	CHARGER(DS1339_CHARGER),
	CONTROL_WAVE(4096, 8192, 32768),
	ONE_PIN,
};

/*
 * Like an M41T00. CB toggles at the end of a century only if CEB is set (p. 9), which
 * others than mainline leave at 0. Unused bits can be written and read. Trim (p. 10
 * and 11): a step adds 512 cycles to 125,829,120 or takes 256, in the first minutes of
 * each 64. A write of its register restarts the second (p. 11).
 */
const struct rtc_chip_desc rtc_chip_ds1340 = {
	.name = "DS1340",
	.ident = { { DS1340_FLAG, 0x7f, 0 } },
	.time = {
		CALENDAR,
		.century_at = RTC_CHIP_HOUR,
		.century_mask = DS1340_CB,
		.century_on = DS1340_CEB,
		.ignore = { 0, BIT(7), 0, 0xf8, 0xc0, 0xe0, 0 },
		.range_max = RANGE_MAX_2100,
	},
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, 0x00, OFF, OFF, 0 },
		{ RTC_CHIP_FLAG_VOID, DS1340_FLAG, BIT(7), BIT(7), 0 },
	},
	TIMING,
	.trim = {
		.reg = DS1340_CONTROL,
		.mask = DS1340_CAL,
		.sign_mask = DS1340_SIGN,
		.up_ppt = 4069010,
		.down_ppt = 2034505,
		.up_steps = 31,
		.down_steps = 31,
		.restarts = true,
		.lump_s = 3840,
		.lag_s = 3840,
	},
	CHARGER(DS1340_CHARGER),
};

/* EOSC counts on the battery only (p. 13). BBSQW as BBSQI above, p. 13. */
const struct rtc_chip_desc rtc_chip_ds3231 = {
	.name = "DS3231",
	IDENT({ 0x00, 0x80, 0 }, { STATUS, 0x70, 0 }, { DS3231_QUARTERS, 0x3f, 0 }),
	.time = { CALENDAR_CENTURY },
	.flags = {
		{ RTC_CHIP_FLAG_VOID, STATUS, STATUS_OSF, STATUS_OSF, 0 },
		{ RTC_CHIP_FLAG_BATTERY, CONTROL, CONTROL_EOSC, CONTROL_EOSC, 0 },
	},
	TIMING,
	ALARM,
	.alarm.on = { CONTROL, DS3231_ALARM_ON | CONTROL_A2IE, DS3231_ALARM_ON },
	AGING,
	CONTROL_WAVE(1024, 4096, 8192),
	ONE_PIN,
	.thermometer = { DS3231_TEMPERATURE, true },
};

/* Mainline's rtc-ds3232 means 20yy by a century of 1, so that 0 is 19yy: void. */
const struct rtc_chip_desc rtc_chip_ds3232 = {
	.name = "DS3232",
	IDENT({ 0x00, 0x80, 0 }, { DS3231_QUARTERS, 0x3f, 0 }),
	.time = {
		CALENDAR_12,
		.century_at = 5,
		.century_on = CENTURY,
		.range_max = RTC_TIMESTAMP_END_2099,
	},
	.flags = {
		{ RTC_CHIP_FLAG_VOID, STATUS, STATUS_OSF, STATUS_OSF, 0 },
		{ RTC_CHIP_FLAG_BATTERY, CONTROL, CONTROL_EOSC, CONTROL_EOSC, 0 },
	},
	TIMING,
	ALARM,
	.alarm.on = { CONTROL, DS3232_ALARM_ON | CONTROL_A2IE, DS3232_ALARM_ON },
	AGING,
	.memory = { DS3232_RAM, DS3232_RAM_BYTES },
	CONTROL_WAVE(1024, 4096, 8192),
	ONE_PIN,
	.thermometer = { DS3231_TEMPERATURE, true },
};
