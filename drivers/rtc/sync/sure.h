/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: the window that holds although a reading was garbled.
 *
 * A reading that shows the second next to the right one, near the edge, looks like
 * any other, and puts the window of phase.h where the edge is not. So what is told
 * of the error rests on more than one: a bound counts when others have said as much, or
 * more. The search goes by the narrow window, the bound by this one.
 */
#ifndef RTC_SYNC_SURE_H
#define RTC_SYNC_SURE_H

#include "phase.h"

/* Readings that must agree: usually, and where some make no sense at the moment. */
#define RTC_SYNC_WITNESSES		2
#define RTC_SYNC_WITNESSES_IN_DOUBT	4

/**
 * struct rtc_sync_sure - what several readings have said
 * @phase: that; its window is of the same second as that of the search
 * @no_later: the tightest that single ones have said: an edge came no later
 * @no_earlier: likewise: an edge came no earlier
 * @count: how many of each are in use
 */
struct rtc_sync_sure {
	struct rtc_sync_phase phase;
	struct rtc_sync_mark no_later[RTC_SYNC_WITNESSES_IN_DOUBT];
	struct rtc_sync_mark no_earlier[RTC_SYNC_WITNESSES_IN_DOUBT];
	u8 count;
};

void rtc_sync_sure_begin(struct rtc_sync_sure *sure, time64_t sec,
			 const struct rtc_sync_span *latch_raw_ns,
			 const struct rtc_sync_span *period_ppb);
void rtc_sync_sure_rerate(struct rtc_sync_sure *sure,
			  const struct rtc_sync_window *window, s64 blur_ns);
void rtc_sync_sure_add(struct rtc_sync_sure *sure, time64_t sec,
		       const struct rtc_sync_span *latch_raw_ns, u8 witnesses);

#endif /* RTC_SYNC_SURE_H */
