// SPDX-License-Identifier: GPL-2.0-only
/*
 * Comparisons with a clock that NTP keeps, in any order, with trims, breaks and what was
 * known before among them: rate and bound stay within what they may be, without overflow.
 * The line that follows any windows never leaves them.
 */
#include "../../drivers/rtc/sync/drift.h"
#include "../../drivers/rtc/sync/learn.h"
#include "edges.h"

#define STEPS		96
#define MAX_PPB		RTC_SYNC_DRIFT_MAX_PPB
#define DAY_NS		(86400 * RTC_SYNC_NS_PER_S)
#define NOW_NS		(1767225600 * RTC_SYNC_NS_PER_S)

/**
 * struct board - the RTC and what is known of it
 * @learn: what is tested
 * @drift: what is tested
 * @rtc_ns: RTC time, ns since 1970
 * @gained_ns: RTC time less system time
 */
struct board {
	struct rtc_sync_learn learn;
	struct rtc_sync_drift drift;
	s64 rtc_ns;
	s64 gained_ns;
};

static void trim(struct board *board)
{
	const struct rtc_sync_retrim change = {
		.by_ppb = (s32)random_signed(MAX_PPB),
		.slack_ppb = (s32)random_up_to(MAX_PPB),
		.lag_ns = random_up_to(100 * RTC_SYNC_NS_PER_S),
	};

	rtc_sync_learn_was_trimmed(&board->learn, &change, board->rtc_ns);
}

static void anchor(struct board *board)
{
	s32 rate_ppb = rtc_sync_learn_rate_ppb(&board->learn);

	rtc_sync_drift_set_rate(&board->drift, rate_ppb,
				rtc_sync_learn_error_ppb(&board->learn), board->rtc_ns);
	rtc_sync_drift_anchor(&board->drift, board->rtc_ns, board->learn.gained_ns,
			      board->learn.noise_ns);
}

static void happen(struct board *board)
{
	switch (random_between(0, 15)) {
	case 0:
		rtc_sync_learn_break(&board->learn);
		assert_false(rtc_sync_learn_has_anchor(&board->learn));
		break;
	case 1:
		trim(board);
		break;
	case 2:
		rtc_sync_learn_seed(&board->learn, (s32)random_signed(MAX_PPB));
		break;
	case 3:
		rtc_sync_learn_recall(&board->learn, (s32)random_signed(MAX_PPB),
				      1 + (s32)random_up_to(65533), random_up_to(1LL << 40));
		break;
	case 4:
		board->gained_ns = random_signed(1LL << 61);
		break;
	case 5:
		board->rtc_ns = NOW_NS + random_signed(1LL << 60);
		break;
	case 6:
		anchor(board);
		break;
	default:
		break;
	}
}

static void check(const struct board *board)
{
	const struct rtc_sync_learn *learn = &board->learn;
	s64 error_ns = rtc_sync_drift_error_ns(&board->drift, board->rtc_ns);

	assert_in_range(rtc_sync_learn_rate_ppb(learn) + MAX_PPB, 0, 2 * MAX_PPB);
	assert_in_range(rtc_sync_learn_error_ppb(learn), 1, MAX_PPB);
	assert_in_range(rtc_sync_learn_proof_ppb(learn), 1, MAX_PPB);
	assert_in_range(rtc_sync_learn_length_s(learn), 0, 2 * RTC_SYNC_LEARN_MEMORY_S);
	assert_true(rtc_sync_learn_proof_ppb(learn) >= rtc_sync_learn_error_ppb(learn));
	assert_true(learn->spread >= 0 && learn->prior >= 0 && learn->said >= 0 &&
		    learn->square >= 0 && learn->noise_ns >= 0 && learn->stray_ns >= 0);
	assert_true(error_ns >= 0);
	rtc_sync_drift_correct(&board->drift, board->rtc_ns);
}

static void comparisons(void)
{
	struct board board = { .rtc_ns = NOW_NS };
	int i;

	for (i = 0; i < STEPS && input_has_more(); i++) {
		happen(&board);
		board.rtc_ns += random_up_to(2 * DAY_NS);
		board.gained_ns += random_signed(10000000);
		rtc_sync_learn_feed(&board.learn, board.rtc_ns, board.gained_ns,
				    random_up_to(RTC_SYNC_NS_PER_S));
		check(&board);
	}
}

static void follow(struct rtc_sync_line *line, const struct rtc_sync_window *window)
{
	switch (random_between(0, 7)) {
	case 0:
		rtc_sync_line_hold(line, window);
		break;
	case 1:
		rtc_sync_line_doubt(line);
		rtc_sync_line_hold(line, window);
		break;
	case 2:
		rtc_sync_line_begin(line, window);
		break;
	default:
		rtc_sync_line_follow(line, window, 1 + random_up_to(3 * 86400));
		break;
	}
}

static void check_line(const struct rtc_sync_line *line, const struct rtc_sync_window *window)
{
	s64 raw_ns = line->edge_raw_ns + random_signed(DAY_NS);
	s64 error_ns;
	s64 off_ns;

	assert_int_equal(line->sec, window->sec);
	assert_true(line->edge_raw_ns >= window->edge_raw_ns.lo &&
		    line->edge_raw_ns <= window->edge_raw_ns.hi);
	assert_true(line->period_ppt >= window->period_ppb.lo * 1000 &&
		    line->period_ppt <= window->period_ppb.hi * 1000);
	off_ns = rtc_sync_line_time_ns(line, window, raw_ns, &error_ns) -
		 rtc_sync_window_time_ns(window, raw_ns, NULL);
	assert_that(error_ns >= 0 && off_ns <= error_ns + 1 && -off_ns <= error_ns + 1,
		    "%lld ns beside the window's middle, bound %lld", off_ns, error_ns);
}

static void any_windows(void)
{
	struct rtc_sync_window window = { .sec = random_between(0, 7000000000LL) };
	struct rtc_sync_line line;
	s64 edge_ns = random_up_to(1LL << 60);
	int i;

	window.period_ppb = draw_rate();
	window.edge_raw_ns = around(edge_ns);
	rtc_sync_line_begin(&line, &window);
	for (i = 0; i < STEPS && input_has_more(); i++) {
		s64 s = random_up_to(3 * 86400);

		window.sec += s;
		edge_ns += s * (RTC_SYNC_NS_PER_S + random_signed(1000000)) +
			   random_signed(RTC_SYNC_NS_PER_S / 2);
		window.edge_raw_ns.lo = edge_ns - random_up_to(2 * RTC_SYNC_NS_PER_S);
		window.edge_raw_ns.hi = edge_ns + random_up_to(2 * RTC_SYNC_NS_PER_S);
		window.period_ppb = draw_rate();
		follow(&line, &window);
		check_line(&line, &window);
		rtc_sync_line_freq_ppb(&line);
	}
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	input_begin(bytes, size);
	if (random_one_in(2))
		comparisons();
	else
		any_windows();
	return 0;
}
