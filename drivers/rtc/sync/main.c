// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtc-sync: keep the system clock by an RTC, from a thread of its own.
 *
 * The module, its parameters, and the life of an instance. docs/design.md has
 * the whole picture, docs/abi.md the names that users type.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/property.h>
#include <linux/rtc.h>
#include <linux/slab.h>

#include "../compat.h"
#include "../rtc-sync.h"
#include "engine.h"

#define ATTACH_MAX	16

const char * const rtc_sync_mode_names[] = {
	[RTC_SYNC_MODE_OFF] = "off",
	[RTC_SYNC_MODE_MONITOR] = "monitor",
	[RTC_SYNC_MODE_STEP] = "step",
	[RTC_SYNC_MODE_SLEW] = "slew",
	[RTC_SYNC_MODE_AUTO] = "auto",
};

static time64_t not_before_param_s = RTC_SYNC_NOT_BEFORE_S;

static unsigned int default_interval_s = RTC_SYNC_INTERVAL_S;
static int default_mode = RTC_SYNC_MODE_AUTO;
static char *attach[ATTACH_MAX];
static unsigned int attach_count;

static LIST_HEAD(instances);
static DEFINE_MUTEX(instances_lock);	/* protects instances */

/**
 * rtc_sync_check_interval() - is this a time between syncs?
 * @interval_s: s
 *
 * Return: 0 or -EINVAL.
 */
int rtc_sync_check_interval(u32 interval_s)
{
	if (interval_s < RTC_SYNC_INTERVAL_MIN_S ||
	    interval_s > RTC_SYNC_INTERVAL_MAX_S)
		return -EINVAL;
	return 0;
}

/**
 * rtc_sync_check_mode() - can this kernel do that?
 * @mode: enum rtc_sync_mode, or a negative number from looking up its name
 *
 * Return: @mode, -EINVAL if there is no such mode, -EOPNOTSUPP for slew, which
 * takes do_adjtimex() and that is not exported to modules.
 */
int rtc_sync_check_mode(int mode)
{
	if (mode < 0)
		return -EINVAL;
	if (mode == RTC_SYNC_MODE_SLEW)
		return -EOPNOTSUPP;
	return mode;
}

static int set_interval(const char *value, const struct kernel_param *param)
{
	unsigned int interval_s;
	int ret;

	ret = kstrtouint(value, 0, &interval_s);
	if (!ret)
		ret = rtc_sync_check_interval(interval_s);
	if (ret) {
		pr_err("interval_s=%s: not a number from %d to %d\n", value,
		       RTC_SYNC_INTERVAL_MIN_S, RTC_SYNC_INTERVAL_MAX_S);
		return -EINVAL;
	}
	default_interval_s = interval_s;
	return 0;
}

static const struct kernel_param_ops interval_ops = {
	.set = set_interval,
	.get = param_get_uint,
};

module_param_cb(interval_s, &interval_ops, &default_interval_s, 0644);
MODULE_PARM_DESC(interval_s, "Seconds between syncs, 1 to 86400 (default 10)");

static int set_mode(const char *value, const struct kernel_param *param)
{
	int mode = sysfs_match_string(rtc_sync_mode_names, value);

	mode = rtc_sync_check_mode(mode);
	if (mode == -EOPNOTSUPP)
		pr_err("mode=slew: it can only step\n");
	else if (mode < 0)
		pr_err("mode=%s: not off, monitor, step, slew or auto\n", value);
	if (mode < 0)
		return mode;
	default_mode = mode;
	return 0;
}

static int get_mode(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%s\n", rtc_sync_mode_names[default_mode]);
}

static const struct kernel_param_ops mode_ops = {
	.set = set_mode,
	.get = get_mode,
};

module_param_cb(mode, &mode_ops, NULL, 0644);
MODULE_PARM_DESC(mode, "off, monitor, step or auto (default auto); slew is refused: only step is built");

module_param_array(attach, charp, &attach_count, 0444);
MODULE_PARM_DESC(attach, "RTCs to attach to besides those of the device tree: rtc0[,rtc1...]");

static int set_not_before(const char *value, const struct kernel_param *param)
{
	s64 not_before_s;
	int ret;

	ret = kstrtos64(value, 0, &not_before_s);
	if (ret || not_before_s < 0 || not_before_s > RTC_SYNC_NOT_AFTER_S) {
		pr_err("not_before=%s: not a number of seconds since 1970\n", value);
		return -EINVAL;
	}
	not_before_param_s = not_before_s;
	return 0;
}

static int get_not_before(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%lld\n", not_before_param_s);
}

static const struct kernel_param_ops not_before_ops = {
	.set = set_not_before,
	.get = get_not_before,
};

module_param_cb(not_before, &not_before_ops, NULL, 0644);
MODULE_PARM_DESC(not_before, "RTC times before this are not believed, seconds since 1970 (default 2024-01-01)");

/* The device tree's word for this RTC, else the module's. */
static int read_config(struct device *dev, struct rtc_sync_config *config)
{
	const char *name;
	int mode;

	*config = (struct rtc_sync_config) {
		.mode = default_mode,
		.interval_s = default_interval_s,
		.step_threshold_ns = RTC_SYNC_STEP_THRESHOLD_NS,
		.max_step_s = RTC_SYNC_MAX_STEP_S,
	};

	if (device_property_present(dev, "rtc-sync,interval-sec") &&
	    (device_property_read_u32(dev, "rtc-sync,interval-sec",
				      &config->interval_s) ||
	     rtc_sync_check_interval(config->interval_s)))
		return dev_err_probe(dev, -EINVAL,
				     "rtc-sync,interval-sec is not 1 to 86400\n");

	if (!device_property_present(dev, "rtc-sync,mode"))
		return 0;
	mode = -EINVAL;
	if (!device_property_read_string(dev, "rtc-sync,mode", &name))
		mode = rtc_sync_check_mode(match_string(rtc_sync_mode_names,
							RTC_SYNC_MODES, name));
	if (mode < 0)
		return dev_err_probe(dev, mode, "rtc-sync,mode: %s\n",
				     mode == -EOPNOTSUPP ?
				     "it can only step, not slew" :
				     "not off, monitor, step, slew or auto");
	config->mode = mode;
	return 0;
}

/* It takes two writes on 32 bit. */
static time64_t not_before(void)
{
	time64_t not_before_s;

	kernel_param_lock(THIS_MODULE);
	not_before_s = not_before_param_s;
	kernel_param_unlock(THIS_MODULE);
	return not_before_s;
}

static bool is_attached(const struct rtc_device *rtc)
{
	const struct rtc_sync *sync;

	list_for_each_entry(sync, &instances, entry) {
		if (sync->rtc == rtc)
			return true;
	}
	return false;
}

static int enlist(struct rtc_sync *sync)
{
	int ret = 0;

	mutex_lock(&instances_lock);
	if (is_attached(sync->rtc))
		ret = -EBUSY;
	else
		list_add_tail(&sync->entry, &instances);
	mutex_unlock(&instances_lock);
	return ret;
}

static void delist(struct rtc_sync *sync)
{
	mutex_lock(&instances_lock);
	list_del(&sync->entry);
	mutex_unlock(&instances_lock);
}

/**
 * rtc_sync_attach() - start the engine on an RTC
 * @dev: whose device tree properties and log to use
 * @rtc: the RTC; must stay registered until rtc_sync_detach() has returned
 * @source: how to read it
 * @source_ctx: handed to @source
 *
 * The thread comes last: when it first runs, all that it uses exists.
 *
 * Context: may sleep.
 * Return: the instance, or an ERR_PTR; -EBUSY if @rtc has one already.
 */
struct rtc_sync *rtc_sync_attach(struct device *dev, struct rtc_device *rtc,
				 const struct rtc_sync_source *source,
				 void *source_ctx)
{
	struct rtc_sync_config config;
	struct rtc_sync *sync;
	int ret;

	ret = read_config(dev, &config);
	if (ret)
		return ERR_PTR(ret);

	sync = kzalloc(sizeof(*sync), GFP_KERNEL);
	if (!sync)
		return ERR_PTR(-ENOMEM);

	get_device(&rtc->dev);
	sync->rtc = rtc;
	sync->source = source;
	sync->source_ctx = source_ctx;
	sync->config = config;
	sync->setting = config;
	sync->state = RTC_SYNC_STATE_OFF;
	spin_lock_init(&sync->lock);
	init_waitqueue_head(&sync->wait);
	rtc_sync_tracker_init(&sync->tracker, source, config.interval_s,
			      not_before());
	/* As the kernel's hctosys: many a 32-bit user space breaks after 2038. */
	if (BITS_PER_LONG == 32)
		sync->tracker.guard.not_after_s = S32_MAX;
	rtc_sync_sysfs_init(sync);	/* from here on kobject_put() frees */

	ret = enlist(sync);
	if (ret) {
		dev_err(dev, "%s is kept already\n", dev_name(&rtc->dev));
		goto err_put;
	}

	ret = rtc_sync_sysfs_add(sync);
	if (ret)
		goto err_delist;

	sync->thread = kthread_run(rtc_sync_thread, sync, "rtc-sync/%s",
				   dev_name(&rtc->dev));
	if (IS_ERR(sync->thread)) {
		ret = PTR_ERR(sync->thread);
		goto err_del;
	}

	dev_info(&rtc->dev, "attached: %s, every %u s, mode %s\n", source->name,
		 config.interval_s, rtc_sync_mode_names[config.mode]);
	return sync;

err_del:
	kobject_del(&sync->kobj);
err_delist:
	delist(sync);
err_put:
	kobject_put(&sync->kobj);
	return ERR_PTR(ret);
}

/**
 * rtc_sync_detach() - stop the engine on an RTC
 * @sync: the instance; gone on return
 *
 * Takes no longer than a transfer that is under way.
 *
 * Context: may sleep.
 */
void rtc_sync_detach(struct rtc_sync *sync)
{
	delist(sync);
	kthread_stop(sync->thread);
	rtc_sync_clock_release(sync);
	dev_info(&sync->rtc->dev, "detached\n");
	kobject_del(&sync->kobj);
	kobject_put(&sync->kobj);
}

static void devm_detach(void *data)
{
	rtc_sync_detach(data);
}

/**
 * devm_rtc_sync_register() - offer the engine a source for an RTC
 * @dev: the RTC's parent; the engine is detached before @rtc is unregistered
 * @rtc: the RTC, registered
 * @source: how to read it better than rtc_read_time() does
 * @ctx: handed to @source
 *
 * Context: may sleep. Call it last in probe.
 * Return: 0 or -errno.
 */
int devm_rtc_sync_register(struct device *dev, struct rtc_device *rtc,
			   const struct rtc_sync_source *source, void *ctx)
{
	struct rtc_sync *sync = rtc_sync_attach(dev, rtc, source, ctx);

	if (IS_ERR(sync))
		return PTR_ERR(sync);
	return devm_add_action_or_reset(dev, devm_detach, sync);
}
EXPORT_SYMBOL_GPL(devm_rtc_sync_register);

/**
 * rtc_sync_rtc_was_set() - the RTC's time is another one from now on
 * @rtc: the RTC that was set; may have no instance
 *
 * Context: may sleep; the RTC's own lock may be held.
 */
void rtc_sync_rtc_was_set(struct rtc_device *rtc)
{
	struct rtc_sync *sync;

	mutex_lock(&instances_lock);
	list_for_each_entry(sync, &instances, entry) {
		if (sync->rtc == rtc)
			rtc_sync_kick(sync, RTC_SYNC_KICK_RTC_SET);
	}
	mutex_unlock(&instances_lock);
}
EXPORT_SYMBOL_GPL(rtc_sync_rtc_was_set);

static int __init rtc_sync_init(void)
{
	return rtc_sync_attach_init(attach, attach_count);
}

static void __exit rtc_sync_exit(void)
{
	rtc_sync_attach_exit();
}

module_init(rtc_sync_init);
module_exit(rtc_sync_exit);

MODULE_AUTHOR("rtc-sync maintainers");
MODULE_DESCRIPTION("Keeps the system clock by an RTC");
MODULE_VERSION(RTC_SYNC_VERSION);
MODULE_LICENSE("GPL");
