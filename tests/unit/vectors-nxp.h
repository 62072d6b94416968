/* SPDX-License-Identifier: GPL-2.0-only */
/* Chips of NXP; see vectors.h for the letters. The week follows the day. */
#ifndef TESTS_UNIT_VECTORS_NXP_H
#define TESTS_UNIT_VECTORS_NXP_H

/* STOP, and 12 hours; an offset of the period, so that more of it is slower */
static const struct part part_pcf8523 = {
	.desc = &rtc_chip_pcf8523,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x03,
	.bytes = {
		"s V#######", "m 0#######", "h 00######", "d 00######",
		"w .....www", "M 000#####", "y ########",
	},
	.wdays = WDAYS_FROM_0,
	.others = { { 0x00, "..V.V..." } },
	.alarm = {
		.reg = 0x0a,
		.bytes = { "m I#######", "h I0######", "d I0######", "- 1......." },
		.on = { 0x00, 0x02 },
		.flag = { 0x01, 0x08 },
	},
	.trim = {
		.reg = 0x0e,
		.bits = ".N######",
		.is_slowing = true,
		.mode_reg = 0x0e,
		.mode = "1.......",
		.up = { 1, 245760 },
		.down = { 1, 245760 },
		.least = -63,
		.most = 64,
	},
	.images = {
		{ "00 00 00 01 06 01 00", "2000-01-01 00:00:00" },
		{ "56 34 12 29 04 02 24", "2024-02-29 12:34:56" },
		{ "59 59 23 31 04 12 99", "2099-12-31 23:59:59" },
		{ "80 00 00 01 06 01 00", NULL },
		{ "00 00 24 01 06 01 00", NULL },
		{ "60 00 00 01 06 01 00", NULL },
		{ "00 00 00 29 02 02 23", NULL },
		{ "ff ff ff ff ff ff ff", NULL },
	},
};

/*
 * The century's bit toggles, but from which to which is not said. What has no use
 * "could be either", also in the alarm.
 */
static const struct part part_pcf8563 = {
	.desc = &rtc_chip_pcf8563,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x02,
	.bytes = {
		"s V#######", "m .#######", "h ..######", "d ..######",
		"w .....www", "M ...#####", "y ########",
	},
	.wdays = WDAYS_FROM_0,
	.others = { { 0x00, "..V....." } },
	.alarm = {
		.reg = 0x09,
		.bytes = { "m I#######", "h Ik######", "d Ik######", "- 1......." },
		.on = { 0x01, 0x02 },
		.flag = { 0x01, 0x08 },
	},
	.images = {
		{ "00 00 00 01 06 01 00", "2000-01-01 00:00:00" },
		{ "56 34 12 29 04 02 24", "2024-02-29 12:34:56" },
		{ "59 59 23 31 04 12 99", "2099-12-31 23:59:59" },
		/* The same with everything raised that says nothing */
		{ "59 d9 e3 f1 fc f2 99", "2099-12-31 23:59:59" },
		{ "80 00 00 01 06 01 00", NULL },
		{ "00 5a 00 01 06 01 00", NULL },
		{ "00 00 00 31 06 06 00", NULL },
	},
};

/* Counting from the pin, STOP, 12 hours */
static const struct part part_pcf85063 = {
	.desc = &rtc_chip_pcf85063,
	.first_date = 20000101,
	.last_date = 20991231,
	.reg = 0x04,
	.bytes = {
		"s V#######", "m 0#######", "h 00######", "d 00######",
		"w .....www", "M 000#####", "y ########",
	},
	.wdays = WDAYS_FROM_0,
	.others = { { 0x00, "V.V...V." } },
	.alarm = {
		.reg = 0x0b,
		.bytes = {
			"s I#######", "m I#######", "h I0######", "d I0######",
			"- 1.......",
		},
		.on = { 0x01, 0x80 },
		.flag = { 0x01, 0x40 },
	},
	.trim = {
		.reg = 0x02,
		.bits = ".N######",
		.is_slowing = true,
		.mode_reg = 0x02,
		.mode = "1.......",
		.up = { 1, 245760 },
		.down = { 1, 245760 },
		.least = -63,
		.most = 64,
	},
	.memory_reg = 0x03,
	.memory_bytes = 1,
	.images = {
		/* As reset leaves it, and without the flag */
		{ "80 00 00 01 06 01 00", NULL },
		{ "00 00 00 01 06 01 00", "2000-01-01 00:00:00" },
		{ "07 08 09 28 02 02 23", "2023-02-28 09:08:07" },
		{ "56 34 12 29 04 02 24", "2024-02-29 12:34:56" },
		{ "59 59 23 31 04 12 99", "2099-12-31 23:59:59" },
		{ "00 00 00 01 06 13 00", NULL },
		{ "00 00 00 00 00 00 00", NULL },
	},
};

#endif /* TESTS_UNIT_VECTORS_NXP_H */
