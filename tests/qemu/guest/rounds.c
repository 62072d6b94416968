// SPDX-License-Identifier: GPL-2.0-only
/*
 * Do a few things again and again, without a process for each.
 *
 * usage: rounds COUNT SEED STEP...            COUNT rounds of all steps
 *        rounds fail STEP... -- STEP... -- STEP...    the first steps, once for each
 *                                             allocation of theirs that fails; the second
 *                                             ones after each; the third ones after each
 *                                             tenth, and at the end
 *
 * A step is one of
 *   FILE=TEXT     write to a file, which must succeed
 *   FILE~TEXT     wait until a file begins so
 *   !NAME         no process NAME... (of the kernel) may be there
 *   :TEXT         print it
 *   %MS           sleep for a random time up to so long
 *   @MS           sleep so long
 *   <FILE,ARGS    load a module, with arguments joined by commas
 *   >NAME         unload one
 *   -STEP         the same, and it may fail
 *
 * With fail, each step of the first part may fail, since the kernel's fail-nth has an
 * allocation fail in it: the 1st one, the 2nd, ... until there are no more of them.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Long enough for whatever has to happen, short enough to be noticed. */
#define WAIT_MS		60000
#define STEPS_MAX	64

static bool may_fail;
static uint32_t seed;
static int fail_nth = -1;

static void die(const char *step, const char *what)
{
	printf("@@FAIL %s: %s\n", step, what);
	exit(1);
}

static void sleep_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

static long random_below(long most)
{
	seed = seed * 1664525 + 1013904223;
	return most > 0 ? (seed >> 8) % most : 0;
}

/* From here to disarm() the nth allocation of this process fails. */
static void arm(int nth)
{
	if (fail_nth >= 0 && nth)
		dprintf(fail_nth, "%d", nth);
}

static int put(const char *file, const char *text, int nth)
{
	int fd = open(file, O_WRONLY);
	int ret = 0;

	if (fd < 0)
		return -errno;
	arm(nth);
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

static int get(const char *file, char *text, size_t size)
{
	int fd = open(file, O_RDONLY);
	ssize_t len;

	if (fd < 0)
		return -errno;
	len = read(fd, text, size - 1);
	text[len > 0 ? len : 0] = '\0';
	close(fd);
	return len < 0 ? -errno : 0;
}

static int await(const char *file, const char *text)
{
	char found[256];

	/* What comes soon is to be seen at once, what takes seconds is not asked so often. */
	for (int ms = 0, pause_ms; ms < WAIT_MS; ms += pause_ms) {
		if (!get(file, found, sizeof(found)) && !strncmp(found, text, strlen(text)))
			return 0;
		pause_ms = ms < 50 ? 1 : ms < 2000 ? 10 : 100;
		sleep_ms(pause_ms);
	}
	return -ETIMEDOUT;
}

static int load(char *file, int nth)
{
	char *arguments = strchr(file, ',');
	int fd;
	int ret = 0;

	if (arguments)
		*arguments = '\0';
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	for (char *at = arguments ? arguments + 1 : NULL; at && (at = strchr(at, ',')); )
		*at = ' ';
	arm(nth);
	if (syscall(SYS_finit_module, fd, arguments ? arguments + 1 : "", 0))
		ret = -errno;
	close(fd);
	return ret;
}

/* No thread of the driver's may be left. */
static int absent(const char *name)
{
	char file[64], found[64];
	struct dirent *entry;
	DIR *dir = opendir("/proc");
	int ret = 0;

	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name < '0' || *entry->d_name > '9')
			continue;
		snprintf(file, sizeof(file), "/proc/%.16s/comm", entry->d_name);
		if (!get(file, found, sizeof(found)) && !strncmp(found, name, strlen(name)))
			ret = -EEXIST;
	}
	closedir(dir);
	return ret;
}

/* Writes and waits have the file first. */
static int do_file(char *step, int nth)
{
	char *at = strpbrk(step, "=~");
	char what;

	if (!at)
		die(step, "no such step");
	what = *at;
	*at = '\0';
	return what == '=' ? put(step, at + 1, nth) : await(step, at + 1);
}

static int do_step(char *step, int nth)
{
	switch (*step) {
	case ':':
		puts(step + 1);
		fflush(stdout);
		return 0;
	case '!':
		return absent(step + 1);
	case '%':
		sleep_ms(random_below(atol(step + 1)));
		return 0;
	case '@':
		sleep_ms(atol(step + 1));
		return 0;
	case '<':
		return load(step + 1, nth);
	case '>':
		arm(nth);
		return syscall(SYS_delete_module, step + 1, O_NONBLOCK) ? -errno : 0;
	default:
		return do_file(step, nth);
	}
}

/* Returns how many steps have failed. */
static int do_steps(char *const *steps, int count, int nth)
{
	int failed = 0;

	for (int i = 0; i < count; i++) {
		bool is_free = may_fail || *steps[i] == '-';
		char step[256];
		int ret;

		snprintf(step, sizeof(step), "%s", steps[i] + (*steps[i] == '-'));
		ret = do_step(step, nth);
		if (ret && !is_free)
			die(steps[i], strerror(-ret));
		failed += !!ret;
	}
	return failed;
}

/* Was it reached? Then it reads 0. What is left is taken back. */
static bool disarm(void)
{
	char text[16] = "";

	if (pread(fail_nth, text, sizeof(text) - 1, 0) < 0)
		die("fail-nth", strerror(errno));
	if (atoi(text))
		dprintf(fail_nth, "0");
	return !atoi(text);
}

static int find_end(char **steps, int first, int count)
{
	while (first < count && strcmp(steps[first], "--"))
		first++;
	return first;
}

static int fail_each(char **steps, int count)
{
	int first = find_end(steps, 0, count);
	int second = find_end(steps, first + 1, count);
	bool is_reached = true;
	int refused = 0;
	int nth;

	fail_nth = open("/proc/self/fail-nth", O_RDWR);
	if (fail_nth < 0 || second >= count)
		die("fail", fail_nth < 0 ? strerror(errno) : "no --");
	for (nth = 1; is_reached; nth++) {
		int failed;

		may_fail = true;
		failed = do_steps(steps, first, nth);
		may_fail = false;
		is_reached = disarm();
		refused += is_reached && failed;
		do_steps(steps + first + 1, second - first - 1, 0);
		if (nth % 10 == 0 || !is_reached)
			do_steps(steps + second + 1, count - second - 1, 0);
	}
	/* The last one did not come to its allocation. */
	printf("@@ALLOCATIONS %d failed, %d times refused\n", nth - 2, refused);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "fail"))
		return fail_each(argv + 2, argc - 2);
	if (argc < 4 || argc - 3 > STEPS_MAX) {
		fprintf(stderr, "usage: rounds COUNT SEED STEP... | rounds fail STEP... -- STEP... -- STEP...\n");
		return 2;
	}
	seed = strtoul(argv[2], NULL, 0);
	for (long i = 0; i < atol(argv[1]); i++)
		do_steps(argv + 3, argc - 3, 0);
	printf("@@ROUNDS %s\n", argv[1]);
	return 0;
}
