// SPDX-License-Identifier: GPL-2.0-only
/*
 * The chip's flags: is the time void, will it be, and what else is good to know?
 */
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/uaccess.h>

#include "driver.h"

/* What is passed may differ by that between the chip and the system, s */
#define SLACK_S		2

/*
 * Some chips keep the flag up until their oscillator has run for some seconds. If it
 * was up still after the time was set, and the time has gone on from there since, it
 * can be lowered now.
 */
static bool is_lowered_now(struct rtc_chip *chip,
			   const struct rtc_chip_flag *flag, time64_t rtc_s)
{
	s64 passed_s;
	u8 value;

	if (!chip->owes_flags || flag->kind != RTC_CHIP_FLAG_VOID)
		return false;
	passed_s = div_s64((s64)ktime_get_boottime_ns() - chip->set_boot_ns,
			   NSEC_PER_SEC);
	if (abs(rtc_s - chip->set_s - passed_s) > SLACK_S)
		return false;
	if (rtc_chip_lower_flags(chip, RTC_CHIP_FLAG_VOID) ||
	    rtc_chip_read(chip, flag->reg, &value) ||
	    rtc_chip_flag_is_raised(flag, value))
		return false;
	chip->owes_flags = false;
	return true;
}

/**
 * rtc_chip_check_flags() - is the time void by a flag outside of its bytes?
 * @chip: the chip
 * @rtc_s: the time that was read, s since 1970
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0, -EINVAL if it is, or another negative error of the bus.
 */
int rtc_chip_check_flags(struct rtc_chip *chip, time64_t rtc_s)
{
	const struct rtc_chip_flag *flag;
	bool is_read = false;
	u8 value = 0;
	u8 reg = 0;
	int ret;

	for (flag = chip->desc->flags; flag < chip->desc->flags + RTC_CHIP_FLAGS; flag++) {
		if (!rtc_chip_flag_is_void(flag) ||
		    rtc_chip_is_in_time(chip->desc, flag->reg))
			continue;
		if (!is_read || flag->reg != reg) {
			reg = flag->reg;
			ret = rtc_chip_read(chip, reg, &value);
			if (ret)
				return ret;
			is_read = true;
		}
		if (rtc_chip_flag_is_raised(flag, value) &&
		    !is_lowered_now(chip, flag, rtc_s))
			return -EINVAL;
	}
	return 0;
}

/* What ends with the set of the time is not lowered before. */
static bool is_hold(const struct rtc_chip_desc *desc,
		    const struct rtc_chip_flag *flag)
{
	const struct rtc_chip_bits *hold = &desc->set.hold;

	return hold->mask & flag->mask && hold->reg == flag->reg;
}

/* Only if it is raised: bits that say all is well may say so in several ways. */
static int lower(struct rtc_chip *chip, const struct rtc_chip_flag *flag)
{
	u8 value;
	int ret;

	ret = rtc_chip_read(chip, flag->reg, &value);
	if (ret || !rtc_chip_flag_is_raised(flag, value))
		return ret;
	return rtc_chip_update(chip, flag->reg, flag->mask,
			       flag->mask ^ flag->raised);
}

/**
 * rtc_chip_lower_flags() - lower the flags of a kind
 * @chip: the chip
 * @kind: which flags; those in the bytes of the time are lowered with these
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_lower_flags(struct rtc_chip *chip, enum rtc_chip_flag_kind kind)
{
	const struct rtc_chip_flag *flag;
	int ret;

	for (flag = chip->desc->flags; flag < chip->desc->flags + RTC_CHIP_FLAGS; flag++) {
		if (flag->kind != kind || is_hold(chip->desc, flag) ||
		    rtc_chip_is_in_time(chip->desc, flag->reg))
			continue;
		ret = lower(chip, flag);
		if (ret)
			return ret;
	}
	return 0;
}

/**
 * rtc_chip_is_halted() - does the chip count, and in a way that the driver reads?
 * @chip: the chip
 * @is_halted: set if a flag outside of the time's bytes says no
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_is_halted(struct rtc_chip *chip, bool *is_halted)
{
	const struct rtc_chip_flag *flag;
	u8 value;
	int ret;

	for (flag = chip->desc->flags; flag < chip->desc->flags + RTC_CHIP_FLAGS; flag++) {
		if (flag->kind != RTC_CHIP_FLAG_HALTED ||
		    rtc_chip_is_in_time(chip->desc, flag->reg))
			continue;
		ret = rtc_chip_read(chip, flag->reg, &value);
		if (ret)
			return ret;
		if (rtc_chip_flag_is_raised(flag, value))
			*is_halted = true;
	}
	return 0;
}

/**
 * rtc_chip_are_raised() - is a flag of a kind up?
 * @chip: the chip
 * @kind: which flags; those in the bytes of the time are not looked at
 *
 * Context: sleeps; the chip's lock is held.
 * Return: whether one is, also if that could not be read.
 */
bool rtc_chip_are_raised(struct rtc_chip *chip, enum rtc_chip_flag_kind kind)
{
	const struct rtc_chip_flag *flag;
	u8 value;

	for (flag = chip->desc->flags; flag < chip->desc->flags + RTC_CHIP_FLAGS; flag++)
		if (flag->kind == kind &&
		    !rtc_chip_is_in_time(chip->desc, flag->reg) &&
		    (rtc_chip_read(chip, flag->reg, &value) ||
		     rtc_chip_flag_is_raised(flag, value)))
			return true;
	return false;
}

/* RTC_VL_... of the flags that are raised */
static int read_vl(struct rtc_chip *chip, unsigned int *vl)
{
	const struct rtc_chip_flag *flag;
	u8 value;
	int ret;

	for (flag = chip->desc->flags; flag < chip->desc->flags + RTC_CHIP_FLAGS; flag++) {
		if (!flag->kind)
			break;
		ret = rtc_chip_read(chip, flag->reg, &value);
		if (ret)
			return ret;
		if (!rtc_chip_flag_is_raised(flag, value))
			continue;
		*vl |= flag->vl;
		if (rtc_chip_flag_is_void(flag))
			*vl |= RTC_VL_DATA_INVALID;
	}
	return 0;
}

static int vl_read(struct rtc_chip *chip, unsigned int __user *arg)
{
	unsigned int vl = 0;
	struct rtc_time tm;
	int ret;

	ret = rtc_chip_read_time(chip->dev, &tm);
	if (ret && ret != -EINVAL)
		return ret;
	if (ret)
		vl = RTC_VL_DATA_INVALID;
	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = read_vl(chip, &vl);
	rtc_chip_leave(chip);
	return ret ?: put_user(vl, arg);
}

/* Does the register hold a raised flag that says that the time is void? */
static bool holds_void(const struct rtc_chip_desc *desc, u8 reg, u8 value)
{
	const struct rtc_chip_flag *flag;

	for (flag = desc->flags; flag < desc->flags + RTC_CHIP_FLAGS; flag++)
		if (flag->reg == reg && rtc_chip_flag_is_void(flag) &&
		    rtc_chip_flag_is_raised(flag, value))
			return true;
	return false;
}

/*
 * Some chips lower all the flags of a register together: while one of them says that
 * the time is void the others stay as well.
 */
static int lower_notices(struct rtc_chip *chip)
{
	const struct rtc_chip_desc *desc = chip->desc;
	const struct rtc_chip_flag *flag;
	u8 value;
	int ret;

	for (flag = desc->flags; flag < desc->flags + RTC_CHIP_FLAGS; flag++) {
		if (flag->kind != RTC_CHIP_FLAG_NOTICE)
			continue;
		ret = rtc_chip_read(chip, flag->reg, &value);
		if (!ret && !holds_void(desc, flag->reg, value))
			ret = lower(chip, flag);
		if (ret)
			return ret;
	}
	return 0;
}

static int vl_clear(struct rtc_chip *chip)
{
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = lower_notices(chip);
	rtc_chip_leave(chip);
	return ret;
}

/**
 * rtc_chip_ioctl() - RTC_VL_READ and RTC_VL_CLR of /dev/rtcN
 * @dev: the I2C device
 * @cmd: which
 * @arg: where the flags go
 *
 * What says that the time is void stays: only a set of the time lowers it.
 *
 * Context: sleeps; called by the RTC core with its lock held.
 * Return: 0, -ENOIOCTLCMD if it is another, or a negative error of the bus.
 */
int rtc_chip_ioctl(struct device *dev, unsigned int cmd, unsigned long arg)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);

	switch (cmd) {
	case RTC_VL_READ:
		return vl_read(chip, (unsigned int __user *)arg);
	case RTC_VL_CLR:
		return vl_clear(chip);
	default:
		return -ENOIOCTLCMD;
	}
}
