// SPDX-License-Identifier: GPL-2.0-only
/* Median and spread of the last durations, by their definitions. */
#include "random.h"

#include "../../drivers/rtc/sync/recent.h"

#define ROUNDS	20000

static s64 all_ns[ROUNDS];

/* How many of the last @count up to @last are below a limit. */
static int below(int last, int count, s64 limit_ns)
{
	int n = 0;
	int i;

	for (i = last - count + 1; i <= last; i++)
		n += all_ns[i] < limit_ns;
	return n;
}

static void fill(int i, struct rtc_sync_recent *recent)
{
	all_ns[i] = 1 + random_up_to(1LL << (i / 100 % 40 + 1));
	rtc_sync_recent_add(recent, all_ns[i]);
}

/* No more than half are shorter, no more than half longer. */
static void the_median_is_in_the_middle(void **state)
{
	struct rtc_sync_recent recent = { .count = 0 };
	s64 median_ns;
	int shorter;
	int longer;
	int count;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		fill(i, &recent);
		median_ns = rtc_sync_recent_median_ns(&recent);
		count = i < RTC_SYNC_RECENT ? i + 1 : RTC_SYNC_RECENT;
		shorter = below(i, count, median_ns);
		longer = count - below(i, count, median_ns + 1);
		assert_that(shorter <= count / 2 && longer <= (count - 1) / 2 &&
			    shorter + longer < count,
			    "%d shorter, %d longer of %d", shorter, longer, count);
	}
}

/* Half of them, at least, lie within the spread around the median. */
static void half_lie_within_the_spread(void **state)
{
	struct rtc_sync_recent recent = { .count = 0 };
	s64 spread_ns;
	s64 median_ns;
	int within;
	int count;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		fill(i, &recent);
		median_ns = rtc_sync_recent_median_ns(&recent);
		spread_ns = rtc_sync_recent_spread_ns(&recent);
		count = i < RTC_SYNC_RECENT ? i + 1 : RTC_SYNC_RECENT;
		within = below(i, count, median_ns + spread_ns + 1) -
			 below(i, count, median_ns - spread_ns);
		assert_that(spread_ns >= 0 && 2 * within >= count,
			    "%d of %d within %lld", within, count, spread_ns);
	}
}

/* Of those in the ring, and of no others. */
static void the_least_is_the_least(void **state)
{
	struct rtc_sync_recent recent = { .count = 0 };
	s64 least_ns;
	int i, count;

	assert_int_equal(rtc_sync_recent_least_ns(&recent), 0);
	for (i = 0; i < ROUNDS; i++) {
		fill(i, &recent);
		least_ns = rtc_sync_recent_least_ns(&recent);
		count = i < RTC_SYNC_RECENT ? i + 1 : RTC_SYNC_RECENT;
		assert_that(below(i, count, least_ns) == 0 &&
			    below(i, count, least_ns + 1) > 0,
			    "%lld of %d", least_ns, count);
	}
}

static void outliers_count_for_nothing(void **state)
{
	struct rtc_sync_recent recent = { .count = 0 };
	int i;

	for (i = 0; i < ROUNDS; i++) {
		rtc_sync_recent_add(&recent, i % 5 == 4 ? random_up_to(1LL << 60) : 777);
		assert_int_equal(rtc_sync_recent_median_ns(&recent), 777);
		if (i > RTC_SYNC_RECENT)
			assert_int_equal(rtc_sync_recent_spread_ns(&recent), 0);
	}
}

static void none_and_one(void **state)
{
	struct rtc_sync_recent recent = { .count = 0 };

	assert_int_equal(rtc_sync_recent_median_ns(&recent), 0);
	assert_int_equal(rtc_sync_recent_spread_ns(&recent), 0);
	rtc_sync_recent_add(&recent, 5);
	assert_int_equal(rtc_sync_recent_median_ns(&recent), 5);
	assert_int_equal(rtc_sync_recent_spread_ns(&recent), 0);
	rtc_sync_recent_add(&recent, 9);
	assert_int_equal(rtc_sync_recent_median_ns(&recent), 9);
	assert_int_equal(rtc_sync_recent_spread_ns(&recent), 4);
}

static void a_change_is_forgotten_in_a_ring(void **state)
{
	struct rtc_sync_recent recent = { .count = 0 };
	int i;

	for (i = 0; i < 100; i++)
		rtc_sync_recent_add(&recent, 1000000);
	for (i = 0; i < RTC_SYNC_RECENT; i++)
		rtc_sync_recent_add(&recent, 10);
	assert_int_equal(rtc_sync_recent_median_ns(&recent), 10);
	assert_int_equal(rtc_sync_recent_spread_ns(&recent), 0);
	assert_int_equal(recent.count, RTC_SYNC_RECENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(the_median_is_in_the_middle),
		random_test(half_lie_within_the_spread),
		random_test(the_least_is_the_least),
		random_test(outliers_count_for_nothing),
		random_test(none_and_one),
		random_test(a_change_is_forgotten_in_a_ring),
	};

	return cmocka_run_group_tests_name("recent", tests, random_begin, NULL);
}
