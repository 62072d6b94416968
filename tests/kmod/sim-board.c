// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: a board with a simulated RTC: its lock and its time.
 */
#include <linux/kernel.h>

#include "sim-bus.h"
#include "sim-time.h"

#define BUS_HZ		100000
#define TIMEOUT_US	10000

/**
 * sim_board_now_ns() - what time is it there?
 * @board: the board
 *
 * Context: any.
 * Return: the simulation's time, ns.
 */
s64 sim_board_now_ns(const struct sim_board *board)
{
	s64 now_ns = board->now_ns ? board->now_ns(board) : sim_now_ns();

	return now_ns + READ_ONCE(board->skipped_ns);
}

/**
 * sim_board_get() - have the chip to oneself
 * @board: the board
 *
 * Until sim_board_put(); no transfer, no interrupt comes between.
 *
 * Context: any; must not sleep until then.
 * Return: the chip, advanced to now.
 */
struct sim_chip *sim_board_get(struct sim_board *board)
	__acquires(&board->lock)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&board->lock, flags);
	board->flags = flags;
	sim_chip_advance(&board->chip, sim_board_now_ns(board));
	return &board->chip;
}

/**
 * sim_board_put_quietly() - done with the chip, and its pins are as they were
 * @board: the board
 */
void sim_board_put_quietly(struct sim_board *board)
	__releases(&board->lock)
{
	raw_spin_unlock_irqrestore(&board->lock, board->flags);
}

/**
 * sim_board_put() - done with the chip; its pins follow
 * @board: the board
 */
void sim_board_put(struct sim_board *board)
	__releases(&board->lock)
{
	sim_board_put_quietly(board);
	sim_pin_follow(&board->wave);
	sim_pin_follow(&board->alarm);
}

/**
 * sim_board_jump() - let time pass there
 * @board: the board
 * @ns: how much, ns; not negative
 *
 * The chip counts, its alarms go off; at most one interrupt comes of it.
 */
void sim_board_jump(struct sim_board *board, s64 ns)
{
	sim_board_get(board);
	board->skipped_ns += ns;
	sim_chip_advance(&board->chip, sim_board_now_ns(board));
	sim_board_put(board);
}

/**
 * sim_board_power_up() - another chip, or the same anew
 * @board: the board
 * @model: what kind it is
 * @rtc_s: what it shows, s since 1970, from 2000 on
 * @edge_ns: when that began, the simulation's time
 */
void sim_board_power_up(struct sim_board *board, const struct sim_model *model,
			time64_t rtc_s, s64 edge_ns)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&board->lock, flags);
	sim_chip_power_up(&board->chip, model, rtc_s, edge_ns);
	raw_spin_unlock_irqrestore(&board->lock, flags);
	sim_pin_follow(&board->wave);
	sim_pin_follow(&board->alarm);
}

/**
 * sim_board_init() - make a board, with a chip that runs
 * @board: the board, zeroed but for its timing and its faults
 * @model: what kind of chip it has
 * @rtc_s: what that shows now, s since 1970, from 2000 on
 */
void sim_board_init(struct sim_board *board, const struct sim_model *model,
		    time64_t rtc_s)
{
	raw_spin_lock_init(&board->lock);
	if (!board->timing.bus_hz)
		board->timing.bus_hz = BUS_HZ;
	if (!board->faults.timeout_us)
		board->faults.timeout_us = TIMEOUT_US;
	prandom_seed_state(&board->random, 0);
	sim_board_power_up(board, model, rtc_s, sim_board_now_ns(board));
}

/**
 * sim_board_exit() - what sim_board_init() and sim_pin_init() made is gone
 * @board: the board; nobody has its interrupts or its buses any more
 */
void sim_board_exit(struct sim_board *board)
{
	sim_pin_exit(&board->alarm);
	sim_pin_exit(&board->wave);
}
