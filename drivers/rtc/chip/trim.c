// SPDX-License-Identifier: GPL-2.0-only
/*
 * The trim: for the RTC core as "offset", for the engine as a rate.
 *
 * The two have opposite signs: a positive offset makes a day longer, a positive
 * rate makes the RTC faster.
 */
#include <linux/math64.h>

#include "driver.h"

/*
 * In another mode than ours, chosen by other software, a step is of another size: then
 * it is not known what the trim does, unless it is at 0. The mode is not changed before
 * somebody wants another trim, as that changes the rate.
 */
static int check_mode(struct rtc_chip *chip)
{
	const struct rtc_chip_bits *mode = &chip->desc->trim.mode;
	u8 value;
	int ret;

	if (!mode->mask)
		return 0;
	ret = rtc_chip_read(chip, mode->reg, &value);
	if (ret)
		return ret;
	return (value & mode->mask) == mode->value ? 0 : -ENODATA;
}

static int read_steps(struct rtc_chip *chip, int *steps)
{
	const struct rtc_chip_trim *trim = &chip->desc->trim;
	u8 lsb = 0;
	u8 value;
	int ret;

	ret = rtc_chip_read(chip, trim->reg, &value);
	if (!ret && trim->lsb.mask)
		ret = rtc_chip_read(chip, trim->lsb.reg, &lsb);
	if (ret)
		return ret;
	*steps = rtc_chip_trim_decode(trim, value, lsb);
	return *steps ? check_mode(chip) : 0;
}

/* Mode and number at once if they share a register: there is no wrong rate between. */
static int write_number(struct rtc_chip *chip, int steps)
{
	const struct rtc_chip_trim *trim = &chip->desc->trim;
	u8 mask = trim->mask | trim->sign_mask;
	u8 lsb = 0;
	u8 value;
	int ret = 0;

	value = rtc_chip_trim_encode(trim, steps, &lsb);
	if (trim->mode.mask && trim->mode.reg == trim->reg) {
		mask |= trim->mode.mask;
		value |= trim->mode.value;
	} else {
		ret = rtc_chip_apply(chip, &trim->mode);
	}
	if (!ret)
		ret = rtc_chip_update_kept(chip, trim->reg, mask, value);
	if (!ret && trim->lsb.mask)
		ret = rtc_chip_update_kept(chip, trim->lsb.reg, trim->lsb.mask,
					   lsb);
	return ret;
}

static int write_steps(struct rtc_chip *chip, int steps)
{
	const struct rtc_chip_trim *trim = &chip->desc->trim;
	int ret;

	ret = write_number(chip, steps);
	if (!ret)
		ret = rtc_chip_wait_while(chip, &trim->busy, trim->busy_ms);
	if (!ret)
		ret = rtc_chip_wait_while(chip, &trim->apply, trim->busy_ms);
	if (ret)
		return ret;
	return rtc_chip_apply(chip, &trim->apply);
}

static int get_ppb(struct rtc_chip *chip, s32 *ppb)
{
	int steps;
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = read_steps(chip, &steps);
	rtc_chip_leave(chip);
	if (!ret)
		*ppb = rtc_chip_trim_ppb(&chip->desc->trim, steps);
	return ret;
}

static int set_ppb(struct rtc_chip *chip, s32 ppb)
{
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = write_steps(chip, rtc_chip_trim_steps(&chip->desc->trim, ppb));
	rtc_chip_leave(chip);
	return ret;
}

/* What becomes of the trim if the user wants this */
static s32 nearest_ppb(const struct rtc_chip_trim *trim, s32 ppb)
{
	return rtc_chip_trim_ppb(trim, rtc_chip_trim_steps(trim, ppb));
}

static int source_get_trim(void *ctx, s32 *ppb)
{
	return get_ppb(ctx, ppb);
}

static int source_set_trim(void *ctx, s32 ppb)
{
	return set_ppb(ctx, ppb);
}

/**
 * rtc_chip_read_offset() - for the RTC core
 * @dev: the I2C device
 * @offset_ppb: set to what the trim makes the RTC slower, ppb
 *
 * Context: sleeps.
 * Return: 0, -ENODATA if other software has left the trim in a mode that the driver
 * does not use, or another negative error of the bus.
 */
int rtc_chip_read_offset(struct device *dev, long *offset_ppb)
{
	s32 ppb;
	int ret;

	ret = get_ppb(dev_get_drvdata(dev), &ppb);
	if (!ret)
		*offset_ppb = -ppb;
	return ret;
}

/**
 * rtc_chip_set_offset() - for the RTC core
 * @dev: the I2C device
 * @offset_ppb: what the RTC is to be slower, ppb
 *
 * Context: sleeps.
 * Return: 0, -ERANGE if it can't be, or another negative error.
 */
int rtc_chip_set_offset(struct device *dev, long offset_ppb)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	const struct rtc_sync_trim *range = &chip->trim;
	bool is_known;
	s32 ppb;
	s32 old;
	int ret;

	if (offset_ppb < -range->max_ppb || offset_ppb > -range->min_ppb)
		return -ERANGE;
	ret = get_ppb(chip, &old);
	if (ret && ret != -ENODATA)
		return ret;
	is_known = !ret;
	/* A second that begins anew is too much for no change. */
	if (chip->desc->trim.restarts && is_known &&
	    nearest_ppb(&chip->desc->trim, -(s32)offset_ppb) == old)
		return 0;
	ret = set_ppb(chip, -(s32)offset_ppb);
	/* By how much the rate has changed is not known either: it is learned anew. */
	if (chip->desc->trim.restarts || !is_known)
		rtc_sync_rtc_was_set(chip->rtc);
	/* Told after a failure too: it may have been written. */
	if (is_known && !get_ppb(chip, &ppb) && ppb != old)
		rtc_sync_rtc_was_trimmed(chip->rtc, ppb - old);
	return ret;
}

/**
 * rtc_chip_trim_init() - offer the trim, if there is one
 * @chip: the chip, its RTC allocated and not registered yet
 */
void rtc_chip_trim_init(struct rtc_chip *chip)
{
	const struct rtc_chip_trim *trim = &chip->desc->trim;

	if (!trim->mask)
		return;
	chip->trim = (struct rtc_sync_trim) {
		.min_ppb = rtc_chip_trim_ppb(trim, -trim->down_steps),
		.max_ppb = rtc_chip_trim_ppb(trim, trim->up_steps),
		.step_ppb = (s32)DIV_ROUND_UP(max(trim->up_ppt, trim->down_ppt), 1000),
		.slack_percent = trim->slack_percent,
		.lag_s = trim->lag_s,
		.lump_s = trim->lump_s,
		.wears = rtc_chip_is_kept(chip->desc, trim->reg),
	};
	/* A second that begins anew would cost the engine more than it gains. */
	if (trim->restarts)
		return;
	chip->source.trim = &chip->trim;
	chip->source.get_trim = source_get_trim;
	chip->source.set_trim = source_set_trim;
}
