// SPDX-License-Identifier: GPL-2.0-only
/*
 * The alarm's interrupt, and whether it may end a suspend.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/ktime.h>
#include <linux/pm_wakeirq.h>

#include "driver.h"

/* How long to wait before a line that is held low is looked at again, ms */
#define REST_MS		100

/*
 * Forbidden first: on some chips the flag is raised again as long as the second
 * lasts. The RTC core sets the next alarm, if there is one.
 */
static int acknowledge(struct rtc_chip *chip, u8 *value)
{
	const struct rtc_chip_bits *flag = &chip->desc->alarm.flag;
	int ret;

	ret = rtc_chip_read(chip, flag->reg, value);
	if (ret)
		return ret;
	/* Somebody else may hold the pin: what could not be silenced at first. */
	if ((*value & flag->mask) != flag->value)
		return chip->is_quiet ? 0 : rtc_chip_alarm_quiet(chip);
	ret = rtc_chip_alarm_forbid(chip);
	if (ret || chip->desc->alarm.flag_is_read)
		return ret;
	return rtc_chip_alarm_lower(chip);
}

/*
 * Alarms are a second apart, at the least. A chip that says so again at once does not
 * heed what is written: it is broken, or means harm, and must not have the bus, and a
 * processor, for itself. The line is masked meanwhile.
 */
static void rest(struct rtc_chip *chip)
{
	if (chip->alarm_ns &&
	    (s64)ktime_get_ns() - chip->alarm_ns < REST_MS * NSEC_PER_MSEC)
		msleep(REST_MS);
	chip->alarm_ns = ktime_get_ns();
}

/*
 * A thread, since it reads over the bus; the line is masked until it returns. While the
 * bus fails nobody can tell whose interrupt it is: to deny it would cost the line.
 */
static irqreturn_t chip_irq_thread(int irq, void *data)
{
	struct rtc_chip *chip = data;
	const struct rtc_chip_alarm *alarm = &chip->desc->alarm;
	u8 value = 0;
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret == -ENODEV)
		return IRQ_NONE;
	if (!ret) {
		ret = acknowledge(chip, &value);
		rtc_chip_leave(chip);
	}
	if (ret) {
		msleep(REST_MS);
		return IRQ_HANDLED;
	}
	if ((value & alarm->flag.mask) != alarm->flag.value)
		return IRQ_NONE;
	/* Else it was passed on by who read it. */
	if (!alarm->flag_is_read)
		rtc_update_irq(chip->rtc, 1, RTC_AF | RTC_IRQF);
	rest(chip);
	return IRQ_HANDLED;
}

static void clear_wake_irq(void *dev)
{
	dev_pm_clear_wake_irq(dev);
	device_init_wakeup(dev, false);
}

/**
 * rtc_chip_wakeup_init() - let the alarm's interrupt end a suspend
 * @chip: the chip, which has one
 *
 * With "wakeup-source" the I2C core has seen to that already, also where the pin is
 * wired to the power and not to an interrupt.
 *
 * Return: 0 or a negative error.
 */
int rtc_chip_wakeup_init(struct rtc_chip *chip)
{
	int ret;

	ret = device_init_wakeup(chip->dev, true);
	if (ret)
		return ret;
	ret = dev_pm_set_wake_irq(chip->dev, chip->irq);
	if (ret)
		dev_warn(chip->dev, "the alarm can't end a suspend: %d\n", ret);
	return devm_add_action_or_reset(chip->dev, clear_wake_irq, chip->dev);
}

/**
 * rtc_chip_alarm_request() - listen to the alarm
 * @chip: the chip, its RTC registered
 *
 * Return: 0 or a negative error.
 */
int rtc_chip_alarm_request(struct rtc_chip *chip)
{
	unsigned long trigger = irq_get_trigger_type(chip->irq);

	if (!chip->irq)
		return 0;
	return devm_request_threaded_irq(chip->dev, chip->irq, NULL,
					 chip_irq_thread,
					 IRQF_ONESHOT | IRQF_SHARED |
					 (trigger ?: IRQF_TRIGGER_LOW),
					 dev_name(chip->dev), chip);
}
