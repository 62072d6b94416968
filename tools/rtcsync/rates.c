// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an RTC gains, learned from NTP by the engine, kept over a reboot in a file for each
 * chip: by the name of its device, for the number of rtcN may be another the next time.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lock.h"
#include "rates.h"
#include "rtcsync.h"

/* A file is written anew only for a change worth it, and when we end. */
#define NEWS_PPB	20

#define RATE_MAX_PPB	500000

#define FORMAT		"rtc_rate_ppb %ld\n"

static bool path_of(const char *folder, const char *rtc, char *path, size_t size)
{
	char name[VALUE_MAX];
	char *c;

	if (rtc_read(rtc, "/name", name, sizeof(name)) || !*name)
		return false;
	for (c = name; *c; c++) {
		if (*c == '/' || *c == ' ' || *c == '.')
			*c = '_';
	}
	return (size_t)snprintf(path, size, "%s/%s.rate", folder, name) < size;
}

/* false: there is none, or one that makes no sense, which is said. */
static bool load(const char *path, long *rate_ppb)
{
	char held[VALUE_MAX];
	char whole[VALUE_MAX];
	FILE *file = fopen(path, "re");
	size_t length;
	int found;

	if (!file)
		return false;
	length = fread(held, 1, sizeof(held) - 1, file);
	fclose(file);
	held[length] = 0;
	found = sscanf(held, "rtc_rate_ppb %9ld", rate_ppb);
	/* A part of a number is a number, too: it has to be what save() writes, to the end. */
	snprintf(whole, sizeof(whole), FORMAT, found == 1 ? *rate_ppb : 0);
	if (!strcmp(held, whole) && labs(*rate_ppb) <= RATE_MAX_PPB)
		return true;
	warn_line("%s holds no rate: ignored", path);
	return false;
}

/* As a whole or not at all: into another file, which then takes its place. */
static int save(const char *path, long rate_ppb)
{
	char temporary[PATH_MAX];
	int error = 0;
	FILE *file;

	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.new", path) >= sizeof(temporary))
		return ENAMETOOLONG;
	folder_make(path);
	file = fopen(temporary, "we");
	if (!file)
		return errno;
	if (fprintf(file, FORMAT, rate_ppb) < 0 || fflush(file) ||
	    fsync(fileno(file)))
		error = errno;
	if (fclose(file) && !error)
		error = errno;
	if (!error && rename(temporary, path))
		error = errno;
	if (error)
		unlink(temporary);
	return error;
}

/**
 * rates_restore() - tell the engine what is known, if it knows nothing itself
 * @folder: where the files are
 * @rtc: rtcN
 */
void rates_restore(const char *folder, const char *rtc)
{
	char path[PATH_MAX];
	char text[VALUE_MAX];
	long long now_ppb;
	long rate_ppb;
	int ret;

	/* It can be read where something was learned. */
	if (!rtc_read(rtc, "rtc_rate_error_ppb", text, sizeof(text)) ||
	    !rtc_number(rtc, "rtc_rate_ppb", &now_ppb) || now_ppb ||
	    !path_of(folder, rtc, path, sizeof(path)) || !load(path, &rate_ppb) || !rate_ppb)
		return;
	snprintf(text, sizeof(text), "%ld", rate_ppb);
	ret = rtc_write(rtc, "rtc_rate_ppb", text);
	if (ret)
		warn_line("%s: can't tell it its rate: %s", rtc, strerror(-ret));
}

/**
 * rates_keep() - write down what the engine has learned
 * @folder: where to
 * @rtc: rtcN
 * @is_last: even if it has hardly changed
 */
void rates_keep(const char *folder, const char *rtc, bool is_last)
{
	static bool is_said;
	char path[PATH_MAX];
	long long error_ppb;
	long long rate_ppb;
	long kept_ppb;
	int error;

	if (!rtc_number(rtc, "rtc_rate_error_ppb", &error_ppb) ||
	    !rtc_number(rtc, "rtc_rate_ppb", &rate_ppb) ||
	    !path_of(folder, rtc, path, sizeof(path)))
		return;
	if (load(path, &kept_ppb) && llabs(rate_ppb - kept_ppb) < (is_last ? 1 : NEWS_PPB))
		return;
	error = save(path, (long)rate_ppb);
	if (error && !is_said)
		warn_line("%s can't be written: %s", path, strerror(error));
	is_said = error;
}
