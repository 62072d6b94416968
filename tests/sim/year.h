/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A board for a year, with the engine's own thread on it: its kernel, its seasons, its
 * mishaps, and what is looked at.
 */
#ifndef TESTS_SIM_YEAR_H
#define TESTS_SIM_YEAR_H

#include <linux/thread.h>

#include "../../drivers/rtc/sync/engine.h"
#include "world.h"

#define NS_PER_S	1000000000LL
#define DAY_S		86400LL
#define INTERVAL_S	60

/**
 * struct year_daemon - NTP
 * @is_there: it keeps the clock
 * @writes_rtc: and the kernel copies that into the RTC every 11 minutes
 * @end_ns: it goes then, true time
 * @next_ns: it looks at the clock then, true time
 * @write_ns: the kernel writes the RTC then, true time
 * @polls: how often it has looked
 * @sway_ns: what it takes for true time is this far off now
 * @spells: how often it was there
 */
struct year_daemon {
	bool is_there;
	bool writes_rtc;
	s64 end_ns;
	s64 next_ns;
	s64 write_ns;
	s64 polls;
	s64 sway_ns;
	s64 spells;
};

/**
 * struct year_kernel - the system clock's other half; the first is in struct world
 * @was_set: changes whenever it is set
 * @known_freq_ppb: as it was found or made last
 * @moves: how often it was found to be another
 * @is_unsync: STA_UNSYNC
 * @maxerror_us: it may be so wrong, as somebody said
 * @maxerror_raw_ns: then
 */
struct year_kernel {
	u32 was_set;
	s64 known_freq_ppb;
	u32 moves;
	bool is_unsync;
	s64 maxerror_us;
	s64 maxerror_raw_ns;
};

/**
 * struct year_tally - what was counted
 * @samples: looks at what users see
 * @beyond: in which the RTC's time was further off than its bound
 * @beyond_ns: by how much at most
 * @lone: looks in holdover, at a rate that was learned
 * @lone_beyond: in which true time was further off than its bound and what the
 *	temperature has changed since
 * @lone_ns: the clock was off by this at most then
 * @clock_ns: undisturbed, the clock was off what it is kept by, by this more than
 *	that is uncertain, at most
 * @steps: times the clock was set by the engine
 * @wrong_steps: to something else than the RTC's time, within its bound
 * @slews: times its frequency was moved by the engine
 * @fails: readings that were made to fail
 * @stores: records written into the RTC's RAM
 * @trims: times the trim register was written
 * @missed: intervals without a sync, undisturbed
 * @recovery_ns: from a mishap's end to the next sync, at most
 * @faults: spells of bus errors
 * @suspends: suspends
 * @sets: times the RTC was set, by hwclock or by the kernel
 * @states: times the state changed
 * @state_ns: how long it was in each
 */
struct year_tally {
	s64 samples;
	s64 beyond;
	s64 beyond_ns;
	s64 lone;
	s64 lone_beyond;
	s64 lone_ns;
	s64 clock_ns;
	s64 steps;
	s64 wrong_steps;
	s64 slews;
	s64 fails;
	s64 stores;
	s64 trims;
	s64 missed;
	s64 recovery_ns;
	s64 faults;
	s64 suspends;
	s64 sets;
	s64 states;
	s64 state_ns[RTC_SYNC_STATE_FAULT + 1];
};

/**
 * struct year - a board, from its boot on
 * @world: RTC, oscillator and bus
 * @sync: what is tested
 * @rtc: the RTC's device
 * @is_builtin: the engine may slew, and ask the kernel about NTP
 * @is_steady: the RTC's rate stays what it is
 * @end_ns: the year ends, true time
 * @utc_base_ns: true time 0, ns since 1970
 * @osc_ppb: the oscillator at the boot, but for the day's swing
 * @rtc_ppb: the RTC at the boot, but for seasons
 * @rate_ppb: what it has been by season, day and age so far, ppb, least and most
 * @trim_ppb: what its trim register makes of that
 * @ram: the RTC's RAM
 * @kernel: the rest of the system clock
 * @daemon: NTP
 * @minute_ns: the next minute begins, true time
 * @sample_ns: the next look, true time
 * @fault_end_ns: bus errors end, true time; 0: there are none
 * @was_frozen: there was a suspend, and the thread has not heard of it
 * @calm_ns: nothing has happened since, true time
 * @syncs: that were counted at the last look
 * @sync_ns: the last one, true time
 * @is_recovering: no sync since the last mishap
 * @lone_ns: NTP was there last, and respected, true time
 * @locked_ns: the state was another one last, true time
 * @tally: so far
 */
struct year {
	struct world world;
	struct rtc_sync sync;
	struct rtc_device rtc;
	bool is_builtin;
	bool is_steady;
	s64 end_ns;
	s64 utc_base_ns;
	s64 osc_ppb;
	s64 rtc_ppb;
	struct rtc_sync_span rate_ppb;
	s64 trim_ppb;
	u8 ram[RTC_SYNC_MEMORY_BYTES];
	struct year_kernel kernel;
	struct year_daemon daemon;
	s64 minute_ns;
	s64 sample_ns;
	s64 fault_end_ns;
	bool was_frozen;
	s64 calm_ns;
	u32 syncs;
	s64 sync_ns;
	bool is_recovering;
	s64 lone_ns;
	s64 locked_ns;
	struct year_tally tally;
};

/* The one that is running; the kernel has one clock, too. */
extern struct year *year;

s64 year_real_ns(void);
s64 year_utc_ns(void);

/* year-kernel.c */
void year_run(void);

/* year-events.c */
void year_events(void);
void year_disturb(void);

/* year-check.c */
bool year_is_calm(void);
void year_look(void);
void year_stepped(s64 delta_ns);

#endif /* TESTS_SIM_YEAR_H */
