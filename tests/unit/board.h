/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A board for the tracker: an RTC whose edges lie on a known line, a bus, and a
 * thread that does as the tracker plans. Smaller than tests/sim, and more willing
 * to misbehave.
 */
#ifndef TESTS_UNIT_BOARD_H
#define TESTS_UNIT_BOARD_H

#include <linux/errno.h>

#include "../../drivers/rtc/sync/tracker.h"
#include "random.h"

#define BOARD_NOT_BEFORE_S	RTC_SYNC_NOT_BEFORE_S
#define BOARD_NOW_S		1767225600LL

/**
 * struct board - truth and hardware
 * @tracker: what is tested
 * @raw_ns: now, CLOCK_MONOTONIC_RAW
 * @sec: the RTC second that began at @edge_raw_ns
 * @edge_raw_ns: CLOCK_MONOTONIC_RAW
 * @period_ppb: the RTC's second lasts this much longer then
 * @wander_ppb: and that changes by so much each second
 * @wanders: @wander_ppb turns now and then
 * @base_ppb: @period_ppb stays within 9 ppm of this
 * @stuck_raw_ns: if not 0: the RTC stopped then
 * @wake_ns: up to this late the thread wakes
 * @late_ns: but one time in 20 up to this late
 * @err: if not 0: every reading fails so
 * @is_planned: the thread sleeps until tracker.plan
 * @garbled: that many short readings are garbled next
 * @is_honest: nothing was garbled, set or stopped: the bound must hold
 * @reads: readings done, by kind
 * @syncs: how often a sync was due
 * @sync_raw_ns: the last one
 */
struct board {
	struct rtc_sync_tracker tracker;
	s64 raw_ns;
	time64_t sec;
	s64 edge_raw_ns;
	s64 period_ppb;
	s64 wander_ppb;
	bool wanders;
	s64 base_ppb;
	s64 stuck_raw_ns;
	s64 wake_ns;
	s64 late_ns;
	int err;
	bool is_planned;
	int garbled;
	bool is_honest;
	u32 reads[RTC_SYNC_READ_KINDS];
	u32 syncs;
	s64 sync_raw_ns;
};

static const struct rtc_sync_source board_source = {
	.name = "two kinds",
	.wire = {
		[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 2 },
		[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 },
	},
	.has_short = true,
};

static const struct rtc_sync_source board_source_full = {
	.name = "one kind",
	.wire = {
		[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 8 },
	},
};

static inline void board_init(struct board *board, u32 interval_s)
{
	*board = (struct board) {
		.raw_ns = random_up_to(1000 * RTC_SYNC_NS_PER_S) + 1,
		.sec = BOARD_NOW_S + random_between(0, 86400),
		.period_ppb = random_between(-150000, 150000),
		.wake_ns = 50000,
		.is_honest = true,
	};
	board->base_ppb = board->period_ppb;
	board->edge_raw_ns = board->raw_ns - random_between(0, 999000000);
	rtc_sync_tracker_init(&board->tracker, &board_source, interval_s,
			      BOARD_NOT_BEFORE_S);
}

/* From the beginning of @sec to that of a second @s later. */
static inline s64 board_seconds_ns(const struct board *board, s64 s)
{
	return s * (RTC_SYNC_NS_PER_S + board->period_ppb) +
	       s * s * board->wander_ppb / 2;
}

/* RTC time at an instant, ns since 1970. */
static inline s64 board_rtc_ns(const struct board *board, s64 raw_ns)
{
	s64 since_ns = raw_ns - board->edge_raw_ns;
	s64 begin_ns;
	s64 s;

	if (board->stuck_raw_ns)
		since_ns = min(since_ns, board->stuck_raw_ns - board->edge_raw_ns);
	s = since_ns / RTC_SYNC_NS_PER_S;
	while (board_seconds_ns(board, s) > since_ns)
		s--;
	while (board_seconds_ns(board, s + 1) <= since_ns)
		s++;
	begin_ns = board_seconds_ns(board, s);
	return (board->sec + s) * RTC_SYNC_NS_PER_S +
	       (since_ns - begin_ns) * RTC_SYNC_NS_PER_S /
	       (board_seconds_ns(board, s + 1) - begin_ns);
}

/* As writing the seconds does: the second begins now. */
static inline void board_set(struct board *board, time64_t sec)
{
	board->sec = sec;
	board->edge_raw_ns = board->raw_ns;
	board->stuck_raw_ns = 0;
	board->is_honest = false;
}

static inline void board_stop(struct board *board)
{
	board->stuck_raw_ns = board->raw_ns;
	board->is_honest = false;
}

/* One that was right until now goes wrong, by a rate or at once. */
static inline void board_knock(struct board *board, s64 by_ppb, s64 by_ns)
{
	time64_t sec = board_rtc_ns(board, board->raw_ns) / RTC_SYNC_NS_PER_S;

	board->edge_raw_ns += board_seconds_ns(board, sec - board->sec) + by_ns;
	board->sec = sec;
	board->period_ppb += by_ppb;
	board->base_ppb += by_ppb;
	board->is_honest = false;
}

/* The rate wanders as fast as it may, up and down. */
static inline void board_wander(struct board *board)
{
	time64_t sec = board_rtc_ns(board, board->raw_ns) / RTC_SYNC_NS_PER_S;
	s64 s = sec - board->sec;

	board->edge_raw_ns += board_seconds_ns(board, s);
	board->period_ppb += s * board->wander_ppb;
	board->sec = sec;
	if (random_one_in(100))
		board->wander_ppb = random_between(-1, 1);
	if (board->period_ppb > board->base_ppb + 9000)
		board->wander_ppb = -1;
	if (board->period_ppb < board->base_ppb - 9000)
		board->wander_ppb = 1;
}

static inline time64_t board_now_s(const struct board *board)
{
	return board_rtc_ns(board, board->raw_ns) / RTC_SYNC_NS_PER_S;
}

static inline void board_read(struct board *board, enum rtc_sync_read kind,
			      struct rtc_sync_reading *reading)
{
	const struct rtc_sync_wire *wire = &board_source.wire[kind];

	board->reads[kind]++;
	reading->before_raw_ns = board->raw_ns;
	board->raw_ns += 197000 + random_between(0, 5000) +
			 (wire->bytes - wire->tail_bytes) * 7000;
	reading->rtc_s = board_now_s(board);
	if (kind == RTC_SYNC_READ_SHORT) {
		if (board->garbled && board->garbled--) {
			reading->rtc_s += 7;
			board->is_honest = false;
		}
		reading->rtc_s %= 60;
	}
	board->raw_ns += wire->tail_bytes * 7000 + 6000 + random_between(0, 5000);
	reading->after_raw_ns = board->raw_ns;
}

/* The line is that of the window, and in it. */
static inline void board_check_line(const struct rtc_sync_line *line,
				    const struct rtc_sync_window *window)
{
	assert_int_equal(line->sec, window->sec);
	assert_that(line->edge_raw_ns >= window->edge_raw_ns.lo &&
		    line->edge_raw_ns <= window->edge_raw_ns.hi,
		    "edge %lld ns after lo, window %lld ns",
		    line->edge_raw_ns - window->edge_raw_ns.lo,
		    rtc_sync_span_width(&window->edge_raw_ns));
	assert_that(line->period_ppt >= window->period_ppb.lo * 1000 &&
		    line->period_ppt <= window->period_ppb.hi * 1000,
		    "%lld ppt, window %lld..%lld ppb", line->period_ppt,
		    window->period_ppb.lo, window->period_ppb.hi);
}

/* The time and its bound against the truth, by the window and by the line. */
static inline void board_check_truth(const struct board *board)
{
	const struct rtc_sync_tracker *tracker = &board->tracker;
	s64 true_ns = board_rtc_ns(board, board->raw_ns);
	s64 error_ns;
	s64 off_ns;

	off_ns = rtc_sync_window_time_ns(&tracker->phase.window, board->raw_ns,
					 &error_ns) - true_ns;
	assert_that(off_ns <= error_ns + 1 && -off_ns <= error_ns + 1,
		    "stage %d: %lld ns off, bound %lld", tracker->stage,
		    off_ns, error_ns);
	off_ns = rtc_sync_line_time_ns(&tracker->line, &tracker->bound,
				       board->raw_ns, &error_ns) - true_ns;
	assert_that(off_ns <= error_ns + 1 && -off_ns <= error_ns + 1,
		    "stage %d: line %lld ns off, bound %lld", tracker->stage,
		    off_ns, error_ns);
}

/* What must hold after every reading, whatever went before. */
static inline void board_check(struct board *board)
{
	struct rtc_sync_tracker *tracker = &board->tracker;

	assert_in_range(tracker->stage, RTC_SYNC_FIRST, RTC_SYNC_TRACK);
	assert_that(!tracker->is_fresh || rtc_sync_tracker_is_usable(tracker),
		    "fresh, but not usable: stage %d, doubt %d", tracker->stage,
		    tracker->doubt);
	assert_true(!rtc_sync_tracker_is_usable(tracker) || tracker->guard.ticked);
	assert_true(!rtc_sync_tracker_is_settled(tracker) ||
		    rtc_sync_tracker_is_locked(tracker));
	if (rtc_sync_tracker_is_usable(tracker))
		board_check_line(&tracker->line, &tracker->phase.window);
	if (board->is_honest && rtc_sync_tracker_is_usable(tracker))
		board_check_truth(board);
	if (!tracker->is_fresh)
		return;
	tracker->is_fresh = false;
	board->syncs++;
	board->sync_raw_ns = board->raw_ns;
}

/* Something changed: the thread wakes, and plans anew. */
static inline void board_wake(struct board *board)
{
	board->is_planned = false;
}

/* As the thread does: once after each reading. Return: when to read. */
static inline s64 board_plan(struct board *board)
{
	const struct rtc_sync_plan *plan = &board->tracker.plan;

	if (!board->is_planned) {
		plan = rtc_sync_tracker_plan(&board->tracker, board->raw_ns);
		board->is_planned = true;
	}
	return plan->start_raw_ns;
}

/* Plan, sleep, read, feed: once. */
static inline void board_step(struct board *board)
{
	s64 start_raw_ns = board_plan(board);
	struct rtc_sync_reading reading;

	board->raw_ns = max(board->raw_ns, start_raw_ns) +
			random_between(0, board->wake_ns);
	if (board->late_ns && random_one_in(20))
		board->raw_ns += random_up_to(board->late_ns);
	/* The bound is widest just before the reading. */
	if (board->is_honest && rtc_sync_tracker_is_usable(&board->tracker))
		board_check_truth(board);
	if (board->wanders)
		board_wander(board);
	board->is_planned = false;
	if (board->err) {
		board->raw_ns += 300000;
		rtc_sync_tracker_fail(&board->tracker, board->err, board->raw_ns);
	} else {
		board_read(board, board->tracker.plan.kind, &reading);
		rtc_sync_tracker_feed(&board->tracker, &reading);
	}
	board_check(board);
}

/* Until so much time has passed, and in no more than so many readings. */
static inline void board_run(struct board *board, s64 s, int reads)
{
	s64 until_raw_ns = board->raw_ns + s * RTC_SYNC_NS_PER_S;
	int i;

	for (i = 0; board_plan(board) <= until_raw_ns; i++) {
		assert_that(i < reads, "%d readings in %lld s, stage %d", i, s,
			    board->tracker.stage);
		board_step(board);
	}
	board->raw_ns = max(board->raw_ns, until_raw_ns);
}

static inline void board_run_until(struct board *board, enum rtc_sync_stage stage)
{
	int i;

	for (i = 0; board->tracker.stage != stage; i++) {
		assert_that(i < 400, "stage %d never came", stage);
		board_step(board);
	}
}

static inline void board_lock(struct board *board, u32 interval_s)
{
	board_init(board, interval_s);
	board_run_until(board, RTC_SYNC_TRACK);
	assert_true(rtc_sync_tracker_is_usable(&board->tracker));
	assert_true(rtc_sync_tracker_is_locked(&board->tracker));
}

#endif /* TESTS_UNIT_BOARD_H */
