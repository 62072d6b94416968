// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the line that the RTC's edges most likely lie on; the tracker calls this.
 */
#include "line.h"

#define PPT_PER_PPB	1000

/* After more than this the line is begun anew; the sums below stay in 64 bits. */
#define GAP_MAX_S	(2 * 86400LL)

/**
 * rtc_sync_line_begin() - the middle of all that is possible
 * @line: overwritten
 * @window: one second's
 */
void rtc_sync_line_begin(struct rtc_sync_line *line,
			 const struct rtc_sync_window *window)
{
	*line = (struct rtc_sync_line) {
		.sec = window->sec,
		.edge_raw_ns = rtc_sync_span_mid(&window->edge_raw_ns),
		.period_ppt = rtc_sync_span_mid(&window->period_ppb) *
			      PPT_PER_PPB,
		.known_s = window->sec,
		.known_raw_ns = rtc_sync_span_mid(&window->edge_raw_ns),
	};
}

/**
 * rtc_sync_line_doubt() - what the line remembers may be wrong
 * @line: goes on as it is, and follows the next windows soon
 */
void rtc_sync_line_doubt(struct rtc_sync_line *line)
{
	line->memory_s = 0;
}

/**
 * rtc_sync_line_hold() - go on straight, but not out of the window
 * @line: as of an earlier second, or the same one
 * @window: where the edge of one second lies now
 *
 * For a window too wide for its middle to mean anything.
 */
void rtc_sync_line_hold(struct rtc_sync_line *line,
			const struct rtc_sync_window *window)
{
	s64 ahead_s = max_t(s64, window->sec - line->known_s, 0);

	if (ahead_s > GAP_MAX_S) {
		rtc_sync_line_begin(line, window);
		return;
	}
	line->sec = window->sec;
	line->edge_raw_ns = line->known_raw_ns + ahead_s * RTC_SYNC_NS_PER_S +
			    div_s64(ahead_s * line->period_ppt, PPT_PER_PPB);
	line->edge_raw_ns = clamp(line->edge_raw_ns, window->edge_raw_ns.lo,
				  window->edge_raw_ns.hi);
	line->period_ppt = clamp(line->period_ppt,
				 window->period_ppb.lo * PPT_PER_PPB,
				 window->period_ppb.hi * PPT_PER_PPB);
}

/**
 * rtc_sync_line_follow() - take note of a new window
 * @line: as of an earlier second, or the same one
 * @window: where the edge of one second lies now
 * @memory_max_s: longest memory, s, > 0. An oscillator whose rate wanders by a
 *	ppb/s makes a line with a memory of M seconds lag by M^2 ns
 *
 * With d = time since the last window and M = memory, both in s, the share of a
 * middle's deviation that counts for the edge is 1 - (M / (M + d))^2, that for the
 * rate (d / (M + d))^2 / d.
 */
void rtc_sync_line_follow(struct rtc_sync_line *line,
			  const struct rtc_sync_window *window,
			  s64 memory_max_s)
{
	s64 gone_s = window->sec - line->known_s;
	s64 due_raw_ns;
	s64 share_ns;
	s64 off_ns;
	s64 sum_s;

	if (gone_s > 0 && gone_s <= GAP_MAX_S) {
		due_raw_ns = line->known_raw_ns + gone_s * RTC_SYNC_NS_PER_S +
			     div_s64(gone_s * line->period_ppt, PPT_PER_PPB);
		off_ns = rtc_sync_span_mid(&window->edge_raw_ns) - due_raw_ns;

		/* Half its age as memory makes it the best line through all of it. */
		line->memory_s += (gone_s + 1) >> 1;
		line->memory_s = clamp_t(s64, line->memory_s, 1,
					 max(memory_max_s, gone_s));

		sum_s = line->memory_s + gone_s;
		share_ns = div64_s64(off_ns * gone_s, sum_s);
		line->period_ppt += div64_s64(share_ns * PPT_PER_PPB, sum_s);
		line->known_raw_ns = due_raw_ns +
			div64_s64(share_ns * (line->memory_s + sum_s), sum_s);
		line->known_s = window->sec;
	}
	rtc_sync_line_hold(line, window);
}

/**
 * rtc_sync_line_rerate() - from a second on the RTC runs at another rate
 * @line: as of an earlier second, or the same one
 * @window: that second's, by the rate until then
 * @by_ppb: it is faster by this, ppb; what that is wrong is found as any rate is
 */
void rtc_sync_line_rerate(struct rtc_sync_line *line,
			  const struct rtc_sync_window *window, s32 by_ppb)
{
	s64 by_ppt = (s64)by_ppb * PPT_PER_PPB;

	rtc_sync_line_hold(line, window);
	line->known_s = line->sec;
	line->known_raw_ns = line->edge_raw_ns;
	/* 1 + p becomes (1 + p) / (1 + by) */
	line->period_ppt -= by_ppt;
	line->period_ppt -= rtc_sync_scale_ppb(line->period_ppt, by_ppb);
}

/* A part per trillion of a duration, times a number. */
static s64 scale_ppt(s64 ns, s64 ppt)
{
	return div_s64(rtc_sync_scale_ppb(ns, ppt), PPT_PER_PPB);
}

/* RTC time that passes in @raw_ns: rtc = raw - rtc * ppt, solved by iteration. */
static s64 raw_to_rtc_ns(s64 raw_ns, s64 period_ppt)
{
	s64 rtc_ns = raw_ns;
	int i;

	/* Each round is a thousand times nearer: 1 ns in 30 years after six. */
	for (i = 0; i < 6; i++)
		rtc_ns = raw_ns - scale_ppt(rtc_ns, period_ppt);
	return rtc_ns;
}

/* The further end of a span, seen from inside it. */
static s64 furthest(const struct rtc_sync_span *span, s64 from)
{
	return max(span->hi - from, from - span->lo);
}

/**
 * rtc_sync_line_time_ns() - what time it is by the RTC
 * @line: the line, as of the window's second
 * @window: where the edge of that second can be
 * @raw_ns: the instant, CLOCK_MONOTONIC_RAW, ns
 * @error_ns: the RTC's time differs by no more than this, ns, >= 0
 *
 * Return: RTC time, ns since 1970, to a fraction of a second.
 */
s64 rtc_sync_line_time_ns(const struct rtc_sync_line *line,
			  const struct rtc_sync_window *window, s64 raw_ns,
			  s64 *error_ns)
{
	s64 period_ppb = div_s64(line->period_ppt, PPT_PER_PPB);
	s64 since_ns = raw_ns - line->edge_raw_ns;
	s64 age_ns = since_ns < 0 ? -since_ns : since_ns;
	s64 raw_error_ns;

	raw_error_ns = furthest(&window->edge_raw_ns, line->edge_raw_ns) +
		rtc_sync_scale_ppb(age_ns, furthest(&window->period_ppb, period_ppb) + 1) +
		rtc_sync_rate_wander_ns(div_s64(age_ns, RTC_SYNC_NS_PER_S) + 1);

	/* A fast RTC makes more ns of it; twice the most that it can be fast. */
	*error_ns = raw_error_ns + 1 +
		    rtc_sync_scale_ppb(raw_error_ns, 2 * RTC_SYNC_PERIOD_MAX_PPB);

	return line->sec * RTC_SYNC_NS_PER_S +
	       raw_to_rtc_ns(since_ns, line->period_ppt);
}

/**
 * rtc_sync_line_freq_ppb() - what the system's oscillator lacks
 * @line: holds the length of an RTC second
 *
 * Return: ppb by which the RTC is faster than CLOCK_MONOTONIC_RAW. Positive:
 * the system's oscillator is slow. 1 / (1 + p) - 1 = -p + p^2, to 1 ppb.
 */
s64 rtc_sync_line_freq_ppb(const struct rtc_sync_line *line)
{
	s64 period_ppb = div_s64(line->period_ppt, PPT_PER_PPB);

	return rtc_sync_scale_ppb(period_ppb, period_ppb) - period_ppb;
}
