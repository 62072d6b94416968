// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock as a module may keep it: by steps, with do_settimeofday64(); and by its
 * frequency while there is a companion.
 *
 * A step clears the kernel's NTP state, sets STA_UNSYNC and cancels timers that asked
 * for it, so the servo orders few.
 */
#include <linux/ktime.h>

#include "clock.h"
#include "companion.h"
#include "engine.h"

static int step(s64 delta_ns)
{
	struct timespec64 ts;

	ktime_get_real_ts64(&ts);
	ts = ns_to_timespec64(timespec64_to_ns(&ts) + delta_ns);
	return do_settimeofday64(&ts);
}

static const struct rtc_sync_clock_ops alone = {
	.step = step,
};

static const struct rtc_sync_clock_ops by_companion = {
	.step = step,
	.slew = rtc_sync_adjtimex_slew,
	.tell = rtc_sync_adjtimex_tell,
	.look = rtc_sync_adjtimex_look,
	.disown = rtc_sync_adjtimex_disown,
};

/**
 * rtc_sync_clock() - what can be done to the clock now
 * @sync: the instance
 *
 * A companion can go at any time. Then what it is asked for fails, and from then on
 * this says otherwise.
 *
 * Context: any.
 * Return: the ways.
 */
const struct rtc_sync_clock_ops *rtc_sync_clock(struct rtc_sync *sync)
{
	return READ_ONCE(sync->companion.is_here) ? &by_companion : &alone;
}
