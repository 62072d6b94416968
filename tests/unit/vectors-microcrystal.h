/* SPDX-License-Identifier: GPL-2.0-only */
/* Chips of Micro Crystal and Abracon; see vectors.h for the letters. */
#ifndef TESTS_UNIT_VECTORS_MICROCRYSTAL_H
#define TESTS_UNIT_VECTORS_MICROCRYSTAL_H

/*
 * The offset has nine bits; a positive number makes it faster, by its own manual: one
 * of 32,768.48 Hz, which is fast, wants -15.
 */
static const struct part part_rv3028 = {
	.desc = &rtc_chip_rv3028,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s 0#######", "m 0#######", "h 00######", "w .....www",
		"d 00######", "M 000#####", "y ########",
	},
	.wdays = WDAYS_FROM_0,
	.others = { { 0x0e, ".......V" }, { 0x10, "......V." } },
	.alarm = {
		.reg = 0x07,
		.bytes = { "m I#######", "h I0######", "d I0######" },
		.on = { 0x10, 0x08 },
		.flag = { 0x0e, 0x04 },
	},
	.trim = {
		.reg = 0x36,
		.bits = "N#######",
		.lsb_reg = 0x37,
		.lsb = "#.......",
		.up = { 1, 1 << 20 },
		.down = { 1, 1 << 20 },
		.least = -256,
		.most = 255,
	},
	.memory_reg = 0x1f,
	.memory_bytes = 2,
	.images = {
		{ "00 00 00 06 01 01 00", "2000-01-01 00:00:00" },
		{ "56 34 12 04 29 02 24", "2024-02-29 12:34:56" },
		{ "59 59 23 04 31 12 99", "2099-12-31 23:59:59" },
		{ "80 00 00 06 01 01 00", NULL },
		{ "00 00 00 06 01 01 9a", NULL },
		/* What an access that takes too long gets */
		{ "ff ff ff ff ff ff ff", NULL },
	},
};

/* A bit for each day of the week; RESET holds the seconds. */
static const struct part part_rv8803 = {
	.desc = &rtc_chip_rv8803,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x00,
	.bytes = {
		"s 0#######", "m 0#######", "h 00######", "w .wwwwwww",
		"d 00######", "M 000#####", "y ########",
	},
	.wdays = WDAYS_ARE_BITS,
	.others = { { 0x0e, "......V." }, { 0x0f, ".......V" } },
	.alarm = {
		.reg = 0x08,
		.bytes = { "m I#######", "h Ik######", "d Ik######" },
		.on = { 0x0f, 0x08 },
		.flag = { 0x0e, 0x08 },
	},
	.trim = {
		.reg = 0x2c,
		.bits = "..N#####",
		.is_slowing = true,
		.up = { 2384, 10000000000 },
		.down = { 2384, 10000000000 },
		.least = -31,
		.most = 32,
	},
	.memory_reg = 0x07,
	.memory_bytes = 1,
	.images = {
		{ "00 00 00 40 01 01 00", "2000-01-01 00:00:00" },
		{ "56 34 12 10 29 02 24", "2024-02-29 12:34:56" },
		{ "59 59 23 10 31 12 99", "2099-12-31 23:59:59" },
		{ "00 00 00 00 00 00 00", NULL },
		{ "00 00 00 40 32 01 00", NULL },
		{ "00 60 00 40 01 01 00", NULL },
	},
};

/*
 * Unused bits are the user's. STOP, 12 hours; the failure of the oscillator. An
 * adjustment of 2^-19 makes it faster.
 */
static const struct part part_ab1805 = {
	.desc = &rtc_chip_ab1805,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x01,
	.bytes = {
		"s k#######", "m k#######", "h kk######", "d kk######",
		"M kkk#####", "y ########", "w kkkkkwww",
	},
	.wdays = WDAYS_FROM_0,
	.others = { { 0x10, "VV......" }, { 0x1d, "......V." } },
	.alarm = {
		.reg = 0x08,
		.bytes = {
			"- ........", "s k#######", "m k#######", "h kk######",
			"d kk######", "M kkk#####", "- kkkkkkkk",
		},
		.on = { 0x12, 0x04 },
		.flag = { 0x0f, 0x04 },
	},
	.trim = {
		.reg = 0x14,
		.bits = ".N######",
		.mode_reg = 0x14,
		.mode = "0.......",
		.up = { 1, 1 << 19 },
		.down = { 1, 1 << 19 },
		.least = -64,
		.most = 63,
	},
	.memory_reg = 0x40,
	.memory_bytes = 64,
	.images = {
		{ "00 00 00 01 01 00 06", "2000-01-01 00:00:00" },
		{ "56 34 12 29 02 24 04", "2024-02-29 12:34:56" },
		{ "59 59 23 31 12 99 04", "2099-12-31 23:59:59" },
		/* The same with the user's bits */
		{ "d9 d9 e3 f1 f2 99 fc", "2099-12-31 23:59:59" },
		{ "60 00 00 01 01 00 06", NULL },
		{ "00 00 00 01 01 a0 06", NULL },
		{ "00 00 24 01 01 00 06", NULL },
	},
};

#endif /* TESTS_UNIT_VECTORS_MICROCRYSTAL_H */
