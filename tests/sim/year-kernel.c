// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel under the engine's thread: while that sleeps, time passes on the board and
 * things happen; it is woken by a kick, by a suspend, or when its time has come.
 */
#include <string.h>

#include "../../drivers/rtc/sync/clock.h"

#include "year.h"

/* As far as world_sleep() may go at once, and nothing is missed */
#define HOP_NS		(5 * NS_PER_S)

/* Past this the kernel says itself that nobody keeps the clock. */
#define MAXERROR_MAX_US	16000000

struct year *year;
unsigned int kernel_log_lines;

s64 year_real_ns(void)
{
	return year->world.raw_ns + year->world.real_ns;
}

s64 year_utc_ns(void)
{
	return year->utc_base_ns + year->world.true_ns;
}

struct rtc_sync_instant rtc_sync_now(void)
{
	return (struct rtc_sync_instant) {
		.raw_ns = year->world.raw_ns,
		.real_ns = year_real_ns(),
		.was_set = year->kernel.was_set,
	};
}

s64 ktime_get_raw_ns(void)
{
	return year->world.raw_ns;
}

ktime_t ktime_get_clocktai(void)
{
	return year_real_ns() + 37 * NS_PER_S;
}

bool kthread_should_stop(void)
{
	return year->world.true_ns >= year->end_ns;
}

bool try_to_freeze(void)
{
	bool was_frozen = year->was_frozen;

	year->was_frozen = false;
	return was_frozen;
}

static bool is_woken(void)
{
	return year->sync.kicks || year->was_frozen || kthread_should_stop();
}

/* True time until an instant of the same oscillator's, nearly, and not beyond it */
static s64 true_left_ns(s64 raw_ns)
{
	s64 left_ns = raw_ns - year->world.raw_ns;

	left_ns -= rtc_sync_scale_ppb(left_ns, year->world.osc_ppb);
	return left_ns < 1 ? 1 : left_ns;
}

/* Timers go by CLOCK_MONOTONIC, which is slewed. */
void schedule_hrtimeout_range(const ktime_t *left, u64 slack_ns, int mode)
{
	s64 until_raw_ns = INT64_MAX;
	s64 hop_ns;

	if (left)
		until_raw_ns = year->world.raw_ns + *left -
			       rtc_sync_scale_ppb(*left, year->world.freq_ppb);
	while (year->world.raw_ns < until_raw_ns && !is_woken()) {
		hop_ns = left ? min(HOP_NS, true_left_ns(until_raw_ns)) : HOP_NS;
		world_sleep(&year->world, hop_ns);
		year_look();
		year_events();
	}
	world_sleep(&year->world, world_random(&year->world, year->world.wake_ns));
}

void rtc_sync_sysfs_tell(struct rtc_sync *sync, enum rtc_sync_state state)
{
	kernel_log_lines++;
	year->tally.states++;
}

static int clock_step(s64 delta_ns)
{
	/* Whole microseconds, where adjtimex() does it */
	if (year->is_builtin)
		delta_ns -= delta_ns % 1000;
	year->world.real_ns += delta_ns;
	year->kernel.was_set++;
	year_stepped(delta_ns);
	return 0;
}

static int clock_slew(struct rtc_sync *sync, s64 freq_ppb)
{
	year->world.freq_ppb = freq_ppb;
	year->kernel.known_freq_ppb = freq_ppb;
	year->tally.slews++;
	return 0;
}

static int clock_tell(struct rtc_sync *sync, s64 max_error_ns, s64 likely_error_ns)
{
	year->kernel.maxerror_us = max_error_ns / 1000 + 1;
	year->kernel.maxerror_raw_ns = year->world.raw_ns;
	return 0;
}

static void clock_look(struct rtc_sync *sync, struct rtc_sync_look *look)
{
	struct year_kernel *kernel = &year->kernel;
	s64 age_s = (year->world.raw_ns - kernel->maxerror_raw_ns) / NS_PER_S;

	if (year->world.freq_ppb != kernel->known_freq_ppb)
		kernel->moves++;
	kernel->known_freq_ppb = year->world.freq_ppb;
	look->was_moved = kernel->moves;
	look->maxerror_us = min(kernel->maxerror_us + 500 * age_s, (s64)MAXERROR_MAX_US);
	if (look->maxerror_us == MAXERROR_MAX_US)
		kernel->is_unsync = true;
	look->kernel = kernel->is_unsync ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_YES;
}

static void clock_disown(struct rtc_sync *sync)
{
	year->kernel.is_unsync = true;
}

static const struct rtc_sync_clock_ops builtin = {
	.step = clock_step,
	.slew = clock_slew,
	.tell = clock_tell,
	.look = clock_look,
	.disown = clock_disown,
};

static const struct rtc_sync_clock_ops module = {
	.step = clock_step,
};

const struct rtc_sync_clock_ops *rtc_sync_clock(struct rtc_sync *sync)
{
	return year->is_builtin ? &builtin : &module;
}

static int rtc_read(void *ctx, enum rtc_sync_read kind, struct rtc_sync_reading *reading)
{
	int ret = world_read(ctx, kind, reading);

	year->tally.fails += !!ret;
	return ret;
}

static int rtc_load(void *ctx, void *buf, size_t len)
{
	memcpy(buf, year->ram, len);
	return 0;
}

static int rtc_store(void *ctx, const void *buf, size_t len)
{
	memcpy(year->ram, buf, len);
	year->tally.stores++;
	return 0;
}

static int rtc_get_trim(void *ctx, s32 *ppb)
{
	*ppb = (s32)year->trim_ppb;
	return 0;
}

static int rtc_set_trim(void *ctx, s32 ppb)
{
	s64 is_ppb = (ppb >= 0 ? ppb + 50 : ppb - 50) / 100 * 100;

	year->tally.trims++;
	world_trim(&year->world, year->world.rtc_ppb + is_ppb - year->trim_ppb, 0);
	year->trim_ppb = is_ppb;
	return 0;
}

/* As of a DS3231 */
static const struct rtc_sync_trim rtc_trim = {
	.min_ppb = -12800, .max_ppb = 12700, .step_ppb = 100, .slack_percent = 30, .lag_s = 1,
};

/* What rtc_sync_attach() does, and then the thread until the year is over */
void year_run(void)
{
	struct rtc_sync_source source = world_source;
	struct rtc_sync *sync = &year->sync;

	source.read = rtc_read;
	source.load = rtc_load;
	source.store = rtc_store;
	if (year->sync.config.trims) {
		source.trim = &rtc_trim;
		source.get_trim = rtc_get_trim;
		source.set_trim = rtc_set_trim;
	}
	kernel_log_lines = 0;
	sync->rtc = &year->rtc;
	sync->source = &source;
	sync->source_ctx = &year->world;
	sync->setting = sync->config;
	sync->slew_end_raw_ns = S64_MAX;
	sync->recalls = RTC_SYNC_RECALLS;
	rtc_sync_tracker_init(&sync->tracker, &source, sync->config.interval_s,
			      RTC_SYNC_NOT_BEFORE_S);
	rtc_sync_thread(sync);
}
