/* SPDX-License-Identifier: GPL-2.0-only */
/* What was typed. */
#ifndef RTCSYNC_OPTIONS_H
#define RTCSYNC_OPTIONS_H

#include <stdbool.h>

#include "serve.h"

/* The most that a command takes: set NAME VALUE */
#define WORDS_MAX	3

/**
 * struct options - of the command line
 * @words: the command and what it takes
 * @count: of words
 * @given: the letters of the options that were given
 * @rtc: rtcN, or NULL
 * @is_json: print JSON
 * @is_help: say how it is used, and no more
 * @is_version: say which it is, and no more
 * @period_s: between two lines
 * @lines: how many; 0: no end
 * @out: a file, or NULL
 * @serve: see there
 */
struct options {
	const char *words[WORDS_MAX];
	int count;
	char given[16];
	const char *rtc;
	bool is_json;
	bool is_help;
	bool is_version;
	double period_s;
	long lines;
	const char *out;
	struct serve_options serve;
};

int options_read(struct options *options, int argc, char **argv);

#endif
