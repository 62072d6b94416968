/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A board in virtual time: an RTC, an oscillator, a bus and a scheduler whose
 * truth is known, for the PURE files to be tried on.
 */
#ifndef TESTS_SIM_WORLD_H
#define TESTS_SIM_WORLD_H

#include <linux/types.h>

#include "../../drivers/rtc/rtc-sync.h"

/**
 * struct world - truth and hardware
 * @true_ns: true time, ns since an arbitrary start
 * @raw_ns: CLOCK_MONOTONIC_RAW at @true_ns, ns
 * @raw_rest: what rounding left of @raw_ns, 10^-9 ns
 * @real_ns: what the system clock shows at @true_ns less @raw_ns, ns
 * @freq_ppb: what the system clock gains on CLOCK_MONOTONIC_RAW
 * @freq_rest: what rounding left of @real_ns, 10^-9 ns
 * @osc_ppb: rate of the oscillator against the truth, now
 * @osc_mean_ppb: its mean
 * @swing_ppb: amplitude of its day-night swing
 * @rtc_s: the second the RTC showed at @true_ns 0
 * @rtc_phase_ns: how far into that second it was
 * @rtc_ppb: rate of the RTC against the truth
 * @lump_ppb: and by this in lumps
 * @lump_s: of so many seconds; 0: none
 * @rtc_stuck: it shows @stuck_s for ever; the truth goes on
 * @stuck_s: see @rtc_stuck
 * @fail_percent: readings that end in -EIO
 * @garbage_percent: readings that show a random second
 * @setup_ns: before the START reaches the wire
 * @byte_ns: one byte on the wire
 * @completion_ns: from the STOP to the reader running again
 * @jitter_ns: up to this much more of @setup_ns and @completion_ns each
 * @wake_ns: up to this late a sleeper wakes
 * @rng: state of the generator
 * @transfers: readings done, by kind
 */
struct world {
	s64 true_ns;
	s64 raw_ns;
	s64 raw_rest;
	s64 real_ns;
	s64 freq_ppb;
	s64 freq_rest;
	s64 osc_ppb;
	s64 osc_mean_ppb;
	s64 swing_ppb;
	time64_t rtc_s;
	s64 rtc_phase_ns;
	s64 rtc_ppb;
	s64 lump_ppb;
	s64 lump_s;
	bool rtc_stuck;
	time64_t stuck_s;
	s64 fail_percent;
	s64 garbage_percent;
	s64 setup_ns;
	s64 byte_ns;
	s64 completion_ns;
	s64 jitter_ns;
	s64 wake_ns;
	u64 rng;
	u32 transfers[RTC_SYNC_READ_KINDS];
};

extern const struct rtc_sync_source world_source;

void world_init(struct world *world, u64 seed);
s64 world_random(struct world *world, s64 below);
void world_sleep(struct world *world, s64 ns);
void world_sleep_until_raw(struct world *world, s64 raw_ns);
s64 world_rtc_ns(const struct world *world);
void world_trim(struct world *world, s64 rtc_ppb, s64 lump_ppb);
int world_read(void *ctx, enum rtc_sync_read kind,
	       struct rtc_sync_reading *reading);

#endif /* TESTS_SIM_WORLD_H */
