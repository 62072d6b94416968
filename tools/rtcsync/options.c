// SPDX-License-Identifier: GPL-2.0-only
/* The command line: options may stand anywhere, and -5 is a number. */
#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "rtcsync.h"

/* What poll() can wait, in ms, is more. */
#define PERIOD_MIN_S	0.01
#define PERIOD_MAX_S	86400

/* Each word as it comes ("-"), and one that lacks its value is told apart (":"). */
static const char shorts[] = "-:r:jn:c:o:s:l:Vh";

static const struct option longs[] = {
	{ "rtc", required_argument, NULL, 'r' },
	{ "json", no_argument, NULL, 'j' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{}
};

static int take_word(struct options *options, const char *word)
{
	if (options->count == WORDS_MAX)
		return fail(EXIT_USAGE, "%s: one word too many; see rtcsync --help", word);
	options->words[options->count++] = word;
	return 0;
}

static int take_period(struct options *options, const char *value)
{
	char *end;

	options->period_s = strtod(value, &end);
	if (*value && !*end && options->period_s >= PERIOD_MIN_S &&
	    options->period_s <= PERIOD_MAX_S)
		return 0;
	return fail(EXIT_USAGE, "-n %s: not 0.01 to 86400 seconds", value);
}

static int take_lines(struct options *options, const char *value)
{
	char *end;

	options->lines = strtol(value, &end, 10);
	if (*value && !*end && options->lines > 0 && options->lines <= 1000000000)
		return 0;
	return fail(EXIT_USAGE, "-c %s: not a whole number above 0", value);
}

static int take(struct options *options, int option, const char *value)
{
	const char letter[] = { (char)option, 0 };

	if (!strchr(options->given, option))
		strcat(options->given, letter);
	switch (option) {
	case 'r':
		options->rtc = value;
		return 0;
	case 'j':
		options->is_json = true;
		return 0;
	case 'n':
		return take_period(options, value);
	case 'c':
		return take_lines(options, value);
	case 'o':
		options->out = value;
		return 0;
	case 's':
		options->serve.rates = value;
		return 0;
	case 'l':
		options->serve.lock = value;
		return 0;
	case 'V':
		options->is_version = true;
		return 0;
	default:
		options->is_help = true;
		return 0;
	}
}

static bool is_negative_number(const char *word)
{
	return word && word[0] == '-' && isdigit((unsigned char)word[1]);
}

static int take_next(struct options *options, int option, char **argv)
{
	if (option == 1)
		return take_word(options, optarg);
	if (option == ':')
		return fail(EXIT_USAGE, "%s takes a value; see rtcsync --help", argv[optind - 1]);
	if (option == '?' && optopt)
		return fail(EXIT_USAGE, "-%c: no such option; see rtcsync --help", optopt);
	if (option == '?')
		return fail(EXIT_USAGE, "%s: no such option; see rtcsync --help", argv[optind - 1]);
	return take(options, option, optarg);
}

/**
 * options_read() - read the command line
 * @options: what is the default; filled in
 * @argc: as of main()
 * @argv: as of main()
 *
 * Return: 0, or what to exit with, which was said.
 */
int options_read(struct options *options, int argc, char **argv)
{
	int option;
	int ret;

	opterr = 0;
	for (;;) {
		if (is_negative_number(argv[optind])) {
			ret = take_word(options, argv[optind++]);
		} else {
			option = getopt_long(argc, argv, shorts, longs, NULL);
			if (option == -1)
				break;
			ret = take_next(options, option, argv);
		}
		if (ret)
			return ret;
	}
	while (optind < argc) {
		ret = take_word(options, argv[optind++]);
		if (ret)
			return ret;
	}
	return 0;
}
