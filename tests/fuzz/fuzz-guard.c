// SPDX-License-Identifier: GPL-2.0-only
/*
 * An RTC that is read in any way, and ticks or does not: the guard says what follows
 * from the readings, told here a second time, and nothing else. An honest RTC is never
 * called stuck, one that stands still is found with the first full reading after 1.2 s.
 */
#include "../unit/random.h"

#include "../../drivers/rtc/sync/guard.h"

#define READINGS	64
#define STUCK_NS	1200000000LL
#define RAW_MAX_NS	(1LL << 61)

static void check_dates(const struct rtc_sync_guard *guard, time64_t rtc_s)
{
	bool is_early = rtc_s < guard->not_before_s;
	bool is_late = rtc_s > guard->not_after_s;

	assert_int_equal(rtc_sync_guard_date(guard, rtc_s),
			 is_early || is_late ? RTC_SYNC_DOUBT_DATE : RTC_SYNC_DOUBT_NONE);
}

static struct rtc_sync_span latched(s64 raw_ns)
{
	return (struct rtc_sync_span) { .lo = raw_ns, .hi = raw_ns + random_up_to(1000000) };
}

/* So many seconds can have begun, by an RTC that is 0.2 % fast. */
static s64 most_s(s64 passed_ns)
{
	s64 rtc_ns = passed_ns + (s64)((__int128)passed_ns * 2 / 1000);

	return rtc_ns / RTC_SYNC_NS_PER_S + 1;
}

/* Any readings: what the guard knows is what they said. */
static void any_readings(void)
{
	struct rtc_sync_guard guard = {
		.not_before_s = random_between(0, RTC_SYNC_NOT_AFTER_S),
		.not_after_s = RTC_SYNC_NOT_AFTER_S,
	};
	struct rtc_sync_guard was = guard;
	time64_t first_s = random_between(0, RTC_SYNC_NOT_AFTER_S);
	struct rtc_sync_span latch = latched(random_up_to(RAW_MAX_NS));
	struct rtc_sync_span first_raw_ns = latch;
	bool has_ticked = false;
	bool can_be;
	enum rtc_sync_doubt doubt;
	time64_t rtc_s;
	bool is_full;
	int i;

	rtc_sync_guard_begin(&guard, first_s, &latch);
	for (i = 0; i < READINGS && input_has_more(); i++) {
		latch = latched(latch.lo + random_up_to(RAW_MAX_NS / READINGS));
		rtc_s = first_s + random_signed(random_one_in(4) ? 1LL << 40 : 2);
		is_full = random_one_in(2);
		doubt = rtc_sync_guard_tick(&guard, rtc_s, is_full, &latch);
		can_be = rtc_s > first_s &&
			 (has_ticked || rtc_s - first_s <= most_s(latch.hi - first_raw_ns.lo));
		assert_int_equal(doubt, !can_be && !has_ticked &&
				 latch.lo - first_raw_ns.hi > STUCK_NS ?
				 RTC_SYNC_DOUBT_STUCK : RTC_SYNC_DOUBT_NONE);
		has_ticked |= can_be && is_full;
		assert_int_equal(guard.ticked, has_ticked);
		assert_true(guard.moved || !can_be);
		assert_false(guard.moved && is_full && !can_be);
		check_dates(&guard, rtc_s);
	}
	assert_int_equal(guard.not_before_s, was.not_before_s);
	assert_int_equal(guard.not_after_s, was.not_after_s);
}

/* An RTC with a rate that an oscillator can have, until it stops for good or never does */
static void one_rtc(void)
{
	struct rtc_sync_guard guard = { .not_after_s = RTC_SYNC_NOT_AFTER_S };
	s64 second_ns = RTC_SYNC_NS_PER_S + random_signed(RTC_SYNC_NS_PER_S / 1000);
	s64 phase_ns = random_between(0, RTC_SYNC_NS_PER_S - RTC_SYNC_NS_PER_S / 500);
	s64 stops_ns = random_one_in(2) ? RAW_MAX_NS : random_up_to(3 * second_ns);
	time64_t first_s = random_between(0, RTC_SYNC_NOT_AFTER_S);
	struct rtc_sync_span latch = { .lo = 0, .hi = 0 };
	enum rtc_sync_doubt doubt;
	bool is_stopped;
	bool is_full;
	s64 now_ns = 0;
	s64 shown_ns;
	s64 s;
	int i;

	rtc_sync_guard_begin(&guard, first_s, &latch);
	for (i = 0; i < READINGS && input_has_more(); i++) {
		now_ns += random_up_to(10 * RTC_SYNC_NS_PER_S);
		shown_ns = min(now_ns, stops_ns);
		s = (phase_ns + shown_ns) / second_ns;
		is_full = !random_one_in(4);
		latch.lo = now_ns;
		latch.hi = now_ns;
		doubt = rtc_sync_guard_tick(&guard, first_s + s, is_full, &latch);
		is_stopped = (phase_ns + stops_ns) / second_ns == 0;
		if (!is_stopped)
			assert_int_equal(doubt, RTC_SYNC_DOUBT_NONE);
		else
			assert_false(guard.ticked || guard.moved);
		if (is_stopped && now_ns > STUCK_NS)
			assert_int_equal(doubt, RTC_SYNC_DOUBT_STUCK);
		if (is_full && s)
			assert_true(guard.ticked);
	}
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	input_begin(bytes, size);
	if (random_one_in(2))
		any_readings();
	else
		one_rtc();
	return 0;
}
