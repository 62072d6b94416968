/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of rtcsync share: the RTCs and their files, and how it is told that
 * something can't be done.
 */
#ifndef RTCSYNC_H
#define RTCSYNC_H

#include <stdbool.h>
#include <stddef.h>

#define RTCS_MAX	16
#define VALUE_MAX	128

/* What rtcsync exits with; rtcsync(8) says the same. 0: done, 1: other failures */
#define EXIT_USAGE	2
#define EXIT_NO_RTC	3
#define EXIT_PERMISSION	4
#define EXIT_BUSY	5
#define EXIT_REFUSED	6
#define EXIT_NOT_DONE	7

/**
 * struct rtc_list - RTCs that the engine is attached to, by number
 * @count: how many
 * @names: rtcN
 */
struct rtc_list {
	int count;
	char names[RTCS_MAX][16];
};

/* main.c */
__attribute__((format(printf, 2, 3))) int fail(int code, const char *format, ...);
__attribute__((format(printf, 1, 2))) void warn_line(const char *format, ...);

/* rtc.c */
bool rtc_is_loaded(void);
void rtc_find(struct rtc_list *list);
int rtc_open(const char *rtc, const char *file, int flags);
int rtc_stats(const char *rtc, char names[][32], int max);
int rtc_read(const char *rtc, const char *file, char *value, size_t size);
int rtc_write(const char *rtc, const char *file, const char *value);
bool rtc_number(const char *rtc, const char *file, long long *value);

/* status.c, json.c, metrics.c, watch.c, set.c */
void status_print(const char *rtc);
void json_print(const char *rtc, bool is_line);
int metrics_write(const struct rtc_list *list, const char *path);
int watch(const char *rtc, double period_s, long count, bool is_json);
int trigger(const char *rtc);
int set(const char *rtc, const char *name, const char *value);

#endif
