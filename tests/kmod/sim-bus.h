/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: a board with a simulated RTC, and I2C buses to it.
 *
 * In the kernel, for KUnit or another test:
 *
 *	static struct sim_board board;
 *	static struct sim_bus ours, theirs;
 *
 *	sim_board_init(&board, sim_model_find("pcf8523"), 1767225600);
 *	board.never_sleeps = true;
 *	sim_bus_add(&ours, &board, "ours");		(at ours.adapter)
 *	sim_bus_add(&theirs, &board, "theirs");		(same chip, same address)
 *	irq = sim_pin_init(&board.alarm, &board, SIM_PIN_INT);
 *	...
 *	sim_board_jump(&board, 86400LL * NSEC_PER_SEC);
 *	chip = sim_board_get(&board);
 *	sim_chip_raise(chip, SIM_BATTERY_LOW, true);
 *	sim_board_put(&board);
 *	...
 *	sim_bus_del(&theirs);		(clients first)
 *	sim_bus_del(&ours);
 *	sim_board_exit(&board);
 */
#ifndef SIM_BUS_H
#define SIM_BUS_H

#include <linux/atomic.h>
#include <linux/i2c.h>
#include <linux/prandom.h>
#include <linux/spinlock.h>

#include "sim-chip.h"
#include "sim-pin.h"
#include "sim-strike.h"

/**
 * struct sim_timing - how long things take on the bus
 * @bus_hz: bit/s, from 1000
 * @setup_us: what the controller's driver takes before a START, us
 * @completion_us: what it takes after a STOP, us
 * @jitter_us: up to so much more of each, at random, us
 * @stretch_us: so long somebody holds the clock at each byte, us
 */
struct sim_timing {
	unsigned int bus_hz;
	unsigned int setup_us;
	unsigned int completion_us;
	unsigned int jitter_us;
	unsigned int stretch_us;
};

/**
 * struct sim_faults - what goes wrong on the bus; the chip has its own
 * @nak_percent: transfers with a byte, any, that is not acknowledged, %
 * @arbitration_percent: transfers that another master breaks off, %
 * @timeout_percent: transfers in which the clock is held until the driver gives
 *	up, %
 * @timeout_us: when that is, us
 * @error: the controller fails at once with this errno, 5 for -EIO; 0: it works
 * @gone: nobody answers
 */
struct sim_faults {
	unsigned int nak_percent;
	unsigned int arbitration_percent;
	unsigned int timeout_percent;
	unsigned int timeout_us;
	unsigned int error;
	bool gone;
};

/**
 * struct sim_board - a chip, its pins, its time
 * @lock: protects @chip, @random, @skipped_ns and the counts; of hard interrupts
 * @flags: of @lock, while it is held
 * @chip: the chip
 * @timing: how long things take; may be changed at any time
 * @faults: what goes wrong; may be changed at any time
 * @now_ns: what time it is, ns; NULL: sim_now_ns()
 * @skipped_ns: so much more time has passed than that says, ns
 * @never_sleeps: a transfer is over at once and its time is skipped
 * @random: for jitter and faults
 * @underway: transfers that have begun and not ended
 * @transfers: how many there were
 * @short_reads: messages that have read one byte
 * @long_reads: messages that have read more than one byte
 * @mishap_at: the byte of this transfer at which it fails
 * @mishap: how, a negative error; 0: no acknowledge
 * @strike: one more fault, of any kind, and what it has struck
 * @wave: the pin of the wave; if it is wanted, sim_pin_init() makes it
 * @alarm: the pin of the alarms; likewise
 */
struct sim_board {
	raw_spinlock_t lock;
	unsigned long flags;
	struct sim_chip chip;
	struct sim_timing timing;
	struct sim_faults faults;
	s64 (*now_ns)(const struct sim_board *board);
	s64 skipped_ns;
	bool never_sleeps;
	struct rnd_state random;
	atomic_t underway;
	unsigned int transfers;
	unsigned int short_reads;
	unsigned int long_reads;
	unsigned int mishap_at;
	int mishap;
	struct sim_strike strike;
	struct sim_pin wave;
	struct sim_pin alarm;
};

/**
 * struct sim_bus - an I2C bus to a board
 * @adapter: the bus, as the I2C core knows it
 * @board: the board
 */
struct sim_bus {
	struct i2c_adapter adapter;
	struct sim_board *board;
};

void sim_board_init(struct sim_board *board, const struct sim_model *model,
		    time64_t rtc_s);
void sim_board_power_up(struct sim_board *board, const struct sim_model *model,
			time64_t rtc_s, s64 edge_ns);
void sim_board_exit(struct sim_board *board);
s64 sim_board_now_ns(const struct sim_board *board);
void sim_board_jump(struct sim_board *board, s64 ns);
struct sim_chip *sim_board_get(struct sim_board *board);
void sim_board_put(struct sim_board *board);
void sim_board_put_quietly(struct sim_board *board);

int sim_bus_add(struct sim_bus *bus, struct sim_board *board, const char *name);
void sim_bus_del(struct sim_bus *bus);

#endif /* SIM_BUS_H */
