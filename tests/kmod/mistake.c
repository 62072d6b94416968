// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: mistakes, to see that a kernel which looks for them finds them.
 *
 *   echo rtc-sync-mistake 0x68 >/sys/bus/i2c/devices/i2c-0/new_device
 *
 * does what this project began with: it reads an RTC in a timer's callback. And
 *
 *   echo leak >/sys/module/rtc_sync_mistake/parameters/make
 *
 * makes another one, of those in the table below.
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/i2c.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "compat.h"

#define SECONDS_REGISTER	0
#define SIZE			40	/* of what is allocated, bytes */
#define RACE_MS			3000
#define HANG_S			100

/**
 * struct mistaken_rtc - an RTC that is read by a timer
 * @client: the device
 * @timer: it goes off each second
 * @second: what it has read
 */
struct mistaken_rtc {
	struct i2c_client *client;
	struct hrtimer timer;
	int second;
};

static enum hrtimer_restart read_in_timer(struct hrtimer *timer)
{
	struct mistaken_rtc *rtc = container_of(timer, struct mistaken_rtc, timer);

	rtc->second = i2c_smbus_read_byte_data(rtc->client, SECONDS_REGISTER);
	hrtimer_forward_now(timer, ns_to_ktime(NSEC_PER_SEC));
	return HRTIMER_RESTART;
}

static int mistake_probe(struct i2c_client *client)
{
	struct mistaken_rtc *rtc = devm_kzalloc(&client->dev, sizeof(*rtc), GFP_KERNEL);

	if (!rtc)
		return -ENOMEM;
	rtc->client = client;
	rtc_sync_hrtimer_setup(&rtc->timer, read_in_timer, CLOCK_MONOTONIC,
			       HRTIMER_MODE_REL_HARD);
	hrtimer_start(&rtc->timer, ns_to_ktime(NSEC_PER_SEC), HRTIMER_MODE_REL_HARD);
	return 0;
}

static const struct i2c_device_id mistake_ids[] = {
	{ "rtc-sync-mistake" },
	{ }
};

/* It can't be unbound: the timer would go on. That is not what is to be found. */
static struct i2c_driver mistake_driver = {
	.driver = {
		.name = "rtc-sync-mistake",
		.suppress_bind_attrs = true,
	},
	RTC_SYNC_I2C_PROBE(mistake_probe),
	.id_table = mistake_ids,
};

static DEFINE_SPINLOCK(spinlock);
static DEFINE_MUTEX(mutex_a);
static DEFINE_MUTEX(mutex_b);

/* It need not wait for the mutex here, but it might. */
static void sleep_with_spinlock(void)
{
	spin_lock(&spinlock);
	mutex_lock(&mutex_a);
	mutex_unlock(&mutex_a);
	spin_unlock(&spinlock);
}

static void lock_in_turn(void)
{
	mutex_lock(&mutex_a);
	mutex_lock(&mutex_b);
	mutex_unlock(&mutex_b);
	mutex_unlock(&mutex_a);
	mutex_lock(&mutex_b);
	mutex_lock(&mutex_a);
	mutex_unlock(&mutex_a);
	mutex_unlock(&mutex_b);
}

/* What the compiler must not see through. */
static void *allocate(void)
{
	void *memory = kzalloc(SIZE, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(memory);
	return memory;
}

static void use_what_is_free(void)
{
	u8 *memory = allocate();
	u8 *same = memory;

	OPTIMIZER_HIDE_VAR(same);
	kfree(memory);
	pr_info("there is %d\n", READ_ONCE(*same));
}

static void write_beyond_end(void)
{
	u8 *memory = allocate();
	unsigned int at = SIZE;

	OPTIMIZER_HIDE_VAR(at);
	if (memory)
		WRITE_ONCE(memory[at], 1);
	kfree(memory);
}

static void leak(void)
{
	int i;

	/* More than one: a stale register or a stack may still point to the last. */
	for (i = 0; i < 8; i++)
		allocate();
}

static void shift_too_far(void)
{
	unsigned int bits = 40;

	OPTIMIZER_HIDE_VAR(bits);
	pr_info("shifted: %d\n", 1 << bits);
}

static enum hrtimer_restart do_nothing(struct hrtimer *timer)
{
	return HRTIMER_NORESTART;
}

static void free_active_timer(void)
{
	struct hrtimer *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return;
	rtc_sync_hrtimer_setup(timer, do_nothing, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	hrtimer_start(timer, ns_to_ktime(NSEC_PER_SEC), HRTIMER_MODE_REL);
	kfree(timer);
	/* Where nobody has stopped it */
	msleep(1500);
}

static void ask_which_processor(void)
{
	pr_info("on processor %u\n", smp_processor_id());
}

static unsigned int counter;

static int count(void *unused)
{
	while (!kthread_should_stop()) {
		counter++;
		cond_resched();
	}
	return 0;
}

static void race(void)
{
	struct task_struct *tasks[2];
	int i;

	for (i = 0; i < 2; i++)
		tasks[i] = kthread_run(count, NULL, "mistake/%d", i);
	msleep(RACE_MS);
	for (i = 0; i < 2; i++) {
		if (!IS_ERR(tasks[i]))
			kthread_stop(tasks[i]);
	}
}

static void hang(void)
{
	schedule_timeout_uninterruptible(HANG_S * HZ);
}

static const struct {
	const char *name;
	void (*make)(void);
} mistakes[] = {
	{ "sleep", sleep_with_spinlock },
	{ "locks", lock_in_turn },
	{ "free", use_what_is_free },
	{ "end", write_beyond_end },
	{ "leak", leak },
	{ "shift", shift_too_far },
	{ "timer", free_active_timer },
	{ "processor", ask_which_processor },
	{ "race", race },
	{ "hang", hang },
};

static int make_set(const char *text, const struct kernel_param *kp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mistakes); i++) {
		if (sysfs_streq(text, mistakes[i].name)) {
			/* Others may use parameters meanwhile. */
			kernel_param_unlock(THIS_MODULE);
			mistakes[i].make();
			kernel_param_lock(THIS_MODULE);
			return 0;
		}
	}
	return -EINVAL;
}

static const struct kernel_param_ops make_ops = { .set = make_set };
module_param_cb(make, &make_ops, NULL, 0200);
MODULE_PARM_DESC(make, "a mistake to make now: sleep, locks, free, end, leak, shift, timer, processor, race, hang");

module_i2c_driver(mistake_driver);

MODULE_DESCRIPTION("Mistakes that are to be found, for tests");
MODULE_LICENSE("GPL");
