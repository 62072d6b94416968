/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What ownclock.c tells of a program's own clock, in a file that is mapped.
 */
#ifndef OWNCLOCK_H
#define OWNCLOCK_H

#include <stdint.h>

/* A straight line over the board's counter, from the last change on */
struct own_clock {
	volatile uint32_t changes;	/* odd: it is being changed */
	uint64_t since_ticks;
	int64_t since_ns;		/* what it showed then, since 1970 */
	double rate;			/* 1: right */
};

static inline int64_t own_clock_ns(const struct own_clock *own, uint64_t ticks, double hz)
{
	return own->since_ns + (int64_t)((double)(ticks - own->since_ticks) / hz * 1e9 * own->rate);
}

#endif
