// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtcsync: look at the engine that keeps the system clock by an RTC, tell it things, and
 * serve it as its companion. rtcsync(8) describes it.
 */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/**
 * struct options - of the command line
 * @rtc: rtcN, or NULL
 * @is_json: print JSON
 * @period_s: between two lines
 * @count: of lines; 0: no end
 * @out: a file, or NULL
 * @serve: see there
 */
struct options {
	const char *rtc;
	bool is_json;
	double period_s;
	long count;
	const char *out;
	struct serve_options serve;
};

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

	fputs("rtcsync: ", stderr);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	return code;
}

/**
 * warn_line() - say in one line what went wrong, and go on
 * @format: as of printf()
 */
void warn_line(const char *format, ...)
{
	va_list values;

	fputs("rtcsync: ", stderr);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
}

static int no_rtc(void)
{
	return fail(EXIT_NO_RTC, "no RTC is kept by rtc-sync. Load it (modprobe rtc-sync-i2c, or modprobe rtc-sync attach=rtc0), and see dmesg");
}

static int is_listed(const struct rtc_list *list, const char *rtc)
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

static int metrics(const struct options *options)
{
	struct rtc_list list;
	int ret = choose(options, &list);

	return ret ? ret : metrics_write(&list, options->out);
}

static int run(const struct options *options, int count, char **words)
{
	const char *command = count ? words[0] : "status";
	struct rtc_list list;
	int ret;

	if (!strcmp(command, "status") && count <= 1)
		return status(options);
	if (!strcmp(command, "metrics") && count == 1)
		return metrics(options);
	if (!strcmp(command, "serve") && count == 1)
		return serve(&options->serve);
	if (!(!strcmp(command, "watch") && count == 1) &&
	    !(!strcmp(command, "trigger") && count == 1) &&
	    !(!strcmp(command, "set") && count == 3))
		return fail(EXIT_USAGE, "%s: no such command, or too few or too many words; see rtcsync --help", command);
	ret = choose_one(options, &list);
	if (ret)
		return ret;
	if (*command == 'w')
		return watch(list.names[0], options->period_s, options->count,
			     options->is_json);
	if (*command == 't')
		return trigger(list.names[0]);
	return set(list.names[0], words[1], words[2]);
}

/* A number above 0, or -1. */
static double positive(const char *text)
{
	char *end;
	double value = strtod(text, &end);

	return *text && !*end && value > 0 && value <= 1e9 ? value : -1;
}

static int take(struct options *options, int option, const char *value)
{
	switch (option) {
	case 'r':
		options->rtc = value;
		return 0;
	case 'j':
		options->is_json = true;
		return 0;
	case 'n':
		options->period_s = positive(value);
		break;
	case 'c':
		options->count = (long)positive(value);
		break;
	case 'o':
		options->out = value;
		return 0;
	case 's':
		options->serve.rates = value;
		return 0;
	case 'l':
		options->serve.lock = value;
		return 0;
	default:
		return fail(EXIT_USAGE, "see rtcsync --help");
	}
	if (options->period_s < 0 || options->count < 0)
		return fail(EXIT_USAGE, "-%c %s: not a number above 0", option, value);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "rtc", required_argument, NULL, 'r' },
		{ "json", no_argument, NULL, 'j' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{}
	};
	struct options options = {
		.period_s = 1, .serve = { .lock = LOCK, .rates = RATES },
	};
	int option;
	int ret;

	while ((option = getopt_long(argc, argv, "r:jn:c:o:s:l:Vh", longs, NULL)) != -1) {
		if (option == 'V')
			return printf("rtcsync %s\n", RTCSYNC_VERSION) < 0;
		if (option == 'h')
			return fputs(usage, stdout) < 0;
		ret = take(&options, option, optarg);
		if (ret)
			return ret;
	}
	ret = run(&options, argc - optind, argv + optind);
	if (fflush(stdout) && !ret)
		ret = fail(EXIT_FAILURE, "can't write: %s", strerror(errno));
	return ret;
}
