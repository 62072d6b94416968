/* SPDX-License-Identifier: GPL-2.0-only */
/* Chips of Maxim (Dallas); see vectors.h for the letters. */
#ifndef TESTS_UNIT_VECTORS_MAXIM_H
#define TESTS_UNIT_VECTORS_MAXIM_H

/* Weekdays 1..7, 12 or 24 hours */
static const struct part part_ds1307 = {
	.desc = &rtc_chip_ds1307,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s V#######", "m 0#######", "h 0TP#####", "w .....www",
		"d 00######", "M 000#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.memory_reg = 0x08,
	.memory_bytes = 56,
	.images = {
		/* A Saturday */
		{ "00 00 00 07 01 01 00", "2000-01-01 00:00:00" },
		{ "59 59 23 05 31 12 99", "2099-12-31 23:59:59" },
		{ "56 34 12 05 29 02 24", "2024-02-29 12:34:56" },
		/* 12 AM, 12 PM, 11 PM, and hours that there are not */
		{ "00 00 52 05 01 01 26", "2026-01-01 00:00:00" },
		{ "00 00 72 05 01 01 26", "2026-01-01 12:00:00" },
		{ "00 00 71 05 01 01 26", "2026-01-01 23:00:00" },
		{ "00 00 40 05 01 01 26", NULL },
		{ "00 00 53 05 01 01 26", NULL },
		/* As it is after power-on: halted */
		{ "80 00 00 01 01 01 00", NULL },
		/* A century, of which it has none */
		{ "00 00 00 05 01 81 00", NULL },
		{ "00 00 00 01 29 02 23", NULL },
		{ "ff ff ff ff ff ff ff", NULL },
	},
};

static const struct part part_ds1338 = {
	.desc = &rtc_chip_ds1338,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s V#######", "m 0#######", "h 0TP#####", "w .....www",
		"d 00######", "M 000#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.others = { { 0x07, "..V....." } },
	.memory_reg = 0x08,
	.memory_bytes = 56,
	.images = {
		{ "00 00 00 05 01 01 26", "2026-01-01 00:00:00" },
		/* A wrong day of the week does not matter. */
		{ "00 00 00 fe 01 01 26", "2026-01-01 00:00:00" },
		{ "59 59 23 05 31 12 99", "2099-12-31 23:59:59" },
		{ "00 00 00 07 01 01 00", "2000-01-01 00:00:00" },
		{ "80 00 00 05 01 01 26", NULL },
		{ "00 00 00 05 00 01 26", NULL },
		{ "00 00 00 05 01 00 26", NULL },
		{ "00 00 00 05 31 04 24", NULL },
	},
};

/* The century: bit 7 of the month. No battery, so EOSC stops the time. */
static const struct part part_ds1337 = {
	.desc = &rtc_chip_ds1337,
	.first_date = 20000101,
	.last_date = 21000228,
	.reg = 0x00,
	.bytes = {
		"s 0#######", "m 0#######", "h 0TP#####", "w .....www",
		"d 00######", "M C00#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.others = { { 0x0e, "V......." }, { 0x0f, "V......." } },
	.alarm = {
		.reg = 0x07,
		.bytes = { "s I#######", "m I#######", "h ITP#####", "d I0######" },
		.on = { 0x0e, 0x01 },
		.flag = { 0x0f, 0x01 },
	},
	.images = {
		{ "00 00 00 07 01 01 00", "2000-01-01 00:00:00" },
		{ "00 00 00 05 29 02 24", "2024-02-29 00:00:00" },
		{ "59 59 23 05 31 12 99", "2099-12-31 23:59:59" },
		{ "00 00 00 06 01 81 00", "2100-01-01 00:00:00" },
		{ "59 59 23 01 28 82 00", "2100-02-28 23:59:59" },
		{ "00 00 00 02 29 82 00", NULL },
		{ "00 00 00 02 01 83 00", NULL },
		{ "80 00 00 01 01 01 24", NULL },
	},
};

static const struct part part_ds1339 = {
	.desc = &rtc_chip_ds1339,
	.first_date = 20000101,
	.last_date = 21000228,
	.reg = 0x00,
	.bytes = {
		"s 0#######", "m 0#######", "h 0TP#####", "w .....www",
		"d 00######", "M C00#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.others = { { 0x0e, "V......." }, { 0x0f, "V......." } },
	.alarm = {
		.reg = 0x07,
		.bytes = { "s I#######", "m I#######", "h ITP#####", "d I0######" },
		.on = { 0x0e, 0x01 },
		.flag = { 0x0f, 0x01 },
	},
	.images = {
		{ "00 00 00 07 01 01 00", "2000-01-01 00:00:00" },
		{ "30 15 11 05 29 02 24", "2024-02-29 11:15:30" },
		{ "59 59 23 05 31 12 99", "2099-12-31 23:59:59" },
		{ "59 59 23 01 28 82 00", "2100-02-28 23:59:59" },
		{ "00 00 00 02 01 83 00", NULL },
		{ "1a 00 00 02 01 03 24", NULL },
	},
};

/*
 * 24 hours only; the century is beside the hours and counts with CEB alone. Unused
 * bits can be written. The calibration works on 125,829,120 cycles, 64 minutes.
 */
static const struct part part_ds1340 = {
	.desc = &rtc_chip_ds1340,
	.first_date = 20000101,
	.last_date = 21000228,
	.reg = 0x00,
	.bytes = {
		"s V#######", "m .#######", "h EC######", "w .....www",
		"d ..######", "M ...#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.others = { { 0x09, "V......." } },
	.trim = {
		.reg = 0x07,
		.bits = "..F#####",
		.up = { 512, 125829120 },
		.down = { 256, 125829120 },
		.least = -31,
		.most = 31,
	},
	.images = {
		{ "00 00 80 07 01 01 00", "2000-01-01 00:00:00" },
		{ "56 34 92 05 29 02 24", "2024-02-29 12:34:56" },
		{ "59 59 a3 05 31 12 99", "2099-12-31 23:59:59" },
		{ "00 00 c0 06 01 01 00", "2100-01-01 00:00:00" },
		{ "59 59 e3 01 28 02 00", "2100-02-28 23:59:59" },
		{ "00 00 c0 02 29 02 00", NULL },
		/* After power-on, and without CEB */
		{ "00 00 00 01 01 01 00", "2000-01-01 00:00:00" },
		{ "00 00 40 05 01 01 26", "2026-01-01 00:00:00" },
		{ "00 80 80 f8 c1 e1 26", "2026-01-01 00:00:00" },
		{ "80 00 80 05 01 01 26", NULL },
		{ "00 00 a4 05 01 01 26", NULL },
	},
};

static const struct part part_ds3231 = {
	.desc = &rtc_chip_ds3231,
	.first_date = 20000101,
	.last_date = 21000228,
	.reg = 0x00,
	.bytes = {
		"s 0#######", "m 0#######", "h 0TP#####", "w .....www",
		"d 00######", "M C00#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.others = { { 0x0f, "V......." } },
	.alarm = {
		.reg = 0x07,
		.bytes = { "s I#######", "m I#######", "h ITP#####", "d I0######" },
		.on = { 0x0e, 0x01 },
		.flag = { 0x0f, 0x01 },
	},
	/* "Positive aging values add capacitance ... slowing the oscillator" */
	.trim = {
		.reg = 0x10,
		.bits = "N#######",
		.is_slowing = true,
		.up = { 1, 10000000 },
		.down = { 1, 10000000 },
		.least = -127,
		.most = 128,
	},
	.images = {
		/* The first second that 32 bits can't count */
		{ "08 14 03 03 19 01 38", "2038-01-19 03:14:08" },
		{ "00 00 71 05 01 01 26", "2026-01-01 23:00:00" },
		{ "59 59 23 01 28 82 00", "2100-02-28 23:59:59" },
		{ "00 00 00 02 29 82 00", NULL },
		{ "00 00 00 02 01 83 00", NULL },
		/* 2026 by firmware that means 20yy by a century of 1 */
		{ "00 00 00 05 01 81 26", NULL },
		{ "80 00 00 01 01 01 24", NULL },
		{ "ff ff ff ff ff ff ff", NULL },
		{ "00 00 00 00 00 00 00", NULL },
		/* A set that broke off */
		{ "00 00 00 05 01 01 1a", NULL },
	},
};

/* A century of 1 is 20yy, as Linux' rtc-ds3232 has it. */
static const struct part part_ds3232 = {
	.desc = &rtc_chip_ds3232,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s 0#######", "m 0#######", "h 0TP#####", "w .....www",
		"d 00######", "M v00#####", "y ########",
	},
	.wdays = WDAYS_FROM_1,
	.others = { { 0x0f, "V......." } },
	.alarm = {
		.reg = 0x07,
		.bytes = { "s I#######", "m I#######", "h ITP#####", "d I0######" },
		.on = { 0x0e, 0x01 },
		.flag = { 0x0f, 0x01 },
	},
	.trim = {
		.reg = 0x10,
		.bits = "N#######",
		.is_slowing = true,
		.up = { 1, 10000000 },
		.down = { 1, 10000000 },
		.least = -127,
		.most = 128,
	},
	.memory_reg = 0x14,
	.memory_bytes = 236,
	.images = {
		{ "00 00 00 07 01 81 00", "2000-01-01 00:00:00" },
		{ "56 34 12 05 29 82 24", "2024-02-29 12:34:56" },
		{ "59 59 71 05 31 92 99", "2099-12-31 23:59:59" },
		{ "56 34 12 05 29 02 24", NULL },
		{ "00 00 00 02 29 82 23", NULL },
		{ "00 00 00 02 29 e2 24", NULL },
	},
};

#endif /* TESTS_UNIT_VECTORS_MAXIM_H */
