/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine can do to the system clock, and learn of its keepers.
 *
 * clock-adjtimex.c is built into the kernel, clock-settime.c into the module:
 * do_adjtimex() is not exported.
 */
#ifndef RTC_SYNC_CLOCK_H
#define RTC_SYNC_CLOCK_H

#include "owner.h"

/**
 * struct rtc_sync_clock_ops - a way to correct the system clock
 * @step: add @delta_ns to CLOCK_REALTIME at once; positive: forward. 0, or -errno
 *	and the clock as it was
 * @slew: from now on CLOCK_REALTIME shall gain @freq_ppb on CLOCK_MONOTONIC_RAW,
 *	ppb, within +-%RTC_SYNC_SLEW_MAX_PPB; NULL: it can't be slewed. 0 or -errno
 * @tell: what adjtimex(2) shall say of the clock: the largest possible and the
 *	likely error, ns, >= 0; NULL: nothing can be said. 0 or -errno
 * @look: whose the clock is, by what the kernel knows: fill in @kernel,
 *	@maxerror_us and @was_moved; NULL: it can't be asked
 * @disown: let nobody believe that NTP still keeps the clock, and the kernel no
 *	longer copy it into the RTC; NULL: it can't be said
 *
 * Context: all of them may sleep.
 */
struct rtc_sync_clock_ops {
	int (*step)(s64 delta_ns);
	int (*slew)(s64 freq_ppb);
	int (*tell)(s64 max_error_ns, s64 likely_error_ns);
	void (*look)(struct rtc_sync_look *look);
	void (*disown)(void);
};

extern const struct rtc_sync_clock_ops rtc_sync_clock;

#endif /* RTC_SYNC_CLOCK_H */
