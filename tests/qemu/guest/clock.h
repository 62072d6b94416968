/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The truth on an emulated board, and the system clock, for guest programs.
 *
 * The RTC and the counter of the board are driven by one clock that starts at 0
 * when the RTC is at a base epoch, so the true time is base + CNTVCT / frequency.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <sys/timex.h>
#include <time.h>

#define NSEC_PER_SEC	INT64_C(1000000000)

/* The best of so many readings: any of them may be interrupted */
#define SANDWICHES	5

/* A tick longer by 1 us in 10 ms is 100 ppm */
#define TICK_US		10000
#define PPB_PER_TICK_US	100000

/* One comparison of the system clock with the truth */
struct clock_error {
	int64_t true_ns;	/* since 1970 */
	int64_t error_ns;	/* system time - true time */
	int64_t width_ns;	/* within which the system clock was read */
};

static inline uint64_t counter(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks) : : "memory");
	return ticks;
}

static inline int64_t ticks_to_ns(uint64_t ticks, uint64_t hz)
{
	return (int64_t)(ticks / hz) * NSEC_PER_SEC +
	       (int64_t)(ticks % hz * (uint64_t)NSEC_PER_SEC / hz);
}

static inline int64_t timespec_to_ns(const struct timespec *ts)
{
	return (int64_t)ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
}

static inline struct clock_error clock_error(int64_t base_s, uint64_t hz)
{
	uint64_t middle = 0, shortest = UINT64_MAX;
	struct clock_error found;
	int64_t system_ns = 0;

	for (int i = 0; i < SANDWICHES; i++) {
		struct timespec now;
		uint64_t before = counter(), after;

		clock_gettime(CLOCK_REALTIME, &now);
		after = counter();
		if (after - before < shortest) {
			shortest = after - before;
			middle = before + shortest / 2;
			system_ns = timespec_to_ns(&now);
		}
	}
	found.true_ns = base_s * NSEC_PER_SEC + ticks_to_ns(middle, hz);
	found.error_ns = system_ns - found.true_ns;
	found.width_ns = ticks_to_ns(shortest, hz);
	return found;
}

/* What the kernel is told to add to the clock's rate: by its frequency and by its tick */
static inline int64_t steering_ppb(const struct timex *state)
{
	/* The frequency is in ppm, with 16 binary places */
	return (int64_t)state->freq * 1000 / 65536 + (state->tick - TICK_US) * PPB_PER_TICK_US;
}

/* Sleep until so many periods after a start on CLOCK_MONOTONIC */
static inline void sleep_periods(const struct timespec *start, int64_t period_ns, long periods)
{
	int64_t next_ns = timespec_to_ns(start) + periods * period_ns;
	struct timespec next = {
		.tv_sec = next_ns / NSEC_PER_SEC,
		.tv_nsec = next_ns % NSEC_PER_SEC,
	};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
}

#endif
