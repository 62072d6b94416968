// SPDX-License-Identifier: GPL-2.0-only
/* The reader's pace: leads, rests, and how close latches can follow each other. */
#include "../../drivers/rtc/sync/pace.h"
#include "random.h"

#define RUNS	200

/* Nothing is known at first: readings may follow each other at once. */
static void it_begins_with_nothing(void **state)
{
	struct rtc_sync_pace pace = {};

	assert_int_equal(pace.lead_ns, 0);
	assert_int_equal(rtc_sync_pace_gap_ns(&pace), 1);
	/* Who asks for a plan without a reading before it has not rested. */
	rtc_sync_pace_ready(&pace, 12345);
	assert_int_equal(pace.rests.count, 0);
}

/* Readings of a steady reader: the gap is what it takes, and an eighth. */
static void the_gap_is_what_it_takes(void **state)
{
	struct rtc_sync_pace pace;
	s64 lead_ns;
	s64 rest_ns;
	s64 raw_ns;
	int i;
	int n;

	for (i = 0; i < RUNS; i++) {
		pace = (struct rtc_sync_pace) {};
		lead_ns = random_between(1000, 2000000);
		rest_ns = random_between(1000, 2000000);
		raw_ns = random_between(0, 1LL << 60);
		for (n = 0; n < 20; n++) {
			rtc_sync_pace_latched(&pace, raw_ns, raw_ns + lead_ns);
			raw_ns += lead_ns + rest_ns;
			rtc_sync_pace_ready(&pace, raw_ns);
			/* Asking again is no other rest. */
			raw_ns += random_between(0, 1000000000);
			rtc_sync_pace_ready(&pace, raw_ns);
			assert_int_equal(pace.lead_ns, lead_ns);
			assert_int_equal(pace.rest_ns, rest_ns);
			assert_in_range(rtc_sync_pace_gap_ns(&pace), lead_ns + rest_ns,
					(lead_ns + rest_ns) * 9 / 8 + 1);
		}
	}
}

/* One out of three that takes for ever, or that ended before it began, changes nothing. */
static void what_is_out_of_the_ordinary_does_not_count(void **state)
{
	struct rtc_sync_pace pace = {};
	s64 odd_ns;
	int i;

	for (i = 0; i < RUNS; i++) {
		odd_ns = random_one_in(2) ? random_between(1000000, 1LL << 60) :
					    -random_between(1, 1LL << 60);
		if (i % 3 != 2)
			odd_ns = 0;
		rtc_sync_pace_latched(&pace, 0, 300000 + odd_ns);
		rtc_sync_pace_ready(&pace, 300000 + odd_ns + 200000);
		if (i < 15)
			continue;
		assert_int_equal(pace.lead_ns, 300000);
		assert_int_equal(pace.rest_ns, 200000);
	}
}

/* If it always takes for ever, it is taken for 50 ms: a plan is never far off. */
static void it_has_an_end(void **state)
{
	struct rtc_sync_pace pace = {};
	int i;

	for (i = 0; i < 15; i++) {
		rtc_sync_pace_latched(&pace, 0, 1LL << 60);
		rtc_sync_pace_ready(&pace, 1LL << 61);
	}
	assert_int_equal(pace.lead_ns, 50000000);
	assert_int_equal(pace.rest_ns, 50000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(it_begins_with_nothing),
		random_test(the_gap_is_what_it_takes),
		random_test(what_is_out_of_the_ordinary_does_not_count),
		random_test(it_has_an_end),
	};

	return cmocka_run_group_tests_name("pace", tests, random_begin, NULL);
}
