// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: a simulated RTC chip; sim-bus.c calls this.
 *
 * It counts in its registers, as the real one does; it shows what its kind shows
 * while it counts, and takes what is written byte by byte. It shares no code
 * with the driver under test.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "sim-count.h"

#define SECOND_NS	1000000000

/* A byte at random, the same ones in every run. */
static u8 random_byte(struct sim_chip *chip)
{
	chip->random = chip->random * 1664525 + 1013904223;
	return chip->random >> 24;
}

/**
 * sim_chip_hundredths() - how far is its second?
 * @chip: the chip, advanced to that instant
 * @now_ns: the instant
 *
 * Return: hundredths of a second, BCD.
 */
u8 sim_chip_hundredths(const struct sim_chip *chip, s64 now_ns)
{
	s64 into_ns = chip->held ? chip->into_ns :
		      sim_tick_into_ns(&chip->tick, now_ns);
	u32 part = (u32)div_s64(into_ns, SECOND_NS / 100);

	part = part > 99 ? 99 : part;
	return (u8)(part / 10 << 4 | part % 10);
}

/* Its rate, by its oscillator and its trim registers. */
static void follow_rate(struct sim_chip *chip, s64 now_ns)
{
	s32 ppb = chip->ppb;

	if (chip->model->trim_ppb && !(chip->bunches && chip->model->bunch_ns))
		ppb += chip->model->trim_ppb(chip);
	if (ppb != chip->tick.ppb)
		sim_tick_set_ppb(&chip->tick, ppb, now_ns);
}

static const struct sim_hold *find_hold(const struct sim_chip *chip)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(chip->model->hold); i++) {
		const struct sim_hold *hold = &chip->model->hold[i];

		if (hold->bits.mask && sim_chip_is(chip, &hold->bits))
			return hold;
	}
	return NULL;
}

/* When the second that now goes on would have begun. */
static s64 release_edge_ns(struct sim_chip *chip, s64 now_ns)
{
	const struct sim_hold *hold = chip->held;
	s64 into_ns = chip->into_ns;

	if (hold->first_tick_ns) {
		into_ns = SECOND_NS - hold->first_tick_ns;
		into_ns += (s64)random_byte(chip) * hold->spread_ns >> 8;
	}
	return now_ns - into_ns;
}

static void follow_hold(struct sim_chip *chip, s64 now_ns)
{
	const struct sim_hold *hold = find_hold(chip);

	if (hold && !chip->held)
		chip->into_ns = sim_tick_into_ns(&chip->tick, now_ns);
	else if (!hold && chip->held)
		sim_tick_start(&chip->tick, release_edge_ns(chip, now_ns));
	chip->held = hold;
}

/**
 * sim_chip_follow() - registers have changed: does it run, and how fast?
 * @chip: the chip, advanced to now
 * @now_ns: now
 */
void sim_chip_follow(struct sim_chip *chip, s64 now_ns)
{
	follow_hold(chip, now_ns);
	follow_rate(chip, now_ns);
}

/* A minute has begun: is its first second a shorter one, or a longer? */
static void bunch(struct sim_chip *chip)
{
	chip->minutes++;
	if (chip->bunches && chip->model->bunch_ns)
		sim_tick_start(&chip->tick,
			       chip->tick.edge_ns - chip->model->bunch_ns(chip));
}

static void count(struct sim_chip *chip, s64 seconds, s64 now_ns)
{
	unsigned int units;

	if (chip->stuck)
		return;
	for (; chip->lose && seconds; chip->lose--)
		seconds--;
	if (!seconds)
		return;
	units = sim_count(chip, seconds);
	if (units & BIT(SIM_MINUTE))
		bunch(chip);
	if (!chip->model->passed)
		return;
	chip->model->passed(chip, units, seconds, now_ns);
	sim_chip_follow(chip, now_ns);
}

static void advance(struct sim_chip *chip, s64 now_ns)
{
	s64 seconds;

	if (chip->held)
		return;
	seconds = sim_tick_advance(&chip->tick, now_ns);
	if (seconds && chip->is_blocked)
		chip->has_pending = true;
	else if (seconds)
		count(chip, seconds, now_ns);
}

/**
 * sim_chip_advance() - count up to an instant
 * @chip: the chip
 * @now_ns: the instant
 */
void sim_chip_advance(struct sim_chip *chip, s64 now_ns)
{
	s64 next_ns = sim_tick_next_ns(&chip->tick);

	while (chip->bunches && !chip->held && next_ns <= now_ns) {
		advance(chip, next_ns);
		next_ns = sim_tick_next_ns(&chip->tick);
	}
	advance(chip, now_ns);
}

static bool is_time(const struct sim_chip *chip, u8 reg)
{
	unsigned int unit;

	if (reg == chip->model->hundredths)
		return true;
	for (unit = 0; unit < SIM_UNITS; unit++) {
		if (reg == chip->model->reg[unit])
			return true;
	}
	return false;
}

static void latch(struct sim_chip *chip, s64 now_ns)
{
	const struct sim_model *model = chip->model;

	memcpy(chip->shown, chip->regs, sizeof(chip->shown));
	if (model->hundredths != SIM_NONE)
		chip->shown[model->hundredths] = sim_chip_hundredths(chip, now_ns);
}

/* The counters go on, and catch up. */
static void unblock(struct sim_chip *chip, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	chip->is_blocked = false;
	if (chip->has_pending)
		count(chip, 1, now_ns);
	chip->has_pending = false;
}

/**
 * sim_chip_start() - a START on the bus
 * @chip: the chip
 * @now_ns: now
 */
void sim_chip_start(struct sim_chip *chip, s64 now_ns)
{
	const struct sim_model *model = chip->model;

	if (chip->is_blocked && model->restart_releases)
		unblock(chip, now_ns);
	sim_chip_advance(chip, now_ns);
	latch(chip, now_ns);
	if (model->blocks_at_start)
		chip->is_blocked = true;
}

/**
 * sim_chip_address() - it acknowledges its address
 * @chip: the chip
 * @now_ns: now
 */
void sim_chip_address(struct sim_chip *chip, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	if (chip->model->latch == SIM_LATCH_BLOCK)
		chip->is_blocked = true;
}

/**
 * sim_chip_stop() - the STOP of a transfer, or of what was one
 * @chip: the chip
 * @now_ns: now
 */
void sim_chip_stop(struct sim_chip *chip, s64 now_ns)
{
	sim_chip_advance(chip, now_ns);
	if (chip->model->stop)
		chip->model->stop(chip, now_ns);
	unblock(chip, now_ns);
}

/**
 * sim_chip_select() - set the register pointer
 * @chip: the chip
 * @reg: number of the register
 *
 * Return: false if the chip does not acknowledge that number.
 */
bool sim_chip_select(struct sim_chip *chip, u8 reg)
{
	const struct sim_model *model = chip->model;

	if (model->ram_last && reg > model->ram_last)
		return false;
	if (!model->ram_last && model->last != SIM_REGS - 1)
		reg %= model->last + 1;
	chip->pointer = reg;
	return true;
}

static void next_reg(struct sim_chip *chip, s64 now_ns)
{
	const struct sim_model *model = chip->model;

	if (model->ram_last && chip->pointer == model->ram_last)
		chip->pointer = model->ram_first;
	else if (chip->pointer == model->last)
		chip->pointer = 0;
	else
		chip->pointer++;
	if (!chip->pointer && model->latch == SIM_LATCH_START) {
		sim_chip_advance(chip, now_ns);
		latch(chip, now_ns);
	}
}

static u8 look(struct sim_chip *chip, u8 reg, s64 now_ns)
{
	const struct sim_model *model = chip->model;
	u8 value = chip->regs[reg];

	if (model->latch == SIM_LATCH_START && is_time(chip, reg))
		value = chip->shown[reg];
	else if (reg == model->hundredths)
		value = sim_chip_hundredths(chip, now_ns);
	if (model->read)
		model->read(chip, reg, &value, now_ns);
	return value;
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
	u8 reg = chip->pointer;
	u8 value;

	sim_chip_advance(chip, now_ns);
	if (chip->model->map)
		reg = chip->model->map(chip, reg);
	value = look(chip, reg, now_ns);
	next_reg(chip, now_ns);
	return chip->garbage ? random_byte(chip) : value;
}

/**
 * sim_chip_restart() - its second begins anew
 * @chip: the chip
 * @now_ns: now
 */
void sim_chip_restart(struct sim_chip *chip, s64 now_ns)
{
	chip->into_ns = (s64)random_byte(chip) * chip->model->restart_spread_ns >> 8;
	sim_tick_start(&chip->tick, now_ns - chip->into_ns);
}

/**
 * sim_chip_write() - write the register of the pointer, and move that on
 * @chip: the chip
 * @value: the byte
 * @now_ns: when it is acknowledged
 */
void sim_chip_write(struct sim_chip *chip, u8 value, s64 now_ns)
{
	const struct sim_model *model = chip->model;
	u8 reg = chip->pointer;

	sim_chip_advance(chip, now_ns);
	if (model->map)
		reg = model->map(chip, reg);
	if (!model->write || !model->write(chip, reg, value, now_ns))
		sim_chip_store(chip, reg, value);
	if (model->seconds_restart && reg == model->reg[SIM_SECOND])
		sim_chip_restart(chip, now_ns);
	sim_chip_follow(chip, now_ns);
	next_reg(chip, now_ns);
}
