// SPDX-License-Identifier: GPL-2.0-only
/*
 * The RTC's trim register, kept up for the time when the board is off. When to write
 * it is decided in trim.c, which is pure. Never urgent: it waits until a sync is done.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rtc.h>

#include "../compat.h"
#include "engine.h"

/* Somebody else has written the register; no error number. */
#define NOT_OURS	1

/* A millisecond each */
#define LOCK_TRIES	5

static void set_drift_rate(struct rtc_sync *sync,
			   const struct rtc_sync_retrim *change, s64 rtc_ns)
{
	struct rtc_sync_drift *drift = &sync->drift;
	s64 late_ns = rtc_sync_scale_ppb(change->lag_ns, change->by_ppb);

	rtc_sync_drift_set_rate(drift,
				clamp_t(s64, (s64)drift->rate_ppb + change->by_ppb,
					-RTC_SYNC_DRIFT_MAX_PPB, RTC_SYNC_DRIFT_MAX_PPB),
				min_t(s64, (s64)drift->rate_error_ppb + change->slack_ppb,
				      RTC_SYNC_DRIFT_MAX_PPB), rtc_ns);
	if (drift->has_begun)
		drift->gained_error_ns += abs(late_ns);
}

/* The RTC's own rate is another one: whoever knows the old one is told. */
static void change_rate(struct rtc_sync *sync, const struct rtc_sync_retrim *change)
{
	struct rtc_sync_instant now = rtc_sync_now();
	s64 rtc_ns = now.real_ns;	/* comes nearest to it */
	s64 error_ns;

	if (sync->tracker.has_phase)
		rtc_ns = rtc_sync_line_time_ns(&sync->tracker.line,
					       &sync->tracker.phase.window,
					       now.raw_ns, &error_ns);
	rtc_sync_tracker_was_trimmed(&sync->tracker, change, now.raw_ns);
	rtc_sync_learn_was_trimmed(&sync->learn, change, rtc_ns);
	rtc_sync_learn_was_trimmed(&sync->proven, change, rtc_ns);
	set_drift_rate(sync, change, rtc_ns);
	sync->known.is_valid = false;
	rtc_sync_standby_note(sync);
}

/* Lumps of before may still come while a change is on its way. */
static void set_blur(struct rtc_sync *sync)
{
	s64 blur_ns = rtc_sync_trim_blur_ns(sync->source->trim, sync->trim_ppb);

	if (blur_ns > sync->tracker.blur_ns ||
	    !rtc_sync_tracker_is_changing(&sync->tracker))
		rtc_sync_tracker_set_blur(&sync->tracker, blur_ns);
}

/* The register holds so much more, since just now. */
static void add_trim(struct rtc_sync *sync, s64 by_ppb)
{
	struct rtc_sync_retrim change = rtc_sync_trim_change(sync->source->trim, by_ppb);

	change_rate(sync, &change);
	rtc_sync_trim_note(&sync->trimming, ktime_get_raw_ns(), sync->learn.watched_s);
	sync->trim_ppb += by_ppb;
	if (sync->source->trim)
		set_blur(sync);
}

/*
 * Whoever sets the RTC holds its lock for a second or more: then the next time will do.
 * Whoever has just written the trim lets go at once.
 */
static bool lock_ops(struct rtc_sync *sync)
{
	int try;

	for (try = 0; try < LOCK_TRIES && !kthread_should_stop(); try++) {
		if (mutex_trylock(&sync->rtc->ops_lock))
			return true;
		usleep_range(1000, 1500);
	}
	return false;
}

static int get_trim(struct rtc_sync *sync, s32 *ppb)
{
	int ret;

	if (!lock_ops(sync))
		return -EAGAIN;
	ret = sync->source->get_trim(sync->source_ctx, ppb);
	mutex_unlock(&sync->rtc->ops_lock);
	if (ret && ret != -EAGAIN)
		sync->stats.trims_failed++;
	return ret;
}

/* What it holds, if nobody has said so yet, or a write may have failed or not. */
static void read_trim(struct rtc_sync *sync)
{
	s32 ppb;

	if (!sync->source->trim || (sync->has_trim && !sync->is_trim_unsure) ||
	    get_trim(sync, &ppb))
		return;
	if (sync->is_trim_unsure)
		add_trim(sync, (s64)ppb - sync->trim_ppb);
	sync->has_trim = true;
	sync->is_trim_unsure = false;
	sync->trim_ppb = ppb;
	set_blur(sync);
}

/*
 * Under one lock with the RTC core's set_offset: what changes is our doing. Somebody
 * who has written the register before, and not said so, is let have his way: that
 * was learned with the rest.
 */
static int set_trim(struct rtc_sync *sync, s32 ppb, s32 *is_ppb)
{
	const struct rtc_sync_source *source = sync->source;
	int set_ret;
	int ret;

	if (!lock_ops(sync))
		return -EAGAIN;
	ret = source->get_trim(sync->source_ctx, is_ppb);
	if (ret)
		goto out_unlock;
	if (*is_ppb != sync->trim_ppb) {
		if (!test_bit(RTC_SYNC_KICK_TRIMMED, &sync->kicks))
			sync->trim_ppb = *is_ppb;
		ret = NOT_OURS;
		goto out_unlock;
	}
	set_ret = source->set_trim(sync->source_ctx, ppb);
	/* Also after an error: it may have come after the write. */
	sync->is_trim_unsure = source->get_trim(sync->source_ctx, is_ppb);
	ret = set_ret;

out_unlock:
	mutex_unlock(&sync->rtc->ops_lock);
	return ret;
}

/* It may hold what it held, or what was to be written. */
static void doubt_trim(struct rtc_sync *sync, s64 by_ppb)
{
	struct rtc_sync_retrim either = { .slack_ppb = abs(by_ppb) };

	change_rate(sync, &either);
}

static void write_trim(struct rtc_sync *sync, s32 ppb)
{
	s32 old_ppb = sync->trim_ppb;
	s32 is_ppb = old_ppb;
	int ret;

	ret = set_trim(sync, ppb, &is_ppb);
	if (ret == -EAGAIN && is_ppb == old_ppb && !sync->is_trim_unsure)
		return;
	rtc_sync_trim_note(&sync->trimming, ktime_get_raw_ns(), sync->learn.watched_s);
	if (ret == NOT_OURS)
		return;
	if (ret && !sync->stats.trims_failed++)
		dev_warn(&sync->rtc->dev, "the RTC can't be trimmed: %d\n", ret);
	if (sync->is_trim_unsure) {
		doubt_trim(sync, (s64)ppb - old_ppb);
	} else if (is_ppb != old_ppb) {
		add_trim(sync, (s64)is_ppb - old_ppb);
		sync->stats.trims++;
		dev_info(&sync->rtc->dev, "trimmed from %d to %d ppb\n", old_ppb,
			 is_ppb);
	}
}

static void trim(struct rtc_sync *sync)
{
	struct rtc_sync_learned learned = {
		.raw_ns = ktime_get_raw_ns(),
		.rate_ppb = rtc_sync_learn_rate_ppb(&sync->learn),
		.error_ppb = rtc_sync_learn_proof_ppb(&sync->learn),
		.watched_s = sync->learn.watched_s,
		.trim_ppb = sync->trim_ppb,
	};
	s32 ppb;

	/* Not from memory, nor by anybody's word, nor when NTP's own word is old. */
	if (!sync->setting.trims || !sync->has_trim || sync->is_trim_unsure ||
	    !rtc_sync_learn_has_watched(&sync->learn) ||
	    !rtc_sync_learn_has_anchor(&sync->learn) ||
	    !rtc_sync_owner_is_sure(&sync->owner) ||
	    rtc_sync_tracker_is_changing(&sync->tracker))
		return;
	if (rtc_sync_trim_is_due(sync->source->trim, &sync->trimming, &learned, &ppb))
		write_trim(sync, ppb);
}

/**
 * rtc_sync_upkeep_begin() - the chip has answered with a full reading
 * @sync: the instance
 *
 * Once its date is believed, the register is read and the RAM; later this does
 * nothing.
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_upkeep_begin(struct rtc_sync *sync)
{
	if (!sync->tracker.has_phase || sync->tracker.doubt != RTC_SYNC_DOUBT_NONE)
		return;
	read_trim(sync);
	/* What was remembered was true of the trim as it was then. */
	if ((!sync->source->trim || sync->has_trim) && !kthread_should_stop())
		rtc_sync_remember_begin(sync);
}

/**
 * rtc_sync_upkeep() - a sync is done: see to the chip's own register and RAM
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_upkeep(struct rtc_sync *sync)
{
	read_trim(sync);
	if (sync->has_trim)
		set_blur(sync);
	/* Each of these may take a transfer, or wait for who sets the RTC. */
	if (!kthread_should_stop())
		trim(sync);
	if (!kthread_should_stop())
		rtc_sync_remember(sync);
}

/**
 * rtc_sync_upkeep_was_trimmed() - somebody has trimmed the RTC
 * @sync: the instance
 * @by_ppb: it is faster by this, ppb
 *
 * Context: the thread.
 */
void rtc_sync_upkeep_was_trimmed(struct rtc_sync *sync, s32 by_ppb)
{
	add_trim(sync, by_ppb);
	/* It may have been read already as it is now. */
	sync->has_trim = false;
	if (sync->setting.mode != RTC_SYNC_MODE_OFF && sync->tracker.has_phase)
		read_trim(sync);
}
