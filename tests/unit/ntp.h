/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An RTC and a clock that NTP keeps, whose errors are known, for what is learned from
 * them.
 */
#ifndef TESTS_UNIT_NTP_H
#define TESTS_UNIT_NTP_H

#include "../../drivers/rtc/sync/drift.h"
#include "../../drivers/rtc/sync/learn.h"
#include "random.h"

#define US		1000LL
#define MS		1000000LL
#define S		RTC_SYNC_NS_PER_S
#define NOW_NS		(1767225600LL * S)
#define DAY_S		86400LL
#define MAX_PPB		RTC_SYNC_DRIFT_MAX_PPB

/**
 * struct world - an RTC, and a clock that a daemon keeps
 * @learn: what is tested
 * @rate_ppb: the RTC gains this much
 * @rtc_ns: RTC time, ns since 1970
 * @watched_s: seconds gone by
 * @gained_ns: RTC time less true time
 * @interval_s: between two comparisons
 * @noise_ns: each is off by up to this, and says so
 * @sway_ns: the clock sways about true time by up to this, and does not say so
 * @sway_s: it turns after about so many seconds
 * @turn_s: when it turned last, of @watched_s
 * @turn_ns: how far off it was then
 * @next_s: when it turns next
 * @next_ns: how far off it will be then
 * @slew_in_ns: the clock was this far off when the daemon came, and is right after
 *	five minutes
 * @break_s: so often somebody sets the RTC; 0: never
 */
struct world {
	struct rtc_sync_learn learn;
	s64 rate_ppb;
	s64 rtc_ns;
	s64 watched_s;
	s64 gained_ns;
	u32 interval_s;
	s64 noise_ns;
	s64 sway_ns;
	s64 sway_s;
	s64 turn_s;
	s64 turn_ns;
	s64 next_s;
	s64 next_ns;
	s64 slew_in_ns;
	s64 break_s;
};

static inline void world_init(struct world *world, s64 max_ppb)
{
	*world = (struct world) {
		.rate_ppb = random_signed(max_ppb),
		.rtc_ns = NOW_NS + random_up_to(S),
		.gained_ns = random_signed(S),
		.interval_s = 10,
		.noise_ns = 30 * US,
		.sway_s = 1000,
	};
}

/* How far the system clock is from true time. */
static inline s64 clock_error_ns(struct world *world)
{
	s64 error_ns;

	while (world->next_s <= world->watched_s) {
		world->turn_s = world->next_s;
		world->turn_ns = world->next_ns;
		world->next_s += random_between(world->sway_s / 2, 3 * world->sway_s / 2);
		world->next_ns = random_between(-world->sway_ns, world->sway_ns);
	}
	error_ns = world->turn_ns + (world->next_ns - world->turn_ns) *
		   (world->watched_s - world->turn_s) / (world->next_s - world->turn_s);
	if (world->watched_s < 300)
		error_ns += world->slew_in_ns * (300 - world->watched_s) / 300;
	return error_ns;
}

static inline void compare(struct world *world)
{
	s64 noise_ns = random_between(-world->noise_ns, world->noise_ns);

	rtc_sync_learn_feed(&world->learn, world->rtc_ns,
			    world->gained_ns + noise_ns - clock_error_ns(world),
			    world->noise_ns);
	assert_in_range(rtc_sync_learn_rate_ppb(&world->learn) + MAX_PPB, 0, 2 * MAX_PPB);
	assert_in_range(rtc_sync_learn_error_ppb(&world->learn), 1, MAX_PPB);
}

static inline void pass(struct world *world, s64 s)
{
	world->watched_s += s;
	world->rtc_ns += s * S;
	world->gained_ns += s * world->rate_ppb;
}

/* Of @s seconds; the RTC set now and then, which takes it some seconds. */
static inline void watch(struct world *world, s64 s)
{
	s64 until_s = world->watched_s + s;

	compare(world);
	while (world->watched_s + world->interval_s <= until_s) {
		if (world->break_s && world->watched_s / world->break_s !=
		    (world->watched_s + world->interval_s) / world->break_s) {
			rtc_sync_learn_break(&world->learn);
			assert_false(rtc_sync_learn_has_anchor(&world->learn));
			world->gained_ns = random_signed(MS);
			pass(world, 12);
		}
		pass(world, world->interval_s);
		compare(world);
	}
}

static inline s64 off_ppb(const struct world *world)
{
	s64 off_ppb = rtc_sync_learn_rate_ppb(&world->learn) - world->rate_ppb;

	return off_ppb < 0 ? -off_ppb : off_ppb;
}

static inline bool is_covered(const struct world *world)
{
	return off_ppb(world) <= rtc_sync_learn_error_ppb(&world->learn);
}

/* What is looked for in many trials, and may be missed in one in a thousand. */
static inline void check_misses(int misses, int trials, const char *what)
{
	assert_that(misses * 1000 <= trials, "%s: %d of %d beyond the bound", what,
		    misses, trials);
}

#endif /* TESTS_UNIT_NTP_H */
