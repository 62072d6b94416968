// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: registers of a chip <-> date and time; main.c calls this.
 *
 * Strict: a battery that ran low, a bus with a bad contact or another program
 * can leave anything in the registers, and a wrong date that passes sets the
 * system clock.
 */
#include <linux/bcd.h>
#include <linux/errno.h>
#include <linux/rtc.h>
#include <linux/string.h>

#include "codec.h"

/* struct rtc_time counts years from 1900, the chips from 2000. */
#define YEAR_2000	100

/**
 * rtc_chip_flag_is_in_time() - does one burst read the flag with the time?
 * @desc: the chip
 * @flag: one of its flags
 *
 * Return: false also if the chip has no such flag.
 */
bool rtc_chip_flag_is_in_time(const struct rtc_chip_desc *desc,
			      const struct rtc_chip_flag *flag)
{
	return flag->mask && flag->reg >= desc->time_reg &&
	       flag->reg < desc->time_reg + RTC_CHIP_BYTES;
}

/**
 * rtc_chip_flag_is_raised() - does it say that something is wrong?
 * @flag: a flag of a chip
 * @value: of the register @flag->reg
 *
 * Return: false also if the chip has no such flag.
 */
bool rtc_chip_flag_is_raised(const struct rtc_chip_flag *flag, u8 value)
{
	return flag->mask && (value & flag->mask) == flag->raised;
}

/**
 * rtc_chip_flag_lower() - say that all is well
 * @flag: a flag of a chip
 * @value: of the register @flag->reg
 *
 * Return: @value with the flag lowered and its other bits as they were.
 */
u8 rtc_chip_flag_lower(const struct rtc_chip_flag *flag, u8 value)
{
	return (value & ~flag->mask) | (flag->mask ^ flag->raised);
}

/* Is it raised? Also take it off the byte it shares with the time. */
static bool take_flag(const struct rtc_chip_desc *desc,
		      const struct rtc_chip_flag *flag, u8 *bytes)
{
	bool is_raised;
	u8 *byte;

	if (!rtc_chip_flag_is_in_time(desc, flag))
		return false;
	byte = &bytes[flag->reg - desc->time_reg];
	is_raised = rtc_chip_flag_is_raised(flag, *byte);
	*byte &= ~flag->mask;
	return is_raised;
}

static void put_flag(const struct rtc_chip_desc *desc,
		     const struct rtc_chip_flag *flag, u8 *bytes)
{
	u8 *byte;

	if (!rtc_chip_flag_is_in_time(desc, flag))
		return;
	byte = &bytes[flag->reg - desc->time_reg];
	*byte = rtc_chip_flag_lower(flag, *byte);
}

/* 0..99, or -EINVAL if a nibble is no digit. */
static int decode_bcd(u8 byte)
{
	if ((byte & 0x0f) > 9 || byte >> 4 > 9)
		return -EINVAL;
	return bcd2bin(byte);
}

/* In 12-hour mode 12 comes before 1, in the morning and in the afternoon. */
static int decode_hour(const struct rtc_chip_desc *desc, u8 byte)
{
	int hour;

	if (!(byte & desc->hour_12_mask))
		return decode_bcd(byte);
	hour = decode_bcd(byte & ~(desc->hour_12_mask | desc->hour_pm_mask));
	if (hour < 1 || hour > 12)
		return -EINVAL;
	return hour % 12 + (byte & desc->hour_pm_mask ? 12 : 0);
}

/*
 * Can the chip count to it, and is there such a time at all? A date that does
 * not exist comes back as another one. Completes @tm with the days of the week
 * and of the year.
 */
static int check_time(const struct rtc_chip_desc *desc, struct rtc_time *tm)
{
	time64_t rtc_s = rtc_tm_to_time64(tm);
	struct rtc_time real;

	if (rtc_s < desc->range_min || rtc_s > desc->range_max)
		return -ERANGE;
	rtc_time64_to_tm(rtc_s, &real);
	if (real.tm_sec != tm->tm_sec || real.tm_min != tm->tm_min ||
	    real.tm_hour != tm->tm_hour || real.tm_mday != tm->tm_mday ||
	    real.tm_mon != tm->tm_mon || real.tm_year != tm->tm_year)
		return -EINVAL;
	*tm = real;
	return 0;
}

/**
 * rtc_chip_decode() - what time is in the registers?
 * @desc: the chip
 * @regs: the %RTC_CHIP_BYTES of its time, read in one burst
 * @tm: set to the time, with the right day of the week, if there is one
 *
 * Flags that are not in these registers are the caller's affair.
 *
 * Return: 0, or -EINVAL if the chip halts, a digit is none, the date or time
 * does not exist, or the chip can't count to it.
 */
int rtc_chip_decode(const struct rtc_chip_desc *desc, const u8 *regs,
		    struct rtc_time *tm)
{
	struct rtc_time read = {};
	u8 bytes[RTC_CHIP_BYTES];
	int month;
	int year;

	memcpy(bytes, regs, sizeof(bytes));
	if (take_flag(desc, &desc->halt, bytes) ||
	    take_flag(desc, &desc->stopped, bytes))
		return -EINVAL;
	read.tm_sec = decode_bcd(bytes[RTC_CHIP_SECOND]);
	read.tm_min = decode_bcd(bytes[RTC_CHIP_MINUTE]);
	read.tm_hour = decode_hour(desc, bytes[RTC_CHIP_HOUR]);
	read.tm_mday = decode_bcd(bytes[desc->mday_at]);
	month = decode_bcd(bytes[RTC_CHIP_MONTH] & ~desc->century_mask);
	year = decode_bcd(bytes[RTC_CHIP_YEAR]);
	if (read.tm_sec < 0 || read.tm_min < 0 || read.tm_hour < 0 ||
	    read.tm_mday < 0 || month < 1 || year < 0)
		return -EINVAL;
	if (bytes[RTC_CHIP_MONTH] & desc->century_mask)
		year += 100;
	read.tm_mon = month - 1;
	read.tm_year = YEAR_2000 + year;
	if (check_time(desc, &read))
		return -EINVAL;
	*tm = read;
	return 0;
}

/**
 * rtc_chip_decode_second() - what second of the minute is in the register?
 * @desc: the chip
 * @reg: its seconds register
 *
 * Return: 0..59, or -EINVAL if the chip halts or it is no second.
 */
int rtc_chip_decode_second(const struct rtc_chip_desc *desc, u8 reg)
{
	u8 bytes[RTC_CHIP_BYTES] = { [RTC_CHIP_SECOND] = reg };
	int second;

	if (desc->halt.reg == desc->time_reg &&
	    take_flag(desc, &desc->halt, bytes))
		return -EINVAL;
	if (desc->stopped.reg == desc->time_reg &&
	    take_flag(desc, &desc->stopped, bytes))
		return -EINVAL;
	second = decode_bcd(bytes[RTC_CHIP_SECOND]);
	return second > 59 ? -EINVAL : second;
}

/**
 * rtc_chip_encode() - the registers for a time
 * @desc: the chip
 * @tm: the time; its day of the week does not matter
 * @regs: set to the %RTC_CHIP_BYTES to write, in 24-hour mode and with the
 *	flags among them lowered
 *
 * Return: 0, -EINVAL if there is no such time, -ERANGE if the chip can't count
 * to it.
 */
int rtc_chip_encode(const struct rtc_chip_desc *desc,
		    const struct rtc_time *tm, u8 *regs)
{
	struct rtc_time real = *tm;
	int year;
	int ret;

	ret = check_time(desc, &real);
	if (ret)
		return ret;
	year = real.tm_year - YEAR_2000;
	regs[RTC_CHIP_SECOND] = bin2bcd(real.tm_sec);
	regs[RTC_CHIP_MINUTE] = bin2bcd(real.tm_min);
	regs[RTC_CHIP_HOUR] = bin2bcd(real.tm_hour);
	regs[desc->wday_at] = (u8)(desc->wday_of_sunday + real.tm_wday);
	regs[desc->mday_at] = bin2bcd(real.tm_mday);
	regs[RTC_CHIP_MONTH] = bin2bcd(real.tm_mon + 1);
	regs[RTC_CHIP_YEAR] = bin2bcd(year % 100);
	if (year >= 100)
		regs[RTC_CHIP_MONTH] |= desc->century_mask;
	put_flag(desc, &desc->halt, regs);
	put_flag(desc, &desc->stopped, regs);
	return 0;
}
