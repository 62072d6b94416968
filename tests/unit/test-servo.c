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
#define NEW		{ false, false }
#define SECOND		{ true, false }
#define SYNCED		{ true, true }
#define COARSE(o, e)	{ (o), (e), false, false, false }
#define LOCKED(o, e)	{ (o), (e), true, false, false }
#define ORDERED(o, e)	{ (o), (e), true, false, true }
#define SUSPECT(o, e)	{ (o), (e), true, true, false }

static const struct row rows[] = {
	{ "may not: far off", NEW, MAY_NOT, LOCKED(5 * S, 0), RTC_SYNC_HOLD, NEW },
	{ "may not: coarse", NEW, MAY_NOT, COARSE(99 * S, 0), RTC_SYNC_HOLD, NEW },
	{ "may not: ordered", SYNCED, MAY_NOT, ORDERED(5 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "may not: no refusal", SYNCED, MAY_NOT, LOCKED(5000 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "coarse: behind", NEW, MAY, COARSE(56 * 366 * 86400 * S, S / 2), RTC_SYNC_STEP, SECOND },
	{ "coarse: ahead", NEW, MAY, COARSE(-2 * S, S / 2), RTC_SYNC_STEP, SECOND },
	{ "coarse: within a second", NEW, MAY, COARSE(S, 0), RTC_SYNC_HOLD, SECOND },
	{ "coarse: just beyond", NEW, MAY, COARSE(S + 1, 0), RTC_SYNC_STEP, SECOND },
	{ "coarse: uncertain", NEW, MAY, COARSE(2 * S, 2 * S), RTC_SYNC_HOLD, SECOND },
	{ "coarse: once", SECOND, MAY, COARSE(99 * S, 0), RTC_SYNC_HOLD, SECOND },
	{ "coarse: not after a sync", SYNCED, MAY, COARSE(99 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "first: 20 us", SECOND, MAY, LOCKED(20 * US, 0), RTC_SYNC_HOLD, SYNCED },
	{ "first: 20.001 us", SECOND, MAY, LOCKED(20 * US + 1, 0), RTC_SYNC_STEP, SYNCED },
	{ "first: backward", SECOND, MAY, LOCKED(-S / 2, US), RTC_SYNC_STEP, SYNCED },
	{ "first: as the error", SECOND, MAY, LOCKED(MS, MS), RTC_SYNC_HOLD, SYNCED },
	{ "first: above the error", SECOND, MAY, LOCKED(MS + 1, MS), RTC_SYNC_STEP, SYNCED },
	{ "first: no limit", SECOND, MAY, LOCKED(5000 * S, MS), RTC_SYNC_STEP, SYNCED },
	{ "first: no second before", { false, false }, MAY, LOCKED(5 * S, MS), RTC_SYNC_STEP,
	  { false, true } },
	{ "later: in the dead band", SYNCED, MAY, LOCKED(10 * MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "later: beyond it", SYNCED, MAY, LOCKED(10 * MS + 1, 0), RTC_SYNC_STEP, SYNCED },
	{ "later: ahead", SYNCED, MAY, LOCKED(-10 * MS - 1, 0), RTC_SYNC_STEP, SYNCED },
	{ "later: ahead in it", SYNCED, MAY, LOCKED(-10 * MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "later: uncertain", SYNCED, MAY, LOCKED(30 * MS, 30 * MS), RTC_SYNC_HOLD, SYNCED },
	{ "later: at the limit", SYNCED, MAY, LOCKED(1000 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "later: over the limit", SYNCED, MAY, LOCKED(1000 * S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "later: ahead over it", SYNCED, MAY, LOCKED(-1000 * S - 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "later: no limit", SYNCED, MAY_ANY, LOCKED(99999 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "suspect: a second", SYNCED, MAY, SUSPECT(S, 0), RTC_SYNC_STEP, SYNCED },
	{ "suspect: more", SYNCED, MAY, SUSPECT(S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "suspect: ahead", SYNCED, MAY, SUSPECT(-S - 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "suspect: no limit", SYNCED, MAY_ANY, SUSPECT(S + 1, 0), RTC_SYNC_REFUSE, SYNCED },
	{ "suspect: in the dead band", SYNCED, MAY, SUSPECT(MS, 0), RTC_SYNC_HOLD, SYNCED },
	{ "suspect: may not", SYNCED, MAY_NOT, SUSPECT(9 * S, 0), RTC_SYNC_HOLD, SYNCED },
	{ "suspect: ordered", SYNCED, MAY, { 9 * S, 0, true, true, true }, RTC_SYNC_STEP, SYNCED },
	{ "ordered: in the dead band", SYNCED, MAY, ORDERED(MS, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: beyond the limit", SYNCED, MAY, ORDERED(5000 * S, 0), RTC_SYNC_STEP, SYNCED },
	{ "ordered: 20 us", SYNCED, MAY, ORDERED(-20 * US, 0), RTC_SYNC_HOLD, SYNCED },
	{ "ordered: uncertain", SYNCED, MAY, ORDERED(MS, MS), RTC_SYNC_HOLD, SYNCED },
	{ "ordered: first", SECOND, MAY, ORDERED(MS, 0), RTC_SYNC_STEP, SYNCED },
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
		assert_that(servo.has_second == row->after.has_second &&
			    servo.has_synced == row->after.has_synced,
			    "%s: second %d, synced %d", row->name,
			    servo.has_second, servo.has_synced);
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
	return (struct rtc_sync_sample) {
		.offset_ns = random_signed(1LL << 62),
		.error_ns = random_up_to(1LL << 61),
		.is_locked = !random_one_in(4),
		.is_suspect = random_one_in(4),
		.is_ordered = random_one_in(4),
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
		before.has_second = random_one_in(2);
		before.has_synced = random_one_in(2);
		servo = before;
		off_ns = sample.offset_ns < 0 ? -sample.offset_ns : sample.offset_ns;
		order = rtc_sync_servo_decide(&servo, &policy, &sample);

		if (!policy.may_step)
			assert_int_equal(order, RTC_SYNC_HOLD);
		assert_true(servo.has_second >= before.has_second);
		assert_true(servo.has_synced >= before.has_synced);
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
			assert_that(off_ns > S && !before.has_second &&
				    !before.has_synced && servo.has_second,
				    "coarse, %lld", sample.offset_ns);
		else
			assert_true(servo.has_synced);
		if (!before.has_synced || sample.is_ordered)
			assert_that(off_ns > 20 * US, "%lld", sample.offset_ns);
		if (before.has_synced && sample.is_locked && !sample.is_ordered)
			assert_that(off_ns > policy.step_threshold_ns &&
				    (!sample.is_suspect || off_ns <= S) &&
				    (!policy.max_step_s || off_ns <= policy.max_step_s * S),
				    "%lld, threshold %lld, at most %u s", sample.offset_ns,
				    policy.step_threshold_ns, policy.max_step_s);
	}
}

/* Ahead and behind are treated alike. */
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
		behind.has_second = random_one_in(2);
		behind.has_synced = random_one_in(2);
		ahead = behind;
		order = rtc_sync_servo_decide(&behind, &policy, &sample);
		sample.offset_ns = -sample.offset_ns;
		assert_that(rtc_sync_servo_decide(&ahead, &policy, &sample) == order,
			    "+-%lld", sample.offset_ns);
		assert_memory_equal(&ahead, &behind, sizeof(ahead));
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
		random_test(bound_holds_the_worst),
	};

	return cmocka_run_group_tests_name("servo", tests, random_begin, NULL);
}
