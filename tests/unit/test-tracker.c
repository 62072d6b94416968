// SPDX-License-Identifier: GPL-2.0-only
/* The tracker on a board that behaves: stages, plans, intervals. */
#include "board.h"

#define RUNS	100

static struct board board;

static void first_reads_alternate(void **state)
{
	s64 start_raw_ns;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, 10);
		start_raw_ns = board.raw_ns;
		for (k = 0; k < 20 && board.tracker.stage == RTC_SYNC_FIRST; k++) {
			assert_false(rtc_sync_tracker_is_usable(&board.tracker));
			board_step(&board);
			assert_int_equal(board.reads[RTC_SYNC_READ_FULL], k / 2 + 1);
			assert_int_equal(board.reads[RTC_SYNC_READ_SHORT], (k + 1) / 2);
		}
		assert_in_range(k, 6, 12);
		assert_in_range(board.raw_ns - start_raw_ns, 5000000, 30000000);
	}
}

static void without_short_all_are_full(void **state)
{
	int i;

	for (i = 0; i < RUNS / 10; i++) {
		board_init(&board, 1 + (u32)random_up_to(100));
		board.tracker.source = &board_source_full;
		board_run(&board, 600, 4000);
		assert_int_equal(board.reads[RTC_SYNC_READ_SHORT], 0);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		board_check_truth(&board);
	}
}

/* From nothing to a second in one second, to 1 ms in eight, to the floor. */
static void it_locks(void **state)
{
	s64 start_raw_ns;
	s64 width_ns;
	int i;

	for (i = 0; i < 3 * RUNS; i++) {
		board_init(&board, 10);
		start_raw_ns = board.raw_ns;
		while (!board.syncs && board.raw_ns - start_raw_ns < 2000000000)
			board_step(&board);
		assert_in_range(board.raw_ns - start_raw_ns, 1, 1100000000);
		assert_int_equal(board.tracker.doubt, RTC_SYNC_DOUBT_NONE);
		board_check_truth(&board);

		while (!rtc_sync_tracker_is_locked(&board.tracker) &&
		       board.raw_ns - start_raw_ns < 20000000000)
			board_step(&board);
		assert_in_range(board.raw_ns - start_raw_ns, 1, 8000000000);
		assert_in_range(board.reads[RTC_SYNC_READ_SHORT], 3, 48);
		width_ns = rtc_sync_span_width(&board.tracker.phase.window.edge_raw_ns);
		/* Proving takes two seconds, in which it grows by 600 ppm, and is halved. */
		assert_in_range(width_ns, 1, 2210000);

		board_run_until(&board, RTC_SYNC_TRACK);
		assert_in_range(board.raw_ns - start_raw_ns, 1, 35000000000);
		width_ns = rtc_sync_span_width(&board.tracker.phase.window.edge_raw_ns);
		assert_in_range(width_ns, 1, 150000);
		assert_int_equal(board.tracker.counts.contradictions, 0);
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
	}
}

/* An hour of tracking: the readings are few, syncs are on time. */
static void it_tracks(void **state)
{
	static const u32 intervals_s[] = { 1, 10, 60, 600 };
	u32 before;
	size_t n;
	int i;

	for (n = 0; n < array_size(intervals_s); n++) {
		board_lock(&board, intervals_s[n]);
		board_run(&board, intervals_s[n] + 2, 400);
		board.syncs = 0;
		for (i = 0; i < 360; i++) {
			before = board.reads[0] + board.reads[1];
			board_run(&board, intervals_s[n], 100);
			/* A gap too long for the rate is a short hunt. */
			before = board.reads[0] + board.reads[1] - before;
			assert_that(before <= (i > 30 ? 20 : 60),
				    "interval %u, the %dth: %u readings",
				    intervals_s[n], i, before);
		}
		assert_that(board.syncs >= 355 &&
			    board.syncs <= (intervals_s[n] <= 60 ? 370 : 1100),
			    "interval %u: %u syncs", intervals_s[n], board.syncs);
		assert_true(rtc_sync_tracker_is_usable(&board.tracker));
		assert_int_equal(board.tracker.counts.contradictions, 0);
		assert_int_equal(board.tracker.counts.reacquisitions, 0);
	}
}

/* Amid two syncs. */
static void go_amid(u32 interval_s)
{
	s64 s = board.tracker.due_s - board_now_s(&board) + interval_s / 2;

	board_run(&board, s, 600);
}

/* Neither is the edge hunted nor its rate sought. */
static bool is_narrow(void)
{
	return board.tracker.stage == RTC_SYNC_TRACK ||
	       (board.tracker.stage == RTC_SYNC_PROVE &&
		board.tracker.proved_stage == RTC_SYNC_TRACK);
}

/*
 * An interval is from amid two syncs to amid the next two: in each at most three
 * readings, one after the other, so long as the window stays narrow.
 */
static void three_reads_an_interval(void **state)
{
	static const u32 intervals_s[] = { 10, 10, 10, 15, 30, 60, 60, 600, 600 };
	u32 interval_s;
	bool is_wide;
	u32 reads;
	s64 until_raw_ns;
	size_t n;
	int i;

	for (n = 0; n < array_size(intervals_s); n++) {
		interval_s = intervals_s[n];
		board_lock(&board, interval_s);
		board.wanders = random_one_in(2);
		board_run(&board, 3 * interval_s, 600);
		go_amid(interval_s);
		for (i = 0; i < 720; i++) {
			reads = board.reads[0] + board.reads[1];
			until_raw_ns = board.raw_ns + interval_s * RTC_SYNC_NS_PER_S;
			is_wide = !is_narrow();
			while (board_plan(&board) <= until_raw_ns) {
				board_step(&board);
				is_wide |= !is_narrow();
			}
			board.raw_ns = until_raw_ns;
			reads = board.reads[0] + board.reads[1] - reads;
			assert_that(is_wide || reads <= 3,
				    "interval %u, the %dth: %u readings",
				    interval_s, i, reads);
			assert_that(!is_wide || interval_s > 60, "interval %u, the %dth: wide",
				    interval_s, i);
		}
	}
}

/* Not three in each, perhaps, but on the average not even that. */
static void few_reads_an_hour(void **state)
{
	u32 before;
	u32 syncs;
	u32 full;
	int k;

	for (k = 0; k < 10; k++) {
		board_lock(&board, 10);
		board_run(&board, 30, 100);
		full = board.reads[RTC_SYNC_READ_FULL];
		before = board.reads[RTC_SYNC_READ_SHORT] + full;
		syncs = board.syncs;
		board_run(&board, 3600, 2000);
		before = board.reads[0] + board.reads[1] - before;
		full = board.reads[RTC_SYNC_READ_FULL] - full;
		assert_that(before <= 3 * 360, "%u readings", before);
		/* The date is looked at once a minute, or at the next sync. */
		assert_that(full >= 3600 / 72, "%u full readings", full);
		assert_in_range(board.syncs - syncs, 355, 370);
	}
}

/* At once, in every stage, asked as often as one likes. */
static void a_plan_asked_twice_is_the_same(void **state)
{
	struct rtc_sync_plan first;
	struct rtc_sync_plan again;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, 1 + (u32)random_up_to(100));
		for (k = 0; k < 100; k++) {
			first = *rtc_sync_tracker_plan(&board.tracker, board.raw_ns);
			again = *rtc_sync_tracker_plan(&board.tracker, board.raw_ns);
			assert_that(first.kind == again.kind &&
				    first.start_raw_ns == again.start_raw_ns,
				    "reading %d, stage %d: in %lld ns, then in %lld ns", k,
				    board.tracker.stage, first.start_raw_ns - board.raw_ns,
				    again.start_raw_ns - board.raw_ns);
			board_step(&board);
		}
	}
}

/* Whoever wakes up early and asks again is sent to the same instant. */
static void a_plan_asked_later_is_the_same(void **state)
{
	struct rtc_sync_plan first;
	struct rtc_sync_plan again;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		board_init(&board, 1 + (u32)random_up_to(100));
		board_run_until(&board, RTC_SYNC_PROVE);
		for (k = 0; k < 100; k++) {
			first = *rtc_sync_tracker_plan(&board.tracker, board.raw_ns);
			board.raw_ns = random_between(board.raw_ns, first.start_raw_ns);
			again = *rtc_sync_tracker_plan(&board.tracker, board.raw_ns);
			assert_that(first.kind == again.kind &&
				    first.start_raw_ns == again.start_raw_ns,
				    "reading %d, stage %d: in %lld ns, then in %lld ns", k,
				    board.tracker.stage, first.start_raw_ns - board.raw_ns,
				    again.start_raw_ns - board.raw_ns);
			board_step(&board);
		}
	}
}

/* A trigger: a fresh sync within 3 s, whatever is under way once locked. */
static void hurry_syncs_soon(void **state)
{
	static const u32 intervals_s[] = { 1, 10, 3600, 86400 };
	s64 hurry_raw_ns;
	u32 syncs;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, intervals_s[i % 4]);
		board.late_ns = random_one_in(2) ? 5000000 : 0;
		for (k = 0; k < 10; k++) {
			board_run(&board, random_up_to(random_one_in(9) ? 20000 : 100), 20000);
			board.raw_ns += random_up_to(999999999);
			hurry_raw_ns = board.raw_ns;
			syncs = board.syncs;
			rtc_sync_tracker_hurry(&board.tracker, board.raw_ns);
			board_wake(&board);
			while (board.syncs == syncs &&
			       board.raw_ns < hurry_raw_ns + 10 * RTC_SYNC_NS_PER_S)
				board_step(&board);
			assert_true(rtc_sync_tracker_is_locked(&board.tracker));
			assert_that(board.raw_ns - hurry_raw_ns <= 3000000000,
				    "interval %u, the %dth: after %lld ns, stage %d",
				    intervals_s[i % 4], k, board.raw_ns - hurry_raw_ns,
				    board.tracker.stage);
		}
	}
}

/* A sync comes within one new interval of the last, but not before its time. */
static void a_new_interval_takes_effect(void **state)
{
	s64 last_raw_ns;
	u32 syncs;
	int i;

	for (i = 0; i < RUNS / 10; i++) {
		board_lock(&board, 10);
		board_run(&board, 100, 100);
		syncs = board.syncs;
		last_raw_ns = board.sync_raw_ns;
		rtc_sync_tracker_set_interval(&board.tracker, 86400);
		board_wake(&board);
		board_run(&board, 3600, 10);
		assert_int_equal(board.syncs, syncs);
		board_run(&board, 86400 - 3600 - 200, 10);
		assert_int_equal(board.syncs, syncs);
		board_run(&board, 300, 200);
		assert_true(board.syncs > syncs);
		assert_in_range((board.sync_raw_ns - last_raw_ns) / RTC_SYNC_NS_PER_S,
				86000, 86800);
		board_check_truth(&board);

		rtc_sync_tracker_set_interval(&board.tracker, 1);
		board_wake(&board);
		board_run(&board, 30, 300);
		syncs = board.syncs;
		board_run(&board, 20, 150);
		assert_in_range(board.syncs - syncs, 10, 60);
		board_check_truth(&board);
	}
}

/* The rate is only as good as the time it was watched for: 16 s, and then as long. */
static void long_intervals_begin_with_short_ones(void **state)
{
	static const u32 intervals_s[] = { 30, 600, 86400 };
	s64 settled_raw_ns;
	s64 watched_s;
	s64 last_raw_ns;
	s64 wait_s;
	u32 syncs;
	int i;
	int k;

	for (i = 0; i < RUNS / 4; i++) {
		board_lock(&board, intervals_s[i % 3]);
		settled_raw_ns = board.raw_ns;
		last_raw_ns = board.raw_ns;
		for (k = 0; k < 12; k++) {
			syncs = board.syncs;
			while (board.syncs == syncs)
				board_step(&board);
			wait_s = (board.sync_raw_ns - last_raw_ns) / RTC_SYNC_NS_PER_S;
			watched_s = (last_raw_ns - settled_raw_ns) / RTC_SYNC_NS_PER_S;
			/* A window grown wide in between is hunted for some seconds. */
			assert_that(wait_s <= min_t(s64, intervals_s[i % 3],
						    max_t(s64, watched_s, 16)) + 5,
				    "interval %u: the %dth sync after %lld s, watched for %lld s",
				    intervals_s[i % 3], k, wait_s, watched_s);
			assert_int_equal(board.tracker.counts.contradictions, 0);
			last_raw_ns = board.sync_raw_ns;
		}
		watched_s = (last_raw_ns - settled_raw_ns) / RTC_SYNC_NS_PER_S;
		assert_that(watched_s >= min_t(s64, 6 * intervals_s[i % 3], 1500),
			    "interval %u: 12 syncs in %lld s", intervals_s[i % 3], watched_s);
	}
}

/* What is shown is nearer to the truth than the windows are wide. */
static void the_line_finds_the_rate(void **state)
{
	static const u32 intervals_s[] = { 1, 10, 60 };
	double window_sum;
	double line_sum;
	s64 floor_ns;
	s64 true_ns;
	s64 off_ns;
	s64 off_ppb;
	s64 error_ns;
	int i;
	int k;

	for (i = 0; i < 30; i++) {
		board_lock(&board, intervals_s[i % 3]);
		board_run(&board, 3600, 15000);
		floor_ns = rtc_sync_tracker_floor_ns(&board.tracker);
		window_sum = 0;
		line_sum = 0;
		for (k = 0; k < 100; k++) {
			board_run(&board, 60, 300);
			true_ns = board_rtc_ns(&board, board.raw_ns);
			off_ns = rtc_sync_window_time_ns(&board.tracker.phase.window,
							 board.raw_ns, NULL) - true_ns;
			window_sum += (double)(off_ns * off_ns);
			off_ppb = board.tracker.line.period_ppt / 1000 - board.period_ppb;
			assert_that(off_ppb <= 200 && off_ppb >= -200,
				    "interval %u: %lld ppb off", intervals_s[i % 3], off_ppb);
			off_ns = rtc_sync_line_time_ns(&board.tracker.line,
						       &board.tracker.phase.window,
						       board.raw_ns, &error_ns) - true_ns;
			line_sum += (double)(off_ns * off_ns);
			assert_that(off_ns <= 2 * floor_ns && off_ns >= -2 * floor_ns,
				    "interval %u: %lld ns off, floor %lld ns",
				    intervals_s[i % 3], off_ns, floor_ns);
		}
		/* Windows of one second to the next are too much alike for that. */
		assert_that(intervals_s[i % 3] == 1 || line_sum < window_sum,
			    "interval %u: squares of the window %.0f, of the line %.0f",
			    intervals_s[i % 3], window_sum, line_sum);
	}
}

/* Whoever is contradicted remembers nothing; whoever restarts begins a line. */
static void the_line_is_begun_anew(void **state)
{
	struct rtc_sync_tracker *tracker = &board.tracker;
	u32 contradictions;
	int i;
	int k;

	for (i = 0; i < RUNS / 4; i++) {
		board_lock(&board, 10);
		board_run(&board, 1000, 1000);
		assert_in_range(tracker->line.memory_s, 100, 200);
		board_knock(&board, 0, 100000000);
		contradictions = tracker->counts.contradictions;
		for (k = 0; k < 100 && tracker->counts.contradictions == contradictions; k++)
			board_step(&board);
		assert_true(tracker->counts.contradictions > contradictions);
		assert_true(!tracker->has_phase || !tracker->line.memory_s);

		board_lock(&board, 10);
		board_run(&board, 1000, 1000);
		board_set(&board, board_now_s(&board) - 86400);
		rtc_sync_tracker_rtc_was_set(tracker);
		board_wake(&board);
		board_run_until(&board, RTC_SYNC_TRACK);
		assert_true(tracker->line.known_s == tracker->phase.window.sec);
		assert_in_range(tracker->line.memory_s, 0, 24);
	}
}

/* The rate is kept over a restart: the second lock is good at once. */
static void a_restart_keeps_the_rate(void **state)
{
	struct rtc_sync_span period_ppb;
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		period_ppb = board.tracker.sure.phase.window.period_ppb;
		board.tracker.is_fresh = true;
		rtc_sync_tracker_restart(&board.tracker);
		board_wake(&board);
		assert_false(board.tracker.is_fresh);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		assert_false(rtc_sync_tracker_is_locked(&board.tracker));
		board_step(&board);
		assert_false(rtc_sync_tracker_is_locked(&board.tracker));
		assert_true(board.tracker.phase.window.period_ppb.lo >= period_ppb.lo - 20 &&
			    board.tracker.phase.window.period_ppb.hi <= period_ppb.hi + 20);
		assert_true(board.tracker.phase.window.period_ppb.lo <= board.period_ppb &&
			    board.period_ppb <= board.tracker.phase.window.period_ppb.hi);
		board_run_until(&board, RTC_SYNC_TRACK);
		board_check_truth(&board);
	}
}

/*
 * Asleep for nobody knows how long: the RTC went on, the oscillator has cooled down, and
 * CLOCK_MONOTONIC_RAW tells neither. The bound holds from the first reading on.
 */
static void a_sleep_keeps_the_rate_nearly(void **state)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		board_lock(&board, 10);
		board_run(&board, 300, 200);
		board_knock(&board, random_between(-15000, 15000),
			    random_between(-RTC_SYNC_NS_PER_S, RTC_SYNC_NS_PER_S));
		board.sec += random_up_to(86400);
		board.is_honest = true;
		rtc_sync_tracker_was_asleep(&board.tracker);
		board_wake(&board);
		assert_false(rtc_sync_tracker_is_usable(&board.tracker));
		board_run(&board, 300, 400);
		assert_true(rtc_sync_tracker_is_locked(&board.tracker));
		board_check_truth(&board);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(first_reads_alternate),
		random_test(without_short_all_are_full),
		random_test(it_locks),
		random_test(it_tracks),
		random_test(three_reads_an_interval),
		random_test(few_reads_an_hour),
		random_test(a_plan_asked_twice_is_the_same),
		random_test(a_plan_asked_later_is_the_same),
		random_test(hurry_syncs_soon),
		random_test(a_new_interval_takes_effect),
		random_test(long_intervals_begin_with_short_ones),
		random_test(the_line_finds_the_rate),
		random_test(the_line_is_begun_anew),
		random_test(a_restart_keeps_the_rate),
		random_test(a_sleep_keeps_the_rate_nearly),
	};

	return cmocka_run_group_tests_name("tracker", tests, random_begin, NULL);
}
