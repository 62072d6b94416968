// SPDX-License-Identifier: GPL-2.0-only
/*
 * The temperature that the chip measures to compensate its crystal, as hwmon.
 */
#include <linux/hwmon.h>

#include "driver.h"

#define MILLIDEGREES		1000
#define QUARTERS		4

static umode_t temp_is_visible(const void *data, enum hwmon_sensor_types type,
			       u32 attribute, int channel)
{
	return 0444;
}

static int temp_read(struct device *dev, enum hwmon_sensor_types type,
		     u32 attribute, int channel, long *value)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	u8 regs[2];
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = rtc_chip_read_burst(chip, chip->desc->thermometer.reg, regs,
				  sizeof(regs));
	rtc_chip_leave(chip);
	if (ret)
		return ret;
	*value = ((s8)regs[0] * QUARTERS + (regs[1] >> 6)) *
		 (MILLIDEGREES / QUARTERS);
	return 0;
}

static const struct hwmon_ops temp_ops = {
	.is_visible = temp_is_visible,
	.read = temp_read,
};

static const struct hwmon_channel_info *temp_channels[] = {
	HWMON_CHANNEL_INFO(temp, HWMON_T_INPUT),
	NULL
};

static const struct hwmon_chip_info temp_info = {
	.ops = &temp_ops,
	.info = temp_channels,
};

/**
 * rtc_chip_hwmon_init() - offer the temperature, if the chip measures one
 * @chip: the chip
 */
void rtc_chip_hwmon_init(struct rtc_chip *chip)
{
	struct device *hwmon;

	if (!chip->desc->thermometer.is_there)
		return;
	hwmon = devm_hwmon_device_register_with_info(chip->dev, "rtc_sync", chip,
						     &temp_info, NULL);
	if (IS_ERR(hwmon))
		dev_warn(chip->dev, "no temperature: %ld\n", PTR_ERR(hwmon));
}
