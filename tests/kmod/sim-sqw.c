// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the simulated chip's square wave, as an interrupt.
 *
 * The wave falls when a second begins and rises half a second later. A timer
 * sleeps until shortly before the edge and waits for the rest of it, so that
 * the interrupt comes as exactly as it would from a wire.
 */
#include <linux/hrtimer.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/processor.h>
#include <linux/spinlock.h>

#include "../../drivers/rtc/compat.h"
#include "sim-sqw.h"

/* The timer goes by another clock: one part in so many it may be off. */
#define SLACK_DIVISOR	256

/* More than the timer is late by; at most this long the processor waits. */
#define LEAD_NS		30000

/* From an edge until the next one is looked for. */
#define PAUSE_NS	NSEC_PER_MSEC

/**
 * struct sim_sqw - the square wave's interrupt
 * @lock: protects @tick, @is_on, @after_ns and @type
 * @tick: the chip's seconds
 * @is_on: whether the chip puts the wave out
 * @after_ns: all edges until then have been seen
 * @timer: expires at the next edge, or sooner
 * @irq: its number, 0: there is none
 * @type: which edges it comes at, IRQ_TYPE_EDGE_FALLING, ..._RISING or both
 * @is_masked: nobody wants it
 */
struct sim_sqw {
	raw_spinlock_t lock;
	struct sim_tick tick;
	bool is_on;
	s64 after_ns;
	struct hrtimer timer;
	int irq;
	unsigned int type;
	bool is_masked;
};

static struct sim_sqw sqw = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(sqw.lock),
	.type = IRQ_TYPE_EDGE_FALLING,
	.is_masked = true,
};

static unsigned int sqw_pulses;
module_param(sqw_pulses, uint, 0444);
MODULE_PARM_DESC(sqw_pulses, "interrupts that the square wave has raised");

static void sleep_for(s64 rest_ns)
{
	hrtimer_start(&sqw.timer, ns_to_ktime(rest_ns), HRTIMER_MODE_REL_HARD);
}

static int sqw_set_type(struct irq_data *data, unsigned int type)
{
	unsigned long flags;

	if (type & ~IRQ_TYPE_EDGE_BOTH)
		return -EINVAL;
	raw_spin_lock_irqsave(&sqw.lock, flags);
	sqw.type = type;
	sqw.after_ns = sim_now_ns();
	raw_spin_unlock_irqrestore(&sqw.lock, flags);
	sleep_for(0);
	return IRQ_SET_MASK_OK;
}

static void sqw_mask(struct irq_data *data)
{
	WRITE_ONCE(sqw.is_masked, true);
}

static void sqw_unmask(struct irq_data *data)
{
	WRITE_ONCE(sqw.is_masked, false);
}

static struct irq_chip sqw_chip = {
	.name = "simbus-sqw",
	.irq_set_type = sqw_set_type,
	.irq_mask = sqw_mask,
	.irq_unmask = sqw_unmask,
};

/* The first wanted edge after the last one; false: the wave is off. */
static bool next_edge(s64 *edge_ns)
{
	s64 fall_ns;
	s64 rise_ns;
	s64 half_ns;

	if (!sqw.is_on)
		return false;
	sim_tick_advance(&sqw.tick, sqw.after_ns);
	fall_ns = sim_tick_next_ns(&sqw.tick);
	half_ns = (fall_ns - sqw.tick.edge_ns) / 2;
	rise_ns = sqw.tick.edge_ns + half_ns;
	if ((sqw.type & IRQ_TYPE_EDGE_RISING) && sqw.after_ns < rise_ns)
		*edge_ns = rise_ns;
	else if (sqw.type & IRQ_TYPE_EDGE_FALLING)
		*edge_ns = fall_ns;
	else
		*edge_ns = fall_ns + half_ns;
	return true;
}

static void raise_at(s64 edge_ns)
{
	while (sim_now_ns() < edge_ns)
		cpu_relax();
	if (READ_ONCE(sqw.is_masked))
		return;
	sqw_pulses++;
	generic_handle_irq(sqw.irq);
}

/* In hard interrupt context, as from a wire. It starts its timer itself. */
static enum hrtimer_restart sqw_expired(struct hrtimer *timer)
{
	s64 now_ns = sim_now_ns();
	bool is_near = false;
	s64 edge_ns = 0;
	s64 rest_ns;
	bool is_on;

	raw_spin_lock(&sqw.lock);
	is_on = next_edge(&edge_ns);
	rest_ns = edge_ns - now_ns;
	if (is_on && rest_ns <= LEAD_NS) {
		is_near = true;
		sqw.after_ns = max(edge_ns, now_ns);
	}
	raw_spin_unlock(&sqw.lock);
	if (is_near)
		raise_at(edge_ns);
	if (is_on)
		sleep_for(is_near ? PAUSE_NS :
			  rest_ns - LEAD_NS - div_s64(rest_ns, SLACK_DIVISOR));
	return HRTIMER_NORESTART;
}

/**
 * sim_sqw_follow() - the chip's seconds, or its square wave, may have changed
 * @tick: its seconds
 * @is_on: whether it puts the wave out
 */
void sim_sqw_follow(const struct sim_tick *tick, bool is_on)
{
	unsigned long flags;

	if (!sqw.irq)
		return;
	raw_spin_lock_irqsave(&sqw.lock, flags);
	if (!sqw.is_on)
		sqw.after_ns = sim_now_ns();
	sqw.tick = *tick;
	sqw.is_on = is_on;
	raw_spin_unlock_irqrestore(&sqw.lock, flags);
	if (is_on)
		sleep_for(0);
}

/**
 * sim_sqw_init() - make the interrupt
 *
 * Return: its number, or a negative error.
 */
int sim_sqw_init(void)
{
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	if (irq < 0)
		return irq;
	rtc_sync_hrtimer_setup(&sqw.timer, sqw_expired, CLOCK_MONOTONIC,
			       HRTIMER_MODE_REL_HARD);
	irq_set_chip_and_handler(irq, &sqw_chip, handle_simple_irq);
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	sqw.irq = irq;
	return irq;
}

/**
 * sim_sqw_exit() - take the interrupt away, which nobody has requested any more
 */
void sim_sqw_exit(void)
{
	if (!sqw.irq)
		return;
	hrtimer_cancel(&sqw.timer);
	irq_free_desc(sqw.irq);
}
