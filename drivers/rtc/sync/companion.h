/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A companion in user space: it calls adjtimex(2) for the module, which can't.
 */
#ifndef RTC_SYNC_COMPANION_H
#define RTC_SYNC_COMPANION_H

#include <linux/kconfig.h>
#include <linux/wait.h>

#include "request.h"

struct rtc_sync;

/**
 * enum rtc_sync_wish - what the companion has said last
 * @RTC_SYNC_WISH_NONE: nothing that the thread has not taken up
 * @RTC_SYNC_WISH_SERVE: that it is here
 * @RTC_SYNC_WISH_LEAVE: that it wants to go
 */
enum rtc_sync_wish {
	RTC_SYNC_WISH_NONE,
	RTC_SYNC_WISH_SERVE,
	RTC_SYNC_WISH_LEAVE,
};

/**
 * struct rtc_sync_companion - the companion of an instance
 * @wish: what it has said
 * @is_here: it can be given requests; changed by the thread alone, so that what can be
 *	done to the clock does not change while it is at it
 * @request: what it is asked for, and then the answer
 * @is_waiting: nobody has answered @request yet
 * @last_raw_ns: somebody waits in kthread_stop(), and until then for answers,
 *	CLOCK_MONOTONIC_RAW, ns; 0: nobody does; the thread's own
 * @wait: where the thread waits for the answer
 *
 * All but the last two are protected by the instance's lock.
 */
struct rtc_sync_companion {
	enum rtc_sync_wish wish;
	bool is_here;
	struct rtc_sync_request request;
	bool is_waiting;
	s64 last_raw_ns;
	wait_queue_head_t wait;
};

extern const struct attribute_group rtc_sync_companion_group;

#if IS_MODULE(CONFIG_RTC_SYNC)
void rtc_sync_companion_heed(struct rtc_sync *sync);
#else
static inline void rtc_sync_companion_heed(struct rtc_sync *sync)
{
}
#endif

#endif /* RTC_SYNC_COMPANION_H */
