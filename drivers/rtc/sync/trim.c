// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: when to write the RTC's trim register; upkeep.c calls this.
 */
#include "trim.h"

/* What is written was watched for so long since the last change, or the attach. */
#define WATCHED_MIN_S		3600
#define WATCHED_WEARS_S		86400

/*
 * Not sooner than this after the last change. An EEPROM that stands 10,000 writes
 * then lasts 190 years; a board that is started each day gets by its first write
 * only after a day with NTP, which makes 27.
 */
#define REST_NS			(3600 * RTC_SYNC_NS_PER_S)
#define REST_WEARS_NS		(7 * 86400 * RTC_SYNC_NS_PER_S)

/* No rate is learned better than to 10 ppb: steps finer than twice that are one. */
#define STEP_MIN_PPB		50

/* Twice what the poorest crystals are specified to: further off, it is no trim. */
#define PLAUSIBLE_PPB		200000

/* Lumps of more than this cost the clock more, while the board is on, than it gains. */
#define BLUR_MAX_NS		2000000

static bool has_rested(const struct rtc_sync_trim *trim,
		       const struct rtc_sync_trimming *trimming,
		       const struct rtc_sync_learned *learned)
{
	s64 watched_s = learned->watched_s - trimming->watched_s;
	s64 gone_ns = learned->raw_ns - trimming->changed_raw_ns;

	/* Somebody has said the rate since: it is watched anew. */
	if (watched_s < 0)
		watched_s = learned->watched_s;
	if (watched_s < (trim->wears ? WATCHED_WEARS_S : WATCHED_MIN_S))
		return false;
	return !trimming->has_changed ||
	       gone_ns >= (trim->wears ? REST_WEARS_NS : REST_NS);
}

static s64 size_ppb(s64 ppb)
{
	return ppb < 0 ? -ppb : ppb;
}

/**
 * rtc_sync_trim_is_due() - is there something to write?
 * @trim: what the register can do
 * @trimming: what was done to it so far
 * @learned: what is known of the RTC
 * @ppb: what to write, ppb, if so; to be rounded to a step
 *
 * With the rate known to half a step, a write that moves by half a step and the
 * error can't make it worse. That it moves by three quarters at least keeps a rate
 * that sways by less than half a step from being followed back and forth: after a
 * write it is off by no more than a quarter, and half of one to go.
 *
 * Return: true if so.
 */
bool rtc_sync_trim_is_due(const struct rtc_sync_trim *trim,
			  const struct rtc_sync_trimming *trimming,
			  const struct rtc_sync_learned *learned, s32 *ppb)
{
	s64 step_ppb = max_t(s64, trim->step_ppb, STEP_MIN_PPB);
	s64 wanted_ppb = (s64)learned->trim_ppb - learned->rate_ppb;
	s64 by_ppb;

	if (size_ppb(wanted_ppb) > PLAUSIBLE_PPB ||
	    learned->error_ppb > step_ppb >> 1 ||
	    !has_rested(trim, trimming, learned))
		return false;
	*ppb = (s32)clamp_t(s64, wanted_ppb, trim->min_ppb, trim->max_ppb);
	if (rtc_sync_trim_blur_ns(trim, *ppb) >
	    max_t(s64, rtc_sync_trim_blur_ns(trim, learned->trim_ppb), BLUR_MAX_NS))
		return false;
	by_ppb = size_ppb((s64)*ppb - learned->trim_ppb);
	return by_ppb >= step_ppb - (step_ppb >> 2) &&
	       by_ppb >= (step_ppb >> 1) + learned->error_ppb;
}

/**
 * rtc_sync_trim_note() - the register was changed, by whom ever, or that was tried
 * @trimming: what was done to it
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 * @watched_s: how long the RTC has been held against NTP, s
 */
void rtc_sync_trim_note(struct rtc_sync_trimming *trimming, s64 raw_ns,
			s64 watched_s)
{
	trimming->has_changed = true;
	trimming->changed_raw_ns = raw_ns;
	trimming->watched_s = watched_s;
}

/**
 * rtc_sync_trim_change() - what another value of the register does to the rate
 * @trim: what the register can do; NULL: not known, and taken at its word
 * @by_ppb: it holds this much more, ppb
 *
 * Return: the change.
 */
struct rtc_sync_retrim rtc_sync_trim_change(const struct rtc_sync_trim *trim,
					    s64 by_ppb)
{
	struct rtc_sync_retrim change = { .by_ppb = (s32)by_ppb };

	if (!trim || !by_ppb)
		return change;
	/* Values are rounded to a ppb; lumps, too, are late by what parts them. */
	change.slack_ppb = (s32)div_s64(size_ppb(by_ppb) * trim->slack_percent + 99, 100);
	change.lag_ns = max(trim->lag_s, trim->lump_s) * RTC_SYNC_NS_PER_S;
	return change;
}

/**
 * rtc_sync_trim_blur_ns() - how far seconds lie beside where they would on average
 * @trim: what the register can do
 * @ppb: what it holds, ppb
 *
 * Return: ns, >= 0; 0 where the correction is spread evenly.
 */
s64 rtc_sync_trim_blur_ns(const struct rtc_sync_trim *trim, s32 ppb)
{
	if (trim->lump_s <= 1)
		return 0;
	return size_ppb(ppb) * trim->lump_s;
}
