// SPDX-License-Identifier: GPL-2.0-only
/*
 * Write to a file what none of the driver's takes, and count what the kernel's log says.
 *
 * usage: feed NAME FILE      "@@FED FILE COUNT inputs" if each was refused with EINVAL and
 *                            one line that has NAME in it; else, for each that was not,
 *                            "@@BAD FILE INPUT ERROR LINES"
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONG	4095

struct input {
	const char *bytes;
	size_t size;
};

#define TEXT(text)	{ text, sizeof(text) - 1 }

static char letters[LONG];
static char digits[LONG];
static char spaces[LONG];
static char line_breaks[LONG];
static char high[LONG];

static const struct input inputs[] = {
	{ letters, LONG }, { digits, LONG }, { spaces, LONG }, { line_breaks, LONG },
	{ high, LONG },
	TEXT("\n"), TEXT(" "), TEXT("\t"), TEXT("\r\n"), TEXT(" 1"), TEXT("1 "), TEXT("1\r\n"),
	TEXT("1\n\n"), TEXT("1\n2\n"), TEXT("--1"), TEXT("+-1"), TEXT("-"), TEXT("+"),
	TEXT("1.5"), TEXT("1e3"), TEXT("0x"), TEXT("0xg"), TEXT("08"), TEXT("1,0"), TEXT("1;0"),
	TEXT("NaN"), TEXT("inf"), TEXT("9223372036854775808"), TEXT("-9223372036854775808"),
	TEXT("-9223372036854775809"), TEXT("18446744073709551616"),
	TEXT("340282366920938463463374607431768211457"), TEXT("0x8000000000000000"),
	/* An Arabic 1, a byte order mark, a space that does not break */
	TEXT("\331\241"), TEXT("\357\273\277auto"), TEXT("\302\240yes"),
	TEXT("AUTO"), TEXT("aut"), TEXT("autoo"), TEXT("auto "), TEXT("auto\nstep"),
	TEXT("yes no"), TEXT("%s%n%p"), TEXT("\033[2J"), TEXT("\001"), TEXT("\377\377"),
	TEXT("\0"), TEXT("\0auto"),
	/* Only attributes see these as they are: last, see main() */
	TEXT("1\0002"), TEXT("auto\0step"), TEXT("no\0\n"), TEXT("0\0\0\0"),
};

#define INPUTS		(sizeof(inputs) / sizeof(inputs[0]))
#define ONLY_ATTRIBUTES	4

/* Lines of the log since the last call that hold a word, and no line break within */
static int count_lines(int log, const char *word)
{
	char record[8192];
	ssize_t size;
	int lines = 0;

	while ((size = read(log, record, sizeof(record) - 1)) > 0) {
		char *text;
		char *end;

		record[size] = '\0';
		text = strchr(record, ';');
		end = text ? strchr(text, '\n') : NULL;
		if (end)
			*end = '\0';
		if (!text || !strstr(text, word))
			continue;
		lines += strstr(text, "\\x0a") ? 100 : 1;
	}
	return lines;
}

static int feed(const char *name, const char *file, const struct input *input, int number,
		int log)
{
	int fd = open(file, O_WRONLY);
	int error = 0;
	int lines;

	if (fd < 0 || write(fd, input->bytes, input->size) != (ssize_t)input->size)
		error = errno;
	close(fd);
	lines = count_lines(log, name);
	if (error == EINVAL && lines == 1)
		return 0;
	printf("@@BAD %s input %d: %s, %d lines\n", file, number,
	       error ? strerrorname_np(error) : "taken", lines);
	return 1;
}

int main(int argc, char **argv)
{
	unsigned int count = INPUTS;
	unsigned int bad = 0;
	unsigned int i;
	int log;

	if (argc != 3)
		return 2;
	/* The parameters' core hands on what comes before the byte 0. */
	if (strstr(argv[2], "/parameters/"))
		count -= ONLY_ATTRIBUTES;
	memset(letters, 'a', LONG);
	memset(digits, '9', LONG);
	memset(spaces, ' ', LONG);
	memset(line_breaks, '\n', LONG);
	memset(high, 0xff, LONG);
	log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	if (log < 0)
		return 2;
	lseek(log, 0, SEEK_END);
	for (i = 0; i < count; i++)
		bad += feed(argv[1], argv[2], &inputs[i], i, log);
	if (!bad)
		printf("@@FED %s %u inputs\n", argv[2], count);
	return 0;
}
