// SPDX-License-Identifier: GPL-2.0-only
/*
 * A clock, an RTC that says how wrong it may be and is not wronger, and orders carried
 * out as the thread does: every order keeps the rules, and after a step the clock is no
 * further off than was said. Then the same with samples of any kind.
 */
#include "../unit/orders.h"

#define SYNCS		64

/* No bound is ever wider: ten years at twice the most a rate can be off */
#define ERROR_MAX_NS	(632448LL * S)

/**
 * struct board - a clock and its servo
 * @servo: what is tested
 * @policy: what is allowed at present
 * @off_ns: true RTC time less system time, ns
 * @interval_s: until the next sync
 */
struct board {
	struct rtc_sync_servo servo;
	struct rtc_sync_policy policy;
	s64 off_ns;
	u32 interval_s;
};

/* Measured: off by no more than it says */
static struct rtc_sync_sample measure(const struct board *board)
{
	struct rtc_sync_sample sample = {
		.error_ns = random_up_to(random_one_in(8) ? ERROR_MAX_NS : 100 * MS),
		.freq_ppb = random_signed(2 * RTC_SYNC_SLEW_MAX_PPB),
		.is_locked = !random_one_in(4),
		.is_suspect = random_one_in(4),
		.is_ordered = random_one_in(4),
	};

	sample.is_settled = sample.is_locked && random_one_in(2);
	sample.offset_ns = board->off_ns + random_signed(sample.error_ns);
	return sample;
}

/* Made up for by the end, as far as a thousandth of what it moves allows */
static void slew(struct board *board, const struct rtc_sync_sample *sample)
{
	struct rtc_sync_slew slew = rtc_sync_servo_slew(sample, board->interval_s);
	s64 by_ppb = slew.freq_ppb - slew.rest_ppb;
	s64 done_ns = min_t(s64, slew.duration_ns, board->interval_s * S);

	if (sample->offset_ns >= -S && sample->offset_ns <= S)
		checked_slew(sample, board->interval_s);
	assert_true(slew.duration_ns >= 0);
	assert_true(slew.freq_ppb >= -500000 && slew.freq_ppb <= 500000);
	assert_true(slew.rest_ppb >= -500000 && slew.rest_ppb <= 500000);
	board->off_ns -= rtc_sync_scale_ppb(done_ns, by_ppb);
}

static void sync_once(struct board *board)
{
	struct rtc_sync_sample sample = measure(board);

	switch (decide(&board->servo, &board->policy, &sample)) {
	case RTC_SYNC_STEP:
		board->off_ns -= sample.offset_ns;
		assert_that(board->off_ns <= sample.error_ns &&
			    -board->off_ns <= sample.error_ns,
			    "%lld ns off after a step, bound %lld", board->off_ns,
			    sample.error_ns);
		break;
	case RTC_SYNC_SLEW:
		slew(board, &sample);
		break;
	default:
		break;
	}
}

/* Syncs; between them the clock drifts, is set, is forbidden or allowed to be moved. */
static void many_syncs(void)
{
	struct board board = {
		.policy = random_policy(),
		.off_ns = random_signed(1LL << 61),
		.interval_s = 1 + (u32)random_up_to(86399),
	};
	int i;

	for (i = 0; i < SYNCS && input_has_more(); i++) {
		switch (random_between(0, 15)) {
		case 0:
			board.policy = random_policy();
			break;
		case 1:
			board.off_ns = random_signed(1LL << 61);
			break;
		case 2:
			board.interval_s = 1 + (u32)random_up_to(86399);
			break;
		case 3:
			board.servo = (struct rtc_sync_servo) {};
			break;
		default:
			board.off_ns += random_signed(board.interval_s * 500000LL);
			break;
		}
		sync_once(&board);
	}
}

/* Ahead and behind are alike, but for the one backward step. */
static void mirrored(void)
{
	struct rtc_sync_policy policy = random_policy();
	struct rtc_sync_sample sample = random_sample();
	struct rtc_sync_servo behind = random_servo();
	struct rtc_sync_servo ahead;
	enum rtc_sync_order order;

	assert_true(rtc_sync_sample_bound_ns(&sample) >= sample.error_ns);
	behind.has_stepped_back = false;
	ahead = behind;
	order = decide(&behind, &policy, &sample);
	sample.offset_ns = -sample.offset_ns;
	sample.freq_ppb = -sample.freq_ppb;
	assert_int_equal(decide(&ahead, &policy, &sample), order);
	assert_int_equal(ahead.has_synced, behind.has_synced);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	input_begin(bytes, size);
	switch (random_between(0, 3)) {
	case 0:
		check_random_slew();
		break;
	case 1:
		mirrored();
		break;
	default:
		many_syncs();
		break;
	}
	return 0;
}
