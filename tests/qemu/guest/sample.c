// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print how wrong the system clock of an emulated board is, and what rtc-sync says.
 *
 * usage: sample PERIOD_MS COUNT BASE_EPOCH FREQ_HZ SYNCDIR [SHIFT_S]
 *                       COUNT lines "@@S ..."; sets the clock wrong before the first
 *        sample cntvct                                        the counter
 *        sample cntfrq                                        its frequency
 *        sample steps  a line "@@STEP COUNTER" each time that the clock is set, for ever
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

/* A sample during which the RTC was read, or the clock set, is taken again */
#define SAMPLE_TRIES	3

static const char * const attributes[] = {
	"state", "offset_ns", "error_ns", "freq_ppb", "stats/reads_short",
	"stats/reads_full", "stats/window_ns", "stats/steps", "ntp",
};

static uint32_t counter_hz(void)
{
	uint32_t hz;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz));
	return hz;
}

static void print_clock(FILE *out, int64_t base_s, uint64_t hz)
{
	struct clock_error found = clock_error(base_s, hz);

	fprintf(out, "@@S true=%" PRId64 ".%09" PRId64 " err_ns=%" PRId64 " read_ns=%" PRId64,
		found.true_ns / NSEC_PER_SEC, found.true_ns % NSEC_PER_SEC, found.error_ns,
		found.width_ns);
}

/* How far the clock is ahead of the one that nobody steers, and what it is told to do */
static void print_steering(FILE *out)
{
	struct timex state = { .modes = 0 };
	struct timespec mono, raw;

	clock_gettime(CLOCK_MONOTONIC, &mono);
	clock_gettime(CLOCK_MONOTONIC_RAW, &raw);
	fprintf(out, " mono_raw_ns=%" PRId64, timespec_to_ns(&mono) - timespec_to_ns(&raw));
	if (adjtimex(&state) < 0)
		return;
	fprintf(out, " steering_ppb=%" PRId64, steering_ppb(&state));
}

static void read_attribute(const char *dir, const char *name, char *value, size_t size)
{
	char path[256];
	FILE *file;

	value[0] = '\0';
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "r");
	if (!file)
		return;
	if (!fgets(value, (int)size, file))
		value[0] = '\0';
	fclose(file);
	value[strcspn(value, " \n")] = '\0';
}

static void print_attribute(FILE *out, const char *dir, const char *name)
{
	const char *slash = strrchr(name, '/');
	char value[64];

	read_attribute(dir, name, value, sizeof(value));
	fprintf(out, " %s=%s", slash ? slash + 1 : name, value[0] ? value : "-");
}

static void shift_clock(int shift_s)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += shift_s;
	if (clock_settime(CLOCK_REALTIME, &now))
		perror("clock_settime");
}

/* Changes whenever what is said of the clock changes by more than time passes. */
static void read_generation(const char *dir, char generation[3][64])
{
	read_attribute(dir, "stats/steps", generation[0], sizeof(generation[0]));
	read_attribute(dir, "stats/reads_short", generation[1], sizeof(generation[1]));
	read_attribute(dir, "stats/reads_full", generation[2], sizeof(generation[2]));
}

/* The clock first, then what is said of it: false if that has changed in between. */
static bool print_sample(FILE *out, int64_t base_s, uint64_t hz, const char *dir)
{
	char before[3][64] = {}, after[3][64] = {};

	read_generation(dir, before);
	print_clock(out, base_s, hz);
	print_steering(out);
	for (size_t a = 0; a < sizeof(attributes) / sizeof(attributes[0]); a++)
		print_attribute(out, dir, attributes[a]);
	read_generation(dir, after);
	return !memcmp(before, after, sizeof(before));
}

static void sample(int64_t period_ns, long count, int64_t base_s, uint64_t hz,
		   const char *dir, int shift_s)
{
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; i < count; i++) {
		bool is_whole = false;

		sleep_periods(&start, period_ns, i);
		if (shift_s && !i)
			shift_clock(shift_s);
		for (int n = 0; n < SAMPLE_TRIES && !is_whole; n++) {
			char line[1024] = "";
			FILE *out = fmemopen(line, sizeof(line), "w");

			/* The one that shows the clock wrong is taken as it comes */
			is_whole = print_sample(out, base_s, hz, dir) || (shift_s && !i);
			fclose(out);
			if (is_whole || n == SAMPLE_TRIES - 1)
				puts(line);
		}
		fflush(stdout);
	}
}

/* A timer that is far off and wants to know: it is cancelled by each step, never by a slew. */
static int tell_steps(void)
{
	struct itimerspec never = { .it_value = { .tv_sec = INT_MAX } };
	int timer = timerfd_create(CLOCK_REALTIME, 0);
	uint64_t expired;

	if (timer < 0 || timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET,
					 &never, NULL)) {
		perror("timerfd");
		return 1;
	}
	while (read(timer, &expired, sizeof(expired)) < 0 && errno == ECANCELED) {
		printf("@@STEP %" PRIu64 "\n", counter());
		fflush(stdout);
	}
	perror("timerfd");
	return 1;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "cntvct")) {
		printf("%" PRIu64 "\n", counter());
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "cntfrq")) {
		printf("%" PRIu32 "\n", counter_hz());
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "steps"))
		return tell_steps();
	if (argc < 6 || argc > 7 || atoll(argv[4]) <= 0) {
		fprintf(stderr, "usage: sample PERIOD_MS COUNT BASE_EPOCH FREQ_HZ SYNCDIR [SHIFT_S]\n");
		return 2;
	}
	sample(atoll(argv[1]) * 1000000, atol(argv[2]), atoll(argv[3]),
	       (uint64_t)atoll(argv[4]), argv[5], argc == 7 ? atoi(argv[6]) : 0);
	return 0;
}
