// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wait until a sysfs file says that it has changed.
 *
 * usage: pollstate FILE SECONDS    prints what it says then; status 1 if it did not
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct pollfd wait = { .events = POLLPRI | POLLERR };
	char text[64];
	ssize_t size;

	if (argc != 3) {
		fprintf(stderr, "usage: pollstate FILE SECONDS\n");
		return 2;
	}
	wait.fd = open(argv[1], O_RDONLY);
	/* Only a file that was read can change */
	if (wait.fd < 0 || read(wait.fd, text, sizeof(text)) < 0) {
		perror(argv[1]);
		return 2;
	}
	if (poll(&wait, 1, atoi(argv[2]) * 1000) != 1)
		return 1;
	lseek(wait.fd, 0, SEEK_SET);
	size = read(wait.fd, text, sizeof(text));
	return size > 0 && fwrite(text, 1, (size_t)size, stdout) ? 0 : 1;
}
