// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: PCF8523, PCF8563, PCF85063A.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/time64.h>

#include "sim-count.h"

#define CONTROL		0x00
#define SOFTWARE_RESET	0x58

#define OFFSET_MODE	BIT(7)
#define OFFSET_STEP_PPB		4340	/* of the slow mode, and of the fast one: */
#define OFFSET_FAST_STEP_PPB	4069
#define PULSE_NS		31250000

#define PCF8523_CONTROL2	0x01
#define PCF8523_SF		BIT(4)
#define PCF8523_OFFSET		0x0e
#define PCF85063_OFFSET		0x02

#define NXP_COUNTERS							\
	.mask = { 0x7f, 0x7f, 0x3f, 0x07, 0x3f, 0x1f, 0xff },		\
	.hundredths = SIM_NONE,						\
	.sunday = 0,							\
	.wday_last = 6,							\
	.latch = SIM_LATCH_BLOCK

/* A positive offset is that of a clock that is too fast: it slows it down. */
static s32 offset_ppb(u8 offset)
{
	s32 step_ppb = offset & OFFSET_MODE ? OFFSET_FAST_STEP_PPB : OFFSET_STEP_PPB;

	return -((s8)(offset << 1) / 2) * step_ppb;
}

/*
 * It does so by pulses. In the slow mode, one at the beginning of each minute of
 * every other hour, as many as there are steps, and those beyond 60 in the hour
 * after that. Each is 1/32 s.
 */
static s32 slow_bunch_ns(const struct sim_chip *chip, u8 offset)
{
	s32 steps = (s8)(offset << 1) / 2;
	u8 hour = sim_counter(chip, SIM_HOUR);
	u8 minute = sim_counter(chip, SIM_MINUTE);
	s32 minutes = (minute >> 4) * 10 + (minute & 0x0f) + (hour & 1 ? 60 : 0);

	if (minutes >= (steps < 0 ? -steps : steps))
		return 0;
	return steps > 0 ? -PULSE_NS : PULSE_NS;
}

/*
 * In the fast mode all of them together, with each minute on a PCF8523 and with
 * each fourth on a PCF85063A.
 */
static s32 fast_bunch_ns(u8 offset, s32 minutes)
{
	s32 steps = (s8)(offset << 1) / 2;

	return -steps * minutes * sim_chip_ticks_ns(8);
}

static s32 pcf8523_bunch_ns(const struct sim_chip *chip)
{
	u8 offset = chip->regs[PCF8523_OFFSET];

	return offset & OFFSET_MODE ? fast_bunch_ns(offset, 1) :
				      slow_bunch_ns(chip, offset);
}

static s32 pcf85063_bunch_ns(const struct sim_chip *chip)
{
	u8 offset = chip->regs[PCF85063_OFFSET];

	if (!(offset & OFFSET_MODE))
		return slow_bunch_ns(chip, offset);
	return chip->minutes % 4 ? 0 : fast_bunch_ns(offset, 4);
}

/*
 * PCF8523. It takes half a second from the end of STOP to the first second: what
 * is left of a divider whose last stages are not reset.
 */
static s32 pcf8523_trim_ppb(const struct sim_chip *chip)
{
	return offset_ppb(chip->regs[PCF8523_OFFSET]);
}

static void pcf8523_passed(struct sim_chip *chip, unsigned int units, s64 seconds,
			   s64 now_ns)
{
	if (seconds)
		chip->regs[PCF8523_CONTROL2] |= PCF8523_SF;
}

/* A software reset does what a power up does. */
static bool nxp_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	u8 pointer = chip->pointer;
	bool is_blocked = chip->is_blocked;

	if (reg != CONTROL || value != SOFTWARE_RESET)
		return false;
	sim_chip_lose_power(chip, now_ns);
	chip->pointer = pointer;
	chip->is_blocked = is_blocked;
	return true;
}

const struct sim_model sim_pcf8523 = {
	.name = "pcf8523",
	.address = 0x68,
	.reg = { 0x03, 0x04, 0x05, 0x07, 0x06, 0x08, 0x09 },
	NXP_COUNTERS,
	.flag[SIM_STOPPED] = { 0x03, 0x80, 0x80 },
	.hour_12 = { CONTROL, 0x08, 0x08 },
	.hold = {
		{ { CONTROL, 0x20, 0x20 }, 500000000, 122000 },
	},
	.flag[SIM_BATTERY_LOW] = { 0x02, 0x04, 0x04 },
	.flag[SIM_SWITCHED] = { 0x02, 0x08, 0x08 },
	.wave = { { 0x0f, 0x38, 0x30 } },
	/* The pin is the clock's until that is off. */
	.pin = { 0x0f, 0x38, 0x38 },
	.last = 0x13,
	.access = {
		{ 0x00, 0x00, 0xaf, 0 }, { 0x01, 0x01, 0x07, 0x78 },
		{ 0x02, 0x02, 0xe3, 0x08 }, { 0x03, 0x03, 0x7f, 0x80 },
		{ 0x04, 0x04, 0x7f, 0 }, { 0x05, 0x06, 0x3f, 0 },
		{ 0x07, 0x07, 0x07, 0 }, { 0x08, 0x08, 0x1f, 0 },
		{ 0x09, 0x09, 0xff, 0 },
		{ 0x0a, 0x0a, 0xff, 0 }, { 0x0b, 0x0c, 0xbf, 0 },
		{ 0x0d, 0x0d, 0x87, 0 }, { 0x0e, 0x0f, 0xff, 0 },
		{ 0x10, 0x10, 0x07, 0 }, { 0x11, 0x11, 0xff, 0 },
		{ 0x12, 0x12, 0x77, 0 }, { 0x13, 0x13, 0xff, 0 },
	},
	.reset = {
		{ 0x02, 0xff, 0xe0 }, { 0x03, 0xff, 0x80 }, { 0x06, 0xff, 0x01 },
		{ 0x08, 0xff, 0x01 }, { 0x0a, 0xff, 0x80 }, { 0x0b, 0xff, 0x80 },
		{ 0x0c, 0xff, 0x80 }, { 0x0d, 0xff, 0x80 }, { 0x10, 0xff, 0x07 },
		{ 0x12, 0xff, 0x07 },
	},
	.alarm = {
		{
			.reg = { [SIM_MINUTE] = 0x0a, [SIM_HOUR] = 0x0b,
				 [SIM_MDAY] = 0x0c, [SIM_WDAY] = 0x0d },
			.flag = { PCF8523_CONTROL2, 0x08, 0x08 },
			.every_minute = true,
		},
	},
	.ints = {
		{ { PCF8523_CONTROL2, 0x08, 0x08 }, { CONTROL, 0x02, 0x02 } },
		{ { PCF8523_CONTROL2, PCF8523_SF, PCF8523_SF }, { CONTROL, 0x04, 0x04 },
		  15625000, { 0x0f, 0x80, 0x80 } },
		{ { PCF8523_CONTROL2, PCF8523_SF, PCF8523_SF }, { CONTROL, 0x04, 0x04 },
		  0, { 0x0f, 0x80, 0x00 } },
		{ { 0x02, 0x08, 0x08 }, { 0x02, 0x02, 0x02 } },
	},
	.trim_ppb = pcf8523_trim_ppb,
	.bunch_ns = pcf8523_bunch_ns,
	.write = nxp_write,
	.passed = pcf8523_passed,
};

/* PCF8563. What its unused bits are is not said: here they are 1. */
const struct sim_model sim_pcf8563 = {
	.name = "pcf8563",
	.address = 0x51,
	.reg = { 0x02, 0x03, 0x04, 0x06, 0x05, 0x07, 0x08 },
	NXP_COUNTERS,
	.flag[SIM_STOPPED] = { 0x02, 0x80, 0x80 },
	.century = { 0x07, 0x80, 0x00 },
	.hold = {
		{ { CONTROL, 0x20, 0x20 }, 507935000, 122000 },
	},
	.wave = { { 0x0d, 0x83, 0x83 } },
	.last = 0x0f,
	.access = {
		{ 0x00, 0x00, 0xa8, 0 }, { 0x01, 0x01, 0x13, 0x0c },
		{ 0x02, 0x02, 0x7f, 0x80 },
		{ 0x03, 0x03, 0x7f, 0 }, { 0x04, 0x05, 0x3f, 0 },
		{ 0x06, 0x06, 0x07, 0 }, { 0x07, 0x07, 0x9f, 0 },
		{ 0x08, 0x08, 0xff, 0 }, { 0x09, 0x09, 0xff, 0 },
		{ 0x0a, 0x0b, 0xbf, 0 }, { 0x0c, 0x0c, 0x87, 0 },
		{ 0x0d, 0x0e, 0x83, 0 }, { 0x0f, 0x0f, 0xff, 0 },
	},
	.reset = {
		{ 0x00, 0xff, 0x08 }, { 0x02, 0xff, 0x80 }, { 0x03, 0xff, 0x80 },
		{ 0x04, 0xff, 0xc0 }, { 0x05, 0xff, 0xc1 }, { 0x06, 0xff, 0xf8 },
		{ 0x07, 0xff, 0x61 }, { 0x09, 0xff, 0x80 }, { 0x0a, 0xff, 0x80 },
		{ 0x0b, 0xff, 0x80 }, { 0x0c, 0xff, 0x80 }, { 0x0d, 0xff, 0x80 },
		{ 0x0e, 0xff, 0x03 },
	},
	.alarm = {
		{
			.reg = { [SIM_MINUTE] = 0x09, [SIM_HOUR] = 0x0a,
				 [SIM_MDAY] = 0x0b, [SIM_WDAY] = 0x0c },
			.flag = { 0x01, 0x08, 0x08 },
			.every_minute = true,
		},
	},
	.ints = {
		{ { 0x01, 0x08, 0x08 }, { 0x01, 0x02, 0x02 } },
	},
};

/* PCF85063A */
static s32 pcf85063_trim_ppb(const struct sim_chip *chip)
{
	return offset_ppb(chip->regs[PCF85063_OFFSET]);
}

const struct sim_model sim_pcf85063a = {
	.name = "pcf85063a",
	.address = 0x51,
	.reg = { 0x04, 0x05, 0x06, 0x08, 0x07, 0x09, 0x0a },
	NXP_COUNTERS,
	.flag[SIM_STOPPED] = { 0x04, 0x80, 0x80 },
	.hour_12 = { CONTROL, 0x02, 0x02 },
	.hold = {
		{ { CONTROL, 0x20, 0x20 }, 507935000, 122000 },
	},
	.wave = { { 0x01, 0x07, 0x06 } },
	.last = 0x11,
	.access = {
		{ 0x00, 0x00, 0xa7, 0 }, { 0x01, 0x01, 0xb7, 0x48 },
		{ 0x02, 0x03, 0xff, 0 }, { 0x04, 0x04, 0x7f, 0x80 },
		{ 0x05, 0x05, 0x7f, 0 }, { 0x06, 0x07, 0x3f, 0 },
		{ 0x08, 0x08, 0x07, 0 }, { 0x09, 0x09, 0x1f, 0 },
		{ 0x0a, 0x0a, 0xff, 0 },
		{ 0x0b, 0x0c, 0xff, 0 }, { 0x0d, 0x0e, 0xbf, 0 },
		{ 0x0f, 0x0f, 0x87, 0 }, { 0x10, 0x10, 0xff, 0 },
		{ 0x11, 0x11, 0x1f, 0 },
	},
	.reset = {
		{ 0x04, 0xff, 0x80 }, { 0x07, 0xff, 0x01 }, { 0x08, 0xff, 0x06 },
		{ 0x09, 0xff, 0x01 }, { 0x0b, 0xff, 0x80 }, { 0x0c, 0xff, 0x80 },
		{ 0x0d, 0xff, 0x80 }, { 0x0e, 0xff, 0x80 }, { 0x0f, 0xff, 0x80 },
		{ 0x11, 0xff, 0x18 },
	},
	.alarm = {
		{
			.reg = { [SIM_SECOND] = 0x0b, [SIM_MINUTE] = 0x0c,
				 [SIM_HOUR] = 0x0d, [SIM_MDAY] = 0x0e,
				 [SIM_WDAY] = 0x0f },
			.flag = { 0x01, 0x40, 0x40 },
		},
	},
	.ints = {
		{ { 0x01, 0x40, 0x40 }, { 0x01, 0x80, 0x80 } },
	},
	.trim_ppb = pcf85063_trim_ppb,
	.bunch_ns = pcf85063_bunch_ns,
	.write = nxp_write,
};
