// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first words with the chip: is it what it is said to be? By bits that always
 * read the same. Then what has to be done once: a reset after a loss of power, and
 * what the device tree says of its crystal and its battery.
 */
#include "driver.h"

/* Once: the engine asks again and again. */
static void tell(struct rtc_chip *chip, const struct rtc_chip_bits *ident, u8 value)
{
	if (chip->is_told)
		return;
	chip->is_told = true;
	dev_err(chip->dev, "no %s: register 0x%02x reads 0x%02x, bits 0x%02x should be 0x%02x\n",
		chip->desc->name, ident->reg, value, ident->mask, ident->value);
}

/* Noise on the bus does not read the same twice. */
static int check(struct rtc_chip *chip, const struct rtc_chip_bits *ident)
{
	u8 again;
	u8 value;
	int ret;

	if (!ident->mask)
		return 0;
	ret = rtc_chip_read(chip, ident->reg, &value);
	if (ret || (value & ident->mask) == ident->value)
		return ret;
	ret = rtc_chip_read(chip, ident->reg, &again);
	if (ret)
		return ret;
	if ((again & ident->mask) != (value & ident->mask))
		return -EIO;
	tell(chip, ident, value);
	return -ENODEV;
}

/* The time is void then, so nothing is lost. */
static int reset_if_void(struct rtc_chip *chip)
{
	const struct rtc_chip_bits *reset = &chip->desc->reset;
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	if (!reset->mask)
		return 0;
	ret = rtc_chip_read_burst(chip, chip->desc->time.reg, regs, sizeof(regs));
	if (ret || !rtc_chip_is_void(chip->desc, regs))
		return ret;
	return rtc_chip_write(chip, reset->reg, reset->value);
}

/* The time is good without any of these. */
static void settle(struct rtc_chip *chip)
{
	int quiet = 0;
	int ret;

	ret = rtc_chip_eeprom_mend(chip);
	if (!ret)
		ret = rtc_chip_quartz_init(chip);
	if (!ret)
		ret = rtc_chip_power_init(chip);
	if (chip->has_alarm)
		quiet = rtc_chip_alarm_quiet(chip);
	if (ret || quiet)
		dev_warn(chip->dev, "crystal, battery or alarm not set up: %d\n",
			 ret ?: quiet);
}

/**
 * rtc_chip_identify() - does the chip answer as its kind does?
 * @chip: the chip; nothing is done once it has
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0, -ENODEV after saying what was read if it is another chip, or another
 * negative error of the bus.
 */
int rtc_chip_identify(struct rtc_chip *chip)
{
	u8 value;
	int ret;
	int i;

	if (chip->is_identified)
		return 0;
	/* Not every kind has bits to tell it by, but all have to answer. */
	ret = rtc_chip_read(chip, chip->desc->time.reg, &value);
	if (ret)
		return ret;
	for (i = 0; i < RTC_CHIP_IDENTS; i++) {
		ret = check(chip, &chip->desc->ident[i]);
		if (ret)
			return ret;
	}
	ret = reset_if_void(chip);
	if (ret)
		return ret;
	chip->is_identified = true;
	settle(chip);
	return 0;
}

/**
 * rtc_chip_enter() - take the chip's lock, if it is the right chip
 * @chip: the chip
 *
 * Everything that talks to the chip does so between this and rtc_chip_leave(): a chip
 * that was silent at probe may turn out to be another one.
 *
 * Context: sleeps. With the lock held if it returns 0, else not.
 * Return: 0, -ENODEV if it is another chip, or another negative error of the bus.
 */
int rtc_chip_enter(struct rtc_chip *chip)
{
	int ret;

	mutex_lock(&chip->lock);
	ret = rtc_chip_identify(chip);
	if (ret)
		mutex_unlock(&chip->lock);
	return ret;
}

/**
 * rtc_chip_leave() - let go of the chip's lock
 * @chip: the chip
 */
void rtc_chip_leave(struct rtc_chip *chip)
{
	mutex_unlock(&chip->lock);
}
