/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: registers of a chip <-> date and time, alarm, trim.
 */
#ifndef RTC_CHIP_CODEC_H
#define RTC_CHIP_CODEC_H

#include <linux/types.h>

#include "chip.h"

struct rtc_time;

/*
 * Written to the year to make the time void: no BCD, so no year, until the chip counts
 * on at the end of it. Whatever reckons with it nevertheless finds a leap year near the
 * present.
 */
#define RTC_CHIP_VOID_YEAR	0x1a

/**
 * rtc_chip_unit_of() - what 1 is worth in the field of a mask
 * @mask: the bits of the field
 *
 * Return: the lowest of them.
 */
static inline u8 rtc_chip_unit_of(u8 mask)
{
	return mask & -mask;
}

/* codec.c */
bool rtc_chip_is_in_time(const struct rtc_chip_desc *desc, u8 reg);
bool rtc_chip_flag_is_raised(const struct rtc_chip_flag *flag, u8 value);
bool rtc_chip_flag_is_void(const struct rtc_chip_flag *flag);
bool rtc_chip_keeps_bits(const struct rtc_chip_desc *desc);
int rtc_chip_decode_bcd(u8 byte);
int rtc_chip_decode_hour(const struct rtc_chip_calendar *time, u8 byte);
int rtc_chip_decode_digits(const struct rtc_chip_desc *desc, const u8 *regs,
			   struct rtc_time *tm);
int rtc_chip_decode(const struct rtc_chip_desc *desc, const u8 *regs,
		    struct rtc_time *tm);
bool rtc_chip_is_void(const struct rtc_chip_desc *desc, const u8 *regs);
int rtc_chip_decode_second(const struct rtc_chip_desc *desc, u8 reg);
int rtc_chip_encode(const struct rtc_chip_desc *desc,
		    const struct rtc_time *tm, const u8 *old, u8 *regs);
u8 rtc_chip_encode_wday(const struct rtc_chip_calendar *time, int wday);
int rtc_chip_decode_wday(const struct rtc_chip_calendar *time, u8 byte);

/* codec-alarm.c */
bool rtc_chip_has_alarm(const struct rtc_chip_desc *desc);
void rtc_chip_alarm_encode(const struct rtc_chip_desc *desc,
			   const struct rtc_time *tm, u8 like_hour,
			   const u8 *old, u8 *regs);
int rtc_chip_alarm_decode(const struct rtc_chip_desc *desc, const u8 *regs,
			  struct rtc_time *tm);
u32 rtc_chip_alarm_reach_s(const struct rtc_chip_desc *desc);

/* codec-trim.c */
int rtc_chip_trim_steps(const struct rtc_chip_trim *trim, s32 ppb);
s32 rtc_chip_trim_ppb(const struct rtc_chip_trim *trim, int steps);
u8 rtc_chip_trim_encode(const struct rtc_chip_trim *trim, int steps, u8 *lsb);
int rtc_chip_trim_decode(const struct rtc_chip_trim *trim, u8 value, u8 lsb);

#endif /* RTC_CHIP_CODEC_H */
