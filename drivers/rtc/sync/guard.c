// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what is not believed; the tracker calls this.
 */
#include "guard.h"
#include "rate.h"

/* A second that lasts longer than this is none: no oscillator is 20 % off. */
#define STUCK_NS	(RTC_SYNC_NS_PER_S * 6 / 5)

/**
 * rtc_sync_guard_begin() - start to watch
 * @guard: its limits of the date stay
 * @rtc_s: what the RTC shows, s since 1970
 * @latch_raw_ns: when it was latched
 */
void rtc_sync_guard_begin(struct rtc_sync_guard *guard, time64_t rtc_s,
			  const struct rtc_sync_span *latch_raw_ns)
{
	guard->first_s = rtc_s;
	guard->first_raw_ns = *latch_raw_ns;
	guard->moved = false;
	guard->ticked = false;
}

/**
 * rtc_sync_guard_date() - can it be this date?
 * @guard: holds not_before_s and not_after_s
 * @rtc_s: what the RTC shows, s since 1970
 *
 * Return: %RTC_SYNC_DOUBT_NONE or %RTC_SYNC_DOUBT_DATE.
 */
enum rtc_sync_doubt rtc_sync_guard_date(const struct rtc_sync_guard *guard,
					time64_t rtc_s)
{
	if (rtc_s < guard->not_before_s || rtc_s > guard->not_after_s)
		return RTC_SYNC_DOUBT_DATE;
	return RTC_SYNC_DOUBT_NONE;
}

/*
 * Is it further on than the time that has passed allows? Then the first reading, or this
 * one, was of another time: no tick.
 */
static bool is_too_far(const struct rtc_sync_guard *guard, time64_t rtc_s,
		       const struct rtc_sync_span *latch_raw_ns)
{
	s64 passed_ns = max_t(s64, latch_raw_ns->hi - guard->first_raw_ns.lo, 0);

	/* By an RTC faster than any; one second may begin right after the first reading. */
	passed_ns += rtc_sync_scale_ppb(passed_ns, 2 * RTC_SYNC_PERIOD_MAX_PPB);
	return rtc_s - guard->first_s > div_s64(passed_ns, RTC_SYNC_NS_PER_S) + 1;
}

/**
 * rtc_sync_guard_tick() - does it tick?
 * @guard: learns that it does
 * @rtc_s: what the RTC shows, s since 1970
 * @is_full: it was a full reading: only this can prove that it ticks
 * @latch_raw_ns: when it was latched
 *
 * Return: %RTC_SYNC_DOUBT_STUCK once more than a second has passed and it still
 * shows the first one (or an earlier one, or one that it can't have reached yet),
 * %RTC_SYNC_DOUBT_NONE else. As long as @guard->ticked is false its time must not be
 * used.
 */
enum rtc_sync_doubt
rtc_sync_guard_tick(struct rtc_sync_guard *guard, time64_t rtc_s, bool is_full,
		    const struct rtc_sync_span *latch_raw_ns)
{
	if (rtc_s > guard->first_s &&
	    (guard->ticked || !is_too_far(guard, rtc_s, latch_raw_ns))) {
		guard->moved = true;
		guard->ticked |= is_full;
		return RTC_SYNC_DOUBT_NONE;
	}
	if (is_full)
		guard->moved = false;
	if (!guard->ticked &&
	    latch_raw_ns->lo - guard->first_raw_ns.hi > STUCK_NS)
		return RTC_SYNC_DOUBT_STUCK;
	return RTC_SYNC_DOUBT_NONE;
}
