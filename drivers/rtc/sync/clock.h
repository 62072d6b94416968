/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine can do to the system clock, and learn of its keepers.
 *
 * do_adjtimex() is not exported. Built into the kernel (clock-kernel.c) the engine
 * calls it; a module (clock-settime.c) sets the clock, and has a companion in user space
 * call adjtimex(2) if there is one (companion.c). What is said by it is the same for
 * both: clock-adjtimex.c.
 */
#ifndef RTC_SYNC_CLOCK_H
#define RTC_SYNC_CLOCK_H

#include "owner.h"

struct __kernel_timex;
struct rtc_sync;

/**
 * struct rtc_sync_clock_ops - a way to correct the system clock
 * @step: add @delta_ns to CLOCK_REALTIME at once; positive: forward. 0, or -errno
 *	and the clock as it was
 * @slew: from now on CLOCK_REALTIME shall gain @freq_ppb on CLOCK_MONOTONIC_RAW,
 *	ppb, within +-%RTC_SYNC_SLEW_MAX_PPB; NULL: it can't be slewed. 0 or -errno
 * @tell: what adjtimex(2) shall say of the clock: the largest possible and the
 *	likely error, ns, >= 0; NULL: nothing can be said. 0 or -errno
 * @look: whose the clock is, by what the kernel knows: fill in @kernel,
 *	@maxerror_us and @was_moved, or leave them; NULL: it can't be asked
 * @disown: let nobody believe that NTP still keeps the clock, and the kernel no
 *	longer copy it into the RTC; NULL: it can't be said
 *
 * Context: the thread of the instance; all of them may sleep.
 */
struct rtc_sync_clock_ops {
	int (*step)(s64 delta_ns);
	int (*slew)(struct rtc_sync *sync, s64 freq_ppb);
	int (*tell)(struct rtc_sync *sync, s64 max_error_ns, s64 likely_error_ns);
	void (*look)(struct rtc_sync *sync, struct rtc_sync_look *look);
	void (*disown)(struct rtc_sync *sync);
};

/* clock-kernel.c or clock-settime.c */
const struct rtc_sync_clock_ops *rtc_sync_clock(struct rtc_sync *sync);

/* clock-kernel.c or companion.c */
int rtc_sync_adjtimex(struct rtc_sync *sync, struct __kernel_timex *tx);

/* clock-adjtimex.c: members of struct rtc_sync_clock_ops */
int rtc_sync_adjtimex_slew(struct rtc_sync *sync, s64 freq_ppb);
int rtc_sync_adjtimex_tell(struct rtc_sync *sync, s64 max_error_ns, s64 likely_error_ns);
void rtc_sync_adjtimex_look(struct rtc_sync *sync, struct rtc_sync_look *look);
void rtc_sync_adjtimex_disown(struct rtc_sync *sync);

#endif /* RTC_SYNC_CLOCK_H */
