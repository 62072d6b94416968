// SPDX-License-Identifier: GPL-2.0-only
/*
 * The system clock held against the RTC. What to do is decided in servo.c, which
 * is pure; here it is told what it needs to know, and its orders are carried out.
 */
#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/limits.h>
#include <linux/rtc.h>

#include "../compat.h"
#include "clock.h"
#include "engine.h"
#include "trace.h"

/*
 * A step is exact unless the thread is preempted amid it: then once more. Off by
 * more, somebody else has set the clock meanwhile: that is for the next sync.
 */
#define STEP_TRIES	3
#define STEP_EXACT_NS	20000
#define STEP_RETRY_NS	(10 * NSEC_PER_MSEC)

/* Steps in daily business are for the statistics, others for the log. */
#define STEP_LOG_NS	NSEC_PER_SEC

/* The system clock is one: the instance that keeps it. */
static struct rtc_sync *clock_keeper;

static bool is_keeper(struct rtc_sync *sync)
{
	struct rtc_sync *keeper = cmpxchg(&clock_keeper, NULL, sync);

	return !keeper || keeper == sync;
}

/* Nothing of a slew is left but what keeps the clock at the RTC's pace. */
static void end_slew(struct rtc_sync *sync)
{
	const struct rtc_sync_clock_ops *clock = rtc_sync_clock(sync);

	if (sync->slew_end_raw_ns == S64_MAX)
		return;
	sync->slew_end_raw_ns = S64_MAX;
	/* Who has done it so far may have gone: then it is for the next one. */
	sync->is_slew_left = !clock->slew || clock->slew(sync, sync->slew.rest_ppb);
	if (sync->is_slew_left)
		return;
	sync->slew.freq_ppb = sync->slew.rest_ppb;
	rtc_sync_standby_excuse(sync);
}

/**
 * rtc_sync_drop_slew() - nothing of a slew shall be left
 * @sync: the instance; may be one that does not keep the clock
 *
 * Context: its thread; may sleep.
 */
void rtc_sync_drop_slew(struct rtc_sync *sync)
{
	if (READ_ONCE(clock_keeper) != sync)
		return;
	/* Unless who has taken the clock from us has set its frequency, too. */
	if (sync->owner.look.was_moved == sync->slew_moves)
		end_slew(sync);
	sync->slew_end_raw_ns = S64_MAX;
	if (!sync->is_slew_left)
		sync->slew = (struct rtc_sync_slew) {};
}

/**
 * rtc_sync_mend_slew() - end the one that nobody was there to end
 * @sync: the instance; the clock was looked at just now
 *
 * Context: its thread; may sleep.
 */
void rtc_sync_mend_slew(struct rtc_sync *sync)
{
	const struct rtc_sync *keeper = READ_ONCE(clock_keeper);

	if (!sync->is_slew_left)
		return;
	sync->is_slew_left = false;
	/* Unless it is somebody else's by now. */
	if ((keeper && keeper != sync) ||
	    sync->owner.look.was_moved != sync->slew_moves)
		return;
	/* As if it was due now. */
	sync->slew_end_raw_ns = 0;
	end_slew(sync);
}

/**
 * rtc_sync_release_clock() - let another instance keep the clock
 * @sync: the instance; may be one that does not keep it
 *
 * Context: its thread; may sleep.
 */
void rtc_sync_release_clock(struct rtc_sync *sync)
{
	rtc_sync_drop_slew(sync);
	cmpxchg(&clock_keeper, sync, NULL);
}

/**
 * rtc_sync_claim_clock() - take hold of the clock, or let go of it
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 * Return: true if this instance may set the clock.
 */
bool rtc_sync_claim_clock(struct rtc_sync *sync)
{
	bool wants = sync->setting.mode >= RTC_SYNC_MODE_STEP &&
		     !rtc_sync_is_standby(sync);
	bool claimed;

	if (!wants) {
		rtc_sync_release_clock(sync);
		return false;
	}
	claimed = is_keeper(sync);
	if (!claimed && !sync->is_second)
		dev_info(&sync->rtc->dev,
			 "another RTC keeps the system clock, only measuring\n");
	sync->is_second = !claimed;
	return claimed;
}

/*
 * RTC time less system time, now. Decided by where the edge is unless a reading was
 * garbled; told is where it is although one may have been, which is less exact.
 */
static void compare_by(const struct rtc_sync *sync,
		       const struct rtc_sync_window *window,
		       struct rtc_sync_sample *sample)
{
	struct rtc_sync_instant now = rtc_sync_now();

	sample->offset_ns = rtc_sync_true_ns(&sync->tracker.line, window, &sync->drift,
					     now.raw_ns, &sample->error_ns) - now.real_ns;
}

static void compare(const struct rtc_sync *sync, struct rtc_sync_sample *sample)
{
	compare_by(sync, &sync->tracker.phase.window, sample);
}

/* To the kernel, and so to whoever asks adjtimex(2). */
static void tell(struct rtc_sync *sync)
{
	const struct rtc_sync_clock_ops *clock = rtc_sync_clock(sync);
	struct rtc_sync_sample sample = {};

	if (!clock->tell)
		return;
	compare_by(sync, &sync->tracker.bound, &sample);
	clock->tell(sync, rtc_sync_sample_bound_ns(&sample), abs(sample.offset_ns));
}

static void step(struct rtc_sync *sync, struct rtc_sync_sample *sample)
{
	s64 step_ns = sample->offset_ns;
	int try;
	int ret;

	for (try = 0; try < STEP_TRIES; try++) {
		ret = rtc_sync_clock(sync)->step(sample->offset_ns);
		if (ret) {
			if (!sync->stats.steps_failed++)
				dev_warn(&sync->rtc->dev,
					 "the system clock can't be set: %d\n", ret);
			return;
		}
		compare(sync, sample);
		if (abs(sample->offset_ns) <= STEP_EXACT_NS ||
		    abs(sample->offset_ns) > STEP_RETRY_NS)
			break;
	}
	rtc_sync_standby_excuse(sync);

	sync->stats.steps++;
	sync->stats.last_step_ns = step_ns;
	if (step_ns < 0)
		sync->stats.steps_backward++;
	if (sync->stats.steps == 1 || abs(step_ns) >= STEP_LOG_NS)
		dev_info(&sync->rtc->dev, "system clock stepped by %lld ns\n",
			 step_ns);
}

static void slew(struct rtc_sync *sync, const struct rtc_sync_clock_ops *clock,
		 const struct rtc_sync_sample *sample)
{
	struct rtc_sync_slew slew;
	int ret;

	slew = rtc_sync_servo_slew(sample, sync->setting.interval_s);
	ret = clock->slew(sync, slew.freq_ppb);
	if (ret) {
		if (!sync->stats.slews_failed++)
			dev_warn(&sync->rtc->dev,
				 "the system clock's frequency can't be set: %d\n",
				 ret);
		return;
	}
	sync->stats.slews++;
	sync->slew = slew;
	sync->is_slew_left = false;
	sync->slew_end_raw_ns = ktime_get_raw_ns() + slew.duration_ns;
	rtc_sync_standby_excuse(sync);
	sync->slew_moves = sync->owner.look.was_moved;
}

/* Once when it begins, once when it ends. */
static void tell_beyond(struct rtc_sync *sync, bool was_beyond,
			const struct rtc_sync_sample *sample)
{
	if (sync->servo.is_beyond == was_beyond)
		return;
	if (was_beyond)
		dev_info(&sync->rtc->dev,
			 "the oscillator can be slewed again: off by %lld ppb\n",
			 sample->freq_ppb);
	else
		dev_warn(&sync->rtc->dev,
			 "the oscillator is off by %lld ppb, more than can be slewed: stepping\n",
			 sample->freq_ppb);
}

/**
 * rtc_sync_discipline() - the readings are complete: hold the clock against them
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_discipline(struct rtc_sync *sync)
{
	struct rtc_sync_sample sample = {
		.is_locked = rtc_sync_tracker_is_locked(&sync->tracker),
		.is_settled = rtc_sync_tracker_is_settled(&sync->tracker),
		.is_suspect = sync->tracker.is_suspect,
		.is_ordered = sync->is_ordered,
	};
	struct rtc_sync_policy policy = {
		.step_threshold_ns = sync->setting.step_threshold_ns,
		.max_step_s = sync->setting.max_step_s,
	};
	const struct rtc_sync_clock_ops *clock;
	bool was_beyond = sync->servo.is_beyond;
	enum rtc_sync_order order;

	if (!rtc_sync_tracker_is_usable(&sync->tracker))
		return;

	rtc_sync_standby_look(sync);
	rtc_sync_standby_learn(sync);
	policy.may_step = rtc_sync_claim_clock(sync);
	clock = rtc_sync_clock(sync);
	policy.may_slew = policy.may_step && clock->slew &&
			  sync->setting.mode != RTC_SYNC_MODE_STEP;

	if (!rtc_sync_standby_begin(sync))
		return;
	sample.freq_ppb = rtc_sync_line_freq_ppb(&sync->tracker.line) -
			  sync->drift.rate_ppb;
	compare(sync, &sample);
	/* A leap second since the look is to be known before it is taken for an error. */
	if (rtc_sync_now().was_set != sync->owner.look.was_set) {
		rtc_sync_standby_look(sync);
		compare(sync, &sample);
	}
	order = rtc_sync_servo_decide(&sync->servo, &policy, &sample);
	trace_rtc_sync_sync(&sync->rtc->dev, sample.offset_ns, sample.error_ns,
			    order);
	if (policy.may_slew)
		tell_beyond(sync, was_beyond, &sample);
	if (order == RTC_SYNC_STEP)
		step(sync, &sample);
	if (policy.may_slew && sample.is_locked && order != RTC_SYNC_REFUSE) {
		/* A step that failed, or was overtaken, is for the next sync. */
		if (order == RTC_SYNC_STEP && abs(sample.offset_ns) > STEP_RETRY_NS)
			sample.offset_ns = 0;
		slew(sync, clock, &sample);
	}
	/* The clock is ours: what a daemon has left behind no longer holds. */
	if (policy.may_step && clock->disown &&
	    sync->owner.look.kernel == RTC_SYNC_NTP_YES)
		clock->disown(sync);
	if (policy.may_step)
		tell(sync);

	sync->is_refused = order == RTC_SYNC_REFUSE;
	if (sample.is_locked) {
		sync->tracker.is_suspect &= sync->is_refused;
		sync->is_ordered = false;
		sync->stats.syncs++;
		sync->last_sync_ns = rtc_sync_now().real_ns;
	}
}

/**
 * rtc_sync_discipline_tend() - what is due between syncs
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_discipline_tend(struct rtc_sync *sync)
{
	bool was_standby = rtc_sync_is_standby(sync);

	rtc_sync_standby_look(sync);
	if (rtc_sync_claim_clock(sync) &&
	    ktime_get_raw_ns() >= sync->slew_end_raw_ns)
		end_slew(sync);
	/* NTP has gone: take the clock now, not after an interval. */
	if (was_standby && !rtc_sync_is_standby(sync))
		rtc_sync_tracker_hurry(&sync->tracker, ktime_get_raw_ns());
}

/**
 * rtc_sync_discipline_next_raw_ns() - when to tend the clock
 * @sync: the instance
 *
 * Return: CLOCK_MONOTONIC_RAW, ns; S64_MAX: not before the next sync.
 */
s64 rtc_sync_discipline_next_raw_ns(const struct rtc_sync *sync)
{
	return min(sync->slew_end_raw_ns,
		   rtc_sync_owner_again_raw_ns(&sync->owner));
}
