// SPDX-License-Identifier: GPL-2.0-only
/*
 * The thread: wait, read, bring the clock into line, tell. No policy here.
 *
 * An I2C transfer sleeps. A timer callback must not sleep, so it can't read an
 * I2C RTC: that is why this is a thread. Its life:
 *
 *   - rtc_sync_attach() starts it last, with kthread_run(), when all that it
 *     uses exists. kthread_run() creates *and* wakes it; nobody wakes it again.
 *   - It sleeps on sync->wait until the next reading is due or somebody kicks
 *     it, in TASK_INTERRUPTIBLE: such a sleep adds nothing to the load average.
 *   - rtc_sync_detach() calls kthread_stop(), which sets the flag that
 *     kthread_should_stop() reads, wakes the thread, and waits for it to return.
 *     So it never outlives what it uses, and stops as soon as a transfer that
 *     is under way has ended or was broken off.
 */
#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/freezer.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/limits.h>
#include <linux/timekeeping.h>

#include "../compat.h"
#include "clock.h"
#include "engine.h"
#include "trace.h"

/* There is nothing to wait for but a kick. */
#define NEVER_RAW_NS	S64_MAX

/* The kernel may delay a wake-up by this much to join it with another. */
#define SLACK_NS	2000

/* Timers run by CLOCK_MONOTONIC, which may be slewed by 1/1024 against raw. */
#define HOP_NS		(20 * NSEC_PER_MSEC)
#define HOP_SHIFT	10

/* So long before 2038 ends for 32 bits, the clock is taken to be there. */
#define NEARLY_S	86400

/**
 * rtc_sync_kick() - wake the thread before its time
 * @sync: the instance
 * @kick: why
 *
 * The bit is set before the wake-up, and the thread looks at the bits after it
 * has put itself on the wait queue: so no kick is lost.
 *
 * Context: any.
 */
void rtc_sync_kick(struct rtc_sync *sync, enum rtc_sync_kick kick)
{
	set_bit(kick, &sync->kicks);
	wake_up(&sync->wait);
}

static bool is_kicked(const struct rtc_sync *sync)
{
	return READ_ONCE(sync->kicks) || kthread_should_stop();
}

/* Sleep until the time has come (true) or somebody wants something (false). */
static bool sleep_until(struct rtc_sync *sync, s64 raw_ns)
{
	DEFINE_WAIT(wait);
	bool is_time;
	ktime_t left;

	for (;;) {
		/* First the queue, then the condition: a wake-up in between is seen. */
		prepare_to_wait(&sync->wait, &wait, TASK_INTERRUPTIBLE);
		left = raw_ns - ktime_get_raw_ns();
		is_time = left <= 0;
		if (is_time || is_kicked(sync))
			break;
		if (left > HOP_NS)
			left -= left >> HOP_SHIFT;
		schedule_hrtimeout_range(raw_ns == NEVER_RAW_NS ? NULL : &left,
					 SLACK_NS, HRTIMER_MODE_REL);
		if (try_to_freeze()) {
			sync->was_frozen = true;
			is_time = false;
			break;
		}
	}
	finish_wait(&sync->wait, &wait);
	return is_time && !is_kicked(sync);
}

static bool is_off(const struct rtc_sync *sync)
{
	return sync->setting.mode == RTC_SYNC_MODE_OFF;
}

/*
 * As the kernel's hctosys: many a 32-bit user space breaks after 2038. But a clock
 * that is there already, or goes there by itself, has one that does not.
 */
static time64_t not_after_s(void)
{
	if (BITS_PER_LONG == 32 && ktime_get_real_seconds() < S32_MAX - NEARLY_S)
		return S32_MAX;
	return RTC_SYNC_NOT_AFTER_S;
}

/*
 * Somebody may have set the RTC without a word to us, if it shows another time; but after a
 * suspend, before the edge is known again, readings contradict nothing but each other.
 */
static void feed(struct rtc_sync *sync, const struct rtc_sync_reading *reading, int ret)
{
	u32 reacquisitions = sync->tracker.counts.reacquisitions;

	sync->tracker.guard.not_after_s = not_after_s();
	if (ret)
		rtc_sync_tracker_fail(&sync->tracker, ret, ktime_get_raw_ns());
	else
		rtc_sync_tracker_feed(&sync->tracker, reading);

	/* An order is for the RTC as it was when it was given. */
	if (ret || sync->tracker.doubt != RTC_SYNC_DOUBT_NONE ||
	    sync->tracker.counts.reacquisitions != reacquisitions)
		sync->is_ordered = false;
	if (sync->tracker.counts.reacquisitions != reacquisitions && !sync->has_slept)
		rtc_sync_standby_rtc_was_set(sync, false);
}

static void read_rtc(struct rtc_sync *sync, enum rtc_sync_read kind)
{
	struct rtc_sync_reading reading = {};
	int ret;

	ret = sync->source->read(sync->source_ctx, kind, &reading);
	sync->stats.reads[kind]++;
	trace_rtc_sync_reading(&sync->rtc->dev, kind, &reading, ret);
	/* Whoever stops us waits for this transfer, and for no other. */
	if (kthread_should_stop())
		return;

	/* Was this read before the RTC was set, or after? Nobody knows. */
	if (test_bit(RTC_SYNC_KICK_RTC_SET, &sync->kicks))
		return;

	feed(sync, &reading, ret);
	if (!ret && kind == RTC_SYNC_READ_FULL)
		rtc_sync_upkeep_begin(sync);
	if (sync->tracker.is_fresh) {
		sync->tracker.is_fresh = false;
		rtc_sync_discipline(sync);
		rtc_sync_upkeep(sync);
		rtc_sync_standby_note(sync);
	}
}

static enum rtc_sync_state state_of(const struct rtc_sync *sync)
{
	if (is_off(sync))
		return RTC_SYNC_STATE_OFF;
	if (sync->tracker.doubt != RTC_SYNC_DOUBT_NONE || sync->is_refused)
		return RTC_SYNC_STATE_INVALID;
	if (rtc_sync_tracker_is_faulty(&sync->tracker))
		return RTC_SYNC_STATE_FAULT;
	if (!rtc_sync_tracker_is_locked(&sync->tracker))
		return RTC_SYNC_STATE_ACQUIRING;
	if (rtc_sync_is_standby(sync))
		return RTC_SYNC_STATE_STANDBY;
	if (sync->is_holdover)
		return RTC_SYNC_STATE_HOLDOVER;
	return RTC_SYNC_STATE_LOCKED;
}

/* The kernel's yes may be what a daemon has left behind. */
static enum rtc_sync_ntp ntp_of(const struct rtc_sync *sync)
{
	if (rtc_sync_owner_is_owned(&sync->owner))
		return RTC_SYNC_NTP_YES;
	if (sync->owner.look.kernel == RTC_SYNC_NTP_UNKNOWN)
		return RTC_SYNC_NTP_UNKNOWN;
	return RTC_SYNC_NTP_NO;
}

/* Let the world see where we are. */
static void publish(struct rtc_sync *sync)
{
	enum rtc_sync_state state = state_of(sync);
	struct rtc_sync_view view = {
		.state = state,
		.doubt = sync->is_refused ? RTC_SYNC_DOUBT_STEP :
					    sync->tracker.doubt,
		.has_window = rtc_sync_tracker_is_usable(&sync->tracker) &&
			      !is_off(sync),
		.window = sync->tracker.bound,
		.width_ns = rtc_sync_span_width(&sync->tracker.phase.window.edge_raw_ns),
		.line = sync->tracker.line,
		.drift = sync->drift,
		.has_rate = rtc_sync_learn_has_rate(&sync->proven),
		.has_trim = sync->has_trim,
		.trim_ppb = sync->trim_ppb,
		.ntp = ntp_of(sync),
		.rate_writes = sync->setting.rate_writes,
		.slew_ppb = sync->slew.freq_ppb,
		.last_sync_ns = sync->last_sync_ns,
		.stats = sync->stats,
		.counts = sync->tracker.counts,
	};

	spin_lock(&sync->lock);
	sync->view = view;
	spin_unlock(&sync->lock);

	if (state != sync->state) {
		sync->state = state;
		rtc_sync_sysfs_tell(sync, state);
		trace_rtc_sync_state(&sync->rtc->dev, state, view.doubt);
	}
}

static void take_config(struct rtc_sync *sync)
{
	struct rtc_sync_config *setting = &sync->setting;
	bool was_off = is_off(sync);
	struct rtc_sync_config config;

	spin_lock(&sync->lock);
	config = sync->config;
	spin_unlock(&sync->lock);

	if (config.interval_s != setting->interval_s)
		rtc_sync_tracker_set_interval(&sync->tracker, config.interval_s);
	if (config.rate_writes != setting->rate_writes) {
		rtc_sync_drift_set_rate(&sync->drift, config.rtc_rate_ppb, 0,
					sync->tracker.phase.window.sec * NSEC_PER_SEC);
		rtc_sync_drift_set_rate(&sync->known.drift, config.rtc_rate_ppb, 0,
					sync->known.window.sec * NSEC_PER_SEC);
		rtc_sync_learn_seed(&sync->learn, config.rtc_rate_ppb);
		sync->proven = sync->learn;
	}
	*setting = config;

	if (was_off && !is_off(sync))
		rtc_sync_tracker_restart(&sync->tracker);
	rtc_sync_standby_look(sync);
	if (!rtc_sync_claim_clock(sync))
		sync->is_refused = false;
}

/*
 * Who was frozen may have been suspended. That stops CLOCK_MONOTONIC_RAW and not
 * the RTC, so what was known is void; and the system clock may have stood still
 * for long, so the next sync is like the first one after a boot.
 */
static void notice_suspend(struct rtc_sync *sync)
{
	if (!sync->was_frozen)
		return;
	sync->was_frozen = false;
	rtc_sync_tracker_was_asleep(&sync->tracker);
	sync->known.is_valid = false;
	sync->has_slept = true;
	sync->servo = (struct rtc_sync_servo) {};
}

static void take_trim(struct rtc_sync *sync)
{
	s32 by_ppb;

	spin_lock(&sync->lock);
	by_ppb = sync->trimmed_ppb;
	sync->trimmed_ppb = 0;
	spin_unlock(&sync->lock);

	rtc_sync_upkeep_was_trimmed(sync, by_ppb);
}

static void take_kicks(struct rtc_sync *sync)
{
	notice_suspend(sync);
	/* Before whatever else is said of the RTC's rate. */
	if (test_and_clear_bit(RTC_SYNC_KICK_TRIMMED, &sync->kicks))
		take_trim(sync);
	/* Before the clock is looked at. */
	if (test_and_clear_bit(RTC_SYNC_KICK_COMPANION, &sync->kicks))
		rtc_sync_companion_heed(sync);
	if (test_and_clear_bit(RTC_SYNC_KICK_CONFIG, &sync->kicks))
		take_config(sync);
	if (test_and_clear_bit(RTC_SYNC_KICK_RTC_SET, &sync->kicks)) {
		rtc_sync_standby_rtc_was_set(sync, true);
		rtc_sync_tracker_rtc_was_set(&sync->tracker);
		rtc_sync_owner_rtc_was_set(&sync->owner, ktime_get_raw_ns());
	}
	if (test_and_clear_bit(RTC_SYNC_KICK_TRIGGER, &sync->kicks)) {
		sync->is_ordered = !is_off(sync);
		rtc_sync_tracker_hurry(&sync->tracker, ktime_get_raw_ns());
	}
}

/**
 * rtc_sync_thread() - one RTC's thread
 * @data: struct rtc_sync
 *
 * Context: a kthread; sleeps; freezable.
 * Return: 0, to kthread_stop().
 */
int rtc_sync_thread(void *data)
{
	struct rtc_sync *sync = data;
	const struct rtc_sync_plan *plan;
	bool is_amid = false;
	s64 tend_raw_ns;

	/* A late wake-up blurs the reading; it is a fraction of a millisecond's work. */
	sched_set_fifo_low(current);
	set_freezable();

	while (!kthread_should_stop()) {
		is_amid = false;
		take_kicks(sync);
		publish(sync);

		if (is_off(sync)) {
			sleep_until(sync, NEVER_RAW_NS);
			continue;
		}
		plan = rtc_sync_tracker_plan(&sync->tracker, ktime_get_raw_ns());
		tend_raw_ns = rtc_sync_discipline_next_raw_ns(sync);
		if (tend_raw_ns < plan->start_raw_ns) {
			if (sleep_until(sync, tend_raw_ns))
				rtc_sync_discipline_tend(sync);
			continue;
		}
		is_amid = sleep_until(sync, plan->start_raw_ns);
		if (is_amid)
			read_rtc(sync, plan->kind);
	}
	if (!is_amid)
		rtc_sync_remember_end(sync);
	rtc_sync_release_clock(sync);
	if (sync->is_slew_left)
		dev_warn(&sync->rtc->dev, "the clock is left slewed by %lld ppb\n",
			 sync->slew.freq_ppb);
	return 0;
}
