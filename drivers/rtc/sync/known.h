/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: what the RTC's time was when its edge was last known, for when readings say that it
 * was set.
 *
 * They may be garbled, and so is what the tracker makes of them. Was it set, the clock is
 * as wrong as it was by the last time that was sure; was it not, all that the RTC had
 * gained is still known.
 */
#ifndef RTC_SYNC_KNOWN_H
#define RTC_SYNC_KNOWN_H

#include "drift.h"
#include "tracker.h"

/**
 * struct rtc_sync_known - the RTC's time as it was when its edge was last known
 * @line: likely
 * @window: possible
 * @drift: what was taken out of it
 * @is_valid: it has gone on like this since, as far as we were told
 */
struct rtc_sync_known {
	struct rtc_sync_line line;
	struct rtc_sync_window window;
	struct rtc_sync_drift drift;
	bool is_valid;
};

bool rtc_sync_known_note(struct rtc_sync_known *known,
			 const struct rtc_sync_tracker *tracker,
			 const struct rtc_sync_drift *drift);
bool rtc_sync_known_has_gain(const struct rtc_sync_known *known);
s64 rtc_sync_known_clock_error_ns(const struct rtc_sync_known *known, s64 raw_ns,
				  s64 real_ns);
bool rtc_sync_known_goes_on(const struct rtc_sync_known *known,
			    const struct rtc_sync_tracker *tracker, s64 raw_ns,
			    struct rtc_sync_drift *drift);

#endif /* RTC_SYNC_KNOWN_H */
