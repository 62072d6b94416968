// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read a PTP clock of an emulated board, and try what it must refuse.
 *
 * usage: phc read DEVICE PERIOD_MS COUNT BASE_EPOCH FREQ_HZ SYNCDIR
 *                                   COUNT lines "@@P ...": how wrong it is, and may be
 *        phc refuse DEVICE          the error of each attempt to set or adjust it
 *        phc hold DEVICE PERIOD_MS  read through one open file until it has gone
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/ptp_clock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timex.h>
#include <unistd.h>

#include "clock.h"

/* As in the kernel's documentation of clock_gettime() on a device */
#define FD_TO_CLOCK(fd)	((clockid_t)((~(unsigned int)(fd) << 3) | 3))

static int64_t ptp_to_ns(const struct ptp_clock_time *time)
{
	return (int64_t)time->sec * NSEC_PER_SEC + time->nsec;
}

static const char *result(int ret)
{
	return ret ? strerrorname_np(errno) : "0";
}

/* PTP clock - system clock, and how long the kernel took to read the former */
static int read_extended(int fd, int64_t *offset_ns, int64_t *delay_ns)
{
	struct ptp_sys_offset_extended request = { .n_samples = 1 };
	int64_t before_ns, after_ns;

	if (ioctl(fd, PTP_SYS_OFFSET_EXTENDED, &request))
		return -1;
	before_ns = ptp_to_ns(&request.ts[0][0]);
	after_ns = ptp_to_ns(&request.ts[0][2]);
	*delay_ns = after_ns - before_ns;
	*offset_ns = ptp_to_ns(&request.ts[0][1]) - before_ns - *delay_ns / 2;
	return 0;
}

static int read_precise(int fd, int64_t *offset_ns)
{
	struct ptp_sys_offset_precise request = { .rsv = { 0 } };

	if (ioctl(fd, PTP_SYS_OFFSET_PRECISE, &request))
		return -1;
	*offset_ns = ptp_to_ns(&request.device) - ptp_to_ns(&request.sys_realtime);
	return 0;
}

static int64_t attribute(const char *dir, const char *name)
{
	int64_t value = -1;
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "r");
	if (!file)
		return value;
	if (fscanf(file, "%" SCNd64, &value) != 1)
		value = -1;
	fclose(file);
	return value;
}

static void print_reading(int fd, int64_t base_s, uint64_t hz, const char *dir)
{
	int64_t extended_ns, precise_ns, delay_ns;
	struct clock_error system;

	if (read_extended(fd, &extended_ns, &delay_ns) || read_precise(fd, &precise_ns)) {
		printf("@@P failed=%s\n", result(-1));
		return;
	}
	system = clock_error(base_s, hz);
	/* What is said of the system clock, less what is said to be the RTC's part in it */
	printf("@@P err_ns=%" PRId64 " precise_err_ns=%" PRId64 " delay_ns=%" PRId64
	       " bound_ns=%" PRId64 "\n", extended_ns + system.error_ns,
	       precise_ns + system.error_ns, delay_ns,
	       attribute(dir, "error_ns") - llabs(attribute(dir, "offset_ns")));
}

static void read_clock(int fd, int64_t period_ns, long count, int64_t base_s, uint64_t hz,
		       const char *dir)
{
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; i < count; i++) {
		sleep_periods(&start, period_ns, i);
		print_reading(fd, base_s, hz, dir);
		fflush(stdout);
	}
}

static void refuse(int fd)
{
	struct timex offset = { .modes = ADJ_SETOFFSET | ADJ_NANO, .time = { .tv_sec = 1 } };
	struct timex rate = { .modes = ADJ_FREQUENCY, .freq = 0 };
	struct timespec then = { .tv_sec = 1800000000 };
	clockid_t clock = FD_TO_CLOCK(fd);

	printf("@@REFUSE settime=%s", result(clock_settime(clock, &then)));
	printf(" adjtime=%s", result(clock_adjtime(clock, &offset)));
	printf(" adjfine=%s", result(clock_adjtime(clock, &rate)));
	printf(" pps=%s\n", result(ioctl(fd, PTP_ENABLE_PPS, 1)));
}

static void hold(int fd, int64_t period_ns)
{
	int64_t offset_ns, delay_ns;
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; !read_extended(fd, &offset_ns, &delay_ns); i++)
		sleep_periods(&start, period_ns, i);
	printf("@@HELD ioctl=%s", result(-1));
	printf(" gettime=%s\n", result(clock_gettime(FD_TO_CLOCK(fd), &now)));
}

int main(int argc, char **argv)
{
	int fd = argc >= 3 ? open(argv[2], O_RDWR) : -1;

	if (argc >= 3 && fd < 0) {
		perror(argv[2]);
		return 1;
	}
	if (argc == 8 && !strcmp(argv[1], "read") && atoll(argv[6]) > 0) {
		read_clock(fd, atoll(argv[3]) * 1000000, atol(argv[4]), atoll(argv[5]),
			   (uint64_t)atoll(argv[6]), argv[7]);
	} else if (argc == 3 && !strcmp(argv[1], "refuse")) {
		refuse(fd);
	} else if (argc == 4 && !strcmp(argv[1], "hold")) {
		hold(fd, atoll(argv[3]) * 1000000);
	} else {
		fprintf(stderr, "usage: phc read|refuse|hold DEVICE [ARGUMENT]...\n");
		return 2;
	}
	return 0;
}
