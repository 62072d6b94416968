// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock as the kernel itself may keep it: by its frequency, with do_adjtimex().
 *
 * STA_UNSYNC is never cleared: the kernel would then write the system time into
 * the RTC every 11 minutes, and the reference would follow what it steers. So
 * whenever it *is* clear, somebody else has done it: an NTP daemon.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/timex.h>

#include "clock.h"

/*
 * The frequency as the kernel keeps it, as it was found or made last, and how often
 * it was found to be another. The clock is one, so all instances share this.
 */
static long long known_freq;
static long long known_tick;
static u32 moves;
static DEFINE_MUTEX(moves_lock);

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

static int slew(s64 freq_ppb)
{
	struct __kernel_timex tx = {
		/* chronyd leaves the length of a tick changed, too. */
		.modes = ADJ_FREQUENCY | ADJ_TICK,
		.tick = USER_TICK_USEC,
		/* In 2^-16 ppm. */
		.freq = div_s64(freq_ppb * 65536, 1000),
	};
	int ret;

	mutex_lock(&moves_lock);
	ret = do_adjtimex(&tx);
	/* Read back, for the kernel rounds it. */
	if (ret >= 0) {
		known_freq = tx.freq;
		known_tick = tx.tick;
	}
	mutex_unlock(&moves_lock);
	return min(ret, 0);
}

static int tell(s64 max_error_ns, s64 likely_error_ns)
{
	struct __kernel_timex tx = { .modes = ADJ_MAXERROR | ADJ_ESTERROR };

	tx.maxerror = min_t(s64, div_s64(max_error_ns, NSEC_PER_USEC) + 1, S32_MAX);
	tx.esterror = min_t(s64, div_s64(likely_error_ns, NSEC_PER_USEC) + 1, S32_MAX);
	return min(do_adjtimex(&tx), 0);
}

static void look(struct rtc_sync_look *look)
{
	struct __kernel_timex tx = {};

	mutex_lock(&moves_lock);
	do_adjtimex(&tx);
	if (tx.freq != known_freq || tx.tick != known_tick)
		moves++;
	known_freq = tx.freq;
	known_tick = tx.tick;
	look->was_moved = moves;
	mutex_unlock(&moves_lock);
	look->kernel = tx.status & STA_UNSYNC ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_YES;
	look->maxerror_us = tx.maxerror;
}

static void disown(void)
{
	struct __kernel_timex tx = {};

	do_adjtimex(&tx);
	tx.modes = ADJ_STATUS;
	tx.status |= STA_UNSYNC;
	do_adjtimex(&tx);
}

const struct rtc_sync_clock_ops rtc_sync_clock = {
	.step = step,
	.slew = slew,
	.tell = tell,
	.look = look,
	.disown = disown,
};
