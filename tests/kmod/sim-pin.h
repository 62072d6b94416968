/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: a pin of a simulated chip, as an interrupt.
 */
#ifndef SIM_PIN_H
#define SIM_PIN_H

#include <linux/hrtimer.h>
#include <linux/types.h>

struct sim_board;

/**
 * enum sim_pin_kind - the pins of a chip
 * @SIM_PIN_WAVE: that of its wave of 1 Hz; an edge interrupt, by default at
 *	falling edges
 * @SIM_PIN_INT: that of its alarms; a level interrupt, by default while low
 *
 * On many chips they are one and the same; a register tells which it is.
 */
enum sim_pin_kind {
	SIM_PIN_WAVE,
	SIM_PIN_INT,
};

/**
 * struct sim_pin - a pin as an interrupt
 * @board: whose it is
 * @kind: which one
 * @irq: the interrupt's number; 0: there is none, and all else does not count
 * @type: IRQ_TYPE_EDGE_FALLING and so on
 * @is_masked: nobody wants it, or not now
 * @is_new: it has not been looked at since it was wanted: no edge yet
 * @is_low: whether it was low when it was last looked at
 * @pulses: interrupts that it has raised
 * @timer: expires when the pin may change, or sooner
 */
struct sim_pin {
	struct sim_board *board;
	enum sim_pin_kind kind;
	int irq;
	unsigned int type;
	bool is_masked;
	bool is_new;
	bool is_low;
	unsigned int pulses;
	struct hrtimer timer;
};

int sim_pin_init(struct sim_pin *pin, struct sim_board *board,
		 enum sim_pin_kind kind);
void sim_pin_exit(struct sim_pin *pin);
void sim_pin_follow(struct sim_pin *pin);

#endif /* SIM_PIN_H */
