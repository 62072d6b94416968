// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: AB1805, and RV-1805, which is the same.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/time64.h>

#include "sim-count.h"

#define HUNDREDTHS	0x00
#define LAST_COUNTER	0x07
#define STATUS		0x0f
#define STATUS_CB	BIT(7)
#define STATUS_AF	BIT(2)
#define CONTROL1	0x10
#define CONTROL1_ARST	BIT(2)
#define CONTROL1_WRTC	BIT(0)
#define INT_MASK	0x12
#define TRIM		0x14
#define TRIM_COARSE	BIT(7)
#define TIMER		0x18
#define OSCILLATOR	0x1c
#define OSC_STATUS	0x1d
#define KEY		0x1f
#define KEY_OSC		0xa1
#define KEY_RESET	0x3c
#define KEY_MISC	0x9d
#define TRICKLE		0x20
#define BREF		0x21
#define AFCTRL		0x26
#define BATMODE		0x27
#define OUT_CTRL	0x30
#define RAM_PAGE	0x3f
#define RAM_WINDOW	0x40
#define RAM_HALF	0x80

/* Ticks of 32768 a second: one in 16 s, or four of that */
#define TRIM_STEP_PPB		1907
#define TRIM_COARSE_STEP_PPB	3815
#define XTCAL_STEP_PPB		122000

#define RPT_YEAR	1
#define RPT_MONTH	2
#define RPT_WEEK	3
#define RPT_DAY		4
#define RPT_HOUR	5
#define RPT_MINUTE	6

static s32 ab1805_trim_ppb(const struct sim_chip *chip)
{
	u8 trim = chip->regs[TRIM];
	s32 steps = (s8)(trim << 1) / 2;
	s32 step_ppb = trim & TRIM_COARSE ? TRIM_COARSE_STEP_PPB : TRIM_STEP_PPB;

	return steps * step_ppb - (chip->regs[OSC_STATUS] >> 6) * XTCAL_STEP_PPB;
}

/* It knows the century: 0 in CB is 19xx or 21xx, 1 is 20xx. */
static bool ab1805_is_leap(const struct sim_chip *chip)
{
	u8 year = sim_counter(chip, SIM_YEAR);

	if (!year)
		return chip->regs[STATUS] & STATUS_CB;
	return ((year & 0x0f) + 2 * (year >> 4)) % 4 == 0;
}

static void ab1805_match(const struct sim_chip *chip, const struct sim_alarm *alarm,
			 struct sim_match *match)
{
	static const u8 wanted[8] = {
		[RPT_YEAR] = BIT(SIM_SECOND) | BIT(SIM_MINUTE) | BIT(SIM_HOUR) |
			     BIT(SIM_MDAY) | BIT(SIM_MONTH),
		[RPT_MONTH] = BIT(SIM_SECOND) | BIT(SIM_MINUTE) | BIT(SIM_HOUR) |
			      BIT(SIM_MDAY),
		[RPT_WEEK] = BIT(SIM_SECOND) | BIT(SIM_MINUTE) | BIT(SIM_HOUR) |
			     BIT(SIM_WDAY),
		[RPT_DAY] = BIT(SIM_SECOND) | BIT(SIM_MINUTE) | BIT(SIM_HOUR),
		[RPT_HOUR] = BIT(SIM_SECOND) | BIT(SIM_MINUTE),
		[RPT_MINUTE] = BIT(SIM_SECOND),
	};
	u8 repeat = chip->regs[TIMER] >> 2 & 7;
	unsigned int unit;

	match->is_off = !repeat;
	for (unit = 0; unit < SIM_UNITS; unit++) {
		if (!(wanted[repeat] & BIT(unit)))
			continue;
		match->mask[unit] = chip->model->mask[unit];
		match->value[unit] = chip->regs[alarm->reg[unit]];
	}
}

/* Which key opens a register, and which; 0: it is open. */
static u8 key_of(u8 reg)
{
	switch (reg) {
	case OSCILLATOR:
		return KEY_OSC;
	case TRICKLE:
	case BREF:
	case AFCTRL:
	case BATMODE:
	case OUT_CTRL:
		return KEY_MISC;
	default:
		return 0;
	}
}

/* The RAM behind the window, or behind the upper half. */
static u8 ram_at(const struct sim_chip *chip, u8 reg)
{
	u8 page = chip->regs[RAM_PAGE];

	if (reg >= RAM_HALF)
		return (page & BIT(2) ? 0x80 : 0) | (reg & 0x7f);
	return (page & 3) << 6 | (reg & 0x3f);
}

static bool write_key(struct sim_chip *chip, u8 value, s64 now_ns)
{
	u8 pointer = chip->pointer;

	chip->key = value;
	if (value == KEY_RESET) {
		sim_chip_lose_power(chip, now_ns);
		chip->pointer = pointer;
	}
	return true;
}

/* A write of any counter begins the present hundredth, or the one written, anew. */
static void restart(struct sim_chip *chip, u8 hundredths, s64 now_ns)
{
	u32 part = (hundredths >> 4) * 10 + (hundredths & 0x0f);

	chip->into_ns = (s64)(part > 99 ? 99 : part) * (NSEC_PER_SEC / 100);
	sim_tick_start(&chip->tick, now_ns - chip->into_ns);
}

/* Each key is good for one write. */
static bool ab1805_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	u8 key = chip->key;

	if (reg == KEY)
		return write_key(chip, value, now_ns);
	chip->key = 0;
	if (reg >= RAM_WINDOW) {
		chip->extra[ram_at(chip, reg)] = value;
		return true;
	}
	if (key_of(reg) && key_of(reg) != key)
		return true;
	if (reg > LAST_COUNTER)
		return false;
	if (!(chip->regs[CONTROL1] & CONTROL1_WRTC))
		return true;
	restart(chip, reg == HUNDREDTHS ? value : sim_chip_hundredths(chip, now_ns),
		now_ns);
	return false;
}

static void ab1805_read(struct sim_chip *chip, u8 reg, u8 *value, s64 now_ns)
{
	if (reg >= RAM_WINDOW)
		*value = chip->extra[ram_at(chip, reg)];
	if (reg == STATUS && chip->regs[CONTROL1] & CONTROL1_ARST)
		chip->regs[STATUS] &= STATUS_CB;
}

#define AB1805								\
	.address = 0x69,						\
	.reg = { 1, 2, 3, 7, 4, 5, 6 },					\
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },		\
	.hundredths = HUNDREDTHS,					\
	.sunday = 0,							\
	.wday_last = 6,							\
	.hour_12 = { CONTROL1, 0x40, 0x40 },				\
	.century = { STATUS, STATUS_CB, STATUS_CB },			\
	.century_enable = { INT_MASK, 0x80, 0x80 },			\
	.century_is_vague = true,					\
	.latch = SIM_LATCH_BLOCK,					\
	.restart_releases = true,					\
	.hold = { { { CONTROL1, 0x80, 0x80 }, 0, 0 } },			\
	.flag = {							\
		[SIM_STOPPED] = { OSC_STATUS, 0x02, 0x02 },		\
		[SIM_BATTERY_LOW] = { STATUS, 0x10, 0x10 },		\
		[SIM_SWITCHED] = { STATUS, 0x40, 0x40 },		\
	},								\
	.wave = { { 0x13, 0x9f, 0x8f } },				\
	.pin = { 0x11, 0x03, 0x00 },					\
	.last = 0xff,							\
	.access = {							\
		{ 0x00, 0x1c, 0xff, 0 }, { OSC_STATUS, OSC_STATUS, 0xe0, 0x03 },	\
		{ 0x20, 0x21, 0xff, 0 }, { 0x26, 0x27, 0xff, 0 },	\
		{ 0x30, 0x30, 0xff, 0 }, { RAM_PAGE, RAM_PAGE, 0x7f, 0 },	\
	},								\
	.reset = {							\
		{ 0x04, 0xff, 0x01 }, { 0x05, 0xff, 0x01 }, { 0x10, 0xff, 0x13 },	\
		{ 0x11, 0xff, 0x3c }, { 0x12, 0xff, 0xe0 }, { 0x13, 0xff, 0x26 },	\
		{ 0x18, 0xff, 0x23 }, { OSC_STATUS, 0xff, 0x22 }, { BREF, 0xff, 0xf0 },	\
		{ 0x28, 0xff, 0x18 }, { 0x29, 0xff, 0x05 }, { 0x2a, 0xff, 0x13 },	\
		{ 0x2b, 0xff, 0x5a }, { 0x2c, 0xff, 0x12 }, { 0x2d, 0xff, 0x34 },	\
		{ 0x2e, 0xff, 0x44 },					\
	},								\
	.alarm = {							\
		{							\
			.reg = { 0x09, 0x0a, 0x0b, 0x0e, 0x0c, 0x0d },	\
			.flag = { STATUS, STATUS_AF, STATUS_AF },	\
			.match = ab1805_match,				\
		},							\
	},								\
	.ints = {							\
		{ { STATUS, STATUS_AF, STATUS_AF }, { INT_MASK, 0x04, 0x04 } },	\
		{ { STATUS, 0x10, 0x10 }, { INT_MASK, 0x10, 0x10 } },	\
	},								\
	.trim_ppb = ab1805_trim_ppb,					\
	.is_leap = ab1805_is_leap,					\
	.write = ab1805_write,						\
	.read = ab1805_read

const struct sim_model sim_ab1805 = { .name = "ab1805", AB1805 };
const struct sim_model sim_rv1805 = { .name = "rv1805", AB1805 };
