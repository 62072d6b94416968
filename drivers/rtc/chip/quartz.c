// SPDX-License-Identifier: GPL-2.0-only
/*
 * The capacitance that the crystal on the board needs. The chip forgets it when it is
 * without power, and is some 20 ppm off with the wrong one.
 */
#include <linux/property.h>

#include "driver.h"

#define LOW_FF		7000
#define HIGH_FF		12500

/**
 * rtc_chip_quartz_init() - choose the capacitance
 * @chip: the chip, once it answers
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_quartz_init(struct rtc_chip *chip)
{
	const struct rtc_chip_load *load = &chip->desc->load;
	u32 ff = load->is_high ? HIGH_FF : LOW_FF;

	if (!load->mask)
		return 0;
	device_property_read_u32(chip->dev, "quartz-load-femtofarads", &ff);
	if (ff != LOW_FF && ff != HIGH_FF) {
		dev_warn(chip->dev, "quartz-load-femtofarads: the %s can't do %u, left as it is\n",
			 chip->desc->name, ff);
		return 0;
	}
	return rtc_chip_update(chip, load->reg, load->mask,
			       ff == HIGH_FF ? load->high :
					       load->mask & ~load->high);
}
