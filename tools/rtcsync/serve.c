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
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "lock.h"
#include "rates.h"
#include "rtcsync.h"
#include "serve.h"
#include "uevents.h"

/* Each RTC; then uevents and signals */
#define CLIENTS_MAX	16

/* How soon a file that can't be opened is tried again if nobody tells; each time later */
#define RETRY_MS	2000
#define RETRY_MAX_MS	60000

/* How often there is a look at what has come and gone, without uevents */
#define LOOK_MS		2000

/* How often rates are looked at, which are learned in hours */
#define RATES_MS	3600000

/* The engine ends a slew by then, or it has no thread any more. */
#define LEAVE_MS	300

/**
 * struct client - an RTC that is served
 * @name: rtcN; empty: none
 * @fd: its file "companion"
 * @is_gone: it has let us go
 * @is_told: what was kept of its rate it knows, or need not know
 */
struct client {
	char name[16];
	int fd;
	bool is_gone;
	bool is_told;
};

/**
 * struct server - all of it
 * @clients: the RTCs
 * @uevents: a socket, or -1
 * @rates: folder of what was learned; NULL: it is not kept
 * @rates_due_ms: look at them then, CLOCK_MONOTONIC, ms
 * @leave_by_ms: told to end, and ends then at the latest, CLOCK_MONOTONIC, ms; 0: not told
 * @is_refused: a file could not be opened, and that was said
 * @retry_ms: one could not be opened at the last look, and is tried after this; 0: all could
 * @look_due_ms: look at what has come and gone then, CLOCK_MONOTONIC, ms
 */
struct server {
	struct client clients[CLIENTS_MAX];
	int uevents;
	const char *rates;
	long long rates_due_ms;
	long long leave_by_ms;
	bool is_refused;
	int retry_ms;
	long long look_due_ms;
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

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
			client->is_gone = server->leave_by_ms;
			if (!server->leave_by_ms)
				say(client, "serve");
			return;
		}
		if (!request_parse(text, &request))
			return;
		if (obey(client, &request))
			continue;
		if (errno != ESTALE || server->leave_by_ms)
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

/* One that can't be served now, and is tried again. It is said once. */
static void put_off(struct server *server, const char *name)
{
	if (!server->is_refused)
		warn_line("%s: companion: %s; waiting until it may be opened", name,
			  strerror(errno));
	server->is_refused = true;
}

/* An RTC that is not served yet; false: it has a companion's file, and it can't be. */
static bool adopt(struct server *server, const char *name)
{
	struct client *client = find(server, "");
	char text[REQUEST_TEXT];

	if (find(server, name) || !client)
		return true;
	client->fd = rtc_open(name, "companion", O_RDWR);
	if (client->fd < 0 && errno == ENOENT)
		return true;
	if (client->fd < 0) {
		put_off(server, name);
		return false;
	}
	/* Reading makes poll() wait for what comes of it, rather than for what was before. */
	if (pread(client->fd, text, sizeof(text), 0) < 0 || !say(client, "serve")) {
		put_off(server, name);
		drop(client);
		return false;
	}
	snprintf(client->name, sizeof(client->name), "%s", name);
	return true;
}

/* The chip's own memory, which the engine reads first, goes before the file. */
static void restore(struct server *server)
{
	struct client *client;
	char state[VALUE_MAX];

	for (client = server->clients; client < server->clients + CLIENTS_MAX; client++) {
		if (!server->rates || !client->name[0] || client->is_told ||
		    rtc_read(client->name, "state", state, sizeof(state)))
			continue;
		client->is_told = !strcmp(state, "locked") || !strcmp(state, "standby") ||
				  !strcmp(state, "holdover");
		if (client->is_told)
			rates_restore(server->rates, client->name);
	}
}

static int next_look_ms(const struct server *server)
{
	if (server->retry_ms)
		return server->retry_ms;
	return server->uevents < 0 ? LOOK_MS : RATES_MS;
}

static void look_around(struct server *server)
{
	struct rtc_list list;
	bool is_done = true;
	int i;

	/* Those that have gone make room for others of the same name. */
	for (i = 0; i < CLIENTS_MAX; i++) {
		if (server->clients[i].name[0])
			serve_client(server, &server->clients[i]);
	}
	rtc_find(&list);
	for (i = 0; i < list.count; i++)
		is_done &= adopt(server, list.names[i]);
	server->is_refused &= !is_done;
	if (is_done)
		server->retry_ms = 0;
	else if (!server->retry_ms)
		server->retry_ms = RETRY_MS;
	else if (server->retry_ms < RETRY_MAX_MS)
		server->retry_ms *= 2;
	restore(server);
	server->look_due_ms = now_ms() + next_look_ms(server);
}

static void keep_rates(struct server *server, bool is_last)
{
	int i;

	for (i = 0; server->rates && i < CLIENTS_MAX; i++) {
		if (server->clients[i].name[0])
			rates_keep(server->rates, server->clients[i].name, is_last);
	}
}

static int wait_ms(const struct server *server)
{
	long long until_ms = server->rates_due_ms;
	long long left_ms;

	if (server->look_due_ms < until_ms)
		until_ms = server->look_due_ms;
	if (server->leave_by_ms)
		until_ms = server->leave_by_ms;
	left_ms = until_ms - now_ms();
	return left_ms > 0 ? (int)left_ms : 0;
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

	server->leave_by_ms = now_ms() + LEAVE_MS;
	for (i = 0; i < CLIENTS_MAX; i++) {
		if (server->clients[i].name[0])
			say(&server->clients[i], "leave");
	}
}

/* Wait, and do what there is to be done; false: it is time to end. */
static bool turn(struct server *server, int signals)
{
	struct pollfd fds[CLIENTS_MAX + 2];
	struct signalfd_siginfo info;
	bool is_news;
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
	    !server->leave_by_ms)
		leave(server);
	is_news = fds[CLIENTS_MAX].revents && uevents_read(server->uevents);
	if (server->leave_by_ms)
		return now_ms() < server->leave_by_ms && !is_left(server);
	if (is_news || now_ms() >= server->look_due_ms)
		look_around(server);
	if (now_ms() >= server->rates_due_ms) {
		keep_rates(server, false);
		server->rates_due_ms = now_ms() + RATES_MS;
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

/**
 * serve() - serve until SIGTERM or SIGINT comes
 * @options: where the lock and the rates are
 *
 * Return: what to exit with.
 */
int serve(const struct serve_options *options)
{
	struct server server = {
		.rates = options->rates, .rates_due_ms = now_ms() + RATES_MS,
	};
	int signals;
	int ret;
	int i;

	ret = lock_take(options->lock);
	if (ret)
		return ret;
	for (i = 0; i < CLIENTS_MAX; i++)
		server.clients[i].fd = -1;
	signals = open_signals();
	server.uevents = uevents_open();
	look_around(&server);
	while (turn(&server, signals))
		;
	keep_rates(&server, true);
	return 0;
}
