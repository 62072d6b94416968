// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the pins of a simulated chip, as interrupts.
 *
 * A timer sleeps until shortly before the pin may change and waits for the rest
 * of it, so that the interrupt comes as exactly as it would from a wire.
 */
#include <linux/hrtimer.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/processor.h>
#include <linux/time64.h>

#include "compat.h"
#include "sim-bus.h"

/* The timer goes by another clock: one part in so many it may be off. */
#define SLACK_DIVISOR	256

/* More than the timer is late by; at most twice as long the processor waits. */
#define LEAD_NS		30000

/* Each takes 10 ns or more. */
#define TURNS_MAX	10000

/* It looks again at least so often. */
#define PAUSE_MAX_NS	NSEC_PER_SEC

/* Half a wave of a chip that storms */
#define STORM_NS	(500 * NSEC_PER_USEC)

static bool is_level(const struct sim_pin *pin)
{
	return pin->type & IRQ_TYPE_LEVEL_MASK;
}

/**
 * struct outlook - what a pin does
 * @is_low: it is low now
 * @has_wave: it is that of the wave, which is on
 * @until_ns: until when, the simulation's time, ns
 * @rest_ns: how long that is from now, ns
 */
struct outlook {
	bool is_low;
	bool has_wave;
	s64 until_ns;
	s64 rest_ns;
};

/*
 * A transfer may have moved the chip a little into the future: its second may
 * not have begun yet.
 */
static void look_at_wave(const struct sim_chip *chip, s64 now_ns, struct outlook *outlook)
{
	s64 edge_ns = chip->tick.edge_ns;
	s64 next_ns = sim_tick_next_ns(&chip->tick);
	s64 half_ns = edge_ns + (next_ns - edge_ns) / 2;
	bool is_first = now_ns >= edge_ns && now_ns < half_ns;

	if (chip->storms) {
		outlook->until_ns = now_ns + STORM_NS;
		outlook->has_wave = true;
		outlook->is_low = div_s64(now_ns, STORM_NS) & 1;
		return;
	}
	if (now_ns < edge_ns)
		outlook->until_ns = edge_ns;
	else
		outlook->until_ns = is_first ? half_ns : next_ns;
	outlook->has_wave = sim_chip_has_wave(chip);
	outlook->is_low = outlook->has_wave && is_first != chip->model->wave_rises;
}

static void look_at_int(const struct sim_chip *chip, s64 now_ns, struct outlook *outlook)
{
	outlook->until_ns = sim_chip_next_event_ns(chip, now_ns);
	if (now_ns < chip->tick.edge_ns)
		outlook->until_ns = chip->tick.edge_ns;
	outlook->is_low = sim_chip_is_int_low(chip, now_ns);
}

static bool must_raise(const struct sim_pin *pin, bool was_low)
{
	if (READ_ONCE(pin->is_masked))
		return false;
	switch (pin->type) {
	case IRQ_TYPE_LEVEL_LOW:
		return pin->is_low;
	case IRQ_TYPE_LEVEL_HIGH:
		return !pin->is_low;
	case IRQ_TYPE_EDGE_FALLING:
		return pin->is_low && !was_low;
	case IRQ_TYPE_EDGE_RISING:
		return !pin->is_low && was_low;
	default:
		return pin->is_low != was_low;
	}
}

static void set_level(struct sim_pin *pin, bool is_low, bool is_edge)
{
	bool was_low = is_edge ? pin->is_low : is_low;

	pin->is_low = is_low;
	if (!must_raise(pin, was_low))
		return;
	pin->pulses++;
	generic_handle_irq(pin->irq);
}

/* A wave that was off begins without an edge; so does a pin nobody wanted. */
static void look(struct sim_pin *pin, struct outlook *outlook)
{
	struct sim_chip *chip = sim_board_get(pin->board);
	s64 now_ns = sim_board_now_ns(pin->board);
	bool is_edge = !pin->is_new;

	outlook->has_wave = false;
	if (pin->kind == SIM_PIN_WAVE)
		look_at_wave(chip, now_ns, outlook);
	else
		look_at_int(chip, now_ns, outlook);
	sim_board_put_quietly(pin->board);
	outlook->rest_ns = outlook->until_ns - now_ns;
	pin->is_new = pin->kind == SIM_PIN_WAVE && !outlook->has_wave;
	set_level(pin, outlook->is_low, is_edge);
}

/*
 * False if that does not come soon: a simulation's time, or that of UML, may
 * stand still, and must not hold the processor.
 */
static bool wait_until(struct sim_board *board, s64 until_ns)
{
	ktime_t end = ktime_add_ns(ktime_get(), 2 * LEAD_NS);
	unsigned int turns;

	for (turns = 0; turns < TURNS_MAX && ktime_before(ktime_get(), end); turns++) {
		if (sim_board_now_ns(board) >= until_ns)
			return true;
		cpu_relax();
	}
	return false;
}

static void sleep_for(struct sim_pin *pin, s64 rest_ns)
{
	hrtimer_start(&pin->timer, ns_to_ktime(rest_ns), HRTIMER_MODE_REL_HARD);
}

/*
 * In hard interrupt context, as from a wire. It starts its timer itself. What
 * the wave will do is known, and done without another look.
 */
static enum hrtimer_restart pin_expired(struct hrtimer *timer)
{
	struct sim_pin *pin = container_of(timer, struct sim_pin, timer);
	struct outlook outlook;
	s64 rest_ns;

	look(pin, &outlook);
	if (outlook.rest_ns <= LEAD_NS) {
		if (!wait_until(pin->board, outlook.until_ns)) {
			sleep_for(pin, max_t(s64, outlook.rest_ns, 1));
			return HRTIMER_NORESTART;
		}
		if (outlook.has_wave)
			set_level(pin, !outlook.is_low, true);
		look(pin, &outlook);
	}
	if (READ_ONCE(pin->is_masked))
		return HRTIMER_NORESTART;
	rest_ns = clamp_t(s64, outlook.rest_ns, LEAD_NS, PAUSE_MAX_NS);
	sleep_for(pin, rest_ns - div_s64(rest_ns, SLACK_DIVISOR) -
		       min_t(s64, LEAD_NS, rest_ns / 2));
	return HRTIMER_NORESTART;
}

static int pin_set_type(struct irq_data *data, unsigned int type)
{
	struct sim_pin *pin = irq_data_get_irq_chip_data(data);

	pin->type = type;
	irq_set_handler_locked(data, is_level(pin) ? handle_level_irq : handle_simple_irq);
	return IRQ_SET_MASK_OK;
}

static void pin_mask(struct irq_data *data)
{
	struct sim_pin *pin = irq_data_get_irq_chip_data(data);

	WRITE_ONCE(pin->is_masked, true);
}

static void pin_unmask(struct irq_data *data)
{
	struct sim_pin *pin = irq_data_get_irq_chip_data(data);

	pin->is_new = true;
	WRITE_ONCE(pin->is_masked, false);
	sleep_for(pin, 0);
}

static int pin_set_wake(struct irq_data *data, unsigned int on)
{
	return 0;
}

static struct irq_chip pin_chip = {
	.name = "simbus",
	.irq_set_type = pin_set_type,
	.irq_mask = pin_mask,
	.irq_unmask = pin_unmask,
	.irq_set_wake = pin_set_wake,
};

/**
 * sim_pin_follow() - the chip's registers, or its time, may have changed
 * @pin: the pin
 *
 * Context: any, but not with the board's lock.
 */
void sim_pin_follow(struct sim_pin *pin)
{
	if (pin->irq && !READ_ONCE(pin->is_masked))
		sleep_for(pin, 0);
}

/**
 * sim_pin_init() - make the interrupt
 * @pin: the pin, zeroed
 * @board: whose it is
 * @kind: which one
 *
 * Return: its number, or a negative error.
 */
int sim_pin_init(struct sim_pin *pin, struct sim_board *board,
		 enum sim_pin_kind kind)
{
	/*
	 * Without an owner: the driver that has it goes when its bus does. Not 0, which
	 * is free on arm64 and means that there is none.
	 */
	int irq = __irq_alloc_descs(-1, 1, 1, NUMA_NO_NODE, NULL, NULL);

	if (irq < 0)
		return irq;
	pin->board = board;
	pin->kind = kind;
	pin->is_masked = true;
	pin->type = kind == SIM_PIN_WAVE ? IRQ_TYPE_EDGE_FALLING : IRQ_TYPE_LEVEL_LOW;
	rtc_sync_hrtimer_setup(&pin->timer, pin_expired, CLOCK_MONOTONIC,
			       HRTIMER_MODE_REL_HARD);
	irq_set_chip_data(irq, pin);
	irq_set_chip_and_handler(irq, &pin_chip,
				 is_level(pin) ? handle_level_irq : handle_simple_irq);
	irq_set_irq_type(irq, pin->type);
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	pin->irq = irq;
	return irq;
}

/**
 * sim_pin_exit() - take the interrupt away, which nobody has requested any more
 * @pin: the pin
 */
void sim_pin_exit(struct sim_pin *pin)
{
	if (!pin->irq)
		return;
	pin->is_masked = true;
	hrtimer_cancel(&pin->timer);
	irq_free_desc(pin->irq);
	pin->irq = 0;
}
