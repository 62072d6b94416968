/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: a value known to lie between two bounds, and the few sums on it.
 */
#ifndef RTC_SYNC_SPAN_H
#define RTC_SYNC_SPAN_H

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#define RTC_SYNC_NS_PER_S	1000000000LL

/**
 * struct rtc_sync_span - lo <= value <= hi, in the unit of the name it bears
 * @lo: lower bound, included
 * @hi: upper bound, included
 */
struct rtc_sync_span {
	s64 lo;
	s64 hi;
};

static inline s64 rtc_sync_span_mid(const struct rtc_sync_span *span)
{
	return span->lo + ((span->hi - span->lo) >> 1);
}

static inline s64 rtc_sync_span_width(const struct rtc_sync_span *span)
{
	return span->hi - span->lo;
}

static inline bool rtc_sync_span_is_empty(const struct rtc_sync_span *span)
{
	return span->lo > span->hi;
}

/**
 * rtc_sync_scale_ppb() - a part per billion of a duration, times a number
 * @ns: duration, |ns| < 2^62
 * @ppb: factor in 10^-9, |ppb| <= 10^9
 *
 * Exact to 1 ns and without overflow, for the product of the two does not fit
 * 64 bits after a few days.
 *
 * Return: ns * ppb / 10^9, rounded towards zero.
 */
static inline s64 rtc_sync_scale_ppb(s64 ns, s64 ppb)
{
	s32 rest_ns;
	s64 s = div_s64_rem(ns, RTC_SYNC_NS_PER_S, &rest_ns);

	return s * ppb + div_s64(rest_ns * ppb, RTC_SYNC_NS_PER_S);
}

#endif /* RTC_SYNC_SPAN_H */
