// SPDX-License-Identifier: GPL-2.0-only
/* Where serve keeps its files: the lock, and folders that nobody has made yet. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "lock.h"
#include "rtcsync.h"

/**
 * folder_make() - make the folder that a file is to be in, if its own folder is there
 * @path: of the file
 *
 * Started by systemd it is there. If it can't be made, opening the file says so.
 */
void folder_make(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];

	if (slash && slash != path && (size_t)(slash - path) < sizeof(folder)) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
		mkdir(folder, 0755);
	}
}

/**
 * lock_take() - one at a time, or two would take each other's requests
 * @path: a file, locked until the process ends
 *
 * Return: 0, or what to exit with, which was said.
 */
int lock_take(const char *path)
{
	int fd;

	folder_make(path);
	fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0644);
	if (fd < 0)
		return fail(errno == EACCES || errno == EPERM ? EXIT_PERMISSION : EXIT_FAILURE,
			    "can't open %s: %s", path, strerror(errno));
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return 0;
	if (errno == EWOULDBLOCK)
		return fail(EXIT_BUSY, "another one serves already, says %s", path);
	return fail(EXIT_FAILURE, "can't lock %s: %s", path, strerror(errno));
}
