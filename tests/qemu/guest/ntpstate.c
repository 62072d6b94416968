// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print what the kernel's NTP code holds, by adjtimex(2), and how wrong the clock is.
 *
 * usage: ntpstate PERIOD_MS COUNT BASE_EPOCH FREQ_HZ        COUNT lines "@@N ..."
 *
 * freq_ppb is the correction in force: the tick's and the frequency's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/timex.h>

#include "clock.h"

static void print_state(int64_t base_s, uint64_t hz)
{
	struct clock_error found = clock_error(base_s, hz);
	struct timex state = { .modes = 0 };

	if (adjtimex(&state) < 0) {
		perror("adjtimex");
		exit(1);
	}
	printf("@@N true_ns=%" PRId64 " err_ns=%" PRId64 " status=%d unsync=%d freq_ppb=%" PRId64
	       " tick_us=%ld offset=%ld maxerror_us=%ld esterror_us=%ld\n",
	       found.true_ns, found.error_ns, state.status, !!(state.status & STA_UNSYNC),
	       steering_ppb(&state), (long)state.tick, (long)state.offset, (long)state.maxerror,
	       (long)state.esterror);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct timespec start;

	if (argc != 5 || atoll(argv[4]) <= 0) {
		fprintf(stderr, "usage: ntpstate PERIOD_MS COUNT BASE_EPOCH FREQ_HZ\n");
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; i < atol(argv[2]); i++) {
		sleep_periods(&start, atoll(argv[1]) * 1000000, i);
		print_state(atoll(argv[3]), (uint64_t)atoll(argv[4]));
	}
	return 0;
}
