/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: how soon a reading latches once it is begun, and how soon after it another can.
 */
#ifndef RTC_SYNC_PACE_H
#define RTC_SYNC_PACE_H

#include "recent.h"

/**
 * struct rtc_sync_pace - the reader's pace, as experienced
 * @leads: from the start of a plan to the latch: wake-up, and the first part of the transfer
 * @lead_ns: the ordinary one of them, ns, >= 0
 * @rests: from the latch to the next plan: the rest of the transfer, and what the thread
 *	does with the reading
 * @rest_ns: the ordinary one of them, ns, >= 0
 * @latch_raw_ns: of a reading that no plan has followed yet, CLOCK_MONOTONIC_RAW, ns
 * @is_resting: @latch_raw_ns is valid
 */
struct rtc_sync_pace {
	struct rtc_sync_recent leads;
	s64 lead_ns;
	struct rtc_sync_recent rests;
	s64 rest_ns;
	s64 latch_raw_ns;
	bool is_resting;
};

void rtc_sync_pace_latched(struct rtc_sync_pace *pace, s64 start_raw_ns,
			   s64 latch_raw_ns);
void rtc_sync_pace_ready(struct rtc_sync_pace *pace, s64 raw_ns);
s64 rtc_sync_pace_gap_ns(const struct rtc_sync_pace *pace);

#endif /* RTC_SYNC_PACE_H */
