/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When a set of the time begins its second: instant.c, for set.c.
 */
#ifndef RTC_CHIP_SET_H
#define RTC_CHIP_SET_H

#include <linux/time64.h>
#include <linux/types.h>

struct rtc_chip;
struct rtc_chip_desc;

/* So long before the second is to begin it is got ready for, ns. */
#define RTC_CHIP_READY_NS		(100 * NSEC_PER_MSEC)

/**
 * struct rtc_chip_plan - a set that is underway
 * @want_s: what was asked for, s since 1970
 * @call_ns: when that second began, CLOCK_MONOTONIC, ns
 * @call_boot_ns: the same, CLOCK_BOOTTIME, ns
 * @more_s: so many seconds later is what is written, and the tick
 * @read_ns: how long it takes at least to read a register, ns
 * @late_ns: how late the second has begun, ns
 * @lag_ns: how much sooner it is called for, as it was late each time, ns
 * @hold_ns: when the chip was held, CLOCK_MONOTONIC, ns; 0: not yet
 * @is_touched: the old time is gone
 */
struct rtc_chip_plan {
	time64_t want_s;
	s64 call_ns;
	s64 call_boot_ns;
	s64 more_s;
	s64 read_ns;
	s64 late_ns;
	s64 lag_ns;
	s64 hold_ns;
	bool is_touched;
};

int rtc_chip_plan_measure(struct rtc_chip *chip, struct rtc_chip_plan *plan);
void rtc_chip_plan_postpone(const struct rtc_chip_desc *desc,
			    struct rtc_chip_plan *plan);
void rtc_chip_plan_sleep(struct rtc_chip *chip, const struct rtc_chip_plan *plan);
void rtc_chip_plan_judge(const struct rtc_chip_desc *desc,
			 struct rtc_chip_plan *plan, s64 called_ns);

#endif /* RTC_CHIP_SET_H */
