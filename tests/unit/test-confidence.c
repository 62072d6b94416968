// SPDX-License-Identifier: GPL-2.0-only
/* How well a rate is known: from before a boot, by a person's word, after a trim. */
#include "ntp.h"

#define TRIALS		250

/* From the first comparison until there is a rate. */
#define RATE_S		1200

/* The RTC is trimmed: told as @change, while it really is by @really_ppb. */
static void trim(struct world *world, s64 by_ppb, s64 slack_ppb, s64 lag_s)
{
	const struct rtc_sync_retrim change = {
		.by_ppb = (s32)by_ppb,
		.slack_ppb = (s32)slack_ppb,
		.lag_ns = lag_s * S,
	};
	s64 late_s = random_between(0, lag_s);

	rtc_sync_learn_was_trimmed(&world->learn, &change, world->rtc_ns);
	/* The thread does not compare until the change acts. */
	if (lag_s) {
		pass(world, late_s);
		world->rate_ppb += by_ppb + random_between(-slack_ppb, slack_ppb);
		pass(world, lag_s + random_up_to(20) - late_s);
		return;
	}
	world->rate_ppb += by_ppb + random_between(-slack_ppb, slack_ppb);
}

static s64 random_by_ppb(void)
{
	return random_signed(random_one_in(3) ? 200000 : 20000);
}

static void watch_some(struct world *world)
{
	world->interval_s = 1 + (u32)random_up_to(599);
	world->noise_ns = random_up_to(300 * US);
	watch(world, RATE_S + 9 * world->interval_s +
	      random_up_to(min(DAY_S, 3000LL * world->interval_s)));
}

/* Exact, and at once: what is known is what would be, had it always been so. */
static void an_exact_trim_is_as_if_it_had_always_been(void **state)
{
	struct world twin;
	struct world world;
	u64 same_noise;
	s64 by_ppb;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		world.noise_ns = random_up_to(100 * US);
		world.interval_s = 1 + (u32)random_up_to(60);
		by_ppb = random_by_ppb();
		twin = world;
		twin.rate_ppb += by_ppb;

		same_noise = random_state;
		watch(&world, RATE_S + 600 + 9 * world.interval_s);
		random_state = same_noise;
		watch(&twin, RATE_S + 600 + 9 * world.interval_s);
		trim(&world, by_ppb, 0, 0);
		assert_that(llabs(world.learn.rate_ppb - twin.learn.rate_ppb) <= 2,
			    "by %lld: %lld ppb, not %lld", by_ppb, world.learn.rate_ppb,
			    twin.learn.rate_ppb);
		assert_true(is_covered(&world));
		assert_that(llabs(rtc_sync_learn_error_ppb(&world.learn) -
				  rtc_sync_learn_error_ppb(&twin.learn)) <= 2,
			    "by %lld: +-%d ppb, not %d", by_ppb,
			    rtc_sync_learn_error_ppb(&world.learn),
			    rtc_sync_learn_error_ppb(&twin.learn));
		assert_true(rtc_sync_learn_has_anchor(&world.learn));

		same_noise = random_state;
		watch(&world, 2000);
		random_state = same_noise;
		watch(&twin, 2000);
		assert_that(llabs(world.learn.rate_ppb - twin.learn.rate_ppb) <= 3,
			    "by %lld: %lld ppb later, not %lld", by_ppb,
			    world.learn.rate_ppb, twin.learn.rate_ppb);
		assert_int_equal(world.learn.compared, twin.learn.compared);
	}
}

/* Nearly, or some time later: it stays within the bound, and is learned. */
static void a_trim_that_is_not_exact_is_covered(void **state)
{
	struct world world;
	int misses = 0;
	int trims;
	int i;
	int k;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		watch_some(&world);
		for (trims = 0; trims < 3; trims++) {
			trim(&world, random_by_ppb(), random_one_in(3) ? 0 : random_up_to(30000),
			     random_one_in(2) ? 0 : random_up_to(120));
			misses += !is_covered(&world);
			assert_true(rtc_sync_learn_has_rate(&world.learn));
			for (k = 0; k < 4; k++) {
				watch(&world, world.interval_s + random_up_to(6000));
				misses += !is_covered(&world);
			}
		}
	}
	check_misses(misses, TRIALS * 15, "trims");
}

/* What it has gained stays what it was, as nearly as before. */
static void the_anchor_outlives_a_trim(void **state)
{
	struct world world;
	s64 later_ns;
	s64 gained_ns;
	s64 bound_ns;
	s64 lag_s;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		watch_some(&world);
		pass(&world, random_up_to(world.interval_s));
		lag_s = random_one_in(2) ? 0 : random_up_to(120);
		trim(&world, random_by_ppb(), random_up_to(1000), lag_s);
		assert_true(rtc_sync_learn_has_anchor(&world.learn));

		/* Holdover, an hour later, at the rate that is known by then. */
		pass(&world, 3600);
		later_ns = world.rtc_ns - world.learn.rtc_ns;
		gained_ns = world.learn.gained_ns +
			    rtc_sync_scale_ppb(later_ns, world.learn.rate_ppb);
		bound_ns = world.learn.noise_ns +
			   rtc_sync_scale_ppb(later_ns, rtc_sync_learn_error_ppb(&world.learn)) +
			   10 * US;
		assert_that(llabs(gained_ns - world.gained_ns) <= bound_ns,
			    "%lld ns off, bound %lld", gained_ns - world.gained_ns,
			    bound_ns);
	}
}

/* Off by a tenth of three ppm: two days later it is known to a few ppb. */
static void slack_is_worked_off(void **state)
{
	struct world world;
	s32 at_once_ppb;
	int i;

	for (i = 0; i < 20; i++) {
		world_init(&world, 100000);
		watch(&world, DAY_S);
		trim(&world, -3000, 300, 1);
		at_once_ppb = rtc_sync_learn_error_ppb(&world.learn);
		assert_in_range(at_once_ppb, 300, 350);
		watch(&world, 2 * DAY_S);
		assert_that(rtc_sync_learn_error_ppb(&world.learn) <= 60, "+-%d ppb",
			    rtc_sync_learn_error_ppb(&world.learn));
		assert_that(off_ppb(&world) <= 40, "%lld ppb off", off_ppb(&world));
		assert_true(is_covered(&world));
	}
}

/* Exact, but late: what came meanwhile is not taken for noise. */
static void to_be_late_costs_nothing(void **state)
{
	struct world world;
	int i;

	for (i = 0; i < 20; i++) {
		world_init(&world, 100000);
		watch(&world, DAY_S);
		trim(&world, random_one_in(2) ? -100000 : 100000, 0, 60);
		watch(&world, 3600);
		assert_true(is_covered(&world));
		assert_that(rtc_sync_learn_error_ppb(&world.learn) <= 20, "+-%d ppb",
			    rtc_sync_learn_error_ppb(&world.learn));
	}
}

/* Before anything is known there is nothing to keep but what a person has said. */
static void a_trim_before_there_is_a_rate(void **state)
{
	struct world world;
	s64 by_ppb;
	s64 said_ppb;
	bool is_said;
	int misses = 0;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		said_ppb = world.rate_ppb;
		is_said = random_one_in(2);
		if (is_said)
			rtc_sync_learn_seed(&world.learn, (s32)said_ppb);
		by_ppb = random_by_ppb();
		if (random_one_in(2))
			watch(&world, random_between(0, RATE_S - 20));
		trim(&world, by_ppb, random_up_to(30000), random_up_to(60));
		assert_false(rtc_sync_learn_has_rate(&world.learn));
		if (is_said)
			assert_that(llabs(world.learn.rate_ppb - said_ppb - by_ppb) <= 200,
				    "%lld ppb, said %lld, by %lld", world.learn.rate_ppb,
				    said_ppb, by_ppb);
		watch(&world, RATE_S);
		misses += !is_said && !is_covered(&world);
		watch(&world, 2 * DAY_S);
		misses += off_ppb(&world) > 400;
	}
	check_misses(misses, 2 * TRIALS, "early trims");
}

/* From before the boot: there at once, no better than it was, and better with time. */
static void what_is_recalled_is_a_rate(void **state)
{
	struct world world;
	s32 before_ppb;
	s32 error_ppb;
	int misses = 0;
	int i;
	int k;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		world.interval_s = 1 + (u32)random_up_to(599);
		world.noise_ns = random_up_to(300 * US);
		error_ppb = (s32)random_between(10, random_one_in(2) ? 60000 : 500);
		rtc_sync_learn_recall(&world.learn,
				      (s32)(world.rate_ppb + random_between(-error_ppb, error_ppb)),
				      error_ppb, random_up_to(5 * DAY_S));
		assert_true(rtc_sync_learn_has_rate(&world.learn));
		assert_false(rtc_sync_learn_has_watched(&world.learn));
		assert_false(rtc_sync_learn_has_anchor(&world.learn));
		before_ppb = rtc_sync_learn_error_ppb(&world.learn);
		assert_in_range(before_ppb, error_ppb, error_ppb + 2);
		for (k = 0; k < 6; k++) {
			watch(&world, world.interval_s + random_up_to(9000));
			misses += !is_covered(&world);
		}
		watch(&world, 2 * DAY_S);
		misses += !is_covered(&world);
		assert_true(rtc_sync_learn_has_watched(&world.learn));
		assert_that(error_ppb < 500 ||
			    rtc_sync_learn_error_ppb(&world.learn) < error_ppb / 2,
			    "+-%d ppb, from %d", rtc_sync_learn_error_ppb(&world.learn),
			    error_ppb);
	}
	check_misses(misses, TRIALS * 7, "recalled");
}

/* It counts for something: a quarter of an hour of noise is less. */
static void what_is_recalled_has_weight(void **state)
{
	struct world world;
	int i;

	for (i = 0; i < TRIALS / 4; i++) {
		world_init(&world, 100000);
		world.noise_ns = MS;
		rtc_sync_learn_recall(&world.learn, (s32)world.rate_ppb, 20, DAY_S);
		watch(&world, RATE_S);
		assert_that(off_ppb(&world) <= 50, "%lld ppb off", off_ppb(&world));
		assert_true(rtc_sync_learn_error_ppb(&world.learn) < 200);
	}
}

/* A person may be wrong by as much as a crystal: what can't be unsaid allows for it. */
static void a_word_is_no_proof(void **state)
{
	struct world world;
	s32 before_ppb;
	int i;
	int k;

	for (i = 0; i < TRIALS / 4; i++) {
		world_init(&world, 100000);
		world.interval_s = 10 + (u32)random_up_to(50);
		rtc_sync_learn_seed(&world.learn,
				    (s32)(world.rate_ppb + random_signed(100000)));
		before_ppb = MAX_PPB;
		for (k = 0; k < 30; k++) {
			watch(&world, 3600);
			assert_that(off_ppb(&world) <= rtc_sync_learn_proof_ppb(&world.learn),
				    "hour %d: %lld ppb off, bound %d", k, off_ppb(&world),
				    rtc_sync_learn_proof_ppb(&world.learn));
			assert_true(rtc_sync_learn_proof_ppb(&world.learn) >=
				    rtc_sync_learn_error_ppb(&world.learn));
			assert_true(k < 3 || rtc_sync_learn_proof_ppb(&world.learn) < before_ppb);
			before_ppb = rtc_sync_learn_proof_ppb(&world.learn) + 5;
		}
		assert_that(rtc_sync_learn_proof_ppb(&world.learn) < 100, "+-%d ppb",
			    rtc_sync_learn_proof_ppb(&world.learn));

		/* Nobody has said anything: it is what it is. */
		world_init(&world, 100000);
		watch(&world, 3600);
		assert_int_equal(rtc_sync_learn_proof_ppb(&world.learn),
				 rtc_sync_learn_error_ppb(&world.learn));
	}
}

/* Trims, words, breaks, gaps, in any order: nothing overflows. */
static void nonsense_does_no_harm(void **state)
{
	struct rtc_sync_retrim change;
	struct rtc_sync_learn learn;
	s64 rtc_ns;
	int i;
	int k;

	for (i = 0; i < TRIALS; i++) {
		rtc_sync_learn_recall(&learn, (s32)random_signed(MAX_PPB),
				      (s32)random_between(1, MAX_PPB), random_up_to(1LL << 40));
		rtc_ns = NOW_NS;
		for (k = 0; k < 200; k++) {
			rtc_ns += random_up_to((random_one_in(9) ? 3 * DAY_S : 2000) * S);
			change = (struct rtc_sync_retrim) {
				.by_ppb = (s32)random_signed(1000000),
				.slack_ppb = (s32)random_up_to(1000000),
				.lag_ns = random_up_to(65535 * S),
			};
			if (random_one_in(10))
				rtc_sync_learn_was_trimmed(&learn, &change, rtc_ns);
			if (random_one_in(50))
				rtc_sync_learn_break(&learn);
			if (random_one_in(99))
				rtc_sync_learn_seed(&learn, (s32)random_signed(MAX_PPB));
			rtc_sync_learn_feed(&learn, rtc_ns, random_signed(MS), random_up_to(S));
			assert_in_range(rtc_sync_learn_rate_ppb(&learn) + MAX_PPB, 0,
					2 * MAX_PPB);
			assert_in_range(rtc_sync_learn_error_ppb(&learn), 1, MAX_PPB);
			assert_in_range(rtc_sync_learn_proof_ppb(&learn), 1, MAX_PPB);
			assert_true(learn.prior >= 0 && learn.prior <= learn.spread);
			assert_true(learn.said >= 0 && learn.said <= learn.spread);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(an_exact_trim_is_as_if_it_had_always_been),
		random_test(a_trim_that_is_not_exact_is_covered),
		random_test(the_anchor_outlives_a_trim),
		random_test(slack_is_worked_off),
		random_test(to_be_late_costs_nothing),
		random_test(a_trim_before_there_is_a_rate),
		random_test(what_is_recalled_is_a_rate),
		random_test(what_is_recalled_has_weight),
		random_test(a_word_is_no_proof),
		random_test(nonsense_does_no_harm),
	};

	return cmocka_run_group_tests_name("confidence", tests, random_begin, NULL);
}
