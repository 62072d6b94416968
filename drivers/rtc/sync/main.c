// SPDX-License-Identifier: GPL-2.0-only
/*
 * rtc-sync: keep the system clock by an RTC, from a thread of its own.
 *
 * The module, and the life of an instance. docs/design.md has
 * the whole picture, docs/abi.md the names that users type.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rtc.h>
#include <linux/slab.h>

#include "../compat.h"
#include "../rtc-sync.h"
#include "engine.h"
#include "phc.h"
#include "pps.h"

static LIST_HEAD(instances);
static DEFINE_MUTEX(instances_lock);	/* protects instances */

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

static void free_sync(struct rtc_sync *sync)
{
	rtc_sync_sysfs_put(sync);
	put_device(&sync->rtc->dev);
	kfree(sync);
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

	ret = rtc_sync_read_config(dev, &config);
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
	sync->slew_end_raw_ns = S64_MAX;
	sync->recalls = RTC_SYNC_RECALLS;
	if (config.trims && !source->trim)
		dev_warn(dev, "rtc-sync,trim: there is no register for it\n");
	if (config.stores && !source->load)
		dev_warn(dev, "%s: there is no RAM for it\n", RTC_SYNC_STORE_RATES);
	spin_lock_init(&sync->lock);
	init_waitqueue_head(&sync->wait);
	init_waitqueue_head(&sync->companion.wait);
	rtc_sync_tracker_init(&sync->tracker, source, config.interval_s,
			      rtc_sync_not_before());
	rtc_sync_sysfs_init(sync);

	ret = enlist(sync);
	if (ret) {
		dev_err(dev, "%s is kept already\n", dev_name(&rtc->dev));
		goto err_free;
	}

	ret = rtc_sync_sysfs_add(sync);
	if (ret)
		goto err_delist;

	rtc_sync_phc_register(sync);
	rtc_sync_pps_register(sync);
	sync->thread = kthread_run(rtc_sync_thread, sync, "rtc-sync/%s",
				   dev_name(&rtc->dev));
	if (IS_ERR(sync->thread)) {
		ret = PTR_ERR(sync->thread);
		goto err_unregister;
	}

	dev_info(&rtc->dev, "attached: %s, every %u s, mode %s\n", source->name,
		 config.interval_s, rtc_sync_mode_names[config.mode]);
	return sync;

err_unregister:
	rtc_sync_pps_unregister(sync);
	rtc_sync_phc_unregister(sync);
	kobject_del(&sync->kobj);
err_delist:
	delist(sync);
err_free:
	free_sync(sync);
	return ERR_PTR(ret);
}

/**
 * rtc_sync_detach() - stop the engine on an RTC
 * @sync: the instance; gone on return
 *
 * Takes no longer than a transfer that is under way, what is kept in the RTC's RAM, 5 ms
 * for a companion that does not answer, and the rest of a square wave that storms.
 *
 * Context: may sleep.
 */
void rtc_sync_detach(struct rtc_sync *sync)
{
	delist(sync);
	kthread_stop(sync->thread);
	rtc_sync_pps_unregister(sync);
	rtc_sync_phc_unregister(sync);
	dev_info(&sync->rtc->dev, "detached\n");
	kobject_del(&sync->kobj);
	free_sync(sync);
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
void rtc_sync_rtc_was_set(const struct rtc_device *rtc)
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

/**
 * rtc_sync_rtc_was_trimmed() - the RTC runs at another rate from now on
 * @rtc: the RTC whose trim was changed by somebody; may have no instance
 * @by_ppb: it is faster by this now, ppb; negative: slower
 *
 * Context: may sleep; the RTC's own lock may be held.
 */
void rtc_sync_rtc_was_trimmed(const struct rtc_device *rtc, s32 by_ppb)
{
	struct rtc_sync *sync;

	mutex_lock(&instances_lock);
	list_for_each_entry(sync, &instances, entry) {
		if (sync->rtc != rtc)
			continue;
		spin_lock(&sync->lock);
		sync->trimmed_ppb += by_ppb;
		spin_unlock(&sync->lock);
		rtc_sync_kick(sync, RTC_SYNC_KICK_TRIMMED);
	}
	mutex_unlock(&instances_lock);
}
EXPORT_SYMBOL_GPL(rtc_sync_rtc_was_trimmed);

static int __init rtc_sync_init(void)
{
	return rtc_sync_attach_init(rtc_sync_attach_names,
				    rtc_sync_attach_count);
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
