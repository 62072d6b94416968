// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: DS3231 and DS3232, which know how warm they are.
 */
#include <linux/bits.h>
#include <linux/time64.h>

#include "sim-maxim.h"

#define CONTROL_CONV	BIT(5)
#define STATUS_BSY	BIT(2)
#define AGING		0x10
#define TEMPERATURE	0x11
#define CONVERSION_NS	(125 * NSEC_PER_MSEC)
#define CONVERSION_S	64

/* Near 25 degrees Celsius one step of aging takes 0.1 ppm off. */
#define AGING_STEP_PPB	100

/* It measures its temperature. */
static void measure(struct sim_chip *chip, s64 now_ns)
{
	s32 quarters = chip->temperature_mc >= 0 ? chip->temperature_mc / 250 :
		       -((249 - chip->temperature_mc) / 250);

	chip->regs[TEMPERATURE] = quarters >> 2;
	chip->regs[TEMPERATURE + 1] = quarters * 64;
	chip->busy_until_ns = now_ns + CONVERSION_NS;
	chip->age_s = 0;
}

/* If it has been told to, the aging counts from then on. */
static void convert(struct sim_chip *chip, s64 now_ns)
{
	measure(chip, now_ns);
	chip->trim = chip->regs[AGING];
}

/* If not, it only does if the temperature has changed. */
static void convert_itself(struct sim_chip *chip, s64 now_ns)
{
	u8 high = chip->regs[TEMPERATURE];
	u8 low = chip->regs[TEMPERATURE + 1];

	measure(chip, now_ns);
	if (high != chip->regs[TEMPERATURE] || low != chip->regs[TEMPERATURE + 1])
		chip->trim = chip->regs[AGING];
}

static s32 ds3231_trim_ppb(const struct sim_chip *chip)
{
	return -(s8)chip->trim * AGING_STEP_PPB;
}

static bool ds3231_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	if (reg != CONTROL)
		return false;
	sim_chip_store(chip, reg, value & ~CONTROL_CONV);
	if (value & CONTROL_CONV && now_ns >= chip->busy_until_ns)
		convert(chip, now_ns);
	return true;
}

static void ds3231_read(struct sim_chip *chip, u8 reg, u8 *value, s64 now_ns)
{
	if (now_ns >= chip->busy_until_ns)
		return;
	if (reg == CONTROL)
		*value |= CONTROL_CONV;
	else if (reg == STATUS)
		*value |= STATUS_BSY;
}

static void ds3231_passed(struct sim_chip *chip, unsigned int units, s64 seconds,
			  s64 now_ns)
{
	s64 age_s = chip->age_s + seconds;

	if (age_s >= CONVERSION_S)
		convert_itself(chip, now_ns);
	else
		chip->age_s = (u32)age_s;
}

#define DS_TEMPERATURE				\
	.trim_ppb = ds3231_trim_ppb,		\
	.write = ds3231_write,			\
	.read = ds3231_read,			\
	.passed = ds3231_passed,		\
	.power = convert

/* EOSC stops it on its battery only, where nobody can look. */
const struct sim_model sim_ds3231 = {
	.name = "ds3231",
	DS_COUNTERS,
	DS_12_HOURS,
	.century = { 5, 0x80, 0x00 },
	DS_STOPPED,
	DS_WAVE,
	DS_INTS,
	.last = 0x12,
	.access = {
		{ 0x00, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x9f, 0 },
		{ 0x06, 0x0d, 0xff, 0 }, { CONTROL, CONTROL, 0xdf, 0 },
		{ STATUS, STATUS, 0x08, 0x83 }, { AGING, AGING, 0xff, 0 },
	},
	.reset = {
		{ 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ CONTROL, 0xff, 0x1c }, { STATUS, 0xff, 0x88 },
	},
	DS_ALARMS,
	DS_TEMPERATURE,
};

/*
 * Its century is the other way round, for this is how mainline's rtc-ds3232 has
 * it: 1 says 20yy.
 */
const struct sim_model sim_ds3232 = {
	.name = "ds3232",
	DS_COUNTERS,
	DS_12_HOURS,
	.century = { 5, 0x80, 0x80 },
	DS_STOPPED,
	DS_WAVE,
	DS_INTS,
	.last = 0xff,
	.access = {
		{ 0x00, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x9f, 0 },
		{ 0x06, 0x0d, 0xff, 0 }, { CONTROL, CONTROL, 0xdf, 0 },
		{ STATUS, STATUS, 0x78, 0x83 }, { AGING, AGING, 0xff, 0 },
		{ 0x14, 0xff, 0xff, 0 },
	},
	.reset = {
		{ 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ CONTROL, 0xff, 0x1c }, { STATUS, 0xff, 0xc8 },
	},
	DS_ALARMS,
	DS_TEMPERATURE,
};
