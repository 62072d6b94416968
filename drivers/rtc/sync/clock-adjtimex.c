// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock's frequency, and whose it is, in terms of adjtimex(2): called by the kernel
 * itself, or by a companion in user space.
 *
 * STA_UNSYNC is never cleared: the kernel would then write the system time into
 * the RTC every 11 minutes, and the reference would follow what it steers. So
 * whenever it *is* clear, somebody else has done it: an NTP daemon.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
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

/* It may be held while another instance waits for its companion: who is stopped does not. */
static bool lock_moves(void)
{
	while (!mutex_trylock(&moves_lock)) {
		if (kthread_should_stop())
			return false;
		usleep_range(500, 1000);
	}
	return true;
}

/**
 * rtc_sync_adjtimex_slew() - move the clock's frequency
 * @sync: the instance
 * @freq_ppb: see struct rtc_sync_clock_ops
 *
 * Context: the thread; may sleep.
 * Return: 0 or -errno.
 */
int rtc_sync_adjtimex_slew(struct rtc_sync *sync, s64 freq_ppb)
{
	struct __kernel_timex tx = {
		/* chronyd leaves the length of a tick changed, too. */
		.modes = ADJ_FREQUENCY | ADJ_TICK,
		.tick = USER_TICK_USEC,
		/* In 2^-16 ppm. */
		.freq = div_s64(freq_ppb * 65536, 1000),
	};
	int ret;

	if (!lock_moves())
		return -EINTR;
	ret = rtc_sync_adjtimex(sync, &tx);
	/* Read back, for the kernel rounds it. */
	if (ret >= 0) {
		known_freq = tx.freq;
		known_tick = tx.tick;
	}
	mutex_unlock(&moves_lock);
	return min(ret, 0);
}

/**
 * rtc_sync_adjtimex_tell() - say how wrong the clock may be
 * @sync: the instance
 * @max_error_ns: see struct rtc_sync_clock_ops
 * @likely_error_ns: likewise
 *
 * Context: the thread; may sleep.
 * Return: 0 or -errno.
 */
int rtc_sync_adjtimex_tell(struct rtc_sync *sync, s64 max_error_ns, s64 likely_error_ns)
{
	struct __kernel_timex tx = { .modes = ADJ_MAXERROR | ADJ_ESTERROR };

	tx.maxerror = min_t(s64, div_s64(max_error_ns, NSEC_PER_USEC) + 1, S32_MAX);
	tx.esterror = min_t(s64, div_s64(likely_error_ns, NSEC_PER_USEC) + 1, S32_MAX);
	return min(rtc_sync_adjtimex(sync, &tx), 0);
}

/**
 * rtc_sync_adjtimex_look() - what does the kernel know of the clock's keepers?
 * @sync: the instance
 * @look: where to; left as it is if the kernel can't be asked
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_adjtimex_look(struct rtc_sync *sync, struct rtc_sync_look *look)
{
	struct __kernel_timex tx = {};

	if (!lock_moves())
		return;
	if (rtc_sync_adjtimex(sync, &tx) < 0) {
		mutex_unlock(&moves_lock);
		return;
	}
	if (tx.freq != known_freq || tx.tick != known_tick)
		moves++;
	known_freq = tx.freq;
	known_tick = tx.tick;
	look->was_moved = moves;
	mutex_unlock(&moves_lock);
	look->kernel = tx.status & STA_UNSYNC ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_YES;
	look->maxerror_us = tx.maxerror;
}

/**
 * rtc_sync_adjtimex_disown() - no NTP keeps the clock any more
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_adjtimex_disown(struct rtc_sync *sync)
{
	struct __kernel_timex tx = {};

	if (rtc_sync_adjtimex(sync, &tx) < 0)
		return;
	tx.modes = ADJ_STATUS;
	tx.status |= STA_UNSYNC;
	rtc_sync_adjtimex(sync, &tx);
}
