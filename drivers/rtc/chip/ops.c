// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the RTC core calls: as much as the chip can do, as it takes a call for a
 * feature.
 */
#include "driver.h"

#define CLOCK_OPS						\
	RTC_SYNC_PARAM_OPS(rtc_chip_param_get, rtc_chip_param_set) \
	.read_time = rtc_chip_read_time,			\
	.set_time = rtc_chip_set_time,				\
	.ioctl = rtc_chip_ioctl

#define ALARM_OPS						\
	.read_alarm = rtc_chip_read_alarm,			\
	.set_alarm = rtc_chip_set_alarm,			\
	.alarm_irq_enable = rtc_chip_alarm_irq_enable

#define TRIM_OPS						\
	.read_offset = rtc_chip_read_offset,			\
	.set_offset = rtc_chip_set_offset

static const struct rtc_class_ops clock_ops = { CLOCK_OPS };
static const struct rtc_class_ops alarm_ops = { CLOCK_OPS, ALARM_OPS };
static const struct rtc_class_ops trim_ops = { CLOCK_OPS, TRIM_OPS };
static const struct rtc_class_ops all_ops = { CLOCK_OPS, ALARM_OPS, TRIM_OPS };

/**
 * rtc_chip_ops() - the calls for a chip
 * @chip: the chip; whether its alarm and its trim can be used is known
 *
 * Return: the calls.
 */
const struct rtc_class_ops *rtc_chip_ops(const struct rtc_chip *chip)
{
	if (chip->desc->trim.mask)
		return chip->has_alarm ? &all_ops : &trim_ops;
	return chip->has_alarm ? &alarm_ops : &clock_ops;
}
