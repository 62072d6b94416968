// SPDX-License-Identifier: GPL-2.0-only
/* Hold, step or refuse: every rule, and what must never happen. */
#include "random.h"

#include "../../drivers/rtc/sync/servo.h"

#define ROUNDS	200000
#define US	1000LL
#define MS	1000000LL
#define S	RTC_SYNC_NS_PER_S

struct row {
	const char *name;
	struct rtc_sync_servo before;
	struct rtc_sync_policy policy;
	struct rtc_sync_sample sample;
	enum rtc_sync_order order;
	struct rtc_sync_servo after;
};

#define MAY		{ true, 10 * MS, 1000 }
#define MAY_ANY		{ true, 10 * MS, 0 }
#define MAY_NOT		{ false, 10 * MS, 1000 }
/* has_first, has_stepped_back, has_synced */
#define NEW		{ false, false, false }
#define FIRST		{ true, false, false }
#define BACK		{ true, true, false }
#define WATCHED		{ false, false, true }
#define SYNCED		{ true, false, true }
#define SYNCED_BACK	{ true, true, true }
/* is_locked, is_settled, is_suspect, is_ordered */
#define COARSE(o, e)	{ (o), (e), false, false, false, false }
#define LOCKED(o, e)	{ (o), (e), true, false, false, false }
#define SETTLED(o, e)	{ (o), (e), true, true, false, false }
#define ORDERED(o, e)	{ (o), (e), true, true, false, true }
#define SUSPECT(o, e)	{ (o), (e), true, true, true, false }

static const struct row rows[] = {
	{ "may not: far off", NEW, MAY_NOT, LOCKED(5 * S, 0), RTC_SYNC_HOLD, NEW },
	{ "may not: coarse", NEW, MAY_NOT, COARSE(99 * S, 0), RTC_SYNC_HOLD, NEW },
	{ "may not: settled", NEW, MAY_NOT, SETTLED(-5 * S, 0), RTC_SYNC_HOLD, WATCHED },
	{ "watched: in the dead band", WATCHED, MAY, SETTLED(MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "may not: ordered", SYNCED, MAY_NOT, ORDERED(5 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "may not: no refusal", SYNCED, MAY_NOT, SETTLED(5000 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "coarse: behind", NEW, MAY, COARSE(56 * 366 * 86400 * S, S / 2), RTC_SYNC_STEP, NEW },
	{ "coarse: ahead", NEW, MAY, COARSE(-2 * S, S / 2), RTC_SYNC_STEP, NEW },
	{ "coarse: within a second", NEW, MAY, COARSE(S, 0), RTC_SYNC_HOLD, NEW },
	{ "coarse: ahead within it", NEW, MAY, COARSE(-S, 0), RTC_SYNC_HOLD, NEW },
	{ "coarse: just beyond", NEW, MAY, COARSE(S + 1, 0), RTC_SYNC_STEP, NEW },
	{ "coarse: uncertain", NEW, MAY, COARSE(2 * S, 2 * S), RTC_SYNC_HOLD, NEW },
	{ "coarse: after a step back", BACK, MAY, COARSE(-99 * S, 0), RTC_SYNC_STEP, BACK },
	{ "coarse: not after a sync", SYNCED, MAY, COARSE(99 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "coarse: ordered, in the right second", NEW, MAY,
	  { -S / 2, MS, false, false, false, true }, RTC_SYNC_HOLD, NEW },
	{ "coarse: ordered, in another", NEW, MAY,
	  { 5 * S, S / 2, false, false, false, true }, RTC_SYNC_STEP, NEW },
	{ "coarse: ordered, after a sync", SYNCED, MAY,
	  { 5 * S, S / 2, false, false, false, true }, RTC_SYNC_HOLD, SYNCED },
	{ "first: 20 us", NEW, MAY, LOCKED(20 * US, 0), RTC_SYNC_HOLD, FIRST },
	{ "first: 20.001 us", NEW, MAY, LOCKED(20 * US + 1, 0), RTC_SYNC_STEP, FIRST },
	{ "first: backward", NEW, MAY, LOCKED(-S / 2, US), RTC_SYNC_STEP, BACK },
	{ "first: as the error", NEW, MAY, LOCKED(MS, MS), RTC_SYNC_HOLD, FIRST },
	{ "first: above the error", NEW, MAY, LOCKED(MS + 1, MS), RTC_SYNC_STEP, FIRST },
	{ "first: uncertain backward is none", NEW, MAY, LOCKED(-MS, MS), RTC_SYNC_HOLD, FIRST },
	{ "first: no limit", NEW, MAY, LOCKED(5000 * S, MS), RTC_SYNC_STEP, FIRST },
	{ "first: suspect", NEW, MAY, { 9 * S, MS, true, false, true, false },
	  RTC_SYNC_STEP, FIRST },
	{ "first: settled now", NEW, MAY, SETTLED(-20 * US - 1, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "between: in the dead band", FIRST, MAY, LOCKED(10 * MS, 0), RTC_SYNC_HOLD, FIRST },
	{ "between: ahead in it", FIRST, MAY, LOCKED(-10 * MS, 0), RTC_SYNC_HOLD, FIRST },
	{ "between: beyond it", FIRST, MAY, LOCKED(10 * MS + 1, 0), RTC_SYNC_STEP, FIRST },
	{ "between: ahead beyond it", BACK, MAY, LOCKED(-10 * MS - 1, US), RTC_SYNC_STEP, BACK },
	{ "between: no limit", FIRST, MAY, LOCKED(5000 * S, MS), RTC_SYNC_STEP, FIRST },
	{ "settled: held", FIRST, MAY, SETTLED(20 * US, 0), RTC_SYNC_HOLD, SYNCED },
	{ "settled: forward", FIRST, MAY, SETTLED(20 * US + 1, 0), RTC_SYNC_STEP, SYNCED },
	{ "settled: forward after back", BACK, MAY, SETTLED(20 * US + 1, 0), RTC_SYNC_STEP,
	  SYNCED_BACK },
	{ "settled: backward", FIRST, MAY, SETTLED(-20 * US - 1, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "settled: backward again", BACK, MAY, SETTLED(-10 * MS, 0), RTC_SYNC_HOLD, SYNCED_BACK },
	{ "settled: backward, beyond the dead band", BACK, MAY, SETTLED(-10 * MS - 1, 0),
	  RTC_SYNC_STEP, SYNCED_BACK },
	{ "settled: uncertain", FIRST, MAY, SETTLED(MS, MS), RTC_SYNC_HOLD, SYNCED },
	{ "settled: suspect", FIRST, MAY, SUSPECT(9 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "later: in the dead band", SYNCED, MAY, SETTLED(10 * MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "later: not settled any more", SYNCED, MAY, LOCKED(MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "later: beyond it", SYNCED, MAY, SETTLED(10 * MS + 1, 0), RTC_SYNC_STEP, SYNCED },
	{ "later: ahead", SYNCED, MAY, SETTLED(-10 * MS - 1, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "later: ahead in it", SYNCED, MAY, SETTLED(-10 * MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "later: uncertain", SYNCED, MAY, SETTLED(30 * MS, 30 * MS), RTC_SYNC_HOLD, SYNCED },
	{ "later: at the limit", SYNCED, MAY, SETTLED(1000 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "later: over it", SYNCED, MAY, SETTLED(1000 * S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "later: ahead over it", SYNCED, MAY, SETTLED(-1000 * S - 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "later: no limit", SYNCED, MAY_ANY, SETTLED(99999 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "suspect: a second", SYNCED, MAY, SUSPECT(S, 0), RTC_SYNC_STEP, SYNCED },
	{ "suspect: more", SYNCED, MAY, SUSPECT(S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "suspect: ahead", SYNCED, MAY, SUSPECT(-S - 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "suspect: no limit", SYNCED, MAY_ANY, SUSPECT(S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "suspect: in the dead band", SYNCED, MAY, SUSPECT(MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "suspect: may not", SYNCED, MAY_NOT, SUSPECT(9 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "suspect: ordered", SYNCED, MAY, { 9 * S, 0, true, true, true, true },
	  RTC_SYNC_STEP, SYNCED },
	{ "ordered: in the dead band", SYNCED, MAY, ORDERED(MS, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: beyond the limit", SYNCED, MAY, ORDERED(5000 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: 20 us", SYNCED, MAY, ORDERED(-20 * US, 0), RTC_SYNC_HOLD, SYNCED },
	{ "ordered: backward", SYNCED, MAY, ORDERED(-20 * US - 1, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "ordered: back again", SYNCED_BACK, MAY, ORDERED(-MS, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "ordered: back, not settled", BACK, MAY, { -MS, 0, true, false, false, true },
	  RTC_SYNC_STEP, BACK },
	{ "ordered: uncertain", SYNCED, MAY, ORDERED(MS, MS), RTC_SYNC_HOLD, SYNCED },
	{ "ordered: first", NEW, MAY, ORDERED(MS, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: between", FIRST, MAY, { MS, 0, true, false, false, true },
	  RTC_SYNC_STEP, FIRST },
};

static void every_rule(void **state)
{
	struct rtc_sync_servo servo;
	enum rtc_sync_order order;
	const struct row *row;
	size_t i;

	for (i = 0; i < array_size(rows); i++) {
		row = &rows[i];
		servo = row->before;
		order = rtc_sync_servo_decide(&servo, &row->policy, &row->sample);
		assert_that(order == row->order, "%s: %d", row->name, order);
		assert_that(servo.has_first == (order == RTC_SYNC_STEP ?
						row->after.has_first :
						row->before.has_first) &&
			    servo.has_stepped_back == row->after.has_stepped_back &&
			    servo.has_synced == row->after.has_synced,
			    "%s: first %d, stepped back %d, synced %d", row->name,
			    servo.has_first, servo.has_stepped_back, servo.has_synced);
	}
}

static struct rtc_sync_policy random_policy(void)
{
	return (struct rtc_sync_policy) {
		.may_step = !random_one_in(4),
		.step_threshold_ns = 1 + random_up_to(S),
		.max_step_s = random_one_in(4) ? 0 : (u32)random_up_to(0xffffffff),
	};
}

static struct rtc_sync_sample random_sample(void)
{
	bool is_locked = !random_one_in(4);

	return (struct rtc_sync_sample) {
		.offset_ns = random_signed(1LL << 62),
		.error_ns = random_up_to(1LL << 61),
		.is_locked = is_locked,
		.is_settled = is_locked && random_one_in(2),
		.is_suspect = random_one_in(4),
		.is_ordered = random_one_in(4),
	};
}

static struct rtc_sync_servo random_servo(void)
{
	return (struct rtc_sync_servo) {
		.has_first = random_one_in(2),
		.has_stepped_back = random_one_in(2),
		.has_synced = random_one_in(2),
	};
}

/* The rules that hold for whatever comes. */
static void never(void **state)
{
	struct rtc_sync_servo before;
	struct rtc_sync_servo servo;
	struct rtc_sync_policy policy;
	struct rtc_sync_sample sample;
	enum rtc_sync_order order;
	s64 off_ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		policy = random_policy();
		sample = random_sample();
		before = random_servo();
		servo = before;
		off_ns = sample.offset_ns < 0 ? -sample.offset_ns : sample.offset_ns;
		order = rtc_sync_servo_decide(&servo, &policy, &sample);

		if (!policy.may_step)
			assert_int_equal(order, RTC_SYNC_HOLD);
		assert_true(servo.has_first >= before.has_first);
		assert_true(servo.has_stepped_back >= before.has_stepped_back);
		assert_true(servo.has_synced >= before.has_synced);
		assert_true(servo.has_synced == before.has_synced || sample.is_settled);
		if (order == RTC_SYNC_REFUSE)
			assert_that(before.has_synced && !sample.is_ordered &&
				    sample.is_locked &&
				    (policy.max_step_s || sample.is_suspect),
				    "refused %lld", sample.offset_ns);
		if (order != RTC_SYNC_STEP)
			continue;
		assert_that(off_ns > sample.error_ns,
			    "%lld +- %lld", sample.offset_ns, sample.error_ns);
		if (!sample.is_locked)
			assert_that(off_ns > S && !before.has_synced,
				    "coarse, %lld", sample.offset_ns);
		else
			assert_true(servo.has_stepped_back || sample.offset_ns > 0);
		if (!before.has_synced || sample.is_ordered)
			assert_that(off_ns > min_t(s64, 20 * US, policy.step_threshold_ns),
				    "%lld", sample.offset_ns);
		if (before.has_first && !sample.is_settled && sample.is_locked &&
		    !sample.is_ordered)
			assert_that(off_ns > policy.step_threshold_ns, "%lld between",
				    sample.offset_ns);
		if (before.has_stepped_back && sample.is_locked &&
		    sample.offset_ns < 0 && !sample.is_ordered)
			assert_that(off_ns > policy.step_threshold_ns,
				    "back by %lld again", off_ns);
		if (before.has_synced && sample.is_locked && !sample.is_ordered)
			assert_that(off_ns > policy.step_threshold_ns &&
				    (!sample.is_suspect || off_ns <= S) &&
				    (!policy.max_step_s || off_ns <= policy.max_step_s * S),
				    "%lld, threshold %lld, at most %u s", sample.offset_ns,
				    policy.step_threshold_ns, policy.max_step_s);
	}
}

/* Ahead and behind are treated alike, but for the one backward step. */
static void symmetric(void **state)
{
	struct rtc_sync_servo behind;
	struct rtc_sync_servo ahead;
	struct rtc_sync_policy policy;
	struct rtc_sync_sample sample;
	enum rtc_sync_order order;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		policy = random_policy();
		sample = random_sample();
		behind = random_servo();
		behind.has_stepped_back = false;
		ahead = behind;
		order = rtc_sync_servo_decide(&behind, &policy, &sample);
		sample.offset_ns = -sample.offset_ns;
		assert_that(rtc_sync_servo_decide(&ahead, &policy, &sample) == order,
			    "+-%lld", sample.offset_ns);
		assert_int_equal(ahead.has_synced, behind.has_synced);
	}
}

/* A boot: off by whatever hctosys left, then a window that narrows. Made exact twice. */
static void back_once_until_settled(void **state)
{
	struct rtc_sync_policy policy = MAY;
	struct rtc_sync_sample sample;
	struct rtc_sync_servo servo;
	int steps;
	int back;
	int i;
	int k;

	for (i = 0; i < ROUNDS / 10; i++) {
		servo = (struct rtc_sync_servo)NEW;
		back = 0;
		steps = 0;
		for (k = 0; k < 30; k++) {
			sample = (struct rtc_sync_sample)LOCKED(random_signed(S / 2), 0);
			/* After the first the clock is off by as much as was unknown. */
			if (k)
				sample.offset_ns = random_signed(MS);
			sample.error_ns = MS >> k;
			sample.is_settled = k > 20;
			if (rtc_sync_servo_decide(&servo, &policy, &sample) == RTC_SYNC_STEP) {
				steps++;
				back += sample.offset_ns < 0;
			}
			assert_int_equal(servo.has_synced, k > 20);
		}
		assert_in_range(back, 0, 1);
		assert_in_range(steps, 0, 2);
	}
}

static void bound_holds_the_worst(void **state)
{
	struct rtc_sync_sample sample;
	s64 bound_ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		sample = random_sample();
		bound_ns = rtc_sync_sample_bound_ns(&sample);
		assert_that(bound_ns >= 0 &&
			    (bound_ns == sample.offset_ns + sample.error_ns ||
			     bound_ns == sample.error_ns - sample.offset_ns) &&
			    bound_ns >= sample.error_ns,
			    "%lld +- %lld: %lld", sample.offset_ns,
			    sample.error_ns, bound_ns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(every_rule),
		random_test(never),
		random_test(symmetric),
		random_test(back_once_until_settled),
		random_test(bound_holds_the_worst),
	};

	return cmocka_run_group_tests_name("servo", tests, random_begin, NULL);
}
