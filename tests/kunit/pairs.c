// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the parts that mainline has a driver for, and how that differs
 * from ours. Whatever else differs fails, and so does a line that is not true any
 * more.
 *
 * Mainline is Linux 6.1, with CONFIG_RTC_DRV_DS1307_CENTURY.
 */
#include <linux/kernel.h>

#include "diff.h"

#define BEGIN_2001	978307200LL
#define BEGIN_2070	3155760000LL
#define BEGIN_2100	4102444800LL
#define BEGIN_2160	5995814400LL
#define END_2099	4102444799LL
#define END_2199	7258118399LL

/* 2100-02-28 23:59:59. Parts that look at two digits take 2100 for a leap year. */
#define LEAP_2100	4107542399LL

#define MAINLINE	BIT(BOARD_MAINLINE)
#define OURS		BIT(BOARD_OURS)
#define BOTH		(MAINLINE | OURS)

#define TIME_READ	(BIT(DIFF_TIME_READ) | BIT(DIFF_TIME_ROLLED))
#define TIME_ROLLED	BIT(DIFF_TIME_ROLLED)
#define TIME_REFUSED	BIT(DIFF_TIME_REFUSED)
#define ALARM_READ	BIT(DIFF_ALARM_READ)
#define ALARM_ENABLED	BIT(DIFF_ALARM_ENABLED)
#define ALARM_PENDING	BIT(DIFF_ALARM_PENDING)
#define ALARM_REFUSED	BIT(DIFF_ALARM_REFUSED)
#define ALARM_EARLY	BIT(DIFF_ALARM_EARLY)
#define OFFSET_READ	BIT(DIFF_OFFSET_READ)
#define OFFSET_FAR	BIT(DIFF_OFFSET_FAR)
#define OFFSET_REFUSED	BIT(DIFF_OFFSET_REFUSED)

/* The distance of an alarm, s: longer than any month, longer than any year */
#define A_MONTH		(32 * 86400LL)
#define A_YEAR		(367 * 86400LL)

/* A list ends with an entry of no kinds. */
#define END		{ .kinds = 0 }

static const struct diff_expected two_digits[] = {
	{ TIME_READ, BOTH, BOTH, END_2099, END_2099,
	  "the part's: it counts years to 99, and 2000 follows 2099" },
	END
};

/* What is left of a year without 2000 is no BCD from 2100 on. */
static const struct diff_expected no_bcd[] = {
	{ TIME_READ, OURS, MAINLINE, BEGIN_2100, S64_MAX,
	  "mainline's: it has no range, and writes what is no BCD from 2100 on" },
	{ TIME_ROLLED, MAINLINE, MAINLINE, BEGIN_2100, BEGIN_2160 - 1,
	  "mainline's: what is no BCD does not count on as BCD does" },
	{ TIME_READ, MAINLINE, MAINLINE, BEGIN_2160, S64_MAX,
	  "mainline's: what it writes for 160 years has more than 8 bits" },
	{ TIME_REFUSED, OURS, OURS, BEGIN_2100, S64_MAX,
	  "mainline's: the part counts years to 99, which only we respect" },
	END
};

/* rtc-ds1307 means a century by a bit, and three digits as well. */
static const struct diff_expected century[] = {
	{ TIME_READ, BOTH, MAINLINE, BEGIN_2100, END_2199,
	  "mainline's: it writes 2100 as a century and 100, which is no BCD" },
	{ TIME_REFUSED, OURS, OURS, LEAP_2100 + 1, END_2199,
	  "the part's: 2100 is a leap year to it, so we end before" },
	END
};

static const struct diff_expected leap_2100[] = {
	{ TIME_ROLLED, BOTH, OURS, LEAP_2100, LEAP_2100,
	  "the part's: 2100-02-29 follows, which neither takes for a day" },
	END
};

static const struct diff_expected mcp7940[] = {
	{ TIME_READ, OURS, MAINLINE, RTC_TIMESTAMP_BEGIN_2000, BEGIN_2001 - 1,
	  "ours: the data sheet speaks of leap years from 2001 on" },
	{ TIME_REFUSED, OURS, OURS, RTC_TIMESTAMP_BEGIN_2000, BEGIN_2001 - 1,
	  "ours: the data sheet speaks of leap years from 2001 on" },
	END
};

static const struct diff_expected pcf8563[] = {
	{ TIME_READ, MAINLINE, BOTH, BEGIN_2070 - 1, END_2099,
	  "mainline's: it shows what it counts as 1970 to 2069" },
	{ TIME_REFUSED, MAINLINE, MAINLINE, BEGIN_2070, END_2099,
	  "mainline's: it sets 1970 to 2069 only" },
	END
};

static const struct diff_expected m41t62[] = {
	{ TIME_READ, MAINLINE, BOTH, END_2099, END_2099,
	  "mainline's: it does not look at the century, which has become 21yy" },
	{ TIME_READ, MAINLINE, OURS, BEGIN_2100, LEAP_2100,
	  "mainline's: it does not look at the century" },
	{ TIME_REFUSED, MAINLINE, MAINLINE, BEGIN_2100, LEAP_2100,
	  "mainline's: it does not set the century" },
	{ TIME_ROLLED, OURS, OURS, LEAP_2100, LEAP_2100,
	  "the part's: 2100-02-29 follows" },
	{ BIT(DIFF_WDAY_READ), MAINLINE, BOTH, S64_MIN, S64_MAX,
	  "mainline's: it takes the part's days, 1 to 7, for 0 to 6" },
	END
};

/* Alarms; before and after are given by how far ahead they are. */
static const struct diff_expected within_month[] = {
	{ ALARM_READ, BOTH, OURS, A_MONTH, S64_MAX,
	  "ours: as far ahead as it can be, and set again by the RTC core" },
	END
};

static const struct diff_expected within_year[] = {
	{ ALARM_READ, BOTH, OURS, A_YEAR, S64_MAX,
	  "ours: as far ahead as it can be, and set again by the RTC core" },
	END
};

static const struct diff_expected never_pending[] = {
	{ ALARM_PENDING, MAINLINE, BOTH, S64_MIN, S64_MAX,
	  "mainline's: it does not tell that the alarm has gone off" },
	END
};

static const struct diff_expected rv8803_alarm[] = {
	{ ALARM_ENABLED | ALARM_PENDING, MAINLINE, OURS, S64_MIN, S64_MAX,
	  "mainline's: it goes by what itself has written, not by the part" },
	END
};

static const struct diff_expected m41t62_alarm[] = {
	{ ALARM_PENDING, OURS, BOTH, S64_MIN, S64_MAX,
	  "ours: to read that the alarm has gone off would hide it" },
	END
};

static const struct diff_expected ab1805_alarm[] = {
	{ ALARM_READ, MAINLINE, BOTH, S64_MIN, S64_MAX,
	  "mainline's: it takes the number of bytes it has read for an error" },
	END
};

/* Offsets, ppb. The mode that we use has a bit less of a range than the other. */
static const struct diff_expected nxp_offset[] = {
	{ OFFSET_READ, OURS, MAINLINE, S64_MIN, S64_MAX,
	  "ours: it takes steps of the other mode, 4.340 ppm, for its own" },
	{ OFFSET_REFUSED, OURS, OURS, S64_MIN, -260417,
	  "ours: beyond the range of its mode" },
	{ OFFSET_REFUSED, OURS, OURS, 256348, S64_MAX,
	  "ours: beyond the range of its mode" },
	END
};

static const struct diff_expected pcf8523_offset[] = {
	{ OFFSET_FAR, MAINLINE, MAINLINE, S64_MIN, -277761,
	  "mainline's: it sets the most it can without a word" },
	{ OFFSET_FAR, MAINLINE, MAINLINE, 273421, S64_MAX,
	  "mainline's: it sets the most it can without a word" },
	END
};

static const struct diff_expected rv3028_offset[] = {
	{ OFFSET_FAR, MAINLINE, MAINLINE, S64_MIN, S64_MAX,
	  "mainline's: its sign is wrong, a positive number makes the part faster" },
	{ OFFSET_READ, MAINLINE, BOTH, S64_MIN, S64_MAX,
	  "mainline's: its sign is wrong, a positive number makes the part faster" },
	{ OFFSET_REFUSED, OURS, OURS, S64_MIN, -243187,
	  "mainline's: it sets the most it can without a word" },
	{ OFFSET_REFUSED, OURS, OURS, 244141, S64_MAX,
	  "mainline's: it sets the most it can without a word" },
	END
};

const struct pair pairs[] = {
	{ "ds1307", { two_digits } },
	{ "ds1337", { century, leap_2100, within_month } },
	{ "ds1338", { two_digits } },
	{ "ds1339", { century, leap_2100, within_month } },
	{ "ds1340", { century, leap_2100 } },
	{ "ds3231", { century, leap_2100, within_month } },
	{ "ds3232", { two_digits, no_bcd, within_month } },
	{ "mcp7940x", { two_digits, mcp7940, within_year, never_pending } },
	{ "mcp7941x", { two_digits, mcp7940, within_year, never_pending } },
	{ "pcf8523", { two_digits, nxp_offset, pcf8523_offset, within_month } },
	{ "pcf8563", { two_digits, pcf8563, within_month } },
	{ "pcf85063a", { two_digits, nxp_offset, within_month, never_pending } },
	{ "rv3028", { two_digits, rv3028_offset, within_month } },
	{ "rv8803", { two_digits, within_month, rv8803_alarm } },
	{ "m41t62", { m41t62, within_year, m41t62_alarm } },
	{ "bq32000", { two_digits, no_bcd } },
	{ "ab1805", { two_digits, no_bcd, within_year, ab1805_alarm } },
	{ "rv1805", { two_digits, no_bcd, within_year, ab1805_alarm } },
};

const unsigned int pairs_count = ARRAY_SIZE(pairs);
