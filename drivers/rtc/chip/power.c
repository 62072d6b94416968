// SPDX-License-Identifier: GPL-2.0-only
/*
 * The battery: whether to charge it, and when to go over to it.
 *
 * Nothing is changed that the device tree, or the user, does not speak of: a wrong
 * charge can ruin a battery.
 */
#include <linux/property.h>

#include "driver.h"

static int write_charger(struct rtc_chip *chip, u8 value)
{
	const struct rtc_chip_charger *charger = &chip->desc->charger;
	int ret;

	if (charger->key.mask) {
		ret = rtc_chip_write(chip, charger->key.reg, charger->key.value);
		if (ret)
			return ret;
	}
	return rtc_chip_update_kept(chip, charger->reg, charger->mask, value);
}

static const struct rtc_chip_charge *
find_charge(const struct rtc_chip_charger *charger, u32 ohms, bool has_diode)
{
	const struct rtc_chip_charge *way;

	for (way = charger->ways; way < charger->ways + RTC_CHIP_CHARGES; way++)
		if (way->ohms && way->ohms == ohms && way->has_diode == has_diode)
			return way;
	return NULL;
}

/* aux-voltage-chargeable says yes or no; without it the resistor says yes. */
static int init_charger(struct rtc_chip *chip)
{
	const struct rtc_chip_charger *charger = &chip->desc->charger;
	const struct rtc_chip_charge *way;
	bool is_told;
	u32 can_charge = 1;
	u32 ohms = 0;

	is_told = !device_property_read_u32(chip->dev, "aux-voltage-chargeable",
					    &can_charge);
	if (is_told && !can_charge)
		return write_charger(chip, 0);
	if (device_property_read_u32(chip->dev, "trickle-resistor-ohms", &ohms)) {
		if (is_told)
			dev_warn(chip->dev, "aux-voltage-chargeable without trickle-resistor-ohms: charger left as it is\n");
		return 0;
	}
	way = find_charge(charger, ohms,
			  !device_property_read_bool(chip->dev,
						     "trickle-diode-disable"));
	if (!way) {
		dev_warn(chip->dev, "trickle-resistor-ohms: the %s can't do %u, left as it is\n",
			 chip->desc->name, ohms);
		return 0;
	}
	return write_charger(chip, way->value);
}

/* -EINVAL if the chip has no such mode. */
static int encode_backup(const struct rtc_chip_backup *backup, u64 mode)
{
	if (mode == RTC_BSM_DISABLED)
		return backup->disabled;
	if (mode == RTC_BSM_DIRECT)
		return backup->direct;
	if (mode == RTC_BSM_LEVEL)
		return backup->level;
	return -EINVAL;
}

static int decode_backup(const struct rtc_chip_backup *backup, u8 value)
{
	value &= backup->read_mask;
	if (value == (backup->level & backup->read_mask))
		return RTC_BSM_LEVEL;
	if (value == (backup->direct & backup->read_mask))
		return RTC_BSM_DIRECT;
	return RTC_BSM_DISABLED;
}

/* The lock is held. */
static int set_backup(struct rtc_chip *chip, u64 mode)
{
	const struct rtc_chip_backup *backup = &chip->desc->backup;
	int value = encode_backup(backup, mode);

	if (value < 0)
		return value;
	return rtc_chip_update_kept(chip, backup->reg, backup->mask, (u8)value);
}

/**
 * rtc_chip_param_get() - RTC_PARAM_GET, for the RTC core
 * @dev: the I2C device
 * @param: which, and set to its value
 *
 * Context: sleeps.
 * Return: 0, -EINVAL if the chip has no such parameter, or another negative error.
 */
int rtc_chip_param_get(struct device *dev, struct rtc_param *param)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	u8 value;
	int ret;

	if (param->param != RTC_PARAM_BACKUP_SWITCH_MODE ||
	    !chip->desc->backup.mask)
		return -EINVAL;
	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = rtc_chip_read(chip, chip->desc->backup.reg, &value);
	rtc_chip_leave(chip);
	if (!ret)
		param->uvalue = decode_backup(&chip->desc->backup, value);
	return ret;
}

/**
 * rtc_chip_param_set() - RTC_PARAM_SET, for the RTC core
 * @dev: the I2C device
 * @param: which, and its value
 *
 * Context: sleeps.
 * Return: 0, -EINVAL if the chip can't do that, or another negative error.
 */
int rtc_chip_param_set(struct device *dev, struct rtc_param *param)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	int ret;

	if (param->param != RTC_PARAM_BACKUP_SWITCH_MODE ||
	    !chip->desc->backup.mask)
		return -EINVAL;
	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = set_backup(chip, param->uvalue);
	rtc_chip_leave(chip);
	return ret;
}

static int init_backup(struct rtc_chip *chip)
{
	u32 mode;
	int ret;

	if (device_property_read_u32(chip->dev, "backup-switchover-mode", &mode))
		return 0;
	ret = set_backup(chip, mode);
	if (ret != -EINVAL)
		return ret;
	dev_warn(chip->dev, "backup-switchover-mode: the %s can't do %u, left as it is\n",
		 chip->desc->name, mode);
	return 0;
}

/**
 * rtc_chip_power_init() - do what the device tree says of the battery
 * @chip: the chip, once it answers
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_power_init(struct rtc_chip *chip)
{
	int ret = 0;

	if (chip->desc->charger.mask)
		ret = init_charger(chip);
	if (!ret && chip->desc->backup.mask)
		ret = init_backup(chip);
	return ret;
}
