// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record in the RTC's RAM: any 24 bytes, with a sum that is right or not, at any
 * time. What is believed can be true, is written as it was found, and no wrong sum is.
 */
#include "../unit/random.h"

#include <linux/crc32.h>

#include "../../drivers/rtc/sync/drift.h"
#include "../../drivers/rtc/sync/memory.h"
#include "../../drivers/rtc/sync/rate.h"

#define BYTES		RTC_SYNC_MEMORY_BYTES
#define CRC_AT		20
#define HOUR_S		3600LL

static u32 sum_of(const u8 *bytes)
{
	return ~crc32_le(~0U, bytes, CRC_AT);
}

static bool has_right_sum(const u8 *bytes)
{
	u32 crc = sum_of(bytes);

	return bytes[20] == (u8)crc && bytes[21] == (u8)(crc >> 8) &&
	       bytes[22] == (u8)(crc >> 16) && bytes[23] == (u8)(crc >> 24);
}

static void sum_up(u8 *bytes)
{
	u32 crc = sum_of(bytes);
	int i;

	for (i = 0; i < 4; i++)
		bytes[CRC_AT + i] = (u8)(crc >> 8 * i);
}

static bool is_within(s64 value, s64 limit)
{
	return value >= -limit && value <= limit;
}

static void check_found(const struct rtc_sync_memory *found, time64_t rtc_s)
{
	assert_true(found->rtc_s >= 0 && found->rtc_s <= rtc_s);
	assert_true(found->watched_s >= 60 && found->watched_s <= 65535 * 60);
	assert_true(is_within(found->rate_ppb, RTC_SYNC_DRIFT_MAX_PPB));
	assert_true(is_within(found->trim_ppb, RTC_SYNC_DRIFT_MAX_PPB));
	assert_true(is_within(found->freq_ppb, RTC_SYNC_PERIOD_MAX_PPB));
	assert_in_range(found->error_ppb, 2, RTC_SYNC_MEMORY_ERROR_MAX_PPB);
	assert_in_range(found->freq_error_ppb, 1, RTC_SYNC_MEMORY_NO_FREQ);
}

/* Found again as it was, and an hour later no better */
static void check_again(const struct rtc_sync_memory *found, time64_t rtc_s)
{
	struct rtc_sync_memory later;
	struct rtc_sync_memory again;
	u8 bytes[BYTES];

	rtc_sync_memory_encode(found, bytes);
	assert_true(has_right_sum(bytes));
	if (!rtc_sync_memory_decode(&again, bytes, rtc_s))
		return;
	assert_int_equal(again.rtc_s, found->rtc_s);
	assert_int_equal(again.rate_ppb, found->rate_ppb);
	assert_int_equal(again.watched_s, found->watched_s);
	assert_int_equal(again.freq_ppb, found->freq_ppb);
	assert_int_equal(again.trim_ppb, found->trim_ppb);
	assert_true(again.error_ppb > found->error_ppb);
	if (found->rtc_s)
		assert_false(rtc_sync_memory_decode(&later, bytes, found->rtc_s - 1));
	if (rtc_sync_memory_decode(&later, bytes, rtc_s + HOUR_S))
		assert_true(later.error_ppb >= again.error_ppb &&
			    later.freq_error_ppb >= again.freq_error_ppb);
}

static void any_bytes(void)
{
	time64_t rtc_s = random_between(0, 7258118399LL);
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	int i;

	for (i = 0; i < BYTES; i++)
		bytes[i] = input_byte();
	if (random_one_in(2)) {
		bytes[0] = 0xa7;
		bytes[1] = 1;
	}
	if (!random_one_in(4))
		sum_up(bytes);
	if (!rtc_sync_memory_decode(&found, bytes, rtc_s))
		return;
	assert_true(has_right_sum(bytes));
	check_found(&found, rtc_s);
	check_again(&found, rtc_s);
}

static struct rtc_sync_memory draw_memory(void)
{
	return (struct rtc_sync_memory) {
		.rtc_s = random_between(0, 7258118399LL),
		.rate_ppb = (s32)random_signed(RTC_SYNC_DRIFT_MAX_PPB),
		.error_ppb = (s32)random_between(1, 60000),
		.watched_s = random_between(60, 1LL << 40),
		.trim_ppb = (s32)random_signed(RTC_SYNC_DRIFT_MAX_PPB),
		.freq_ppb = (s32)random_signed(RTC_SYNC_PERIOD_MAX_PPB),
		.freq_error_ppb = (s32)random_between(0, RTC_SYNC_MEMORY_NO_FREQ),
	};
}

/* What is kept is found; and with any one bit wrong it is not. */
static void kept(void)
{
	struct rtc_sync_memory memory = draw_memory();
	struct rtc_sync_memory other = draw_memory();
	time64_t rtc_s = memory.rtc_s + random_up_to(HOUR_S);
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	int bit;

	rtc_sync_memory_encode(&memory, bytes);
	assert_true(rtc_sync_memory_decode(&found, bytes, rtc_s));
	check_found(&found, rtc_s);
	assert_int_equal(found.rate_ppb, memory.rate_ppb);
	assert_int_equal(found.trim_ppb, memory.trim_ppb);
	assert_int_equal(found.freq_ppb, memory.freq_ppb);
	assert_in_range(found.error_ppb - memory.error_ppb, 1, 3);
	bit = (int)random_between(0, 8 * BYTES - 1);
	bytes[bit / 8] ^= (u8)(1 << bit % 8);
	assert_false(rtc_sync_memory_decode(&found, bytes, rtc_s));
	if (other.trim_ppb != memory.trim_ppb)
		assert_true(rtc_sync_memory_is_news(&memory, &other));
	assert_false(rtc_sync_memory_is_news(&memory, &memory));
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	input_begin(bytes, size);
	if (random_one_in(2))
		any_bytes();
	else
		kept();
	return 0;
}
