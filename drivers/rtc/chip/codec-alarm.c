// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: registers of an alarm <-> its time; alarm.c calls this.
 */
#include <linux/bcd.h>
#include <linux/errno.h>
#include <linux/rtc.h>

#include "codec.h"

/* In struct rtc_time: this field does not count. */
#define ANY	(-1)

/**
 * rtc_chip_has_alarm() - has the chip got one?
 * @desc: the chip
 *
 * Return: whether it has.
 */
bool rtc_chip_has_alarm(const struct rtc_chip_desc *desc)
{
	return desc->alarm.bytes;
}

static void put(u8 *regs, u8 at, u8 byte)
{
	if (at != RTC_CHIP_NONE)
		regs[at] |= byte;
}

/* An hour is compared bit by bit, so it has to be written as the time's is. */
static u8 encode_hour(const struct rtc_chip_calendar *time, int hour, u8 like_hour)
{
	if (!(like_hour & time->hour_12_mask))
		return bin2bcd(hour);
	return bin2bcd((hour + 11) % 12 + 1) | time->hour_12_mask |
	       (hour >= 12 ? time->hour_pm_mask : 0);
}

/**
 * rtc_chip_alarm_encode() - the registers for an alarm
 * @desc: the chip, which has one
 * @tm: when, with the right day of the week
 * @like_hour: the hours register of the time, which may be in 12-hour mode
 * @old: what is in them now, for the bits to be kept
 * @regs: set to the &rtc_chip_alarm.bytes to write
 */
void rtc_chip_alarm_encode(const struct rtc_chip_desc *desc,
			   const struct rtc_time *tm, u8 like_hour,
			   const u8 *old, u8 *regs)
{
	const struct rtc_chip_alarm *alarm = &desc->alarm;
	int i;

	for (i = 0; i < alarm->bytes; i++)
		regs[i] = alarm->fill[i] | (old[i] & alarm->keep[i]);
	put(regs, alarm->sec_at, bin2bcd(tm->tm_sec));
	put(regs, alarm->min_at, bin2bcd(tm->tm_min));
	put(regs, alarm->hour_at, encode_hour(&desc->time, tm->tm_hour, like_hour));
	put(regs, alarm->wday_at, rtc_chip_encode_wday(&desc->time, tm->tm_wday));
	put(regs, alarm->mday_at, bin2bcd(tm->tm_mday));
	put(regs, alarm->month_at, bin2bcd(tm->tm_mon + 1));
}

/* ANY if it need not match; -EINVAL if it is none. */
static int take(const struct rtc_chip_desc *desc, const u8 *regs, u8 at)
{
	const struct rtc_chip_alarm *alarm = &desc->alarm;
	u8 byte;

	if (at == RTC_CHIP_NONE || regs[at] & alarm->ignore_mask)
		return ANY;
	byte = regs[at] & ~(alarm->fill[at] | alarm->keep[at]);
	if (at == alarm->hour_at)
		return rtc_chip_decode_hour(&desc->time, byte);
	return rtc_chip_decode_bcd(byte);
}

/**
 * rtc_chip_alarm_decode() - what alarm is in the registers?
 * @desc: the chip, which has one
 * @regs: its &rtc_chip_alarm.bytes
 * @tm: set to when; what need not match is -1, as is the year
 *
 * Return: 0, or -EINVAL if a digit is none: whatever is in there was not
 * written as an alarm.
 */
int rtc_chip_alarm_decode(const struct rtc_chip_desc *desc, const u8 *regs,
			  struct rtc_time *tm)
{
	const struct rtc_chip_alarm *alarm = &desc->alarm;
	struct rtc_time read = {
		.tm_sec = take(desc, regs, alarm->sec_at),
		.tm_min = take(desc, regs, alarm->min_at),
		.tm_hour = take(desc, regs, alarm->hour_at),
		.tm_mday = take(desc, regs, alarm->mday_at),
		.tm_mon = take(desc, regs, alarm->month_at),
		.tm_year = ANY,
		.tm_wday = ANY,
		.tm_yday = ANY,
	};

	if (alarm->sec_at == RTC_CHIP_NONE)
		read.tm_sec = 0;
	if (read.tm_sec == -EINVAL || read.tm_min == -EINVAL ||
	    read.tm_hour == -EINVAL || read.tm_mday == -EINVAL ||
	    read.tm_mon == -EINVAL || !read.tm_mon)
		return -EINVAL;
	if (read.tm_mon > 0)
		read.tm_mon--;
	if (read.tm_sec > 59 || read.tm_min > 59 || read.tm_hour > 23 ||
	    !read.tm_mday || read.tm_mday > 31 || read.tm_mon > 11)
		return -EINVAL;
	*tm = read;
	return 0;
}

/**
 * rtc_chip_alarm_reach_s() - how far ahead can it be set?
 * @desc: the chip, which has one
 *
 * It has no year, and on some chips no month: one further ahead would come a year, or a
 * month, too soon.
 *
 * Return: s; less than the shortest month, or year.
 */
u32 rtc_chip_alarm_reach_s(const struct rtc_chip_desc *desc)
{
	u32 days = desc->alarm.month_at == RTC_CHIP_NONE ? 27 : 364;

	return days * 86400;
}
