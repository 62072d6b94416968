// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the simulation's time.
 *
 * It is CLOCK_MONOTONIC_RAW, or the ARM counter itself: that is the truth where
 * Linux is told a wrong frequency of it, or goes by rtc-sync-wander.
 */
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/time64.h>

#include "sim-time.h"

static uint counter_hz;
module_param(counter_hz, uint, 0444);
MODULE_PARM_DESC(counter_hz, "go by the ARM counter, of this true frequency; 0, or where there is none: by CLOCK_MONOTONIC_RAW");

static u64 tick_ns_q32;

/**
 * sim_time_init() - choose what time it is
 */
void sim_time_init(void)
{
	if (counter_hz && sim_counter_exists())
		tick_ns_q32 = div_u64((u64)NSEC_PER_SEC << 32, counter_hz);
}

/**
 * sim_time_is_true() - is it the counter's?
 *
 * Return: whether it is.
 */
bool sim_time_is_true(void)
{
	return tick_ns_q32;
}

/**
 * sim_now_ns() - what time is it?
 *
 * Context: any.
 * Return: ns since the counter's 0, or CLOCK_MONOTONIC_RAW.
 */
s64 sim_now_ns(void)
{
	if (!tick_ns_q32)
		return ktime_get_raw_ns();
	return mul_u64_u64_shr(sim_counter_read(), tick_ns_q32, 32);
}
