// SPDX-License-Identifier: GPL-2.0-only
/* The kernel says when an RTC comes, goes or changes, and udev when its rules have run. */
#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "uevents.h"

#define KERNEL	1
#define UDEV	2

/**
 * uevents_open() - listen
 *
 * Return: a socket, or -1 if there are none to be had here.
 */
int uevents_open(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = KERNEL | UDEV };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
			NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -1;
	}
	return fd;
}

/**
 * uevents_read() - take what has come
 * @fd: the socket
 *
 * Who sent it is not looked at: all that follows is a look at sysfs.
 *
 * Return: true if it may be about an RTC, as it may be if some were lost.
 */
bool uevents_read(int fd)
{
	static const char of_rtcs[] = "SUBSYSTEM=rtc";
	bool is_ours = false;
	char text[8192];
	ssize_t length;

	for (;;) {
		length = recv(fd, text, sizeof(text), 0);
		if (length > 0)
			is_ours |= !!memmem(text, (size_t)length, of_rtcs, sizeof(of_rtcs));
		else if (length < 0 && errno == ENOBUFS)
			is_ours = true;
		else
			return is_ours;
	}
}
