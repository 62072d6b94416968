// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: a suspend that sleeps for so long, on emulated boards.
 *
 *   modprobe rtc-sync-sleep seconds=3600
 *   echo mem >/sys/power/state		(or freeze)
 *
 * All that Linux does around it is real: tasks are frozen, devices, the timekeeping
 * and the tick are suspended. What is asleep then is the one core, until the
 * timer that makes Linux's tick, and has nothing to do meanwhile, wakes it. The
 * counter goes on; whether Linux knows that it does is a matter of the device
 * tree (arm,no-tick-in-suspend).
 *
 * Suspend to idle is Linux's own. Here it leaves the tick on, as these boards have no
 * state of idleness in which it may be off; so a timer can end it.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/suspend.h>
#include <linux/workqueue.h>

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

static void wake(struct work_struct *work)
{
	pm_system_wakeup();
}

static DECLARE_DELAYED_WORK(waking, wake);

/* Counted from before the tasks are frozen. Who sleeps otherwise comes back first. */
static int note(struct notifier_block *block, unsigned long action, void *data)
{
	if (action == PM_SUSPEND_PREPARE)
		schedule_delayed_work(&waking, seconds * HZ);
	else if (action == PM_POST_SUSPEND)
		cancel_delayed_work_sync(&waking);
	return NOTIFY_DONE;
}

static struct notifier_block sleep_notes = {
	.notifier_call = note,
};

static int __init sleep_init(void)
{
	int ret = register_pm_notifier(&sleep_notes);

	if (ret)
		return ret;
	suspend_set_ops(&sleep_ops);
	return 0;
}

static void __exit sleep_exit(void)
{
	suspend_set_ops(NULL);
	unregister_pm_notifier(&sleep_notes);
	cancel_delayed_work_sync(&waking);
}

module_init(sleep_init);
module_exit(sleep_exit);

MODULE_DESCRIPTION("Suspend to memory for so long, for tests");
MODULE_LICENSE("GPL");
