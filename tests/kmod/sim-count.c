// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: how a simulated chip counts; sim-chip.c calls this.
 *
 * It counts in the registers themselves, digit by digit, whatever is in them:
 * a counter that is at its end or beyond it begins anew and carries.
 */
#include <linux/bits.h>

#include "sim-count.h"

#define HOUR_PM		0x20
#define HOUR_12_MASK	0x1f

#define DAY_S		86400
#define HOUR_S		3600
#define MINUTE_S	60

/**
 * sim_counter() - what is in one of the counters?
 * @chip: the chip
 * @unit: which one
 *
 * Return: its bits of the register, without the others there.
 */
u8 sim_counter(const struct sim_chip *chip, enum sim_unit unit)
{
	return chip->regs[chip->model->reg[unit]] & chip->model->mask[unit];
}

static void set_bits(struct sim_chip *chip, u8 reg, u8 mask, u8 value)
{
	chip->regs[reg] = (chip->regs[reg] & ~mask) | (value & mask);
}

/* One more, in BCD. True if it has begun anew. */
static bool bump(struct sim_chip *chip, enum sim_unit unit, u8 mask, u8 first,
		 u8 last)
{
	u8 reg = chip->model->reg[unit];
	u8 value = chip->regs[reg] & mask;
	bool is_over = value >= last;

	if (is_over)
		value = first;
	else if ((value & 0x0f) >= 9)
		value = (value & 0xf0) + 0x10;
	else
		value++;
	set_bits(chip, reg, mask, value);
	return is_over;
}

/* 12 comes before 1, and with it the other half of the day. */
static bool bump_hour_12(struct sim_chip *chip)
{
	u8 reg = chip->model->reg[SIM_HOUR];

	bump(chip, SIM_HOUR, HOUR_12_MASK, 0x01, 0x12);
	if ((chip->regs[reg] & HOUR_12_MASK) != 0x12)
		return false;
	chip->regs[reg] ^= HOUR_PM;
	return !(chip->regs[reg] & HOUR_PM);
}

static bool bump_hour(struct sim_chip *chip)
{
	const struct sim_model *model = chip->model;

	if (model->hour_12.mask && sim_chip_is(chip, &model->hour_12))
		return bump_hour_12(chip);
	return bump(chip, SIM_HOUR, model->mask[SIM_HOUR], 0x00, 0x23);
}

static void bump_wday(struct sim_chip *chip)
{
	const struct sim_model *model = chip->model;
	u8 wday = sim_counter(chip, SIM_WDAY);

	if (model->wday_last) {
		bump(chip, SIM_WDAY, model->mask[SIM_WDAY],
		     model->wday_last == 7, model->wday_last);
		return;
	}
	wday = (wday << 1 | wday >> 6) & 0x7f;
	set_bits(chip, model->reg[SIM_WDAY], model->mask[SIM_WDAY], wday ?: 1);
}

static bool is_leap(const struct sim_chip *chip)
{
	u8 year = sim_counter(chip, SIM_YEAR);

	if (chip->model->is_leap)
		return chip->model->is_leap(chip);
	/* 10 and 2 leave the same rest: so do the tens, even or odd, and twice that */
	return ((year & 0x0f) + 2 * (year >> 4)) % 4 == 0;
}

static u8 last_mday(const struct sim_chip *chip)
{
	switch (sim_counter(chip, SIM_MONTH)) {
	case 0x02:
		return is_leap(chip) ? 0x29 : 0x28;
	case 0x04:
	case 0x06:
	case 0x09:
	case 0x11:
		return 0x30;
	default:
		return 0x31;
	}
}

/* The century is a counter of as many bits as it has. */
static void bump_century(struct sim_chip *chip)
{
	const struct sim_bits *century = &chip->model->century;
	u8 lowest = century->mask & -century->mask;

	if (!century->mask || !sim_chip_is(chip, &chip->model->century_enable))
		return;
	set_bits(chip, century->reg, century->mask,
		 chip->regs[century->reg] + lowest);
}

/* One more of a unit, and of those above it that follow. Returns which. */
static unsigned int step(struct sim_chip *chip, enum sim_unit unit)
{
	const struct sim_model *model = chip->model;
	unsigned int moved = 0;

	if (unit == SIM_SECOND) {
		moved |= BIT(SIM_SECOND);
		if (!bump(chip, SIM_SECOND, model->mask[SIM_SECOND], 0x00, 0x59))
			return moved;
	}
	if (unit <= SIM_MINUTE) {
		moved |= BIT(SIM_MINUTE);
		if (!bump(chip, SIM_MINUTE, model->mask[SIM_MINUTE], 0x00, 0x59))
			return moved;
	}
	if (unit <= SIM_HOUR) {
		moved |= BIT(SIM_HOUR);
		if (!bump_hour(chip))
			return moved;
	}
	bump_wday(chip);
	moved |= BIT(SIM_WDAY) | BIT(SIM_MDAY);
	if (!bump(chip, SIM_MDAY, model->mask[SIM_MDAY], 0x01, last_mday(chip)))
		return moved;
	moved |= BIT(SIM_MONTH);
	if (!bump(chip, SIM_MONTH, model->mask[SIM_MONTH], 0x01, 0x12))
		return moved;
	moved |= BIT(SIM_YEAR);
	if (bump(chip, SIM_YEAR, model->mask[SIM_YEAR], 0x00, 0x99))
		bump_century(chip);
	return moved;
}

static bool is_first_hour(const struct sim_chip *chip)
{
	const struct sim_model *model = chip->model;
	u8 hour = sim_counter(chip, SIM_HOUR);

	if (model->hour_12.mask && sim_chip_is(chip, &model->hour_12))
		return (hour & (HOUR_PM | HOUR_12_MASK)) == 0x12;
	return !hour;
}

/*
 * The largest unit that can be counted at once: all below it begin, and no alarm
 * can go off before it is over.
 */
static enum sim_unit stride(const struct sim_chip *chip, s64 seconds, s32 *stride_s)
{
	bool is_minute = !sim_counter(chip, SIM_SECOND);
	bool is_hour = is_minute && !sim_counter(chip, SIM_MINUTE);
	bool is_day = is_hour && is_first_hour(chip);

	if (is_day && seconds >= DAY_S && !sim_alarms_may_match(chip, SIM_HOUR)) {
		*stride_s = DAY_S;
		return SIM_MDAY;
	}
	if (is_hour && seconds >= HOUR_S && !sim_alarms_may_match(chip, SIM_MINUTE)) {
		*stride_s = HOUR_S;
		return SIM_HOUR;
	}
	if (is_minute && seconds >= MINUTE_S && !sim_alarms_may_match(chip, SIM_SECOND)) {
		*stride_s = MINUTE_S;
		return SIM_MINUTE;
	}
	*stride_s = 1;
	return SIM_SECOND;
}

/**
 * sim_count() - count seconds
 * @chip: the chip
 * @seconds: how many
 *
 * Return: the counters that moved, a bit each.
 */
unsigned int sim_count(struct sim_chip *chip, s64 seconds)
{
	unsigned int all = 0;

	while (seconds > 0) {
		s32 stride_s;
		enum sim_unit unit = stride(chip, seconds, &stride_s);
		unsigned int moved = step(chip, unit);

		/* What begins anew has moved as well. */
		if (unit > SIM_SECOND)
			moved |= BIT(SIM_SECOND) | BIT(SIM_MINUTE);
		sim_alarms_check(chip, moved);
		all |= moved;
		seconds -= stride_s;
	}
	return all;
}
