// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: where there is no counter of ARM.
 */
#include "sim-time.h"

/**
 * sim_counter_exists() - is there a counter?
 *
 * Return: false.
 */
bool sim_counter_exists(void)
{
	return false;
}

/**
 * sim_counter_read() - what does it count?
 *
 * Return: 0.
 */
u64 sim_counter_read(void)
{
	return 0;
}
