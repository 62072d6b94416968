// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the chips, one row each; main.c matches devices to rows.
 *
 * Sources, all by Maxim (Dallas); pages are those of the data sheets:
 *   DS1307  p. 1, p. 8 "Clock and Calendar" with the register table, p. 9
 *           "Control Register": the registers update when the 1 Hz wave falls
 *   DS1338  p. 1, p. 10 "Clock and Calendar" with the register table: the wave
 *           rises half a second after a write of the seconds
 *   DS3231  19-5170, p. 11 and 12 "Clock and Calendar" with the register table:
 *           likewise
 * From sister parts, for lack of that page of the part's own:
 *   DS1338's OSF as on the DS1308 (p. 11) and the IDT1338 (p. 7)
 *   DS3231's OSF as on the DS3232 (p. 14), EOSC as on the DS3231M (p. 13)
 *   DS3231's leap years as on the DS1307 and the DS1338
 */
#include <linux/bits.h>
#include <linux/rtc.h>

#include "chip.h"

#define DS13XX_SECONDS		0x00
#define DS13XX_SECONDS_CH	BIT(7)
#define DS13XX_HOURS_12		BIT(6)
#define DS13XX_HOURS_PM		BIT(5)
#define DS13XX_CONTROL		0x07
#define DS13XX_CONTROL_SQWE	BIT(4)
#define DS13XX_CONTROL_RS	(BIT(1) | BIT(0))
#define DS1338_CONTROL_OSF	BIT(5)
#define DS3231_MONTH_CENTURY	BIT(7)
#define DS3231_CONTROL		0x0e
#define DS3231_CONTROL_EOSC	BIT(7)
#define DS3231_CONTROL_RS	(BIT(4) | BIT(3))
#define DS3231_CONTROL_INTCN	BIT(2)
#define DS3231_STATUS		0x0f
#define DS3231_STATUS_OSF	BIT(7)

/*
 * Leap years are right "up to 2100", which is none, but which a chip that looks
 * at two digits takes for one. So the calendar holds until 2100-02-28T23:59:59,
 * and what a chip with a century shows after that may be a day late.
 */
#define DS3231_RANGE_MAX	4107542399LL

/*
 * The day of the week is any sequence of 1..7; 1 for Sunday is what mainline's
 * rtc-ds1307 writes, so that both drivers agree.
 */
#define DS13XX_CALENDAR				\
	.time_reg = DS13XX_SECONDS,		\
	.wday_at = 3,				\
	.mday_at = 4,				\
	.wday_of_sunday = 1,			\
	.hour_12_mask = DS13XX_HOURS_12,	\
	.hour_pm_mask = DS13XX_HOURS_PM,	\
	.range_min = RTC_TIMESTAMP_BEGIN_2000

/*
 * A write of the seconds restarts the divider, so the next second comes a whole
 * one later. A read shows what was the time at the last START:
 *
 *   S addr reg Sr addr data... P
 *              ^ latch
 */
#define DS13XX_TIMING						\
	.first_tick_ns = 1000000000,				\
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },	\
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 }

/* Rates of 0 are 1 Hz. */
#define DS13XX_WAVE							\
	.wave = {							\
		.reg = DS13XX_CONTROL,					\
		.mask = DS13XX_CONTROL_SQWE | DS13XX_CONTROL_RS,	\
		.value = DS13XX_CONTROL_SQWE,				\
	}

const struct rtc_chip_desc rtc_chip_ds1307 = {
	.name = "DS1307",
	DS13XX_CALENDAR,
	.range_max = RTC_TIMESTAMP_END_2099,
	.halt = {
		.reg = DS13XX_SECONDS,
		.mask = DS13XX_SECONDS_CH,
		.raised = DS13XX_SECONDS_CH,
	},
	DS13XX_WAVE,
	DS13XX_TIMING,
};

const struct rtc_chip_desc rtc_chip_ds1338 = {
	.name = "DS1338",
	DS13XX_CALENDAR,
	.range_max = RTC_TIMESTAMP_END_2099,
	.halt = {
		.reg = DS13XX_SECONDS,
		.mask = DS13XX_SECONDS_CH,
		.raised = DS13XX_SECONDS_CH,
	},
	.stopped = {
		.reg = DS13XX_CONTROL,
		.mask = DS1338_CONTROL_OSF,
		.raised = DS1338_CONTROL_OSF,
	},
	DS13XX_WAVE,
	DS13XX_TIMING,
};

/*
 * The chip toggles the century when the year goes from 99 to 00. Firmware that
 * means 20yy by a century of 1 exists; the range refuses what it has written.
 */
const struct rtc_chip_desc rtc_chip_ds3231 = {
	.name = "DS3231",
	DS13XX_CALENDAR,
	.century_mask = DS3231_MONTH_CENTURY,
	.range_max = DS3231_RANGE_MAX,
	.stopped = {
		.reg = DS3231_STATUS,
		.mask = DS3231_STATUS_OSF,
		.raised = DS3231_STATUS_OSF,
	},
	.battery_off = {
		.reg = DS3231_CONTROL,
		.mask = DS3231_CONTROL_EOSC,
		.raised = DS3231_CONTROL_EOSC,
	},
	.wave = {
		.reg = DS3231_CONTROL,
		.mask = DS3231_CONTROL_RS | DS3231_CONTROL_INTCN,
		.value = 0,
	},
	DS13XX_TIMING,
};
