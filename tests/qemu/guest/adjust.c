// SPDX-License-Identifier: GPL-2.0-only
/*
 * Do to the system clock what an NTP daemon does.
 *
 * usage: adjust synced         from now on somebody keeps it: the kernel writes its
 *                              time into the RTC, soon and then every 11 minutes
 *        adjust unsynced       nobody does any more
 *        adjust shift NS       step it by so much; positive: forward
 *        adjust set SECONDS    set it; since 1970, also beyond 2038
 *        adjust frequency PPB  let it gain so much more than it does by itself
 *        adjust leap           a second is to be inserted at the end of the day (UTC)
 *        adjust no-leap        none is
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

static int set_clock(int64_t seconds)
{
	struct timespec ts = { .tv_sec = seconds };

	if (clock_settime(CLOCK_REALTIME, &ts)) {
		perror("clock_settime");
		return 1;
	}
	return 0;
}

/* Whatever else the kernel was told stays. */
static int announce_leap(bool is_due)
{
	struct timex state = { .modes = 0 };

	if (adjtimex(&state) >= 0) {
		state.modes = ADJ_STATUS;
		state.status &= ~STA_INS;
		state.status |= is_due ? STA_INS : 0;
		if (adjtimex(&state) >= 0)
			return 0;
	}
	perror("adjtimex");
	return 1;
}

int main(int argc, char **argv)
{
	struct timex state = { .modes = ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR };

	if (argc == 3 && !strcmp(argv[1], "set"))
		return set_clock(atoll(argv[2]));
	if (argc == 2 && (!strcmp(argv[1], "leap") || !strcmp(argv[1], "no-leap")))
		return announce_leap(argv[1][0] == 'l');
	if (argc == 2 && !strcmp(argv[1], "unsynced")) {
		state.status = STA_UNSYNC;
	} else if (argc == 3 && !strcmp(argv[1], "shift")) {
		state.modes = ADJ_SETOFFSET | ADJ_NANO;
		state.time.tv_sec = atoll(argv[2]) / 1000000000;
		/* In nanoseconds, by ADJ_NANO, and never negative */
		state.time.tv_usec = atoll(argv[2]) % 1000000000;
		if (state.time.tv_usec < 0) {
			state.time.tv_usec += 1000000000;
			state.time.tv_sec--;
		}
	} else if (argc == 3 && !strcmp(argv[1], "frequency")) {
		state.modes = ADJ_FREQUENCY;
		/* In ppm, with 16 binary places */
		state.freq = (long)(atoll(argv[2]) * 65536 / 1000);
	} else if (argc != 2 || strcmp(argv[1], "synced")) {
		fprintf(stderr, "usage: adjust [un]synced | shift NS | set S | frequency PPB | [no-]leap\n");
		return 2;
	}
	if (adjtimex(&state) < 0) {
		perror("adjtimex");
		return 1;
	}
	return 0;
}
