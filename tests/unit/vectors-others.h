/* SPDX-License-Identifier: GPL-2.0-only */
/* Chips of Microchip, ST and TI; see vectors.h for the letters. */
#ifndef TESTS_UNIT_VECTORS_OTHERS_H
#define TESTS_UNIT_VECTORS_OTHERS_H

/*
 * ST starts it, OSCRUN tells that it runs, VBATEN lets it on the battery, PWRFAIL
 * is lowered by any write, LPYR marks leap years. Of the alarm: polarity, mask, and
 * its flag are beside the day of the week. A step of the trim is two of the
 * 32,768 * 60 clocks of a minute; SIGN adds them.
 */
static const struct part part_mcp7940 = {
	.desc = &rtc_chip_mcp7940,
	.first_date = 20010101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s v#######", "m 0#######", "h 0TP#####", "w ..v.1www",
		"d 00######", "M 00.#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.alarm = {
		.reg = 0x0a,
		.bytes = {
			"s 0#######", "m 0#######", "h 0TP#####", "w 0111.www",
			"d 00######", "M 000#####",
		},
		.on = { 0x07, 0x10 },
		.flag = { 0x0d, 0x08 },
	},
	.trim = {
		.reg = 0x08,
		.bits = "F#######",
		.mode_reg = 0x07,
		.mode = ".....0..",
		.up = { 2, 32768 * 60 },
		.down = { 2, 32768 * 60 },
		.least = -127,
		.most = 127,
	},
	.memory_reg = 0x20,
	.memory_bytes = 64,
	.images = {
		{ "80 00 00 2a 01 01 01", "2001-01-01 00:00:00" },
		{ "d6 34 12 2d 29 22 24", "2024-02-29 12:34:56" },
		{ "d9 59 71 3d 31 12 99", "2099-12-31 23:59:59" },
		/* Whether 2000 is a leap year is not said. */
		{ "80 00 00 2f 01 01 00", NULL },
		{ "80 00 00 2f 29 22 00", NULL },
		/* Not started, and not running */
		{ "00 00 00 2a 01 01 01", NULL },
		{ "80 00 00 0a 01 01 01", NULL },
	},
};

/*
 * Two bits of century. The frequency of its wave is beside the day of the week. The
 * alarm's month has AFE and SQWE beside it. Calibration as on the DS1340
 */
static const struct part part_m41t62 = {
	.desc = &rtc_chip_m41t62,
	.first_date = 20000101,
	.last_date = 21000228,
	.reg = 0x01,
	.bytes = {
		"s V#######", "m k#######", "h 00######", "w kkkk.www",
		"d 00######", "M CC0#####", "y ########",
	},
	.wdays = WDAYS_FROM_0,
	.others = { { 0x0f, ".....V.." } },
	.alarm = {
		.reg = 0x0a,
		.bytes = {
			"M kk0#####", "d 00######", "h 00######", "m 0#######",
			"s 0#######",
		},
		.on = { 0x0a, 0x80 },
		.flag = { 0x0f, 0x40 },
	},
	.trim = {
		.reg = 0x08,
		.bits = "..F#####",
		.up = { 512, 125829120 },
		.down = { 256, 125829120 },
		.least = -31,
		.most = 31,
	},
	.images = {
		{ "00 00 00 06 01 01 00", "2000-01-01 00:00:00" },
		{ "56 34 12 04 29 02 24", "2024-02-29 12:34:56" },
		{ "59 59 23 04 31 12 99", "2099-12-31 23:59:59" },
		{ "00 00 00 05 01 41 00", "2100-01-01 00:00:00" },
		{ "59 d9 23 f0 28 42 00", "2100-02-28 23:59:59" },
		{ "00 00 00 01 29 42 00", NULL },
		{ "00 00 00 01 01 43 00", NULL },
		/* The 23rd and the 24th century */
		{ "56 34 12 04 29 82 24", NULL },
		{ "56 34 12 04 29 c2 24", NULL },
		{ "80 00 00 06 01 01 00", NULL },
	},
};

/*
 * The failure of the oscillator is beside the minutes. A CENT of 1 is 20yy, as Linux'
 * rtc-bq32k has it. Calibration: 1/245760 a step up, 1/491520 a step down
 */
static const struct part part_bq32000 = {
	.desc = &rtc_chip_bq32000,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s V#######", "m V#######", "h .v######", "w .....www",
		"d 00######", "M 000#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.has_no_ident = true,
	.trim = {
		.reg = 0x07,
		.bits = "..F#####",
		.up = { 1, 245760 },
		.down = { 1, 491520 },
		.least = -31,
		.most = 31,
	},
	.images = {
		{ "00 00 c0 07 01 01 00", "2000-01-01 00:00:00" },
		{ "56 34 d2 05 29 02 24", "2024-02-29 12:34:56" },
		{ "59 59 e3 05 31 12 99", "2099-12-31 23:59:59" },
		/* Without CENT_EN, which matters in 2100 only; without CENT */
		{ "56 34 52 05 29 02 24", "2024-02-29 12:34:56" },
		{ "56 34 92 05 29 02 24", NULL },
		/* As it is at first, and halted */
		{ "00 80 c0 07 01 01 00", NULL },
		{ "80 00 c0 07 01 01 00", NULL },
	},
};

#endif /* TESTS_UNIT_VECTORS_OTHERS_H */
