/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: the line that the RTC's edges most likely lie on.
 *
 * The window says where an edge can be, the line where in there it most likely
 * is, and how long a second most likely lasts. What is shown and what the clock
 * is set by comes from the line; the window says how wrong that may be.
 *
 * A window's middle moves by tens of microseconds whenever a bound comes or goes.
 * The line follows it as a g-h filter with fading memory does (a straight line
 * through all middles so far, the weight of each fading with its age), but it
 * never leaves the window.
 */
#ifndef RTC_SYNC_LINE_H
#define RTC_SYNC_LINE_H

#include "phase.h"

/**
 * struct rtc_sync_line - one second of the RTC, and how long it lasts
 * @sec: the RTC second, s since 1970
 * @edge_raw_ns: it began then, CLOCK_MONOTONIC_RAW, ns
 * @period_ppt: it lasts 10^9 ns of CLOCK_MONOTONIC_RAW plus a thousandth of this
 *	(ps per s = ppt). Positive: the system's oscillator is fast
 * @known_s: the second whose window was followed last, s since 1970
 * @known_raw_ns: where the line passed then, CLOCK_MONOTONIC_RAW, ns
 * @memory_s: how far back the middles of windows still count, s
 */
struct rtc_sync_line {
	time64_t sec;
	s64 edge_raw_ns;
	s64 period_ppt;
	time64_t known_s;
	s64 known_raw_ns;
	s64 memory_s;
};

void rtc_sync_line_begin(struct rtc_sync_line *line,
			 const struct rtc_sync_window *window);
void rtc_sync_line_doubt(struct rtc_sync_line *line);
void rtc_sync_line_hold(struct rtc_sync_line *line,
			const struct rtc_sync_window *window);
void rtc_sync_line_follow(struct rtc_sync_line *line,
			  const struct rtc_sync_window *window,
			  s64 memory_max_s);
void rtc_sync_line_rerate(struct rtc_sync_line *line,
			  const struct rtc_sync_window *window, s32 by_ppb);
s64 rtc_sync_line_time_ns(const struct rtc_sync_line *line,
			  const struct rtc_sync_window *window, s64 raw_ns,
			  s64 *error_ns);
s64 rtc_sync_line_freq_ppb(const struct rtc_sync_line *line);

#endif /* RTC_SYNC_LINE_H */
