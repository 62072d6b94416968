// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the chips of NXP, one row each; match.c matches devices to rows.
 *
 * Sources; pages are those of the data sheets:
 *   PCF8523   Rev. 3 (30 March 2011), and Rev. 7 (28 April 2015) where it is named
 *   PCF8563   Rev. 11 (26 October 2015)
 *   PCF85063A Rev. 7 (30 March 2018)
 * What comes from a sister part or from mainline's driver is marked as such.
 */
#include <linux/bits.h>
#include <linux/rtc.h>

#include "chip.h"

#define PCF8523_CONTROL1	0x00
#define PCF8523_T		BIT(6)
#define PCF8523_STOP		BIT(5)
#define PCF8523_SR		BIT(4)
#define PCF8523_12H		BIT(3)
#define PCF8523_SIE		BIT(2)
#define PCF8523_AIE		BIT(1)
#define PCF8523_CIE		BIT(0)
#define PCF8523_CONTROL2	0x01
#define PCF8523_CTAF		BIT(6)
#define PCF8523_CTBF		BIT(5)
#define PCF8523_SF		BIT(4)
#define PCF8523_AF		BIT(3)
#define PCF8523_CONTROL3	0x02
#define PCF8523_PM		(BIT(7) | BIT(6) | BIT(5))
#define PCF8523_BSF		BIT(3)
#define PCF8523_BLF		BIT(2)
#define PCF8523_SECONDS		0x03
#define PCF8523_MINUTE_ALARM	0x0a
#define PCF8523_OFFSET		0x0e
#define PCF8523_CLKOUT		0x0f
#define PCF8523_COF		(BIT(5) | BIT(4) | BIT(3))

#define PCF8563_STATUS1		0x00
#define PCF8563_TEST1		BIT(7)
#define PCF8563_STOP		BIT(5)
#define PCF8563_N1		0x57
#define PCF8563_STATUS2		0x01
#define PCF8563_N2		0xe0
#define PCF8563_AF		BIT(3)
#define PCF8563_TF		BIT(2)
#define PCF8563_AIE		BIT(1)
#define PCF8563_TIE		BIT(0)
#define PCF8563_SECONDS		0x02
#define PCF8563_MINUTE_ALARM	0x09
#define PCF8563_CLKOUT		0x0d
#define PCF8563_FE		BIT(7)
#define PCF8563_FD		(BIT(1) | BIT(0))

#define PCF85063_CONTROL1	0x00
#define PCF85063_RESET		0x58
#define PCF85063_TEST		BIT(7)
#define PCF85063_STOP		BIT(5)
#define PCF85063_12H		BIT(1)
#define PCF85063_CONTROL2	0x01
#define PCF85063_AIE		BIT(7)
#define PCF85063_AF		BIT(6)
#define PCF85063_MI		BIT(5)
#define PCF85063_HMI		BIT(4)
#define PCF85063_TF		BIT(3)
#define PCF85063_COF		(BIT(2) | BIT(1) | BIT(0))
#define PCF85063_OFFSET		0x02
#define PCF85063_RAM		0x03
#define PCF85063_SECONDS	0x04
#define PCF85063_SECOND_ALARM	0x0b

/* The oscillator has stood still: bit 7 of the seconds, lowered by writing them. */
#define NXP_VOID				\
	.kind = RTC_CHIP_FLAG_VOID,		\
	.mask = BIT(7),				\
	.raised = BIT(7),			\
	.vl = RTC_VL_DATA_INVALID

#define NXP_HALTED	.kind = RTC_CHIP_FLAG_HALTED
#define NXP_NOTICE	.kind = RTC_CHIP_FLAG_NOTICE

/* This byte of the alarm need not match. */
#define NXP_ALARM_OFF		BIT(7)

/*
 * Days of the month come before those of the week; 0 is a Sunday (PCF8523 p. 21,
 * PCF85063A p. 24, and mainline's drivers). Every year divisible by 4 is a leap
 * year, 00 too (PCF8523 p. 20, PCF8563 p. 10, PCF85063A p. 23), and 2100 is none.
 */
#define NXP_CALENDAR				\
	.wday_at = 4,				\
	.mday_at = 3,				\
	.month_at = 5,				\
	.year_at = 6,				\
	.range_min = RTC_TIMESTAMP_BEGIN_2000,	\
	.range_max = RTC_TIMESTAMP_END_2099

/* Minutes, hours, days of the month, and of the week, which need not match. */
#define NXP_MINUTE_ALARM					\
	.bytes = 4,						\
	.min_at = 0, .hour_at = 1, .mday_at = 2,		\
	.sec_at = RTC_CHIP_NONE, .wday_at = RTC_CHIP_NONE,	\
	.month_at = RTC_CHIP_NONE,				\
	.fill = { [3] = NXP_ALARM_OFF }, .ignore_mask = NXP_ALARM_OFF

/*
 * The counters freeze when the chip has heard its address, and catch up at the
 * STOP, if it comes within a second (PCF8563 p. 25 figure 21, PCF85063A p. 26
 * figure 15; the PCF8523 is taken to be like them):
 *
 *   S addr reg Sr addr data... P
 *         ^ latch
 *
 * Whether the repeated START keeps them frozen is not said; the PCF8523 does not
 * even allow one (p. 43), though mainline's driver uses it.
 */
#define NXP_WIRE							\
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 3 },	\
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 9 }

/*
 * The number lengthens the period (PCF8523 Rev. 7 p. 28 table 29, PCF85063A p. 20
 * figure 11). Of the two modes the one is used that adds a little to a second every
 * few minutes (PCF8523 p. 28: 1/4096 s a step each minute; PCF85063A p. 19: 1/1024 s
 * each four), and not that of 1/32 s in two hours, which saves current.
 */
#define NXP_TRIM			\
	.trim.mask = 0x7f,		\
	.trim.is_slowing = true,	\
	.trim.up_ppt = 4069000,		\
	.trim.down_ppt = 4069000,	\
	.trim.up_steps = 64,		\
	.trim.down_steps = 63

#define NXP_TRIM_MODE		BIT(7)

/*
 * STOP resets the divider but for its first two stages, so that the tick is within
 * 0.122 ms: 0.499878 to 0.5 s (PCF8523 p. 41), 0.507813 to 0.507935 s (PCF8563
 * p. 19, PCF85063A p. 11) after it is let go. Here is the middle.
 */
#define PCF8523_FIRST_TICK_NS	499939000
#define PCF8563_FIRST_TICK_NS	507874000

/*
 * Bits that are not implemented read 0 (p. 7), as does SR (p. 8). PM of 111 is what
 * power-on leaves: the battery is not used (p. 14). Mainline chooses 000 then, too.
 */
const struct rtc_chip_desc rtc_chip_pcf8523 = {
	.name = "PCF8523",
	.ident = {
		{ .reg = PCF8523_CONTROL1, .mask = PCF8523_SR },
		{ .reg = PCF8523_CONTROL3, .mask = BIT(4) },
		{ .reg = 0x05, .mask = 0xc0 }, { .reg = 0x07, .mask = 0xf8 },
		{ .reg = 0x08, .mask = 0xe0 }, { .reg = 0x0d, .mask = 0x78 },
		{ .reg = 0x10, .mask = 0xf8 }, { .reg = 0x12, .mask = 0x88 },
	},
	.time = { .reg = PCF8523_SECONDS, NXP_CALENDAR },
	.flags = {
		{ NXP_VOID, .reg = PCF8523_SECONDS },
		{ NXP_HALTED, .reg = PCF8523_CONTROL1,
		  .mask = PCF8523_STOP, .raised = PCF8523_STOP },
		{ NXP_HALTED, .reg = PCF8523_CONTROL1,
		  .mask = PCF8523_12H, .raised = PCF8523_12H },
		{ .kind = RTC_CHIP_FLAG_BATTERY, .reg = PCF8523_CONTROL3,
		  .mask = PCF8523_PM, .raised = PCF8523_PM },
		/* Only the chip lowers it, when the battery is new (p. 18). */
		{ NXP_NOTICE, .reg = PCF8523_CONTROL3,
		  .mask = PCF8523_BLF, .raised = PCF8523_BLF,
		  .vl = RTC_VL_BACKUP_LOW },
		{ NXP_NOTICE, .reg = PCF8523_CONTROL3,
		  .mask = PCF8523_BSF, .raised = PCF8523_BSF,
		  .vl = RTC_VL_BACKUP_SWITCH },
	},
	/* p. 25 */
	.sticky = { { .reg = PCF8523_CONTROL2, .mask = PCF8523_CTAF | PCF8523_CTBF |
						       PCF8523_SF | PCF8523_AF } },
	/* p. 8 */
	.unused = { { .reg = PCF8523_CONTROL1, .mask = PCF8523_T } },
	.set = {
		.hold = { .reg = PCF8523_CONTROL1, .mask = PCF8523_STOP,
			  .value = PCF8523_STOP },
		.first_tick_ns = PCF8523_FIRST_TICK_NS,
	},
	/*
	 * p. 23 to 26. The clock output shares the pin with the interrupt (p. 31)
	 * but on the largest package, so it has to be off.
	 */
	.alarm = {
		.reg = PCF8523_MINUTE_ALARM,
		NXP_MINUTE_ALARM,
		.match = { { .reg = PCF8523_CLKOUT, .mask = PCF8523_COF,
			     .value = PCF8523_COF } },
		.on = { .reg = PCF8523_CONTROL1,
			.mask = PCF8523_SIE | PCF8523_AIE | PCF8523_CIE,
			.value = PCF8523_AIE },
		.on_mask = PCF8523_AIE,
		.flag = { .reg = PCF8523_CONTROL2, .mask = PCF8523_AF,
			  .value = PCF8523_AF },
	},
	NXP_TRIM,
	.trim.reg = PCF8523_OFFSET,
	.trim.mode = { PCF8523_OFFSET, NXP_TRIM_MODE, NXP_TRIM_MODE },
	.trim.lump_s = 60, .trim.lag_s = 60,
	/*
	 * p. 14: 010 is off with the battery still watched, as mainline has it;
	 * bit 7 stops the watch of the other two.
	 */
	.backup = { .reg = PCF8523_CONTROL3, .mask = PCF8523_PM,
		    .read_mask = BIT(6) | BIT(5),
		    .disabled = BIT(6), .direct = BIT(5), .level = 0 },
	/* p. 8 */
	.load = { .reg = PCF8523_CONTROL1, .mask = BIT(7), .high = BIT(7), .is_high = true },
	/* p. 31 table 33 */
	.clkout = {
		.reg = PCF8523_CLKOUT,
		.mask = PCF8523_COF, .off = PCF8523_COF,
		.is_on_alarm_pin = true,
		.rates = {
			{ 32768, 0x00 }, { 16384, 0x08 }, { 8192, 0x10 },
			{ 4096, 0x18 }, { 1024, 0x20 }, { 32, 0x28 }, { 1, 0x30 },
		},
	},
	NXP_WIRE,
};

/*
 * No bit of it is sure to read 0: those without a use "could be either" (p. 6). But
 * for TEST1, which is 0 unless the chip counts something else than its oscillator.
 *
 * The century toggles when the year goes from 99 to 00 (p. 11), and does not say
 * from which century to which: Rev. 4 has 1 for 19yy, other makers for 20yy. So it
 * is not looked at; nor does mainline's driver, which reads 20yy.
 */
const struct rtc_chip_desc rtc_chip_pcf8563 = {
	.name = "PCF8563",
	.ident = { { .reg = PCF8563_STATUS1, .mask = PCF8563_TEST1 } },
	.time = {
		.reg = PCF8563_SECONDS,
		NXP_CALENDAR,
		.ignore = { 0, 0x80, 0xc0, 0xc0, 0xf8, 0xe0, 0 },
	},
	.flags = {
		{ NXP_VOID, .reg = PCF8563_SECONDS },
		{ NXP_HALTED, .reg = PCF8563_STATUS1,
		  .mask = PCF8563_STOP, .raised = PCF8563_STOP },
	},
	/* p. 8 */
	.sticky = { { .reg = PCF8563_STATUS2, .mask = PCF8563_AF | PCF8563_TF } },
	/* p. 6 */
	.unused = {
		{ .reg = PCF8563_STATUS1, .mask = PCF8563_N1 },
		{ .reg = PCF8563_STATUS2, .mask = PCF8563_N2 },
	},
	.set = {
		.hold = { .reg = PCF8563_STATUS1, .mask = PCF8563_STOP,
			  .value = PCF8563_STOP },
		.first_tick_ns = PCF8563_FIRST_TICK_NS,
	},
	/* p. 7, 8 and 14 */
	.alarm = {
		.reg = PCF8563_MINUTE_ALARM,
		NXP_MINUTE_ALARM,
		.keep = { 0, BIT(6), BIT(6), 0 },
		.on = { .reg = PCF8563_STATUS2, .mask = PCF8563_AIE | PCF8563_TIE,
			.value = PCF8563_AIE },
		.on_mask = PCF8563_AIE,
		.flag = { .reg = PCF8563_STATUS2, .mask = PCF8563_AF,
			  .value = PCF8563_AF },
	},
	/* p. 15 */
	.clkout = {
		.reg = PCF8563_CLKOUT,
		.mask = PCF8563_FD,
		.gate = { .reg = PCF8563_CLKOUT, .mask = PCF8563_FE,
			  .value = PCF8563_FE },
		.rates = {
			{ 32768, 0x00 }, { 1024, 0x01 }, { 32, 0x02 }, { 1, 0x03 },
		},
	},
	NXP_WIRE,
};

/* What is not implemented has the value 0 (p. 8, 23, 24, 28 and 30). */
const struct rtc_chip_desc rtc_chip_pcf85063 = {
	.name = "PCF85063A",
	.ident = {
		{ .reg = PCF85063_CONTROL1, .mask = 0x58 },
		{ .reg = 0x05, .mask = 0x80 }, { .reg = 0x06, .mask = 0xc0 },
		{ .reg = 0x07, .mask = 0xc0 }, { .reg = 0x08, .mask = 0xf8 },
		{ .reg = 0x09, .mask = 0xe0 }, { .reg = 0x0f, .mask = 0x78 },
		{ .reg = 0x11, .mask = 0xe0 },
	},
	/* p. 12: what it powers up with may be wrong. */
	.reset = { .reg = PCF85063_CONTROL1, .mask = 0xff,
		   .value = PCF85063_RESET },
	.time = { .reg = PCF85063_SECONDS, NXP_CALENDAR },
	.flags = {
		{ NXP_VOID, .reg = PCF85063_SECONDS },
		{ NXP_HALTED, .reg = PCF85063_CONTROL1,
		  .mask = PCF85063_STOP, .raised = PCF85063_STOP },
		/* It counts what comes in on the clock's pin (p. 9). */
		{ NXP_HALTED, .reg = PCF85063_CONTROL1,
		  .mask = PCF85063_TEST, .raised = PCF85063_TEST },
		{ NXP_HALTED, .reg = PCF85063_CONTROL1,
		  .mask = PCF85063_12H, .raised = PCF85063_12H },
	},
	/* p. 13 and 14 */
	.sticky = { { .reg = PCF85063_CONTROL2,
		      .mask = PCF85063_AF | PCF85063_TF } },
	.set = {
		.hold = { .reg = PCF85063_CONTROL1, .mask = PCF85063_STOP,
			  .value = PCF85063_STOP },
		.first_tick_ns = PCF8563_FIRST_TICK_NS,
	},
	/* p. 26 to 28 */
	.alarm = {
		.reg = PCF85063_SECOND_ALARM,
		.bytes = 5,
		.sec_at = 0, .min_at = 1, .hour_at = 2, .mday_at = 3,
		.wday_at = RTC_CHIP_NONE, .month_at = RTC_CHIP_NONE,
		.fill = { [4] = NXP_ALARM_OFF },
		.ignore_mask = NXP_ALARM_OFF,
		.on = { .reg = PCF85063_CONTROL2,
			.mask = PCF85063_AIE | PCF85063_MI | PCF85063_HMI,
			.value = PCF85063_AIE },
		.on_mask = PCF85063_AIE,
		.flag = { .reg = PCF85063_CONTROL2, .mask = PCF85063_AF,
			  .value = PCF85063_AF },
	},
	NXP_TRIM,
	.trim.reg = PCF85063_OFFSET,
	.trim.mode = { PCF85063_OFFSET, NXP_TRIM_MODE, NXP_TRIM_MODE },
	.trim.lump_s = 240, .trim.lag_s = 240,
	.memory = { .reg = PCF85063_RAM, .bytes = 1 },
	/* p. 8 */
	.load = { .reg = PCF85063_CONTROL1, .mask = BIT(0), .high = BIT(0) },
	/* p. 16 table 11 */
	.clkout = {
		.reg = PCF85063_CONTROL2,
		.mask = PCF85063_COF, .off = PCF85063_COF,
		.rates = {
			{ 32768, 0x00 }, { 16384, 0x01 }, { 8192, 0x02 },
			{ 4096, 0x03 }, { 2048, 0x04 }, { 1024, 0x05 }, { 1, 0x06 },
		},
	},
	NXP_WIRE,
};
