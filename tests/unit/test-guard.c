// SPDX-License-Identifier: GPL-2.0-only
/* What is believed of an RTC: dates, and that it ticks. */
#include "random.h"

#include "../../drivers/rtc/sync/guard.h"

#define ROUNDS		100000
#define STUCK_NS	1200000000LL

static const struct rtc_sync_span start_raw_ns = { .lo = 5000, .hi = 8000 };

static struct rtc_sync_span latched_at(s64 raw_ns)
{
	return (struct rtc_sync_span) { .lo = raw_ns, .hi = raw_ns + 3000 };
}

static void dates_have_two_limits(void **state)
{
	struct rtc_sync_guard guard = { .ticked = false };
	time64_t rtc_s;
	bool is_fine;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		guard.not_before_s = random_between(0, 4102444800LL);
		guard.not_after_s = random_one_in(2) ? RTC_SYNC_NOT_AFTER_S :
				    guard.not_before_s + random_up_to(100 * 366 * 86400LL);
		rtc_s = random_one_in(2) ?
			guard.not_before_s + random_signed(1000) :
			guard.not_after_s + random_signed(1000);
		is_fine = rtc_s >= guard.not_before_s && rtc_s <= guard.not_after_s;
		assert_that(rtc_sync_guard_date(&guard, rtc_s) ==
			    (is_fine ? RTC_SYNC_DOUBT_NONE : RTC_SYNC_DOUBT_DATE),
			    "%lld, not before %lld", rtc_s, guard.not_before_s);
	}
}

static void dates_at_the_limits(void **state)
{
	struct rtc_sync_guard guard = {
		.not_before_s = RTC_SYNC_NOT_BEFORE_S,
		.not_after_s = RTC_SYNC_NOT_AFTER_S,
	};

	assert_int_equal(rtc_sync_guard_date(&guard, 1704067199), RTC_SYNC_DOUBT_DATE);
	assert_int_equal(rtc_sync_guard_date(&guard, 1704067200), RTC_SYNC_DOUBT_NONE);
	assert_int_equal(rtc_sync_guard_date(&guard, 7258118399), RTC_SYNC_DOUBT_NONE);
	assert_int_equal(rtc_sync_guard_date(&guard, 7258118400), RTC_SYNC_DOUBT_DATE);
}

static void begin_keeps_the_limits(void **state)
{
	struct rtc_sync_guard guard = { .ticked = true, .not_before_s = 77, .not_after_s = 99 };

	rtc_sync_guard_begin(&guard, 123, &start_raw_ns);
	assert_int_equal(guard.not_before_s, 77);
	assert_int_equal(guard.not_after_s, 99);
	assert_int_equal(guard.first_s, 123);
	assert_false(guard.ticked);
}

/* However often it is read in the meantime, and whatever else was read. */
static void a_later_second_is_a_tick(void **state)
{
	struct rtc_sync_guard guard = { .not_before_s = 0 };
	struct rtc_sync_span latch;
	time64_t first_s;
	int i;
	int k;

	for (i = 0; i < ROUNDS / 10; i++) {
		first_s = random_between(0, RTC_SYNC_NOT_AFTER_S);
		latch = latched_at(random_up_to(1LL << 60));
		rtc_sync_guard_begin(&guard, first_s, &latch);
		for (k = 0; k < 5; k++) {
			assert_int_equal(rtc_sync_guard_tick(&guard, first_s, k & 1, &latch),
					 RTC_SYNC_DOUBT_NONE);
			assert_false(guard.moved);
			assert_false(guard.ticked);
			latch.lo += STUCK_NS / 6;
			latch.hi += STUCK_NS / 6;
		}
		assert_int_equal(rtc_sync_guard_tick(&guard,
						     first_s + 1 + random_up_to(1),
						     true, &latch), RTC_SYNC_DOUBT_NONE);
		assert_true(guard.moved);
		assert_true(guard.ticked);
	}
}

/* Nor is one that it can't have reached yet: it, or the first one, is of another time. */
static void a_second_too_far_is_no_tick(void **state)
{
	struct rtc_sync_guard guard = { .not_before_s = 0 };
	struct rtc_sync_span latch;
	enum rtc_sync_doubt doubt;
	s64 passed_ns;
	s64 too_far_s;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		rtc_sync_guard_begin(&guard, 1767225600, &start_raw_ns);
		passed_ns = random_up_to(random_one_in(2) ? STUCK_NS : 1000000000000LL);
		/* By an RTC that is 0.2 % fast, whose second began right after the first reading. */
		too_far_s = (passed_ns + 6000) * 1002 / 1000 / 1000000000 + 2;
		latch = latched_at(start_raw_ns.hi + passed_ns);
		doubt = rtc_sync_guard_tick(&guard, 1767225600 + too_far_s +
					    random_up_to(1000), true, &latch);
		assert_false(guard.moved);
		assert_false(guard.ticked);
		assert_int_equal(doubt, passed_ns > STUCK_NS ? RTC_SYNC_DOUBT_STUCK :
							       RTC_SYNC_DOUBT_NONE);
		/* What such an RTC can show at most is one. */
		assert_int_equal(rtc_sync_guard_tick(&guard, 1767225600 +
						     passed_ns * 1002 / 1000 / 1000000000 + 1,
						     true, &latch), RTC_SYNC_DOUBT_NONE);
		assert_true(guard.ticked);
	}
}

/* As soon as it is certain, and not before. */
static void no_tick_is_stuck(void **state)
{
	struct rtc_sync_guard guard = { .not_before_s = 0 };
	struct rtc_sync_span latch;
	enum rtc_sync_doubt doubt;
	time64_t rtc_s;
	s64 passed_ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		rtc_s = 1767225600 - random_up_to(100);
		passed_ns = random_one_in(2) ? STUCK_NS + random_signed(1000) :
					       random_up_to(1LL << 60);
		rtc_sync_guard_begin(&guard, 1767225600, &start_raw_ns);
		latch = latched_at(start_raw_ns.hi + passed_ns);
		doubt = rtc_sync_guard_tick(&guard, rtc_s, random_one_in(2), &latch);
		assert_that(doubt == (passed_ns > STUCK_NS ? RTC_SYNC_DOUBT_STUCK :
							     RTC_SYNC_DOUBT_NONE),
			    "%lld ns", passed_ns);
		assert_false(guard.ticked);
	}
}

/* A second of the minute may be garbled: it moves, and no more. */
static void a_short_reading_proves_nothing(void **state)
{
	struct rtc_sync_guard guard = { .not_before_s = 0 };
	struct rtc_sync_span latch = latched_at(start_raw_ns.hi + STUCK_NS / 2);

	rtc_sync_guard_begin(&guard, 1000, &start_raw_ns);
	assert_int_equal(rtc_sync_guard_tick(&guard, 1001, false, &latch),
			 RTC_SYNC_DOUBT_NONE);
	assert_true(guard.moved);
	assert_false(guard.ticked);
	latch = latched_at(start_raw_ns.hi + 2 * STUCK_NS);
	assert_int_equal(rtc_sync_guard_tick(&guard, 1000, true, &latch),
			 RTC_SYNC_DOUBT_STUCK);
	rtc_sync_guard_begin(&guard, 1000, &latch);
	assert_false(guard.moved);
}

/* What comes after a tick is the phase's to judge. */
static void once_ticked_never_stuck(void **state)
{
	struct rtc_sync_guard guard = { .not_before_s = 0 };
	struct rtc_sync_span latch;
	int i;

	rtc_sync_guard_begin(&guard, 1000, &start_raw_ns);
	latch = latched_at(500000000);
	rtc_sync_guard_tick(&guard, 1001, true, &latch);
	for (i = 0; i < 1000; i++) {
		latch = latched_at(random_up_to(1LL << 60));
		assert_int_equal(rtc_sync_guard_tick(&guard, 990 + i % 20, i & 1, &latch),
				 RTC_SYNC_DOUBT_NONE);
		assert_true(guard.ticked);
	}
}

static void a_second_life_starts_unticked(void **state)
{
	struct rtc_sync_guard guard = { .not_before_s = 0 };
	struct rtc_sync_span latch = latched_at(10 * STUCK_NS);

	rtc_sync_guard_begin(&guard, 1000, &start_raw_ns);
	rtc_sync_guard_tick(&guard, 1012, true, &latch);
	rtc_sync_guard_begin(&guard, 1012, &latch);
	assert_false(guard.ticked);
	latch = latched_at(10 * STUCK_NS + STUCK_NS / 2);
	assert_int_equal(rtc_sync_guard_tick(&guard, 1012, true, &latch), RTC_SYNC_DOUBT_NONE);
	latch = latched_at(12 * STUCK_NS);
	assert_int_equal(rtc_sync_guard_tick(&guard, 1012, true, &latch), RTC_SYNC_DOUBT_STUCK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(dates_have_two_limits),
		random_test(dates_at_the_limits),
		random_test(begin_keeps_the_limits),
		random_test(a_later_second_is_a_tick),
		random_test(a_second_too_far_is_no_tick),
		random_test(no_tick_is_stuck),
		random_test(a_short_reading_proves_nothing),
		random_test(once_ticked_never_stuck),
		random_test(a_second_life_starts_unticked),
	};

	return cmocka_run_group_tests_name("guard", tests, random_begin, NULL);
}
