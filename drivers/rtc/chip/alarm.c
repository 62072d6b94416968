// SPDX-License-Identifier: GPL-2.0-only
/*
 * The alarm: set and read. The chip's interrupt tells of it (alarm-irq.c); nothing polls.
 */
#include <linux/math64.h>
#include <linux/property.h>

#include "driver.h"

/**
 * rtc_chip_alarm_lower() - lower the alarm's flag
 * @chip: the chip
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_alarm_lower(struct rtc_chip *chip)
{
	const struct rtc_chip_alarm *alarm = &chip->desc->alarm;
	u8 value;

	if (alarm->flag_is_read)
		return rtc_chip_read(chip, alarm->flag.reg, &value);
	return rtc_chip_undo(chip, &alarm->flag);
}

/**
 * rtc_chip_alarm_forbid() - keep the alarm from raising its flag and pulling its pin
 * @chip: the chip
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_alarm_forbid(struct rtc_chip *chip)
{
	const struct rtc_chip_alarm *alarm = &chip->desc->alarm;

	return rtc_chip_update(chip, alarm->on.reg, alarm->on_mask, 0);
}

static int allow(struct rtc_chip *chip, bool is_allowed)
{
	if (!is_allowed)
		return rtc_chip_alarm_forbid(chip);
	return rtc_chip_apply(chip, &chip->desc->alarm.on);
}

static int choose_match(struct rtc_chip *chip)
{
	int ret;
	int i;

	for (i = 0; i < RTC_CHIP_MATCHES; i++) {
		ret = rtc_chip_apply(chip, &chip->desc->alarm.match[i]);
		if (ret)
			return ret;
	}
	return 0;
}

/*
 * What the pin is wired to must hear nothing but the alarm: it may be a clock's output
 * from power-on, and what was left on since the last boot may hold it low. An alarm that
 * was set then stays.
 */
static int take_pin(struct rtc_chip *chip)
{
	const struct rtc_chip_bits *on = &chip->desc->alarm.on;
	u8 mask = on->mask & ~chip->desc->alarm.on_mask;

	return rtc_chip_update(chip, on->reg, mask, on->value & mask);
}

/**
 * rtc_chip_alarm_quiet() - leave nothing on the pin but an alarm to come
 * @chip: the chip, which has an alarm that somebody hears
 *
 * An alarm that has come, as that which switched the board on, is over.
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_alarm_quiet(struct rtc_chip *chip)
{
	const struct rtc_chip_bits *flag = &chip->desc->alarm.flag;
	u8 value;
	int ret;

	ret = choose_match(chip);
	if (!ret)
		ret = take_pin(chip);
	if (!ret)
		ret = rtc_chip_read(chip, flag->reg, &value);
	if (ret)
		return ret;
	chip->is_quiet = true;
	if ((value & flag->mask) != flag->value)
		return 0;
	ret = rtc_chip_alarm_forbid(chip);
	return ret ?: rtc_chip_alarm_lower(chip);
}

/*
 * The day of the week that the chip will have then: somebody else may have set the
 * time, and count days from another one. Without any it would never match.
 */
static int adjust_wday(const struct rtc_chip_desc *desc, const u8 *time_regs,
		       const struct rtc_time *now, struct rtc_time *tm)
{
	int wday = rtc_chip_decode_wday(&desc->time, time_regs[desc->time.wday_at]);

	if (desc->alarm.wday_at == RTC_CHIP_NONE)
		return 0;
	if (wday < 0)
		return -EIO;
	tm->tm_wday = (tm->tm_wday + 7 - now->tm_wday + wday) % 7;
	return 0;
}

/* The furthest that it can be set to, if it is further: the RTC core sets it again. */
static time64_t bring_near(const struct rtc_chip_desc *desc, time64_t now_s,
			   time64_t alarm_s)
{
	time64_t latest_s = now_s + rtc_chip_alarm_reach_s(desc);

	if (alarm_s > latest_s)
		alarm_s = latest_s;
	/* In whole minutes it is rather late than never. */
	if (desc->alarm.sec_at == RTC_CHIP_NONE)
		alarm_s = div_s64(alarm_s + 59, 60) * 60;
	return alarm_s;
}

static int write_alarm(struct rtc_chip *chip, time64_t alarm_s)
{
	const struct rtc_chip_desc *desc = chip->desc;
	u8 time_regs[RTC_CHIP_BYTES];
	u8 regs[RTC_CHIP_ALARM_BYTES];
	u8 old[RTC_CHIP_ALARM_BYTES];
	struct rtc_time now;
	struct rtc_time tm;
	int ret;

	ret = rtc_chip_read_burst(chip, desc->time.reg, time_regs, sizeof(time_regs));
	if (!ret)
		ret = rtc_chip_decode(desc, time_regs, &now);
	if (!ret)
		ret = rtc_chip_read_burst(chip, desc->alarm.reg, old, desc->alarm.bytes);
	if (ret)
		return ret;
	rtc_time64_to_tm(bring_near(desc, rtc_tm_to_time64(&now), alarm_s), &tm);
	ret = adjust_wday(desc, time_regs, &now, &tm);
	if (ret)
		return ret;
	rtc_chip_alarm_encode(desc, &tm, time_regs[RTC_CHIP_HOUR], old, regs);
	return rtc_chip_write_burst(chip, desc->alarm.reg, regs, desc->alarm.bytes);
}

/* Forbidden while it is changed: half an alarm may match. */
static int set_locked(struct rtc_chip *chip, struct rtc_wkalrm *wkalrm)
{
	int ret;

	ret = rtc_chip_alarm_forbid(chip);
	if (!ret)
		ret = choose_match(chip);
	if (!ret)
		ret = write_alarm(chip, rtc_tm_to_time64(&wkalrm->time));
	if (!ret)
		ret = rtc_chip_alarm_lower(chip);
	if (!ret)
		ret = allow(chip, wkalrm->enabled);
	return ret;
}

/**
 * rtc_chip_set_alarm() - for the RTC core
 * @dev: the I2C device
 * @wkalrm: when, and whether to tell
 *
 * One further ahead than the chip can tell comes too soon; the RTC core sets it again
 * then. One within a minute comes at its end, if the chip only knows whole ones.
 *
 * Context: sleeps.
 * Return: 0, -EINVAL if the time is void, or another negative error.
 */
int rtc_chip_set_alarm(struct device *dev, struct rtc_wkalrm *wkalrm)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = set_locked(chip, wkalrm);
	rtc_chip_leave(chip);
	return ret;
}

static int read_locked(struct rtc_chip *chip, struct rtc_wkalrm *wkalrm)
{
	const struct rtc_chip_alarm *alarm = &chip->desc->alarm;
	u8 regs[RTC_CHIP_ALARM_BYTES];
	u8 value;
	int ret;

	ret = rtc_chip_read_burst(chip, alarm->reg, regs, alarm->bytes);
	if (ret)
		return ret;
	ret = rtc_chip_read(chip, alarm->on.reg, &value);
	if (ret)
		return ret;
	wkalrm->enabled = (value & alarm->on_mask) == alarm->on_mask;
	wkalrm->pending = 0;
	if (!alarm->flag_is_read) {
		ret = rtc_chip_read(chip, alarm->flag.reg, &value);
		if (ret)
			return ret;
		wkalrm->pending = (value & alarm->flag.mask) == alarm->flag.value;
	}
	return rtc_chip_alarm_decode(chip->desc, regs, &wkalrm->time);
}

/**
 * rtc_chip_read_alarm() - for the RTC core, when the RTC is registered
 * @dev: the I2C device
 * @wkalrm: set to what is in the chip; what it has not got is -1
 *
 * Context: sleeps.
 * Return: 0, -EINVAL if that is no alarm, or another negative error.
 */
int rtc_chip_read_alarm(struct device *dev, struct rtc_wkalrm *wkalrm)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = read_locked(chip, wkalrm);
	rtc_chip_leave(chip);
	return ret;
}

/**
 * rtc_chip_alarm_irq_enable() - for the RTC core
 * @dev: the I2C device
 * @is_enabled: whether the alarm is to be told
 *
 * Context: sleeps.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_alarm_irq_enable(struct device *dev, unsigned int is_enabled)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = allow(chip, is_enabled);
	rtc_chip_leave(chip);
	return ret;
}

/* Tell the RTC core what to expect of it. */
static void describe(struct rtc_chip *chip)
{
	rtc_sync_alarm_reach(chip->rtc, rtc_chip_alarm_reach_s(chip->desc));
	if (chip->desc->alarm.sec_at == RTC_CHIP_NONE)
		rtc_sync_alarm_by_minute(chip->rtc);
	else if (chip->irq)
		rtc_sync_update_interrupt(chip->rtc);
	if (!chip->irq)
		rtc_sync_alarm_wakes_only(chip->rtc);
}

/**
 * rtc_chip_alarm_init() - offer the alarm to the RTC core
 * @chip: the chip, its RTC allocated and not registered yet
 * @irq: the interrupt of its alarm; 0: there is none
 *
 * Without an interrupt there is an alarm only if the device tree says that it is a
 * wakeup-source all the same.
 *
 * Context: sleeps.
 * Return: 0 or a negative error.
 */
int rtc_chip_alarm_init(struct rtc_chip *chip, int irq)
{
	bool is_wakeup = device_property_read_bool(chip->dev, "wakeup-source");
	int ret = 0;

	rtc_sync_no_update_interrupt(chip->rtc);
	if (!rtc_chip_has_alarm(chip->desc) || (!irq && !is_wakeup))
		return 0;
	chip->irq = irq;
	chip->has_alarm = true;
	describe(chip);
	mutex_lock(&chip->lock);
	if (chip->is_identified)
		ret = rtc_chip_alarm_quiet(chip);
	mutex_unlock(&chip->lock);
	if (ret)
		dev_warn(chip->dev, "alarm not set up: %d\n", ret);
	return is_wakeup ? 0 : rtc_chip_wakeup_init(chip);
}
