// SPDX-License-Identifier: GPL-2.0-only
/*
 * Use files that come and go, as many programs do at a time, and say how that went.
 *
 * usage: poke read SECONDS SEED PAUSE_MS DIR...        every file below, in all folders
 *        poke write SECONDS SEED PAUSE_MS FILE=TEXT... one of them at a time
 *        poke ioctl SECONDS SEED PAUSE_MS DEVICE...    /dev/rtcN, /dev/ptpN, /dev/ppsN
 *
 * Each prints "@@POKE read NAME good=N errors=N other=ERRNO longest_ms=N files=N" at its
 * end. What is gone, or never was, is an error as any; what takes long shows in
 * longest_ms, and what never ends in there being no such line.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/pps.h>
#include <linux/ptp_clock.h>
#include <linux/rtc.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define FD_TO_CLOCK(fd)	((clockid_t)((~(unsigned int)(fd) << 3) | 3))
#define DEPTH_MAX	8
#define FILES_MAX	512

/*
 * The driver core of 6.1 removes this one with the device's lock held as a driver binds,
 * and waits for its readers, who wait for that lock: for ever, with any driver.
 */
#define HANGS		"waiting_for_supplier"

static const char *verb;
static uint32_t seed;
static long good, errors, worst_errno;
static int64_t longest_ns;
static char longest_name[128];

/* The files that were read at least once, by name without their folder's number */
static uint32_t seen[FILES_MAX];
static int files;

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000000000) + ts.tv_nsec;
}

static void sleep_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

static long random_below(long most)
{
	seed = seed * 1664525 + 1013904223;
	return most > 0 ? (seed >> 8) % most : 0;
}

static void note(const char *name, int64_t began_ns, long ret)
{
	int64_t took_ns = now_ns() - began_ns;

	if (ret < 0) {
		errors++;
		worst_errno = errno;
	} else {
		good++;
	}
	if (took_ns <= longest_ns)
		return;
	longest_ns = took_ns;
	snprintf(longest_name, sizeof(longest_name), "%s", name);
}

static void note_file(const char *name)
{
	uint32_t hash = 5381;

	for (; *name; name++)
		hash = hash * 33 + (unsigned char)*name;
	for (int i = 0; i < files; i++)
		if (seen[i] == hash)
			return;
	if (files < FILES_MAX)
		seen[files++] = hash;
}

static void read_file(const char *name)
{
	static char buffer[65536];
	int64_t began_ns = now_ns();
	int fd = open(name, O_RDONLY | O_NONBLOCK);
	ssize_t len = -1;

	if (fd >= 0) {
		len = read(fd, buffer, sizeof(buffer));
		/* What was open while it went must be as harmless. */
		if (len >= 0 && !random_below(16)) {
			sleep_ms(random_below(20));
			began_ns = now_ns();
			lseek(fd, 0, SEEK_SET);
			len = read(fd, buffer, sizeof(buffer));
		}
		close(fd);
	}
	note(name, began_ns, len);
	if (len >= 0)
		note_file(name);
}

/* Links lead out of it: only those that are named are followed. */
static void read_dir(const char *name, int depth)
{
	char path[512];
	struct dirent *entry;
	DIR *dir = opendir(name);

	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", name, entry->d_name);
		if (entry->d_type == DT_DIR && depth < DEPTH_MAX)
			read_dir(path, depth + 1);
		else if (entry->d_type == DT_REG && strcmp(entry->d_name, HANGS))
			read_file(path);
	}
	if (dir)
		closedir(dir);
}

static void write_file(const char *step)
{
	char name[256];
	char *text;
	int64_t began_ns = now_ns();
	ssize_t ret = -1;
	int fd;

	snprintf(name, sizeof(name), "%s", step);
	text = strchr(name, '=');
	if (!text)
		exit(2);
	*text++ = '\0';
	fd = open(name, O_WRONLY);
	if (fd >= 0) {
		ret = write(fd, text, strlen(text));
		close(fd);
	}
	note(step, began_ns, ret);
}

static void use_rtc(const char *name, int fd)
{
	/*
	 * Alarms and update interrupts are switched on and off. Not RTC_VL_READ and RTC_VL_CLR:
	 * once any RTC is gone the RTC core follows a NULL pointer for these (6.1).
	 */
	static const unsigned long requests[] = {
		RTC_RD_TIME, RTC_ALM_READ, RTC_WKALM_RD, RTC_AIE_ON, RTC_AIE_OFF, RTC_UIE_ON,
		RTC_UIE_OFF, RTC_IRQP_READ,
	};
	union {
		struct rtc_time time;
		struct rtc_wkalrm alarm;
		unsigned long number;
	} argument;
	unsigned long request = requests[random_below(sizeof(requests) / sizeof(*requests))];
	int64_t began_ns = now_ns();

	memset(&argument, 0, sizeof(argument));
	note(name, began_ns, ioctl(fd, request, &argument));
}

static void use_ptp(const char *name, int fd)
{
	struct ptp_sys_offset_extended extended = { .n_samples = 3 };
	struct ptp_clock_caps caps;
	struct timespec ts;
	int64_t began_ns = now_ns();

	switch (random_below(3)) {
	case 0:
		note(name, began_ns, ioctl(fd, PTP_CLOCK_GETCAPS, &caps));
		break;
	case 1:
		note(name, began_ns, ioctl(fd, PTP_SYS_OFFSET_EXTENDED, &extended));
		break;
	default:
		note(name, began_ns, clock_gettime(FD_TO_CLOCK(fd), &ts));
	}
}

static void use_pps(const char *name, int fd)
{
	struct pps_fdata data = { .timeout = { .sec = 1, .nsec = 0 } };
	int64_t began_ns = now_ns();
	int mode;

	if (random_below(2))
		note(name, began_ns, ioctl(fd, PPS_GETCAP, &mode));
	else
		note(name, began_ns, ioctl(fd, PPS_FETCH, &data));
}

/* Held open for a while, longer than the device may last. */
static void use_device(const char *name)
{
	int64_t began_ns = now_ns();
	int fd = open(name, O_RDWR | O_NONBLOCK);

	if (fd < 0) {
		note(name, began_ns, -1);
		return;
	}
	for (long i = random_below(8); i >= 0; i--) {
		if (strstr(name, "/rtc"))
			use_rtc(name, fd);
		else if (strstr(name, "/ptp"))
			use_ptp(name, fd);
		else
			use_pps(name, fd);
		sleep_ms(random_below(300));
	}
	close(fd);
}

int main(int argc, char **argv)
{
	int64_t end_ns;

	if (argc < 6 || (strcmp(argv[1], "read") && strcmp(argv[1], "write") &&
			 strcmp(argv[1], "ioctl"))) {
		fprintf(stderr, "usage: poke read|write|ioctl SECONDS SEED PAUSE_MS WHAT...\n");
		return 2;
	}
	verb = argv[1];
	end_ns = now_ns() + atoll(argv[2]) * 1000000000;
	seed = strtoul(argv[3], NULL, 0);
	while (now_ns() < end_ns) {
		int what = 5 + random_below(argc - 5);

		if (*verb == 'r')
			for (int i = 5; i < argc; i++)
				read_dir(argv[i], 0);
		else if (*verb == 'w')
			write_file(argv[what]);
		else
			use_device(argv[what]);
		sleep_ms(random_below(2 * atol(argv[4])));
	}
	printf("@@POKE %s %s good=%ld errors=%ld last=%s longest_ms=%lld longest=%s files=%d\n", verb,
	       argv[5], good, errors, errors ? strerrorname_np(worst_errno) : "0",
	       (long long)(longest_ns / 1000000), longest_name, files);
	return 0;
}
