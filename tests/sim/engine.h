/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The engine on the board in world.h: what thread.c, discipline.c and standby.c do
 * with the PURE files, and what only the truth can say of it.
 */
#ifndef TESTS_SIM_ENGINE_H
#define TESTS_SIM_ENGINE_H

#include "../../drivers/rtc/sync/known.h"
#include "../../drivers/rtc/sync/servo.h"
#include "../../drivers/rtc/sync/tracker.h"
#include "mishap.h"

/**
 * struct engine_marks - what is counted, and the worst of it
 * @struck: readings that a mishap struck
 * @moves: times the clock was stepped or slewed
 * @wrong: of these, by a time further off than its bound
 * @wrong_ns: by how much at most
 * @samples: times the estimate was looked at
 * @bare: of these, further off than its bound
 * @bare_ns: by how much at most
 * @ratio: the largest part of its bound that it was off, in thousandths
 * @states: changes of the state
 * @sleep_ns: the longest sleep planned
 * @hurry_ns: the longest time from a trigger to the reading that it asks for
 */
struct engine_marks {
	s64 struck;
	s64 moves;
	s64 wrong;
	s64 wrong_ns;
	s64 samples;
	s64 bare;
	s64 bare_ns;
	s64 ratio;
	s64 states;
	s64 sleep_ns;
	s64 hurry_ns;
};

/* As enum rtc_sync_state, which is not for PURE files. */
enum engine_state {
	ENGINE_ACQUIRING,
	ENGINE_LOCKED,
	ENGINE_HOLDOVER,
	ENGINE_INVALID,
	ENGINE_FAULT,
};

/**
 * struct engine - one instance, and its board
 * @world: the board
 * @tracker: as in struct rtc_sync
 * @servo: as in struct rtc_sync
 * @drift: as in struct rtc_sync
 * @known: as in struct rtc_sync
 * @slews: the clock can be slewed
 * @slew: the last slew
 * @slew_end_raw_ns: its end, CLOCK_MONOTONIC_RAW, ns
 * @copied_raw_ns: as in struct rtc_sync
 * @copied_ns: as @copied_real_ns in struct rtc_sync
 * @is_holdover: as in struct rtc_sync
 * @is_refused: as in struct rtc_sync
 * @is_ordered: as in struct rtc_sync
 * @utc_ns: true time less @world.true_ns, ns: NTP's, or what the RTC showed at first
 * @mishap: what befalls readings now; NULL: nothing
 * @percent: and how many of them
 * @is_hidden: nobody could tell what is read from the truth
 * @state: the last
 * @marks: so far
 */
struct engine {
	struct world world;
	struct rtc_sync_tracker tracker;
	struct rtc_sync_servo servo;
	struct rtc_sync_drift drift;
	struct rtc_sync_known known;
	bool slews;
	struct rtc_sync_slew slew;
	s64 slew_end_raw_ns;
	s64 copied_raw_ns;
	s64 copied_ns;
	bool is_holdover;
	bool is_refused;
	bool is_ordered;
	s64 utc_ns;
	const struct mishap *mishap;
	s64 percent;
	bool is_hidden;
	enum engine_state state;
	struct engine_marks marks;
};

void engine_init(struct engine *engine, u64 seed, s64 drift_ppm, s64 rtc_ppb);
void engine_lose_ntp(struct engine *engine, s32 rate_ppb, s32 error_ppb);
void engine_trigger(struct engine *engine);
void engine_run_until(struct engine *engine, s64 true_ns);
s64 engine_off_ns(const struct engine *engine);
bool engine_is_good(const struct engine *engine);

#endif /* TESTS_SIM_ENGINE_H */
