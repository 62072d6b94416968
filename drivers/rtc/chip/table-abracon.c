// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the chips of Abracon, one row each; match.c matches devices to rows.
 *
 * Source: data sheet of Ambiq's AM18X5, which is in the AB1805 and in Micro
 * Crystal's RV-1805-C3: DS0003 V1p3 (February 2019). Pages are of this one.
 */
#include <linux/bits.h>
#include <linux/rtc.h>

#include "chip.h"

#define AB1805_SECONDS		0x01
#define AB1805_ALARM		0x08
#define AB1805_STATUS		0x0f
#define AB1805_CB		BIT(7)
#define AB1805_BAT		BIT(6)
#define AB1805_BL		BIT(4)
#define AB1805_ALM		BIT(2)
#define AB1805_CONTROL1		0x10
#define AB1805_STOP		BIT(7)
#define AB1805_12H		BIT(6)
#define AB1805_ARST		BIT(2)
#define AB1805_WRTC		BIT(0)
#define AB1805_INT_MASK		0x12
#define AB1805_IM		(BIT(6) | BIT(5))
#define AB1805_AIE		BIT(2)
/* Battery, timer, and two inputs */
#define AB1805_OTHER_IE		(BIT(4) | BIT(3) | BIT(1) | BIT(0))
#define AB1805_SQW		0x13
#define AB1805_SQWE		BIT(7)
#define AB1805_CAL_XT		0x14
#define AB1805_CMDX		BIT(7)
#define AB1805_TIMER		0x18
#define AB1805_RPT		(BIT(4) | BIT(3) | BIT(2))
#define AB1805_RPT_YEARLY	BIT(2)
#define AB1805_OSC_STATUS	0x1d
#define AB1805_OMODE		BIT(4)
#define AB1805_OF		BIT(1)
#define AB1805_KEY		0x1f
#define AB1805_KEY_TRICKLE	0x9d
#define AB1805_TRICKLE		0x20
#define AB1805_TRICKLE_ON	0xa8
#define AB1805_ID0		0x28
#define AB1805_ID1		0x29
#define AB1805_RAM		0x40

#define AB_HALTED	.kind = RTC_CHIP_FLAG_HALTED
#define AB_NOTICE	.kind = RTC_CHIP_FLAG_NOTICE

/*
 * Bits of the time and the alarm that it does not need are the user's (p. 58 to
 * 64). The century is not among them; it has to be 1 for 2000 to be a leap year
 * (p. 65).
 *
 * A write of any counter resets the divider (p. 38); STOP keeps it so until it is
 * let go (p. 66), and the second comes when a hundred hundredths have passed. Leap
 * years are right to 2199 (p. 59), but the century is not among the bytes of the
 * time.
 *
 * 1 Hz is held off while the counters are read, and a repeated START is like a
 * STOP and a START (p. 34, 37); that it begins with the address is not verified:
 *
 *   S addr reg Sr addr data... P
 *                     ^ latch
 */
const struct rtc_chip_desc rtc_chip_ab1805 = {
	.name = "AB1805",
	/* p. 81; mainline's driver takes the same of an RV-1805-C3. */
	.ident = {
		{ .reg = AB1805_ID0, .mask = 0xff, .value = 0x18 },
		{ .reg = AB1805_ID1, .mask = 0xff, .value = 0x05 },
	},
	.time = {
		.reg = AB1805_SECONDS,
		.wday_at = 6,
		.mday_at = 3,
		.month_at = 4,
		.year_at = 5,
		.has_fraction = true,
		.keep = { 0x80, 0x80, 0xc0, 0xc0, 0xe0, 0x00, 0xf8 },
		.range_min = RTC_TIMESTAMP_BEGIN_2000,
		.range_max = RTC_TIMESTAMP_END_2099,
	},
	.flags = {
		{ .kind = RTC_CHIP_FLAG_VOID, .reg = AB1805_OSC_STATUS,
		  .mask = AB1805_OF, .raised = AB1805_OF,
		  .vl = RTC_VL_DATA_INVALID },
		{ AB_HALTED, .reg = AB1805_CONTROL1,
		  .mask = AB1805_STOP, .raised = AB1805_STOP },
		{ AB_HALTED, .reg = AB1805_CONTROL1,
		  .mask = AB1805_12H, .raised = AB1805_12H },
		{ AB_NOTICE, .reg = AB1805_STATUS,
		  .mask = AB1805_BL, .raised = AB1805_BL,
		  .vl = RTC_VL_BACKUP_LOW },
		{ AB_NOTICE, .reg = AB1805_STATUS,
		  .mask = AB1805_BAT, .raised = AB1805_BAT,
		  .vl = RTC_VL_BACKUP_SWITCH },
		/* It lives on its RC oscillator; only the chip lowers it (p. 76). */
		{ AB_NOTICE, .reg = AB1805_OSC_STATUS,
		  .mask = AB1805_OMODE, .raised = AB1805_OMODE,
		  .vl = RTC_VL_ACCURACY_LOW },
	},
	/* With ARST, reading the status would lower its flags (p. 66). */
	.set = {
		.writable = {
			{ .reg = AB1805_CONTROL1,
			  .mask = AB1805_ARST | AB1805_WRTC,
			  .value = AB1805_WRTC },
			{ .reg = AB1805_STATUS, .mask = AB1805_CB,
			  .value = AB1805_CB },
		},
		.hold = { .reg = AB1805_CONTROL1, .mask = AB1805_STOP,
			  .value = AB1805_STOP },
		.first_tick_ns = 1000000000,
	},
	/* p. 61 to 64, 68 and 73; the pin is low until the flag is lowered. */
	.alarm = {
		.reg = AB1805_ALARM,
		.bytes = 7,
		.sec_at = 1,
		.min_at = 2,
		.hour_at = 3,
		.mday_at = 4,
		.month_at = 5,
		.wday_at = RTC_CHIP_NONE,
		.keep = { 0x00, 0x80, 0x80, 0xc0, 0xc0, 0xe0, 0xff },
		.match = {
			{ .reg = AB1805_TIMER, .mask = AB1805_RPT,
			  .value = AB1805_RPT_YEARLY },
			{ .reg = AB1805_CONTROL1, .mask = AB1805_ARST },
		},
		.on = { .reg = AB1805_INT_MASK,
			.mask = AB1805_IM | AB1805_AIE | AB1805_OTHER_IE,
			.value = AB1805_AIE },
		.on_mask = AB1805_AIE,
		.flag = { .reg = AB1805_STATUS, .mask = AB1805_ALM,
			  .value = AB1805_ALM },
	},
	/*
	 * p. 39: 2^-19 each, spread over 32 s; XTCAL, which slows it by 122 ppm a
	 * step, is left.
	 */
	.trim = {
		.reg = AB1805_CAL_XT,
		.mask = 0x7f,
		.up_ppt = 1907349,
		.down_ppt = 1907349,
		.up_steps = 63,
		.down_steps = 64,
		.mode = { .reg = AB1805_CAL_XT, .mask = AB1805_CMDX },
		.lump_s = 32,
		.lag_s = 32,
	},
	/* Half of what there is: the rest is other windows on it (p. 84). */
	.memory = { .reg = AB1805_RAM, .bytes = 64 },
	/* p. 77 and 78, with the standard diode, which charges less */
	.charger = {
		.key = { .reg = AB1805_KEY, .mask = 0xff,
			 .value = AB1805_KEY_TRICKLE },
		.reg = AB1805_TRICKLE,
		.mask = 0xff,
		.ways = {
			{ 3000, true, AB1805_TRICKLE_ON | 1 },
			{ 6000, true, AB1805_TRICKLE_ON | 2 },
			{ 11000, true, AB1805_TRICKLE_ON | 3 },
		},
	},
	/* p. 69 */
	.clkout = {
		.reg = AB1805_SQW,
		.mask = 0x1f,
		.gate = { .reg = AB1805_SQW, .mask = AB1805_SQWE,
			  .value = AB1805_SQWE },
		.rates = {
			{ 32768, 0x01 }, { 16384, 0x16 }, { 8192, 0x02 },
			{ 4096, 0x03 }, { 2048, 0x04 }, { 1024, 0x05 },
			{ 512, 0x06 }, { 256, 0x07 }, { 128, 0x08 },
			{ 64, 0x09 }, { 32, 0x0a }, { 16, 0x0b },
			{ 8, 0x0c }, { 4, 0x0d }, { 2, 0x0e }, { 1, 0x0f },
		},
	},
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 1 },
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 7 },
};
