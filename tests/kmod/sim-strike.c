// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: one kind of fault that befalls some of a board's transfers.
 *
 * However few it is to befall, one of the first is hit: a cell of a matrix without a
 * single fault would prove nothing. From then on it is at random.
 */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "sim-bus.h"

/* If few are to be hit, the first one is among so many. */
#define SPARED		8
#define FEW_PERCENT	20

static const char *const names[] = {
	[SIM_STRIKE_NONE] = "none",
	[SIM_STRIKE_ERROR] = "error",
	[SIM_STRIKE_NAK] = "nak",
	[SIM_STRIKE_ARBITRATION] = "arbitration",
	[SIM_STRIKE_TIMEOUT] = "timeout",
	[SIM_STRIKE_LATE] = "late",
	[SIM_STRIKE_FLIP] = "flip",
	[SIM_STRIKE_GARBLE] = "garble",
	[SIM_STRIKE_AGO] = "ago",
	[SIM_STRIKE_AHEAD] = "ahead",
	[SIM_STRIKE_OLD] = "old",
	[SIM_STRIKE_VOID] = "void",
};

static u32 random_below(struct sim_board *board, u32 ceil)
{
	return mul_u64_u32_shr(prandom_u32_state(&board->random), ceil, 32);
}

/**
 * sim_strike_set() - from now on something befalls transfers
 * @board: the board; its chip is held by sim_board_get()
 * @name: what, in lower case as in enum sim_strike_kind
 * @percent: how many of those that it can befall, %
 *
 * Return: 0, or -EINVAL if there is no such thing.
 */
int sim_strike_set(struct sim_board *board, const char *name, unsigned int percent)
{
	struct sim_strike *strike = &board->strike;
	int kind;

	kind = match_string(names, ARRAY_SIZE(names), name);
	if (kind < 0)
		return -EINVAL;
	strike->kind = kind;
	strike->percent = percent;
	strike->has_struck = false;
	/* The flags are read so rarely that none can be spared. */
	strike->wait = 0;
	if (percent < FEW_PERCENT && kind != SIM_STRIKE_VOID)
		strike->wait = random_below(board, SPARED);
	if (!sim_chip_get_time(&board->chip, &strike->old_s))
		strike->old_s = 0;
	return 0;
}

/* The bytes that a chip acknowledges, all of them, and those that are read. */
static void count_bytes(const struct i2c_msg *msgs, int num, u32 *to_chip, u32 *all,
			u32 *from_chip)
{
	int i;

	*to_chip = num;
	*all = num;
	*from_chip = 0;
	for (i = 0; i < num; i++) {
		*all += msgs[i].len;
		*(msgs[i].flags & I2C_M_RD ? from_chip : to_chip) += msgs[i].len;
	}
}

/* Does it read this register, and write nothing? */
static bool reads(const struct i2c_msg *msgs, int num, u8 reg)
{
	return num == 2 && msgs[0].len == 1 && (msgs[1].flags & I2C_M_RD) &&
	       reg >= msgs[0].buf[0] && reg < msgs[0].buf[0] + msgs[1].len;
}

/* Can it befall this transfer, so that it makes a difference? */
static bool can_strike(struct sim_board *board, const struct i2c_msg *msgs, int num,
		       u32 from_chip)
{
	const struct sim_model *model = board->chip.model;
	time64_t rtc_s;

	switch (board->strike.kind) {
	case SIM_STRIKE_NONE:
		return false;
	case SIM_STRIKE_FLIP:
	case SIM_STRIKE_GARBLE:
		return from_chip;
	case SIM_STRIKE_VOID:
		return reads(msgs, num, model->flag[SIM_STOPPED].reg);
	case SIM_STRIKE_AGO:
	case SIM_STRIKE_AHEAD:
	case SIM_STRIKE_OLD:
		return reads(msgs, num, model->reg[SIM_SECOND]) &&
		       sim_chip_get_time(&board->chip, &rtc_s) &&
		       (board->strike.kind != SIM_STRIKE_OLD ||
			rtc_s != board->strike.old_s);
	default:
		return true;
	}
}

static bool strikes(struct sim_board *board)
{
	struct sim_strike *strike = &board->strike;
	bool is_hit = random_below(board, 100) < strike->percent;

	if (!strike->has_struck && !strike->wait)
		is_hit = true;
	else if (!strike->has_struck)
		strike->wait--;
	strike->has_struck |= is_hit;
	strike->struck += is_hit;
	return is_hit;
}

/* The chip for the time of this transfer: it forgets it after that. */
static void put_double(struct sim_board *board)
{
	struct sim_strike *strike = &board->strike;
	struct sim_chip *chip = &board->chip;
	time64_t rtc_s;

	strike->real = *chip;
	if (strike->kind == SIM_STRIKE_VOID) {
		sim_chip_raise(chip, SIM_STOPPED, true);
		return;
	}
	sim_chip_get_time(chip, &rtc_s);
	if (strike->kind == SIM_STRIKE_OLD) {
		rtc_s = strike->old_s;
		chip->stuck = true;
	} else {
		rtc_s += strike->kind == SIM_STRIKE_AHEAD ? 1 : -1;
	}
	sim_chip_set_time(chip, rtc_s, chip->tick.edge_ns);
}

static void fail(struct sim_board *board, int error, u32 bytes)
{
	board->mishap = error;
	board->mishap_at = random_below(board, bytes);
}

static s64 delay_ns(struct sim_board *board)
{
	return (s64)random_below(board, board->strike.late_us) * NSEC_PER_USEC;
}

/**
 * sim_strike_begin() - a transfer is about to begin
 * @board: the board; its chip is held
 * @msgs: what is to be transferred
 * @num: how many messages
 *
 * Return: how much later it begins, ns.
 */
s64 sim_strike_begin(struct sim_board *board, const struct i2c_msg *msgs, int num)
{
	struct sim_strike *strike = &board->strike;
	u32 to_chip, all, from_chip;

	count_bytes(msgs, num, &to_chip, &all, &from_chip);
	strike->flip_at = UINT_MAX;
	strike->is_on = can_strike(board, msgs, num, from_chip) && strikes(board);
	if (!strike->is_on)
		return 0;
	switch (strike->kind) {
	case SIM_STRIKE_ERROR:
		fail(board, -EIO, 1);
		break;
	case SIM_STRIKE_NAK:
		fail(board, 0, to_chip);
		break;
	case SIM_STRIKE_ARBITRATION:
		fail(board, -EAGAIN, all);
		break;
	case SIM_STRIKE_TIMEOUT:
		fail(board, -ETIMEDOUT, all);
		break;
	case SIM_STRIKE_LATE:
		return random_below(board, 2) ? delay_ns(board) : 0;
	case SIM_STRIKE_FLIP:
		strike->flip_at = random_below(board, 8 * from_chip);
		break;
	case SIM_STRIKE_AGO:
	case SIM_STRIKE_AHEAD:
	case SIM_STRIKE_OLD:
	case SIM_STRIKE_VOID:
		put_double(board);
		break;
	default:
		break;
	}
	return 0;
}

/**
 * sim_strike_byte() - a byte from the chip is on the wires
 * @board: the board; its chip is held
 * @value: what the chip sends
 *
 * Return: what arrives.
 */
u8 sim_strike_byte(struct sim_board *board, u8 value)
{
	struct sim_strike *strike = &board->strike;

	if (strike->flip_at < 8) {
		value ^= 1 << strike->flip_at;
		strike->flip_at = UINT_MAX;
	} else if (strike->flip_at != UINT_MAX) {
		strike->flip_at -= 8;
	}
	if (strike->is_on && strike->kind == SIM_STRIKE_GARBLE)
		return (u8)random_below(board, 256);
	return value;
}

/**
 * sim_strike_end() - a transfer is over
 * @board: the board; its chip is held
 *
 * Return: how much later that is noticed, ns.
 */
s64 sim_strike_end(struct sim_board *board)
{
	struct sim_strike *strike = &board->strike;

	if (!strike->is_on)
		return 0;
	strike->is_on = false;
	switch (strike->kind) {
	case SIM_STRIKE_AGO:
	case SIM_STRIKE_AHEAD:
	case SIM_STRIKE_OLD:
	case SIM_STRIKE_VOID:
		board->chip = strike->real;
		return 0;
	case SIM_STRIKE_LATE:
		return random_below(board, 2) ? delay_ns(board) : 0;
	default:
		return 0;
	}
}
