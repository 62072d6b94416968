/* SPDX-License-Identifier: GPL-2.0-only */
/* The companion, and what is said between it and the engine. */
#ifndef RTCSYNC_SERVE_H
#define RTCSYNC_SERVE_H

#include <stdbool.h>

#define REQUEST_TEXT	200

/**
 * struct request - a call of adjtimex(2), or what it returned
 * @id: which request it is
 * @call: ADJ_ flags; or what the call returned, -errno included
 * @freq: as in struct timex, and so are the next
 * @tick: us
 * @status: STA_ flags
 * @maxerror: us
 * @esterror: us
 */
struct request {
	unsigned int id;
	int call;
	long long freq;
	long long tick;
	int status;
	long long maxerror;
	long long esterror;
};

/**
 * struct serve_options - of the command line
 * @lock: a file
 * @rates: a folder; NULL: what is learned is not kept
 */
struct serve_options {
	const char *lock;
	const char *rates;
};

/* request.c */
bool request_parse(const char *text, struct request *request);
void request_print(const struct request *request, char *text);

/* serve.c */
int serve(const struct serve_options *options);

#endif
