// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: I2C buses to a simulated RTC, and what goes wrong on them.
 *
 * Bytes take their time on the bus: what happens does so at the instant it
 * would on a wire, and the caller sleeps until the last of them has passed. So
 * do the controller and its driver: i2c-imx waits for 50 to 150 us before the
 * START, as setup_us=50 jitter_us=100 does.
 */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "sim-bus.h"

#define BYTE_BITS	9	/* with its acknowledge */
#define BUS_HZ_MIN	1000U

static u32 random_below(struct sim_board *board, u32 ceil)
{
	return mul_u64_u32_shr(prandom_u32_state(&board->random), ceil, 32);
}

static bool happens(struct sim_board *board, unsigned int percent)
{
	return percent && random_below(board, 100) < percent;
}

/* The bytes that a chip acknowledges, and all of them. */
static void count_bytes(const struct i2c_msg *msgs, int num, u32 *to_chip, u32 *all)
{
	int i;

	*to_chip = num;
	*all = num;
	for (i = 0; i < num; i++) {
		*all += msgs[i].len;
		if (!(msgs[i].flags & I2C_M_RD))
			*to_chip += msgs[i].len;
	}
}

/* Does this transfer fail, and where? */
static void pick_mishap(struct sim_board *board, const struct i2c_msg *msgs, int num)
{
	u32 to_chip;
	u32 all;

	count_bytes(msgs, num, &to_chip, &all);
	board->mishap_at = UINT_MAX;
	board->mishap = 0;
	if (happens(board, READ_ONCE(board->faults.nak_percent))) {
		board->mishap_at = random_below(board, to_chip);
	} else if (happens(board, READ_ONCE(board->faults.arbitration_percent))) {
		board->mishap = -EAGAIN;
		board->mishap_at = random_below(board, all);
	} else if (happens(board, READ_ONCE(board->faults.timeout_percent))) {
		board->mishap = -ETIMEDOUT;
		board->mishap_at = random_below(board, all);
	}
}

static s64 byte_ns(const struct sim_board *board)
{
	u32 hz = max(READ_ONCE(board->timing.bus_hz), BUS_HZ_MIN);

	return div_s64((s64)BYTE_BITS * NSEC_PER_SEC, hz) +
	       (s64)READ_ONCE(board->timing.stretch_us) * NSEC_PER_USEC;
}

/* A byte passes: 0, or the error with which the transfer ends. */
static int pass_byte(struct sim_board *board, bool is_to_chip, int nak, s64 *now_ns)
{
	bool is_here = !board->mishap_at;

	*now_ns += byte_ns(board);
	/* Reads count for those mishaps only that can befall them. */
	if (board->mishap_at != UINT_MAX && (is_to_chip || board->mishap))
		board->mishap_at--;
	else
		is_here = false;
	if (!is_here)
		return 0;
	if (board->mishap == -ETIMEDOUT)
		*now_ns += (s64)READ_ONCE(board->faults.timeout_us) * NSEC_PER_USEC;
	return board->mishap ?: nak;
}

static int pass_data(struct sim_board *board, const struct i2c_msg *msg, int at,
		     s64 *now_ns)
{
	struct sim_chip *chip = &board->chip;
	bool is_read = msg->flags & I2C_M_RD;
	s64 begin_ns = *now_ns;
	int ret;

	ret = pass_byte(board, !is_read, -EREMOTEIO, now_ns);
	if (ret)
		return ret;
	/* Its bits are chosen when the first of them has to be on the wire. */
	if (is_read)
		msg->buf[at] = sim_strike_byte(board, sim_chip_read(chip, begin_ns));
	else if (at)
		sim_chip_write(chip, msg->buf[at], *now_ns);
	else if (!sim_chip_select(chip, msg->buf[at]))
		return -EREMOTEIO;
	return 0;
}

/* One message, from its START at @now_ns on: 0, or a negative error. */
static int pass_message(struct sim_board *board, const struct i2c_msg *msg, s64 *now_ns)
{
	struct sim_chip *chip = &board->chip;
	int ret;
	int i;

	sim_chip_start(chip, *now_ns);
	ret = pass_byte(board, true, -ENXIO, now_ns);
	if (ret)
		return ret;
	if (msg->addr != chip->model->address || READ_ONCE(board->faults.gone))
		return -ENXIO;
	sim_chip_address(chip, *now_ns);
	for (i = 0; i < msg->len; i++) {
		ret = pass_data(board, msg, i, now_ns);
		if (ret)
			return ret;
	}
	if (msg->flags & I2C_M_RD)
		*(msg->len > 1 ? &board->long_reads : &board->short_reads) += 1;
	return 0;
}

/* Before a START or after a STOP. */
static s64 overhead_ns(struct sim_board *board, unsigned int least_us)
{
	u64 most_ns = (u64)READ_ONCE(board->timing.jitter_us) * NSEC_PER_USEC;

	return (s64)least_us * NSEC_PER_USEC +
	       mul_u64_u32_shr(most_ns, prandom_u32_state(&board->random), 32);
}

/* As a controller's driver does while it waits for the interrupt. */
static void sleep_until(struct sim_board *board, s64 until_ns)
{
	s64 rest_ns = until_ns - sim_board_now_ns(board);
	unsigned long rest_us;

	if (rest_ns <= 0)
		return;
	rest_us = div_s64(rest_ns, NSEC_PER_USEC);
	if (rest_us > 10)
		usleep_range(rest_us, rest_us + 1);
	else
		ndelay((unsigned long)rest_ns);
}

/* All of it under the lock; @now_ns is when it is over. */
static int pass_messages(struct sim_board *board, struct i2c_msg *msgs, int num,
			 s64 *now_ns)
{
	int ret = 0;
	int i;

	*now_ns += overhead_ns(board, READ_ONCE(board->timing.setup_us));
	pick_mishap(board, msgs, num);
	*now_ns += sim_strike_begin(board, msgs, num);
	for (i = 0; i < num && !ret; i++)
		ret = pass_message(board, &msgs[i], now_ns);
	sim_chip_stop(&board->chip, *now_ns);
	*now_ns += sim_strike_end(board);
	*now_ns += overhead_ns(board, READ_ONCE(board->timing.completion_us));
	board->transfers++;
	return ret;
}

static int bus_xfer(struct i2c_adapter *adapter, struct i2c_msg *msgs, int num)
{
	struct sim_bus *bus = container_of(adapter, struct sim_bus, adapter);
	struct sim_board *board = bus->board;
	bool has_changed;
	s64 began_ns;
	s64 now_ns;
	int ret;

	if (READ_ONCE(board->faults.error))
		return -(int)READ_ONCE(board->faults.error);
	atomic_inc(&board->underway);
	sim_chip_storm(sim_board_get(board));
	began_ns = sim_board_now_ns(board);
	now_ns = began_ns;
	ret = pass_messages(board, msgs, num, &now_ns);
	if (board->never_sleeps)
		board->skipped_ns += now_ns - began_ns;
	/* More than a register's number was written, or an alarm's flag read away. */
	has_changed = msgs[0].len > 1 || board->alarm.is_low !=
		      sim_chip_is_int_low(&board->chip, now_ns);
	if (has_changed)
		sim_board_put(board);
	else
		sim_board_put_quietly(board);
	if (!board->never_sleeps)
		sleep_until(board, now_ns);
	atomic_dec(&board->underway);
	return ret ?: num;
}

static u32 bus_functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm bus_algorithm = {
	.master_xfer = bus_xfer,
	.functionality = bus_functionality,
};

/**
 * sim_bus_add() - make an I2C bus to a board; there may be several
 * @bus: the bus, zeroed; it must not move
 * @board: the board
 * @name: of the adapter
 *
 * Context: may sleep.
 * Return: 0, or a negative error.
 */
int sim_bus_add(struct sim_bus *bus, struct sim_board *board, const char *name)
{
	bus->board = board;
	bus->adapter.owner = THIS_MODULE;
	bus->adapter.algo = &bus_algorithm;
	strscpy(bus->adapter.name, name, sizeof(bus->adapter.name));
	return i2c_add_adapter(&bus->adapter);
}

/**
 * sim_bus_del() - take an I2C bus away, and its clients
 * @bus: the bus
 *
 * Context: may sleep.
 */
void sim_bus_del(struct sim_bus *bus)
{
	i2c_del_adapter(&bus->adapter);
}
