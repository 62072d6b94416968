// SPDX-License-Identifier: GPL-2.0-only
/*
 * For monitoring: Prometheus' text format, which is what node_exporter's textfile collector
 * reads. OpenMetrics would have counters' types told without _total, and the collector then
 * takes them for untyped.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rtcsync.h"

static const char * const states[] = {
	"off", "acquiring", "locked", "standby", "holdover", "invalid", "fault",
};

/* Of 10^-9: ns and ppb become seconds and ratios, which are what is asked for. */
static const struct {
	const char *file;
	const char *name;
	const char *help;
} gauges[] = {
	{ "offset_ns", "rtc_sync_offset_seconds", "RTC time less system time" },
	{ "error_ns", "rtc_sync_error_seconds", "The system clock is off the RTC by no more than this" },
	{ "freq_ppb", "rtc_sync_frequency_ratio", "By how much the RTC is faster than the oscillator of the system" },
	{ "rtc_rate_ppb", "rtc_sync_rtc_rate_ratio", "How much the RTC gains against true time" },
	{ "stats/window_ns", "rtc_sync_window_seconds", "The span in which the edge of the second lies" },
};

static const struct {
	const char *file;
	const char *help;
} counters[] = {
	{ "syncs", "Times the clock was compared with a locked RTC" },
	{ "steps", "Times the clock was set" },
	{ "steps_backward", "Times it was set back" },
	{ "steps_failed", "Times it could not be set" },
	{ "slews", "Times its frequency was moved" },
	{ "slews_failed", "Times that could not be moved" },
	{ "reads_short", "Readings of the seconds alone" },
	{ "reads_full", "Readings of date, time and flags" },
	{ "bus_errors", "Readings that failed on the bus" },
	{ "invalid", "Readings that were refused" },
	{ "glitches", "Readings that were not confirmed" },
	{ "contradictions", "Readings beside the window" },
	{ "reacquisitions", "Times the edge was sought anew" },
};

static void print_gauges(FILE *out, const struct rtc_list *list)
{
	long long value;
	size_t i;
	int n;

	for (i = 0; i < sizeof(gauges) / sizeof(gauges[0]); i++) {
		fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", gauges[i].name, gauges[i].help,
			gauges[i].name);
		for (n = 0; n < list->count; n++) {
			if (rtc_number(list->names[n], gauges[i].file, &value))
				fprintf(out, "%s{rtc=\"%s\"} %.9g\n", gauges[i].name,
					list->names[n], (double)value / 1e9);
		}
	}
}

static void print_counters(FILE *out, const struct rtc_list *list)
{
	char file[64];
	long long value;
	size_t i;
	int n;

	for (i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
		snprintf(file, sizeof(file), "stats/%s", counters[i].file);
		fprintf(out, "# HELP rtc_sync_%s_total %s\n# TYPE rtc_sync_%s_total counter\n",
			counters[i].file, counters[i].help, counters[i].file);
		for (n = 0; n < list->count; n++) {
			if (rtc_number(list->names[n], file, &value))
				fprintf(out, "rtc_sync_%s_total{rtc=\"%s\"} %lld\n",
					counters[i].file, list->names[n], value);
		}
	}
}

static void print_states(FILE *out, const struct rtc_list *list)
{
	char state[VALUE_MAX];
	char last[VALUE_MAX];
	size_t i;
	int n;

	fputs("# HELP rtc_sync_state What the engine does with the RTC\n# TYPE rtc_sync_state gauge\n",
	      out);
	for (n = 0; n < list->count; n++) {
		if (rtc_read(list->names[n], "state", state, sizeof(state)))
			continue;
		for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
			fprintf(out, "rtc_sync_state{rtc=\"%s\",state=\"%s\"} %d\n",
				list->names[n], states[i], !strcmp(state, states[i]));
	}
	fputs("# HELP rtc_sync_last_sync_timestamp_seconds When the clock was last compared, 0: never\n# TYPE rtc_sync_last_sync_timestamp_seconds gauge\n",
	      out);
	for (n = 0; n < list->count; n++) {
		if (!rtc_read(list->names[n], "last_sync", last, sizeof(last)))
			fprintf(out, "rtc_sync_last_sync_timestamp_seconds{rtc=\"%s\"} %s\n",
				list->names[n], last);
	}
}

static int print_all(FILE *out, const struct rtc_list *list)
{
	print_states(out, list);
	print_gauges(out, list);
	print_counters(out, list);
	return fflush(out) || ferror(out) ? errno : 0;
}

/**
 * metrics_write() - all RTCs
 * @list: the RTCs
 * @path: a file, which is replaced as a whole or not at all; NULL: standard output
 *
 * Return: what to exit with.
 */
int metrics_write(const struct rtc_list *list, const char *path)
{
	char temporary[PATH_MAX];
	int error;
	FILE *out;

	if (!path) {
		error = print_all(stdout, list);
		return error ? fail(EXIT_FAILURE, "can't write: %s", strerror(error)) : 0;
	}
	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.%d", path, (int)getpid()) >=
	    sizeof(temporary))
		return fail(EXIT_USAGE, "%s: too long a name", path);
	out = fopen(temporary, "wxe");
	if (!out)
		return fail(EXIT_FAILURE, "%s can't be written: %s", path, strerror(errno));
	error = print_all(out, list);
	if (!error && fsync(fileno(out)))
		error = errno;
	if (fclose(out) && !error)
		error = errno;
	if (!error && rename(temporary, path))
		error = errno;
	if (!error)
		return 0;
	unlink(temporary);
	return fail(EXIT_FAILURE, "%s can't be written: %s", path, strerror(error));
}
