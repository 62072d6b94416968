// SPDX-License-Identifier: GPL-2.0-only
/* The engine's thread, in virtual time. */
#include <stdlib.h>

#include <linux/errno.h>
#include <linux/limits.h>

#include "engine.h"

#define NS_PER_S	1000000000LL
#define INTERVAL_S	10

/* The truth is looked at so often while the thread sleeps. */
#define LOOK_NS		(NS_PER_S / 2)

/* What rounding costs a clock that is set and looked at. */
#define ROUNDING_NS	3

/**
 * engine_init() - attach
 * @engine: overwritten
 * @seed: of the board
 * @drift_ppm: of its oscillator
 * @rtc_ppb: of its RTC against the truth
 */
void engine_init(struct engine *engine, u64 seed, s64 drift_ppm, s64 rtc_ppb)
{
	*engine = (struct engine) { .slew_end_raw_ns = S64_MAX };
	world_init(&engine->world, seed);
	engine->world.osc_mean_ppb = drift_ppm * 1000;
	engine->world.osc_ppb = engine->world.osc_mean_ppb;
	engine->world.rtc_ppb = rtc_ppb;
	engine->utc_ns = world_rtc_ns(&engine->world);
	rtc_sync_tracker_init(&engine->tracker, &world_source, INTERVAL_S,
			      RTC_SYNC_NOT_BEFORE_S);
}

static s64 clock_ns(const struct engine *engine)
{
	return engine->world.raw_ns + engine->world.real_ns;
}

/* What the clock should show: true time, or, without NTP, what the RTC does. */
static s64 truth_ns(const struct engine *engine)
{
	if (engine->world.rtc_ppb)
		return engine->utc_ns + engine->world.true_ns;
	return world_rtc_ns(&engine->world);
}

static s64 estimate_ns(const struct engine *engine, s64 *error_ns)
{
	return rtc_sync_true_ns(&engine->tracker.line,
				&engine->tracker.bound, &engine->drift,
				engine->world.raw_ns, error_ns);
}

/**
 * engine_off_ns() - how wrong is the clock?
 * @engine: the engine
 *
 * Return: ns, >= 0.
 */
s64 engine_off_ns(const struct engine *engine)
{
	return llabs(clock_ns(engine) - truth_ns(engine));
}

static enum engine_state state_of(const struct engine *engine)
{
	if (engine->tracker.doubt != RTC_SYNC_DOUBT_NONE || engine->is_refused)
		return ENGINE_INVALID;
	if (rtc_sync_tracker_is_faulty(&engine->tracker))
		return ENGINE_FAULT;
	if (!rtc_sync_tracker_is_locked(&engine->tracker))
		return ENGINE_ACQUIRING;
	return engine->is_holdover ? ENGINE_HOLDOVER : ENGINE_LOCKED;
}

static void publish(struct engine *engine)
{
	enum engine_state state = state_of(engine);

	if (state != engine->state)
		engine->marks.states++;
	engine->state = state;
}

/* The estimate, and so the clock, against the truth. */
static void look(struct engine *engine)
{
	struct engine_marks *marks = &engine->marks;
	s64 error_ns;
	s64 off_ns;

	if (!rtc_sync_tracker_is_usable(&engine->tracker) || engine->is_hidden)
		return;
	off_ns = llabs(estimate_ns(engine, &error_ns) - truth_ns(engine));
	marks->samples++;
	marks->ratio = max(marks->ratio, off_ns * 1000 / (error_ns + 1));
	if (off_ns > error_ns + ROUNDING_NS) {
		marks->bare++;
		marks->bare_ns = max(marks->bare_ns, off_ns - error_ns);
	}
}

/* The clock is about to be moved by this. */
static void note_move(struct engine *engine, s64 to_ns, s64 bound_ns)
{
	struct engine_marks *marks = &engine->marks;
	s64 off_ns = llabs(to_ns - truth_ns(engine));

	marks->moves++;
	if (engine->is_hidden || off_ns <= bound_ns + ROUNDING_NS)
		return;
	marks->wrong++;
	marks->wrong_ns = max(marks->wrong_ns, off_ns - bound_ns);
}

/* discipline.c: end_slew() */
static void end_slew(struct engine *engine)
{
	if (engine->world.raw_ns < engine->slew_end_raw_ns)
		return;
	engine->slew_end_raw_ns = S64_MAX;
	engine->world.freq_ppb = engine->slew.rest_ppb;
}

/* standby.c: rtc_sync_standby_begin(), for whom a set RTC is within a second */
static bool begin(struct engine *engine)
{
	struct rtc_sync_tracker *tracker = &engine->tracker;
	s64 gained_ns;
	s64 error_ns;
	s64 rtc_ns;

	if (engine->drift.has_begun ||
	    rtc_sync_known_goes_on(&engine->known, tracker, engine->world.raw_ns,
				   &engine->drift))
		return true;
	if ((engine->is_holdover || rtc_sync_known_has_gain(&engine->known)) &&
	    !rtc_sync_tracker_is_locked(tracker))
		return false;
	rtc_ns = rtc_sync_line_time_ns(&tracker->line, &tracker->phase.window,
				       engine->is_holdover ? engine->copied_raw_ns :
							     engine->world.raw_ns, &error_ns);
	gained_ns = rtc_ns - engine->copied_ns;
	if (engine->is_holdover && llabs(gained_ns) < NS_PER_S) {
		rtc_sync_drift_anchor(&engine->drift, rtc_ns, gained_ns,
				      engine->drift.gained_error_ns + error_ns);
	} else {
		/* What it shows now is taken for the truth, and counted on from. */
		rtc_sync_drift_begin(&engine->drift, rtc_ns);
		engine->is_holdover = false;
		engine->utc_ns = world_rtc_ns(&engine->world) - engine->world.true_ns;
	}
	return true;
}

/* discipline.c: rtc_sync_discipline() */
static void discipline(struct engine *engine)
{
	const struct rtc_sync_policy policy = {
		.may_step = true,
		.may_slew = engine->slews,
		.max_step_s = RTC_SYNC_MAX_STEP_S,
	};
	struct rtc_sync_sample at = {
		.is_locked = rtc_sync_tracker_is_locked(&engine->tracker),
		.is_settled = rtc_sync_tracker_is_settled(&engine->tracker),
		.is_suspect = engine->tracker.is_suspect,
		.is_ordered = engine->is_ordered,
	};
	enum rtc_sync_order order;
	s64 bound_ns;

	if (!rtc_sync_tracker_is_usable(&engine->tracker) || !begin(engine))
		return;
	at.freq_ppb = rtc_sync_line_freq_ppb(&engine->tracker.line) -
		      engine->drift.rate_ppb;
	rtc_sync_true_ns(&engine->tracker.line, &engine->tracker.phase.window,
			 &engine->drift, engine->world.raw_ns, &at.error_ns);
	at.offset_ns = estimate_ns(engine, &bound_ns) - clock_ns(engine);
	order = rtc_sync_servo_decide(&engine->servo, &policy, &at);
	if (order == RTC_SYNC_STEP || order == RTC_SYNC_SLEW)
		note_move(engine, clock_ns(engine) + at.offset_ns, bound_ns);
	if (order == RTC_SYNC_STEP) {
		engine->world.real_ns += at.offset_ns;
		at.offset_ns = 0;
	}
	if (engine->slews && at.is_locked && order != RTC_SYNC_REFUSE) {
		engine->slew = rtc_sync_servo_slew(&at, INTERVAL_S);
		engine->world.freq_ppb = engine->slew.freq_ppb;
		engine->slew_end_raw_ns = engine->world.raw_ns + engine->slew.duration_ns;
	}
	engine->is_refused = order == RTC_SYNC_REFUSE;
	if (at.is_locked) {
		engine->tracker.is_suspect &= engine->is_refused;
		engine->is_ordered = false;
	}
}

/* standby.c: rtc_sync_standby_rtc_was_set() */
static void begin_anew(struct engine *engine)
{
	engine->is_ordered = false;
	if (engine->known.is_valid)
		engine->drift.gained_error_ns =
			rtc_sync_known_clock_error_ns(&engine->known, engine->world.raw_ns,
						      clock_ns(engine));
	engine->copied_raw_ns = engine->world.raw_ns;
	engine->copied_ns = clock_ns(engine);
	rtc_sync_drift_reset(&engine->drift);
}

/* thread.c: read_rtc() */
static void read_rtc(struct engine *engine, enum rtc_sync_read kind)
{
	u32 reacquisitions = engine->tracker.counts.reacquisitions;
	bool strikes = engine->mishap && !mishap_is_event(engine->mishap) &&
		       world_random(&engine->world, 100) < engine->percent;
	struct rtc_sync_reading reading = {};
	int ret;

	engine->marks.struck += strikes;
	ret = mishap_read(strikes ? engine->mishap : NULL, &engine->world, kind,
			  &reading);
	if (ret)
		rtc_sync_tracker_fail(&engine->tracker, ret, engine->world.raw_ns);
	else
		rtc_sync_tracker_feed(&engine->tracker, &reading);
	if (ret || engine->tracker.doubt != RTC_SYNC_DOUBT_NONE)
		engine->is_ordered = false;
	if (engine->tracker.counts.reacquisitions != reacquisitions)
		begin_anew(engine);
	if (engine->tracker.is_fresh) {
		engine->tracker.is_fresh = false;
		discipline(engine);
		rtc_sync_known_note(&engine->known, &engine->tracker, &engine->drift);
	}
}

/* A trigger now: when would it be read? */
static void look_at_hurry(struct engine *engine)
{
	struct rtc_sync_tracker hurried = engine->tracker;
	const struct rtc_sync_plan *plan;

	rtc_sync_tracker_hurry(&hurried, engine->world.raw_ns);
	plan = rtc_sync_tracker_plan(&hurried, engine->world.raw_ns);
	engine->marks.hurry_ns = max(engine->marks.hurry_ns,
				     plan->start_raw_ns - engine->world.raw_ns);
}

/* Sleep until the reading is due, or the time is over: true if it is due. */
static bool wait_for(struct engine *engine, s64 raw_ns, s64 true_ns)
{
	struct world *world = &engine->world;

	while (raw_ns - world->raw_ns > LOOK_NS && world->true_ns < true_ns) {
		world_sleep(world, LOOK_NS / 2);
		end_slew(engine);
		look(engine);
	}
	if (world->true_ns >= true_ns)
		return false;
	world_sleep_until_raw(world, raw_ns);
	return true;
}

/**
 * engine_run_until() - let it run
 * @engine: the engine
 * @true_ns: until then, true time of the board
 */
void engine_run_until(struct engine *engine, s64 true_ns)
{
	const struct rtc_sync_plan *plan;
	s64 now_raw_ns;

	while (engine->world.true_ns < true_ns) {
		publish(engine);
		look(engine);
		look_at_hurry(engine);
		now_raw_ns = engine->world.raw_ns;
		plan = rtc_sync_tracker_plan(&engine->tracker, now_raw_ns);
		engine->marks.sleep_ns = max(engine->marks.sleep_ns,
					     plan->start_raw_ns - now_raw_ns);
		if (!wait_for(engine, plan->start_raw_ns, true_ns))
			return;
		end_slew(engine);
		read_rtc(engine, plan->kind);
	}
}

/**
 * engine_lose_ntp() - NTP has kept the clock until now, and is gone
 * @engine: the engine, locked
 * @rate_ppb: what the RTC was learned to gain
 * @error_ppb: how far off that may be
 */
void engine_lose_ntp(struct engine *engine, s32 rate_ppb, s32 error_ppb)
{
	s64 utc_ns = engine->utc_ns + engine->world.true_ns;
	s64 error_ns;
	s64 rtc_ns;

	rtc_ns = rtc_sync_line_time_ns(&engine->tracker.line,
				       &engine->tracker.phase.window,
				       engine->world.raw_ns, &error_ns);
	engine->world.real_ns = utc_ns - engine->world.raw_ns;
	rtc_sync_drift_set_rate(&engine->drift, rate_ppb, error_ppb, rtc_ns);
	rtc_sync_drift_anchor(&engine->drift, rtc_ns, rtc_ns - utc_ns, error_ns);
	engine->known.drift = engine->drift;
	engine->is_holdover = true;
}

/**
 * engine_trigger() - somebody writes 1 to trigger
 * @engine: the engine
 */
void engine_trigger(struct engine *engine)
{
	engine->is_ordered = true;
	rtc_sync_tracker_hurry(&engine->tracker, engine->world.raw_ns);
}

/**
 * engine_is_good() - is all as it should be?
 * @engine: the engine
 *
 * Return: true if the clock is kept, by a time that is as exact as is said.
 */
bool engine_is_good(const struct engine *engine)
{
	s64 error_ns;
	s64 est_ns;

	if (!rtc_sync_tracker_is_usable(&engine->tracker) ||
	    state_of(engine) == ENGINE_INVALID || state_of(engine) == ENGINE_FAULT ||
	    !rtc_sync_tracker_is_locked(&engine->tracker))
		return false;
	est_ns = estimate_ns(engine, &error_ns);
	return llabs(est_ns - truth_ns(engine)) <= error_ns + ROUNDING_NS &&
	       engine_off_ns(engine) <= error_ns + llabs(est_ns - clock_ns(engine));
}
