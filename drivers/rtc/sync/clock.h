/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine can do to the system clock.
 */
#ifndef RTC_SYNC_CLOCK_H
#define RTC_SYNC_CLOCK_H

#include <linux/types.h>

/**
 * struct rtc_sync_clock_ops - a way to correct the system clock
 * @step: add @delta_ns to CLOCK_REALTIME at once; positive: forward.
 *	Context: may sleep. Return: 0, or -errno and the clock as it was
 */
struct rtc_sync_clock_ops {
	int (*step)(s64 delta_ns);
};

extern const struct rtc_sync_clock_ops rtc_sync_clock;

#endif /* RTC_SYNC_CLOCK_H */
