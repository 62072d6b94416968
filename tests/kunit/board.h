/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: one simulated chip that two I2C controllers can reach, so that
 * two drivers can be asked about it.
 */
#ifndef RTC_SYNC_KUNIT_BOARD_H
#define RTC_SYNC_KUNIT_BOARD_H

#include <linux/i2c.h>
#include <linux/prandom.h>
#include <linux/rtc.h>

#include "../kmod/sim-bus.h"

struct kunit;
struct software_node;

#define BOARD_MAINLINE		0
#define BOARD_OURS		1
#define BOARD_BUSES		2

/**
 * struct board_bus - a way to the chip
 * @board: whose
 * @sim: the controller
 * @algorithm: its own
 * @client: the device on it; NULL: none
 * @irq: its interrupt; nothing raises it but board_interrupt()
 */
struct board_bus {
	struct board *board;
	struct sim_bus sim;
	const struct i2c_algorithm *algorithm;
	struct i2c_client *client;
	int irq;
};

/**
 * struct board - a chip and the ways to it
 * @sim: the chip, its time, what goes wrong on the bus
 * @bus: the ways
 * @sleeps: transfers sleep, as with a controller's interrupt; else they spin
 * @has_no_bursts: the controllers can't do more than a byte at once
 * @stays_stopped: the flag of an oscillator that stood still can't be lowered yet
 * @raises: a flag, enum sim_flag, that is raised after a transfer that reads
 * @raises_after: that many of those later; -1: never
 * @no_memory_at: the allocation that fails in the next probe, from 1 on; 0: none
 * @fails_at: byte from the next transfer on, counted from 0, that is not
 *	acknowledged; the transfer ends there; -1: none
 * @fails_for_good: nor is any byte after that, while this is set
 * @has_failed: it has come to that
 * @suspends_after: so many transfers later the controllers go to sleep; -1: never
 * @stalls_after: so many transfers later one comes %BOARD_STALL_MS late; -1: none
 */
struct board {
	struct sim_board sim;
	struct board_bus bus[BOARD_BUSES];
	bool sleeps;
	bool has_no_bursts;
	bool stays_stopped;
	unsigned int raises;
	int raises_after;
	unsigned int no_memory_at;
	int fails_at;
	bool fails_for_good;
	bool has_failed;
	int suspends_after;
	int stalls_after;
};

/* As on a machine that has something else to do */
#define BOARD_STALL_MS	2500

/* The tests' random numbers: the same every time, unless the seed is chosen */
void board_seed(struct rnd_state *random);
u64 board_random(struct rnd_state *random, u64 below);

int board_bus_add(struct board *board, unsigned int bus);
struct board *board_create(struct kunit *test, const char *part, time64_t rtc_s);
void board_destroy(struct board *board);
struct rtc_device *board_bind(struct board *board, unsigned int bus, const char *name);
struct rtc_device *board_bind_with(struct board *board, unsigned int bus, const char *name,
				   const struct software_node *node);
void board_unbind(struct board *board, unsigned int bus);
void board_fail(struct board *board, int at, bool is_for_good);
bool board_mend(struct board *board);
bool board_resume(struct board *board, unsigned int bus);
void board_interrupt(struct board *board, unsigned int bus);

void board_skip(struct board *board, s64 ns);
void board_skip_to_middle(struct board *board);
bool board_raise(struct board *board, enum sim_flag flag, bool is_raised);
s64 board_into_ns(struct board *board);
void board_settle(struct board *board, time64_t rtc_s, s64 into_ns);
time64_t board_shows(struct board *board);
bool board_int_is_low(struct board *board);

#endif /* RTC_SYNC_KUNIT_BOARD_H */
