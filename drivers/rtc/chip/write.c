// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bytes of the time: written so that half of them never look like a time, and
 * read back. set.c says when.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "driver.h"

/* A crystal starts within this, ms; looked at so often, ms. */
#define START_MS		3000
#define POLL_MS			100

/**
 * rtc_chip_make_void() - let no half of an old or a new time look like one
 * @chip: the chip
 *
 * The chip takes each byte as it is acknowledged, so a transfer, or the power,
 * that breaks off leaves half a new time and half an old one. Void beforehand, the
 * year keeps the time void until it is written, after everything that counts.
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_make_void(struct rtc_chip *chip)
{
	const struct rtc_chip_calendar *time = &chip->desc->time;

	return rtc_chip_write(chip, time->reg + time->year_at, RTC_CHIP_VOID_YEAR);
}

/**
 * rtc_chip_write_digits() - write the bytes of the time
 * @chip: the chip
 * @regs: its %RTC_CHIP_BYTES
 *
 * The old time is gone by now: noise must not cost the new one as well.
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_write_digits(struct rtc_chip *chip, const u8 *regs)
{
	const struct rtc_chip_calendar *time = &chip->desc->time;
	u8 bytes[1 + RTC_CHIP_BYTES] = {};
	u8 more = time->has_fraction;
	int ret = 0;
	int try;

	memcpy(bytes + more, regs, RTC_CHIP_BYTES);
	for (try = 0; try < RTC_CHIP_TRIES; try++) {
		ret = rtc_chip_write_burst(chip, time->reg - more, bytes,
					   RTC_CHIP_BYTES + more);
		if (!ret)
			break;
	}
	return ret;
}

static int read_back(struct rtc_chip *chip, u8 *regs)
{
	int ret = 0;
	int try;

	for (try = 0; try < RTC_CHIP_TRIES; try++) {
		ret = rtc_chip_read_burst(chip, chip->desc->time.reg, regs,
					  RTC_CHIP_BYTES);
		if (!ret)
			break;
	}
	return ret;
}

/**
 * rtc_chip_verify() - is it in there, and does it count on from there?
 * @chip: the chip
 * @rtc_s: what was written, s since 1970
 * @since_ns: when that second began, on CLOCK_MONOTONIC; 0 if the chip is held
 *
 * The read-back may be late as well, by a busy machine or what fails on the bus at
 * first: how far it may have counted is known after it only.
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0, -EIO if it is not, or another negative error of the bus.
 */
int rtc_chip_verify(struct rtc_chip *chip, time64_t rtc_s, s64 since_ns)
{
	u8 regs[RTC_CHIP_BYTES];
	struct rtc_time tm;
	s64 ahead_s = -1;
	s64 most_s = 0;
	int ret;

	ret = read_back(chip, regs);
	if (since_ns)
		most_s = 1 + div_s64(ktime_get_ns() - since_ns, NSEC_PER_SEC);
	if (!ret && !rtc_chip_decode_digits(chip->desc, regs, &tm))
		ahead_s = rtc_tm_to_time64(&tm) - rtc_s;
	if (ahead_s >= 0 && ahead_s <= most_s)
		return 0;
	if (!ret && !chip->is_set_told) {
		dev_warn(chip->dev, "the time that was set does not read back\n");
		chip->is_set_told = true;
	}
	return ret ?: -EIO;
}

/* Is it void by a flag among its bytes? */
static int look(struct rtc_chip *chip, bool *is_void, u8 *second)
{
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	ret = rtc_chip_read_burst(chip, chip->desc->time.reg, regs, sizeof(regs));
	if (ret)
		return ret;
	*is_void = rtc_chip_is_void(chip->desc, regs);
	*second = regs[RTC_CHIP_SECOND];
	return 0;
}

/*
 * By the clock, not by how often it is looked at: who holds the bus for as long as the
 * controller lets him must not make minutes of it.
 */
static s64 start_end_ns(void)
{
	return ktime_get_ns() + (s64)START_MS * NSEC_PER_MSEC;
}

static bool is_over(s64 end_ns)
{
	return (s64)ktime_get_ns() >= end_ns;
}

/* Some lower the flag with the write, and start then. */
static int wait_for_tick(struct rtc_chip *chip, u8 second)
{
	s64 end_ns = start_end_ns();
	bool is_void;
	u8 now;
	int ret;

	while (!is_over(end_ns)) {
		msleep(POLL_MS);
		ret = look(chip, &is_void, &now);
		if (ret || now != second)
			return ret;
	}
	return 0;
}

/**
 * rtc_chip_start() - let an oscillator that stood still start
 * @chip: the chip
 * @rtc_s: any time that it counts, s since 1970
 * @is_touched: set if the old time is gone
 *
 * A crystal takes up to a second or more to start, by which the time would be wrong,
 * and until then some chips keep the flag up that says so. So it is set once, and
 * waited for, before it is set in earnest. One that does not start shows itself later.
 *
 * Context: sleeps, for some seconds if it has to; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_start(struct rtc_chip *chip, time64_t rtc_s, bool *is_touched)
{
	u8 regs[RTC_CHIP_BYTES];
	u8 old[RTC_CHIP_BYTES];
	s64 end_ns = start_end_ns();
	struct rtc_time tm;
	bool is_void;
	u8 second;
	int ret;

	ret = look(chip, &is_void, &second);
	if (ret || !is_void)
		return ret;
	ret = rtc_chip_read_burst(chip, chip->desc->time.reg, old, sizeof(old));
	if (ret)
		return ret;
	rtc_time64_to_tm(rtc_s, &tm);
	ret = rtc_chip_encode(chip->desc, &tm, old, regs);
	if (ret)
		return ret;
	/* It is no time until it is set in earnest. */
	regs[chip->desc->time.year_at] = RTC_CHIP_VOID_YEAR;
	*is_touched = true;
	ret = rtc_chip_make_void(chip);
	while (!ret && is_void && !is_over(end_ns)) {
		ret = rtc_chip_write_digits(chip, regs);
		if (ret)
			break;
		msleep(POLL_MS);
		ret = look(chip, &is_void, &second);
	}
	return ret ?: wait_for_tick(chip, second);
}
