// SPDX-License-Identifier: GPL-2.0-only
/* Was the RTC set, or did readings only look like that? What it had gained depends on it. */
#include "../../drivers/rtc/sync/known.h"
#include "board.h"

#define RUNS		100
#define LEAP_NS		1000000000LL

static struct board board;
static struct rtc_sync_known known;
static struct rtc_sync_drift drift;

/* Locked and noted, with a gain of a leap second and a rate or none. */
static void begin(s32 rate_ppb)
{
	known = (struct rtc_sync_known) {};
	drift = (struct rtc_sync_drift) { .rate_ppb = rate_ppb };
	board_lock(&board, 10);
	rtc_sync_drift_begin(&drift, board_rtc_ns(&board, board.raw_ns));
	rtc_sync_drift_shift(&drift, LEAP_NS);
	assert_true(rtc_sync_known_note(&known, &board.tracker, &drift));
}

/* As if garbled readings had looked like a set: sought anew. */
static void seek_again(void)
{
	rtc_sync_tracker_restart(&board.tracker);
	rtc_sync_drift_reset(&drift);
	board_wake(&board);
	assert_false(rtc_sync_known_goes_on(&known, &board.tracker, board.raw_ns, &drift));
	assert_false(drift.has_begun);
	board_run_until(&board, RTC_SYNC_SETTLE);
}

static void only_a_known_edge_is_noted(void **state)
{
	begin(0);
	drift.has_begun = false;
	assert_false(rtc_sync_known_note(&known, &board.tracker, &drift));
	assert_true(known.drift.has_begun);
	drift.has_begun = true;
	rtc_sync_tracker_restart(&board.tracker);
	assert_false(rtc_sync_known_note(&known, &board.tracker, &drift));
}

/* Nobody has set it: all that it had gained is known again, and the bound holds. */
static void what_goes_on_keeps_its_gain(void **state)
{
	s64 blur_ns;
	s32 rate_ppb;
	int i;

	for (i = 0; i < RUNS; i++) {
		rate_ppb = (s32)random_signed(20000);
		begin(rate_ppb);
		seek_again();
		assert_true(rtc_sync_known_goes_on(&known, &board.tracker, board.raw_ns,
						   &drift));
		assert_true(drift.has_begun);
		assert_int_equal(drift.rate_ppb, rate_ppb);
		assert_int_equal(drift.since_ns, known.drift.since_ns);
		assert_int_equal(drift.gained_ns, LEAP_NS);
		blur_ns = drift.gained_error_ns - known.drift.gained_error_ns;
		assert_in_range(blur_ns, 0, 20000000);
	}
}

/* A rate that was written meanwhile counts from then on. */
static void a_new_rate_is_kept(void **state)
{
	s64 now_ns;

	begin(1000);
	seek_again();
	now_ns = board_rtc_ns(&board, board.raw_ns);
	rtc_sync_drift_set_rate(&drift, -3000, 5, now_ns);
	assert_true(rtc_sync_known_goes_on(&known, &board.tracker, board.raw_ns, &drift));
	assert_int_equal(drift.rate_ppb, -3000);
	assert_int_equal(drift.rate_error_ppb, 5);
	assert_that(drift.since_ns - now_ns < 20000000 && now_ns - drift.since_ns < 20000000,
		    "since %lld, now %lld", drift.since_ns, now_ns);
	/* 1 ppm of the seconds until then is some microseconds. */
	assert_in_range(drift.gained_ns - LEAP_NS, 1, 100000);
}

/* Somebody has set it by more than can be told: nothing is restored. */
static void a_set_is_none_that_goes_on(void **state)
{
	struct rtc_sync_drift before;
	s64 by_ns;
	int i;

	for (i = 0; i < RUNS; i++) {
		begin(500);
		by_ns = random_between(50000000, 400000000);
		board_knock(&board, 0, random_one_in(2) ? by_ns : -by_ns);
		seek_again();
		before = drift;
		assert_false(rtc_sync_known_goes_on(&known, &board.tracker, board.raw_ns,
						    &drift));
		assert_memory_equal(&drift, &before, sizeof(drift));
	}
}

static void what_is_void_never_goes_on(void **state)
{
	begin(500);
	seek_again();
	known.is_valid = false;
	assert_false(rtc_sync_known_goes_on(&known, &board.tracker, board.raw_ns, &drift));
	assert_false(rtc_sync_known_has_gain(&known));
}

/* A gain without a rate is one, too: a leap second, or a rate that was taken back. */
static void a_gain_is_a_rate_or_time(void **state)
{
	begin(0);
	assert_true(rtc_sync_known_has_gain(&known));
	known.drift.gained_ns = 0;
	assert_false(rtc_sync_known_has_gain(&known));
	known.drift.rate_ppb = -1;
	assert_true(rtc_sync_known_has_gain(&known));
}

/* However wrong the clock is, the error says so, as long after it as you like. */
static void the_clocks_error_is_told(void **state)
{
	s64 error_ns;
	s64 later_ns;
	s64 true_ns;
	s64 off_ns;
	int i;

	for (i = 0; i < RUNS; i++) {
		begin(0);
		off_ns = random_signed(RTC_SYNC_NS_PER_S);
		later_ns = random_up_to(3600 * RTC_SYNC_NS_PER_S);
		true_ns = board_rtc_ns(&board, board.raw_ns + later_ns) - LEAP_NS;
		error_ns = rtc_sync_known_clock_error_ns(&known, board.raw_ns + later_ns,
							 true_ns + off_ns);
		assert_true(error_ns >= (off_ns < 0 ? -off_ns : off_ns));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(only_a_known_edge_is_noted),
		random_test(what_goes_on_keeps_its_gain),
		random_test(a_new_rate_is_kept),
		random_test(a_set_is_none_that_goes_on),
		random_test(what_is_void_never_goes_on),
		random_test(a_gain_is_a_rate_or_time),
		random_test(the_clocks_error_is_told),
	};

	return cmocka_run_group_tests_name("known", tests, random_begin, NULL);
}
