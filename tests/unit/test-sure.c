// SPDX-License-Identifier: GPL-2.0-only
/* The window that holds although readings were garbled. */
#include "../../drivers/rtc/sync/sure.h"
#include "truth.h"

#define RUNS	300
#define READS	60

static struct truth truth;

/* A latch within the truth, as often near an edge as not. */
static struct rtc_sync_span latch_at(int i)
{
	s64 raw_ns = truth.edge_half_ns[i] / 2;
	s64 width_ns = random_between(1000, 100000);
	struct rtc_sync_span latch;

	raw_ns += random_one_in(2) ? random_signed(2000000) : random_between(0, 900000000);
	latch.lo = raw_ns - random_between(0, width_ns);
	latch.hi = latch.lo + width_ns;
	latch.lo = min(latch.lo, raw_ns);
	latch.hi = max(latch.hi, raw_ns);
	return latch;
}

/*
 * Of every so many readings fewer than the witnesses are a second beside the right one,
 * in one direction, and the window holds.
 */
static void check(u8 witnesses, int lies)
{
	struct rtc_sync_span any_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	struct rtc_sync_sure sure;
	struct rtc_sync_span latch;
	int left = lies;
	int lie_s;
	int i, n;
	s64 sec;

	truth_init_random(&truth);
	lie_s = random_one_in(2) ? 1 : -1;
	i = (int)random_between(10, 100);
	latch = latch_at(i);
	sec = truth.first_s + truth_second(&truth, rtc_sync_span_mid(&latch));
	rtc_sync_sure_begin(&sure, sec, &latch, &any_ppb);
	for (n = 0; n < READS; n++) {
		latch = latch_at(i);
		sec = truth.first_s + truth_second(&truth, rtc_sync_span_mid(&latch));
		if (left && random_one_in(10)) {
			left--;
			sec += lie_s;
		}
		rtc_sync_sure_add(&sure, sec, &latch, witnesses);
		i += (int)random_between(1, 15);
	}
	i = (int)(sure.phase.window.sec - truth.first_s);
	assert_that(truth_is_edge_in(&truth, i, &sure.phase.window.edge_raw_ns),
		    "%d witnesses, %d lies of %d s: edge %lld ns after lo, width %lld",
		    witnesses, lies, lie_s,
		    truth.edge_half_ns[i] / 2 - sure.phase.window.edge_raw_ns.lo,
		    rtc_sync_span_width(&sure.phase.window.edge_raw_ns));
}

static void it_holds_when_all_are_true(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++)
		check((u8)random_between(1, RTC_SYNC_WITNESSES_IN_DOUBT), 0);
}

static void it_holds_with_fewer_lies_than_witnesses(void **state)
{
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		check(RTC_SYNC_WITNESSES, 1);
		check(RTC_SYNC_WITNESSES_IN_DOUBT, 3);
	}
}

/* It narrows: to what the second tightest of the readings says. */
static void it_narrows(void **state)
{
	struct rtc_sync_span period_ppb = { .lo = -100, .hi = 100 };
	struct rtc_sync_span latch = { .lo = 0, .hi = 1000 };
	struct rtc_sync_sure sure;
	int i;

	rtc_sync_sure_begin(&sure, 1000, &latch, &period_ppb);
	assert_true(rtc_sync_span_width(&sure.phase.window.edge_raw_ns) > 2900000000LL);
	for (i = 0; i < 4; i++) {
		latch.lo = i * RTC_SYNC_NS_PER_S + (i & 1 ? 500001000 : 499998000);
		latch.hi = latch.lo + 1000;
		rtc_sync_sure_add(&sure, 1000 + i + (i & 1), &latch, RTC_SYNC_WITNESSES);
		if (i < 2)
			assert_true(rtc_sync_span_width(&sure.phase.window.edge_raw_ns) >
				    900000000);
	}
	assert_in_range(rtc_sync_span_width(&sure.phase.window.edge_raw_ns), 2000, 6000);
}

/* Two that agree on another second altogether: it is that now. */
static void it_follows_a_jump(void **state)
{
	struct rtc_sync_span any_ppb = RTC_SYNC_PERIOD_ANY_PPB;
	struct rtc_sync_span latch = { .lo = 0, .hi = 1000 };
	struct rtc_sync_sure sure;

	rtc_sync_sure_begin(&sure, 1000, &latch, &any_ppb);
	rtc_sync_sure_add(&sure, 1000, &latch, RTC_SYNC_WITNESSES);
	rtc_sync_sure_add(&sure, 5000, &latch, RTC_SYNC_WITNESSES);
	assert_int_equal(sure.phase.window.sec, 5001);
	assert_int_equal(sure.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(it_holds_when_all_are_true),
		random_test(it_holds_with_fewer_lies_than_witnesses),
		random_test(it_narrows),
		random_test(it_follows_a_jump),
	};

	return cmocka_run_group_tests_name("sure", tests, random_begin, NULL);
}
