// SPDX-License-Identifier: GPL-2.0-only
/*
 * A matrix: what goes wrong, how often, and in which state. In each cell a board is
 * brought into the state, goes wrong for some intervals, and is mended.
 */
#include <stdio.h>
#include <string.h>

#include <linux/limits.h>

#include "engine.h"
#include "faults.h"

#define NS_PER_S	1000000000LL
#define INTERVAL_S	10
#define RTC_PPB		3000
#define RATE_ERROR_PPB	200

/* From here on it is locked, and its rate known. */
#define LOCKED_S	90

/* How long it goes wrong, and how long it is watched afterwards. */
#define FAULT_S		(5 * INTERVAL_S)
#define AFTER_S		(6 * INTERVAL_S)
#define GRAIN_NS	(NS_PER_S / 10)

/* Limits: the recovery, and the thread's answer. */
#define RECOVER_S	(3 * INTERVAL_S)
#define SLEEP_NS	(2 * INTERVAL_S * NS_PER_S + 1500000000)
#define HURRY_NS	(2 * NS_PER_S)

enum state { ACQUIRING, LOCKED, HOLDOVER, STATES };

static const char *const state_names[] = { "acquiring", "locked", "holdover" };
static const int rates[] = { 1, 10, 50, 100 };

#define RATES		((int)(sizeof(rates) / sizeof(rates[0])))

/**
 * struct cell - what the runs of a cell came to, sums and the worst
 * @marks: of the engine
 * @counted: by the tracker
 * @recovered_ns: after the end of the fault; S64_MAX: never
 * @runs: how many
 * @worst_seed: the seed of the run with the largest share of its bound
 */
struct cell {
	struct engine_marks marks;
	s64 counted;
	s64 recovered_ns;
	s64 runs;
	u64 worst_seed;
};

/**
 * struct total - the same of all cells
 * @cells: how many
 * @all: of those in which something is promised
 * @hidden: those in which nothing is
 */
struct total {
	s64 cells;
	struct cell all;
	s64 hidden;
};

static s64 counted(const struct engine *engine)
{
	const struct rtc_sync_counts *counts = &engine->tracker.counts;

	return (s64)counts->glitches + counts->contradictions +
	       counts->reacquisitions + counts->invalid + counts->bus_errors;
}

static bool is_hidden(const struct mishap *mishap, int percent)
{
	return mishap->is_slow ||
	       (mishap->hidden_from && percent >= mishap->hidden_from);
}

/* What was wrong from the bind on is believed; its end is a jump of the RTC. */
static bool is_refused(const struct mishap *mishap, enum state state)
{
	return mishap->refuses ||
	       (state == ACQUIRING && mishap->returns && !mishap->is_slow);
}

static void bring_into(struct engine *engine, enum state state, u64 seed)
{
	s64 drift_ppm = (s64)(seed * 37 % 201) - 100;

	engine_init(engine, seed, drift_ppm, state == HOLDOVER ? RTC_PPB : 0);
	engine->slews = state == HOLDOVER || seed & 1;
	if (state == ACQUIRING)
		return;
	engine_run_until(engine, LOCKED_S * NS_PER_S +
			 world_random(&engine->world, 20 * NS_PER_S));
	if (state != HOLDOVER)
		return;
	engine_lose_ntp(engine, RTC_PPB + (s32)(seed % 5 - 2) * 90, RATE_ERROR_PPB);
	engine_run_until(engine, engine->world.true_ns + INTERVAL_S * NS_PER_S);
}

static void go_wrong(struct engine *engine, const struct mishap *mishap, int percent)
{
	s64 from_ns = engine->world.true_ns;

	memset(&engine->marks, 0, sizeof(engine->marks));
	engine->mishap = mishap;
	engine->percent = percent;
	/* Nor can anybody know of an event before the next reading. */
	engine->is_hidden = is_hidden(mishap, percent) || mishap_is_event(mishap);
	mishap_begin(mishap, &engine->world);
	engine_run_until(engine, from_ns + FAULT_S * NS_PER_S);
	mishap_end(mishap, &engine->world);
	engine->mishap = NULL;
}

/* Watch it recover; return how long that took, or S64_MAX. */
static s64 recover(struct engine *engine, const struct mishap *mishap,
		   int percent, enum state state)
{
	s64 from_ns = engine->world.true_ns;
	s64 good_ns = S64_MAX;
	s64 ns;

	if (is_refused(mishap, state)) {
		engine_run_until(engine, from_ns + AFTER_S * NS_PER_S);
		engine_trigger(engine);
		from_ns = engine->world.true_ns;
	}
	for (ns = 0; ns < AFTER_S * NS_PER_S; ns += GRAIN_NS) {
		engine_run_until(engine, from_ns + ns);
		if (!engine_is_good(engine))
			good_ns = S64_MAX;
		else if (good_ns == S64_MAX)
			good_ns = engine->world.true_ns - from_ns;
		/* What it was told before then is old. */
		if (good_ns != S64_MAX && !is_hidden(mishap, percent))
			engine->is_hidden = false;
	}
	return good_ns;
}

static void add_marks(struct engine_marks *all, const struct engine_marks *one)
{
	all->struck += one->struck;
	all->moves += one->moves;
	all->wrong += one->wrong;
	all->samples += one->samples;
	all->bare += one->bare;
	all->states += one->states;
	all->wrong_ns = max(all->wrong_ns, one->wrong_ns);
	all->bare_ns = max(all->bare_ns, one->bare_ns);
	all->ratio = max(all->ratio, one->ratio);
	all->sleep_ns = max(all->sleep_ns, one->sleep_ns);
	all->hurry_ns = max(all->hurry_ns, one->hurry_ns);
}

static void run(struct cell *cell, const struct mishap *mishap, int percent,
		enum state state, u64 seed)
{
	struct engine engine;
	s64 good_ns;
	s64 before;

	bring_into(&engine, state, seed);
	before = counted(&engine);
	go_wrong(&engine, mishap, percent);
	good_ns = recover(&engine, mishap, percent, state);
	if (engine.marks.ratio >= cell->marks.ratio)
		cell->worst_seed = seed;
	add_marks(&cell->marks, &engine.marks);
	cell->counted += counted(&engine) - before;
	cell->recovered_ns = max(cell->recovered_ns, good_ns);
	cell->runs++;
}

/* What fails is counted; what only takes long, or says that it waits, is not. */
static bool is_told(const struct cell *cell, const struct mishap *mishap)
{
	bool is_seen = mishap->err ? mishap->err != -EAGAIN : !!mishap->spoil;

	return !is_seen || mishap->hidden_from || cell->marks.struck < 100 ||
	       cell->counted * 20 >= cell->marks.struck;
}

static bool keeps(const struct cell *cell, const struct mishap *mishap, int percent)
{
	const struct engine_marks *marks = &cell->marks;

	if (marks->sleep_ns > SLEEP_NS || marks->hurry_ns > HURRY_NS)
		return false;
	if (is_hidden(mishap, percent))
		return true;
	return !marks->wrong && !marks->bare && marks->samples &&
	       cell->recovered_ns <= RECOVER_S * NS_PER_S && is_told(cell, mishap);
}

static void print_cell(const struct cell *cell, const struct mishap *mishap,
		       int percent, enum state state)
{
	const struct engine_marks *marks = &cell->marks;

	if (mishap_is_event(mishap))
		printf("#   once  ");
	else
		printf("#   %3d %% ", percent);
	printf("%-9s: %lld readings hit, %lld counted; %lld moves, %lld wrong; bound missed %lld times in %lld, worst ratio %.2f (seed %llu); ",
	       state_names[state], marks->struck, cell->counted, marks->moves,
	       marks->wrong, marks->bare, marks->samples, (double)marks->ratio / 1e3,
	       cell->worst_seed);
	if (cell->recovered_ns == S64_MAX)
		printf("not good in %d intervals", AFTER_S / INTERVAL_S);
	else
		printf("good after %.1f intervals",
		       (double)cell->recovered_ns / 1e9 / INTERVAL_S);
	printf("; %lld state changes%s\n", marks->states,
	       is_hidden(mishap, percent) ? "; nothing is promised" : "");
}

static void add_cell(struct total *total, const struct cell *cell, bool is_hidden)
{
	total->cells++;
	total->all.runs += cell->runs;
	total->all.marks.struck += cell->marks.struck;
	if (is_hidden) {
		total->hidden++;
		return;
	}
	add_marks(&total->all.marks, &cell->marks);
	total->all.marks.struck -= cell->marks.struck;
	total->all.recovered_ns = max(total->all.recovered_ns, cell->recovered_ns);
}

static int play(struct total *total, const struct mishap *mishap, u64 first, u64 count)
{
	bool is_event = mishap_is_event(mishap);
	struct cell cells[RATES][STATES] = {};
	int worst = 0;
	int r, s;
	u64 seed;

	for (r = is_event ? RATES - 1 : 0; r < RATES; r++) {
		for (s = 0; s < STATES; s++) {
			for (seed = first; seed < first + count; seed++)
				run(&cells[r][s], mishap, rates[r], s, seed);
			worst |= !keeps(&cells[r][s], mishap, rates[r]);
			add_cell(total, &cells[r][s], is_hidden(mishap, rates[r]));
		}
	}
	printf("%s sim: faults: %s\n", worst ? "not ok" : "ok", mishap->name);
	for (r = is_event ? RATES - 1 : 0; r < RATES; r++)
		for (s = 0; s < STATES; s++)
			print_cell(&cells[r][s], mishap, rates[r], s);
	return worst;
}

/**
 * fault_scenarios() - the matrix
 * @first: first seed
 * @count: of seeds for each cell
 *
 * Return: how many checks have failed.
 */
int fault_scenarios(u64 first, u64 count)
{
	const struct engine_marks *marks;
	struct total total = {};
	int failed = 0;
	int i;

	for (i = 0; i < mishap_count; i++)
		failed += play(&total, &mishaps[i], first, count);
	marks = &total.all.marks;
	printf("# faults: %lld cells, %lld runs, %lld readings hit; %lld moves of the clock, %lld of them wrong; bound missed %lld times in %lld, worst ratio %.2f; good again after %.1f intervals at most; %lld state changes; longest sleep %.1f s, longest wait for a trigger %.1f s\n",
	       total.cells, total.all.runs, marks->struck, marks->moves, marks->wrong,
	       marks->bare, marks->samples, (double)marks->ratio / 1e3,
	       (double)total.all.recovered_ns / 1e9 / INTERVAL_S, marks->states,
	       (double)marks->sleep_ns / 1e9, (double)marks->hurry_ns / 1e9);
	printf("# faults: of these cells, nothing is promised in %lld\n", total.hidden);
	return failed;
}
