// SPDX-License-Identifier: GPL-2.0-only
/*
 * An RTC that gains, a day with NTP and some hours without: what is left of its rate
 * when the engine may write its trim register, and whether the bounds hold all the
 * while. In place of the thread: standby.c and upkeep.c, without a kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../drivers/rtc/sync/drift.h"
#include "../../drivers/rtc/sync/learn.h"
#include "../../drivers/rtc/sync/tracker.h"
#include "trim.h"
#include "world.h"

#define NS_PER_S	1000000000LL
#define DAY_S		86400LL

/* The daemon keeps the clock to this, and changes its mind each minute. */
#define SWAY_NS		50000

/**
 * struct scenario - an RTC, its register, and the limits
 * @name: for the report
 * @rtc_ppb: the RTC's own rate; each seed takes it with either sign
 * @trim: its register
 * @really_percent: a step of that is this much of what it is said to be
 * @by_hand_ppb: somebody trims it by this at noon, and the engine may not
 * @ntp_s: NTP is there for so long
 * @alone_s: and then not for so long
 * @max_residual_ppb: limit: of the rate when NTP goes
 * @max_trims: limit: writes
 * @max_off_us: limit: true time less what it is taken for, at the end, us
 */
struct scenario {
	const char *name;
	s64 rtc_ppb;
	struct rtc_sync_trim trim;
	s64 really_percent;
	s64 by_hand_ppb;
	s64 ntp_s;
	s64 alone_s;
	s64 max_residual_ppb;
	s64 max_trims;
	double max_off_us;
};

static const struct scenario scenarios[] = {
	{ .name = "trim: 3 ppm, a day with NTP", .rtc_ppb = 3000,
	  .trim = { .min_ppb = -12800, .max_ppb = 12700, .step_ppb = 100,
		    .slack_percent = 30, .lag_s = 1 },
	  .really_percent = 100, .ntp_s = DAY_S, .alone_s = 6 * 3600,
	  .max_residual_ppb = 100, .max_trims = 2, .max_off_us = 1000 },
	{ .name = "trim: 3 ppm, steps a quarter smaller than they are said to be, a minute late",
	  .rtc_ppb = 3000,
	  .trim = { .min_ppb = -12800, .max_ppb = 12700, .step_ppb = 100,
		    .slack_percent = 30, .lag_s = 64 },
	  .really_percent = 75, .ntp_s = 2 * DAY_S, .alone_s = 6 * 3600,
	  .max_residual_ppb = 100, .max_trims = 3, .max_off_us = 1000 },
	{ .name = "trim: 12 ppm, pulses left out each minute", .rtc_ppb = 12000,
	  .trim = { .min_ppb = -129000, .max_ppb = 129000, .step_ppb = 1018,
		    .lump_s = 60 },
	  .really_percent = 100, .ntp_s = DAY_S, .alone_s = 6 * 3600,
	  .max_residual_ppb = 1018, .max_trims = 1, .max_off_us = 5000 },
	{ .name = "trim: by hand, 40 ppm at once", .rtc_ppb = 7000,
	  .trim = { .min_ppb = -243000, .max_ppb = 243000, .step_ppb = 954 },
	  .really_percent = 100, .by_hand_ppb = 40000, .ntp_s = DAY_S,
	  .alone_s = 6 * 3600, .max_residual_ppb = 47000, .max_trims = 0,
	  .max_off_us = 1000 },
};

/**
 * struct outcome - what a run, or the worst of several, came to
 * @residual_ppb: the RTC's rate when NTP went
 * @trims: writes
 * @off_ns: true time less what it was taken for, at the end
 * @bound_ns: and what the bound was
 * @bare: samples in which a bound did not hold
 * @samples: samples
 */
struct outcome {
	s64 residual_ppb;
	s64 trims;
	s64 off_ns;
	s64 bound_ns;
	s64 bare;
	s64 samples;
};

/**
 * struct run - one board
 * @scenario: what is played
 * @world: the board
 * @tracker: the engine's
 * @learn: the engine's
 * @drift: the engine's
 * @trimming: the engine's
 * @trim_ppb: what the register holds
 * @own_ppb: the RTC's rate at 0
 * @was_by_hand: noon is past
 * @is_alone: NTP is gone
 * @outcome: so far
 */
struct run {
	const struct scenario *scenario;
	struct world world;
	struct rtc_sync_tracker tracker;
	struct rtc_sync_learn learn;
	struct rtc_sync_drift drift;
	struct rtc_sync_trimming trimming;
	s64 trim_ppb;
	s64 own_ppb;
	bool was_by_hand;
	bool is_alone;
	struct outcome outcome;
};

static s64 true_ns(const struct world *world)
{
	return world->rtc_s * NS_PER_S + world->true_ns;
}

static s64 rtc_ns(const struct run *run, s64 *error_ns)
{
	return rtc_sync_line_time_ns(&run->tracker.line, &run->tracker.phase.window,
				     run->world.raw_ns, error_ns);
}

/* As only the truth can: the RTC's time always, true time when NTP has gone. */
static void sample(struct run *run)
{
	s64 error_ns;
	s64 off_ns;

	if (!rtc_sync_tracker_is_usable(&run->tracker))
		return;
	run->outcome.samples++;
	off_ns = rtc_ns(run, &error_ns) - world_rtc_ns(&run->world);
	if (llabs(off_ns) > error_ns)
		run->outcome.bare++;
	if (!run->is_alone)
		return;
	off_ns = rtc_sync_true_ns(&run->tracker.line, &run->tracker.phase.window,
				  &run->drift, run->world.raw_ns, &error_ns) -
		 true_ns(&run->world);
	if (llabs(off_ns) > error_ns)
		run->outcome.bare++;
	run->outcome.off_ns = llabs(off_ns);
	run->outcome.bound_ns = error_ns;
}

/* The chip does what it does; the engine is told what that is said to be. */
static void change(struct run *run, s64 ppb)
{
	const struct rtc_sync_trim *trim = &run->scenario->trim;
	struct rtc_sync_retrim change;
	s64 really_ppb = ppb * run->scenario->really_percent / 100;
	s64 error_ns;
	s64 now_ns;

	change = rtc_sync_trim_change(trim, ppb - run->trim_ppb);
	if (trim->lump_s)
		world_trim(&run->world, run->own_ppb, really_ppb);
	else
		world_trim(&run->world, run->own_ppb + really_ppb, 0);

	now_ns = rtc_ns(run, &error_ns);
	rtc_sync_tracker_was_trimmed(&run->tracker, &change, run->world.raw_ns);
	rtc_sync_learn_was_trimmed(&run->learn, &change, now_ns);
	rtc_sync_trim_note(&run->trimming, run->world.raw_ns, run->learn.watched_s);
	rtc_sync_tracker_set_blur(&run->tracker, rtc_sync_trim_blur_ns(trim, (s32)ppb));
	run->trim_ppb = ppb;
}

static void trim(struct run *run)
{
	const struct rtc_sync_trim *trim = &run->scenario->trim;
	struct rtc_sync_learned learned = {
		.raw_ns = run->world.raw_ns,
		.rate_ppb = rtc_sync_learn_rate_ppb(&run->learn),
		.error_ppb = rtc_sync_learn_proof_ppb(&run->learn),
		.watched_s = run->learn.watched_s,
		.trim_ppb = (s32)run->trim_ppb,
	};
	s64 steps;
	s32 ppb;

	if (run->scenario->by_hand_ppb || !rtc_sync_learn_has_watched(&run->learn) ||
	    !rtc_sync_trim_is_due(trim, &run->trimming, &learned, &ppb))
		return;
	steps = (ppb + (ppb < 0 ? -1 : 1) * trim->step_ppb / 2) / trim->step_ppb;
	change(run, steps * trim->step_ppb);
	run->outcome.trims++;
}

static void learn(struct run *run)
{
	s64 error_ns;
	s64 now_ns;

	if (!rtc_sync_tracker_is_settled(&run->tracker) ||
	    rtc_sync_tracker_is_changing(&run->tracker))
		return;
	now_ns = rtc_ns(run, &error_ns);
	rtc_sync_learn_feed(&run->learn, now_ns, now_ns - true_ns(&run->world) +
			    world_random(&run->world, 2 * SWAY_NS) - SWAY_NS, error_ns);
	trim(run);
}

static void lose_ntp(struct run *run)
{
	run->is_alone = true;
	run->outcome.residual_ppb = llabs(run->world.rtc_ppb + run->world.lump_ppb);
	rtc_sync_drift_set_rate(&run->drift, rtc_sync_learn_rate_ppb(&run->learn),
				rtc_sync_learn_error_ppb(&run->learn), run->learn.rtc_ns);
	rtc_sync_drift_anchor(&run->drift, run->learn.rtc_ns, run->learn.gained_ns,
			      run->learn.noise_ns);
}

static void turn(struct run *run)
{
	const struct scenario *scenario = run->scenario;
	struct rtc_sync_tracker *tracker = &run->tracker;
	struct world *world = &run->world;
	const struct rtc_sync_plan *plan;
	struct rtc_sync_reading reading;

	plan = rtc_sync_tracker_plan(tracker, world->raw_ns);
	world_sleep_until_raw(world, plan->start_raw_ns);
	sample(run);
	world_read(world, plan->kind, &reading);
	rtc_sync_tracker_feed(tracker, &reading);
	sample(run);
	if (!run->is_alone && world->true_ns > scenario->ntp_s * NS_PER_S)
		lose_ntp(run);
	if (!tracker->is_fresh)
		return;
	tracker->is_fresh = false;
	if (!run->is_alone)
		learn(run);
	if (!rtc_sync_tracker_is_changing(tracker))
		rtc_sync_tracker_set_blur(tracker, rtc_sync_trim_blur_ns(&scenario->trim,
									 (s32)run->trim_ppb));
	if (scenario->by_hand_ppb && !run->was_by_hand &&
	    world->true_ns > DAY_S / 2 * NS_PER_S) {
		run->was_by_hand = true;
		change(run, scenario->by_hand_ppb);
	}
}

static void play(const struct scenario *scenario, u64 seed, struct outcome *worst)
{
	struct run run;

	memset(&run, 0, sizeof(run));
	run.scenario = scenario;
	world_init(&run.world, seed);
	run.own_ppb = (seed & 1 ? 1 : -1) * scenario->rtc_ppb;
	run.world.rtc_ppb = run.own_ppb;
	run.world.lump_s = scenario->trim.lump_s;
	run.world.osc_mean_ppb = (seed & 2 ? 1 : -1) * 40000;
	run.world.swing_ppb = 5000;
	rtc_sync_tracker_init(&run.tracker, &world_source, 10, RTC_SYNC_NOT_BEFORE_S);
	while (run.world.true_ns < (scenario->ntp_s + scenario->alone_s) * NS_PER_S)
		turn(&run);

	worst->residual_ppb = max(worst->residual_ppb, run.outcome.residual_ppb);
	worst->trims = max(worst->trims, run.outcome.trims);
	worst->off_ns = max(worst->off_ns, run.outcome.off_ns);
	worst->bound_ns = max(worst->bound_ns, run.outcome.bound_ns);
	worst->bare += run.outcome.bare + run.tracker.counts.contradictions +
		       run.tracker.counts.reacquisitions;
	worst->samples += run.outcome.samples;
}

/* Return: how many scenarios did not keep their limits. */
int trim_scenarios(u64 first, u64 count)
{
	const struct scenario *scenario;
	struct outcome worst;
	int failed = 0;
	bool is_kept;
	size_t i;
	u64 seed;

	for (i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		scenario = &scenarios[i];
		memset(&worst, 0, sizeof(worst));
		for (seed = first; seed < first + count; seed++)
			play(scenario, seed, &worst);
		is_kept = worst.residual_ppb <= scenario->max_residual_ppb &&
			  worst.trims <= scenario->max_trims && !worst.bare &&
			  worst.samples && worst.off_ns <= scenario->max_off_us * 1e3;
		failed += !is_kept;
		printf("%s sim: %s\n", is_kept ? "ok" : "not ok", scenario->name);
		printf("#   RTC left at %lld ppb by %lld trims, %lld h alone: %.1f us off, bound %.1f us; bare %lld of %lld\n",
		       worst.residual_ppb, worst.trims, scenario->alone_s / 3600,
		       (double)worst.off_ns / 1e3, (double)worst.bound_ns / 1e3,
		       worst.bare, worst.samples);
	}
	return failed;
}
