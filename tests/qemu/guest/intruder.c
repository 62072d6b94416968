// SPDX-License-Identifier: GPL-2.0-only
/*
 * Try, as nobody, what only root may do.
 *
 * usage: intruder [-n | -c] FILE... 3</dev/rtc0 4<>/dev/ptp0
 *
 * Each FILE is opened and written to: "@@WRITE FILE ERROR". Then what needs CAP_SYS_TIME,
 * also by descriptors that root has opened: "@@TIME WHAT ERROR". ERROR is "taken" if
 * it was not refused. -n: as root of a user namespace of its own; -c: as root
 * without CAP_SYS_TIME.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/rtc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define NOBODY	65534

#define RTC_FD	3
#define PTP_FD	4
#define CLOCK_OF(fd)	((clockid_t)(~(unsigned int)(fd) << 3 | 3))

/* From 5.16 on */
struct parameter {
	unsigned long long param;
	unsigned long long uvalue;
	unsigned int index;
	unsigned int pad;
};

#define PARAM_SET	_IOW('p', 0x14, struct parameter)
#define BACKUP_MODE	2

static void say(const char *kind, const char *what, int ret)
{
	printf("@@%s %s %s\n", kind, what, ret < 0 ? strerrorname_np(errno) : "taken");
}

static void put(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		perror(file);
	close(fd);
}

static void drop_capability(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data)) {
		perror("capget");
		exit(2);
	}
	data[0].effective &= ~(1u << CAP_SYS_TIME);
	data[0].permitted &= ~(1u << CAP_SYS_TIME);
	if (syscall(SYS_capset, &header, data)) {
		perror("capset");
		exit(2);
	}
}

static void become_nobody(int has_namespace)
{
	if (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY)) {
		perror("setuid");
		exit(2);
	}
	if (!has_namespace)
		return;
	/* Its own files below /proc are its own again */
	if (prctl(PR_SET_DUMPABLE, 1) || unshare(CLONE_NEWUSER)) {
		perror("unshare");
		exit(2);
	}
	put("/proc/self/setgroups", "deny");
	put("/proc/self/uid_map", "0 65534 1");
	put("/proc/self/gid_map", "0 65534 1");
	printf("@@NAMESPACE uid %d\n", getuid());
}

/* An empty line is no value of any of them */
static void try_file(const char *file)
{
	int fd = open(file, O_WRONLY);

	say("WRITE", file, fd < 0 ? fd : (int)write(fd, "\n", 1));
	close(fd);
}

static void try_rtc(void)
{
	struct rtc_time tm = { .tm_year = 130, .tm_mday = 1 };
	struct parameter mode = { .param = BACKUP_MODE, .uvalue = 1 };

	say("TIME", "RTC_SET_TIME", ioctl(RTC_FD, RTC_SET_TIME, &tm));
	say("TIME", "RTC_PARAM_SET", ioctl(RTC_FD, PARAM_SET, &mode));
	say("TIME", "RTC_EPOCH_SET", ioctl(RTC_FD, RTC_EPOCH_SET, 1900));
}

static void try_clocks(void)
{
	struct timex tx = { .modes = ADJ_FREQUENCY, .freq = 1 };
	struct timespec ts = { .tv_sec = 86400 };

	say("TIME", "adjtimex", adjtimex(&tx));
	say("TIME", "clock_settime", clock_settime(CLOCK_REALTIME, &ts));
	say("TIME", "clock_settime(ptp)", clock_settime(CLOCK_OF(PTP_FD), &ts));
	say("TIME", "clock_adjtime(ptp)", clock_adjtime(CLOCK_OF(PTP_FD), &tx));
}

int main(int argc, char **argv)
{
	int has_namespace = argc > 1 && !strcmp(argv[1], "-n");
	int is_root = argc > 1 && !strcmp(argv[1], "-c");
	int i;

	if (is_root)
		drop_capability();
	else
		become_nobody(has_namespace);
	for (i = 1 + (has_namespace || is_root); i < argc; i++)
		try_file(argv[i]);
	try_rtc();
	try_clocks();
	return 0;
}
