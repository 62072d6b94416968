// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: RV-3028, whose configuration lies in an EEPROM and is
 * worked on in a copy of it.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "sim-chip.h"

#define STATUS		0x0e
#define STATUS_EEBUSY	BIT(7)
#define STATUS_UF	BIT(4)
#define CONTROL1	0x0f
#define CONTROL1_USEL	BIT(4)
#define CONTROL1_EERD	BIT(3)
#define CONTROL2	0x10
#define CONTROL2_RESET	BIT(0)
#define UNIX_TIME	0x1b
#define EE_ADDRESS	0x25
#define EE_DATA		0x26
#define EE_COMMAND	0x27
#define CONFIG		0x30
#define CONFIG_SIZE	8
#define CLKOUT		0x35
#define OFFSET		0x36
#define BACKUP		0x37
#define BACKUP_OFFSET_0	BIT(7)

#define FIRST		0x00
#define UPDATE		0x11
#define REFRESH		0x12
#define WRITE_ONE	0x21
#define READ_ONE	0x22

#define POWER_UP_NS	(66 * NSEC_PER_MSEC)
#define UPDATE_NS	(63 * NSEC_PER_MSEC)
#define REFRESH_NS	(3500 * NSEC_PER_USEC)
#define WRITE_ONE_NS	(16 * NSEC_PER_MSEC)
#define READ_ONE_NS	(1400 * NSEC_PER_USEC)

/* 2^-20 */
#define OFFSET_STEP_PPT	953674

/* Not one of the EEPROM: whether what the factory puts there is there. */
#define EE_IS_MADE	0xff

/* Nine bits. A positive offset is that of a clock that is too fast: it slows it. */
static s32 rv3028_trim_ppb(const struct sim_chip *chip)
{
	s32 steps = (s8)chip->regs[OFFSET] * 2;

	if (chip->regs[BACKUP] & BACKUP_OFFSET_0)
		steps++;
	return steps * OFFSET_STEP_PPT / 1000;
}

static void refresh(struct sim_chip *chip)
{
	memcpy(&chip->regs[CONFIG], &chip->extra[CONFIG], CONFIG_SIZE);
}

static void run_command(struct sim_chip *chip, u8 command, s64 now_ns)
{
	u8 address = chip->regs[EE_ADDRESS];

	switch (command) {
	case UPDATE:
		memcpy(&chip->extra[CONFIG], &chip->regs[CONFIG], CONFIG_SIZE);
		chip->busy_until_ns = now_ns + UPDATE_NS;
		chip->writes++;
		break;
	case REFRESH:
		refresh(chip);
		chip->busy_until_ns = now_ns + REFRESH_NS;
		break;
	case WRITE_ONE:
		if (address < CONFIG + CONFIG_SIZE)
			chip->extra[address] = chip->regs[EE_DATA];
		chip->busy_until_ns = now_ns + WRITE_ONE_NS;
		chip->writes++;
		break;
	case READ_ONE:
		chip->regs[EE_DATA] = chip->extra[address];
		chip->busy_until_ns = now_ns + READ_ONE_NS;
		break;
	}
}

/* A command is one if 0 came before it, and if the EEPROM is not at work. */
static void write_command(struct sim_chip *chip, u8 command, s64 now_ns)
{
	if (now_ns < chip->busy_until_ns)
		return;
	if (chip->key == FIRST)
		run_command(chip, command, now_ns);
	chip->key = command;
}

static bool rv3028_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	if (reg == EE_COMMAND) {
		write_command(chip, value, now_ns);
		return true;
	}
	/* That bit is gone as soon as it is there. */
	if (reg == CONTROL2 && value & CONTROL2_RESET) {
		sim_chip_restart(chip, now_ns);
		sim_chip_store(chip, reg, value & ~CONTROL2_RESET);
		return true;
	}
	return false;
}

static void rv3028_read(struct sim_chip *chip, u8 reg, u8 *value, s64 now_ns)
{
	if (reg == STATUS && now_ns < chip->busy_until_ns)
		*value |= STATUS_EEBUSY;
}

static void count_unix_time(struct sim_chip *chip, s64 seconds)
{
	unsigned int i;
	u32 value = 0;

	for (i = 0; i < 4; i++)
		value |= (u32)chip->regs[UNIX_TIME + i] << 8 * i;
	value += (u32)seconds;
	for (i = 0; i < 4; i++)
		chip->regs[UNIX_TIME + i] = value >> 8 * i;
}

/* When a day begins the configuration is refreshed, unless EERD forbids it. */
static void rv3028_passed(struct sim_chip *chip, unsigned int units, s64 seconds,
			  s64 now_ns)
{
	u8 unit = chip->regs[CONTROL1] & CONTROL1_USEL ? SIM_MINUTE : SIM_SECOND;

	count_unix_time(chip, seconds);
	if (units & BIT(unit))
		chip->regs[STATUS] |= STATUS_UF;
	if (!(units & BIT(SIM_MDAY)) || chip->regs[CONTROL1] & CONTROL1_EERD)
		return;
	refresh(chip);
	chip->busy_until_ns = now_ns + REFRESH_NS;
}

static void rv3028_power(struct sim_chip *chip, s64 now_ns)
{
	if (!chip->extra[EE_IS_MADE]) {
		chip->extra[EE_IS_MADE] = 1;
		chip->extra[CLKOUT] = 0xc0;
		chip->extra[BACKUP] = 0x10;
	}
	refresh(chip);
	chip->busy_until_ns = now_ns + POWER_UP_NS;
}

const struct sim_model sim_rv3028 = {
	.name = "rv3028",
	.address = 0x52,
	.reg = { 0, 1, 2, 3, 4, 5, 6 },
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },
	.hundredths = SIM_NONE,
	.sunday = 0,
	.wday_last = 6,
	.hour_12 = { CONTROL2, 0x02, 0x02 },
	.latch = SIM_LATCH_BLOCK,
	.seconds_restart = true,
	.restart_spread_ns = 244000,
	.wave_rises = true,
	.flag = {
		[SIM_STOPPED] = { STATUS, 0x01, 0x01 },
		[SIM_SWITCHED] = { STATUS, 0x20, 0x20 },
	},
	.wave = { { CLKOUT, 0x87, 0x85 } },
	.last = 0x3f,
	.access = {
		{ 0x00, 0x01, 0x7f, 0 }, { 0x02, 0x02, 0x3f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x1f, 0 }, { 0x06, 0x07, 0xff, 0 },
		{ 0x08, 0x09, 0xbf, 0 }, { 0x0a, 0x0a, 0xff, 0 }, { 0x0b, 0x0b, 0x0f, 0 },
		{ STATUS, STATUS, 0, 0x7f }, { CONTROL1, CONTROL1, 0xbf, 0 },
		{ CONTROL2, CONTROL2, 0xff, 0 }, { 0x11, 0x11, 0x7f, 0 },
		{ 0x12, 0x12, 0x0f, 0 }, { 0x13, 0x13, 0x77, 0 },
		{ UNIX_TIME, 0x26, 0xff, 0 }, { 0x30, 0x37, 0xff, 0 },
	},
	.reset = {
		{ 0x04, 0xff, 0x01 }, { 0x05, 0xff, 0x01 }, { 0x07, 0xff, 0x80 },
		{ 0x08, 0xff, 0x80 }, { 0x09, 0xff, 0x80 }, { STATUS, 0xff, 0x01 },
		{ 0x28, 0xff, 0x33 },
	},
	.alarm = {
		{
			.reg = { [SIM_MINUTE] = 0x07, [SIM_HOUR] = 0x08,
				 [SIM_MDAY] = 0x09 },
			.flag = { STATUS, 0x04, 0x04 },
			.every_minute = true,
			.wday_needs = { CONTROL1, 0x20, 0x00 },
		},
	},
	.ints = {
		{ { STATUS, 0x04, 0x04 }, { CONTROL2, 0x08, 0x08 } },
		{ { STATUS, STATUS_UF, STATUS_UF }, { CONTROL2, 0x20, 0x20 }, 500000000 },
	},
	.trim_ppb = rv3028_trim_ppb,
	.write = rv3028_write,
	.read = rv3028_read,
	.passed = rv3028_passed,
	.power = rv3028_power,
};
