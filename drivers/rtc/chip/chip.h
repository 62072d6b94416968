/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be known of an RTC chip: data only.
 *
 * Every difference between two chips is a field here, and every chip a row in
 * table.c. An "if" on the kind of chip anywhere else means that a field is
 * missing.
 */
#ifndef RTC_CHIP_H
#define RTC_CHIP_H

#include <linux/time64.h>
#include <linux/types.h>

#include "../rtc-sync.h"

/**
 * enum rtc_chip_byte - where the bytes lie that do so on all chips
 * @RTC_CHIP_SECOND: seconds, BCD
 * @RTC_CHIP_MINUTE: minutes, BCD
 * @RTC_CHIP_HOUR: hours, BCD, with the bits that choose 12 or 24 hours
 * @RTC_CHIP_MONTH: months from 1, BCD, with the century
 * @RTC_CHIP_YEAR: year of the century, BCD
 * @RTC_CHIP_BYTES: number of bytes of the time
 *
 * Counted from &rtc_chip_desc.time_reg. The two bytes left over are the days of
 * the week and of the month, which chips have in either order.
 */
enum rtc_chip_byte {
	RTC_CHIP_SECOND = 0,
	RTC_CHIP_MINUTE = 1,
	RTC_CHIP_HOUR = 2,
	RTC_CHIP_MONTH = 5,
	RTC_CHIP_YEAR = 6,
	RTC_CHIP_BYTES = 7,
};

/**
 * struct rtc_chip_flag - a bit that says that something is wrong
 * @reg: number of the register it is in; may be one of the time
 * @mask: the bit; 0: this chip has no such flag
 * @raised: what @mask cuts out when something is wrong: @mask, or 0 if the bit
 *	is 1 while all is well
 */
struct rtc_chip_flag {
	u8 reg;
	u8 mask;
	u8 raised;
};

/**
 * struct rtc_chip_wave - how to have a square wave of 1 Hz on a pin
 * @reg: number of the register that switches it on
 * @mask: the bits of it that matter
 * @value: what they have to be
 *
 * It falls when a second begins.
 */
struct rtc_chip_wave {
	u8 reg;
	u8 mask;
	u8 value;
};

/**
 * struct rtc_chip_desc - all that distinguishes one chip from the others
 * @name: of the part, for the log
 * @time_reg: number of the first register of the time, the seconds
 * @wday_at: offset of the day of the week from @time_reg
 * @mday_at: offset of the day of the month from @time_reg
 * @wday_of_sunday: number written for a Sunday; Saturday has 6 more. It is not
 *	used on reading, where the date is enough
 * @hour_12_mask: bit of the hours that says that they count 1..12; read, and
 *	always written as 0; 0: none
 * @hour_pm_mask: bit of the hours for the afternoon, if @hour_12_mask is set
 * @century_mask: bit of the months that says 21yy instead of 20yy; 0: none
 * @halt: the oscillator is switched off: the time is void and stands still;
 *	lowered with the write of the time
 * @stopped: the oscillator has stood still since this was lowered: the time is
 *	void; lowered last of all
 * @battery_off: the oscillator stops as soon as the chip lives on its battery;
 *	the time is good until then, so it is lowered when the time is set
 * @wave: switches the square wave on
 * @range_min: first time it counts rightly, s since 1970
 * @range_max: last time it counts rightly, s since 1970
 * @first_tick_ns: from the write of the seconds to the next second, ns
 * @wire: the shape of each kind of reading on the bus, for the engine
 */
struct rtc_chip_desc {
	const char *name;
	u8 time_reg;
	u8 wday_at;
	u8 mday_at;
	u8 wday_of_sunday;
	u8 hour_12_mask;
	u8 hour_pm_mask;
	u8 century_mask;
	struct rtc_chip_flag halt;
	struct rtc_chip_flag stopped;
	struct rtc_chip_flag battery_off;
	struct rtc_chip_wave wave;
	time64_t range_min;
	time64_t range_max;
	u32 first_tick_ns;
	struct rtc_sync_wire wire[RTC_SYNC_READ_KINDS];
};

extern const struct rtc_chip_desc rtc_chip_ds1307;
extern const struct rtc_chip_desc rtc_chip_ds1338;
extern const struct rtc_chip_desc rtc_chip_ds3231;

#endif /* RTC_CHIP_H */
