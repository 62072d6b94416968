// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print how wrong the system clock of an emulated board is, and what rtc-sync says.
 *
 * usage: sample PERIOD_MS COUNT BASE_EPOCH FREQ_HZ SYNCDIR [SHIFT_S]
 *                       COUNT lines "@@S ..."; sets the clock wrong before the first
 *        sample cntvct                                        the counter
 *        sample cntfrq                                        its frequency
 *
 * The RTC and the counter of the board are driven by one clock that starts at 0
 * when the RTC is at BASE_EPOCH, so the true time is BASE_EPOCH + CNTVCT / FREQ_HZ.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NSEC_PER_SEC	INT64_C(1000000000)

/* The best of so many readings: any of them may be interrupted */
#define SANDWICHES	5

/* A sample during which the clock was set is taken again */
#define SAMPLE_TRIES	3

static const char * const attributes[] = {
	"state", "offset_ns", "error_ns", "freq_ppb", "stats/reads_short",
	"stats/reads_full", "stats/window_ns", "stats/steps",
};

static uint64_t counter(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks) : : "memory");
	return ticks;
}

static uint32_t counter_hz(void)
{
	uint32_t hz;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz));
	return hz;
}

static int64_t ticks_to_ns(uint64_t ticks, uint64_t hz)
{
	return (int64_t)(ticks / hz) * NSEC_PER_SEC +
	       (int64_t)(ticks % hz * (uint64_t)NSEC_PER_SEC / hz);
}

static int64_t timespec_to_ns(const struct timespec *ts)
{
	return (int64_t)ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
}

static void print_clock(FILE *out, int64_t base_s, uint64_t hz)
{
	uint64_t middle = 0, shortest = UINT64_MAX;
	int64_t true_ns, system_ns = 0;

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
	true_ns = base_s * NSEC_PER_SEC + ticks_to_ns(middle, hz);
	fprintf(out, "@@S true=%" PRId64 ".%09" PRId64 " err_ns=%" PRId64 " read_ns=%" PRId64,
	       true_ns / NSEC_PER_SEC, true_ns % NSEC_PER_SEC, system_ns - true_ns,
	       ticks_to_ns(shortest, hz));
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

/* The clock first, then what is said of it: false if it was set in between. */
static bool print_sample(FILE *out, int64_t base_s, uint64_t hz, const char *dir)
{
	char before[64], after[64];

	read_attribute(dir, "stats/steps", before, sizeof(before));
	print_clock(out, base_s, hz);
	for (size_t a = 0; a < sizeof(attributes) / sizeof(attributes[0]); a++)
		print_attribute(out, dir, attributes[a]);
	read_attribute(dir, "stats/steps", after, sizeof(after));
	return !strcmp(before, after);
}

static void sample(int64_t period_ns, long count, int64_t base_s, uint64_t hz,
		   const char *dir, int shift_s)
{
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; i < count; i++) {
		int64_t next_ns = timespec_to_ns(&start) + i * period_ns;
		struct timespec next = {
			.tv_sec = next_ns / NSEC_PER_SEC,
			.tv_nsec = next_ns % NSEC_PER_SEC,
		};
		bool is_whole = false;

		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
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
	if (argc < 6 || argc > 7 || atoll(argv[4]) <= 0) {
		fprintf(stderr, "usage: sample PERIOD_MS COUNT BASE_EPOCH FREQ_HZ SYNCDIR [SHIFT_S]\n");
		return 2;
	}
	sample(atoll(argv[1]) * 1000000, atol(argv[2]), atoll(argv[3]),
	       (uint64_t)atoll(argv[4]), argv[5], argc == 7 ? atoi(argv[6]) : 0);
	return 0;
}
