// SPDX-License-Identifier: GPL-2.0-only
/* A line each second, and one for each change of state as it comes. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rtcsync.h"

#define HEAD_EVERY	20

/* In the unit that suits it. */
static void print_time(const char *rtc, const char *file)
{
	long long ns;

	if (!rtc_number(rtc, file, &ns))
		printf(" %13s", "-");
	else if (ns > -1000000 && ns < 1000000)
		printf(" %+10.3f us", (double)ns / 1e3);
	else if (ns > -1000000000 && ns < 1000000000)
		printf(" %+10.3f ms", (double)ns / 1e6);
	else
		printf(" %+10.3f s ", (double)ns / 1e9);
}

static void print_count(const char *rtc, const char *file)
{
	long long count;

	if (rtc_number(rtc, file, &count))
		printf(" %8lld", count);
	else
		printf(" %8s", "-");
}

static void print_line(const char *rtc, const char *state)
{
	struct timespec now;
	struct tm utc;
	char text[32];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(text, sizeof(text), "%H:%M:%S", &utc);
	printf("%s.%03ld %-10s", text, now.tv_nsec / 1000000, state);
	print_time(rtc, "offset_ns");
	print_time(rtc, "error_ns");
	print_count(rtc, "freq_ppb");
	print_count(rtc, "stats/syncs");
	print_count(rtc, "stats/steps");
	print_count(rtc, "stats/slews");
	putchar('\n');
}

/**
 * watch() - look at an RTC until somebody ends it
 * @rtc: rtcN
 * @period_s: time between two lines
 * @count: of lines; 0: no end
 * @is_json: lines of JSON
 *
 * Return: what to exit with.
 */
int watch(const char *rtc, double period_s, long count, bool is_json)
{
	struct pollfd poll_state = { .fd = rtc_open(rtc, "state", O_RDONLY),
				     .events = POLLPRI | POLLERR };
	char state[VALUE_MAX];
	ssize_t length;
	long lines;

	for (lines = 0; !count || lines < count; lines++) {
		/* Reading is what makes poll() wait for the next change. */
		length = pread(poll_state.fd, state, sizeof(state) - 1, 0);
		if (length < 0) {
			close(poll_state.fd);
			return fail(EXIT_NO_RTC, "%s has gone", rtc);
		}
		state[length] = 0;
		state[strcspn(state, "\n")] = 0;
		if (!is_json && lines % HEAD_EVERY == 0)
			puts("UTC          state         RTC-system    possible error  rate,ppb    syncs    steps    slews");
		if (is_json)
			json_print(rtc, true);
		else
			print_line(rtc, state);
		if (fflush(stdout))
			break;
		if (lines + 1 != count)
			poll(&poll_state, 1, (int)(period_s * 1000));
	}
	close(poll_state.fd);
	return 0;
}
