/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The engine's inside: one struct rtc_sync for each RTC.
 */
#ifndef RTC_SYNC_ENGINE_H
#define RTC_SYNC_ENGINE_H

#include <linux/completion.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "companion.h"
#include "drift.h"
#include "known.h"
#include "learn.h"
#include "memory.h"
#include "owner.h"
#include "servo.h"
#include "tracker.h"
#include "trim.h"

struct rtc_device;
struct rtc_sync_phc;
struct rtc_sync_pps;

#define RTC_SYNC_ATTACH_MAX		16

#define RTC_SYNC_INTERVAL_MIN_S		1
#define RTC_SYNC_INTERVAL_MAX_S		86400
#define RTC_SYNC_INTERVAL_S		10

/* RAM that can't be read that often is left alone. */
#define RTC_SYNC_RECALLS		3

/**
 * enum rtc_sync_state - what users see; names in sysfs.c
 * @RTC_SYNC_STATE_OFF: mode is off
 * @RTC_SYNC_STATE_ACQUIRING: the edge is sought
 * @RTC_SYNC_STATE_LOCKED: the edge is tracked
 * @RTC_SYNC_STATE_STANDBY: tracked, but NTP owns the clock
 * @RTC_SYNC_STATE_HOLDOVER: NTP is lost; the clock goes on from where NTP left it
 * @RTC_SYNC_STATE_INVALID: the RTC's time can't be trusted
 * @RTC_SYNC_STATE_FAULT: the bus fails
 */
enum rtc_sync_state {
	RTC_SYNC_STATE_OFF,
	RTC_SYNC_STATE_ACQUIRING,
	RTC_SYNC_STATE_LOCKED,
	RTC_SYNC_STATE_STANDBY,
	RTC_SYNC_STATE_HOLDOVER,
	RTC_SYNC_STATE_INVALID,
	RTC_SYNC_STATE_FAULT,
};

/**
 * struct rtc_sync_config - what the user sets
 * @mode: what may be done to the clock
 * @ntp: who owns the clock
 * @interval_s: time between syncs, s
 * @step_threshold_ns: dead band, ns; 0: the default of what is done to the clock
 * @max_step_s: largest later step, s; 0: any
 * @rtc_rate_ppb: the RTC gains this much, ppb: what the user said last
 * @rate_writes: how often the user has said so
 * @trims: the learned rate may be written into the RTC's trim register
 * @stores: what was learned may be kept in the RTC's RAM; the device tree's alone
 */
struct rtc_sync_config {
	enum rtc_sync_mode mode;
	enum rtc_sync_ntp ntp;
	u32 interval_s;
	s64 step_threshold_ns;
	u32 max_step_s;
	s32 rtc_rate_ppb;
	u32 rate_writes;
	bool trims;
	bool stores;
};

/**
 * struct rtc_sync_stats - counters, from the attach on
 * @reads: transfers by kind, failed ones included
 * @syncs: times the clock was compared with the RTC, and corrected if need be
 * @steps: times it was set
 * @steps_backward: how many of them were backward
 * @last_step_ns: the last of them, ns
 * @steps_failed: times it could not be set
 * @slews: times its frequency was moved
 * @slews_failed: times it could not be moved
 * @trims: times the RTC's trim register was changed by us
 * @trims_failed: times it could not be read or written
 * @stores: times what was learned was written into the RTC's RAM
 * @stores_failed: times that could not be read or written
 */
struct rtc_sync_stats {
	u32 reads[RTC_SYNC_READ_KINDS];
	u32 syncs;
	u32 steps;
	u32 steps_backward;
	s64 last_step_ns;
	u32 steps_failed;
	u32 slews;
	u32 slews_failed;
	u32 trims;
	u32 trims_failed;
	u32 stores;
	u32 stores_failed;
};

/**
 * struct rtc_sync_view - what the thread tells the world
 * @state: see enum rtc_sync_state
 * @doubt: why, if the state is invalid
 * @has_window: the RTC's time is known; @window is valid
 * @window: where a second of the RTC began, although a reading may have been garbled
 * @width_ns: the width of that unless one was, ns
 * @line: the most likely in it
 * @drift: the RTC's rate against true time
 * @has_rate: that rate was learned from NTP
 * @has_trim: @trim_ppb is known
 * @trim_ppb: what the RTC's trim register holds, ppb
 * @ntp: who keeps the clock
 * @rate_writes: how often the user had said so, until then
 * @slew_ppb: what the clock's frequency was moved to, ppb
 * @last_sync_ns: when the last sync was, CLOCK_REALTIME, ns; 0: never
 * @stats: counters of the engine
 * @counts: counters of the tracker
 */
struct rtc_sync_view {
	enum rtc_sync_state state;
	enum rtc_sync_doubt doubt;
	bool has_window;
	struct rtc_sync_window window;
	s64 width_ns;
	struct rtc_sync_line line;
	struct rtc_sync_drift drift;
	bool has_rate;
	bool has_trim;
	s32 trim_ppb;
	enum rtc_sync_ntp ntp;
	u32 rate_writes;
	s64 slew_ppb;
	s64 last_sync_ns;
	struct rtc_sync_stats stats;
	struct rtc_sync_counts counts;
};

/**
 * enum rtc_sync_kick - why the thread is woken before its time; bit numbers
 * @RTC_SYNC_KICK_CONFIG: @config was changed
 * @RTC_SYNC_KICK_TRIGGER: a sync is wanted now
 * @RTC_SYNC_KICK_RTC_SET: somebody set the RTC
 * @RTC_SYNC_KICK_TRIMMED: somebody trimmed the RTC
 * @RTC_SYNC_KICK_COMPANION: the companion has come, or wants to go
 */
enum rtc_sync_kick {
	RTC_SYNC_KICK_CONFIG,
	RTC_SYNC_KICK_TRIGGER,
	RTC_SYNC_KICK_RTC_SET,
	RTC_SYNC_KICK_TRIMMED,
	RTC_SYNC_KICK_COMPANION,
};

/**
 * struct rtc_sync - the engine on one RTC
 * @kobj: /sys/class/rtc/rtcN/sync
 * @released: nobody refers to @kobj any more
 * @entry: in the list of all instances
 * @rtc: the RTC; outlives this
 * @source: what reads it
 * @source_ctx: handed to @source
 * @phc: its PTP clock; NULL: none
 * @pps: its PPS source; NULL: none
 * @thread: rtc-sync/rtcN
 * @wait: where it sleeps
 * @kicks: bits of enum rtc_sync_kick, set by anybody, taken by the thread
 * @lock: protects @config, @view, @trimmed_ppb and @companion; never held over
 *	anything that sleeps
 * @config: written by sysfs
 * @view: written by the thread
 * @trimmed_ppb: somebody has made the RTC faster by this, ppb, and the thread has
 *	not taken it up yet
 * @companion: who calls adjtimex(2) for a module
 * @tracker: the thread's own
 * @servo: the thread's own
 * @drift: the thread's own
 * @known: the thread's own
 * @has_slept: the thread's own: the board was suspended, and the edge not known since
 * @owner: the thread's own
 * @learn: the thread's own
 * @slew: the thread's own: the last slew
 * @slew_end_raw_ns: the thread's own: its end, CLOCK_MONOTONIC_RAW, ns; S64_MAX:
 *	it has ended
 * @is_slew_left: the thread's own: nobody was there to end it
 * @slew_moves: the thread's own: @owner.look.was_moved after it was begun
 * @phc_reads: the thread's own: readings of the PTP clock until the last sync
 * @proven: the thread's own: @learn as of the last comparison before which NTP had
 *	given a sign of life
 * @sign_raw_ns: the thread's own: that sign, CLOCK_MONOTONIC_RAW, ns
 * @set_raw_ns: the thread's own: somebody else has set the clock, CLOCK_MONOTONIC_RAW,
 *	ns; 0: never
 * @copied_raw_ns: the thread's own: the RTC was set, CLOCK_MONOTONIC_RAW, ns
 * @copied_real_ns: the thread's own: the system clock then, ns since 1970
 * @trimming: the thread's own: what was done to the RTC's trim register
 * @has_trim: the thread's own: @trim_ppb is what that holds
 * @trim_ppb: the thread's own, ppb
 * @is_trim_unsure: the thread's own: a write may have failed, or not
 * @recalls: the thread's own: tries left to read the RTC's RAM
 * @stored: the thread's own: what is in it, if @has_stored
 * @has_stored: the thread's own
 * @stored_raw_ns: the thread's own: written last, CLOCK_MONOTONIC_RAW, ns; 0: never
 * @is_holdover: the thread's own: the clock goes on from where NTP left it
 * @stats: the thread's own
 * @setting: the thread's copy of @config
 * @state: the thread's own: the last state told
 * @last_sync_ns: the thread's own, CLOCK_REALTIME, ns
 * @was_frozen: the thread's own: there may have been a suspend
 * @is_refused: the thread's own: the last order was to refuse
 * @is_ordered: the thread's own: the next sync was asked for
 * @is_second: the thread's own: another instance keeps the clock
 */
struct rtc_sync {
	struct kobject kobj;
	struct completion released;
	struct list_head entry;
	struct rtc_device *rtc;
	const struct rtc_sync_source *source;
	void *source_ctx;
	struct rtc_sync_phc *phc;
	struct rtc_sync_pps *pps;

	struct task_struct *thread;
	wait_queue_head_t wait;
	unsigned long kicks;

	spinlock_t lock;	/* protects config, view, trimmed_ppb and companion */
	struct rtc_sync_config config;
	struct rtc_sync_view view;
	s32 trimmed_ppb;
	struct rtc_sync_companion companion;

	struct rtc_sync_tracker tracker;
	struct rtc_sync_servo servo;
	struct rtc_sync_drift drift;
	struct rtc_sync_known known;
	bool has_slept;
	struct rtc_sync_owner owner;
	struct rtc_sync_learn learn;
	struct rtc_sync_learn proven;
	struct rtc_sync_slew slew;
	s64 slew_end_raw_ns;
	bool is_slew_left;
	u32 slew_moves;
	u32 phc_reads;
	s64 sign_raw_ns;
	s64 set_raw_ns;
	s64 copied_raw_ns;
	s64 copied_real_ns;
	struct rtc_sync_trimming trimming;
	bool has_trim;
	s32 trim_ppb;
	bool is_trim_unsure;
	u8 recalls;
	struct rtc_sync_memory stored;
	bool has_stored;
	s64 stored_raw_ns;
	bool is_holdover;
	struct rtc_sync_stats stats;
	struct rtc_sync_config setting;
	enum rtc_sync_state state;
	s64 last_sync_ns;
	bool was_frozen;
	bool is_refused;
	bool is_ordered;
	bool is_second;
};

/* main.c */
struct rtc_sync *rtc_sync_attach(struct device *dev, struct rtc_device *rtc,
				 const struct rtc_sync_source *source,
				 void *source_ctx);
void rtc_sync_detach(struct rtc_sync *sync);

/* params.c */
extern const char * const rtc_sync_mode_names[RTC_SYNC_MODES];
extern char *rtc_sync_attach_names[RTC_SYNC_ATTACH_MAX];
extern unsigned int rtc_sync_attach_count;
int rtc_sync_read_config(struct device *dev, struct rtc_sync_config *config);
time64_t rtc_sync_not_before(void);
int rtc_sync_check_mode(int mode);
int rtc_sync_shown(const char *value);
int rtc_sync_check_interval(u32 interval_s);

/* attach.c */
int rtc_sync_attach_init(char * const *names, unsigned int count);
void rtc_sync_attach_exit(void);

/* source.c */
extern const struct rtc_sync_source rtc_sync_class_source;

/* thread.c */
int rtc_sync_thread(void *data);
void rtc_sync_kick(struct rtc_sync *sync, enum rtc_sync_kick kick);

/* discipline.c */
void rtc_sync_discipline(struct rtc_sync *sync);
void rtc_sync_discipline_tend(struct rtc_sync *sync);
s64 rtc_sync_discipline_next_raw_ns(const struct rtc_sync *sync);
bool rtc_sync_claim_clock(struct rtc_sync *sync);
void rtc_sync_release_clock(struct rtc_sync *sync);
void rtc_sync_drop_slew(struct rtc_sync *sync);
void rtc_sync_mend_slew(struct rtc_sync *sync);

/* standby.c */
bool rtc_sync_is_standby(const struct rtc_sync *sync);
void rtc_sync_standby_look(struct rtc_sync *sync);
void rtc_sync_standby_excuse(struct rtc_sync *sync);
void rtc_sync_standby_learn(struct rtc_sync *sync);
bool rtc_sync_standby_begin(struct rtc_sync *sync);
void rtc_sync_standby_note(struct rtc_sync *sync);
void rtc_sync_standby_rtc_was_set(struct rtc_sync *sync, bool is_told);

/* upkeep.c */
void rtc_sync_upkeep_begin(struct rtc_sync *sync);
void rtc_sync_upkeep(struct rtc_sync *sync);
void rtc_sync_upkeep_was_trimmed(struct rtc_sync *sync, s32 by_ppb);

/* remember.c */
void rtc_sync_remember_begin(struct rtc_sync *sync);
void rtc_sync_remember(struct rtc_sync *sync);
void rtc_sync_remember_end(struct rtc_sync *sync);

/* sysfs.c */
extern const char * const rtc_sync_state_names[];
extern const char * const rtc_sync_doubt_names[];
int rtc_sync_sysfs_add(struct rtc_sync *sync);
void rtc_sync_sysfs_init(struct rtc_sync *sync);
void rtc_sync_sysfs_put(struct rtc_sync *sync);
void rtc_sync_sysfs_tell(struct rtc_sync *sync, enum rtc_sync_state state);

#endif /* RTC_SYNC_ENGINE_H */
