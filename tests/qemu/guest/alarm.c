// SPDX-License-Identifier: GPL-2.0-only
/*
 * Set an alarm of an RTC, and say when it came, and how often.
 *
 * usage: alarm DEVICE DELAY_S|minute WAIT_S BASE_EPOCH FREQ_HZ
 *
 * "minute" is the beginning of the next minute but one. It prints when the alarm is
 * for, what the RTC says that it is for, and the truth at each interrupt that comes
 * until WAIT_S seconds after that.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <linux/rtc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "clock.h"

static int64_t to_s(struct rtc_time *time)
{
	struct tm tm;

	/* The kernel's structure begins like that of C. */
	memset(&tm, 0, sizeof(tm));
	memcpy(&tm, time, sizeof(*time));
	tm.tm_isdst = 0;
	return timegm(&tm);
}

static int set_alarm(int fd, const char *delay, int64_t *alarm_s)
{
	struct rtc_wkalrm alarm = { .enabled = 1 };
	time_t alarm_t;
	struct tm tm;

	if (ioctl(fd, RTC_RD_TIME, &alarm.time))
		return -1;
	*alarm_s = to_s(&alarm.time);
	if (strcmp(delay, "minute"))
		*alarm_s += atoi(delay);
	else
		*alarm_s += 120 - *alarm_s % 60;
	alarm_t = *alarm_s;
	gmtime_r(&alarm_t, &tm);
	memcpy(&alarm.time, &tm, sizeof(alarm.time));
	return ioctl(fd, RTC_WKALM_SET, &alarm);
}

/* What the RTC core says, from what the driver has read when it was registered. */
static int64_t read_alarm(int fd)
{
	struct rtc_wkalrm alarm = { .enabled = 0 };

	return ioctl(fd, RTC_WKALM_RD, &alarm) || !alarm.enabled ? -1 : to_s(&alarm.time);
}

static void print_interrupts(int fd, int64_t until_ns, int64_t base_s, uint64_t hz)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	int64_t rest_ns;

	while ((rest_ns = until_ns - clock_error(base_s, hz).true_ns) > 0 &&
	       poll(&wait, 1, (int)(rest_ns / 1000000) + 1) > 0) {
		int64_t true_ns = clock_error(base_s, hz).true_ns;
		unsigned long data = 0;

		if (read(fd, &data, sizeof(data)) != sizeof(data))
			return;
		printf("@@IRQ true_ns=%" PRId64 " flags=%lx count=%lu\n", true_ns, data & 0xff,
		       data >> 8);
	}
}

int main(int argc, char **argv)
{
	int64_t alarm_s, base_s;
	uint64_t hz;
	int fd;

	if (argc != 6 || atoll(argv[5]) <= 0) {
		fprintf(stderr, "usage: alarm DEVICE DELAY_S|minute WAIT_S BASE_EPOCH FREQ_HZ\n");
		return 2;
	}
	base_s = atoll(argv[4]);
	hz = (uint64_t)atoll(argv[5]);
	fd = open(argv[1], O_RDONLY);
	if (fd < 0 || set_alarm(fd, argv[2], &alarm_s)) {
		perror(argv[1]);
		return 1;
	}
	printf("@@ALARM for_s=%" PRId64 " read_s=%" PRId64 "\n", alarm_s, read_alarm(fd));
	print_interrupts(fd, (alarm_s + atoll(argv[3])) * NSEC_PER_SEC, base_s, hz);
	return 0;
}
