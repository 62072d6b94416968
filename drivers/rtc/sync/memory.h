/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: what was learned, as it is kept in the RTC's own RAM over a power cut.
 */
#ifndef RTC_SYNC_MEMORY_H
#define RTC_SYNC_MEMORY_H

#include <linux/time64.h>

#include "../rtc-sync.h"

/* The system's oscillator against the RTC is not known, or not worth keeping. */
#define RTC_SYNC_MEMORY_NO_FREQ	65535

/* Worse than this a rate is not worth keeping, ppb. */
#define RTC_SYNC_MEMORY_ERROR_MAX_PPB	65534

/**
 * struct rtc_sync_memory - what is kept
 * @rtc_s: when this was true, RTC time, s since 1970; kept to the hour
 * @rate_ppb: what the RTC gained on true time, ppb
 * @error_ppb: that was no further off than this, ppb, > 0
 * @watched_s: it was watched for so long, s, as far as that counts
 * @trim_ppb: what the RTC's trim register held, ppb; 0 where there is none
 * @freq_ppb: what the RTC gained on CLOCK_MONOTONIC_RAW, ppb
 * @freq_error_ppb: that was no further off than this, ppb;
 *	%RTC_SYNC_MEMORY_NO_FREQ: it was not known
 */
struct rtc_sync_memory {
	time64_t rtc_s;
	s32 rate_ppb;
	s32 error_ppb;
	s64 watched_s;
	s32 trim_ppb;
	s32 freq_ppb;
	s32 freq_error_ppb;
};

void rtc_sync_memory_encode(const struct rtc_sync_memory *memory,
			    u8 bytes[RTC_SYNC_MEMORY_BYTES]);
bool rtc_sync_memory_decode(struct rtc_sync_memory *memory,
			    const u8 bytes[RTC_SYNC_MEMORY_BYTES],
			    time64_t rtc_s);
bool rtc_sync_memory_is_news(const struct rtc_sync_memory *memory,
			     const struct rtc_sync_memory *stored);

#endif /* RTC_SYNC_MEMORY_H */
