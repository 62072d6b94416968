// SPDX-License-Identifier: GPL-2.0-only
/* Tell the engine something, and what came of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rtcsync.h"

/* A trigger is answered at the next edge, within about 2 s when locked. */
#define TRIGGER_S	5
#define LOOKS_PER_S	20

/* What can be set, as people would call it, and what it takes. */
static const struct {
	const char *name;
	const char *also;
	const char *takes;
} settings[] = {
	{ "mode", "", "off, monitor, step, slew (built in only) or auto" },
	{ "ntp", "", "yes, no or unknown" },
	{ "interval_s", "interval", "1 to 86400 (seconds)" },
	{ "step_threshold_ns", "step_threshold", "1 to 1000000000 (nanoseconds)" },
	{ "max_step_s", "max_step", "0 to 2147483647 (seconds; 0: no limit)" },
	{ "rtc_rate_ppb", "rtc_rate", "-500000 to 500000 (parts per billion)" },
	{ "trim", "", "0 or 1" },
};

static int refused(const char *rtc, const char *name, const char *takes, int error)
{
	if (error == EACCES || error == EPERM)
		return fail(EXIT_PERMISSION, "%s: %s: permission denied: it takes root, and CAP_SYS_TIME", rtc, name);
	if (error == EOPNOTSUPP)
		return fail(EXIT_REFUSED, "%s: %s: not here: a module can't slew by itself, and not every RTC can be trimmed", rtc, name);
	if (error == ENOENT)
		return fail(EXIT_REFUSED, "%s has no %s", rtc, name);
	if (error == EINVAL)
		return fail(EXIT_REFUSED, "%s: %s takes %s", rtc, name, takes);
	return fail(EXIT_FAILURE, "%s: %s: %s", rtc, name, strerror(error));
}

/**
 * set() - set something
 * @rtc: rtcN
 * @name: what
 * @value: to what
 *
 * Return: what to exit with.
 */
int set(const char *rtc, const char *name, const char *value)
{
	size_t i;
	int ret;

	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		if (strcmp(name, settings[i].name) && strcmp(name, settings[i].also))
			continue;
		ret = rtc_write(rtc, settings[i].name, *value ? value : "\n");
		if (ret)
			return refused(rtc, settings[i].name, settings[i].takes, -ret);
		return 0;
	}
	return fail(EXIT_USAGE, "%s can't be set; what can: mode, ntp, interval_s, step_threshold_ns, max_step_s, rtc_rate_ppb, trim", name);
}

/**
 * trigger() - sync now
 * @rtc: rtcN
 *
 * Return: what to exit with.
 */
int trigger(const char *rtc)
{
	const struct timespec pause = { .tv_nsec = 1000000000 / LOOKS_PER_S };
	char state[VALUE_MAX] = "?";
	long long offset_ns;
	long long error_ns;
	long long before;
	long long syncs;
	int looks;
	int ret;

	if (!rtc_number(rtc, "stats/syncs", &before))
		return fail(EXIT_FAILURE, "%s has gone", rtc);
	ret = rtc_write(rtc, "trigger", "1");
	if (ret)
		return refused(rtc, "trigger", "1", -ret);
	for (looks = 0; looks < TRIGGER_S * LOOKS_PER_S; looks++) {
		nanosleep(&pause, NULL);
		if (!rtc_number(rtc, "stats/syncs", &syncs) || syncs == before ||
		    !rtc_number(rtc, "offset_ns", &offset_ns) ||
		    !rtc_number(rtc, "error_ns", &error_ns))
			continue;
		printf("%s: synced; the RTC is %+.6f s from the system clock, which is off by %.6f s at most\n",
		       rtc, (double)offset_ns / 1e9, (double)error_ns / 1e9);
		return 0;
	}
	rtc_read(rtc, "state", state, sizeof(state));
	return fail(EXIT_NOT_DONE, "%s: no sync within %d s: it is %s; see rtcsync status", rtc,
		    TRIGGER_S, state);
}
