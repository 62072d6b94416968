// SPDX-License-Identifier: GPL-2.0-only
/* What the RTC gains, learned from a clock whose errors are known: found, and bounded. */
#include "ntp.h"

#define TRIALS		1000

/* From the first comparison until there is a rate. */
#define RATE_S		1200

static int random_trial(struct world *world)
{
	world->interval_s = 1 + (u32)random_up_to(599);
	world->noise_ns = random_up_to(MS);
	watch(world, RATE_S + 9 * world->interval_s +
	      random_up_to(min(2 * DAY_S, 5000LL * world->interval_s)));
	assert_true(rtc_sync_learn_has_rate(&world->learn));
	return !is_covered(world);
}

/* Comparisons of any size of error, as often or as seldom as they come. */
static void a_rate_is_found_within_its_bound(void **state)
{
	struct world world;
	int misses = 0;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, random_one_in(4) ? MAX_PPB : 100000);
		misses += random_trial(&world);
	}
	check_misses(misses, TRIALS, "steady");
}

/* A daemon keeps a clock near true time, not on it. */
static void a_clock_that_sways_is_allowed_for(void **state)
{
	struct world world;
	int misses = 0;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		world.sway_ns = random_up_to(3 * MS);
		/* More slowly, and nobody could tell it from a rate. */
		world.sway_s = random_between(20, 120);
		misses += random_trial(&world);
	}
	check_misses(misses, TRIALS, "sways");
}

/* The kernel sets the RTC every 11 minutes: spells of that length add up. */
static void breaks_do_no_harm(void **state)
{
	struct world world;
	int misses = 0;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		world.break_s = 660;
		if (random_one_in(2))
			world.sway_ns = random_up_to(MS);
		world.sway_s = random_between(20, 120);
		world.interval_s = 1 + (u32)random_up_to(59);
		world.noise_ns = random_up_to(300 * US);
		watch(&world, RATE_S + 9 * world.interval_s +
		      random_up_to(min(2 * DAY_S, 5000LL * world.interval_s)));
		misses += !is_covered(&world);
	}
	check_misses(misses, TRIALS, "breaks");
}

/* The daemon comes: in its first five minutes the clock is where it pleases. */
static void the_beginning_does_not_count(void **state)
{
	struct world world;
	int misses = 0;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		world.slew_in_ns = random_signed(100 * MS);
		world.interval_s = 1 + (u32)random_up_to(30);
		if (random_one_in(2))
			world.break_s = 660;
		watch(&world, RATE_S + random_up_to(20000));
		misses += !is_covered(&world);
	}
	check_misses(misses, TRIALS, "slew-in");
}

/* Somebody sets the clock, or the RTC, and says so or does not. */
static void jumps_do_no_harm(void **state)
{
	struct world world;
	int misses = 0;
	int jumps;
	int i;

	for (i = 0; i < TRIALS; i++) {
		world_init(&world, 100000);
		world.noise_ns = random_up_to(100 * US);
		world.interval_s = 1 + (u32)random_up_to(59);
		watch(&world, RATE_S + random_up_to(5000));
		for (jumps = (int)random_between(1, 5); jumps; jumps--) {
			world.gained_ns += (random_one_in(2) ? 1 : -1) *
					   (50 * MS + random_up_to(3600 * S));
			if (random_one_in(2))
				rtc_sync_learn_break(&world.learn);
			watch(&world, random_up_to(2000));
			misses += !is_covered(&world);
		}
	}
	check_misses(misses, 3 * TRIALS, "jumps");
}

/* A bound that says nothing covers everything: it comes down with time. */
static void the_bound_is_tight(void **state)
{
	static const struct {
		u32 interval_s;
		s64 watched_s;
		s64 break_s;
		s64 error_ppb;
	} rows[] = {
		{ 10, 1300, 0, 400 },
		{ 10, 3600, 0, 100 },
		{ 10, DAY_S, 0, 15 },
		{ 60, 3600, 0, 100 },
		{ 600, 20000, 0, 30 },
		{ 10, 3600, 660, 300 },
		{ 10, DAY_S, 660, 60 },
	};
	struct world world;
	size_t n;
	int i;

	for (n = 0; n < array_size(rows); n++) {
		for (i = 0; i < 20; i++) {
			world_init(&world, 100000);
			world.interval_s = rows[n].interval_s;
			world.break_s = rows[n].break_s;
			watch(&world, rows[n].watched_s);
			assert_that(rtc_sync_learn_error_ppb(&world.learn) <= rows[n].error_ppb,
				    "row %zu: +-%d ppb", n,
				    rtc_sync_learn_error_ppb(&world.learn));
			assert_that(is_covered(&world), "row %zu: %lld ppb off", n,
				    off_ppb(&world));
		}
	}
}

/* A trim, a cold night: the rate is another, by ever so much. It is found anew. */
static void another_rate_is_found(void **state)
{
	struct world world;
	s64 off;
	int i;

	for (i = 0; i < TRIALS / 10; i++) {
		world_init(&world, 100000);
		world.interval_s = 10 + (u32)random_up_to(590);
		world.noise_ns = random_up_to(30 * US);
		watch(&world, DAY_S);
		world.rate_ppb += random_signed(250000);
		watch(&world, 6 * DAY_S);
		off = off_ppb(&world);
		assert_that(is_covered(&world) && off < 2000,
			    "interval %u: %lld ppb off, bound %d", world.interval_s, off,
			    rtc_sync_learn_error_ppb(&world.learn));
	}
}

/* Too little to be an outlier: then by and by, in days. */
static void what_is_old_is_forgotten(void **state)
{
	struct world world;
	int i;

	for (i = 0; i < 20; i++) {
		world_init(&world, 100000);
		watch(&world, 5 * DAY_S);
		world.rate_ppb += random_one_in(2) ? 2000 : -2000;
		watch(&world, 4 * DAY_S);
		assert_that(off_ppb(&world) < 300, "%lld ppb off", off_ppb(&world));
	}
}

/* What it has gained is what it was last seen to have gained, a little smoothed. */
static void the_anchor_is_the_last_comparison(void **state)
{
	struct world world;
	s64 off_ns;
	int i;
	int k;

	for (i = 0; i < TRIALS / 10; i++) {
		world_init(&world, 100000);
		world.interval_s = 1 + (u32)random_up_to(60);
		assert_false(rtc_sync_learn_has_anchor(&world.learn));
		watch(&world, 300);
		assert_false(rtc_sync_learn_has_anchor(&world.learn));
		watch(&world, 3600);
		/* The RTC's rate goes up and down with the day: 1 ppm each way. */
		for (k = 0; k < 48; k++) {
			world.rate_ppb += k % 24 < 6 || k % 24 >= 18 ? 80 : -80;
			watch(&world, 3600);
			assert_true(rtc_sync_learn_has_anchor(&world.learn));
			assert_true(world.learn.rtc_ns == world.rtc_ns);
			off_ns = world.learn.gained_ns - world.gained_ns;
			assert_that(off_ns < MS && off_ns > -MS, "hour %d: %lld ns off",
				    k, off_ns);
			assert_that(off_ns <= world.learn.noise_ns &&
				    -off_ns <= world.learn.noise_ns,
				    "hour %d: %lld ns off, bound %lld", k, off_ns,
				    world.learn.noise_ns);
		}
	}
}

/* Somebody knows the rate: it stays, until what is seen weighs more. */
static void a_seed_is_a_rate(void **state)
{
	struct world world;
	s32 seed_ppb;
	int i;

	for (i = 0; i < TRIALS / 5; i++) {
		world_init(&world, MAX_PPB - 1000);
		seed_ppb = (s32)(world.rate_ppb + random_signed(1000));
		rtc_sync_learn_seed(&world.learn, seed_ppb);
		assert_int_equal(rtc_sync_learn_rate_ppb(&world.learn), seed_ppb);
		assert_false(rtc_sync_learn_has_rate(&world.learn));
		assert_false(rtc_sync_learn_has_anchor(&world.learn));
		watch(&world, RATE_S);
		assert_true(rtc_sync_learn_has_rate(&world.learn));
		/* For the better, and not by much. */
		assert_that(off_ppb(&world) <= 1100, "%lld ppb off", off_ppb(&world));
		watch(&world, 3 * DAY_S);
		assert_that(off_ppb(&world) <= 100, "%lld ppb off", off_ppb(&world));

		/* It is worth more than a quarter of an hour of noise. */
		world_init(&world, MAX_PPB);
		world.noise_ns = MS;
		rtc_sync_learn_seed(&world.learn, (s32)world.rate_ppb);
		watch(&world, RATE_S);
		assert_that(off_ppb(&world) <= 50, "%lld ppb off", off_ppb(&world));
	}
}

/* The time it takes, whatever comes: 300 s, 900 s more, and eight comparisons. */
static void it_takes_its_time(void **state)
{
	struct world world;
	s64 s;
	int i;

	for (i = 0; i < 20; i++) {
		world_init(&world, 1000);
		world.interval_s = 1;
		for (s = 0; s < 1300; s++) {
			compare(&world);
			assert_int_equal(rtc_sync_learn_has_anchor(&world.learn), s > 300);
			assert_int_equal(rtc_sync_learn_has_rate(&world.learn), s >= RATE_S);
			/* Twice in the same second is once. */
			if (random_one_in(3))
				compare(&world);
			pass(&world, 1);
		}

		world_init(&world, 1000);
		for (s = 0; s < 20; s++) {
			compare(&world);
			assert_int_equal(rtc_sync_learn_has_rate(&world.learn), s >= 8);
			pass(&world, 600);
		}
	}
}

/* Less than a second apart: a second is what a comparison counts by. */
static void within_a_second_it_learns_as_well(void **state)
{
	struct world world;
	int i;
	int k;

	for (i = 0; i < 20; i++) {
		world_init(&world, 100000);
		for (k = 0; k < 10000; k++) {
			world.rtc_ns += 600 * MS;
			world.gained_ns += 600 * world.rate_ppb / 1000;
			compare(&world);
		}
		assert_that(is_covered(&world) && off_ppb(&world) < 200,
			    "%lld ppb off, bound %d", off_ppb(&world),
			    rtc_sync_learn_error_ppb(&world.learn));
	}
}

/* Time that runs backwards, gaps of days, offsets of decades: nothing overflows. */
static void nonsense_does_no_harm(void **state)
{
	struct rtc_sync_learn learn;
	s64 gained_ns;
	s64 rtc_ns;
	int i;
	int k;

	for (i = 0; i < TRIALS; i++) {
		rtc_sync_learn_seed(&learn, (s32)random_signed(MAX_PPB));
		rtc_ns = NOW_NS;
		gained_ns = 0;
		for (k = 0; k < 300; k++) {
			if (random_one_in(50))
				gained_ns = random_signed(50 * 366 * DAY_S * S);
			if (random_one_in(20))
				rtc_ns -= random_up_to(100 * DAY_S * S);
			else
				rtc_ns += random_up_to((random_one_in(9) ? 3 * DAY_S : 2000) * S);
			gained_ns += random_signed(random_one_in(20) ? 100 * S : MS);
			rtc_ns = max(rtc_ns, 1LL);
			if (random_one_in(50))
				rtc_sync_learn_break(&learn);
			rtc_sync_learn_feed(&learn, rtc_ns, gained_ns, random_up_to(S));
			assert_in_range(rtc_sync_learn_rate_ppb(&learn) + MAX_PPB, 0,
					2 * MAX_PPB);
			assert_in_range(rtc_sync_learn_error_ppb(&learn), 1, MAX_PPB);
		}
	}
}

/* A rate beyond what an RTC can have is not learned. */
static void never_beyond_what_is_possible(void **state)
{
	struct world world;
	int i;

	for (i = 0; i < 20; i++) {
		world_init(&world, 1);
		world.interval_s = 1 + (u32)random_up_to(30);
		world.rate_ppb = (random_one_in(2) ? 1 : -1) *
				 random_between(MAX_PPB, 2 * MAX_PPB);
		watch(&world, 10000);
	}
}

/* A leap second amid it all: what is learned is the same as without one. */
static void a_leap_second_changes_nothing(void **state)
{
	struct rtc_sync_learn with = {}, without = {};
	s64 rtc_ns = 1767225600 * RTC_SYNC_NS_PER_S;
	s64 gained_ns = random_signed(RTC_SYNC_NS_PER_S);
	s64 leap_ns = 0;
	s64 error_ns;
	int i;

	for (i = 0; i < TRIALS; i++) {
		if (i == TRIALS / 2) {
			leap_ns = RTC_SYNC_NS_PER_S;
			rtc_sync_learn_shift(&with, leap_ns);
		}
		rtc_ns += random_between(5, 60) * RTC_SYNC_NS_PER_S;
		gained_ns += random_signed(100000);
		error_ns = random_up_to(100000);
		rtc_sync_learn_feed(&with, rtc_ns, gained_ns + leap_ns, error_ns);
		rtc_sync_learn_feed(&without, rtc_ns, gained_ns, error_ns);
		assert_int_equal(with.gained_ns, without.gained_ns + leap_ns);
		assert_int_equal(with.noise_ns, without.noise_ns);
		assert_int_equal(with.rate_ppb, without.rate_ppb);
		assert_int_equal(with.stray_ns, without.stray_ns);
	}
	assert_true(rtc_sync_learn_has_rate(&with) && rtc_sync_learn_has_anchor(&with));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(a_leap_second_changes_nothing),
		random_test(a_rate_is_found_within_its_bound),
		random_test(a_clock_that_sways_is_allowed_for),
		random_test(breaks_do_no_harm),
		random_test(the_beginning_does_not_count),
		random_test(jumps_do_no_harm),
		random_test(the_bound_is_tight),
		random_test(another_rate_is_found),
		random_test(what_is_old_is_forgotten),
		random_test(the_anchor_is_the_last_comparison),
		random_test(a_seed_is_a_rate),
		random_test(it_takes_its_time),
		random_test(within_a_second_it_learns_as_well),
		random_test(nonsense_does_no_harm),
		random_test(never_beyond_what_is_possible),
	};

	return cmocka_run_group_tests_name("learn", tests, random_begin, NULL);
}
