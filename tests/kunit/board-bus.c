// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the I2C controllers of a board, which may fail at a certain byte.
 */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/irq.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "board.h"

/* UML gives none away, but takes its own from the lower end. */
#define FIRST_IRQ	(NR_IRQS - BOARD_BUSES)

/**
 * board_fail() - let a byte of the next transfers get no acknowledge
 * @board: the board
 * @at: which, from 0 on
 * @is_for_good: nor any byte after that, until board_mend()
 */
void board_fail(struct board *board, int at, bool is_for_good)
{
	board->fails_at = at;
	board->fails_for_good = is_for_good;
	board->has_failed = false;
}

/**
 * board_mend() - let all bytes be acknowledged
 * @board: the board
 *
 * Return: whether it has come to that byte.
 */
bool board_mend(struct board *board)
{
	board->fails_at = -1;
	board->fails_for_good = false;
	return board->has_failed;
}

/* The byte at which it is to fail comes in this one: then it ends there. */
static int cut(struct board *board, struct i2c_msg *msgs, int num, int *ret)
{
	int bytes = 0;
	int i;

	*ret = board->has_failed && board->fails_for_good ? -ENXIO : 0;
	if (*ret)
		return 0;
	for (i = 0; i < num; i++) {
		int rest = board->fails_at - bytes;

		bytes += 1 + msgs[i].len;
		if (board->fails_at < 0 || rest >= 1 + msgs[i].len)
			continue;
		*ret = rest ? -EREMOTEIO : -ENXIO;
		board->fails_at = -1;
		board->has_failed = true;
		/* What was acknowledged of it counts. */
		msgs[i].len = max(rest - 1, 0);
		return rest > 1 ? i + 1 : i;
	}
	if (board->fails_at >= 0)
		board->fails_at -= bytes;
	return num;
}

/* At the worst moment for who reads a register, to write it with another bit changed */
static void raise_flags(struct board *board, const struct i2c_msg *last)
{
	if (board->stays_stopped)
		board_raise(board, SIM_STOPPED, true);
	if (!(last->flags & I2C_M_RD) || board->raises_after < 0)
		return;
	if (!board->raises_after--)
		board_raise(board, board->raises, true);
}

/*
 * As a controller's driver does, but amid its own transfers, with the bus locked. The
 * I2C core would warn of the first transfer that comes then, which is meant to come.
 */
static void suspend(struct board_bus *bus)
{
	if (bus->board->suspends_after < 0 || bus->board->suspends_after--)
		return;
	set_bit(I2C_ALF_SUSPEND_REPORTED, &bus->sim.adapter.locked_flags);
	set_bit(I2C_ALF_IS_SUSPENDED, &bus->sim.adapter.locked_flags);
}

/**
 * board_resume() - wake a controller
 * @board: the board, which no longer puts it to sleep
 * @number: of the bus
 *
 * Return: whether it had been asleep.
 */
bool board_resume(struct board *board, unsigned int number)
{
	struct i2c_adapter *adapter = &board->bus[number].sim.adapter;
	bool was_asleep = test_bit(I2C_ALF_IS_SUSPENDED, &adapter->locked_flags);

	board->suspends_after = -1;
	i2c_mark_adapter_resumed(adapter);
	return was_asleep;
}

static int pass(struct board_bus *bus, struct i2c_msg *msgs, int num)
{
	struct i2c_msg copies[4];
	int passed;
	int failed;
	int ret = 0;

	if (num > ARRAY_SIZE(copies))
		return -EOPNOTSUPP;
	memcpy(copies, msgs, num * sizeof(*msgs));
	passed = cut(bus->board, copies, num, &failed);
	if (passed)
		ret = bus->algorithm->master_xfer(&bus->sim.adapter, copies, passed);
	raise_flags(bus->board, &msgs[num - 1]);
	suspend(bus);
	return ret < 0 ? ret : failed ?: ret;
}

/*
 * In udelay() virtual time goes by too, without a change of tasks, which would take
 * most of a test's real time.
 */
static int spin_xfer(struct board_bus *bus, struct i2c_msg *msgs, int num)
{
	struct sim_board *sim = &bus->board->sim;
	s64 skipped_ns = sim->skipped_ns;
	s64 took_ns;
	int ret;

	sim->never_sleeps = true;
	ret = pass(bus, msgs, num);
	sim->never_sleeps = false;
	took_ns = sim->skipped_ns - skipped_ns;
	sim->skipped_ns = skipped_ns;
	udelay(div_s64(took_ns, NSEC_PER_USEC));
	return ret;
}

static int bus_xfer(struct i2c_adapter *adapter, struct i2c_msg *msgs, int num)
{
	struct board_bus *bus = container_of(adapter, struct board_bus, sim.adapter);

	if (bus->board->stalls_after >= 0 && !bus->board->stalls_after--)
		msleep(BOARD_STALL_MS);
	if (bus->board->sleeps)
		return pass(bus, msgs, num);
	return spin_xfer(bus, msgs, num);
}

/* Our driver asks this first of all: what comes before is the affair of others. */
static u32 bus_functionality(struct i2c_adapter *adapter)
{
	struct board_bus *bus = container_of(adapter, struct board_bus, sim.adapter);

	if (bus->board->no_memory_at)
		current->fail_nth = bus->board->no_memory_at;
	bus->board->no_memory_at = 0;
	if (bus->board->has_no_bursts)
		return I2C_FUNC_SMBUS_BYTE_DATA;
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm bus_algorithm = {
	.master_xfer = bus_xfer,
	.functionality = bus_functionality,
};

static int make_irq(unsigned int number)
{
	int irq = FIRST_IRQ + number;

	irq_set_chip_and_handler(irq, &dummy_irq_chip, handle_simple_irq);
	return irq;
}

/**
 * board_bus_add() - make a way to the chip
 * @board: the board
 * @number: of the bus
 *
 * Return: 0 or a negative error.
 */
int board_bus_add(struct board *board, unsigned int number)
{
	struct board_bus *bus = &board->bus[number];
	int ret;

	ret = sim_bus_add(&bus->sim, &board->sim, "kunit");
	if (ret)
		return ret;
	bus->board = board;
	bus->irq = make_irq(number);
	bus->algorithm = bus->sim.adapter.algo;
	bus->sim.adapter.algo = &bus_algorithm;
	return 0;
}
