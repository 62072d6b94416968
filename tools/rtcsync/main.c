// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtcsync: look at the engine that keeps the system clock by an RTC, tell it things, and
 * serve it as its companion. rtcsync(8) describes it.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "rtcsync.h"
#include "serve.h"

#define LOCK	"/run/rtcsync/lock"
#define RATES	"/var/lib/rtcsync"

static const char usage[] =
"usage: rtcsync [-r rtcN] [status] [--json]\n"
"       rtcsync [-r rtcN] watch [-n SECONDS] [-c COUNT] [--json]\n"
"       rtcsync [-r rtcN] trigger\n"
"       rtcsync [-r rtcN] set NAME VALUE\n"
"       rtcsync [-r rtcN] metrics [-o FILE]\n"
"       rtcsync serve [-s DIR] [-l FILE]\n"
"       rtcsync --version | --help\n";

static void say(const char *format, va_list values)
{
	fputs("rtcsync: ", stderr);
	vfprintf(stderr, format, values);
	fputc('\n', stderr);
}

/**
 * fail() - say in one line what can't be done
 * @code: EXIT_ of what
 * @format: as of printf()
 *
 * Return: @code.
 */
int fail(int code, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say(format, values);
	va_end(values);
	return code;
}

/**
 * warn_line() - say in one line what went wrong, and go on
 * @format: as of printf()
 */
void warn_line(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say(format, values);
	va_end(values);
}

static int no_rtc(void)
{
	if (rtc_is_loaded())
		return fail(EXIT_NO_RTC, "rtc-sync keeps no RTC: name one in the device tree, or load it with attach=rtc0; dmesg tells what went wrong");
	return fail(EXIT_NO_RTC, "rtc-sync is not loaded: modprobe rtc-sync-i2c, or, for an RTC with another driver, modprobe rtc-sync attach=rtc0");
}

static bool is_listed(const struct rtc_list *list, const char *rtc)
{
	int i;

	for (i = 0; i < list->count; i++) {
		if (!strcmp(list->names[i], rtc))
			return true;
	}
	return false;
}

/* Those that are meant: the one of -r, else all. */
static int choose(const struct options *options, struct rtc_list *list)
{
	rtc_find(list);
	if (!list->count)
		return no_rtc();
	if (!options->rtc)
		return 0;
	if (!is_listed(list, options->rtc))
		return fail(EXIT_NO_RTC, "%s is not kept by rtc-sync; %s is", options->rtc,
			    list->names[0]);
	list->count = 1;
	snprintf(list->names[0], sizeof(list->names[0]), "%s", options->rtc);
	return 0;
}

static int choose_one(const struct options *options, struct rtc_list *list)
{
	int ret = choose(options, list);

	if (!ret && list->count > 1)
		ret = fail(EXIT_USAGE, "there are %d RTCs: choose one, as with -r %s",
			   list->count, list->names[0]);
	return ret;
}

static int status(const struct options *options)
{
	struct rtc_list list;
	int ret = choose(options, &list);
	int i;

	if (ret)
		return ret;
	if (options->is_json)
		fputs("[", stdout);
	for (i = 0; i < list.count; i++) {
		if (i)
			fputs(options->is_json ? ",\n " : "\n", stdout);
		if (options->is_json)
			json_print(list.names[i], false);
		else
			status_print(list.names[i]);
	}
	if (options->is_json)
		fputs("]\n", stdout);
	return 0;
}

static int run_watch(const struct options *options)
{
	struct rtc_list list;
	int ret = choose_one(options, &list);

	return ret ? ret : watch(list.names[0], options->period_s, options->lines,
				 options->is_json);
}

static int run_trigger(const struct options *options)
{
	struct rtc_list list;
	int ret = choose_one(options, &list);

	return ret ? ret : trigger(list.names[0]);
}

static int run_set(const struct options *options)
{
	struct rtc_list list;
	int ret = choose_one(options, &list);

	return ret ? ret : set(list.names[0], options->words[1], options->words[2]);
}

static int metrics(const struct options *options)
{
	struct rtc_list list;
	int ret = choose(options, &list);

	return ret ? ret : metrics_write(&list, options->out);
}

static int run_serve(const struct options *options)
{
	return serve(&options->serve);
}

static const struct {
	const char *name;
	int count;
	const char *options;
	int (*run)(const struct options *options);
} commands[] = {
	{ "status", 1, "rj", status },
	{ "watch", 1, "rjnc", run_watch },
	{ "trigger", 1, "r", run_trigger },
	{ "set", 3, "r", run_set },
	{ "metrics", 1, "ro", metrics },
	{ "serve", 1, "sl", run_serve },
};

static int run(struct options *options)
{
	size_t other;
	size_t i;

	if (!options->count)
		options->words[options->count++] = "status";
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(options->words[0], commands[i].name))
			continue;
		if (options->count != commands[i].count)
			return fail(EXIT_USAGE, "%s: too few or too many words; see rtcsync --help",
				    commands[i].name);
		other = strspn(options->given, commands[i].options);
		if (options->given[other])
			return fail(EXIT_USAGE, "%s: -%c is not for it; see rtcsync --help",
				    commands[i].name, options->given[other]);
		return commands[i].run(options);
	}
	return fail(EXIT_USAGE, "%s: no such command; see rtcsync --help", options->words[0]);
}

int main(int argc, char **argv)
{
	struct options options = {
		.period_s = 1, .serve = { .lock = LOCK, .rates = RATES },
	};
	int ret = options_read(&options, argc, argv);

	if (ret)
		return ret;
	if (options.is_help)
		fputs(usage, stdout);
	else if (options.is_version)
		printf("rtcsync %s\n", RTCSYNC_VERSION);
	else
		ret = run(&options);
	if ((fflush(stdout) || ferror(stdout)) && !ret)
		ret = fail(EXIT_FAILURE, "can't write: %s", strerror(errno));
	return ret;
}
