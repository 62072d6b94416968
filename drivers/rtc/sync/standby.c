// SPDX-License-Identifier: GPL-2.0-only
/*
 * Standing by while NTP keeps the clock, learning from it, holding over without it.
 *
 * What is inferred from what is pure: owner.c (whose is the clock?), learn.c (what
 * does the RTC gain?) and drift.c (the RTC's time with that taken out).
 */
#include <linux/math64.h>
#include <linux/rtc.h>
#include <linux/timekeeping.h>

#include "../compat.h"
#include "clock.h"
#include "engine.h"
#include "phc.h"

/* An RTC set to the system time, by a hand that writes whole seconds. */
#define COPIED_NS	NSEC_PER_SEC

/* TAI leaps not, so a leap second between the two readings does no harm. */
static s32 tai_s(s64 real_ns)
{
	s64 ahead_ns = ktime_to_ns(ktime_get_clocktai()) - real_ns;

	return (s32)div_s64(ahead_ns + NSEC_PER_SEC / 2, NSEC_PER_SEC);
}

static struct rtc_sync_look look_at_clock(struct rtc_sync *sync)
{
	const struct rtc_sync_clock_ops *clock = rtc_sync_clock(sync);
	struct rtc_sync_instant now = rtc_sync_now();
	struct rtc_sync_look look = {
		.raw_ns = now.raw_ns,
		.real_ns = now.real_ns,
		.was_set = now.was_set,
		.tai_s = tai_s(now.real_ns),
		.said = sync->setting.ntp,
		/* Nothing is known of it, unless the kernel can be asked. */
		.was_moved = sync->owner.look.was_moved,
	};

	if (clock->look)
		clock->look(sync, &look);
	return look;
}

/*
 * The system clock has had a second twice, or left one out, and an RTC knows nothing
 * of that: from now on it is ahead, or behind, until it is set. Taken for a step of
 * somebody's it would be undone, and the clock be wrong.
 */
static void take_leap(struct rtc_sync *sync, s32 leap_s)
{
	s64 ns = leap_s * NSEC_PER_SEC;

	rtc_sync_drift_shift(&sync->drift, ns);
	rtc_sync_drift_shift(&sync->known.drift, ns);
	rtc_sync_learn_shift(&sync->learn, ns);
	rtc_sync_learn_shift(&sync->proven, ns);
	sync->copied_real_ns -= ns;
	dev_info(&sync->rtc->dev, "leap second: its time is %+d s off until it is set\n",
		 leap_s);
}

/**
 * rtc_sync_standby_excuse() - whatever is seen of the clock now is our own doing
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_standby_excuse(struct rtc_sync *sync)
{
	struct rtc_sync_look look = look_at_clock(sync);
	s32 leap_s = rtc_sync_owner_leap_s(&sync->owner, &look);

	/* But for that, should it have come just then. */
	if (leap_s)
		take_leap(sync, leap_s);
	rtc_sync_owner_excuse(&sync->owner, &look);
}

/**
 * rtc_sync_is_standby() - does NTP keep the clock, and do we respect that?
 * @sync: the instance
 *
 * Return: true in mode auto while NTP is there, and a little longer.
 */
bool rtc_sync_is_standby(const struct rtc_sync *sync)
{
	return sync->setting.mode == RTC_SYNC_MODE_AUTO &&
	       rtc_sync_owner_is_owned(&sync->owner);
}

/* The RTC or the clock was set, or NTP was away. */
static void begin_anew(struct rtc_sync *sync)
{
	rtc_sync_learn_break(&sync->learn);
	rtc_sync_learn_break(&sync->proven);
}

/* Has NTP given a sign of life since somebody set the clock, who may not have been NTP? */
static bool is_of_ntp(const struct rtc_sync *sync)
{
	return sync->setting.ntp == RTC_SYNC_NTP_YES ||
	       rtc_sync_owner_sign_raw_ns(&sync->owner) > sync->set_raw_ns;
}

/*
 * Has NTP given a sign of life since the last one? It may have gone long before
 * that is noticed, and what the clock did meanwhile is not worth knowing.
 */
static void note_sign(struct rtc_sync *sync)
{
	s64 raw_ns = rtc_sync_owner_sign_raw_ns(&sync->owner);

	if (!is_of_ntp(sync) ||
	    (sync->setting.ntp != RTC_SYNC_NTP_YES && raw_ns == sync->sign_raw_ns))
		return;
	sync->sign_raw_ns = raw_ns;
	sync->proven = sync->learn;
}

/*
 * Only a rate that is proven: one from comparisons after NTP had gone, in the drift, would
 * stay there if what is proven is not enough for a rate.
 */
static void use_rate(struct rtc_sync *sync)
{
	const struct rtc_sync_learn *proven = &sync->proven;

	if (rtc_sync_learn_has_rate(proven))
		rtc_sync_drift_set_rate(&sync->drift,
					rtc_sync_learn_rate_ppb(proven),
					rtc_sync_learn_error_ppb(proven),
					sync->learn.rtc_ns);
}

/**
 * rtc_sync_standby_learn() - what the RTC gains, known better while NTP is there
 * @sync: the instance; its RTC's time is known
 *
 * Context: the thread.
 */
void rtc_sync_standby_learn(struct rtc_sync *sync)
{
	u32 phc_reads = rtc_sync_phc_reads(sync);
	struct rtc_sync_instant now;
	s64 error_ns;
	s64 rtc_ns;

	/*
	 * Should NTP not come back, the last comparison is where to go on from. The
	 * kernel may have set the RTC meanwhile; the clock is still NTP's, nearly.
	 */
	if (!rtc_sync_owner_is_owned(&sync->owner) ||
	    (!rtc_sync_owner_is_sure(&sync->owner) &&
	     rtc_sync_learn_has_anchor(&sync->learn)))
		return;
	/* A clock that follows the RTC, by way of the PTP clock, teaches nothing. */
	if (sync->setting.mode == RTC_SYNC_MODE_STEP ||
	    sync->setting.mode == RTC_SYNC_MODE_SLEW ||
	    phc_reads != sync->phc_reads) {
		sync->phc_reads = phc_reads;
		begin_anew(sync);
		return;
	}
	if (!rtc_sync_tracker_is_settled(&sync->tracker) ||
	    rtc_sync_tracker_is_changing(&sync->tracker))
		return;

	now = rtc_sync_now();
	rtc_ns = rtc_sync_line_time_ns(&sync->tracker.line,
				       &sync->tracker.phase.window, now.raw_ns,
				       &error_ns);
	rtc_sync_learn_feed(&sync->learn, rtc_ns, rtc_ns - now.real_ns, error_ns);
	note_sign(sync);
	use_rate(sync);
}

/* NTP has gone: what it left is true time, and the RTC counts on from there. */
static void hold_over(struct rtc_sync *sync)
{
	const struct rtc_sync_clock_ops *clock = rtc_sync_clock(sync);
	const struct rtc_sync_learn *learn = &sync->learn;

	/* What we say of the clock from now on must not be taken for NTP's word. */
	if (clock->disown)
		clock->disown(sync);
	/* Whoever says that NTP is gone means now; else nobody knows since when. */
	if (sync->setting.ntp == RTC_SYNC_NTP_NO)
		sync->proven = sync->learn;
	else if (rtc_sync_learn_has_anchor(&sync->proven) || !is_of_ntp(sync))
		sync->learn = sync->proven;
	if (!rtc_sync_learn_has_anchor(learn))
		return;
	use_rate(sync);
	rtc_sync_drift_anchor(&sync->drift, learn->rtc_ns, learn->gained_ns,
			      learn->noise_ns);
	sync->known.drift = sync->drift;
	sync->is_holdover = true;
}

/**
 * rtc_sync_standby_look() - see who keeps the clock
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_standby_look(struct rtc_sync *sync)
{
	struct rtc_sync_look look = look_at_clock(sync);
	bool was_sure = rtc_sync_owner_is_sure(&sync->owner);
	bool was_standby = rtc_sync_is_standby(sync);
	s32 leap_s = rtc_sync_owner_leap_s(&sync->owner, &look);
	bool was_set = rtc_sync_owner_look(&sync->owner, &look);

	if (leap_s)
		take_leap(sync, leap_s);
	if (was_set && !leap_s)
		sync->set_raw_ns = look.raw_ns;
	if ((was_set && !leap_s) ||
	    (!was_sure && rtc_sync_owner_is_sure(&sync->owner)))
		begin_anew(sync);
	if (rtc_sync_is_standby(sync) || rtc_sync_owner_is_sure(&sync->owner))
		sync->is_holdover = false;
	else if (was_standby)
		hold_over(sync);
}

/**
 * rtc_sync_standby_note() - the clock was compared: note by what
 * @sync: the instance
 *
 * Context: the thread.
 */
void rtc_sync_standby_note(struct rtc_sync *sync)
{
	if (rtc_sync_known_note(&sync->known, &sync->tracker, &sync->drift))
		sync->has_slept = false;
}

/**
 * rtc_sync_standby_rtc_was_set() - the RTC shows another time now
 * @sync: the instance
 * @is_told: somebody has said so; else readings say so, which may be garbled
 *
 * Context: the thread.
 */
void rtc_sync_standby_rtc_was_set(struct rtc_sync *sync, bool is_told)
{
	struct rtc_sync_drift *drift = &sync->drift;
	struct rtc_sync_instant now = rtc_sync_now();

	/*
	 * How wrong the clock may be outlives the RTC's time, also if that is set twice
	 * in a row: then nobody has kept the clock in between. A clock that has just been
	 * resumed is right to a second.
	 */
	if (sync->known.is_valid)
		drift->gained_error_ns = rtc_sync_known_clock_error_ns(&sync->known, now.raw_ns,
								       now.real_ns);
	else if (drift->has_begun)
		drift->gained_error_ns = rtc_sync_drift_error_ns(drift, now.real_ns) + COPIED_NS;
	else
		drift->gained_error_ns += rtc_sync_scale_ppb(now.raw_ns - sync->copied_raw_ns,
							     RTC_SYNC_PERIOD_MAX_PPB);
	sync->copied_raw_ns = now.raw_ns;
	sync->copied_real_ns = now.real_ns;
	if (is_told) {
		sync->known.is_valid = false;
		sync->has_slept = false;
	}
	rtc_sync_drift_reset(drift);
	begin_anew(sync);
}

/* What it has gained would be lost, if it turned out that nobody has set it. */
static bool needs_edge(const struct rtc_sync *sync)
{
	return sync->is_holdover || rtc_sync_known_has_gain(&sync->known);
}

/**
 * rtc_sync_standby_begin() - begin to count what the RTC gains
 * @sync: the instance; its RTC's time is known
 *
 * In holdover the system clock is the better one: who sets the RTC to nearly the
 * same time has copied it (hwclock --systohc, or the kernel every 11 minutes), and
 * the RTC counts on from there. Anything else is a new time, and the RTC is taken
 * for right.
 *
 * Context: the thread.
 * Return: false if the edge must be known for that, and is not.
 */
bool rtc_sync_standby_begin(struct rtc_sync *sync)
{
	struct rtc_sync_drift *drift = &sync->drift;
	s64 raw_ns = ktime_get_raw_ns();
	s64 gained_ns;
	s64 error_ns;
	s64 rtc_ns;

	if (drift->has_begun ||
	    rtc_sync_known_goes_on(&sync->known, &sync->tracker, raw_ns, drift))
		return true;
	if (needs_edge(sync) && !rtc_sync_tracker_is_locked(&sync->tracker))
		return false;

	/* As of the copy: should the bus have failed since, nobody has kept the clock. */
	if (sync->is_holdover)
		raw_ns = sync->copied_raw_ns;
	rtc_ns = rtc_sync_line_time_ns(&sync->tracker.line,
				       &sync->tracker.phase.window, raw_ns,
				       &error_ns);
	gained_ns = rtc_ns - sync->copied_real_ns;
	if (sync->is_holdover && abs(gained_ns) < COPIED_NS) {
		rtc_sync_drift_anchor(drift, rtc_ns, gained_ns,
				      drift->gained_error_ns + error_ns);
	} else {
		rtc_sync_drift_begin(drift, rtc_ns);
		sync->is_holdover = false;
	}
	return true;
}
