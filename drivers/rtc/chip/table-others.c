// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the chips of Microchip, ST and TI, one row each; match.c matches devices to
 * rows.
 *
 * Data sheets that were read, named by the part below:
 *   MCP7940  MCP7940N, DS20005010J (the MCP7941x, DS20002266E in part, has an EEPROM
 *            at another address besides)
 *   M41T62   DS3840 Rev 24 p. 16 and 21, DocID10397 Rev 20 p. 12 and 29
 *   BQ32000  SLUS900B p. 12, SLUS900E chapter 7
 * Mainline's drivers: Linux 6.1 rtc-ds1307.c, rtc-m41t80.c and rtc-bq32k.c. What is
 * taken from them, from a sister part, or not verified is listed in docs/chips.md.
 */
#include <linux/bits.h>
#include <linux/rtc.h>

#include "chip.h"

#define OFF			BIT(7)

#define MCP7940_ST		BIT(7)
#define MCP7940_WKDAY		0x03
#define MCP7940_OSCRUN		BIT(5)
#define MCP7940_PWRFAIL		BIT(4)
#define MCP7940_VBATEN		BIT(3)
#define MCP7940_LPYR		BIT(5)
#define MCP7940_CONTROL		0x07
#define MCP7940_SQWEN		BIT(6)
#define MCP7940_ALM1EN		BIT(5)
#define MCP7940_ALM0EN		BIT(4)
#define MCP7940_CRSTRIM		BIT(2)
#define MCP7940_SQWFS		0x03
#define MCP7940_OSCTRIM		0x08
#define MCP7940_ALM0		0x0a
#define MCP7940_ALM0WKDAY	0x0d
#define MCP7940_ALL_MATCH	0x70
#define MCP7940_ALM0IF		BIT(3)
#define MCP7940_RAM		0x20
#define MCP7940_RAM_BYTES	64

#define M41T62_OFIE		BIT(7)
#define M41T62_WDAY		0x04
#define M41T62_RS		0xf0
#define M41T62_CB		0xc0
#define M41T62_CALIBRATION	0x08
#define M41T62_ALARM		0x0a
#define M41T62_AFE		BIT(7)
#define M41T62_SQWE		BIT(6)
#define M41T62_FLAGS		0x0f
#define M41T62_AF		BIT(6)
#define M41T62_OF		BIT(2)

#define BQ32000_OF		BIT(7)
#define BQ32000_CENT_EN		BIT(7)
#define BQ32000_CENT		BIT(6)
#define BQ32000_CAL_CFG1	0x07
#define BQ32000_TCH2		0x08
#define BQ32000_CFG2		0x09

/* The calibration of the M41T00 and of all who took after it */
#define CALIBRATION_STEPS	0x1f
#define CALIBRATION_FASTER	BIT(5)

/*
 * A year of 00 is a leap year to them, also in 2100: until 2100-02-28T23:59:59 what
 * counts centuries is right.
 */
#define RANGE_MAX_2100		4107542399LL

/* The MCP7940 knows leap years "from 2001 to 2399" (p. 15): from 2001-01-01. */
#define MCP7940_RANGE_MIN	978307200LL

/*
 * ST = 0 after power-on (p. 16), so a first set starts it; OSCRUN follows 32 cycles
 * later, and falls when it stops, but does not remember it (p. 14). Without VBATEN it
 * is not counted on the battery (p. 32). Any write of the day of the week lowers
 * PWRFAIL (p. 18). p. 15 would have it stopped while it is set, lest it ticks
 * meanwhile: that costs the crystal's start, so it is written in one burst, as by
 * mainline. p. 15 does not say at which bit a read takes its copy, nor anything that
 * the seconds restart the divider: both as on the DS1307.
 *
 * Alarm (p. 20 to 27): 111 lets seconds to month match, the day of the week as well.
 * With both alarms on, the pin would wait for both. It falls, as bit 7 is 0, until the
 * flag is lowered by any write beside it, and again if it still matches.
 *
 * Trim (p. 29): twice so many clocks of 32,768 Hz are added to a minute, or left out.
 * Which edge of the wave begins a second is not said.
 */
const struct rtc_chip_desc rtc_chip_mcp7940 = {
	.name = "MCP7940",
	/* "Unimplemented: Read as 0", p. 17 to 23 */
	.ident = {
		{ 0x01, 0x80, 0 }, { 0x02, 0x80, 0 }, { 0x03, 0xc0, 0 },
		{ 0x04, 0xc0, 0 }, { 0x05, 0xc0, 0 }, { 0x0a, 0x80, 0 },
		{ 0x0b, 0x80, 0 }, { 0x0e, 0xc0, 0 },
	},
	.time = {
		.reg = 0x00,
		.wday_at = MCP7940_WKDAY,
		.mday_at = 4,
		.month_at = 5,
		.year_at = 6,
		.wday_of_sunday = 1,
		.hour_12_mask = BIT(6),
		.hour_pm_mask = BIT(5),
		.ignore = { 0, 0, 0, 0, 0, MCP7940_LPYR, 0 },
		.range_min = MCP7940_RANGE_MIN,
		.range_max = RTC_TIMESTAMP_END_2099,
	},
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, 0x00, MCP7940_ST, 0, 0 },
		{ RTC_CHIP_FLAG_HALTED, MCP7940_WKDAY, MCP7940_OSCRUN, 0, 0 },
		{ RTC_CHIP_FLAG_BATTERY, MCP7940_WKDAY, MCP7940_VBATEN, 0, 0 },
		{
			.kind = RTC_CHIP_FLAG_NOTICE,
			.reg = MCP7940_WKDAY,
			.mask = MCP7940_PWRFAIL,
			.raised = MCP7940_PWRFAIL,
			.vl = RTC_VL_BACKUP_SWITCH,
		},
	},
	.set.first_tick_ns = 1000000000,
	.alarm = {
		.reg = MCP7940_ALM0,
		.bytes = 6,
		.sec_at = 0,
		.min_at = 1,
		.hour_at = 2,
		.wday_at = 3,
		.mday_at = 4,
		.month_at = 5,
		.fill = { 0, 0, 0, MCP7940_ALL_MATCH, 0, 0, 0 },
		.on = {
			.reg = MCP7940_CONTROL,
			.mask = MCP7940_SQWEN | MCP7940_ALM1EN | MCP7940_ALM0EN,
			.value = MCP7940_ALM0EN,
		},
		.on_mask = MCP7940_ALM0EN,
		.flag = { MCP7940_ALM0WKDAY, MCP7940_ALM0IF, MCP7940_ALM0IF },
	},
	.trim = {
		.reg = MCP7940_OSCTRIM,
		.mask = 0x7f,
		.sign_mask = BIT(7),
		.up_ppt = 1017253,
		.down_ppt = 1017253,
		.up_steps = 127,
		.down_steps = 127,
		.mode = { MCP7940_CONTROL, MCP7940_CRSTRIM, 0 },
		.lump_s = 60,
		.lag_s = 60,
	},
	.memory = { MCP7940_RAM, MCP7940_RAM_BYTES },
	/* p. 26 */
	.clkout = {
		.reg = MCP7940_CONTROL,
		.mask = MCP7940_CRSTRIM | MCP7940_SQWFS,
		.gate = { MCP7940_CONTROL, MCP7940_SQWEN, MCP7940_SQWEN },
		.is_on_alarm_pin = true,
		.rates = { { 1, 0 }, { 4096, 1 }, { 8192, 2 }, { 32768, 3 } },
	},
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 },
};

/*
 * Two bits count the centuries from 2000 on (Rev 20 p. 29). The day of the week shares
 * its byte with the frequency of the wave (mainline). OF can be lowered once it has run
 * for 4 s (Rev 24 p. 21).
 *
 * From sister parts: what is written becomes the time with the STOP, and restarts the
 * divider (M41T00AUD p. 18, M41T82 p. 21, M41T00CAP p. 15), so the tick is later by the
 * six bytes that follow the seconds, here on a bus of 100 kHz. A read shows what was the
 * time when it began (M41T00CAP p. 15). The alarm's flag is lowered by reading it
 * (M41T94 p. 19), and so by a look at OF, which is in the same register; zeros choose
 * that all its fields match (ibid.).
 *
 * Calibration (Rev 24 p. 16): as on the DS1340, which is its like. Frequencies: mainline.
 */
const struct rtc_chip_desc rtc_chip_m41t62 = {
	.name = "M41T62",
	/* As on the M41T94, p. 18 */
	.ident = { { M41T62_FLAGS, 0x2b, 0 } },
	.time = {
		.reg = 0x01,
		.wday_at = 3,
		.mday_at = 4,
		.month_at = 5,
		.year_at = 6,
		.wday_of_sunday = 0,
		.has_fraction = true,
		.century_at = 5,
		.century_mask = M41T62_CB,
		.ignore = { 0, 0, 0, BIT(3), 0, 0, 0 },
		.keep = { 0, M41T62_OFIE, 0, M41T62_RS, 0, 0, 0 },
		.range_min = RTC_TIMESTAMP_BEGIN_2000,
		.range_max = RANGE_MAX_2100,
	},
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, 0x01, OFF, OFF, 0 },
		{ RTC_CHIP_FLAG_VOID, M41T62_FLAGS, M41T62_OF, M41T62_OF, 0 },
	},
	.set.first_tick_ns = 1000540000,
	.alarm = {
		.reg = M41T62_ALARM,
		.bytes = 5,
		.sec_at = 4,
		.min_at = 3,
		.hour_at = 2,
		.wday_at = RTC_CHIP_NONE,
		.mday_at = 1,
		.month_at = 0,
		.keep = { M41T62_AFE | M41T62_SQWE, 0, 0, 0, 0, 0, 0 },
		.on = { M41T62_ALARM, M41T62_AFE, M41T62_AFE },
		.on_mask = M41T62_AFE,
		.flag = { M41T62_FLAGS, M41T62_AF, M41T62_AF },
		.flag_is_read = true,
	},
	.trim = {
		.reg = M41T62_CALIBRATION,
		.mask = CALIBRATION_STEPS,
		.sign_mask = CALIBRATION_FASTER,
		.up_ppt = 4069010,
		.down_ppt = 2034505,
		.up_steps = 31,
		.down_steps = 31,
		.lump_s = 3840,
		.lag_s = 3840,
	},
	.clkout = {
		.reg = M41T62_WDAY,
		.mask = M41T62_RS,
		.gate = { M41T62_ALARM, M41T62_SQWE, M41T62_SQWE },
		.rates = {
			{ 32768, 0x10 }, { 8192, 0x20 }, { 4096, 0x30 },
			{ 2048, 0x40 }, { 1024, 0x50 }, { 512, 0x60 },
			{ 256, 0x70 }, { 128, 0x80 }, { 64, 0x90 },
			{ 32, 0xa0 }, { 16, 0xb0 }, { 8, 0xc0 },
			{ 4, 0xd0 }, { 2, 0xe0 }, { 1, 0xf0 },
		},
	},
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 },
};

/*
 * Reserved bits are 0 after each power-on and to be written as 0 (SLUS900B p. 12), but
 * they can be written as 1, so no bit tells it from another chip.
 * Mainline means 20yy by a CENT of 1. It sets CENT_EN, too, which makes it toggle in
 * 2100, when the range is over. Years that 4 divides are leap years
 * (BQ32002 p. 20). The oscillator's failure is told beside the minutes, and lowered
 * with them (BQ32002 p. 13).
 *
 * From the first START to the STOP the registers stand still (TI's forum, "BQ32000
 * problem"):
 *
 *   S addr reg Sr addr data... P
 *   ^ latch
 *
 * That the seconds restart the divider is taken from the DS1340. Calibration: the rates
 * are those of "-63 ppm to +126 ppm" (SLUS900E p. 1), which of them makes it faster that
 * of another free driver (Zephyr rtc_bq32002.c); every 8 or 16 minutes (SLUS900E
 * chapter 7). Charger: mainline; with the diode, or with a FET in its place.
 */
const struct rtc_chip_desc rtc_chip_bq32000 = {
	.name = "BQ32000",
	.time = {
		.reg = 0x00,
		.wday_at = 3,
		.mday_at = 4,
		.month_at = 5,
		.year_at = 6,
		.wday_of_sunday = 1,
		.century_at = RTC_CHIP_HOUR,
		.century_on = BQ32000_CENT,
		.ignore = { 0, 0, BQ32000_CENT_EN, 0, 0, 0, 0 },
		.range_min = RTC_TIMESTAMP_BEGIN_2000,
		.range_max = RTC_TIMESTAMP_END_2099,
	},
	.flags = {
		{ RTC_CHIP_FLAG_HALTED, 0x00, OFF, OFF, 0 },
		{ RTC_CHIP_FLAG_VOID, 0x01, BQ32000_OF, BQ32000_OF, 0 },
	},
	.set.first_tick_ns = 1000000000,
	.trim = {
		.reg = BQ32000_CAL_CFG1,
		.mask = CALIBRATION_STEPS,
		.sign_mask = CALIBRATION_FASTER,
		.up_ppt = 4069010,
		.down_ppt = 2034505,
		.up_steps = 31,
		.down_steps = 31,
		.lump_s = 960,
		.lag_s = 960,
	},
	.charger = {
		.key = { BQ32000_TCH2, 0xff, 0x20 },
		.reg = BQ32000_CFG2,
		.mask = 0xff,
		.ways = { { 1120, true, 0x05 }, { 20180, false, 0x45 } },
	},
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 4 },
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 10 },
};
