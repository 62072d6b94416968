// SPDX-License-Identifier: GPL-2.0-only
/* The RTCs that the engine is attached to, and their files in sysfs. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rtcsync.h"

/* Another folder, for tests. */
static const char *sysfs(void)
{
	const char *root = getenv("RTCSYNC_SYSFS");

	return root && *root ? root : "/sys";
}

static void path_of(const char *rtc, const char *file, char *path, size_t size)
{
	snprintf(path, size, "%s/class/rtc/%s/%s%s", sysfs(), rtc,
		 *file == '/' ? "" : "sync/", *file == '/' ? file + 1 : file);
}

/**
 * rtc_is_loaded() - is the engine here, whatever it is attached to?
 *
 * Return: true if it is, as a module or built in.
 */
bool rtc_is_loaded(void)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/module/rtc_sync", sysfs());
	return !access(path, F_OK);
}

static int by_number(const void *a, const void *b)
{
	return atoi((const char *)a + 3) - atoi((const char *)b + 3);
}

/**
 * rtc_find() - which RTCs is the engine attached to?
 * @list: filled in, by number
 */
void rtc_find(struct rtc_list *list)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	list->count = 0;
	snprintf(path, sizeof(path), "%s/class/rtc", sysfs());
	dir = opendir(path);
	if (!dir)
		return;
	while ((entry = readdir(dir)) && list->count < RTCS_MAX) {
		if (strncmp(entry->d_name, "rtc", 3) || strlen(entry->d_name) > 8)
			continue;
		path_of(entry->d_name, "state", path, sizeof(path));
		if (!access(path, F_OK))
			strcpy(list->names[list->count++], entry->d_name);
	}
	closedir(dir);
	qsort(list->names, (size_t)list->count, sizeof(list->names[0]), by_number);
}

/**
 * rtc_stats() - what is counted for an RTC
 * @rtc: rtcN
 * @names: "stats/NAME" each, in no order
 * @max: room there
 *
 * Return: how many.
 */
int rtc_stats(const char *rtc, char names[][32], int max)
{
	char path[PATH_MAX];
	struct dirent *entry;
	int count = 0;
	DIR *dir;

	path_of(rtc, "stats", path, sizeof(path));
	dir = opendir(path);
	if (!dir)
		return 0;
	while ((entry = readdir(dir)) && count < max) {
		if (entry->d_name[0] != '.' && strlen(entry->d_name) < 25)
			snprintf(names[count++], 32, "stats/%.24s", entry->d_name);
	}
	closedir(dir);
	return count;
}

/**
 * rtc_open() - open a file of an RTC
 * @rtc: rtcN
 * @file: below sync/, or below the RTC's own folder if it begins with a slash
 * @flags: as of open(2)
 *
 * Return: a file descriptor, or -1 with errno.
 */
int rtc_open(const char *rtc, const char *file, int flags)
{
	char path[PATH_MAX];

	path_of(rtc, file, path, sizeof(path));
	return open(path, flags | O_CLOEXEC);
}

/**
 * rtc_read() - read a file
 * @rtc: rtcN
 * @file: as of rtc_open()
 * @value: without the newline
 * @size: room there
 *
 * Return: 0 or -errno.
 */
int rtc_read(const char *rtc, const char *file, char *value, size_t size)
{
	int fd = rtc_open(rtc, file, O_RDONLY);
	ssize_t length;
	int error;

	if (fd < 0)
		return -errno;
	length = read(fd, value, size - 1);
	error = errno;
	close(fd);
	if (length < 0)
		return -error;
	value[length] = 0;
	value[strcspn(value, "\n")] = 0;
	return 0;
}

/**
 * rtc_write() - write a file
 * @rtc: rtcN
 * @file: as of rtc_open()
 * @value: what to write
 *
 * Return: 0 or -errno.
 */
int rtc_write(const char *rtc, const char *file, const char *value)
{
	int fd = rtc_open(rtc, file, O_WRONLY);
	int error = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, value, strlen(value)) < 0)
		error = errno;
	close(fd);
	return -error;
}

/**
 * rtc_number() - read a file that holds a number
 * @rtc: rtcN
 * @file: as of rtc_open()
 * @value: what it holds
 *
 * Return: false if it can't be read, or is none.
 */
bool rtc_number(const char *rtc, const char *file, long long *value)
{
	char text[VALUE_MAX];
	char *end;

	if (rtc_read(rtc, file, text, sizeof(text)) || !*text)
		return false;
	*value = strtoll(text, &end, 10);
	return !*end;
}
