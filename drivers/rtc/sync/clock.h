/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine can do to the system clock.
 */
#ifndef RTC_SYNC_CLOCK_H
#define RTC_SYNC_CLOCK_H

#include <linux/types.h>

/**
 * struct rtc_sync_clock_ops - a way to correct the system clock
 * @name: for the log
 * @can_slew: mode `slew` is possible
 * @step: add @delta_ns to CLOCK_REALTIME at once; positive: forward.
 *	Context: may sleep. Return: 0, or -errno and the clock as it was
 */
struct rtc_sync_clock_ops {
	const char *name;
	bool can_slew;
	int (*step)(s64 delta_ns);
};

extern const struct rtc_sync_clock_ops rtc_sync_clock;

#endif /* RTC_SYNC_CLOCK_H */
