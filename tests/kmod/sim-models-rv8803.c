// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: RV-8803.
 */
#include <linux/bits.h>
#include <linux/kernel.h>

#include "sim-chip.h"

#define YEAR		0x06
#define EXTENSION	0x0d
#define EXT_USEL	BIT(5)
#define FLAGS		0x0e
#define FLAGS_UF	BIT(5)
#define CONTROL		0x0f
#define HUNDREDTHS	0x10
#define MIRROR		0x11
#define MIRROR_LAST	0x1f
#define OFFSET		0x2c

/* 2^-22 */
#define OFFSET_STEP_PPT	238419

/* A positive offset is that of a clock that is too fast: it slows it down. */
static s32 rv8803_trim_ppb(const struct sim_chip *chip)
{
	s32 steps = (s8)(chip->regs[OFFSET] << 2) / 4;

	return -steps * OFFSET_STEP_PPT / 1000;
}

/* The clock and its control are there twice; the first RAM byte is not. */
static u8 rv8803_map(const struct sim_chip *chip, u8 reg)
{
	if (reg < MIRROR || reg > MIRROR_LAST)
		return reg;
	return reg <= MIRROR + YEAR ? reg - MIRROR : reg - 0x10;
}

static void rv8803_passed(struct sim_chip *chip, unsigned int units, s64 seconds,
			  s64 now_ns)
{
	u8 unit = chip->regs[EXTENSION] & EXT_USEL ? SIM_MINUTE : SIM_SECOND;

	if (units & BIT(unit))
		chip->regs[FLAGS] |= FLAGS_UF;
}

const struct sim_model sim_rv8803 = {
	.name = "rv8803",
	.address = 0x32,
	.reg = { 0, 1, 2, 3, 4, 5, 6 },
	.mask = { 0x7f, 0x7f, 0x3f, 0x7f, 0x3f, 0x1f, 0xff },
	.hundredths = HUNDREDTHS,
	.wday_last = 0,
	.latch = SIM_LATCH_NONE,
	.seconds_restart = true,
	.hold = { { { CONTROL, 0x01, 0x01 }, 1000000000, 0 } },
	.flag = {
		[SIM_STOPPED] = { FLAGS, 0x02, 0x02 },
		[SIM_INACCURATE] = { FLAGS, 0x01, 0x01 },
	},
	.wave = { { EXTENSION, 0x0c, 0x08 } },
	.last = 0x2f,
	.access = {
		{ 0x00, 0x01, 0x7f, 0 }, { 0x02, 0x02, 0x3f, 0 }, { 0x03, 0x03, 0x7f, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x1f, 0 }, { 0x06, 0x08, 0xff, 0 },
		{ 0x09, 0x09, 0xbf, 0 }, { 0x0a, 0x0b, 0xff, 0 }, { 0x0c, 0x0c, 0x0f, 0 },
		{ EXTENSION, EXTENSION, 0xff, 0 }, { FLAGS, FLAGS, 0, 0x3f },
		{ CONTROL, CONTROL, 0x3d, 0 }, { OFFSET, OFFSET, 0x3f, 0 },
		{ 0x2f, 0x2f, 0xf5, 0 },
	},
	.reset = {
		{ 0x03, 0xff, 0x40 }, { 0x04, 0xff, 0x01 }, { 0x05, 0xff, 0x01 },
		{ FLAGS, 0xff, 0x03 },
	},
	.alarm = {
		{
			.reg = { [SIM_MINUTE] = 0x08, [SIM_HOUR] = 0x09,
				 [SIM_MDAY] = 0x0a },
			.flag = { FLAGS, 0x08, 0x08 },
			.every_minute = true,
			.wday_needs = { EXTENSION, 0x40, 0x00 },
		},
	},
	.ints = {
		{ { FLAGS, 0x08, 0x08 }, { CONTROL, 0x08, 0x08 } },
		{ { FLAGS, FLAGS_UF, FLAGS_UF }, { CONTROL, 0x20, 0x20 }, 500000000 },
	},
	.trim_ppb = rv8803_trim_ppb,
	.map = rv8803_map,
	.passed = rv8803_passed,
};
