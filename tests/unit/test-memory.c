// SPDX-License-Identifier: GPL-2.0-only
/* What is kept in the RTC's RAM: read back as it was, or refused. */
#include "random.h"

#include <linux/crc32.h>

#include "../../drivers/rtc/sync/drift.h"
#include "../../drivers/rtc/sync/memory.h"
#include "../../drivers/rtc/sync/rate.h"

#define ROUNDS		20000
#define HOUR_S		3600LL
#define DAY_S		86400LL
#define NOW_S		1767225600LL
#define BYTES		RTC_SYNC_MEMORY_BYTES

static void random_memory(struct rtc_sync_memory *memory)
{
	*memory = (struct rtc_sync_memory) {
		.rtc_s = random_between(1704067200, 7258118399LL),
		.rate_ppb = (s32)random_signed(RTC_SYNC_DRIFT_MAX_PPB),
		.error_ppb = (s32)random_between(1, 60000),
		.watched_s = random_between(900, 1LL << 40),
		.trim_ppb = (s32)random_signed(RTC_SYNC_DRIFT_MAX_PPB),
		.freq_ppb = (s32)random_signed(RTC_SYNC_PERIOD_MAX_PPB),
		.freq_error_ppb = random_one_in(4) ? RTC_SYNC_MEMORY_NO_FREQ :
						     (s32)random_between(0, 60000),
	};
}

/* As one that was written so by mistake: the sum is right. */
static void sum_up(u8 *bytes)
{
	u32 crc = ~crc32_le(~0U, bytes, 20);
	int i;

	for (i = 0; i < 4; i++)
		bytes[20 + i] = (u8)(crc >> 8 * i);
}

/* All of it, and errors that have grown a little. */
static void what_is_kept_is_found(void **state)
{
	struct rtc_sync_memory memory;
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		random_memory(&memory);
		rtc_sync_memory_encode(&memory, bytes);
		assert_true(rtc_sync_memory_decode(&found, bytes, memory.rtc_s + random_up_to(HOUR_S)));
		assert_in_range(memory.rtc_s - found.rtc_s, 0, HOUR_S - 1);
		assert_int_equal(found.rate_ppb, memory.rate_ppb);
		assert_in_range(found.error_ppb - memory.error_ppb, 1, 3);
		if (memory.watched_s < 65535 * 60)
			assert_in_range(memory.watched_s - found.watched_s, 0, 59);
		else
			assert_int_equal(found.watched_s, 65535 * 60);
		assert_int_equal(found.trim_ppb, memory.trim_ppb);
		assert_int_equal(found.freq_ppb, memory.freq_ppb);
		if (memory.freq_error_ppb == RTC_SYNC_MEMORY_NO_FREQ)
			assert_int_equal(found.freq_error_ppb, RTC_SYNC_MEMORY_NO_FREQ);
		else
			assert_in_range(found.freq_error_ppb - memory.freq_error_ppb, 1, 3);
	}
}

/* Any byte, any other value of it. */
static void one_wrong_byte_is_refused(void **state)
{
	struct rtc_sync_memory memory;
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	int value;
	int at;
	int i;

	for (i = 0; i < 30; i++) {
		random_memory(&memory);
		rtc_sync_memory_encode(&memory, bytes);
		for (at = 0; at < BYTES; at++) {
			for (value = 1; value < 256; value++) {
				bytes[at] ^= (u8)value;
				assert_that(!rtc_sync_memory_decode(&found, bytes, NOW_S + 200 * 366 * DAY_S),
					    "byte %d", at);
				assert_that(!rtc_sync_memory_decode(&found, bytes, memory.rtc_s),
					    "byte %d by %d", at, value);
				bytes[at] ^= (u8)value;
			}
		}
		assert_true(rtc_sync_memory_decode(&found, bytes, memory.rtc_s));
	}
}

/* RAM that nobody has written, and RAM that somebody else has. */
static void what_is_not_ours_is_refused(void **state)
{
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	int i;
	int k;

	for (i = 0; i < ROUNDS * 10; i++) {
		if (i < 256)
			memset(bytes, i, BYTES);
		else
			for (k = 0; k < BYTES; k++)
				bytes[k] = (u8)random_u64();
		if (random_one_in(2))
			bytes[0] = 0xa7;
		if (random_one_in(2))
			bytes[1] = 1;
		assert_false(rtc_sync_memory_decode(&found, bytes, NOW_S));
	}
}

/* A sum that is right proves nothing of what is in it. */
static void what_cannot_be_is_refused(void **state)
{
	static const struct {
		int at;
		int bytes;
		u32 value;
	} rows[] = {
		{ 0, 1, 0xa6 }, { 1, 1, 0 }, { 1, 1, 2 },
		{ 2, 3, NOW_S / 3600 + 1 }, { 2, 3, 0xffffff }, { 2, 3, 0 },
		{ 5, 2, 0 },
		{ 7, 3, 500001 }, { 7, 3, 0x1000000 - 500001 }, { 7, 3, 0x800000 },
		{ 10, 2, 0 }, { 10, 2, 65535 }, { 10, 2, 65534 },
		{ 12, 3, 1000001 }, { 12, 3, 0x1000000 - 1000001 },
		{ 17, 3, 500001 }, { 17, 3, 0x1000000 - 500001 },
	};
	struct rtc_sync_memory memory;
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	size_t n;
	int i;

	for (n = 0; n < array_size(rows); n++) {
		random_memory(&memory);
		memory.rtc_s = NOW_S;
		rtc_sync_memory_encode(&memory, bytes);
		sum_up(bytes);
		assert_true(rtc_sync_memory_decode(&found, bytes, NOW_S));
		for (i = 0; i < rows[n].bytes; i++)
			bytes[rows[n].at + i] = (u8)(rows[n].value >> 8 * i);
		sum_up(bytes);
		assert_that(!rtc_sync_memory_decode(&found, bytes, NOW_S), "row %zu", n);
	}
}

/* Not from the future; and the older it is, the less it is worth. */
static void it_ages(void **state)
{
	struct rtc_sync_memory memory;
	struct rtc_sync_memory found;
	u8 bytes[BYTES];
	s64 grown_ppb;
	s64 age_s;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		random_memory(&memory);
		memory.freq_error_ppb = (s32)random_between(0, 65534);
		age_s = random_signed(random_one_in(2) ? 30 * DAY_S : 20 * 366 * DAY_S);
		rtc_sync_memory_encode(&memory, bytes);
		if (age_s < -HOUR_S)
			assert_false(rtc_sync_memory_decode(&found, bytes, memory.rtc_s + age_s));
		if (age_s < 0)
			continue;
		/* 15 ppb a day. */
		grown_ppb = age_s * 15 / DAY_S;
		if (memory.error_ppb + grown_ppb > 65540) {
			assert_false(rtc_sync_memory_decode(&found, bytes, memory.rtc_s + age_s));
			continue;
		}
		if (memory.error_ppb + grown_ppb > 65528)
			continue;
		assert_true(rtc_sync_memory_decode(&found, bytes, memory.rtc_s + age_s));
		assert_in_range(found.error_ppb - memory.error_ppb - grown_ppb, 0, 3);
		if (memory.freq_error_ppb + grown_ppb > 65540)
			assert_int_equal(found.freq_error_ppb, RTC_SYNC_MEMORY_NO_FREQ);
		else if (memory.freq_error_ppb + grown_ppb < 65528)
			assert_in_range(found.freq_error_ppb - memory.freq_error_ppb - grown_ppb,
					0, 3);
	}
}

/* No write for nothing, and none left out that matters. */
static void what_is_news(void **state)
{
	struct rtc_sync_memory stored;
	struct rtc_sync_memory memory;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		random_memory(&stored);
		stored.rate_ppb /= 2;
		stored.error_ppb += 100;
		memory = stored;
		memory.rtc_s += random_between(0, DAY_S - 1);
		memory.rate_ppb += (s32)random_between(-stored.error_ppb, stored.error_ppb);
		memory.error_ppb -= (s32)random_between(0, stored.error_ppb / 4 - 1);
		assert_false(rtc_sync_memory_is_news(&memory, &stored));

		memory = stored;
		switch (random_between(0, 4)) {
		case 0:
			memory.rate_ppb += (random_one_in(2) ? 1 : -1) *
					   (stored.error_ppb + 1 + (s32)random_up_to(1000));
			break;
		case 1:
			memory.error_ppb -= stored.error_ppb / 4 + 1;
			break;
		case 2:
			memory.trim_ppb += random_one_in(2) ? 1 : -1;
			break;
		case 3:
			memory.rtc_s += DAY_S + random_up_to(DAY_S);
			break;
		case 4:
			memory.rtc_s -= 1 + random_up_to(DAY_S);
			break;
		}
		assert_true(rtc_sync_memory_is_news(&memory, &stored));
	}
}

/* However well it is known: what is there already is not written again. */
static void the_same_is_no_news(void **state)
{
	struct rtc_sync_memory memory;
	s32 error_ppb;

	random_memory(&memory);
	for (error_ppb = 1; error_ppb <= 65534; error_ppb++) {
		memory.error_ppb = error_ppb;
		assert_that(!rtc_sync_memory_is_news(&memory, &memory), "%d ppb", error_ppb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(what_is_kept_is_found),
		random_test(one_wrong_byte_is_refused),
		random_test(what_is_not_ours_is_refused),
		random_test(what_cannot_be_is_refused),
		random_test(it_ages),
		random_test(what_is_news),
		random_test(the_same_is_no_news),
	};

	return cmocka_run_group_tests_name("memory", tests, random_begin, NULL);
}
