// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: MCP7940x, MCP7941x, M41T62, BQ32000.
 */
#include <linux/bits.h>
#include <linux/kernel.h>

#include "sim-count.h"

#define MCP_WDAY	0x03
#define MCP_OSCRUN	BIT(5)
#define MCP_PWRFAIL	BIT(4)
#define MCP_MONTH	0x05
#define MCP_LPYR	BIT(5)
#define MCP_CONTROL	0x07
#define MCP_ALARMS	(BIT(5) | BIT(4))
#define MCP_COARSE	BIT(2)
#define MCP_TRIM	0x08
#define MCP_ALARM_0	0x0d
#define MCP_ALARM_1	0x14
#define MCP_IF		BIT(3)
#define MCP_STAMPS	0x18
#define MCP_STAMPS_END	0x20

/* Two of 32768 ticks a second, once a minute; or 128 times a second */
#define MCP_STEP_PPT	1017253
#define MCP_COARSE_PPB	7812500

#define M41T_FLAGS	0x0f
#define M41T_AF		BIT(6)
#define M41T_TRIM	0x08
#define M41T_CLOCK_LAST	0x07
#define M41T_HAS_READ_FLAGS	BIT(0)
#define M41T_HAS_WRITTEN	BIT(1)

#define BQ_TRIM		0x07
#define BQ_KEY_1	0x20
#define BQ_KEY_2	0x21
#define BQ_SFR		0x22

#define TRIM_SIGN	BIT(5)

/* 512 more or 256 less ticks in 64 minutes of 32768 a second */
static s32 st_trim_ppb(u8 trim)
{
	return (trim & 0x1f) * (trim & TRIM_SIGN ? 4069 : -2035);
}

/* MCP7940x */
static s32 mcp_trim_ppb(const struct sim_chip *chip)
{
	u8 trim = chip->regs[MCP_TRIM];
	s32 ppb = (trim & 0x7f) * MCP_STEP_PPT / 1000;

	if (chip->regs[MCP_CONTROL] & MCP_COARSE)
		ppb = (trim & 0x7f) * MCP_COARSE_PPB;
	return trim & 0x80 ? ppb : -ppb;
}

/* So many ticks twice, each minute; or 128 times a second, which is steady. */
static s32 mcp_bunch_ns(const struct sim_chip *chip)
{
	u8 trim = chip->regs[MCP_TRIM];
	s32 ticks = 2 * (trim & 0x7f);

	if (chip->regs[MCP_CONTROL] & MCP_COARSE)
		ticks *= 60 * 128;
	return sim_chip_ticks_ns(trim & 0x80 ? ticks : -ticks);
}

static void mcp_match(const struct sim_chip *chip, const struct sim_alarm *alarm,
		      struct sim_match *match)
{
	static const u8 wanted[8] = {
		BIT(SIM_SECOND), BIT(SIM_MINUTE), BIT(SIM_HOUR), BIT(SIM_WDAY),
		BIT(SIM_MDAY), 0, 0,
		BIT(SIM_SECOND) | BIT(SIM_MINUTE) | BIT(SIM_HOUR) |
		BIT(SIM_WDAY) | BIT(SIM_MDAY) | BIT(SIM_MONTH),
	};
	u8 units = wanted[chip->regs[alarm->reg[SIM_WDAY]] >> 4 & 7];
	unsigned int unit;

	match->is_off = !units;
	for (unit = 0; unit < SIM_UNITS; unit++) {
		if (!(units & BIT(unit)))
			continue;
		match->mask[unit] = chip->model->mask[unit];
		match->value[unit] = chip->regs[alarm->reg[unit]];
	}
}

/*
 * A write of the day of the week forgets the failure of the supply, and that of
 * an alarm's day its flag. That comes again at once while the second lasts.
 */
static bool mcp_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	u8 stamp;

	sim_chip_store(chip, reg, value);
	if (reg == MCP_WDAY) {
		chip->regs[reg] &= ~MCP_PWRFAIL;
		for (stamp = MCP_STAMPS; stamp < MCP_STAMPS_END; stamp++)
			chip->regs[stamp] = 0;
	}
	if (reg == MCP_ALARM_0 || reg == MCP_ALARM_1)
		chip->regs[reg] &= ~MCP_IF;
	if (!chip->held && (reg == MCP_CONTROL || reg == MCP_ALARM_0 ||
			    reg == MCP_ALARM_1))
		sim_alarms_check(chip, BIT(SIM_UNITS) - 1);
	return true;
}

static void mcp_read(struct sim_chip *chip, u8 reg, u8 *value, s64 now_ns)
{
	u8 year = sim_counter(chip, SIM_YEAR);

	if (reg == MCP_WDAY && !chip->held)
		*value |= MCP_OSCRUN;
	if (reg == MCP_MONTH && ((year & 0x0f) + 2 * (year >> 4)) % 4 == 0)
		*value |= MCP_LPYR;
}

/* With both alarms on, the pin waits for both flags. */
#define MCP794XX							\
	.address = 0x6f,						\
	.reg = { 0, 1, 2, 3, 4, 5, 6 },					\
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },		\
	.hundredths = SIM_NONE,						\
	.sunday = 1,							\
	.wday_last = 7,							\
	.hour_12 = { 2, 0x40, 0x40 },					\
	.latch = SIM_LATCH_START,					\
	.seconds_restart = true,					\
	.hold = { { { 0, 0x80, 0x00 }, 1000000000, 0 } },		\
	.flag = { [SIM_POWER_FAILED] = { MCP_WDAY, MCP_PWRFAIL, MCP_PWRFAIL } },	\
	.wave = { { MCP_CONTROL, 0x43, 0x40 } },			\
	.pin = { MCP_CONTROL, 0x40, 0x00 },				\
	.last = 0x1f,							\
	.ram_last = 0x5f,						\
	.ram_first = 0x20,						\
	.access = {							\
		{ 0x00, 0x00, 0xff, 0 }, { 0x01, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x0f, 0 },	\
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x1f, 0 }, { 0x06, 0x08, 0xff, 0 },	\
		{ 0x0a, 0x0c, 0x7f, 0 }, { 0x0d, 0x0d, 0xf7, 0 }, { 0x0e, 0x0e, 0x3f, 0 },	\
		{ 0x0f, 0x0f, 0x1f, 0 }, { 0x11, 0x13, 0x7f, 0 }, { 0x14, 0x14, 0xf7, 0 },	\
		{ 0x15, 0x15, 0x3f, 0 }, { 0x16, 0x16, 0x1f, 0 }, { 0x20, 0x5f, 0xff, 0 },	\
	},								\
	.reset = {							\
		{ 0x03, 0xff, 0x01 }, { 0x04, 0xff, 0x01 }, { 0x05, 0xff, 0x01 },	\
		{ 0x06, 0xff, 0x01 }, { 0x07, 0xff, 0x80 }, { 0x0d, 0xff, 0x01 },	\
		{ 0x0e, 0xff, 0x01 }, { 0x0f, 0xff, 0x01 }, { 0x14, 0xff, 0x01 },	\
		{ 0x15, 0xff, 0x01 }, { 0x16, 0xff, 0x01 },		\
	},								\
	.alarm = {							\
		{							\
			.reg = { 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f },	\
			.flag = { MCP_ALARM_0, MCP_IF, MCP_IF },	\
			.needs = { MCP_CONTROL, 0x10, 0x10 },		\
			.match = mcp_match,				\
		}, {							\
			.reg = { 0x11, 0x12, 0x13, 0x14, 0x15, 0x16 },	\
			.flag = { MCP_ALARM_1, MCP_IF, MCP_IF },	\
			.needs = { MCP_CONTROL, 0x20, 0x20 },		\
			.match = mcp_match,				\
		},							\
	},								\
	.ints = {							\
		{ { MCP_ALARM_0, MCP_IF, MCP_IF }, { MCP_CONTROL, MCP_ALARMS, 0x10 } },	\
		{ { MCP_ALARM_1, MCP_IF, MCP_IF }, { MCP_CONTROL, MCP_ALARMS, 0x20 } },	\
	},								\
	.trim_ppb = mcp_trim_ppb,					\
	.bunch_ns = mcp_bunch_ns,					\
	.write = mcp_write,						\
	.read = mcp_read

const struct sim_model sim_mcp7940x = { .name = "mcp7940x", MCP794XX };
const struct sim_model sim_mcp7941x = { .name = "mcp7941x", MCP794XX };

/*
 * M41T62. What is written to the clock goes to its counters at the STOP, where
 * the second begins. A read of the flags takes that of the alarm away; and as
 * long as the pointer rests on them, none goes off.
 */
static s32 m41t62_trim_ppb(const struct sim_chip *chip)
{
	return st_trim_ppb(chip->regs[M41T_TRIM]);
}

/* As a DS1340's, which is taken from there. */
static s32 m41t62_bunch_ns(const struct sim_chip *chip)
{
	u8 trim = chip->regs[M41T_TRIM];

	if (chip->minutes % 64 >= 2 * (trim & 0x1f))
		return 0;
	return sim_chip_ticks_ns(trim & TRIM_SIGN ? 256 : -128);
}

static bool m41t62_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	if (reg > M41T_CLOCK_LAST)
		return false;
	chip->is_blocked = true;
	chip->key |= M41T_HAS_WRITTEN;
	/* Its hundredths can't be set. */
	return reg == chip->model->hundredths;
}

static void m41t62_read(struct sim_chip *chip, u8 reg, u8 *value, s64 now_ns)
{
	if (reg == M41T_FLAGS)
		chip->key |= M41T_HAS_READ_FLAGS;
}

static void m41t62_stop(struct sim_chip *chip, s64 now_ns)
{
	if (chip->key & M41T_HAS_READ_FLAGS)
		chip->regs[M41T_FLAGS] &= ~M41T_AF;
	if (chip->key & M41T_HAS_WRITTEN) {
		chip->has_pending = false;
		sim_chip_restart(chip, now_ns);
	}
	chip->key = 0;
}

static void m41t62_match(const struct sim_chip *chip, const struct sim_alarm *alarm,
			 struct sim_match *match)
{
	unsigned int unit;

	match->is_off = chip->pointer == M41T_FLAGS;
	for (unit = 0; unit < SIM_UNITS; unit++) {
		u8 value = chip->regs[alarm->reg[unit]];
		u8 repeat = value & 0x80;

		/* That of the month is with the day. */
		if (unit == SIM_MONTH)
			repeat = chip->regs[alarm->reg[SIM_MDAY]] & 0x40;
		if (!alarm->reg[unit] || repeat)
			continue;
		match->mask[unit] = chip->model->mask[unit];
		match->value[unit] = value;
	}
}

const struct sim_model sim_m41t62 = {
	.name = "m41t62",
	.address = 0x68,
	.reg = { 1, 2, 3, 4, 5, 6, 7 },
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },
	.hundredths = 0,
	.sunday = 7,
	.wday_last = 7,
	.century = { 6, 0xc0, 0x00 },
	.latch = SIM_LATCH_START,
	.hold = { { { 1, 0x80, 0x80 }, 0, 0 } },
	.flag = { [SIM_STOPPED] = { M41T_FLAGS, 0x04, 0x04 } },
	.wave = { { 0x0a, 0x40, 0x40 }, { 0x04, 0xf0, 0xf0 } },
	.last = M41T_FLAGS,
	.access = {
		{ 0x01, 0x02, 0xff, 0 }, { 0x03, 0x03, 0x3f, 0 }, { 0x04, 0x04, 0xf7, 0 },
		{ 0x05, 0x05, 0x3f, 0 }, { 0x06, 0x06, 0xdf, 0 }, { 0x07, 0x07, 0xff, 0 },
		{ 0x08, 0x08, 0xbf, 0 }, { 0x09, 0x09, 0xff, 0 }, { 0x0a, 0x0a, 0xdf, 0 },
		{ 0x0b, 0x0b, 0xff, 0 }, { 0x0c, 0x0c, 0xff, 0 }, { 0x0d, 0x0e, 0xff, 0 },
		{ 0x0f, 0x0f, 0, 0x04 },
	},
	.reset = {
		{ 0x04, 0xff, 0x11 }, { 0x05, 0xff, 0x01 }, { 0x06, 0xff, 0x01 },
		{ 0x08, 0xff, 0x80 }, { 0x0a, 0xff, 0x40 },
	},
	.alarm = {
		{
			.reg = { [SIM_MONTH] = 0x0a, [SIM_MDAY] = 0x0b,
				 [SIM_HOUR] = 0x0c, [SIM_MINUTE] = 0x0d,
				 [SIM_SECOND] = 0x0e },
			.flag = { M41T_FLAGS, M41T_AF, M41T_AF },
			.match = m41t62_match,
		},
	},
	.ints = {
		{ { M41T_FLAGS, M41T_AF, M41T_AF }, { 0x0a, 0x80, 0x80 } },
	},
	.trim_ppb = m41t62_trim_ppb,
	.bunch_ns = m41t62_bunch_ns,
	.write = m41t62_write,
	.read = m41t62_read,
	.stop = m41t62_stop,
};

/* BQ32000. Two keys in a row open its last register. */
static s32 bq32000_trim_ppb(const struct sim_chip *chip)
{
	return st_trim_ppb(chip->regs[BQ_TRIM]);
}

/* All of it every 8 minutes if it gains, every 16 if it loses. */
static s32 bq32000_bunch_ns(const struct sim_chip *chip)
{
	u8 trim = chip->regs[BQ_TRIM];
	s32 ticks = 64 * (trim & 0x1f);

	if (chip->minutes % (trim & TRIM_SIGN ? 8 : 16))
		return 0;
	return sim_chip_ticks_ns(trim & TRIM_SIGN ? ticks : -ticks);
}

static bool bq32000_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	if (reg == BQ_KEY_1)
		chip->key = value == 0x5e ? 1 : 0;
	else if (reg == BQ_KEY_2)
		chip->key = value == 0xc7 && chip->key == 1 ? 2 : 0;
	return reg == BQ_SFR && chip->key != 2;
}

/* What its century means is as mainline has it. */
const struct sim_model sim_bq32000 = {
	.name = "bq32000",
	.address = 0x68,
	.reg = { 0, 1, 2, 3, 4, 5, 6 },
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },
	.hundredths = SIM_NONE,
	.sunday = 1,
	.wday_last = 7,
	.century = { 2, 0x40, 0x40 },
	.century_enable = { 2, 0x80, 0x80 },
	.latch = SIM_LATCH_BLOCK,
	.blocks_at_start = true,
	.seconds_restart = true,
	.hold = { { { 0, 0x80, 0x80 }, 0, 0 } },
	.flag = { [SIM_STOPPED] = { 1, 0x80, 0x80 } },
	.wave = { { BQ_TRIM, 0x40, 0x40 }, { BQ_SFR, 0x01, 0x01 } },
	.last = BQ_SFR,
	.access = {
		{ 0x00, 0x00, 0xff, 0 }, { 0x01, 0x01, 0x7f, 0x80 },
		{ 0x02, 0x09, 0xff, 0 }, { BQ_SFR, BQ_SFR, 0x01, 0 },
	},
	.reset = {
		{ 0x01, 0xff, 0x80 }, { 0x03, 0xff, 0x01 }, { 0x04, 0xff, 0x01 },
		{ 0x05, 0xff, 0x01 }, { 0x07, 0xff, 0x80 }, { 0x08, 0xff, 0x90 },
		{ 0x09, 0xff, 0xaa },
	},
	.trim_ppb = bq32000_trim_ppb,
	.bunch_ns = bq32000_bunch_ns,
	.write = bq32000_write,
};
