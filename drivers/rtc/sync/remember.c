// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was learned, kept in the RTC's own RAM over a power cut, where the device tree
 * allows it. As what, and how far it is believed, is decided in memory.c, which is
 * pure.
 */
#include <linux/device.h>
#include <linux/rtc.h>

#include "../compat.h"
#include "engine.h"

/* RAM does not wear, but the bus is not ours alone. */
#define STORE_REST_NS	(6 * 3600LL * NSEC_PER_SEC)

/*
 * How far another boot's oscillator may be from what it was: it was warm then, and is
 * cold now. No more than a guess; the tracker proves what it finds by it, or drops it.
 */
#define REBOOT_PPB	50000

/* From the line, which is most likely, to the further end of what is possible. */
static void remember_freq(const struct rtc_sync *sync, struct rtc_sync_memory *memory)
{
	const struct rtc_sync_span *period_ppb = &sync->tracker.phase.window.period_ppb;
	s64 freq_ppb = rtc_sync_line_freq_ppb(&sync->tracker.line);
	s64 error_ppb = max(period_ppb->hi + freq_ppb, -freq_ppb - period_ppb->lo) + 1;

	memory->freq_error_ppb = RTC_SYNC_MEMORY_NO_FREQ;
	if (!rtc_sync_tracker_is_settled(&sync->tracker) ||
	    error_ppb >= RTC_SYNC_MEMORY_NO_FREQ)
		return;
	memory->freq_ppb = freq_ppb;
	memory->freq_error_ppb = error_ppb;
}

static bool remember(const struct rtc_sync *sync, struct rtc_sync_memory *memory)
{
	const struct rtc_sync_learn *learn = &sync->learn;

	/* What was only remembered is not made younger by remembering it again. */
	if (!rtc_sync_learn_has_watched(learn) || !learn->rtc_ns ||
	    sync->is_trim_unsure || (sync->source->trim && !sync->has_trim))
		return false;
	*memory = (struct rtc_sync_memory) {
		.rtc_s = div_s64(learn->rtc_ns, NSEC_PER_SEC),
		.rate_ppb = rtc_sync_learn_rate_ppb(learn),
		.error_ppb = rtc_sync_learn_error_ppb(learn),
		.watched_s = learn->watched_s,
		.trim_ppb = sync->trim_ppb,
	};
	remember_freq(sync, memory);
	return memory->error_ppb <= RTC_SYNC_MEMORY_ERROR_MAX_PPB;
}

static bool can_store(const struct rtc_sync *sync)
{
	return sync->setting.stores && sync->source->load && sync->source->store &&
	       !sync->recalls;
}

static void store(struct rtc_sync *sync, s64 rest_ns)
{
	u8 bytes[RTC_SYNC_MEMORY_BYTES];
	struct rtc_sync_memory memory;
	s64 raw_ns = ktime_get_raw_ns();
	int ret;

	if (!can_store(sync) || !remember(sync, &memory) ||
	    (sync->stored_raw_ns && raw_ns - sync->stored_raw_ns < rest_ns) ||
	    (sync->has_stored && !rtc_sync_memory_is_news(&memory, &sync->stored)))
		return;
	rtc_sync_memory_encode(&memory, bytes);
	ret = sync->source->store(sync->source_ctx, bytes, sizeof(bytes));
	/* Who sets the RTC keeps the chip for a second: the next time will do. */
	if (ret == -EAGAIN)
		return;
	sync->stored_raw_ns = raw_ns;
	if (ret) {
		sync->stats.stores_failed++;
		return;
	}
	sync->stats.stores++;
	sync->stored = memory;
	sync->has_stored = true;
}

/* What the oscillator was before the boot it is again, nearly. */
static void recall_freq(struct rtc_sync *sync, const struct rtc_sync_memory *memory,
			s32 trimmed_ppb)
{
	s64 error_ppb = (s64)memory->freq_error_ppb + REBOOT_PPB;
	s64 period_ppb = -((s64)memory->freq_ppb + trimmed_ppb);
	struct rtc_sync_span span_ppb = {
		.lo = period_ppb - error_ppb,
		.hi = period_ppb + error_ppb,
	};

	if (memory->freq_error_ppb != RTC_SYNC_MEMORY_NO_FREQ)
		rtc_sync_tracker_know_period(&sync->tracker, &span_ppb);
}

static void recall_rate(struct rtc_sync *sync, const struct rtc_sync_memory *memory,
			const struct rtc_sync_retrim *change)
{
	s32 rate_ppb = clamp_t(s64, (s64)memory->rate_ppb + change->by_ppb,
			       -RTC_SYNC_DRIFT_MAX_PPB, RTC_SYNC_DRIFT_MAX_PPB);
	s32 error_ppb = memory->error_ppb + change->slack_ppb;

	/* Who has said it since has the last word; who has learned it knows better. */
	if (sync->setting.rate_writes || rtc_sync_learn_has_watched(&sync->learn))
		return;
	rtc_sync_learn_recall(&sync->learn, rate_ppb, error_ppb, memory->watched_s);
	sync->proven = sync->learn;
	rtc_sync_drift_set_rate(&sync->drift, rate_ppb, error_ppb,
				sync->tracker.phase.window.sec * NSEC_PER_SEC);
	dev_info(&sync->rtc->dev, "it gains %d ppb, as its memory has it, within %d\n",
		 rate_ppb, error_ppb);
}

static void recall(struct rtc_sync *sync)
{
	u8 bytes[RTC_SYNC_MEMORY_BYTES];
	struct rtc_sync_memory memory;
	struct rtc_sync_retrim change;

	if (sync->source->load(sync->source_ctx, bytes, sizeof(bytes))) {
		sync->stats.stores_failed++;
		sync->recalls--;
		return;
	}
	sync->recalls = 0;
	if (!rtc_sync_memory_decode(&memory, bytes, sync->tracker.phase.window.sec))
		return;
	change = rtc_sync_trim_change(sync->source->trim,
				      (s64)sync->trim_ppb - memory.trim_ppb);
	recall_freq(sync, &memory, change.by_ppb);
	recall_rate(sync, &memory, &change);
	sync->stored = memory;
	sync->has_stored = true;
}

/**
 * rtc_sync_remember_begin() - the RTC's date is believed: what was kept until now?
 * @sync: the instance
 *
 * Once; later this does nothing.
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_remember_begin(struct rtc_sync *sync)
{
	if (!sync->recalls)
		return;
	if (sync->setting.stores && sync->source->load)
		recall(sync);
	else
		sync->recalls = 0;
}

/**
 * rtc_sync_remember() - keep what was learned, if it is time for that
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_remember(struct rtc_sync *sync)
{
	store(sync, STORE_REST_NS);
}

/**
 * rtc_sync_remember_end() - the thread ends: keep what is not kept yet
 * @sync: the instance
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_remember_end(struct rtc_sync *sync)
{
	/* A bus that fails may take a second for it, and it would be in vain. */
	if (!sync->tracker.failures)
		store(sync, 0);
}
