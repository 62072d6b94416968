// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: the registers of a simulated chip, as its data have them.
 */
#include <linux/kernel.h>

#include "sim-chip.h"

/**
 * sim_chip_is() - are some bits as they have to be?
 * @chip: the chip
 * @bits: which, and how
 *
 * Return: whether they are; true if it is about no bits.
 */
bool sim_chip_is(const struct sim_chip *chip, const struct sim_bits *bits)
{
	return (chip->regs[bits->reg] & bits->mask) == bits->value;
}

/**
 * sim_chip_put() - let some bits be as they have to be, as the chip does itself
 * @chip: the chip
 * @bits: which, and how
 */
void sim_chip_put(struct sim_chip *chip, const struct sim_bits *bits)
{
	u8 *reg = &chip->regs[bits->reg];

	*reg = (*reg & ~bits->mask) | bits->value;
}

/**
 * sim_chip_ticks_ns() - how long are some ticks of an oscillator of 32768 Hz?
 * @ticks: how many; negative: the result is so too
 *
 * Return: that, ns.
 */
s32 sim_chip_ticks_ns(s32 ticks)
{
	/* 10^9 / 2^15 */
	return (s32)((s64)ticks * 1953125 >> 6);
}

/**
 * sim_chip_store() - what a write does to the bits of a register
 * @chip: the chip
 * @reg: number of the register
 * @value: the byte
 */
void sim_chip_store(struct sim_chip *chip, u8 reg, u8 value)
{
	const struct sim_model *model = chip->model;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(model->access); i++) {
		const struct sim_access *access = &model->access[i];
		u8 old = chip->regs[reg];

		if (reg < access->first || reg > access->last)
			continue;
		chip->regs[reg] = (old & ~(access->writable | access->clearable)) |
				  (value & access->writable) |
				  (old & value & access->clearable);
		return;
	}
}
