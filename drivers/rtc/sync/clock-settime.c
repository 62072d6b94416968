// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock as a module may set it: by steps, with do_settimeofday64().
 *
 * do_adjtimex() is not exported. A step clears the kernel's NTP state, sets
 * STA_UNSYNC and cancels timers that asked for it, so the servo orders few.
 */
#include <linux/ktime.h>

#include "clock.h"

static int step(s64 delta_ns)
{
	struct timespec64 ts;

	ktime_get_real_ts64(&ts);
	ts = ns_to_timespec64(timespec64_to_ns(&ts) + delta_ns);
	return do_settimeofday64(&ts);
}

const struct rtc_sync_clock_ops rtc_sync_clock = {
	.step = step,
};
