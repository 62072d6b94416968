// SPDX-License-Identifier: GPL-2.0-only
/* What is said between engine and companion, as text: docs/abi.md, `companion`. */
#include <stdio.h>

#include "serve.h"

/**
 * request_parse() - read what the engine wants
 * @text: as it was read
 * @request: filled in
 *
 * Return: false if it wants nothing, or what is not understood.
 */
bool request_parse(const char *text, struct request *request)
{
	int end = 0;
	int found = sscanf(text, "%u %d %lld %lld %d %lld %lld %n", &request->id, &request->call,
			   &request->freq, &request->tick, &request->status,
			   &request->maxerror, &request->esterror, &end);

	return found == 7 && request->id && end && !text[end];
}

/**
 * request_print() - write what came of it
 * @request: the answer
 * @text: REQUEST_TEXT bytes
 */
void request_print(const struct request *request, char *text)
{
	snprintf(text, REQUEST_TEXT, "%u %d %lld %lld %d %lld %lld\n", request->id,
		 request->call, request->freq, request->tick, request->status,
		 request->maxerror, request->esterror);
}
