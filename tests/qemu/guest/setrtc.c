// SPDX-License-Identifier: GPL-2.0-only
/*
 * Set an RTC by the system clock, exactly as a second begins.
 *
 * hwclock(8) of util-linux 2.38 does so too, but if it wakes up a microsecond late it
 * takes that for a second more. BusyBox's does not wait for a second to begin.
 *
 * usage: setrtc DEVICE
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>

#include <linux/rtc.h>

int main(int argc, char **argv)
{
	struct timespec now;
	struct rtc_time rtc;
	struct tm tm;
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: setrtc DEVICE\n");
		return 2;
	}
	fd = open(argv[1], O_WRONLY);
	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec++;
	now.tv_nsec = 0;
	gmtime_r(&now.tv_sec, &tm);
	rtc = (struct rtc_time) {
		.tm_sec = tm.tm_sec, .tm_min = tm.tm_min, .tm_hour = tm.tm_hour,
		.tm_mday = tm.tm_mday, .tm_mon = tm.tm_mon, .tm_year = tm.tm_year,
	};
	clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &now, NULL);
	if (fd < 0 || ioctl(fd, RTC_SET_TIME, &rtc)) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
