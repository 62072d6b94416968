/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be known of an RTC chip's time and alarm: where its bytes and flags are.
 * A structure whose mask or size is 0 says: this chip has no such thing.
 */
#ifndef RTC_CHIP_CALENDAR_H
#define RTC_CHIP_CALENDAR_H

#include <linux/time64.h>
#include <linux/types.h>

/* In the place of an offset: this chip has no such byte. */
#define RTC_CHIP_NONE		0xff

#define RTC_CHIP_WRITABLE	2
#define RTC_CHIP_ALARM_BYTES	7
#define RTC_CHIP_MATCHES	2

/**
 * enum rtc_chip_byte - where the bytes lie that do so on all chips
 * @RTC_CHIP_SECOND: seconds, BCD
 * @RTC_CHIP_MINUTE: minutes, BCD
 * @RTC_CHIP_HOUR: hours, BCD, perhaps with the bits that choose 12 or 24 hours
 * @RTC_CHIP_BYTES: number of bytes of the time
 *
 * Counted from &rtc_chip_calendar.reg. The other four are days of the week and
 * of the month, months and years, which chips have in several orders.
 */
enum rtc_chip_byte {
	RTC_CHIP_SECOND = 0,
	RTC_CHIP_MINUTE = 1,
	RTC_CHIP_HOUR = 2,
	RTC_CHIP_BYTES = 7,
};

/**
 * struct rtc_chip_bits - bits of a register and what they are to be
 * @reg: number of the register
 * @mask: the bits; 0: there are none
 * @value: what @mask cuts out of the register then
 */
struct rtc_chip_bits {
	u8 reg;
	u8 mask;
	u8 value;
};

/**
 * struct rtc_chip_calendar - the seven bytes of the time
 * @reg: number of the first register of the time, the seconds
 * @wday_at: offset of the day of the week from @reg
 * @mday_at: offset of the day of the month, BCD from 1
 * @month_at: offset of the month, BCD from 1
 * @year_at: offset of the year of the century, BCD
 * @wday_of_sunday: number written for a Sunday; Saturday has 6 more. It is not
 *	used on reading, where the date is enough
 * @wday_is_bit: the day of the week is written as BIT(number), one of seven
 * @has_fraction: the register before @reg holds a fraction of the second, and is
 *	written as 0 in the same transfer
 * @is_torn: the chip does not hold its time still while it is read: what was read
 *	at the end of a minute is read again
 * @hour_12_mask: bit of the hours that says that they count 1..12; read, and
 *	always written as 0; 0: none in that byte
 * @hour_pm_mask: bit of the hours for the afternoon, if @hour_12_mask is set
 * @century_at: offset of the byte with the century, the months or the hours
 * @century_mask: bits that count centuries from 2000 on; 0: none
 * @century_on: bits of the same byte that are written as 1. With @century_mask:
 *	they make it count, and if they are 0 it is 20yy. Without it: they say 20yy,
 *	and if they are 0 the time is void
 * @ignore: bits of each byte that say nothing about the time
 * @keep: bits of each byte that say nothing about the time, and that a write
 *	leaves as they are
 * @range_min: first time it counts rightly, s since 1970
 * @range_max: last time it counts rightly, s since 1970
 */
struct rtc_chip_calendar {
	u8 reg;
	u8 wday_at;
	u8 mday_at;
	u8 month_at;
	u8 year_at;
	u8 wday_of_sunday;
	bool wday_is_bit;
	bool has_fraction;
	bool is_torn;
	u8 hour_12_mask;
	u8 hour_pm_mask;
	u8 century_at;
	u8 century_mask;
	u8 century_on;
	u8 ignore[RTC_CHIP_BYTES];
	u8 keep[RTC_CHIP_BYTES];
	time64_t range_min;
	time64_t range_max;
};

/**
 * enum rtc_chip_flag_kind - what a raised flag means for the time
 * @RTC_CHIP_FLAG_NONE: there is no flag
 * @RTC_CHIP_FLAG_HALTED: it is not counted, or in a way that the driver does not
 *	read: the time is void. Lowered with the write of the time
 * @RTC_CHIP_FLAG_VOID: it was not counted for a while since this was lowered: the
 *	time is void. Lowered last of all
 * @RTC_CHIP_FLAG_BATTERY: it will not be counted on the battery: the time is good
 *	until then. Lowered when the time is set
 * @RTC_CHIP_FLAG_NOTICE: good to know, by RTC_VL_READ. Lowered by RTC_VL_CLR
 */
enum rtc_chip_flag_kind {
	RTC_CHIP_FLAG_NONE,
	RTC_CHIP_FLAG_HALTED,
	RTC_CHIP_FLAG_VOID,
	RTC_CHIP_FLAG_BATTERY,
	RTC_CHIP_FLAG_NOTICE,
};

/**
 * struct rtc_chip_flag - bits that say that something is wrong
 * @kind: what follows from it
 * @reg: number of the register it is in; may be one of the time
 * @mask: the bits
 * @raised: what @mask cuts out when something is wrong
 * @vl: what RTC_VL_READ says then, RTC_VL_...; void time is RTC_VL_DATA_INVALID
 *	also without it
 */
struct rtc_chip_flag {
	u8 kind;
	u8 reg;
	u8 mask;
	u8 raised;
	u8 vl;
};

/**
 * struct rtc_chip_sticky - bits that writing 1 leaves as they are
 * @reg: number of the register
 * @mask: the bits; a 0 lowers each
 *
 * Whoever changes others of this register writes 1 to these: one that the chip
 * raises meanwhile is not lost.
 */
struct rtc_chip_sticky {
	u8 reg;
	u8 mask;
};

/**
 * struct rtc_chip_unused - bits that have to be written as 0, whatever they read,
 *	unless it is they that are to be changed
 * @reg: number of the register
 * @mask: the bits
 */
struct rtc_chip_unused {
	u8 reg;
	u8 mask;
};

/**
 * struct rtc_chip_set - how the time is written
 * @writable: what makes the time's registers take what is written; left so
 * @hold: what holds the second back until it is undone, when all is written;
 *	mask 0: the write of the seconds begins a second
 * @first_tick_ns: from the end of @hold (of the byte on the bus that ends it), or
 *	of the byte of the seconds, to the tick of the next second, ns
 */
struct rtc_chip_set {
	struct rtc_chip_bits writable[RTC_CHIP_WRITABLE];
	struct rtc_chip_bits hold;
	u32 first_tick_ns;
};

/**
 * struct rtc_chip_alarm - the alarm that can be set to the furthest time
 * @reg: number of its first register
 * @bytes: number of its registers; 0: the chip has no alarm
 * @sec_at: offset of the seconds from @reg; %RTC_CHIP_NONE: whole minutes only
 * @min_at: offset of the minutes
 * @hour_at: offset of the hours
 * @wday_at: offset of a day of the week that has to match too, coded as in the
 *	time; or %RTC_CHIP_NONE
 * @mday_at: offset of the day of the month
 * @month_at: offset of the month; %RTC_CHIP_NONE: within a month only
 * @fill: what is written beside the fields: bits that choose what has to match
 * @keep: bits among these registers that a write of the alarm leaves as they are
 * @ignore_mask: bit of a field that says that it need not match, if 1
 * @match: more of what chooses that the fields above have to match, and no others
 * @on: what makes the chip raise the flag and pull the pin, and keeps all else off the
 *	pin
 * @on_mask: those bits of @on that forbid it when 0
 * @flag: the alarm's flag: raised, @value, after a match
 * @flag_is_read: reading the flag's register lowers it, writing does not
 */
struct rtc_chip_alarm {
	u8 reg;
	u8 bytes;
	u8 sec_at;
	u8 min_at;
	u8 hour_at;
	u8 wday_at;
	u8 mday_at;
	u8 month_at;
	u8 fill[RTC_CHIP_ALARM_BYTES];
	u8 keep[RTC_CHIP_ALARM_BYTES];
	u8 ignore_mask;
	struct rtc_chip_bits match[RTC_CHIP_MATCHES];
	struct rtc_chip_bits on;
	u8 on_mask;
	struct rtc_chip_bits flag;
	bool flag_is_read;
};

#endif /* RTC_CHIP_CALENDAR_H */
