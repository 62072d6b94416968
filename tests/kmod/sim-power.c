// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: what a test does to a simulated chip: it switches it on,
 * raises its flags, sets and reads its time behind its back.
 */
#include <linux/bcd.h>
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/rtc.h>
#include <linux/string.h>

#include "sim-count.h"

#define HOUR_PM		0x20
#define ROOM_TEMPERATURE_MC	25000

/* Longer than it waits for anything */
#define FOREVER_S		1000000

static void put_unit(struct sim_chip *chip, enum sim_unit unit, u8 value)
{
	struct sim_bits bits = {
		.reg = chip->model->reg[unit],
		.mask = chip->model->mask[unit],
		.value = value,
	};

	sim_chip_put(chip, &bits);
}

static u8 wday_of(const struct sim_model *model, int wday)
{
	if (!model->wday_last)
		return BIT(wday);
	/* Those that count to 7 may begin the week on any day. */
	if (model->wday_last == 7)
		return (model->sunday + wday + 6) % 7 + 1;
	return (model->sunday + wday) % 7;
}

static void put_hour(struct sim_chip *chip, int hour)
{
	const struct sim_bits *hour_12 = &chip->model->hour_12;

	if (!hour_12->mask || !sim_chip_is(chip, hour_12))
		put_unit(chip, SIM_HOUR, bin2bcd(hour));
	else
		put_unit(chip, SIM_HOUR, (hour >= 12 ? HOUR_PM : 0) |
					 bin2bcd((hour + 11) % 12 + 1));
}

static void put_century(struct sim_chip *chip, int centuries)
{
	struct sim_bits bits = chip->model->century;
	u8 lowest = bits.mask & -bits.mask;

	bits.value = (bits.value + centuries * lowest) & bits.mask;
	sim_chip_put(chip, &bits);
}

/**
 * sim_chip_set_time() - set what it shows, behind its back
 * @chip: the chip
 * @rtc_s: what, s since 1970, from 2000 on
 * @edge_ns: when that second began
 */
void sim_chip_set_time(struct sim_chip *chip, time64_t rtc_s, s64 edge_ns)
{
	struct rtc_time tm;

	rtc_time64_to_tm(rtc_s, &tm);
	put_unit(chip, SIM_SECOND, bin2bcd(tm.tm_sec));
	put_unit(chip, SIM_MINUTE, bin2bcd(tm.tm_min));
	put_hour(chip, tm.tm_hour);
	put_unit(chip, SIM_WDAY, wday_of(chip->model, tm.tm_wday));
	put_unit(chip, SIM_MDAY, bin2bcd(tm.tm_mday));
	put_unit(chip, SIM_MONTH, bin2bcd(tm.tm_mon + 1));
	put_unit(chip, SIM_YEAR, bin2bcd(tm.tm_year % 100));
	put_century(chip, tm.tm_year / 100 - 1);
	sim_tick_start(&chip->tick, edge_ns);
	chip->into_ns = 0;
}

/* 0..23, or more if there is no such hour. */
static int hour_of(const struct sim_chip *chip)
{
	const struct sim_bits *hour_12 = &chip->model->hour_12;
	u8 hour = sim_counter(chip, SIM_HOUR);

	if (!hour_12->mask || !sim_chip_is(chip, hour_12))
		return bcd2bin(hour);
	return bcd2bin(hour & 0x1f) % 12 + (hour & HOUR_PM ? 12 : 0);
}

static int century_of(const struct sim_chip *chip)
{
	const struct sim_bits *bits = &chip->model->century;
	u8 lowest = bits->mask & -bits->mask;
	u8 turns = ((chip->regs[bits->reg] & bits->mask) - bits->value) & bits->mask;

	return lowest && !chip->model->century_is_vague ? turns / lowest : 0;
}

/**
 * sim_chip_get_time() - what does it count?
 * @chip: the chip
 * @rtc_s: set to what it counts, s since 1970, if it does
 *
 * Return: false if it stands still or its registers hold no time.
 */
bool sim_chip_get_time(const struct sim_chip *chip, time64_t *rtc_s)
{
	struct rtc_time real;
	struct rtc_time tm = {
		.tm_sec = bcd2bin(sim_counter(chip, SIM_SECOND)),
		.tm_min = bcd2bin(sim_counter(chip, SIM_MINUTE)),
		.tm_hour = hour_of(chip),
		.tm_mday = bcd2bin(sim_counter(chip, SIM_MDAY)),
		.tm_mon = bcd2bin(sim_counter(chip, SIM_MONTH)) - 1,
		.tm_year = bcd2bin(sim_counter(chip, SIM_YEAR)) + 100,
	};

	if (chip->held || tm.tm_year > 199 || tm.tm_mon < 0 || tm.tm_mon > 11)
		return false;
	tm.tm_year += 100 * century_of(chip);
	*rtc_s = rtc_tm_to_time64(&tm);
	/* What does not exist comes back as something else. */
	rtc_time64_to_tm(*rtc_s, &real);
	return real.tm_sec == tm.tm_sec && real.tm_min == tm.tm_min &&
	       real.tm_hour == tm.tm_hour && real.tm_mday == tm.tm_mday &&
	       real.tm_mon == tm.tm_mon;
}

/**
 * sim_chip_set_ppb() - change the rate of its oscillator from now on
 * @chip: the chip
 * @ppb: how much faster than the simulation's time it runs, 10^-9, if its trim
 *	registers are 0
 * @now_ns: now
 */
void sim_chip_set_ppb(struct sim_chip *chip, s32 ppb, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	chip->ppb = ppb;
	sim_chip_follow(chip, now_ns);
}

/**
 * sim_chip_set_temperature() - change its temperature; it measures it at once
 * @chip: the chip
 * @temperature_mc: the temperature, 10^-3 degrees Celsius
 * @now_ns: now
 */
void sim_chip_set_temperature(struct sim_chip *chip, s32 temperature_mc, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	chip->temperature_mc = temperature_mc;
	chip->age_s = FOREVER_S;
	if (chip->model->passed)
		chip->model->passed(chip, 0, 0, now_ns);
	sim_chip_follow(chip, now_ns);
}

/**
 * sim_chip_raise() - raise one of its flags, or lower it as nothing on the bus can
 * @chip: the chip
 * @flag: which one
 * @is_raised: raise it
 *
 * Return: false if it has no such flag.
 */
bool sim_chip_raise(struct sim_chip *chip, enum sim_flag flag, bool is_raised)
{
	struct sim_bits bits = chip->model->flag[flag];

	if (!bits.mask)
		return false;
	if (!is_raised)
		bits.value ^= bits.mask;
	sim_chip_put(chip, &bits);
	return true;
}

/**
 * sim_chip_stop_oscillator() - what happens when the battery is empty
 * @chip: the chip; one that has no flag for it halts instead
 * @now_ns: now
 */
void sim_chip_stop_oscillator(struct sim_chip *chip, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	if (!sim_chip_raise(chip, SIM_STOPPED, true))
		sim_chip_put(chip, &chip->model->hold[0].bits);
	sim_chip_follow(chip, now_ns);
}

/**
 * sim_chip_lose_power() - it was without any power, and has it again
 * @chip: the chip; its faults and what is in its EEPROM stay as they are
 * @now_ns: now
 *
 * Its registers are what they are after that, its flags are raised.
 */
void sim_chip_lose_power(struct sim_chip *chip, s64 now_ns)
{
	const struct sim_model *model = chip->model;
	unsigned int i;

	memset(chip->regs, 0, sizeof(chip->regs));
	for (i = 0; i < ARRAY_SIZE(model->reset); i++)
		sim_chip_put(chip, &model->reset[i]);
	for (i = 0; i < SIM_FLAGS; i++) {
		if (i == SIM_STOPPED || i == SIM_INACCURATE)
			sim_chip_raise(chip, i, true);
	}
	chip->pointer = 0;
	chip->is_blocked = false;
	chip->has_pending = false;
	chip->held = NULL;
	chip->key = 0;
	chip->trim = 0;
	chip->age_s = 0;
	chip->busy_until_ns = now_ns;
	sim_tick_start(&chip->tick, now_ns);
	if (model->power)
		model->power(chip, now_ns);
	sim_chip_follow(chip, now_ns);
}

/**
 * sim_chip_power_up() - make a chip that runs, as on its battery for a long time
 * @chip: the chip; all of it is set
 * @model: what kind it is
 * @rtc_s: what it shows, s since 1970, from 2000 on
 * @edge_ns: when that began
 *
 * Its other registers are as after a power up, its flags lowered.
 */
void sim_chip_power_up(struct sim_chip *chip, const struct sim_model *model,
		       time64_t rtc_s, s64 edge_ns)
{
	unsigned int i;

	memset(chip, 0, sizeof(*chip));
	chip->model = model;
	chip->temperature_mc = ROOM_TEMPERATURE_MC;
	sim_chip_lose_power(chip, edge_ns);
	for (i = 0; i < SIM_FLAGS; i++)
		sim_chip_raise(chip, i, false);
	for (i = 0; i < ARRAY_SIZE(model->hold); i++) {
		struct sim_bits bits = model->hold[i].bits;

		bits.value ^= bits.mask;
		sim_chip_put(chip, &bits);
	}
	sim_chip_follow(chip, edge_ns);
	sim_chip_set_time(chip, rtc_s, edge_ns);
	chip->busy_until_ns = edge_ns;
}
