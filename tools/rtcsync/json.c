// SPDX-License-Identifier: GPL-2.0-only
/* All that an RTC's files say, as JSON: numbers as numbers, what can't be read as null. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rtcsync.h"

static const char * const attributes[] = {
	"state", "doubt", "mode", "ntp", "interval_s", "offset_ns", "error_ns", "freq_ppb",
	"rtc_rate_ppb", "rtc_rate_error_ppb", "trim", "trim_ppb", "step_threshold_ns",
	"max_step_s", "last_sync",
};

static void print_text(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		if ((unsigned char)*text >= ' ')
			putchar(*text);
	}
	putchar('"');
}

static bool is_number(const char *text)
{
	char *end;

	strtod(text, &end);
	return *text && !*end && strspn(text, "-.0123456789") == strlen(text);
}

static void print_value(const char *rtc, const char *file)
{
	char text[VALUE_MAX];

	if (rtc_read(rtc, file, text, sizeof(text)))
		fputs("null", stdout);
	else if (is_number(text))
		fputs(text, stdout);
	else
		print_text(text);
}

/**
 * json_print() - an RTC as an object
 * @rtc: rtcN
 * @is_line: it is a line of its own
 */
void json_print(const char *rtc, bool is_line)
{
	char stats[64][32];
	int count = rtc_stats(rtc, stats, 64);
	size_t i;
	int n;

	printf("{\"rtc\": \"%s\", \"name\": ", rtc);
	print_value(rtc, "/name");
	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		printf(", \"%s\": ", attributes[i]);
		print_value(rtc, attributes[i]);
	}
	fputs(", \"stats\": {", stdout);
	qsort(stats, (size_t)count, sizeof(stats[0]),
	      (int (*)(const void *, const void *))strcmp);
	for (n = 0; n < count; n++) {
		printf("%s\"%s\": ", n ? ", " : "", stats[n] + strlen("stats/"));
		print_value(rtc, stats[n]);
	}
	fputs(is_line ? "}}\n" : "}}", stdout);
}
