/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: registers of a chip <-> date and time.
 */
#ifndef RTC_CHIP_CODEC_H
#define RTC_CHIP_CODEC_H

#include <linux/types.h>

#include "chip.h"

struct rtc_time;

/*
 * Written to the year to make the time void: no BCD, so never a year. Whatever
 * reckons with it nevertheless finds a leap year near the present.
 */
#define RTC_CHIP_VOID_YEAR	0x1a

bool rtc_chip_flag_is_in_time(const struct rtc_chip_desc *desc,
			      const struct rtc_chip_flag *flag);
bool rtc_chip_flag_is_raised(const struct rtc_chip_flag *flag, u8 value);
u8 rtc_chip_flag_lower(const struct rtc_chip_flag *flag, u8 value);
int rtc_chip_decode(const struct rtc_chip_desc *desc, const u8 *regs,
		    struct rtc_time *tm);
int rtc_chip_decode_second(const struct rtc_chip_desc *desc, u8 reg);
int rtc_chip_encode(const struct rtc_chip_desc *desc,
		    const struct rtc_time *tm, u8 *regs);

#endif /* RTC_CHIP_CODEC_H */
