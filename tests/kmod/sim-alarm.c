// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: when the alarms of a simulated chip go off; sim-count.c
 * calls this whenever the chip has counted.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "sim-count.h"

#define ANY_VALUE	0x80

/* The register of the day may be one of the day of the week. */
static enum sim_unit unit_of(const struct sim_chip *chip,
			     const struct sim_alarm *alarm, enum sim_unit unit)
{
	if (unit == SIM_MDAY && alarm->wday_needs.mask &&
	    sim_chip_is(chip, &alarm->wday_needs))
		return SIM_WDAY;
	return unit;
}

/* The usual registers, each with a bit that says that any value will do. */
static void match_usual(const struct sim_chip *chip,
			const struct sim_alarm *alarm, struct sim_match *match)
{
	const struct sim_model *model = chip->model;
	unsigned int unit;

	match->is_off = true;
	match->every_minute = alarm->every_minute;
	for (unit = 0; unit < SIM_UNITS; unit++) {
		enum sim_unit real = unit_of(chip, alarm, unit);
		u8 value = chip->regs[alarm->reg[unit]];

		if (!alarm->reg[unit] || value & ANY_VALUE)
			continue;
		match->is_off = false;
		if (real == SIM_WDAY && !model->wday_last) {
			match->any_of[real] = value & model->mask[real];
			match->is_off |= !match->any_of[real];
			continue;
		}
		match->mask[real] = model->mask[real];
		match->value[real] = value;
	}
}

static void get_match(const struct sim_chip *chip,
		      const struct sim_alarm *alarm, struct sim_match *match)
{
	memset(match, 0, sizeof(*match));
	if (!alarm->flag.mask || !sim_chip_is(chip, &alarm->needs))
		match->is_off = true;
	else if (alarm->match)
		alarm->match(chip, alarm, match);
	else
		match_usual(chip, alarm, match);
}

static bool is_equal(const struct sim_chip *chip, const struct sim_match *match,
		     enum sim_unit unit)
{
	u8 counter = chip->regs[chip->model->reg[unit]];

	if (match->any_of[unit])
		return counter & match->any_of[unit];
	return !((counter ^ match->value[unit]) & match->mask[unit]);
}

/* Can that counter ever come to be so? An invalid digit can't. */
static bool is_possible(const struct sim_match *match, enum sim_unit unit)
{
	u8 value = match->value[unit] & match->mask[unit];

	return (value & 0x0f) <= 9 && (unit == SIM_HOUR || value <= 0x59);
}

/**
 * sim_alarms_may_match() - may an alarm go off while some counters run through?
 * @chip: the chip
 * @unit: the largest of these counters, seconds, minutes or hours
 *
 * Return: false if none can before the next larger counter moves.
 */
bool sim_alarms_may_match(const struct sim_chip *chip, enum sim_unit unit)
{
	struct sim_match match;
	unsigned int i;
	unsigned int at;
	bool may_match;

	for (i = 0; i < ARRAY_SIZE(chip->model->alarm); i++) {
		const struct sim_alarm *alarm = &chip->model->alarm[i];

		get_match(chip, alarm, &match);
		may_match = !match.is_off && !sim_chip_is(chip, &alarm->flag);
		for (at = 0; at < SIM_UNITS && may_match; at++)
			may_match = at <= unit ? is_possible(&match, at) :
						 is_equal(chip, &match, at);
		if (may_match)
			return true;
	}
	return false;
}

/**
 * sim_alarms_check() - the chip has counted: do its alarms go off?
 * @chip: the chip
 * @units: the counters that moved, a bit each
 */
void sim_alarms_check(struct sim_chip *chip, unsigned int units)
{
	struct sim_match match;
	unsigned int i;
	unsigned int at;
	bool is_match;

	for (i = 0; i < ARRAY_SIZE(chip->model->alarm); i++) {
		const struct sim_alarm *alarm = &chip->model->alarm[i];

		get_match(chip, alarm, &match);
		is_match = !match.is_off &&
			   (!match.every_minute || units & BIT(SIM_MINUTE));
		for (at = 0; at < SIM_UNITS && is_match; at++)
			is_match = is_equal(chip, &match, at);
		if (is_match)
			sim_chip_put(chip, &alarm->flag);
	}
}

/**
 * sim_chip_storm() - raise the flags of all alarms, if the chip storms
 * @chip: the chip
 */
void sim_chip_storm(struct sim_chip *chip)
{
	unsigned int i;

	if (!chip->storms)
		return;
	for (i = 0; i < ARRAY_SIZE(chip->model->alarm); i++)
		if (chip->model->alarm[i].flag.mask)
			sim_chip_put(chip, &chip->model->alarm[i].flag);
}

/* Does this source pull the pin, if not for the end of its pulse? */
static bool is_pulling(const struct sim_chip *chip, const struct sim_int *source)
{
	return source->flag.mask && sim_chip_is(chip, &source->flag) &&
	       sim_chip_is(chip, &source->enable) &&
	       sim_chip_is(chip, &source->needs);
}

/**
 * sim_chip_is_int_low() - does it pull its interrupt pin low?
 * @chip: the chip, advanced to now
 * @now_ns: now
 *
 * Return: whether it does.
 */
bool sim_chip_is_int_low(const struct sim_chip *chip, s64 now_ns)
{
	s64 into_ns = sim_tick_into_ns(&chip->tick, now_ns);
	unsigned int i;

	if (chip->storms)
		return true;
	if (!sim_chip_is(chip, &chip->model->pin))
		return false;
	for (i = 0; i < ARRAY_SIZE(chip->model->ints); i++) {
		const struct sim_int *source = &chip->model->ints[i];

		if (is_pulling(chip, source) &&
		    (!source->pulse_ns || into_ns < source->pulse_ns))
			return true;
	}
	return false;
}

/**
 * sim_chip_next_event_ns() - when may the interrupt pin change, if nobody writes?
 * @chip: the chip, advanced to now
 * @now_ns: now
 *
 * Return: the beginning of the next second, or the end of a pulse, the
 * simulation's time, ns.
 */
s64 sim_chip_next_event_ns(const struct sim_chip *chip, s64 now_ns)
{
	s64 next_ns = sim_tick_next_ns(&chip->tick);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(chip->model->ints); i++) {
		const struct sim_int *source = &chip->model->ints[i];
		s64 end_ns = chip->tick.edge_ns + source->pulse_ns;

		if (source->pulse_ns && is_pulling(chip, source) &&
		    end_ns > now_ns && end_ns < next_ns)
			next_ns = end_ns;
	}
	return next_ns;
}

/**
 * sim_chip_has_wave() - does it put out a square wave of 1 Hz?
 * @chip: the chip
 *
 * Return: whether it does.
 */
bool sim_chip_has_wave(const struct sim_chip *chip)
{
	const struct sim_bits *wave = chip->model->wave;

	return wave[0].mask && !chip->held && sim_chip_is(chip, &wave[0]) &&
	       sim_chip_is(chip, &wave[1]);
}
