/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: the RTC's own rate, taken out of its time.
 */
#ifndef RTC_SYNC_DRIFT_H
#define RTC_SYNC_DRIFT_H

#include "line.h"

/* No RTC worth the name is further off. */
#define RTC_SYNC_DRIFT_MAX_PPB	500000

/**
 * struct rtc_sync_drift - what is known of the RTC against true time
 * @rate_ppb: the RTC gains this much, ppb; negative: it loses
 * @rate_error_ppb: @rate_ppb is no further off than this, ppb, >= 0
 * @since_ns: from this RTC time on, ns since 1970
 * @gained_ns: what it had gained until then, ns
 * @gained_error_ns: @gained_ns is no further off than this, ns, >= 0
 * @has_begun: the three above are in use; until then nothing is corrected
 */
struct rtc_sync_drift {
	s32 rate_ppb;
	s32 rate_error_ppb;
	s64 since_ns;
	s64 gained_ns;
	s64 gained_error_ns;
	bool has_begun;
};

void rtc_sync_drift_begin(struct rtc_sync_drift *drift, s64 rtc_ns);
void rtc_sync_drift_reset(struct rtc_sync_drift *drift);
void rtc_sync_drift_shift(struct rtc_sync_drift *drift, s64 ns);
void rtc_sync_drift_anchor(struct rtc_sync_drift *drift, s64 rtc_ns,
			   s64 gained_ns, s64 error_ns);
void rtc_sync_drift_set_rate(struct rtc_sync_drift *drift, s32 rate_ppb,
			     s32 error_ppb, s64 rtc_ns);
s64 rtc_sync_drift_correct(const struct rtc_sync_drift *drift, s64 rtc_ns);
s64 rtc_sync_drift_error_ns(const struct rtc_sync_drift *drift, s64 rtc_ns);
s64 rtc_sync_true_ns(const struct rtc_sync_line *line,
		     const struct rtc_sync_window *window,
		     const struct rtc_sync_drift *drift, s64 raw_ns,
		     s64 *error_ns);

#endif /* RTC_SYNC_DRIFT_H */
