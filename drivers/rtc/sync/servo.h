/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: from an offset and its bound to an order for the system clock.
 *
 * The only home of thresholds. Sign: offset = RTC time - system time; positive
 * means that the system clock is behind. Nobody negates.
 */
#ifndef RTC_SYNC_SERVO_H
#define RTC_SYNC_SERVO_H

#include "span.h"

/* Dead band of step mode: every step disturbs timers, so only real errors count. */
#define RTC_SYNC_STEP_THRESHOLD_NS	10000000LL

/* When slewing: as ntpd's step threshold; less is gone in minutes. */
#define RTC_SYNC_SLEW_THRESHOLD_NS	128000000LL

/* What the kernel's adjtimex() can do to the clock's frequency, and what we do. */
#define RTC_SYNC_SLEW_MAX_PPB		500000

/* As ntpd's panic threshold: a jump beyond this is an accident. */
#define RTC_SYNC_MAX_STEP_S		1000

/**
 * enum rtc_sync_mode - what may be done to the system clock
 * @RTC_SYNC_MODE_OFF: nothing, the RTC is not even read
 * @RTC_SYNC_MODE_MONITOR: nothing, only measured
 * @RTC_SYNC_MODE_STEP: set
 * @RTC_SYNC_MODE_SLEW: its frequency moved, and set if it is far off; built in only
 * @RTC_SYNC_MODE_AUTO: as slew if that can be had, else as step; nothing while NTP
 *	owns it
 * @RTC_SYNC_MODES: number of modes
 */
enum rtc_sync_mode {
	RTC_SYNC_MODE_OFF,
	RTC_SYNC_MODE_MONITOR,
	RTC_SYNC_MODE_STEP,
	RTC_SYNC_MODE_SLEW,
	RTC_SYNC_MODE_AUTO,
	RTC_SYNC_MODES,
};

/**
 * enum rtc_sync_order - what to do with the system clock
 * @RTC_SYNC_HOLD: leave it alone
 * @RTC_SYNC_STEP: add the offset
 * @RTC_SYNC_SLEW: move its frequency, see rtc_sync_servo_slew()
 * @RTC_SYNC_REFUSE: too far off to be believed; leave it alone and say so
 */
enum rtc_sync_order {
	RTC_SYNC_HOLD,
	RTC_SYNC_STEP,
	RTC_SYNC_SLEW,
	RTC_SYNC_REFUSE,
};

/**
 * struct rtc_sync_policy - what the user allows
 * @may_step: the mode and NTP let the clock be set now
 * @may_slew: the mode and the backend let its frequency be moved as well
 * @step_threshold_ns: not set for less once it was, ns; 0: the default, which is
 *	%RTC_SYNC_SLEW_THRESHOLD_NS when slewing, else %RTC_SYNC_STEP_THRESHOLD_NS
 * @max_step_s: no step beyond this after the first sync, s; 0: no limit
 */
struct rtc_sync_policy {
	bool may_step;
	bool may_slew;
	s64 step_threshold_ns;
	u32 max_step_s;
};

/**
 * struct rtc_sync_sample - the clock against the RTC at one instant
 * @offset_ns: RTC time - system time, ns
 * @error_ns: the offset is no further off than this, ns, >= 0
 * @freq_ppb: what the clock would have to gain on CLOCK_MONOTONIC_RAW to keep up,
 *	ppb
 * @is_locked: the RTC's edge is known, not only its second
 * @is_settled: the edge is known as well as it can be
 * @is_suspect: the RTC stood still, or said that its time is void, and was not
 *	set since: it may have lost time
 * @is_ordered: a person asked for this sync: ignore dead band, max_step_s and
 *	suspicion
 */
struct rtc_sync_sample {
	s64 offset_ns;
	s64 error_ns;
	s64 freq_ppb;
	bool is_locked;
	bool is_settled;
	bool is_suspect;
	bool is_ordered;
};

/**
 * struct rtc_sync_servo - what was done so far
 * @has_first: the clock was set by a known edge once
 * @has_stepped_back: the one backward step of the first sync is spent
 * @has_synced: the first sync is done, by an edge known as well as it can be
 * @is_beyond: the oscillator is off by more than a slew can make up for
 */
struct rtc_sync_servo {
	bool has_first;
	bool has_stepped_back;
	bool has_synced;
	bool is_beyond;
};

/**
 * struct rtc_sync_slew - how to move the clock's frequency
 * @freq_ppb: what the clock shall gain on CLOCK_MONOTONIC_RAW now, ppb, within
 *	+-%RTC_SYNC_SLEW_MAX_PPB
 * @rest_ppb: the same from the end of the slew on: it keeps up, and no more
 * @duration_ns: until then, ns, >= 0
 */
struct rtc_sync_slew {
	s64 freq_ppb;
	s64 rest_ppb;
	s64 duration_ns;
};

enum rtc_sync_order rtc_sync_servo_decide(struct rtc_sync_servo *servo,
					  const struct rtc_sync_policy *policy,
					  const struct rtc_sync_sample *sample);
struct rtc_sync_slew rtc_sync_servo_slew(const struct rtc_sync_sample *sample,
					 u32 interval_s);
s64 rtc_sync_sample_bound_ns(const struct rtc_sync_sample *sample);

#endif /* RTC_SYNC_SERVO_H */
