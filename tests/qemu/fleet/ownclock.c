// SPDX-License-Identifier: GPL-2.0-only
/*
 * Gives a program a system clock of its own: to be preloaded into chronyd.
 *
 * OWNCLOCK="DRIFT_PPB BASE_EPOCH HZ FILE": the clock gains so much, shows BASE_EPOCH plus
 * the counter at first, and is told of in FILE. The program reads and steers it as it would
 * the kernel's. So several clients in one guest have a clock each, and its error is known.
 * The kernel's timestamps are those of another clock, so they are not to be had.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "../guest/clock.h"
#include "ownclock.h"

#define SCALED_PPM	65536e6
#define PPB		1e-9

static struct own_clock *own;
static double hz, drift;
static struct timex state = { .tick = TICK_US, .status = STA_UNSYNC };

static long long next_number(const char **text)
{
	long long value = 0;
	bool is_negative = **text == '-';

	*text += is_negative;
	while (**text >= '0' && **text <= '9')
		value = value * 10 + *(*text)++ - '0';
	*text += **text == ' ';
	return is_negative ? -value : value;
}

/* What it shows now is where it goes on from */
static void change(int64_t step_ns)
{
	uint64_t ticks = counter();
	int64_t now_ns = own_clock_ns(own, ticks, hz);

	own->changes++;
	own->since_ns = now_ns + step_ns;
	own->since_ticks = ticks;
	own->rate = (1 + drift) * state.tick / TICK_US * (1 + state.freq / SCALED_PPM);
	own->changes++;
}

static const char *setting(char **environment)
{
	static const char name[] = "OWNCLOCK=";

	for (; *environment; environment++)
		if (!memcmp(*environment, name, sizeof(name) - 1))
			return *environment + sizeof(name) - 1;
	return NULL;
}

__attribute__((constructor)) static void start(int argc, char **argv, char **environment)
{
	const char *text = setting(environment);
	long long base_s;
	int fd;

	(void)argc;
	(void)argv;
	if (!text)
		_exit(2);
	drift = (double)next_number(&text) * PPB;
	base_s = next_number(&text);
	hz = (double)next_number(&text);
	fd = open(text, O_RDWR | O_CREAT | O_TRUNC, 0644);
	if (fd < 0 || ftruncate(fd, sizeof(*own)))
		_exit(2);
	own = mmap(NULL, sizeof(*own), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (own == MAP_FAILED)
		_exit(2);
	own->since_ns = base_s * NSEC_PER_SEC;
	own->rate = 1;
	change(0);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
	int64_t now_ns;

	if (id != CLOCK_REALTIME)
		return (int)syscall(SYS_clock_gettime64, id, now);
	now_ns = own_clock_ns(own, counter(), hz);
	now->tv_sec = now_ns / NSEC_PER_SEC;
	now->tv_nsec = (long)(now_ns % NSEC_PER_SEC);
	return 0;
}

int clock_settime(clockid_t id, const struct timespec *now)
{
	(void)id;
	change(timespec_to_ns(now) - own_clock_ns(own, counter(), hz));
	return 0;
}

int adjtimex(struct timex *order)
{
	int64_t step_ns = 0;

	if (order->modes & ADJ_SETOFFSET)
		step_ns = (int64_t)order->time.tv_sec * NSEC_PER_SEC +
			  order->time.tv_usec * (order->modes & ADJ_NANO ? 1 : 1000);
	if (order->modes & ADJ_FREQUENCY)
		state.freq = order->freq;
	if (order->modes & ADJ_TICK)
		state.tick = order->tick;
	if (order->modes & ADJ_STATUS)
		state.status = order->status;
	change(step_ns);
	order->freq = state.freq;
	order->tick = state.tick;
	order->status = state.status;
	return TIME_OK;
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t size)
{
	if (level == SOL_SOCKET && (name == SO_TIMESTAMPING || name == SO_TIMESTAMPNS ||
				    name == SO_TIMESTAMP))
		return -1;
	return (int)syscall(SYS_setsockopt, fd, level, name, value, size);
}
