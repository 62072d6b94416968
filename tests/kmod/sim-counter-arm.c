// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the counter of ARM, which keeps the truth on emulated boards.
 */
#include <clocksource/arm_arch_timer.h>

#include "sim-time.h"

/**
 * sim_counter_exists() - is there a counter?
 *
 * Return: true.
 */
bool sim_counter_exists(void)
{
	return true;
}

/**
 * sim_counter_read() - what does it count?
 *
 * Context: any.
 * Return: its ticks.
 */
u64 sim_counter_read(void)
{
	return arch_timer_read_counter();
}
