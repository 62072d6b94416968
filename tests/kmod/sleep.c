// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: a suspend to memory that sleeps for so long, on emulated boards.
 *
 *   modprobe rtc-sync-sleep seconds=3600
 *   echo mem >/sys/power/state
 *
 * All that Linux does around it is real: tasks are frozen, devices, the timekeeping
 * and the tick are suspended. What is asleep then is the one core, until the
 * timer that makes Linux's tick, and has nothing to do meanwhile, wakes it. The
 * counter goes on; whether Linux knows that it does is a matter of the device
 * tree (arm,no-tick-in-suspend).
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/suspend.h>

#include <asm/arch_timer.h>
#include <asm/barrier.h>
#include <asm/cp15.h>

#define TIMER_COMPARE	__ACCESS_CP15_64(2, c14)	/* CNTP_CVAL */
#define TIMER_CONTROL	__ACCESS_CP15(c14, 0, c2, 1)	/* CNTP_CTL */
#define TIMER_ENABLE	BIT(0)

static uint seconds = 60;
module_param(seconds, uint, 0644);
MODULE_PARM_DESC(seconds, "how long each suspend is");

static uint suspends;
module_param(suspends, uint, 0444);
MODULE_PARM_DESC(suspends, "how many there were");

static u64 now(void)
{
	isb();
	return read_sysreg(CNTVCT);
}

/* Interrupts are off: one that is pending ends a wfi all the same. */
static int sleep_enter(suspend_state_t state)
{
	u64 until = now() + (u64)seconds * arch_timer_get_cntfrq();

	write_sysreg(until, TIMER_COMPARE);
	write_sysreg(TIMER_ENABLE, TIMER_CONTROL);
	isb();
	while (now() < until)
		wfi();
	write_sysreg(0, TIMER_CONTROL);
	isb();
	suspends++;
	return 0;
}

static const struct platform_suspend_ops sleep_ops = {
	.valid = suspend_valid_only_mem,
	.enter = sleep_enter,
};

static int __init sleep_init(void)
{
	suspend_set_ops(&sleep_ops);
	return 0;
}

static void __exit sleep_exit(void)
{
	suspend_set_ops(NULL);
}

module_init(sleep_init);
module_exit(sleep_exit);

MODULE_DESCRIPTION("Suspend to memory for so long, for tests");
MODULE_LICENSE("GPL");
