// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: one simulated chip that two I2C controllers can reach.
 *
 * What the chip and its buses do is in tests/kmod. Its time is CLOCK_MONOTONIC_RAW,
 * and what was skipped: a test need not wait a month for an alarm.
 */
#include <kunit/test.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/property.h>

#include "board.h"

static uint seed = 1;
module_param(seed, uint, 0444);
MODULE_PARM_DESC(seed, "of the tests' random numbers");

/**
 * board_seed() - begin a row of random numbers
 * @random: their state
 */
void board_seed(struct rnd_state *random)
{
	prandom_seed_state(random, seed);
}

/**
 * board_random() - a random number
 * @random: the row
 * @below: what it is less than
 *
 * Return: the number.
 */
u64 board_random(struct rnd_state *random, u64 below)
{
	u64 number = (u64)prandom_u32_state(random) << 32 | prandom_u32_state(random);

	return mul_u64_u64_shr(number, below, 64);
}

/**
 * board_create() - a chip and the ways to it, with no driver yet
 * @test: fails if it can't be had
 * @part: the model's name
 * @rtc_s: what it shows, s since 1970; its flags are those of a chip that runs
 *
 * Return: the board, to be destroyed.
 */
struct board *board_create(struct kunit *test, const char *part, time64_t rtc_s)
{
	const struct sim_model *model = sim_model_find(part);
	struct board *board;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL_MSG(test, model, "    no model of %s\n", part);
	board = kunit_kzalloc(test, sizeof(*board), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, board);
	board->fails_at = -1;
	board->raises_after = -1;
	board->suspends_after = -1;
	board->stalls_after = -1;
	sim_board_init(&board->sim, model, rtc_s);
	board_seed(&board->sim.random);
	for (i = 0; i < BOARD_BUSES; i++)
		KUNIT_ASSERT_EQ(test, board_bus_add(board, i), 0);
	return board;
}

/**
 * board_destroy() - take all of it away
 * @board: the board; NULL: nothing is done
 */
void board_destroy(struct board *board)
{
	unsigned int i;

	if (!board)
		return;
	for (i = 0; i < BOARD_BUSES; i++) {
		board_unbind(board, i);
		sim_bus_del(&board->bus[i].sim);
	}
	sim_board_exit(&board->sim);
}

static int is_rtc(struct device *dev, void *unused)
{
	return dev->class == rtc_class;
}

/**
 * board_bind_with() - let a driver have the chip, with properties
 * @board: the board
 * @number: of the bus
 * @name: by which the driver knows it
 * @node: the properties; NULL: none
 *
 * Return: its RTC, or NULL if it does not want it.
 */
struct rtc_device *board_bind_with(struct board *board, unsigned int number, const char *name,
				   const struct software_node *node)
{
	struct board_bus *bus = &board->bus[number];
	struct i2c_board_info info = {
		.addr = board->sim.chip.model->address,
		.irq = bus->irq,
		.swnode = node,
	};
	struct i2c_client *client;
	struct device *rtc;

	strscpy(info.type, name, sizeof(info.type));
	client = i2c_new_client_device(&bus->sim.adapter, &info);
	if (IS_ERR(client))
		return NULL;
	bus->client = client;
	rtc = device_find_child(&client->dev, NULL, is_rtc);
	if (!rtc)
		return NULL;
	/* The driver holds it for as long as the client is there. */
	put_device(rtc);
	return to_rtc_device(rtc);
}

static const struct property_entry off[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
	{ }
};

static const struct software_node off_node = { .properties = off };

/**
 * board_bind() - let a driver have the chip; if it is ours, without the engine
 * @board: the board
 * @number: of the bus
 * @name: by which the driver knows it
 *
 * Return: its RTC, or NULL if it does not want it.
 */
struct rtc_device *board_bind(struct board *board, unsigned int number, const char *name)
{
	return board_bind_with(board, number, name,
			       number == BOARD_OURS ? &off_node : NULL);
}

/**
 * board_unbind() - take the chip away from a driver
 * @board: the board
 * @number: of the bus
 */
void board_unbind(struct board *board, unsigned int number)
{
	i2c_unregister_device(board->bus[number].client);
	board->bus[number].client = NULL;
}

/**
 * board_interrupt() - raise a driver's interrupt, and wait for its thread
 * @board: the board
 * @number: of the bus
 */
void board_interrupt(struct board *board, unsigned int number)
{
	generic_handle_irq_safe(board->bus[number].irq);
	synchronize_irq(board->bus[number].irq);
}

/**
 * board_skip() - let time go by for the chip, and for nobody else
 * @board: the board
 * @ns: how much, ns; not negative
 */
void board_skip(struct board *board, s64 ns)
{
	sim_board_jump(&board->sim, ns);
}

/**
 * board_skip_to_middle() - be far from the chip's edges
 * @board: the board
 *
 * At least 200 ms before the next one, and 100 ms after the last.
 */
void board_skip_to_middle(struct board *board)
{
	s64 into_ns = board_into_ns(board);

	if (into_ns > 800 * NSEC_PER_MSEC || into_ns < 100 * NSEC_PER_MSEC)
		board_skip(board, 300 * NSEC_PER_MSEC);
}

/**
 * board_settle() - let the chip show a time, with no driver's help
 * @board: the board
 * @rtc_s: the time, s since 1970
 * @into_ns: how much of that second is over, ns
 */
void board_settle(struct board *board, time64_t rtc_s, s64 into_ns)
{
	struct sim_chip *chip = sim_board_get(&board->sim);

	sim_chip_set_time(chip, rtc_s, sim_board_now_ns(&board->sim) - into_ns);
	sim_board_put(&board->sim);
}

/**
 * board_raise() - raise or lower a flag of the part, with no driver's help
 * @board: the board
 * @flag: which
 * @is_raised: whether it is to be raised
 *
 * Return: whether the part has this flag.
 */
bool board_raise(struct board *board, enum sim_flag flag, bool is_raised)
{
	bool has_flag = sim_chip_raise(sim_board_get(&board->sim), flag, is_raised);

	sim_board_put(&board->sim);
	return has_flag;
}

/**
 * board_into_ns() - how much of the chip's second is over
 * @board: the board
 *
 * Return: ns.
 */
s64 board_into_ns(struct board *board)
{
	struct sim_chip *chip = sim_board_get(&board->sim);
	s64 into_ns = sim_tick_into_ns(&chip->tick, sim_board_now_ns(&board->sim));

	sim_board_put_quietly(&board->sim);
	return into_ns;
}

/**
 * board_shows() - what the chip counts, not asking any driver
 * @board: the board
 *
 * Return: s since 1970; -1: no time.
 */
time64_t board_shows(struct board *board)
{
	struct sim_chip *chip = sim_board_get(&board->sim);
	time64_t rtc_s = -1;

	if (!sim_chip_get_time(chip, &rtc_s))
		rtc_s = -1;
	sim_board_put_quietly(&board->sim);
	return rtc_s;
}

/**
 * board_int_is_low() - does the chip pull its interrupt pin?
 * @board: the board
 *
 * Return: whether it does.
 */
bool board_int_is_low(struct board *board)
{
	struct sim_chip *chip = sim_board_get(&board->sim);
	bool is_low = sim_chip_is_int_low(chip, sim_board_now_ns(&board->sim));

	sim_board_put_quietly(&board->sim);
	return is_low;
}
