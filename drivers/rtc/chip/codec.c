// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: registers of a chip <-> date and time; time.c, write.c and set.c call this.
 *
 * Strict: a battery that ran low, a bus with a bad contact or another program
 * can leave anything in the registers, and a wrong date that passes sets the
 * system clock.
 */
#include <linux/bcd.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/rtc.h>
#include <linux/string.h>

#include "codec.h"

/* struct rtc_time counts years from 1900, the chips from 2000. */
#define YEAR_2000	100

/**
 * rtc_chip_is_in_time() - does one burst read the register with the time?
 * @desc: the chip
 * @reg: number of the register
 *
 * Return: whether it is one of the seven of the time.
 */
bool rtc_chip_is_in_time(const struct rtc_chip_desc *desc, u8 reg)
{
	return reg >= desc->time.reg && reg < desc->time.reg + RTC_CHIP_BYTES;
}

/**
 * rtc_chip_flag_is_raised() - does it say that something is wrong?
 * @flag: a flag of a chip
 * @value: of the register @flag->reg
 *
 * Return: whether it does.
 */
bool rtc_chip_flag_is_raised(const struct rtc_chip_flag *flag, u8 value)
{
	return flag->kind && (value & flag->mask) == flag->raised;
}

/**
 * rtc_chip_flag_is_void() - is the time void when it is raised?
 * @flag: a flag of a chip
 *
 * Return: whether it is.
 */
bool rtc_chip_flag_is_void(const struct rtc_chip_flag *flag)
{
	return flag->kind == RTC_CHIP_FLAG_HALTED ||
	       flag->kind == RTC_CHIP_FLAG_VOID;
}

/**
 * rtc_chip_keeps_bits() - do the bytes of the time hold bits that are not its own?
 * @desc: the chip
 *
 * Return: whether a write has to be preceded by a read, because of them.
 */
bool rtc_chip_keeps_bits(const struct rtc_chip_desc *desc)
{
	static const u8 none[RTC_CHIP_BYTES];

	return memcmp(desc->time.keep, none, sizeof(none));
}

/* The flags among the bytes of the time: is one raised that makes it void? */
static bool are_void(const struct rtc_chip_desc *desc, const u8 *bytes,
		     int count)
{
	const struct rtc_chip_flag *flag;

	for (flag = desc->flags; flag < desc->flags + RTC_CHIP_FLAGS; flag++)
		if (rtc_chip_flag_is_void(flag) && flag->reg >= desc->time.reg &&
		    flag->reg < desc->time.reg + count &&
		    rtc_chip_flag_is_raised(flag, bytes[flag->reg - desc->time.reg]))
			return true;
	return false;
}

/* Leave nothing but digits, the century, and what tells 12 from 24 hours. */
static void strip(const struct rtc_chip_desc *desc, u8 *bytes, int count)
{
	const struct rtc_chip_flag *flag;
	int i;

	for (flag = desc->flags; flag < desc->flags + RTC_CHIP_FLAGS; flag++)
		if (flag->kind && flag->reg >= desc->time.reg &&
		    flag->reg < desc->time.reg + count)
			bytes[flag->reg - desc->time.reg] &= ~flag->mask;
	for (i = 0; i < count; i++)
		bytes[i] &= ~(desc->time.ignore[i] | desc->time.keep[i]);
}

static void put_flags(const struct rtc_chip_desc *desc, u8 *bytes)
{
	const struct rtc_chip_flag *flag;
	u8 *byte;

	for (flag = desc->flags; flag < desc->flags + RTC_CHIP_FLAGS; flag++) {
		if (!flag->kind || !rtc_chip_is_in_time(desc, flag->reg))
			continue;
		byte = &bytes[flag->reg - desc->time.reg];
		*byte = (*byte & ~flag->mask) | (flag->mask ^ flag->raised);
	}
}

/**
 * rtc_chip_decode_bcd() - what number are these two digits?
 * @byte: the digits
 *
 * Return: 0..99, or -EINVAL if one is no digit.
 */
int rtc_chip_decode_bcd(u8 byte)
{
	if ((byte & 0x0f) > 9 || byte >> 4 > 9)
		return -EINVAL;
	return bcd2bin(byte);
}

/**
 * rtc_chip_decode_hour() - what hour is it?
 * @time: the chip's calendar
 * @byte: of the hours, perhaps in 12-hour mode
 *
 * In 12-hour mode 12 comes before 1, in the morning and in the afternoon.
 *
 * Return: 0..23 (more if a 24-hour byte says so), or -EINVAL if it is none.
 */
int rtc_chip_decode_hour(const struct rtc_chip_calendar *time, u8 byte)
{
	int hour;

	if (!(byte & time->hour_12_mask))
		return rtc_chip_decode_bcd(byte);
	hour = rtc_chip_decode_bcd(byte & ~(time->hour_12_mask | time->hour_pm_mask));
	if (hour < 1 || hour > 12)
		return -EINVAL;
	return hour % 12 + (byte & time->hour_pm_mask ? 12 : 0);
}

/* Centuries from 2000 on, taken off their byte; -EINVAL if it is not 20yy. */
static int take_century(const struct rtc_chip_calendar *time, u8 *bytes)
{
	u8 *byte = &bytes[time->century_at];
	bool is_on = (*byte & time->century_on) == time->century_on;
	int century = 0;

	if (!is_on && !time->century_mask)
		return -EINVAL;
	if (is_on && time->century_mask)
		century = (*byte & time->century_mask) / rtc_chip_unit_of(time->century_mask);
	*byte &= ~(time->century_mask | time->century_on);
	return century;
}

/*
 * Can the chip count to it, and is there such a time at all? A date that does
 * not exist comes back as another one. Completes @tm with the days of the week
 * and of the year.
 */
static int check_time(const struct rtc_chip_calendar *time, struct rtc_time *tm)
{
	time64_t rtc_s = rtc_tm_to_time64(tm);
	struct rtc_time real;

	if (rtc_s < time->range_min || rtc_s > time->range_max)
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
 * rtc_chip_decode_digits() - what time is in the registers, void or not?
 * @desc: the chip
 * @regs: the %RTC_CHIP_BYTES of its time, read in one burst
 * @tm: set to the time, with the right day of the week, if there is one
 *
 * Return: 0, or -EINVAL if a digit is none, the date or time does not exist, or the
 * chip can't count to it.
 */
int rtc_chip_decode_digits(const struct rtc_chip_desc *desc, const u8 *regs,
			   struct rtc_time *tm)
{
	const struct rtc_chip_calendar *time = &desc->time;
	struct rtc_time read = {};
	u8 bytes[RTC_CHIP_BYTES];
	int century;
	int month;
	int year;

	memcpy(bytes, regs, sizeof(bytes));
	strip(desc, bytes, RTC_CHIP_BYTES);
	century = take_century(time, bytes);
	read.tm_sec = rtc_chip_decode_bcd(bytes[RTC_CHIP_SECOND]);
	read.tm_min = rtc_chip_decode_bcd(bytes[RTC_CHIP_MINUTE]);
	read.tm_hour = rtc_chip_decode_hour(time, bytes[RTC_CHIP_HOUR]);
	read.tm_mday = rtc_chip_decode_bcd(bytes[time->mday_at]);
	month = rtc_chip_decode_bcd(bytes[time->month_at]);
	year = rtc_chip_decode_bcd(bytes[time->year_at]);
	if (century < 0 || read.tm_sec < 0 || read.tm_min < 0 ||
	    read.tm_hour < 0 || read.tm_mday < 0 || month < 1 || year < 0)
		return -EINVAL;
	read.tm_mon = month - 1;
	read.tm_year = YEAR_2000 + 100 * century + year;
	if (check_time(time, &read))
		return -EINVAL;
	*tm = read;
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
 * Return: 0, or -EINVAL if a flag says that it is void, or as for
 * rtc_chip_decode_digits().
 */
int rtc_chip_decode(const struct rtc_chip_desc *desc, const u8 *regs,
		    struct rtc_time *tm)
{
	if (are_void(desc, regs, RTC_CHIP_BYTES))
		return -EINVAL;
	return rtc_chip_decode_digits(desc, regs, tm);
}

/**
 * rtc_chip_is_void() - does a flag among the bytes say that the time is void?
 * @desc: the chip
 * @regs: the %RTC_CHIP_BYTES of its time
 *
 * Return: whether one does.
 */
bool rtc_chip_is_void(const struct rtc_chip_desc *desc, const u8 *regs)
{
	return are_void(desc, regs, RTC_CHIP_BYTES);
}

/**
 * rtc_chip_decode_second() - what second of the minute is in the register?
 * @desc: the chip
 * @reg: its seconds register
 *
 * Return: 0..59, or -EINVAL if a flag says that the time is void or it is no
 * second.
 */
int rtc_chip_decode_second(const struct rtc_chip_desc *desc, u8 reg)
{
	int second;

	if (are_void(desc, &reg, 1))
		return -EINVAL;
	strip(desc, &reg, 1);
	second = rtc_chip_decode_bcd(reg);
	return second > 59 ? -EINVAL : second;
}

/**
 * rtc_chip_encode_wday() - the byte for a day of the week
 * @time: the chip's calendar
 * @wday: the day, 0 is Sunday
 *
 * Return: the byte.
 */
u8 rtc_chip_encode_wday(const struct rtc_chip_calendar *time, int wday)
{
	u8 number = (u8)(time->wday_of_sunday + wday);

	if (time->wday_is_bit)
		return (u8)BIT(number);
	return number;
}

/**
 * rtc_chip_decode_wday() - the day of the week, as the chip has it
 * @time: the chip's calendar
 * @byte: of the registers
 *
 * Return: the day, 0 is Sunday if the driver has set the time, 0..6; -EINVAL if it is
 * none.
 */
int rtc_chip_decode_wday(const struct rtc_chip_calendar *time, u8 byte)
{
	int wday;

	for (wday = 0; wday < 7; wday++)
		if ((byte & (time->wday_is_bit ? 0x7f : 0x07)) ==
		    rtc_chip_encode_wday(time, wday))
			return wday;
	return -EINVAL;
}

static void keep_bits(const struct rtc_chip_calendar *time, const u8 *old,
		      u8 *regs)
{
	int i;

	for (i = 0; i < RTC_CHIP_BYTES; i++)
		regs[i] |= old[i] & time->keep[i];
}

/**
 * rtc_chip_encode() - the registers for a time
 * @desc: the chip
 * @tm: the time; its day of the week does not matter
 * @old: what is in them now, for the bits to be kept; NULL if there are none
 * @regs: set to the %RTC_CHIP_BYTES to write, in 24-hour mode and with the
 *	flags among them lowered
 *
 * Return: 0, -EINVAL if there is no such time, -ERANGE if the chip can't count
 * to it.
 */
int rtc_chip_encode(const struct rtc_chip_desc *desc,
		    const struct rtc_time *tm, const u8 *old, u8 *regs)
{
	const struct rtc_chip_calendar *time = &desc->time;
	struct rtc_time real = *tm;
	int years;
	int ret;

	ret = check_time(time, &real);
	if (ret)
		return ret;
	years = real.tm_year - YEAR_2000;
	regs[RTC_CHIP_SECOND] = bin2bcd(real.tm_sec);
	regs[RTC_CHIP_MINUTE] = bin2bcd(real.tm_min);
	regs[RTC_CHIP_HOUR] = bin2bcd(real.tm_hour);
	regs[time->wday_at] = rtc_chip_encode_wday(time, real.tm_wday);
	regs[time->mday_at] = bin2bcd(real.tm_mday);
	regs[time->month_at] = bin2bcd(real.tm_mon + 1);
	regs[time->year_at] = bin2bcd(years % 100);
	regs[time->century_at] |= (u8)(time->century_on |
				       years / 100 * rtc_chip_unit_of(time->century_mask));
	if (old)
		keep_bits(time, old, regs);
	put_flags(desc, regs);
	return 0;
}
