// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: DS1307, DS1337, DS1338, DS1339, DS1340.
 */
#include <linux/bits.h>

#include "sim-maxim.h"

#define DAY_IS_WDAY	BIT(6)
#define DS1340_CONTROL	0x07
#define DS1340_SIGN	BIT(5)

const struct sim_model sim_ds1307 = {
	.name = "ds1307",
	DS_COUNTERS,
	DS_12_HOURS,
	.hold = { { { 0, 0x80, 0x80 }, 0, 0 } },
	.wave = { { 7, 0x13, 0x10 } },
	.last = 0x3f,
	.access = {
		{ 0x00, 0x00, 0xff, 0 },
		{ 0x01, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x1f, 0 },
		{ 0x06, 0x06, 0xff, 0 }, { 0x07, 0x07, 0x93, 0 },
		{ 0x08, 0x3f, 0xff, 0 },
	},
	.reset = {
		{ 0, 0xff, 0x80 }, { 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ 7, 0xff, 0x03 },
	},
};

const struct sim_model sim_ds1338 = {
	.name = "ds1338",
	DS_COUNTERS,
	DS_12_HOURS,
	.hold = { { { 0, 0x80, 0x80 }, 0, 0 } },
	.flag = { [SIM_STOPPED] = { 7, 0x20, 0x20 } },
	.wave = { { 7, 0x13, 0x10 } },
	.last = 0x3f,
	.access = {
		{ 0x00, 0x00, 0xff, 0 },
		{ 0x01, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x1f, 0 },
		{ 0x06, 0x06, 0xff, 0 }, { 0x07, 0x07, 0x93, 0x20 },
		{ 0x08, 0x3f, 0xff, 0 },
	},
	.reset = {
		{ 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ 7, 0xff, 0xb3 },
	},
};

static s32 ds1340_trim_ppb(const struct sim_chip *chip)
{
	u8 trim = chip->regs[DS1340_CONTROL];

	return (trim & 0x1f) * (trim & DS1340_SIGN ? 4069 : -2035);
}

/*
 * So many pairs of the 64 minutes of a cycle have a second that is 256 ticks
 * shorter, or 128 longer.
 */
static s32 ds1340_bunch_ns(const struct sim_chip *chip)
{
	u8 trim = chip->regs[DS1340_CONTROL];

	if (chip->minutes % 64 >= 2 * (trim & 0x1f))
		return 0;
	return sim_chip_ticks_ns(trim & DS1340_SIGN ? 256 : -128);
}

/* A write of the trim, or of what is with it, restarts the second. */
static bool ds1340_write(struct sim_chip *chip, u8 reg, u8 value, s64 now_ns)
{
	if (reg == DS1340_CONTROL)
		sim_tick_start(&chip->tick, now_ns);
	return false;
}

const struct sim_model sim_ds1340 = {
	.name = "ds1340",
	DS_COUNTERS,
	.century = { 2, 0x40, 0x00 },
	.century_enable = { 2, 0x80, 0x80 },
	.hold = { { { 0, 0x80, 0x80 }, 0, 0 } },
	.flag = { [SIM_STOPPED] = { 9, 0x80, 0x80 } },
	.last = 0x09,
	/* The bits that mean nothing are kept. */
	.access = {
		{ 0x00, 0x08, 0xff, 0 }, { 0x09, 0x09, 0, 0x80 },
	},
	.reset = {
		{ 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ 7, 0xff, 0x80 }, { 9, 0xff, 0x80 },
	},
	.trim_ppb = ds1340_trim_ppb,
	.bunch_ns = ds1340_bunch_ns,
	.write = ds1340_write,
};

/**
 * sim_ds_match() - what makes an alarm of theirs go off?
 * @chip: the chip
 * @alarm: one of its alarms; the second has no seconds and goes off when a
 *	minute begins
 * @match: set to that
 */
void sim_ds_match(const struct sim_chip *chip, const struct sim_alarm *alarm,
		  struct sim_match *match)
{
	unsigned int unit;
	u8 day = chip->regs[alarm->reg[SIM_MDAY]];

	match->mask[SIM_SECOND] = 0x7f;
	for (unit = SIM_SECOND; unit <= SIM_HOUR; unit++) {
		u8 value = chip->regs[alarm->reg[unit]];

		if (!alarm->reg[unit])
			continue;
		match->mask[unit] = value & 0x80 ? 0 : 0x7f;
		match->value[unit] = value;
	}
	unit = day & DAY_IS_WDAY ? SIM_WDAY : SIM_MDAY;
	match->mask[unit] = day & 0x80 ? 0 : chip->model->mask[unit];
	match->value[unit] = day;
}

/* Its pin INTA. The second alarm has that too as long as the other has the wave. */
const struct sim_model sim_ds1337 = {
	.name = "ds1337",
	DS_COUNTERS,
	DS_12_HOURS,
	.century = { 5, 0x80, 0x00 },
	.hold = { { { CONTROL, 0x80, 0x80 }, 0, 0 } },
	DS_STOPPED,
	DS_WAVE,
	.last = STATUS,
	.access = {
		{ 0x00, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x9f, 0 },
		{ 0x06, 0x0d, 0xff, 0 }, { CONTROL, CONTROL, 0x9f, 0 },
		{ STATUS, STATUS, 0, 0x83 },
	},
	.reset = {
		{ 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ CONTROL, 0xff, 0x18 }, { STATUS, 0xff, 0x80 },
	},
	DS_ALARMS,
	.ints = {
		{ { STATUS, 0x01, 0x01 }, { CONTROL, 0x01, 0x01 } },
		{ { STATUS, 0x02, 0x02 }, { CONTROL, 0x06, 0x02 } },
	},
};

const struct sim_model sim_ds1339 = {
	.name = "ds1339",
	DS_COUNTERS,
	DS_12_HOURS,
	.century = { 5, 0x80, 0x00 },
	.hold = { { { CONTROL, 0x80, 0x80 }, 0, 0 } },
	DS_STOPPED,
	DS_WAVE,
	DS_INTS,
	.last = 0x10,
	.access = {
		{ 0x00, 0x02, 0x7f, 0 }, { 0x03, 0x03, 0x07, 0 },
		{ 0x04, 0x04, 0x3f, 0 }, { 0x05, 0x05, 0x9f, 0 },
		{ 0x06, 0x0d, 0xff, 0 }, { CONTROL, CONTROL, 0xbf, 0 },
		{ STATUS, STATUS, 0, 0x83 }, { 0x10, 0x10, 0xff, 0 },
	},
	.reset = {
		{ 3, 0xff, 0x01 }, { 4, 0xff, 0x01 }, { 5, 0xff, 0x01 },
		{ CONTROL, 0xff, 0x18 }, { STATUS, 0xff, 0x80 },
	},
	DS_ALARMS,
};
