/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: when to read what, and what the readings add up to.
 *
 * The thread asks for a plan, sleeps until it, reads, and feeds what it read:
 * nothing else. So the simulator in tests/sim runs this very code.
 *
 *   FIRST --> HUNT --> PROVE --> SETTLE --> TRACK
 *     ^  eight |  window  |  both  ^ |  floor   ^ |  one to three reads
 *     |  reads |  1.5 ms  |  ends  | |  reached | |  an interval
 *     |        |          |        +-+----------+-+  always early, or always late
 *     +--------+----------+----------+------------+  RTC set, jumped, stuck, invalid
 */
#ifndef RTC_SYNC_TRACKER_H
#define RTC_SYNC_TRACKER_H

#include "bus.h"
#include "guard.h"
#include "line.h"
#include "pace.h"
#include "sure.h"
#include "trim.h"

/* After a reading that makes no sense, or failed for the first time. */
#define RTC_SYNC_AGAIN_NS	20000000

/**
 * enum rtc_sync_stage - how far the search for the edge has come
 * @RTC_SYNC_FIRST: nothing known: read at once, full and short in turn
 * @RTC_SYNC_HUNT: cut the window, several times a second
 * @RTC_SYNC_PROVE: look before and after the window: one garbled reading, or a
 *	rate beyond what is likely, may have put it where the edge is not
 * @RTC_SYNC_SETTLE: cut once a second until the window is at the floor
 * @RTC_SYNC_TRACK: aim at the predicted edge once an interval
 */
enum rtc_sync_stage {
	RTC_SYNC_FIRST,
	RTC_SYNC_HUNT,
	RTC_SYNC_PROVE,
	RTC_SYNC_SETTLE,
	RTC_SYNC_TRACK,
};

/**
 * struct rtc_sync_plan - the next reading
 * @kind: what to read
 * @start_raw_ns: when to begin, CLOCK_MONOTONIC_RAW, ns; may be past
 */
struct rtc_sync_plan {
	enum rtc_sync_read kind;
	s64 start_raw_ns;
};

/**
 * struct rtc_sync_counts - what happened to the readings
 * @glitches: a reading that the next full one did not confirm
 * @contradictions: readings beside the window
 * @reacquisitions: times the phase was dropped and sought anew
 * @invalid: readings refused: chip, date, stuck
 * @bus_errors: readings that failed on the bus
 */
struct rtc_sync_counts {
	u32 glitches;
	u32 contradictions;
	u32 reacquisitions;
	u32 invalid;
	u32 bus_errors;
};

/**
 * struct rtc_sync_tracker - one RTC as seen through its readings
 * @source: what reads it
 * @bus: transfer times
 * @guard: believability
 * @phase: the window, valid if @has_phase
 * @sure: what two readings have said, valid if @has_phase
 * @line: the most likely in it, valid if @has_phase
 * @bound: where the edge of @line's second is, although a reading may have been
 *	garbled; valid if @has_phase
 * @kept_ppb: the rate before the phase was dropped, ppb
 * @kept_sure_ppb: likewise, as several readings have said
 * @kept_raw_ns: when that was, CLOCK_MONOTONIC_RAW, ns
 * @stage: see enum rtc_sync_stage
 * @doubt: why the RTC's time is not believed, if it is not
 * @counts: for the statistics
 * @has_phase: @phase bounds something
 * @is_locked: the window was narrow once, and the phase not dropped since
 * @interval_s: time between syncs, s, 1..86400
 * @due_s: the RTC second at whose edge the next sync is due
 * @settled_s: the RTC second from which on the rate was watched; 0: none
 * @plan: as handed out last
 * @pace: how soon a reading can follow another
 * @first_reads: readings taken in FIRST
 * @looks: in PROVE: looks to take before the window, and as many after it
 * @looked: in PROVE: looks that were taken
 * @is_halved: in PROVE: no look amid the window is wanted, or not any more
 * @proved_stage: the stage that follows PROVE
 * @calm: readings since one that made no sense, as far as that counts
 * @streak: readings in a row that were early (positive) or late (negative)
 * @cut_s: the second whose edge is being cut
 * @cuts_left: readings still to spend on that second
 * @reads_left: readings still to spend on this interval
 * @settle_until_s: the RTC second at which SETTLE ends at the latest
 * @full_s: the RTC second of the last full reading
 * @unconfirmed: readings in a row that showed another second altogether
 * @lost: reacquisitions in a row without a lock
 * @failures: readings in a row that failed or were refused
 * @wake_raw_ns: not before this, after a failure, CLOCK_MONOTONIC_RAW, ns
 * @is_suspect: the RTC's time was doubted, and it was not set since
 * @is_fresh: readings for a sync are complete; cleared by the caller
 * @blur_ns: the RTC's edges lie this far beside where they would on average, ns:
 *	its trim comes in lumps
 * @change_ppb: the rate while a change of the trim may or may not act yet, ppb
 * @change_sure_ppb: likewise, as several readings have said
 * @change_s: as of this RTC second
 * @change_until_raw_ns: until then, CLOCK_MONOTONIC_RAW, ns; 0: it acts
 */
struct rtc_sync_tracker {
	const struct rtc_sync_source *source;
	struct rtc_sync_bus bus;
	struct rtc_sync_guard guard;
	struct rtc_sync_phase phase;
	struct rtc_sync_sure sure;
	struct rtc_sync_line line;
	struct rtc_sync_window bound;
	struct rtc_sync_span kept_ppb;
	struct rtc_sync_span kept_sure_ppb;
	s64 kept_raw_ns;
	enum rtc_sync_stage stage;
	enum rtc_sync_doubt doubt;
	struct rtc_sync_counts counts;
	bool has_phase;
	bool is_locked;
	u32 interval_s;
	time64_t due_s;
	time64_t settled_s;
	struct rtc_sync_plan plan;
	struct rtc_sync_pace pace;
	u8 first_reads;
	u8 looks;
	u8 looked;
	bool is_halved;
	enum rtc_sync_stage proved_stage;
	u8 calm;
	int streak;
	time64_t cut_s;
	u8 cuts_left;
	u8 reads_left;
	time64_t settle_until_s;
	time64_t full_s;
	u8 unconfirmed;
	u8 lost;
	u8 failures;
	s64 wake_raw_ns;
	bool is_suspect;
	bool is_fresh;
	s64 blur_ns;
	struct rtc_sync_span change_ppb;
	struct rtc_sync_span change_sure_ppb;
	time64_t change_s;
	s64 change_until_raw_ns;
};

void rtc_sync_tracker_init(struct rtc_sync_tracker *tracker,
			   const struct rtc_sync_source *source,
			   u32 interval_s, time64_t not_before_s);
void rtc_sync_tracker_set_interval(struct rtc_sync_tracker *tracker,
				   u32 interval_s);
void rtc_sync_tracker_hurry(struct rtc_sync_tracker *tracker, s64 raw_ns);
void rtc_sync_tracker_restart(struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_was_asleep(struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_rtc_was_set(struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_doubt_rates(struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_forget_rates(struct rtc_sync_tracker *tracker);

void rtc_sync_tracker_feed(struct rtc_sync_tracker *tracker,
			   const struct rtc_sync_reading *reading);
bool rtc_sync_tracker_is_usable(const struct rtc_sync_tracker *tracker);
bool rtc_sync_tracker_is_locked(const struct rtc_sync_tracker *tracker);
bool rtc_sync_tracker_is_settled(const struct rtc_sync_tracker *tracker);
bool rtc_sync_tracker_is_calm(const struct rtc_sync_tracker *tracker);

/* stages.c */
void rtc_sync_tracker_proceed(struct rtc_sync_tracker *tracker,
			      enum rtc_sync_verdict verdict);
void rtc_sync_tracker_prove_again(struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_settle_again(struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_watch_anew(struct rtc_sync_tracker *tracker);

/* setback.c */
void rtc_sync_tracker_fail(struct rtc_sync_tracker *tracker, int err,
			   s64 raw_ns);
void rtc_sync_tracker_refuse(struct rtc_sync_tracker *tracker,
			     enum rtc_sync_doubt doubt, s64 raw_ns);
void rtc_sync_tracker_jump(struct rtc_sync_tracker *tracker, s64 raw_ns);
void rtc_sync_tracker_contradict(struct rtc_sync_tracker *tracker, s64 raw_ns);
bool rtc_sync_tracker_is_faulty(const struct rtc_sync_tracker *tracker);

/* plan.c */
s64 rtc_sync_tracker_floor_ns(const struct rtc_sync_tracker *tracker);
s64 rtc_sync_tracker_target_ns(const struct rtc_sync_tracker *tracker);
s64 rtc_sync_tracker_lock_ns(const struct rtc_sync_tracker *tracker);
s64 rtc_sync_tracker_prove_ns(const struct rtc_sync_tracker *tracker);
const struct rtc_sync_plan *
rtc_sync_tracker_plan(struct rtc_sync_tracker *tracker, s64 raw_ns);

/* rerate.c */
void rtc_sync_tracker_was_trimmed(struct rtc_sync_tracker *tracker,
				  const struct rtc_sync_retrim *change,
				  s64 raw_ns);
void rtc_sync_tracker_set_blur(struct rtc_sync_tracker *tracker, s64 blur_ns);
void rtc_sync_tracker_know_period(struct rtc_sync_tracker *tracker,
				  const struct rtc_sync_span *period_ppb);
bool rtc_sync_tracker_is_changing(const struct rtc_sync_tracker *tracker);
void rtc_sync_tracker_abide(struct rtc_sync_tracker *tracker);

#endif /* RTC_SYNC_TRACKER_H */
