// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: a simulated DS1307, DS1338 or DS3231; sim-bus.c calls this.
 *
 * It counts in its registers, as the real one does; it shows what they held at
 * the last START, and takes what is written byte by byte. It shares no code
 * with the driver under test.
 */
#include <linux/bcd.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/string.h>

#include "sim-chip.h"

#define HOUR_12		0x40
#define HOUR_PM		0x20

static const struct sim_model models[] = {
	{ "ds1307-sync", 0x40, 0x80, 0x07, 0x00, 0x00, 0x07, 0x13, 0x10, 0x03 },
	{ "ds1338-sync", 0x40, 0x80, 0x07, 0x20, 0x00, 0x07, 0x13, 0x10, 0x93 },
	{ "ds3231-sync", 0x13, 0x00, 0x0f, 0x80, 0x80, 0x0e, 0x1c, 0x00, 0x1c },
};

static void put_time(struct sim_chip *chip, time64_t rtc_s)
{
	bool is_12 = chip->regs[2] & HOUR_12;
	struct rtc_time tm;

	rtc_time64_to_tm(rtc_s, &tm);
	chip->regs[0] = bin2bcd(tm.tm_sec);
	chip->regs[1] = bin2bcd(tm.tm_min);
	chip->regs[2] = bin2bcd(tm.tm_hour);
	if (is_12)
		chip->regs[2] = HOUR_12 | (tm.tm_hour >= 12 ? HOUR_PM : 0) |
				bin2bcd((tm.tm_hour + 11) % 12 + 1);
	chip->regs[3] = tm.tm_wday + 1;
	chip->regs[4] = bin2bcd(tm.tm_mday);
	chip->regs[5] = bin2bcd(tm.tm_mon + 1);
	if (tm.tm_year >= 200)
		chip->regs[5] |= chip->model->century_mask;
	chip->regs[6] = bin2bcd(tm.tm_year % 100);
}

/**
 * sim_chip_get_time() - what does it count?
 * @chip: the chip
 * @rtc_s: set to what it counts, s since 1970, if it does
 *
 * Return: false if it is halted or its registers hold no time; a real chip
 * counts on somehow, this one does not.
 */
bool sim_chip_get_time(const struct sim_chip *chip, time64_t *rtc_s)
{
	const struct sim_model *model = chip->model;
	const u8 *regs = chip->regs;
	struct rtc_time tm = {
		.tm_sec = bcd2bin(regs[0]),
		.tm_min = bcd2bin(regs[1]),
		.tm_hour = bcd2bin(regs[2]),
		.tm_mday = bcd2bin(regs[4]),
		.tm_mon = bcd2bin(regs[5] & ~model->century_mask) - 1,
		.tm_year = bcd2bin(regs[6]) + 100,
	};

	if (regs[2] & HOUR_12)
		tm.tm_hour = bcd2bin(regs[2] & 0x1f) % 12 +
			     (regs[2] & HOUR_PM ? 12 : 0);
	if (regs[5] & model->century_mask)
		tm.tm_year += 100;
	if ((regs[0] & model->halt_mask) || regs[6] > 0x99 || rtc_valid_tm(&tm))
		return false;
	*rtc_s = rtc_tm_to_time64(&tm);
	return true;
}

/**
 * sim_chip_advance() - count up to an instant
 * @chip: the chip
 * @now_ns: the instant
 */
void sim_chip_advance(struct sim_chip *chip, s64 now_ns)
{
	s64 seconds = sim_tick_advance(&chip->tick, now_ns);
	time64_t rtc_s;

	if (seconds && !READ_ONCE(chip->stuck) && sim_chip_get_time(chip, &rtc_s))
		put_time(chip, rtc_s + seconds);
}

/**
 * sim_chip_set_ppb() - change the rate of its oscillator from now on
 * @chip: the chip
 * @ppb: how much faster than the simulation's time it runs, 10^-9
 * @now_ns: now
 */
void sim_chip_set_ppb(struct sim_chip *chip, s32 ppb, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	sim_tick_set_ppb(&chip->tick, ppb, now_ns);
}

/**
 * sim_chip_has_sqw() - does it put out a square wave of 1 Hz?
 * @chip: the chip
 *
 * The wave falls when a second begins and rises half a second later: so says
 * the DS1307's data sheet, and that of the DS3231 that it rises 500 ms after
 * the seconds were written.
 *
 * Return: whether it does.
 */
bool sim_chip_has_sqw(const struct sim_chip *chip)
{
	const struct sim_model *model = chip->model;

	return !(chip->regs[0] & model->halt_mask) &&
	       (chip->regs[model->sqw_reg] & model->sqw_mask) == model->sqw_1hz;
}

/**
 * sim_chip_start() - a START on the bus: it latches what it shows
 * @chip: the chip
 * @now_ns: now
 */
void sim_chip_start(struct sim_chip *chip, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	memcpy(chip->shown, chip->regs, sizeof(chip->shown));
}

/**
 * sim_chip_select() - set the register pointer
 * @chip: the chip
 * @reg: number of the register
 */
void sim_chip_select(struct sim_chip *chip, u8 reg)
{
	chip->pointer = reg % chip->model->regs;
}

static void next_reg(struct sim_chip *chip, s64 now_ns)
{
	sim_chip_select(chip, chip->pointer + 1);
	if (!chip->pointer)
		sim_chip_start(chip, now_ns);
}

/**
 * sim_chip_read() - read the register of the pointer, and move that on
 * @chip: the chip
 * @now_ns: now
 *
 * Return: the byte.
 */
u8 sim_chip_read(struct sim_chip *chip, s64 now_ns)
{
	u8 value = chip->regs[chip->pointer];

	if (chip->pointer < SIM_CHIP_TIME_REGS)
		value = chip->shown[chip->pointer];
	next_reg(chip, now_ns);
	return READ_ONCE(chip->garbage) ? get_random_u32() & 0xff : value;
}

/**
 * sim_chip_write() - write the register of the pointer, and move that on
 * @chip: the chip
 * @value: the byte
 * @now_ns: when it is acknowledged
 */
void sim_chip_write(struct sim_chip *chip, u8 value, s64 now_ns)
{
	u8 *reg = &chip->regs[chip->pointer];

	sim_chip_advance(chip, now_ns);
	if (chip->pointer == chip->model->flag_reg)
		value &= *reg | ~chip->model->flag_mask;
	*reg = value;
	/* The divider starts anew. */
	if (!chip->pointer)
		sim_tick_start(&chip->tick, now_ns);
	next_reg(chip, now_ns);
}

/**
 * sim_chip_stop_oscillator() - what happens when the battery is empty
 * @chip: the chip; a DS1307, which has no flag for it, halts instead
 */
void sim_chip_stop_oscillator(struct sim_chip *chip)
{
	if (chip->model->flag_mask)
		chip->regs[chip->model->flag_reg] |= chip->model->flag_mask;
	else
		chip->regs[0] |= chip->model->halt_mask;
}

/**
 * sim_chip_power_up() - make a chip that runs
 * @chip: the chip
 * @name: which one, as an I2C device
 * @rtc_s: what it shows, s since 1970
 * @edge_ns: when that began
 *
 * Return: 0, or -EINVAL if there is no such chip.
 */
int sim_chip_power_up(struct sim_chip *chip, const char *name, time64_t rtc_s,
		      s64 edge_ns)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(models); i++) {
		if (strcmp(name, models[i].name))
			continue;
		chip->model = &models[i];
		chip->regs[models[i].sqw_reg] = models[i].sqw_reset;
		sim_tick_start(&chip->tick, edge_ns);
		put_time(chip, rtc_s);
		return 0;
	}
	return -EINVAL;
}
