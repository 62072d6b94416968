/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: where the edges of the RTC's seconds lie on CLOCK_MONOTONIC_RAW.
 *
 *  RTC      ...:58  |      :59      |      :00      |
 *  raw  ------------+---------------+---[lo====hi]--+------>
 *                                          ^ the second `sec` began in here
 *
 * A reading that still shows the old second says: the edge came no earlier. One
 * that shows the new second says: no later. All such marks bound the line that
 * the edges lie on, its place and its slope; the window at a second is what
 * they leave open there, and it grows with what is not known of the slope.
 */
#ifndef RTC_SYNC_PHASE_H
#define RTC_SYNC_PHASE_H

#include "rate.h"

/**
 * struct rtc_sync_window - a bound on the beginning of one RTC second
 * @sec: the RTC second, s since 1970
 * @edge_raw_ns: it began within this span of CLOCK_MONOTONIC_RAW, ns
 * @period_ppb: an RTC second lasts 10^9 ns of CLOCK_MONOTONIC_RAW plus this
 *	(ns per s = ppb). Positive: the system's oscillator is fast
 */
struct rtc_sync_window {
	time64_t sec;
	struct rtc_sync_span edge_raw_ns;
	struct rtc_sync_span period_ppb;
};

/**
 * struct rtc_sync_phase - the marks, and what they add up to
 * @window: at the first second after the last reading
 * @no_earlier: edges came no earlier than these
 * @no_later: edges came no later than these
 */
struct rtc_sync_phase {
	struct rtc_sync_window window;
	struct rtc_sync_marks no_earlier;
	struct rtc_sync_marks no_later;
};

/**
 * enum rtc_sync_verdict - what a reading meant to the window
 * @RTC_SYNC_EARLY: the tick had not come yet: the window's low end moved
 * @RTC_SYNC_LATE: the tick had come: the window's high end moved
 * @RTC_SYNC_NO_NEWS: agrees with the window and does not narrow it
 * @RTC_SYNC_CONTRADICTION: lies beside the window, which was widened to hold
 *	both; the marks were dropped
 * @RTC_SYNC_JUMP: a different second altogether; nothing was changed
 */
enum rtc_sync_verdict {
	RTC_SYNC_EARLY,
	RTC_SYNC_LATE,
	RTC_SYNC_NO_NEWS,
	RTC_SYNC_CONTRADICTION,
	RTC_SYNC_JUMP,
};

void rtc_sync_phase_begin(struct rtc_sync_phase *phase, time64_t sec,
			  const struct rtc_sync_span *latch_raw_ns,
			  const struct rtc_sync_span *period_ppb);
void rtc_sync_phase_rerate(struct rtc_sync_phase *phase,
			   const struct rtc_sync_window *window, s64 blur_ns);
struct rtc_sync_window rtc_sync_phase_at(const struct rtc_sync_phase *phase,
					 time64_t sec);
enum rtc_sync_verdict
rtc_sync_phase_apply(struct rtc_sync_phase *phase, time64_t sec,
		     const struct rtc_sync_span *latch_raw_ns);

s64 rtc_sync_window_time_ns(const struct rtc_sync_window *window, s64 raw_ns,
			    s64 *error_ns);
time64_t rtc_sync_window_second(const struct rtc_sync_window *window,
				s64 raw_ns);

#endif /* RTC_SYNC_PHASE_H */
