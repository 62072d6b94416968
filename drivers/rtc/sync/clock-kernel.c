// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock as the kernel itself may keep it: with do_adjtimex().
 */
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/timex.h>

#include "clock.h"

/**
 * rtc_sync_adjtimex() - as adjtimex(2)
 * @sync: the instance
 * @tx: what to do; what was found, on return
 *
 * Context: may sleep.
 * Return: the clock's state, >= 0, or -errno.
 */
int rtc_sync_adjtimex(struct rtc_sync *sync, struct __kernel_timex *tx)
{
	return do_adjtimex(tx);
}

static int step(s64 delta_ns)
{
	struct __kernel_timex tx = { .modes = ADJ_SETOFFSET };
	s32 rest_us;

	/* Whole microseconds: ADJ_NANO would change how others read the clock. */
	tx.time.tv_sec = div_s64_rem(div_s64(delta_ns, NSEC_PER_USEC),
				     USEC_PER_SEC, &rest_us);
	if (rest_us < 0) {
		tx.time.tv_sec--;
		rest_us += USEC_PER_SEC;
	}
	tx.time.tv_usec = rest_us;
	return min(do_adjtimex(&tx), 0);
}

static const struct rtc_sync_clock_ops by_kernel = {
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
 * Return: the ways.
 */
const struct rtc_sync_clock_ops *rtc_sync_clock(struct rtc_sync *sync)
{
	return &by_kernel;
}
