// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading the time: for the RTC core, and between two timestamps for the engine.
 */
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/string.h>

#include "driver.h"

static int read_burst(struct rtc_chip *chip, struct rtc_sync_reading *reading,
		      u8 *regs)
{
	int ret;

	reading->before_raw_ns = ktime_get_raw_ns();
	ret = rtc_chip_read_burst(chip, chip->desc->time.reg, regs,
				  RTC_CHIP_BYTES);
	reading->after_raw_ns = ktime_get_raw_ns();
	return ret;
}

/*
 * If the chip counts on while it is read, the minutes and all after them may be those
 * of the next minute. That can only be if the seconds read 59. Read again: if they
 * are 59 still, the first reading was before the turn, and whole; the second one may
 * be torn. If they are not, the second one is after it.
 */
static int read_untorn(struct rtc_chip *chip, struct rtc_sync_reading *reading,
		       u8 *regs)
{
	struct rtc_sync_reading again;
	u8 later[RTC_CHIP_BYTES];
	int ret;

	ret = read_burst(chip, reading, regs);
	if (ret || !chip->desc->time.is_torn)
		return ret;
	if (rtc_chip_decode_second(chip->desc, regs[RTC_CHIP_SECOND]) != 59)
		return 0;
	ret = read_burst(chip, &again, later);
	if (ret)
		return ret;
	if (rtc_chip_decode_second(chip->desc, later[RTC_CHIP_SECOND]) == 59)
		return 0;
	memcpy(regs, later, sizeof(later));
	*reading = again;
	return 0;
}

/*
 * The time in one burst, which no set can split, and then the flags: a time that
 * became void in between is refused, too.
 */
static int read_full(struct rtc_chip *chip, struct rtc_sync_reading *reading,
		     struct rtc_time *tm)
{
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	ret = read_untorn(chip, reading, regs);
	if (ret)
		return ret;
	ret = rtc_chip_decode(chip->desc, regs, tm);
	if (ret)
		return ret;
	reading->rtc_s = rtc_tm_to_time64(tm);
	return rtc_chip_check_flags(chip, reading->rtc_s);
}

static int read_short(struct rtc_chip *chip, struct rtc_sync_reading *reading)
{
	u8 value;
	int ret;

	reading->before_raw_ns = ktime_get_raw_ns();
	ret = rtc_chip_read(chip, chip->desc->time.reg, &value);
	reading->after_raw_ns = ktime_get_raw_ns();
	if (ret)
		return ret;
	ret = rtc_chip_decode_second(chip->desc, value);
	if (ret < 0)
		return ret;
	reading->rtc_s = ret;
	return 0;
}

/*
 * Once the chip answers, and again after a set, which tells that it may have
 * been without power. What fails here is tried at the next reading.
 */
static void switch_wave_on(struct rtc_chip *chip)
{
	const struct rtc_chip_bits *wave = chip->desc->wave;
	int ret = 0;
	int i;

	if (!chip->source.pps_irq || chip->has_wave)
		return;
	for (i = 0; i < RTC_CHIP_WAVES && !ret; i++)
		ret = rtc_chip_apply(chip, &wave[i]);
	chip->has_wave = !ret;
}

/*
 * A set holds the chip's lock for a second and more. Who stops the thread does not
 * wait for that: a mutex would let nobody out, this does.
 */
static bool wait_for_set(struct rtc_chip *chip)
{
	wait_event_idle(chip->was_set,
			!atomic_read(&chip->setters) || kthread_should_stop());
	return !atomic_read(&chip->setters);
}

/**
 * rtc_chip_source_read() - the engine's way to the chip
 * @ctx: the chip
 * @kind: how much to read
 * @reading: set to what was read
 *
 * Context: the engine's thread, without the RTC core's lock; sleeps. Waits for a
 * set that is underway, unless the thread is to stop.
 * Return: 0, -EINVAL if the time is void, -EAGAIN if it was set meanwhile, so that what
 * was to be found out is no more, or is being set still, or another negative error of
 * the bus.
 */
int rtc_chip_source_read(void *ctx, enum rtc_sync_read kind,
			 struct rtc_sync_reading *reading)
{
	struct rtc_chip *chip = ctx;
	unsigned int sets = READ_ONCE(chip->sets);
	struct rtc_time tm;
	int ret;

	if (!wait_for_set(chip))
		return -EAGAIN;
	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	if (sets != chip->sets)
		ret = -EAGAIN;
	else if (kind == RTC_SYNC_READ_SHORT)
		ret = read_short(chip, reading);
	else
		ret = read_full(chip, reading, &tm);
	if (!ret && kind == RTC_SYNC_READ_FULL)
		switch_wave_on(chip);
	rtc_chip_leave(chip);
	return ret;
}

/**
 * rtc_chip_read_time() - what time is it? For the RTC core
 * @dev: the I2C device
 * @tm: set to the time
 *
 * Context: sleeps.
 * Return: 0, -EINVAL if the time is void, or another negative error of the bus.
 */
int rtc_chip_read_time(struct device *dev, struct rtc_time *tm)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	struct rtc_sync_reading reading;
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = read_full(chip, &reading, tm);
	rtc_chip_leave(chip);
	return ret;
}
