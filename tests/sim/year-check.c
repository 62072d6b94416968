// SPDX-License-Identifier: GPL-2.0-only
/* What only the truth can tell of a board in its year */
#include "year.h"

#define SAMPLE_NS	(10 * NS_PER_S)

/* Three intervals are for coming back after a mishap; then each has its sync. */
#define CALM_NS		(3 * INTERVAL_S * NS_PER_S)
#define LATE_NS		((INTERVAL_S + 5) * NS_PER_S)

/* 128 ms by 300 ppm at least, with an oscillator that is off by the other 200 */
#define SLEW_NS		(430 * NS_PER_S)

/* A step is exact to the microsecond, and the kernel takes some for it. */
#define EXACT_NS	2000

static s64 size_ns(s64 ns)
{
	return ns < 0 ? -ns : ns;
}

/* Has nothing happened for so long that all should be as ever? */
bool year_is_calm(void)
{
	return year->world.true_ns - year->calm_ns > CALM_NS && !year->fault_end_ns;
}

/* The RTC's own time: its bound always holds. */
static void check_rtc(const struct rtc_sync_view *view)
{
	s64 error_ns;
	s64 off_ns;

	off_ns = rtc_sync_line_time_ns(&view->line, &view->window, year->world.raw_ns,
				       &error_ns) - world_rtc_ns(&year->world);
	year->tally.samples++;
	if (size_ns(off_ns) <= error_ns)
		return;
	year->tally.beyond++;
	year->tally.beyond_ns = max(year->tally.beyond_ns, size_ns(off_ns) - error_ns);
}

/*
 * True time, that NTP has left behind. No bound can know what the RTC's rate has become
 * since by season, day and age, as docs/abi.md says: that is allowed for.
 */
static void check_lone(const struct rtc_sync_view *view)
{
	s64 lone_ns = year->world.true_ns - year->lone_ns;
	s64 bent_ppb = rtc_sync_span_width(&year->rate_ppb);
	s64 error_ns;
	s64 off_ns;

	off_ns = rtc_sync_true_ns(&view->line, &view->window, &view->drift,
				  year->world.raw_ns, &error_ns) - year_utc_ns();
	year->tally.lone++;
	if (size_ns(off_ns) > error_ns + rtc_sync_scale_ppb(lone_ns, bent_ppb))
		year->tally.lone_beyond++;
	year->tally.lone_ns = max(year->tally.lone_ns, size_ns(off_ns));
}

/* The clock against what it is to be kept by, as far as that is known */
static void check_clock(const struct rtc_sync_view *view)
{
	s64 error_ns;
	s64 off_ns;

	off_ns = rtc_sync_true_ns(&view->line, &view->window, &view->drift,
				  year->world.raw_ns, &error_ns) - year_real_ns();
	year->tally.clock_ns = max(year->tally.clock_ns, size_ns(off_ns) - error_ns);
}

static void count_syncs(void)
{
	s64 now_ns = year->world.true_ns;
	s64 since_ns = now_ns - year->sync_ns;

	if (year->sync.stats.syncs != year->syncs) {
		year->syncs = year->sync.stats.syncs;
		year->sync_ns = now_ns;
		if (year->is_recovering && !year->fault_end_ns)
			year->tally.recovery_ns = max(year->tally.recovery_ns, since_ns);
		year->is_recovering = false;
		return;
	}
	if (year_is_calm() && since_ns > LATE_NS) {
		year->tally.missed++;
		year->sync_ns = now_ns;
	}
}

/* What users see at this moment, against the truth */
void year_look(void)
{
	const struct rtc_sync_view *view = &year->sync.view;
	s64 now_ns = year->world.true_ns;

	count_syncs();
	if (now_ns < year->sample_ns)
		return;
	year->sample_ns = now_ns + SAMPLE_NS;
	year->tally.state_ns[view->state] += SAMPLE_NS;
	if (!view->has_window)
		return;
	check_rtc(view);
	if (view->state == RTC_SYNC_STATE_HOLDOVER && view->has_rate)
		check_lone(view);
	/* A rate that is not known to the last is not used: nobody has written one here. */
	else if (!view->has_rate && view->drift.rate_ppb)
		year->tally.lone_beyond++;
	/* A slew takes minutes; a module has to see NTP move the clock to let go of it. */
	if (view->state != RTC_SYNC_STATE_LOCKED)
		year->locked_ns = now_ns;
	if (year_is_calm() && now_ns - year->locked_ns > SLEW_NS && !year->daemon.is_there)
		check_clock(view);
}

/* The engine has set the clock: to the RTC's time, with what it has gained taken out? */
void year_stepped(s64 delta_ns)
{
	const struct rtc_sync *sync = &year->sync;
	s64 gained_ns;
	s64 error_ns;
	s64 rtc_ns;

	rtc_ns = rtc_sync_line_time_ns(&sync->tracker.line, &sync->tracker.phase.window,
				       year->world.raw_ns, &error_ns);
	gained_ns = rtc_ns - rtc_sync_drift_correct(&sync->drift, rtc_ns);
	year->tally.steps++;
	if (size_ns(year_real_ns() + gained_ns - world_rtc_ns(&year->world)) >
	    error_ns + EXACT_NS)
		year->tally.wrong_steps++;
}
