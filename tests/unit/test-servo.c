// SPDX-License-Identifier: GPL-2.0-only
/* Hold, step, slew or refuse: every rule, and what must never happen. */
#include "orders.h"

#define ROUNDS	200000

struct row {
	const char *name;
	struct rtc_sync_servo before;
	struct rtc_sync_policy policy;
	struct rtc_sync_sample sample;
	enum rtc_sync_order order;
	struct rtc_sync_servo after;
};

/* may_step, may_slew, step_threshold_ns, max_step_s */
#define MAY		{ true, false, 10 * MS, 1000 }
#define MAY_ANY		{ true, false, 10 * MS, 0 }
#define MAY_DEFAULT	{ true, false, 0, 1000 }
#define MAY_NOT		{ false, false, 10 * MS, 1000 }
#define SLEWS		{ true, true, 0, 1000 }
#define SLEWS_ANY	{ true, true, 0, 0 }
#define SLEWS_5MS	{ true, true, 5 * MS, 1000 }
/* has_first, has_stepped_back, has_synced, is_beyond */
#define NEW		{ false, false, false, false }
#define FIRST		{ true, false, false, false }
#define BACK		{ true, true, false, false }
#define WATCHED		{ false, false, true, false }
#define SYNCED		{ true, false, true, false }
#define SYNCED_BACK	{ true, true, true, false }
#define BEYOND		{ true, false, true, true }
/* offset_ns, error_ns, freq_ppb, is_locked, is_settled, is_suspect, is_ordered */
#define COARSE(o, e)	{ (o), (e), 0, false, false, false, false }
#define LOCKED(o, e)	{ (o), (e), 0, true, false, false, false }
#define SETTLED(o, e)	{ (o), (e), 0, true, true, false, false }
#define ORDERED(o, e)	{ (o), (e), 0, true, true, false, true }
#define SUSPECT(o, e)	{ (o), (e), 0, true, true, true, false }
#define FREQ(o, f)	{ (o), 0, (f), true, true, false, false }

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
	  { -S / 2, MS, 0, false, false, false, true }, RTC_SYNC_HOLD, NEW },
	{ "coarse: ordered, in another", NEW, MAY,
	  { 5 * S, S / 2, 0, false, false, false, true }, RTC_SYNC_STEP, NEW },
	{ "coarse: ordered, after a sync", SYNCED, MAY,
	  { 5 * S, S / 2, 0, false, false, false, true }, RTC_SYNC_HOLD, SYNCED },
	{ "first: 20 us", NEW, MAY, LOCKED(20 * US, 0), RTC_SYNC_HOLD, FIRST },
	{ "first: 20.001 us", NEW, MAY, LOCKED(20 * US + 1, 0), RTC_SYNC_STEP, FIRST },
	{ "first: backward", NEW, MAY, LOCKED(-S / 2, US), RTC_SYNC_STEP, BACK },
	{ "first: as the error", NEW, MAY, LOCKED(MS, MS), RTC_SYNC_HOLD, FIRST },
	{ "first: above the error", NEW, MAY, LOCKED(MS + 1, MS), RTC_SYNC_STEP, FIRST },
	{ "first: uncertain backward is none", NEW, MAY, LOCKED(-MS, MS), RTC_SYNC_HOLD, FIRST },
	{ "first: no limit", NEW, MAY, LOCKED(5000 * S, MS), RTC_SYNC_STEP, FIRST },
	{ "first: suspect", NEW, MAY, { 9 * S, MS, 0, true, false, true, false },
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
	{ "suspect: ordered", SYNCED, MAY, { 9 * S, 0, 0, true, true, true, true },
	  RTC_SYNC_STEP, SYNCED },
	{ "ordered: in the dead band", SYNCED, MAY, ORDERED(MS, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: beyond the limit", SYNCED, MAY, ORDERED(5000 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: 20 us", SYNCED, MAY, ORDERED(-20 * US, 0), RTC_SYNC_HOLD, SYNCED },
	{ "ordered: backward", SYNCED, MAY, ORDERED(-20 * US - 1, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "ordered: back again", SYNCED_BACK, MAY, ORDERED(-MS, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "ordered: back, not settled", BACK, MAY, { -MS, 0, 0, true, false, false, true },
	  RTC_SYNC_STEP, BACK },
	{ "ordered: uncertain", SYNCED, MAY, ORDERED(MS, MS), RTC_SYNC_HOLD, SYNCED },
	{ "ordered: first", NEW, MAY, ORDERED(MS, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: between", FIRST, MAY, { MS, 0, 0, true, false, false, true },
	  RTC_SYNC_STEP, FIRST },
	{ "default: in the dead band", SYNCED, MAY_DEFAULT, SETTLED(10 * MS, 0),
	  RTC_SYNC_HOLD, SYNCED },
	{ "default: beyond it", SYNCED, MAY_DEFAULT, SETTLED(10 * MS + 1, 0),
	  RTC_SYNC_STEP, SYNCED },
	{ "default: first", NEW, MAY_DEFAULT, LOCKED(20 * US + 1, 0), RTC_SYNC_STEP, FIRST },
	{ "step mode: any frequency", SYNCED, MAY, FREQ(MS, 900000), RTC_SYNC_HOLD, SYNCED },
	{ "step mode: was beyond", BEYOND, MAY, FREQ(MS, 900000), RTC_SYNC_HOLD, SYNCED },
	{ "slew: coarse", NEW, SLEWS, COARSE(S + 1, 0), RTC_SYNC_STEP, NEW },
	{ "slew: coarse, within a second", NEW, SLEWS, COARSE(S, 0), RTC_SYNC_HOLD, NEW },
	{ "slew: coarse, after a sync", SYNCED, SLEWS, COARSE(99 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "slew: first, 20 us", NEW, SLEWS, LOCKED(20 * US, 0), RTC_SYNC_SLEW, FIRST },
	{ "slew: first, more", NEW, SLEWS, LOCKED(20 * US + 1, 0), RTC_SYNC_STEP, FIRST },
	{ "slew: first, backward", NEW, SLEWS, LOCKED(-S / 2, US), RTC_SYNC_STEP, BACK },
	{ "slew: first, own threshold", NEW, SLEWS_5MS, LOCKED(MS, 0), RTC_SYNC_STEP, FIRST },
	{ "slew: first, uncertain", NEW, SLEWS, LOCKED(-MS, MS), RTC_SYNC_SLEW, FIRST },
	{ "slew: first, settled now", NEW, SLEWS, SETTLED(-MS, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "slew: first, no limit", NEW, SLEWS, LOCKED(5000 * S, MS), RTC_SYNC_STEP, FIRST },
	{ "slew: between", FIRST, SLEWS, LOCKED(128 * MS, 0), RTC_SYNC_SLEW, FIRST },
	{ "slew: between, beyond it", FIRST, SLEWS, LOCKED(128 * MS + 1, 0), RTC_SYNC_STEP, FIRST },
	{ "slew: exact once only", FIRST, SLEWS, SETTLED(MS, 0), RTC_SYNC_SLEW, SYNCED },
	{ "slew: watched", WATCHED, SLEWS, SETTLED(-MS, 0), RTC_SYNC_SLEW, SYNCED },
	{ "slew: watched, far off", WATCHED, SLEWS, SETTLED(-S, 0), RTC_SYNC_STEP, SYNCED_BACK },
	{ "slew: later", SYNCED, SLEWS, SETTLED(-128 * MS, 0), RTC_SYNC_SLEW, SYNCED },
	{ "slew: later, beyond it", SYNCED, SLEWS, SETTLED(-128 * MS - 1, 0),
	  RTC_SYNC_STEP, SYNCED_BACK },
	{ "slew: later, uncertain", SYNCED, SLEWS, SETTLED(S, S), RTC_SYNC_SLEW, SYNCED },
	{ "slew: own threshold", SYNCED, SLEWS_5MS, SETTLED(5 * MS, 0), RTC_SYNC_SLEW, SYNCED },
	{ "slew: beyond it", SYNCED, SLEWS_5MS, SETTLED(5 * MS + 1, 0), RTC_SYNC_STEP, SYNCED },
	{ "slew: at the limit", SYNCED, SLEWS, SETTLED(1000 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "slew: over it", SYNCED, SLEWS, SETTLED(-1000 * S - 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "slew: no limit", SYNCED, SLEWS_ANY, SETTLED(9999 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "slew: suspect", SYNCED, SLEWS, SUSPECT(S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "slew: suspect, near", SYNCED, SLEWS, SUSPECT(100 * MS, 0), RTC_SYNC_SLEW, SYNCED },
	{ "slew: ordered", SYNCED, SLEWS, ORDERED(100 * MS, 0), RTC_SYNC_SLEW, SYNCED },
	{ "slew: ordered, beyond the limit", SYNCED, SLEWS, ORDERED(5000 * S, 0),
	  RTC_SYNC_STEP, SYNCED },
	{ "slew: as fast as can be", SYNCED, SLEWS, FREQ(MS, 500000), RTC_SYNC_SLEW, SYNCED },
	{ "beyond: faster", SYNCED, SLEWS, FREQ(MS, 500001), RTC_SYNC_HOLD, BEYOND },
	{ "beyond: slower", SYNCED, SLEWS, FREQ(MS, -500001), RTC_SYNC_HOLD, BEYOND },
	{ "beyond: stepped instead", SYNCED, SLEWS, FREQ(10 * MS + 1, 500001), RTC_SYNC_STEP,
	  BEYOND },
	{ "beyond: still", BEYOND, SLEWS, FREQ(MS, -490001), RTC_SYNC_HOLD, BEYOND },
	{ "beyond: no longer", BEYOND, SLEWS, FREQ(20 * MS, -490000), RTC_SYNC_SLEW, SYNCED },
	{ "beyond: coarse tells nothing", BEYOND, SLEWS, COARSE(99 * S, 0), RTC_SYNC_HOLD, BEYOND },
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
		assert_that(servo.has_first == (order == RTC_SYNC_STEP ||
						order == RTC_SYNC_SLEW ?
						row->after.has_first :
						row->before.has_first) &&
			    servo.has_stepped_back == row->after.has_stepped_back &&
			    servo.has_synced == row->after.has_synced &&
			    servo.is_beyond == row->after.is_beyond,
			    "%s: first %d, stepped back %d, synced %d, beyond %d",
			    row->name, servo.has_first, servo.has_stepped_back,
			    servo.has_synced, servo.is_beyond);
	}
}

/* The rules that hold for whatever comes. */
static void never(void **state)
{
	struct rtc_sync_servo servo;
	struct rtc_sync_policy policy;
	struct rtc_sync_sample sample;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		policy = random_policy();
		sample = random_sample();
		servo = random_servo();
		decide(&servo, &policy, &sample);
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
		sample.freq_ppb = -sample.freq_ppb;
		assert_that(rtc_sync_servo_decide(&ahead, &policy, &sample) == order,
			    "+-%lld", sample.offset_ns);
		assert_int_equal(ahead.has_synced, behind.has_synced);
		assert_int_equal(ahead.is_beyond, behind.is_beyond);
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

static void slews_are_right(void **state)
{
	int i;

	for (i = 0; i < ROUNDS; i++)
		check_random_slew();
}

/* An offset that nobody is sure of, and an oscillator at the limit: no room, no overflow. */
static void slews_of_centuries_fit(void **state)
{
	struct rtc_sync_sample sample;
	struct rtc_sync_slew slew;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		sample = (struct rtc_sync_sample) {
			.offset_ns = random_signed(600000 * S),
			.freq_ppb = random_one_in(2) ? 499999 : -499999,
		};
		slew = rtc_sync_servo_slew(&sample, 60);
		assert_that(slew.duration_ns >= 0 && slew.duration_ns <= 1LL << 62,
			    "%lld ns for %lld ns", slew.duration_ns, sample.offset_ns);
	}
}

/*
 * A loop of syncs on an oscillator that wanders, measured with an error: stepped
 * once, then never, and soon as near as the errors allow.
 */
static void slewing_follows_without_a_step(void **state)
{
	struct rtc_sync_policy policy = SLEWS;
	struct rtc_sync_sample sample;
	struct rtc_sync_servo servo;
	struct rtc_sync_slew slew;
	enum rtc_sync_order order;
	s64 interval_ns;
	s64 true_ppb;
	s64 off_ns;
	int i;
	int k;

	for (i = 0; i < ROUNDS / 100; i++) {
		servo = (struct rtc_sync_servo)NEW;
		interval_ns = (1 + random_up_to(59)) * S;
		true_ppb = random_signed(400000);
		off_ns = random_signed(S / 2);
		for (k = 0; k < 40; k++) {
			sample = (struct rtc_sync_sample)SETTLED(0, 50 * US);
			sample.offset_ns = off_ns + random_signed(20 * US);
			/* The rate is known better from one sync to the next. */
			sample.freq_ppb = true_ppb + random_signed(20000 >> min(k, 8));
			order = rtc_sync_servo_decide(&servo, &policy, &sample);
			assert_that(!k || order == RTC_SYNC_SLEW, "the %dth: %d", k, order);
			if (order == RTC_SYNC_STEP)
				off_ns -= sample.offset_ns;
			if (order == RTC_SYNC_STEP)
				sample.offset_ns = 0;
			slew = rtc_sync_servo_slew(&sample, (u32)(interval_ns / S));
			off_ns += rtc_sync_scale_ppb(interval_ns, true_ppb - slew.rest_ppb) -
				  rtc_sync_scale_ppb(min(interval_ns, slew.duration_ns),
						     slew.freq_ppb - slew.rest_ppb);
			true_ppb += random_between(-10, 10);
		}
		assert_that(off_ns < 60 * US && off_ns > -60 * US,
			    "%lld ns off after %lld ns", off_ns, 40 * interval_ns);
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
		random_test(slews_are_right),
		random_test(slews_of_centuries_fit),
		random_test(slewing_follows_without_a_step),
		random_test(bound_holds_the_worst),
	};

	return cmocka_run_group_tests_name("servo", tests, random_begin, NULL);
}
