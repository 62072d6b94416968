// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the record in the RTC's RAM; upkeep.c calls this.
 *
 *   byte  0  magic     1  version
 *         2  rtc_s, hours since 1970           5  watched_s, minutes
 *         7  rate_ppb, signed                 10  error_ppb
 *        12  freq_ppb, signed                 15  freq_error_ppb
 *        17  trim_ppb, signed                 20  CRC-32 of what is before it
 *
 * Little endian. One wrong byte, and all of it is refused: RAM that has lost its
 * battery holds anything.
 */
#include <linux/crc32.h>

#include "drift.h"
#include "memory.h"
#include "rate.h"

#define MAGIC		0xa7
#define VERSION		1

#define CRC_AT		20
#define S_PER_HOUR	3600
#define S_PER_MINUTE	60
#define MINUTES_MAX	65535

/*
 * Ageing: tuning fork crystals are given with up to 3 ppm (CTS TF20, document
 * 008-0353-0 rev. C, page 2) or 5 ppm (ACT OJ, issue N1) in their first year; 15 ppb
 * a day are 5.5 ppm a year. Temperature is on top, as it is of any rate that is
 * learned.
 */
#define AGEING_PPB_PER_DAY	15
#define HOURS_PER_DAY		24

/* What did not change is written again, for it not to seem older than it is. */
#define NEWS_S		(24 * S_PER_HOUR)

static void put(u8 *at, s64 value, int bytes)
{
	for (; bytes; bytes--, value >>= 8)
		*at++ = (u8)(value & 0xff);
}

static s64 get(const u8 *at, int bytes)
{
	s64 value = 0;
	int i;

	for (i = bytes - 1; i >= 0; i--)
		value = value << 8 | at[i];
	return value;
}

/* Three bytes, with a sign. */
static s32 get_signed(const u8 *at)
{
	s64 value = get(at, 3);

	return (s32)(value >= 1 << 23 ? value - (1 << 24) : value);
}

static u32 crc_of(const u8 *bytes)
{
	return ~crc32_le(~0U, bytes, CRC_AT);
}

/**
 * rtc_sync_memory_encode() - as it is kept
 * @memory: within the ranges of its kernel-doc; rates within +-8 million ppb
 * @bytes: overwritten
 */
void rtc_sync_memory_encode(const struct rtc_sync_memory *memory,
			    u8 bytes[RTC_SYNC_MEMORY_BYTES])
{
	bytes[0] = MAGIC;
	bytes[1] = VERSION;
	put(bytes + 2, div_s64(memory->rtc_s, S_PER_HOUR), 3);
	put(bytes + 5, min_t(s64, div_s64(memory->watched_s, S_PER_MINUTE), MINUTES_MAX), 2);
	put(bytes + 7, memory->rate_ppb, 3);
	put(bytes + 10, memory->error_ppb, 2);
	put(bytes + 12, memory->freq_ppb, 3);
	put(bytes + 15, memory->freq_error_ppb, 2);
	put(bytes + 17, memory->trim_ppb, 3);
	put(bytes + CRC_AT, crc_of(bytes), 4);
}

static bool is_within(s64 value, s64 limit)
{
	return value >= -limit && value <= limit;
}

/**
 * rtc_sync_memory_decode() - what was kept, as far as it is to be believed now
 * @memory: overwritten; the error has grown with what was kept
 * @bytes: as they were found
 * @rtc_s: RTC time, s since 1970
 *
 * Return: false if there is nothing of ours, or nothing that can be true.
 */
bool rtc_sync_memory_decode(struct rtc_sync_memory *memory,
			    const u8 bytes[RTC_SYNC_MEMORY_BYTES],
			    time64_t rtc_s)
{
	s64 age_hours = div_s64(rtc_s, S_PER_HOUR) - get(bytes + 2, 3);
	s64 grown_ppb;

	if (bytes[0] != MAGIC || bytes[1] != VERSION ||
	    get(bytes + CRC_AT, 4) != crc_of(bytes) || age_hours < 0)
		return false;
	grown_ppb = div_s64((age_hours + 1) * AGEING_PPB_PER_DAY, HOURS_PER_DAY) + 1;

	*memory = (struct rtc_sync_memory) {
		.rtc_s = get(bytes + 2, 3) * S_PER_HOUR,
		.watched_s = get(bytes + 5, 2) * S_PER_MINUTE,
		.rate_ppb = get_signed(bytes + 7),
		.error_ppb = (s32)get(bytes + 10, 2),
		.freq_ppb = get_signed(bytes + 12),
		.freq_error_ppb = (s32)get(bytes + 15, 2),
		.trim_ppb = get_signed(bytes + 17),
	};
	if (!memory->error_ppb || !memory->watched_s ||
	    !is_within(memory->rate_ppb, RTC_SYNC_DRIFT_MAX_PPB) ||
	    !is_within(memory->trim_ppb, RTC_SYNC_DRIFT_MAX_PPB) ||
	    !is_within(memory->freq_ppb, RTC_SYNC_PERIOD_MAX_PPB) ||
	    memory->error_ppb + grown_ppb > RTC_SYNC_MEMORY_ERROR_MAX_PPB)
		return false;
	memory->error_ppb += (s32)grown_ppb;
	if (memory->freq_error_ppb + grown_ppb >= RTC_SYNC_MEMORY_NO_FREQ)
		memory->freq_error_ppb = RTC_SYNC_MEMORY_NO_FREQ;
	else
		memory->freq_error_ppb += (s32)grown_ppb;
	return true;
}

/**
 * rtc_sync_memory_is_news() - is it worth another write?
 * @memory: what is known
 * @stored: what is in the RAM
 *
 * Return: true if the rate has moved beside what may be wrong with it, or is known a
 * quarter better, or a day has passed by which the one in the RAM seems older than it is.
 */
bool rtc_sync_memory_is_news(const struct rtc_sync_memory *memory,
			     const struct rtc_sync_memory *stored)
{
	s64 moved_ppb = (s64)memory->rate_ppb - stored->rate_ppb;

	return !is_within(moved_ppb, stored->error_ppb) ||
	       4LL * memory->error_ppb <= 3LL * stored->error_ppb ||
	       memory->trim_ppb != stored->trim_ppb ||
	       memory->rtc_s >= stored->rtc_s + NEWS_S ||
	       memory->rtc_s < stored->rtc_s;
}
