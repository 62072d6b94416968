// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PURE files against a simulated board: how soon, how exact, how honest.
 *
 * usage: sim [seed [seeds]]
 *
 * Runs every scenario with `seeds` seeds from `seed` on, prints what it measured
 * and, in TAP, whether the worst of them kept the scenario's limits.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../drivers/rtc/sync/servo.h"
#include "../../drivers/rtc/sync/tracker.h"
#include "faults.h"
#include "trim.h"
#include "world.h"

#define NS_PER_S	1000000000LL
#define NONE		(-1)

/* Once locked: what came before is measured by the times to get there. */
#define STEADY_S	60

/* Once the rate is known, too: what a slewed clock is held to. */
#define SLEWED_S	600

/**
 * struct scenario - a board, what happens to it, and the limits
 * @name: for the report
 * @drift_ppm: of the oscillator; each seed takes it with either sign
 * @swing_ppm: of the oscillator, day and night, peak to peak
 * @interval_s: between syncs
 * @slews: the clock can be slewed
 * @duration_s: of the run
 * @byte_ns: on the wire; 0: the emulated board's
 * @jitter_ns: of the transfer; 0: the emulated board's
 * @completion_ns: after the transfer; 0: the emulated board's
 * @fail_percent: of readings
 * @garbage_percent: of readings
 * @stuck_from_s: the RTC stands still from then on
 * @max_ms_s: limit: true error <= 1 ms for the first time, s
 * @max_ms_reads: limit: readings until then
 * @max_floor_s: limit: window <= 100 us for the first time, s; 0: none
 * @max_error_us: limit: true error of the clock once steady, us
 * @max_p99_us: limit: 99 % of the errors of the estimate once steady, us
 * @max_clock_us: limit: 99 % of the errors of the clock from SLEWED_S on, us; 0: none
 * @max_steps: limit: steps from SLEWED_S on, if there is one for the clock
 * @max_freq_ppb: limit: peak to peak of the estimated rate from SLEWED_S on; 0: none
 * @max_reads: limit: readings an interval once steady, in hundredths
 * @max_bare_us: limit: the estimate is further off than its bound by this. Not
 *	zero only while nothing can be known: an RTC that has just stopped
 */
struct scenario {
	const char *name;
	s64 drift_ppm;
	s64 swing_ppm;
	u32 interval_s;
	bool slews;
	s64 duration_s;
	s64 byte_ns;
	s64 jitter_ns;
	s64 completion_ns;
	s64 fail_percent;
	s64 garbage_percent;
	s64 stuck_from_s;
	double max_ms_s;
	s64 max_ms_reads;
	double max_floor_s;
	double max_error_us;
	double max_p99_us;
	double max_clock_us;
	s64 max_steps;
	s64 max_freq_ppb;
	s64 max_reads;
	double max_bare_us;
};

static const struct scenario scenarios[] = {
	{ .name = "10 s, 100 ppm", .drift_ppm = 100, .interval_s = 10,
	  .duration_s = 3600, .max_ms_s = 8, .max_ms_reads = 48,
	  .max_floor_s = 25, .max_error_us = 2200, .max_p99_us = 60,
	  .max_reads = 200 },
	{ .name = "10 s, no drift", .interval_s = 10, .duration_s = 3600,
	  .max_ms_s = 8, .max_ms_reads = 48, .max_floor_s = 25,
	  .max_error_us = 1000, .max_p99_us = 60, .max_reads = 200 },
	{ .name = "10 s, 200 ppm", .drift_ppm = 200, .interval_s = 10,
	  .duration_s = 3600, .max_ms_s = 10, .max_ms_reads = 48,
	  .max_floor_s = 25, .max_error_us = 3200, .max_p99_us = 60,
	  .max_reads = 200 },
	{ .name = "10 s, 800 ppm", .drift_ppm = 800, .interval_s = 10,
	  .duration_s = 3600, .max_ms_s = 18, .max_ms_reads = 100,
	  .max_floor_s = 40, .max_error_us = 9300, .max_p99_us = 60,
	  .max_reads = 200 },
	{ .name = "10 s, 330 ppm", .drift_ppm = 330, .interval_s = 10,
	  .duration_s = 3600, .max_ms_s = 18, .max_ms_reads = 100,
	  .max_floor_s = 40, .max_error_us = 12000, .max_p99_us = 5000,
	  .max_reads = 200 },
	{ .name = "10 s, 400 ppm", .drift_ppm = 400, .interval_s = 10,
	  .duration_s = 3600, .max_ms_s = 18, .max_ms_reads = 100,
	  .max_floor_s = 40, .max_error_us = 5500, .max_p99_us = 60,
	  .max_reads = 200 },
	{ .name = "60 s, day and night", .drift_ppm = 20, .swing_ppm = 10,
	  .interval_s = 60, .duration_s = 86400, .max_ms_s = 8,
	  .max_ms_reads = 48, .max_floor_s = 25, .max_error_us = 2800,
	  .max_p99_us = 60, .max_reads = 350 },
	{ .name = "1 day, 50 ppm", .drift_ppm = 50, .interval_s = 86400,
	  .duration_s = 10 * 86400, .max_ms_s = 8, .max_ms_reads = 48,
	  .max_floor_s = 25, .max_error_us = 5000000, .max_p99_us = 200000,
	  .max_reads = 8000 },
	{ .name = "10 s, wires at 100 kHz, 50 us of jitter", .drift_ppm = 100,
	  .interval_s = 10, .duration_s = 3600, .byte_ns = 90000,
	  .jitter_ns = 50000, .completion_ns = 10000, .max_ms_s = 12,
	  .max_ms_reads = 48, .max_error_us = 2300, .max_p99_us = 120,
	  .max_reads = 300 },
	{ .name = "10 s, one reading in ten fails", .drift_ppm = 100,
	  .interval_s = 10, .duration_s = 3600, .fail_percent = 10,
	  .max_ms_s = 14, .max_ms_reads = 60, .max_floor_s = 40,
	  .max_error_us = 2700, .max_p99_us = 80, .max_reads = 300 },
	{ .name = "10 s, one reading in a hundred is garbage", .drift_ppm = 100,
	  .interval_s = 10, .duration_s = 3600, .garbage_percent = 1,
	  .max_ms_s = 20, .max_ms_reads = 120, .max_floor_s = 60,
	  .max_error_us = 3000, .max_p99_us = 80, .max_reads = 300 },
	{ .name = "10 s, the RTC stands still after 600 s", .drift_ppm = 100,
	  .interval_s = 10, .duration_s = 1200, .stuck_from_s = 600,
	  .max_ms_s = 8, .max_ms_reads = 48, .max_floor_s = 25,
	  .max_error_us = 64000, .max_p99_us = 60, .max_reads = 800,
	  .max_bare_us = 50 },
	{ .name = "slewed, 10 s, 200 ppm", .drift_ppm = 200, .interval_s = 10,
	  .slews = true, .duration_s = 86400, .max_ms_s = 10,
	  .max_ms_reads = 48, .max_floor_s = 25, .max_error_us = 100,
	  .max_p99_us = 50, .max_clock_us = 50, .max_freq_ppb = 200,
	  .max_reads = 200 },
	{ .name = "slewed, 60 s, day and night", .drift_ppm = 20, .swing_ppm = 10,
	  .interval_s = 60, .slews = true, .duration_s = 86400,
	  .max_ms_s = 8, .max_ms_reads = 48, .max_floor_s = 25,
	  .max_error_us = 500, .max_p99_us = 60, .max_clock_us = 150,
	  .max_reads = 350 },
	{ .name = "slewed, 600 s", .drift_ppm = 50, .interval_s = 600,
	  .slews = true, .duration_s = 86400, .max_ms_s = 8,
	  .max_ms_reads = 48, .max_floor_s = 25, .max_error_us = 500,
	  .max_p99_us = 250, .max_clock_us = 300, .max_reads = 600 },
	{ .name = "slewed, 600 s, day and night", .drift_ppm = 50, .swing_ppm = 10,
	  .interval_s = 600, .slews = true, .duration_s = 86400,
	  .max_ms_s = 8, .max_ms_reads = 48, .max_floor_s = 25, .max_error_us = 1500,
	  .max_p99_us = 800, .max_clock_us = 1200, .max_reads = 600 },
	{ .name = "slewed, 10 s, wires at 100 kHz, 50 us of jitter",
	  .drift_ppm = 100, .interval_s = 10, .slews = true,
	  .duration_s = 86400, .byte_ns = 90000, .jitter_ns = 50000,
	  .completion_ns = 10000, .max_ms_s = 12, .max_ms_reads = 48,
	  .max_error_us = 200, .max_p99_us = 100, .max_clock_us = 100,
	  .max_reads = 300 },
	{ .name = "slewed, 10 s, 800 ppm: beyond what a slew can do",
	  .drift_ppm = 800, .interval_s = 10, .slews = true,
	  .duration_s = 3600, .max_ms_s = 18, .max_ms_reads = 100,
	  .max_floor_s = 40, .max_error_us = 13500, .max_p99_us = 60,
	  .max_reads = 200 },
};

/**
 * struct outcome - what a run, or the worst of several, came to
 * @second_ns: until the clock was within a second; NONE: never
 * @ms_ns: until the clock was within 1 ms; NONE: never
 * @ms_reads: readings until then
 * @floor_ns: until the window was 100 us; NONE: never
 * @error_ns: largest error of the clock once steady
 * @p99_ns: 99 % of the errors of the estimate once steady
 * @clock_ns: 99 % of the errors of the clock from SLEWED_S on
 * @steps: from SLEWED_S on
 * @freq_lo_ppb: lowest estimate of the rate from SLEWED_S on
 * @freq_hi_ppb: highest
 * @freq_span_ppb: their difference
 * @reads: readings an interval once steady, in hundredths
 * @bare: samples in which the estimate was further off than its bound
 * @bare_ns: by how much at most
 * @samples: samples taken
 * @backward_ns: largest step backward once steady, as a positive number
 * @late_reads: readings after STEADY_S
 */
struct outcome {
	s64 second_ns;
	s64 ms_ns;
	s64 ms_reads;
	s64 floor_ns;
	s64 error_ns;
	s64 p99_ns;
	s64 clock_ns;
	s64 steps;
	s64 freq_lo_ppb;
	s64 freq_hi_ppb;
	s64 freq_span_ppb;
	s64 reads;
	s64 bare;
	s64 bare_ns;
	s64 samples;
	s64 backward_ns;
	s64 late_reads;
};

/**
 * struct run - one board with the engine on it
 * @world: the board
 * @tracker: the engine's
 * @servo: the engine's
 * @slews: the clock can be slewed
 * @slew: the last slew
 * @slew_end_raw_ns: its end, CLOCK_MONOTONIC_RAW, ns
 * @outcome: so far
 * @errors: of the estimate once steady, ns
 * @error_count: how many
 * @clock_errors: of the clock from SLEWED_S on, ns
 * @clock_count: how many
 */
struct run {
	struct world world;
	struct rtc_sync_tracker tracker;
	struct rtc_sync_servo servo;
	bool slews;
	struct rtc_sync_slew slew;
	s64 slew_end_raw_ns;
	struct outcome outcome;
	s64 *errors;
	s64 error_count;
	s64 *clock_errors;
	s64 clock_count;
};

static s64 reads_of(const struct world *world)
{
	return (s64)world->transfers[RTC_SYNC_READ_SHORT] +
	       (s64)world->transfers[RTC_SYNC_READ_FULL];
}

static void note_freq(struct outcome *outcome, s64 freq_ppb)
{
	if (!outcome->freq_span_ppb++ || freq_ppb < outcome->freq_lo_ppb)
		outcome->freq_lo_ppb = freq_ppb;
	if (outcome->freq_span_ppb == 1 || freq_ppb > outcome->freq_hi_ppb)
		outcome->freq_hi_ppb = freq_ppb;
	outcome->freq_span_ppb = max(1LL, outcome->freq_hi_ppb - outcome->freq_lo_ppb);
}

/* Look at everything, as only the truth can. */
static void sample(struct run *run)
{
	const struct rtc_sync_tracker *tracker = &run->tracker;
	const struct world *world = &run->world;
	struct outcome *outcome = &run->outcome;
	s64 clock_ns = llabs(world->raw_ns + world->real_ns - world_rtc_ns(world));
	s64 bound_ns;
	s64 off_ns;

	if (outcome->second_ns == NONE && clock_ns < NS_PER_S)
		outcome->second_ns = world->true_ns;
	if (outcome->ms_ns == NONE && clock_ns < 1000000) {
		outcome->ms_ns = world->true_ns;
		outcome->ms_reads = reads_of(world);
	}
	if (world->true_ns > STEADY_S * NS_PER_S && clock_ns > outcome->error_ns)
		outcome->error_ns = clock_ns;
	if (world->true_ns > SLEWED_S * NS_PER_S) {
		run->clock_errors[run->clock_count++] = clock_ns;
		note_freq(outcome, rtc_sync_line_freq_ppb(&tracker->line));
	}
	if (!rtc_sync_tracker_is_usable(tracker))
		return;

	off_ns = llabs(rtc_sync_line_time_ns(&tracker->line,
					     &tracker->bound,
					     world->raw_ns, &bound_ns) -
		       world_rtc_ns(world));
	outcome->samples++;
	if (off_ns > bound_ns) {
		outcome->bare++;
		if (off_ns - bound_ns > outcome->bare_ns)
			outcome->bare_ns = off_ns - bound_ns;
	}
	if (world->true_ns > STEADY_S * NS_PER_S)
		run->errors[run->error_count++] = off_ns;
	if (outcome->floor_ns == NONE &&
	    rtc_sync_span_width(&tracker->phase.window.edge_raw_ns) <= 100000)
		outcome->floor_ns = world->true_ns;
}

/* As it is decided by; what is told is looked at in sample(). */
static void compare(struct run *run, struct rtc_sync_sample *at)
{
	struct world *world = &run->world;

	at->offset_ns = rtc_sync_line_time_ns(&run->tracker.line,
					      &run->tracker.phase.window,
					      world->raw_ns, &at->error_ns) -
			(world->raw_ns + world->real_ns);
}

static void step(struct run *run, s64 offset_ns)
{
	struct world *world = &run->world;

	world->real_ns += offset_ns;
	if (world->true_ns > STEADY_S * NS_PER_S &&
	    -offset_ns > run->outcome.backward_ns)
		run->outcome.backward_ns = -offset_ns;
	if (world->true_ns > SLEWED_S * NS_PER_S)
		run->outcome.steps++;
}

static void end_slew(struct run *run)
{
	if (run->world.raw_ns >= run->slew_end_raw_ns)
		run->world.freq_ppb = run->slew.rest_ppb;
}

/* What the thread does with complete readings. */
static void bring_into_line(struct run *run)
{
	const struct rtc_sync_policy policy = {
		.may_step = true,
		.may_slew = run->slews,
		.step_threshold_ns = run->slews ? 0 : 1000000,
		.max_step_s = RTC_SYNC_MAX_STEP_S,
	};
	struct rtc_sync_sample at = {
		.freq_ppb = rtc_sync_line_freq_ppb(&run->tracker.line),
		.is_locked = rtc_sync_tracker_is_locked(&run->tracker),
		.is_settled = rtc_sync_tracker_is_settled(&run->tracker),
		.is_suspect = run->tracker.is_suspect,
	};

	if (!rtc_sync_tracker_is_usable(&run->tracker))
		return;
	compare(run, &at);
	if (rtc_sync_servo_decide(&run->servo, &policy, &at) == RTC_SYNC_STEP)
		step(run, at.offset_ns);
	if (!run->slews || !at.is_locked)
		return;
	compare(run, &at);
	run->slew = rtc_sync_servo_slew(&at, run->tracker.interval_s);
	run->world.freq_ppb = run->slew.freq_ppb;
	run->slew_end_raw_ns = run->world.raw_ns + run->slew.duration_ns;
}

/* Sleep until the reading is due, looking at the clock every second. */
static void wait_for(struct run *run, s64 raw_ns)
{
	while (raw_ns - run->world.raw_ns > NS_PER_S) {
		world_sleep(&run->world, NS_PER_S / 2);
		end_slew(run);
		sample(run);
	}
	world_sleep_until_raw(&run->world, raw_ns);
}

static int by_size(const void *a, const void *b)
{
	const s64 *x = a;
	const s64 *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void turn(struct run *run)
{
	struct rtc_sync_tracker *tracker = &run->tracker;
	struct world *world = &run->world;
	const struct rtc_sync_plan *plan;
	struct rtc_sync_reading reading;
	int ret;

	plan = rtc_sync_tracker_plan(tracker, world->raw_ns);
	wait_for(run, plan->start_raw_ns);
	end_slew(run);
	ret = world_read(world, plan->kind, &reading);
	if (world->true_ns > STEADY_S * NS_PER_S)
		run->outcome.late_reads++;
	if (ret)
		rtc_sync_tracker_fail(tracker, ret, world->raw_ns);
	else
		rtc_sync_tracker_feed(tracker, &reading);
	if (tracker->is_fresh) {
		tracker->is_fresh = false;
		bring_into_line(run);
	}
	sample(run);
}

static void setup(struct run *run, const struct scenario *scenario, u64 seed)
{
	struct world *world = &run->world;

	memset(run, 0, sizeof(*run));
	world_init(world, seed);
	world->osc_mean_ppb = (seed & 1 ? 1 : -1) * scenario->drift_ppm * 1000;
	world->osc_ppb = world->osc_mean_ppb;
	world->swing_ppb = scenario->swing_ppm * 1000 / 2;
	if (scenario->byte_ns)
		world->byte_ns = scenario->byte_ns;
	if (scenario->jitter_ns)
		world->jitter_ns = scenario->jitter_ns;
	if (scenario->completion_ns)
		world->completion_ns = scenario->completion_ns;
	world->fail_percent = scenario->fail_percent;
	world->garbage_percent = scenario->garbage_percent;

	rtc_sync_tracker_init(&run->tracker, &world_source,
			      scenario->interval_s, RTC_SYNC_NOT_BEFORE_S);
	run->slews = scenario->slews;
	run->outcome.second_ns = NONE;
	run->outcome.ms_ns = NONE;
	run->outcome.floor_ns = NONE;
	/* Two samples a second, and one a reading */
	run->errors = calloc((size_t)scenario->duration_s * 8, sizeof(s64));
	run->clock_errors = calloc((size_t)scenario->duration_s * 8, sizeof(s64));
	if (!run->errors || !run->clock_errors)
		abort();
}

static struct outcome play(const struct scenario *scenario, u64 seed)
{
	s64 most = scenario->duration_s * 8;
	struct run run;
	s64 intervals;

	setup(&run, scenario, seed);
	while (run.world.true_ns < scenario->duration_s * NS_PER_S &&
	       reads_of(&run.world) < most) {
		if (scenario->stuck_from_s && !run.world.rtc_stuck &&
		    run.world.true_ns > scenario->stuck_from_s * NS_PER_S) {
			run.world.stuck_s = world_rtc_ns(&run.world) / NS_PER_S;
			run.world.rtc_stuck = true;
		}
		turn(&run);
	}

	intervals = (scenario->duration_s - STEADY_S) / scenario->interval_s;
	run.outcome.reads = run.outcome.late_reads * 100 / (intervals ? intervals : 1);
	qsort(run.errors, (size_t)run.error_count, sizeof(s64), by_size);
	if (run.error_count)
		run.outcome.p99_ns = run.errors[run.error_count * 99 / 100];
	qsort(run.clock_errors, (size_t)run.clock_count, sizeof(s64), by_size);
	if (run.clock_count)
		run.outcome.clock_ns = run.clock_errors[run.clock_count * 99 / 100];
	free(run.errors);
	free(run.clock_errors);
	return run.outcome;
}

static s64 worse(s64 a, s64 b)
{
	return a == NONE || b == NONE ? NONE : a > b ? a : b;
}

static void collect(struct outcome *worst, const struct outcome *one)
{
	worst->second_ns = worse(worst->second_ns, one->second_ns);
	worst->ms_ns = worse(worst->ms_ns, one->ms_ns);
	worst->ms_reads = worse(worst->ms_reads, one->ms_reads);
	worst->floor_ns = worse(worst->floor_ns, one->floor_ns);
	worst->error_ns = worse(worst->error_ns, one->error_ns);
	worst->p99_ns = worse(worst->p99_ns, one->p99_ns);
	worst->clock_ns = worse(worst->clock_ns, one->clock_ns);
	worst->steps = worse(worst->steps, one->steps);
	worst->freq_span_ppb = worse(worst->freq_span_ppb, one->freq_span_ppb);
	worst->reads = worse(worst->reads, one->reads);
	worst->backward_ns = worse(worst->backward_ns, one->backward_ns);
	worst->bare += one->bare;
	worst->bare_ns = worse(worst->bare_ns, one->bare_ns);
	worst->samples += one->samples;
}

static bool is_within(s64 value_ns, double limit_ns)
{
	return value_ns != NONE && (double)value_ns <= limit_ns;
}

static bool keeps(const struct outcome *outcome, const struct scenario *limit)
{
	return is_within(outcome->ms_ns, limit->max_ms_s * 1e9) &&
	       outcome->ms_reads <= limit->max_ms_reads &&
	       (limit->max_floor_s == 0 ||
		is_within(outcome->floor_ns, limit->max_floor_s * 1e9)) &&
	       is_within(outcome->error_ns, limit->max_error_us * 1e3) &&
	       is_within(outcome->p99_ns, limit->max_p99_us * 1e3) &&
	       (limit->max_clock_us == 0 ||
		(is_within(outcome->clock_ns, limit->max_clock_us * 1e3) &&
		 outcome->steps <= limit->max_steps)) &&
	       (!limit->max_freq_ppb ||
		outcome->freq_span_ppb <= limit->max_freq_ppb) &&
	       outcome->reads <= limit->max_reads &&
	       is_within(outcome->bare_ns, limit->max_bare_us * 1e3) &&
	       outcome->samples > 0;
}

static void print_time(const char *what, s64 ns)
{
	if (ns == NONE)
		printf("%s never", what);
	else
		printf("%s %.3f s", what, (double)ns / 1e9);
}

static void print_outcome(const struct outcome *worst)
{
	print_time("#   second", worst->second_ns);
	print_time(", 1 ms", worst->ms_ns);
	printf(" in %lld reads", worst->ms_reads);
	print_time(", 100 us", worst->floor_ns);
	printf(", error %.1f us, estimate p99 %.1f us, clock p99 %.1f us, steps %lld, rate within %lld ppb, reads %.2f an interval, back %.1f us, bare %lld of %lld by %.1f us\n",
	       (double)worst->error_ns / 1e3, (double)worst->p99_ns / 1e3,
	       (double)worst->clock_ns / 1e3, worst->steps,
	       worst->freq_span_ppb,
	       (double)worst->reads / 100, (double)worst->backward_ns / 1e3,
	       worst->bare, worst->samples, (double)worst->bare_ns / 1e3);
}

int main(int argc, char **argv)
{
	u64 first = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;
	u64 count = argc > 2 ? strtoull(argv[2], NULL, 0) : 10;
	size_t scenario_count = sizeof(scenarios) / sizeof(scenarios[0]);
	const struct scenario *scenario;
	struct outcome worst;
	struct outcome one;
	int failed = 0;
	size_t i;
	u64 seed;

	printf("# seeds %llu to %llu; worst of each:\n", first, first + count - 1);
	for (i = 0; i < scenario_count; i++) {
		scenario = &scenarios[i];
		memset(&worst, 0, sizeof(worst));
		for (seed = first; seed < first + count; seed++) {
			one = play(scenario, seed);
			collect(&worst, &one);
		}
		if (!keeps(&worst, scenario))
			failed++;
		printf("%s sim: %s\n",
		       keeps(&worst, scenario) ? "ok" : "not ok", scenario->name);
		print_outcome(&worst);
	}
	failed += trim_scenarios(first, count);
	failed += fault_scenarios(first, 2 * count);
	return failed != 0;
}
