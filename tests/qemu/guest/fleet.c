// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print how wrong the clocks of a server and of its clients are.
 *
 * usage: fleet PERIOD_MS COUNT BASE_EPOCH FREQ_HZ FILE...
 *
 * The server's clock is the system clock; each FILE tells of a client's, see
 * ../fleet/ownclock.h. COUNT lines: "@@F err_ns=SERVER'S,CLIENT'S,...", against the truth.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../fleet/ownclock.h"
#include "clock.h"

#define NS_PER_MS	1000000
#define FIRST_FILE	5
#define CLIENTS_MAX	8

static struct own_clock *map(const char *name)
{
	int fd = open(name, O_RDONLY);
	struct own_clock *own = fd < 0 ? MAP_FAILED :
		mmap(NULL, sizeof(*own), PROT_READ, MAP_SHARED, fd, 0);

	if (own == MAP_FAILED) {
		perror(name);
		exit(1);
	}
	close(fd);
	return own;
}

static int64_t client_error_ns(const struct own_clock *shared, int64_t base_s, uint64_t hz)
{
	struct own_clock own;
	uint64_t ticks;

	do {
		own = *shared;
		ticks = counter();
	} while (own.changes % 2 || own.changes != shared->changes);
	return own_clock_ns(&own, ticks, (double)hz) - base_s * NSEC_PER_SEC - ticks_to_ns(ticks, hz);
}

int main(int argc, char **argv)
{
	struct own_clock *clients[CLIENTS_MAX];
	struct timespec start;
	long long period_ns;
	int64_t base_s;
	uint64_t hz;
	long count;

	if (argc <= FIRST_FILE || argc > FIRST_FILE + CLIENTS_MAX || atoll(argv[4]) <= 0) {
		fprintf(stderr, "usage: fleet PERIOD_MS COUNT BASE_EPOCH FREQ_HZ FILE...\n");
		return 2;
	}
	period_ns = atoll(argv[1]) * NS_PER_MS;
	count = atol(argv[2]);
	base_s = atoll(argv[3]);
	hz = (uint64_t)atoll(argv[4]);
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (int file = FIRST_FILE; file < argc; file++)
		clients[file - FIRST_FILE] = map(argv[file]);
	for (long i = 1; i <= count; i++) {
		sleep_periods(&start, period_ns, i);
		printf("@@F err_ns=%" PRId64, clock_error(base_s, hz).error_ns);
		for (int client = 0; client < argc - FIRST_FILE; client++)
			printf(",%" PRId64, client_error_ns(clients[client], base_s, hz));
		printf("\n");
		fflush(stdout);
	}
	return 0;
}
