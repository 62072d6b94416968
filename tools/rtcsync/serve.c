// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtcsync serve: call adjtimex(2) for the module, which can't. docs/abi.md, `companion`.
 *
 * No policy here: the engine says what is to be done, for each RTC on its own. What comes
 * and goes (RTCs, the module, the permission to open a file) is told by uevents.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "rates.h"
#include "rtcsync.h"
#include "serve.h"
#include "uevents.h"

/* Each RTC; then uevents and signals */
#define CLIENTS_MAX	16

/* How long a file that can't be opened yet is tried, and how often if nobody tells */
#define RETRY_MS	2000

/* How often rates are looked at, which are learned in hours */
#define RATES_S		3600

/* The engine ends a slew by then, or it has no thread any more. */
#define LEAVE_MS	300

/**
 * struct client - an RTC that is served
 * @name: rtcN; empty: none
 * @fd: its file "companion"
 * @is_gone: it has let us go
 */
struct client {
	char name[16];
	int fd;
	bool is_gone;
};

/**
 * struct server - all of it
 * @clients: the RTCs
 * @uevents: a socket, or -1
 * @rates: folder of what was learned; NULL: it is not kept
 * @rates_due_s: look at them then, CLOCK_MONOTONIC, s
 * @is_leaving: told to end
 * @is_refused: a file could not be opened, and that was said
 * @is_waiting: one could not be opened at the last look
 */
struct server {
	struct client clients[CLIENTS_MAX];
	int uevents;
	const char *rates;
	time_t rates_due_s;
	bool is_leaving;
	bool is_refused;
	bool is_waiting;
};

static void drop(struct client *client)
{
	close(client->fd);
	*client = (struct client) { .fd = -1 };
}

static bool say(const struct client *client, const char *text)
{
	return pwrite(client->fd, text, strlen(text), 0) >= 0;
}

/* Do as it is told; false: the engine did not wait for it. */
static bool obey(const struct client *client, const struct request *request)
{
	struct timex tx = {
		.modes = (unsigned int)request->call,
		.freq = (long)request->freq,
		.tick = (long)request->tick,
		.status = request->status,
		.maxerror = (long)request->maxerror,
		.esterror = (long)request->esterror,
	};
	struct request answer = { .id = request->id };
	char text[REQUEST_TEXT];

	answer.call = clock_adjtime(CLOCK_REALTIME, &tx);
	if (answer.call < 0)
		answer.call = -errno;
	answer.freq = tx.freq;
	answer.tick = tx.tick;
	answer.status = tx.status;
	answer.maxerror = tx.maxerror;
	answer.esterror = tx.esterror;
	request_print(&answer, text);
	return say(client, text);
}

/* All that it wants now. */
static void serve_client(struct server *server, struct client *client)
{
	struct request request;
	char text[REQUEST_TEXT];
	ssize_t length;

	for (;;) {
		length = pread(client->fd, text, sizeof(text) - 1, 0);
		if (length < 0) {
			drop(client);
			return;
		}
		text[length] = 0;
		if (!strcmp(text, "gone\n")) {
			client->is_gone = server->is_leaving;
			if (!server->is_leaving)
				say(client, "serve");
			return;
		}
		if (!request_parse(text, &request))
			return;
		if (obey(client, &request))
			continue;
		if (errno != ESTALE || server->is_leaving)
			return;
		say(client, "serve");
	}
}

static struct client *find(struct server *server, const char *name)
{
	int i;

	for (i = 0; i < CLIENTS_MAX; i++) {
		if (!strcmp(server->clients[i].name, name))
			return &server->clients[i];
	}
	return NULL;
}

/* An RTC that is not served yet, if it has a companion's file. */
static void adopt(struct server *server, const char *name)
{
	struct client *client = find(server, "");
	int fd;

	if (find(server, name) || !client)
		return;
	fd = rtc_open(name, "companion", O_RDWR);
	if (fd < 0) {
		if (errno == ENOENT)
			return;
		if (!server->is_refused)
			warn_line("%s: can't open companion: %s; waiting until it may be",
				  name, strerror(errno));
		server->is_refused = true;
		server->is_waiting = true;
		return;
	}
	snprintf(client->name, sizeof(client->name), "%s", name);
	client->fd = fd;
	client->is_gone = false;
	if (!say(client, "serve")) {
		warn_line("%s: can't serve: %s", name, strerror(errno));
		drop(client);
		server->is_waiting = true;
		return;
	}
	if (server->rates)
		rates_restore(server->rates, name);
	serve_client(server, client);
}

static void look_around(struct server *server)
{
	struct rtc_list list;
	int i;

	server->is_waiting = false;
	rtc_find(&list);
	for (i = 0; i < list.count; i++)
		adopt(server, list.names[i]);
	if (!server->is_waiting)
		server->is_refused = false;
}

static void keep_rates(struct server *server, bool is_last)
{
	int i;

	for (i = 0; server->rates && i < CLIENTS_MAX; i++) {
		if (server->clients[i].name[0])
			rates_keep(server->rates, server->clients[i].name, is_last);
	}
}

static time_t now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static int wait_ms(const struct server *server)
{
	time_t left_s = server->rates_due_s - now_s();

	if (server->is_leaving)
		return LEAVE_MS;
	if (server->is_waiting || server->uevents < 0)
		return RETRY_MS;
	return left_s > 0 ? (int)left_s * 1000 : 0;
}

static bool is_left(const struct server *server)
{
	int i;

	for (i = 0; i < CLIENTS_MAX; i++) {
		if (server->clients[i].name[0] && !server->clients[i].is_gone)
			return false;
	}
	return true;
}

static void leave(struct server *server)
{
	int i;

	keep_rates(server, true);
	server->is_leaving = true;
	for (i = 0; i < CLIENTS_MAX; i++) {
		if (server->clients[i].name[0])
			say(&server->clients[i], "leave");
	}
}

/* Wait, and do what there is to be done; false: time is up. */
static bool turn(struct server *server, int signals)
{
	struct pollfd fds[CLIENTS_MAX + 2];
	struct signalfd_siginfo info;
	int events;
	int i;

	for (i = 0; i < CLIENTS_MAX; i++)
		fds[i] = (struct pollfd) {
			.fd = server->clients[i].fd, .events = POLLPRI | POLLERR,
		};
	fds[CLIENTS_MAX] = (struct pollfd) { .fd = server->uevents, .events = POLLIN };
	fds[CLIENTS_MAX + 1] = (struct pollfd) { .fd = signals, .events = POLLIN };
	events = poll(fds, CLIENTS_MAX + 2, wait_ms(server));
	if (events < 0)
		return errno == EINTR;
	for (i = 0; i < CLIENTS_MAX; i++) {
		if (fds[i].revents)
			serve_client(server, &server->clients[i]);
	}
	if (fds[CLIENTS_MAX + 1].revents && read(signals, &info, sizeof(info)) > 0 &&
	    !server->is_leaving)
		leave(server);
	if (server->is_leaving)
		return events > 0;
	if ((fds[CLIENTS_MAX].revents && uevents_read(server->uevents)) || !events)
		look_around(server);
	if (now_s() >= server->rates_due_s) {
		keep_rates(server, false);
		server->rates_due_s = now_s() + RATES_S;
	}
	return true;
}

static int open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

/* One at a time, or two would take each other's requests. */
static int lock(const char *path)
{
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0644);

	if (fd < 0)
		return fail(EXIT_PERMISSION, "can't open %s: %s", path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB))
		return fail(EXIT_BUSY, "another one serves already, says %s", path);
	return 0;
}

/**
 * serve() - serve until SIGTERM or SIGINT comes
 * @options: where the lock and the rates are
 *
 * Return: what to exit with.
 */
int serve(const struct serve_options *options)
{
	struct server server = { .rates = options->rates, .rates_due_s = now_s() + RATES_S };
	int signals;
	int ret;
	int i;

	ret = lock(options->lock);
	if (ret)
		return ret;
	for (i = 0; i < CLIENTS_MAX; i++)
		server.clients[i].fd = -1;
	signals = open_signals();
	server.uevents = uevents_open();
	look_around(&server);
	while (turn(&server, signals)) {
		if (server.is_leaving && is_left(&server))
			break;
	}
	return 0;
}
