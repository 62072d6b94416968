// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers over the bus: all other files read and write through this.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>

#include "driver.h"

#define POLL_MS		5

/**
 * rtc_chip_error() - what the bus says, told from what the chip says
 * @ret: what a transfer returned
 *
 * -EINVAL is kept for time that is void, -EAGAIN for what may be tried at once, -ENODEV
 * for another chip and -ENODATA for a trim in another mode, but an I2C controller may
 * say them too.
 *
 * Return: @ret, or -EIO in the place of these.
 */
int rtc_chip_error(int ret)
{
	switch (ret) {
	case -EINVAL:
	case -EAGAIN:
	case -ENODEV:
	case -ENODATA:
		return -EIO;
	default:
		return ret;
	}
}

/* Is it to be tried again, since the chip was busy with itself? */
static bool is_to_retry(const struct rtc_chip *chip, int ret, int *tries)
{
	if (ret != -ENXIO && ret != -EREMOTEIO && ret != -EIO)
		return false;
	return ++*tries < chip->desc->tries;
}

/* Where reading the alarm's flag lowers it, whoever reads it passes it on. */
static void pass_alarm_on(struct rtc_chip *chip, u8 reg, u8 value)
{
	const struct rtc_chip_alarm *alarm = &chip->desc->alarm;

	if (alarm->flag_is_read && alarm->flag.reg == reg &&
	    (value & alarm->flag.mask) == alarm->flag.value && chip->irq)
		rtc_update_irq(chip->rtc, 1, RTC_AF | RTC_IRQF);
}

/**
 * rtc_chip_read() - read a register
 * @chip: the chip
 * @reg: number of the register
 * @value: set to what is in it, if it was read
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_read(struct rtc_chip *chip, u8 reg, u8 *value)
{
	unsigned int read;
	int tries = 0;
	int ret;

	lockdep_assert_held(&chip->lock);
	do {
		ret = regmap_read(chip->regmap, reg, &read);
	} while (is_to_retry(chip, ret, &tries));
	if (ret)
		return rtc_chip_error(ret);
	*value = (u8)read;
	pass_alarm_on(chip, reg, *value);
	return 0;
}

/**
 * rtc_chip_read_burst() - read registers in one transfer
 * @chip: the chip
 * @reg: number of the first
 * @values: set to what is in them, if they were read
 * @count: how many
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_read_burst(struct rtc_chip *chip, u8 reg, u8 *values, int count)
{
	int tries = 0;
	int ret;

	lockdep_assert_held(&chip->lock);
	do {
		ret = regmap_bulk_read(chip->regmap, reg, values, count);
	} while (is_to_retry(chip, ret, &tries));
	return rtc_chip_error(ret);
}

/**
 * rtc_chip_write() - write a register
 * @chip: the chip
 * @reg: number of the register
 * @value: what to write
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_write(struct rtc_chip *chip, u8 reg, u8 value)
{
	int tries = 0;
	int ret;

	lockdep_assert_held(&chip->lock);
	do {
		ret = regmap_write(chip->regmap, reg, value);
	} while (is_to_retry(chip, ret, &tries));
	return rtc_chip_error(ret);
}

/**
 * rtc_chip_write_burst() - write registers in one transfer
 * @chip: the chip
 * @reg: number of the first
 * @values: what to write
 * @count: how many
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_write_burst(struct rtc_chip *chip, u8 reg, const u8 *values,
			 int count)
{
	int tries = 0;
	int ret;

	lockdep_assert_held(&chip->lock);
	do {
		ret = regmap_bulk_write(chip->regmap, reg, values, count);
	} while (is_to_retry(chip, ret, &tries));
	return rtc_chip_error(ret);
}

static u8 sticky_bits(const struct rtc_chip_desc *desc, u8 reg)
{
	int i;

	for (i = 0; i < RTC_CHIP_STICKY; i++)
		if (desc->sticky[i].mask && desc->sticky[i].reg == reg)
			return desc->sticky[i].mask;
	return 0;
}

static u8 unused_bits(const struct rtc_chip_desc *desc, u8 reg)
{
	int i;

	for (i = 0; i < RTC_CHIP_UNUSED; i++)
		if (desc->unused[i].mask && desc->unused[i].reg == reg)
			return desc->unused[i].mask;
	return 0;
}

/**
 * rtc_chip_clean() - what to write so that a register stays as it is
 * @desc: the chip
 * @reg: number of the register
 * @value: what was read, with some bits changed
 *
 * Return: @value with 1 for flags that only a 0 lowers, and 0 for what has to be
 * written as 0.
 */
u8 rtc_chip_clean(const struct rtc_chip_desc *desc, u8 reg, u8 value)
{
	return (value | sticky_bits(desc, reg)) & ~unused_bits(desc, reg);
}

/*
 * Where a 1 raises flags they are written back as they were read, and an alarm that
 * has come meanwhile is lost. Who asks the RTC core to look finds out, and does no harm
 * if there was none.
 */
static void make_up_for_alarm(struct rtc_chip *chip, u8 reg, u8 mask)
{
	const struct rtc_chip_alarm *alarm = &chip->desc->alarm;
	u8 safe = mask | sticky_bits(chip->desc, reg);

	if (chip->irq && !alarm->flag_is_read && alarm->flag.reg == reg &&
	    alarm->flag.mask & ~safe)
		rtc_update_irq(chip->rtc, 1, RTC_AF | RTC_IRQF);
}

/**
 * rtc_chip_update() - change bits of a register
 * @chip: the chip
 * @reg: number of the register
 * @mask: the bits
 * @value: what they are to be
 *
 * Flags that only a 0 lowers are left as they are, unless they are in @mask.
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_update(struct rtc_chip *chip, u8 reg, u8 mask, u8 value)
{
	u8 changed;
	u8 old;
	int ret;

	ret = rtc_chip_read(chip, reg, &old);
	if (ret)
		return ret;
	changed = rtc_chip_clean(chip->desc, reg, old);
	changed = (changed & ~mask) | (value & mask);
	if (changed == old)
		return 0;
	ret = rtc_chip_write(chip, reg, changed);
	make_up_for_alarm(chip, reg, mask);
	return ret;
}

/**
 * rtc_chip_apply() - make it so
 * @chip: the chip
 * @bits: what is to be; nothing is done if the mask is 0
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_apply(struct rtc_chip *chip, const struct rtc_chip_bits *bits)
{
	if (!bits->mask)
		return 0;
	return rtc_chip_update(chip, bits->reg, bits->mask, bits->value);
}

/**
 * rtc_chip_undo() - make it the opposite
 * @chip: the chip
 * @bits: what is not to be; nothing is done if the mask is 0
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_undo(struct rtc_chip *chip, const struct rtc_chip_bits *bits)
{
	if (!bits->mask)
		return 0;
	return rtc_chip_update(chip, bits->reg, bits->mask,
			       bits->mask & ~bits->value);
}

/**
 * rtc_chip_wait_while() - wait until the chip is done
 * @chip: the chip
 * @busy: what is so until then; nothing is waited for if the mask is 0
 * @most_ms: how long that may take, ms
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0, -ETIMEDOUT if it still is so after @most_ms, or another negative error
 * of the bus.
 */
int rtc_chip_wait_while(struct rtc_chip *chip, const struct rtc_chip_bits *busy,
			unsigned int most_ms)
{
	u64 until_ns = ktime_get_ns() + (u64)most_ms * NSEC_PER_MSEC;
	bool is_late;
	u8 value;
	int ret;

	if (!busy->mask)
		return 0;
	for (;;) {
		/* It is looked at once more after the time is over. */
		is_late = ktime_get_ns() >= until_ns;
		ret = rtc_chip_read(chip, busy->reg, &value);
		if (ret || (value & busy->mask) != busy->value)
			return ret;
		if (is_late)
			return -ETIMEDOUT;
		msleep(POLL_MS);
	}
}
