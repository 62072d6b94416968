/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The engine's inside: one struct rtc_sync for each RTC.
 */
#ifndef RTC_SYNC_ENGINE_H
#define RTC_SYNC_ENGINE_H

#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "drift.h"
#include "servo.h"
#include "tracker.h"

struct rtc_device;

#define RTC_SYNC_INTERVAL_MIN_S		1
#define RTC_SYNC_INTERVAL_MAX_S		86400
#define RTC_SYNC_INTERVAL_S		10

/**
 * enum rtc_sync_state - what users see; names in sysfs.c
 * @RTC_SYNC_STATE_OFF: mode is off
 * @RTC_SYNC_STATE_ACQUIRING: the edge is sought
 * @RTC_SYNC_STATE_LOCKED: the edge is tracked
 * @RTC_SYNC_STATE_STANDBY: tracked, but NTP owns the clock
 * @RTC_SYNC_STATE_INVALID: the RTC's time can't be trusted
 * @RTC_SYNC_STATE_FAULT: the bus fails
 */
enum rtc_sync_state {
	RTC_SYNC_STATE_OFF,
	RTC_SYNC_STATE_ACQUIRING,
	RTC_SYNC_STATE_LOCKED,
	RTC_SYNC_STATE_STANDBY,
	RTC_SYNC_STATE_INVALID,
	RTC_SYNC_STATE_FAULT,
};

/**
 * enum rtc_sync_ntp - does NTP own the clock?
 * @RTC_SYNC_NTP_UNKNOWN: nobody said; taken for no
 * @RTC_SYNC_NTP_NO: it does not
 * @RTC_SYNC_NTP_YES: it does
 */
enum rtc_sync_ntp {
	RTC_SYNC_NTP_UNKNOWN,
	RTC_SYNC_NTP_NO,
	RTC_SYNC_NTP_YES,
};

/**
 * struct rtc_sync_config - what the user sets
 * @mode: what may be done to the clock
 * @ntp: who owns the clock
 * @interval_s: time between syncs, s
 * @step_threshold_ns: dead band, ns
 * @max_step_s: largest later step, s; 0: any
 * @rtc_rate_ppb: the RTC gains this much, ppb
 */
struct rtc_sync_config {
	enum rtc_sync_mode mode;
	enum rtc_sync_ntp ntp;
	u32 interval_s;
	s64 step_threshold_ns;
	u32 max_step_s;
	s32 rtc_rate_ppb;
};

/**
 * struct rtc_sync_stats - counters, from the attach on
 * @reads: transfers by kind, failed ones included
 * @syncs: times the clock was compared with the RTC, and corrected if need be
 * @steps: times it was set
 * @steps_backward: how many of them were backward
 * @last_step_ns: the last of them, ns
 * @steps_failed: times it could not be set
 */
struct rtc_sync_stats {
	u32 reads[RTC_SYNC_READ_KINDS];
	u32 syncs;
	u32 steps;
	u32 steps_backward;
	s64 last_step_ns;
	u32 steps_failed;
};

/**
 * struct rtc_sync_view - what the thread tells the world
 * @state: see enum rtc_sync_state
 * @doubt: why, if the state is invalid
 * @has_window: the RTC's time is known; @window is valid
 * @window: a second of the RTC
 * @drift: the RTC's rate against true time
 * @last_sync_ns: when the last sync was, CLOCK_REALTIME, ns; 0: never
 * @stats: counters of the engine
 * @counts: counters of the tracker
 */
struct rtc_sync_view {
	enum rtc_sync_state state;
	enum rtc_sync_doubt doubt;
	bool has_window;
	struct rtc_sync_window window;
	struct rtc_sync_drift drift;
	s64 last_sync_ns;
	struct rtc_sync_stats stats;
	struct rtc_sync_counts counts;
};

/**
 * enum rtc_sync_kick - why the thread is woken before its time; bit numbers
 * @RTC_SYNC_KICK_CONFIG: @config was changed
 * @RTC_SYNC_KICK_TRIGGER: a sync is wanted now
 * @RTC_SYNC_KICK_RTC_SET: somebody set the RTC
 */
enum rtc_sync_kick {
	RTC_SYNC_KICK_CONFIG,
	RTC_SYNC_KICK_TRIGGER,
	RTC_SYNC_KICK_RTC_SET,
};

/**
 * struct rtc_sync - the engine on one RTC
 * @kobj: /sys/class/rtc/rtcN/sync; frees this structure when released
 * @entry: in the list of all instances
 * @rtc: the RTC; outlives this
 * @source: what reads it
 * @source_ctx: handed to @source
 * @thread: rtc-sync/rtcN
 * @wait: where it sleeps
 * @kicks: bits of enum rtc_sync_kick, set by anybody, taken by the thread
 * @lock: protects @config and @view; never held over anything that sleeps
 * @config: written by sysfs
 * @view: written by the thread
 * @tracker: the thread's own
 * @servo: the thread's own
 * @drift: the thread's own
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
	struct list_head entry;
	struct rtc_device *rtc;
	const struct rtc_sync_source *source;
	void *source_ctx;

	struct task_struct *thread;
	wait_queue_head_t wait;
	unsigned long kicks;

	spinlock_t lock;	/* protects config and view */
	struct rtc_sync_config config;
	struct rtc_sync_view view;

	struct rtc_sync_tracker tracker;
	struct rtc_sync_servo servo;
	struct rtc_sync_drift drift;
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
extern const char * const rtc_sync_mode_names[RTC_SYNC_MODES];
struct rtc_sync *rtc_sync_attach(struct device *dev, struct rtc_device *rtc,
				 const struct rtc_sync_source *source,
				 void *source_ctx);
void rtc_sync_detach(struct rtc_sync *sync);
int rtc_sync_check_mode(int mode);
int rtc_sync_check_interval(u32 interval_s);

/* attach.c */
int rtc_sync_attach_init(char * const *names, unsigned int count);
void rtc_sync_attach_exit(void);

/* source.c */
extern const struct rtc_sync_source rtc_sync_class_source;

/* thread.c */
int rtc_sync_thread(void *data);
void rtc_sync_kick(struct rtc_sync *sync, enum rtc_sync_kick kick);
void rtc_sync_clock_release(struct rtc_sync *sync);

/* sysfs.c */
extern const char * const rtc_sync_state_names[];
extern const char * const rtc_sync_doubt_names[];
int rtc_sync_sysfs_add(struct rtc_sync *sync);
void rtc_sync_sysfs_init(struct rtc_sync *sync);
void rtc_sync_sysfs_tell(struct rtc_sync *sync, enum rtc_sync_state state);

#endif /* RTC_SYNC_ENGINE_H */
