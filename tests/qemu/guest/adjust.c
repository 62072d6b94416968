// SPDX-License-Identifier: GPL-2.0-only
/*
 * Do to the system clock what an NTP daemon does.
 *
 * usage: adjust synced         from now on somebody keeps it: the kernel writes its
 *                              time into the RTC, soon and then every 11 minutes
 *        adjust unsynced       nobody does any more
 *        adjust shift NS       step it by so much, forward
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

int main(int argc, char **argv)
{
	struct timex state = { .modes = ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR };

	if (argc == 2 && !strcmp(argv[1], "unsynced")) {
		state.status = STA_UNSYNC;
	} else if (argc == 3 && !strcmp(argv[1], "shift")) {
		state.modes = ADJ_SETOFFSET | ADJ_NANO;
		state.time.tv_sec = atoll(argv[2]) / 1000000000;
		/* In nanoseconds, by ADJ_NANO */
		state.time.tv_usec = atoll(argv[2]) % 1000000000;
	} else if (argc != 2 || strcmp(argv[1], "synced")) {
		fprintf(stderr, "usage: adjust synced | unsynced | shift NS\n");
		return 2;
	}
	if (adjtimex(&state) < 0) {
		perror("adjtimex");
		return 1;
	}
	return 0;
}
