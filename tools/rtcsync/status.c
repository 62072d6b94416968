// SPDX-License-Identifier: GPL-2.0-only
/* An RTC for people to read: a line a thing, and what to do if something is wrong. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "rtcsync.h"

static const struct {
	const char *state;
	const char *means;
} states[] = {
	{ "off", "the RTC is not read (mode off)" },
	{ "acquiring", "the edge of the RTC's second is sought" },
	{ "locked", "the RTC's time is known to the edge of its second" },
	{ "standby", "NTP keeps the clock; the RTC is measured" },
	{ "holdover", "NTP is lost; the RTC goes on from its time" },
	{ "invalid", "the RTC's time is not believed" },
	{ "fault", "the RTC can't be read" },
};

static const struct {
	const char *doubt;
	const char *todo;
} doubts[] = {
	{ "chip", "the chip says that it has lost its time. Set it (hwclock --systohc) once the clock is right; if that comes again, look at the battery" },
	{ "date", "its date is out of range. Set it (hwclock --systohc) once the clock is right" },
	{ "stuck", "its second does not advance. Look at the crystal, and at what else is on the bus" },
	{ "step", "it is too far off to be followed without a word. If the RTC is right: rtcsync trigger. If the clock is: hwclock --systohc" },
};

/* A value in the unit that suits it. */
static void print_ns(double ns)
{
	if (fabs(ns) < 1e6)
		printf("%.3f us", ns / 1e3);
	else if (fabs(ns) < 1e9)
		printf("%.3f ms", ns / 1e6);
	else
		printf("%.3f s", ns / 1e9);
}

static void label(const char *text)
{
	printf("%-16s: ", text);
}

static void print_state(const char *rtc)
{
	char state[VALUE_MAX] = "?";
	char doubt[VALUE_MAX] = "";
	size_t i;

	rtc_read(rtc, "state", state, sizeof(state));
	rtc_read(rtc, "doubt", doubt, sizeof(doubt));
	label("State");
	fputs(state, stdout);
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (!strcmp(state, states[i].state))
			printf(": %s", states[i].means);
	}
	putchar('\n');
	for (i = 0; i < sizeof(doubts) / sizeof(doubts[0]); i++) {
		if (!strcmp(doubt, doubts[i].doubt)) {
			label("What to do");
			puts(doubts[i].todo);
		}
	}
	if (!strcmp(state, "fault")) {
		label("What to do");
		puts("look at the wiring and the address (i2cdetect), and at dmesg; it is tried again by itself");
	}
}

static void print_clock(const char *rtc)
{
	struct timespec now;
	double last_s = 0;
	char text[VALUE_MAX];
	long long ns;

	label("System clock");
	if (rtc_number(rtc, "offset_ns", &ns)) {
		print_ns(fabs((double)ns));
		puts(ns < 0 ? " ahead of the RTC" : " behind the RTC");
	} else {
		puts("not known yet");
	}
	label("Possible error");
	if (rtc_number(rtc, "error_ns", &ns)) {
		print_ns((double)ns);
		puts(" at most, against the RTC");
	} else {
		puts("not known yet");
	}
	label("Last sync");
	clock_gettime(CLOCK_REALTIME, &now);
	if (!rtc_read(rtc, "last_sync", text, sizeof(text)))
		sscanf(text, "%lf", &last_s);
	if (last_s > 0)
		printf("%.0f s ago\n", fmax((double)now.tv_sec - last_s, 0));
	else
		puts("never");
}

/* What is done to the clock, and why a module may only step it. */
static void print_how(const char *rtc, const char *mode)
{
	char companion[VALUE_MAX];
	long long slews;
	int ret = rtc_read(rtc, "companion", companion, sizeof(companion));

	label("Clock is");
	if (!strcmp(mode, "off") || !strcmp(mode, "monitor"))
		puts("left alone, as the mode says");
	else if (!strcmp(mode, "step"))
		puts("stepped, as the mode says");
	else if (ret == -ENOENT)
		puts("slewed (by the kernel itself)");
	else if (!ret && !strcmp(companion, "gone"))
		puts("stepped: a module needs a companion to slew; start rtcsync serve");
	else if (!ret)
		puts("slewed (by rtcsync serve)");
	else if (rtc_number(rtc, "stats/slew_ppb", &slews) && slews)
		puts("slewed");
	else
		puts("stepped, or slewed if rtcsync serve runs (root sees which)");
}

static void print_settings(const char *rtc)
{
	char mode[VALUE_MAX] = "?";
	char ntp[VALUE_MAX] = "?";
	long long interval_s = 0;
	long long band_ns = 0;
	long long max_s = 0;

	rtc_read(rtc, "mode", mode, sizeof(mode));
	rtc_read(rtc, "ntp", ntp, sizeof(ntp));
	rtc_number(rtc, "interval_s", &interval_s);
	rtc_number(rtc, "step_threshold_ns", &band_ns);
	rtc_number(rtc, "max_step_s", &max_s);
	label("Mode");
	printf("%s, every %lld s; set when off by more than %g ms", mode, interval_s,
	       (double)band_ns / 1e6);
	if (max_s)
		printf(", by %lld s at most", max_s);
	putchar('\n');
	print_how(rtc, mode);
	label("NTP");
	if (!strcmp(ntp, "yes"))
		puts("keeps the clock");
	else if (!strcmp(ntp, "no"))
		puts("does not keep the clock");
	else
		puts("no sign of it (a module sees it late; rtcsync set ntp yes|no tells it)");
}

static void print_rates(const char *rtc)
{
	long long error_ppb;
	long long ppb;

	label("Oscillator");
	if (rtc_number(rtc, "freq_ppb", &ppb))
		printf("%.3f ppm %s than the RTC\n", fabs((double)ppb) / 1e3,
		       ppb < 0 ? "faster" : "slower");
	else
		puts("not known yet");
	label("RTC's own rate");
	if (!rtc_number(rtc, "rtc_rate_ppb", &ppb))
		puts("not known");
	else if (rtc_number(rtc, "rtc_rate_error_ppb", &error_ppb))
		printf("gains %.3f ppm, within %.3f (learned from NTP)\n", (double)ppb / 1e3,
		       (double)error_ppb / 1e3);
	else if (ppb)
		printf("gains %.3f ppm (as somebody said)\n", (double)ppb / 1e3);
	else
		puts("taken for right; it is learned while NTP keeps the clock");
	if (rtc_number(rtc, "trim_ppb", &ppb)) {
		label("Trim");
		printf("%+.3f ppm\n", (double)ppb / 1e3);
	}
}

/* "Label: 12 of this, 3 of that": what can't be read is left out. */
static void print_counts(const char *rtc, const char *text, const char *const *files,
			 const char *const *names)
{
	const char *comma = "";
	char file[64];
	long long count;

	label(text);
	for (; *files; files++, names++) {
		snprintf(file, sizeof(file), "stats/%s", *files);
		if (!rtc_number(rtc, file, &count))
			continue;
		printf("%s%lld %s", comma, count, *names);
		comma = ", ";
	}
	putchar('\n');
}

/**
 * status_print() - all of it
 * @rtc: rtcN
 */
void status_print(const char *rtc)
{
	static const char *const work[] = { "syncs", "slews", "steps", "steps_backward", NULL };
	static const char *const works[] = { "syncs", "slews", "steps", "of them backward" };
	static const char *const reads[] = { "reads_short", "reads_full", NULL };
	static const char *const read_names[] = { "short", "of date and time" };
	static const char *const bad[] = { "bus_errors", "invalid", "glitches", "contradictions",
					   "reacquisitions", NULL };
	static const char *const bads[] = { "bus errors", "refused", "not confirmed",
					    "beside the window", "times sought anew" };
	char name[VALUE_MAX] = "?";

	rtc_read(rtc, "/name", name, sizeof(name));
	label("RTC");
	printf("%s (%s)\n", rtc, name);
	print_state(rtc);
	print_clock(rtc);
	print_settings(rtc);
	print_rates(rtc);
	print_counts(rtc, "Done", work, works);
	print_counts(rtc, "Readings", reads, read_names);
	print_counts(rtc, "Trouble", bad, bads);
}
