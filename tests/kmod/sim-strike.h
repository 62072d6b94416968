/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: one kind of fault that befalls some of a board's transfers.
 */
#ifndef SIM_STRIKE_H
#define SIM_STRIKE_H

#include <linux/i2c.h>
#include <linux/types.h>

#include "sim-chip.h"

struct sim_board;

/**
 * enum sim_strike_kind - what befalls a transfer
 * @SIM_STRIKE_NONE: nothing
 * @SIM_STRIKE_ERROR: the controller fails, -EIO
 * @SIM_STRIKE_NAK: a byte, any, is not acknowledged
 * @SIM_STRIKE_ARBITRATION: another master breaks it off, -EAGAIN
 * @SIM_STRIKE_TIMEOUT: the clock is held until the driver gives up, -ETIMEDOUT
 * @SIM_STRIKE_LATE: it begins late, or its end is noticed late
 * @SIM_STRIKE_FLIP: a bit of what is read is flipped
 * @SIM_STRIKE_GARBLE: all that is read is at random
 * @SIM_STRIKE_AGO: the chip shows what it did a second ago
 * @SIM_STRIKE_AHEAD: it shows what it will in a second
 * @SIM_STRIKE_OLD: it shows the second in which the strikes began
 * @SIM_STRIKE_VOID: its flag says that its oscillator stood still
 */
enum sim_strike_kind {
	SIM_STRIKE_NONE,
	SIM_STRIKE_ERROR,
	SIM_STRIKE_NAK,
	SIM_STRIKE_ARBITRATION,
	SIM_STRIKE_TIMEOUT,
	SIM_STRIKE_LATE,
	SIM_STRIKE_FLIP,
	SIM_STRIKE_GARBLE,
	SIM_STRIKE_AGO,
	SIM_STRIKE_AHEAD,
	SIM_STRIKE_OLD,
	SIM_STRIKE_VOID,
};

/**
 * struct sim_strike - faults that strike
 * @kind: what befalls transfers
 * @percent: how many of those that it can befall, %
 * @late_us: for SIM_STRIKE_LATE: by up to so much, us
 * @wait: so many are spared at first; then one is struck for certain
 * @has_struck: it was
 * @is_on: it befalls the transfer under way
 * @old_s: for SIM_STRIKE_OLD: that second, s since 1970
 * @flip_at: for SIM_STRIKE_FLIP: the bit, counted from the next byte that is read
 * @struck: transfers that something befell
 * @real: the chip, while the transfer under way has to do with a double of it
 */
struct sim_strike {
	enum sim_strike_kind kind;
	unsigned int percent;
	unsigned int late_us;
	unsigned int wait;
	bool has_struck;
	bool is_on;
	time64_t old_s;
	unsigned int flip_at;
	unsigned int struck;
	struct sim_chip real;
};

int sim_strike_set(struct sim_board *board, const char *name, unsigned int percent);
s64 sim_strike_begin(struct sim_board *board, const struct i2c_msg *msgs, int num);
u8 sim_strike_byte(struct sim_board *board, u8 value);
s64 sim_strike_end(struct sim_board *board);

#endif /* SIM_STRIKE_H */
