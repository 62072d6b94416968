// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: median and spread of the last durations; bus and tracker call this.
 */
#include <linux/minmax.h>

#include "recent.h"

/**
 * rtc_sync_recent_add() - one more
 * @recent: the oldest of a full ring is forgotten
 * @ns: duration, ns
 */
void rtc_sync_recent_add(struct rtc_sync_recent *recent, s64 ns)
{
	recent->ns[recent->next] = ns;
	if (++recent->next == RTC_SYNC_RECENT)
		recent->next = 0;
	if (recent->count < RTC_SYNC_RECENT)
		recent->count++;
}

static void sort(const struct rtc_sync_recent *recent, s64 *sorted)
{
	int i, j;

	for (i = 0; i < recent->count; i++) {
		for (j = i; j && sorted[j - 1] > recent->ns[i]; j--)
			sorted[j] = sorted[j - 1];
		sorted[j] = recent->ns[i];
	}
}

/**
 * rtc_sync_recent_median_ns() - the ordinary duration
 * @recent: the last ones
 *
 * Return: ns; of an even number the upper of the two in the middle; 0 of none.
 */
s64 rtc_sync_recent_median_ns(const struct rtc_sync_recent *recent)
{
	s64 sorted[RTC_SYNC_RECENT];

	if (!recent->count)
		return 0;
	sort(recent, sorted);
	return sorted[recent->count / 2];
}

/**
 * rtc_sync_recent_least_ns() - the shortest duration
 * @recent: the last ones
 *
 * Return: ns; 0 of none.
 */
s64 rtc_sync_recent_least_ns(const struct rtc_sync_recent *recent)
{
	s64 least_ns = recent->count ? recent->ns[0] : 0;
	int i;

	for (i = 1; i < recent->count; i++)
		least_ns = min(least_ns, recent->ns[i]);
	return least_ns;
}

/**
 * rtc_sync_recent_spread_ns() - how far the ordinary durations differ
 * @recent: the last ones
 *
 * Return: ns, >= 0: the middle half of them lies within this; 0 of none.
 */
s64 rtc_sync_recent_spread_ns(const struct rtc_sync_recent *recent)
{
	s64 sorted[RTC_SYNC_RECENT];

	if (!recent->count)
		return 0;
	sort(recent, sorted);
	return sorted[3 * recent->count / 4] - sorted[recent->count / 4];
}
