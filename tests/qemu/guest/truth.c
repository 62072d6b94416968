// SPDX-License-Identifier: GPL-2.0-only
/*
 * Play the reference of an NTP server: tell chronyd the truth once a second.
 *
 * usage: truth SOCKET BASE_EPOCH FREQ_HZ [ERROR_NS]
 *
 * SOCKET is the one of chronyd's "refclock SOCK". What is told is off by ERROR_NS
 * in turn to either side, like a network's jitter. It ends when it is killed, or
 * when chronyd has gone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include "clock.h"

/* As in chrony's documentation of refclock SOCK */
struct sock_sample {
	struct timeval tv;	/* system time of the sample */
	double offset;		/* true time - system time, in seconds */
	int pulse;
	int leap;
	int padding;
	int magic;
};

#define SOCK_MAGIC	0x534f434b

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

static struct sock_sample sample(int64_t base_s, uint64_t hz, int64_t wrong_ns)
{
	struct clock_error found = clock_error(base_s, hz);
	int64_t system_ns = found.true_ns + found.error_ns;

	return (struct sock_sample) {
		.tv = {
			.tv_sec = system_ns / NSEC_PER_SEC,
			.tv_usec = system_ns % NSEC_PER_SEC / 1000,
		},
		.offset = (double)(wrong_ns - found.error_ns) / NSEC_PER_SEC,
		.magic = SOCK_MAGIC,
	};
}

int main(int argc, char **argv)
{
	struct timespec start;
	int64_t base_s, wrong_ns;
	uint64_t hz;
	int fd;

	if (argc < 4 || argc > 5 || atoll(argv[3]) <= 0) {
		fprintf(stderr, "usage: truth SOCKET BASE_EPOCH FREQ_HZ [ERROR_NS]\n");
		return 2;
	}
	fd = connect_to(argv[1]);
	base_s = atoll(argv[2]);
	hz = (uint64_t)atoll(argv[3]);
	wrong_ns = argc == 5 ? atoll(argv[4]) : 0;
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; ; i++) {
		struct sock_sample next;

		sleep_periods(&start, NSEC_PER_SEC, i);
		next = sample(base_s, hz, i % 2 ? wrong_ns : -wrong_ns);
		if (send(fd, &next, sizeof(next), 0) < 0) {
			perror(argv[1]);
			return 1;
		}
	}
}
