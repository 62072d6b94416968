// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to a board in a year: seasons and age, bus errors, suspends, hwclock, NTP
 * that comes and goes. All by the seed.
 */
#include <math.h>

#include "year.h"

#define MINUTE_NS	(60 * NS_PER_S)
#define YEAR_NS		(365.0 * 86400e9)
#define TURN		(2 * 3.14159265358979)

/* How far the seasons bend the oscillator and the RTC, either way, ppb */
#define OSC_SEASON_PPB	4000
#define RTC_SEASON_PPB	1500
#define RTC_DAY_PPB	150

/* And how much faster each is after a year, ppb */
#define OSC_AGE_PPB	1000
#define RTC_AGE_PPB	800

/* Once in so many minutes, by chance */
#define FAULT_MINUTES	(3 * 1440)
#define SUSPEND_MINUTES	(2 * 1440)
#define HWCLOCK_MINUTES	(9 * 1440)
#define DAEMON_MINUTES	(6 * 1440)

/* The daemon: how often it looks, what it is off, and when it sets the clock, at first */
#define POLL_S		64
#define SWAY_NS		50000
#define STEP_NS		128000000
#define STEP_POLLS	3
#define SLEW_PPB	83333000
#define WRITE_S		660

static bool one_in(s64 n)
{
	return !world_random(&year->world, n);
}

/* From @least to @most, each doubling as likely as the next */
static s64 some(s64 least, s64 most)
{
	s64 doublings = 63 - __builtin_clzll((u64)(most / least));
	s64 top = least << (1 + world_random(&year->world, doublings));

	return min(top / 2 + world_random(&year->world, top), most);
}

/* Whatever happens now, syncs may be missed for it. */
void year_disturb(void)
{
	year->calm_ns = year->world.true_ns;
	year->sync_ns = year->world.true_ns;
	year->is_recovering = true;
}

static void pass_seasons(void)
{
	double turn = (double)year->world.true_ns / YEAR_NS;
	double day = (double)year->world.true_ns / 86400e9;
	s64 rtc_ppb = year->rtc_ppb;

	year->world.osc_mean_ppb = year->osc_ppb +
		(s64)(OSC_SEASON_PPB * sin(TURN * turn) + OSC_AGE_PPB * turn);
	if (!year->is_steady)
		rtc_ppb += (s64)(RTC_SEASON_PPB * sin(TURN * turn) + RTC_AGE_PPB * turn +
				 RTC_DAY_PPB * sin(TURN * day));
	year->rate_ppb.lo = min(year->rate_ppb.lo, rtc_ppb);
	year->rate_ppb.hi = max(year->rate_ppb.hi, rtc_ppb);
	world_trim(&year->world, rtc_ppb + year->trim_ppb, 0);
}

/* As hwclock --systohc and the kernel do: when a second begins, nearly */
static void set_rtc(void)
{
	s64 want_ns = year_real_ns() + world_random(&year->world, 2000000) - 1000000;

	year->world.rtc_phase_ns += want_ns - world_rtc_ns(&year->world);
	year->tally.sets++;
	year_disturb();
	rtc_sync_kick(&year->sync, RTC_SYNC_KICK_RTC_SET);
}

/* CLOCK_MONOTONIC_RAW stands still, the RTC does not, and the clock is set by that. */
static void suspend(void)
{
	struct year_daemon *daemon = &year->daemon;
	s64 ns = some(10, 8 * 3600) * NS_PER_S;

	/* A daemon sleeps, too, and looks at its servers when it wakes. */
	daemon->end_ns += ns;
	daemon->next_ns = year->world.true_ns + ns + 5 * NS_PER_S;
	year->world.true_ns += ns;
	year->world.real_ns += ns + world_random(&year->world, NS_PER_S) - NS_PER_S / 2;
	year->kernel.was_set++;
	year->was_frozen = true;
	year->tally.suspends++;
	year_disturb();
}

static void begin_fault(void)
{
	static const s64 percents[] = { 1, 10, 50, 100 };

	year->world.fail_percent = percents[world_random(&year->world, 4)];
	year->fault_end_ns = year->world.true_ns + some(1, 3600) * NS_PER_S;
	year->tally.faults++;
	year_disturb();
}

static void end_fault(void)
{
	year->world.fail_percent = 0;
	year->fault_end_ns = 0;
	year_disturb();
}

static void begin_daemon(void)
{
	struct year_daemon *daemon = &year->daemon;
	s64 now_ns = year->world.true_ns;

	daemon->is_there = true;
	daemon->writes_rtc = one_in(2);
	daemon->end_ns = now_ns + some(600, 4 * DAY_S) * NS_PER_S;
	daemon->next_ns = now_ns;
	daemon->polls = 0;
	daemon->write_ns = now_ns + WRITE_S * NS_PER_S;
	daemon->spells++;
	year_disturb();
}

/* It goes and leaves the clock as it is: some say so to the kernel, some do not. */
static void end_daemon(void)
{
	year->daemon.is_there = false;
	year->world.freq_ppb = -year->world.osc_ppb;
	year->kernel.is_unsync |= one_in(2);
	year_disturb();
}

/*
 * It looks at the clock: at first it is set if it is far off, as by chronyd's makestep; else
 * what it is off is gone at the next look, or soon, as fast as
 * chronyd may.
 */
static void poll_daemon(void)
{
	struct year_daemon *daemon = &year->daemon;
	struct world *world = &year->world;
	s64 off_ns;

	daemon->next_ns = world->true_ns + POLL_S * NS_PER_S;
	daemon->sway_ns = world_random(world, 2 * SWAY_NS) - SWAY_NS;
	off_ns = year_utc_ns() + daemon->sway_ns - year_real_ns();
	if (daemon->polls++ < STEP_POLLS && (off_ns > STEP_NS || off_ns < -STEP_NS)) {
		world->real_ns += off_ns;
		year->kernel.was_set++;
		off_ns = 0;
	}
	world->freq_ppb = clamp_t(s64, off_ns / POLL_S - world->osc_ppb, -SLEW_PPB, SLEW_PPB);
	year->kernel.is_unsync = false;
	year->kernel.maxerror_us = 1000 + world_random(world, 5000);
	year->kernel.maxerror_raw_ns = world->raw_ns;
}

static void mind_daemon(void)
{
	struct year_daemon *daemon = &year->daemon;
	s64 now_ns = year->world.true_ns;

	if (!daemon->is_there)
		return;
	if (year->sync.state == RTC_SYNC_STATE_STANDBY)
		year->lone_ns = now_ns;
	if (now_ns >= daemon->end_ns) {
		end_daemon();
		return;
	}
	if (now_ns >= daemon->next_ns)
		poll_daemon();
	if (daemon->writes_rtc && now_ns >= daemon->write_ns) {
		daemon->write_ns = now_ns + WRITE_S * NS_PER_S;
		set_rtc();
	}
}

static void pass_minute(void)
{
	year->minute_ns = year->world.true_ns + MINUTE_NS;
	pass_seasons();
	if (!year->fault_end_ns && one_in(FAULT_MINUTES))
		begin_fault();
	if (one_in(SUSPEND_MINUTES))
		suspend();
	if (one_in(HWCLOCK_MINUTES))
		set_rtc();
	if (!year->daemon.is_there && one_in(DAEMON_MINUTES))
		begin_daemon();
}

/* What is due at this moment, while the thread sleeps */
void year_events(void)
{
	if (year->fault_end_ns && year->world.true_ns >= year->fault_end_ns)
		end_fault();
	mind_daemon();
	if (year->world.true_ns >= year->minute_ns)
		pass_minute();
}
