// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attaching to an RTC that has a driver of its own, by name or by phandle.
 *
 * Each wish is a platform device: from the device tree (a node with
 * compatible = "rtc-sync,attach"), or made here for a name in the parameter
 * attach=. The driver core does the rest:
 *
 *   - No RTC yet: probe returns -EPROBE_DEFER, and is called again whenever
 *     some driver has bound a device. Nothing polls.
 *   - The RTC's driver is unbound: a device link makes this device its
 *     consumer, so the engine is detached *before* the RTC goes. The RTC core
 *     holds the RTC's lock while it unregisters it; a thread that waits for that
 *     lock, stopped from there, would be a deadlock.
 *   - The RTC comes back: a work item has asked the driver core to look again,
 *     so probe is deferred until then.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/rtc.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "engine.h"

/* rtc0 to rtc15: names, room for one, and the most RTCs that are looked at. */
#define RTC_NAME_LEN	8
#define RTC_MAX		16

static struct platform_device *wishes[RTC_MAX];
static unsigned int wish_count;
static bool is_exiting;

static struct platform_driver attach_driver;

/* Binds what can be, defers what can't; it has nothing else to report. */
static void try_again(struct work_struct *work)
{
	int ret = 0;

	if (!READ_ONCE(is_exiting))
		ret = driver_attach(&attach_driver.driver);
	WARN_ON_ONCE(ret);
}

static DECLARE_WORK(again_work, try_again);

/* Probe is tried again and again; say once for each device what it waits for. */
static void tell_once(const struct device *dev, const char *what)
{
	static const struct device *told[RTC_MAX];
	int i;

	for (i = 0; i < RTC_MAX; i++) {
		if (told[i] == dev)
			return;
		if (!told[i])
			break;
	}
	if (i < RTC_MAX)
		told[i] = dev;
	dev_info(dev, "waiting for %s\n", what);
}

/* The RTC that the driver of this node has registered. Takes a reference. */
static struct rtc_device *rtc_by_node(const struct device_node *np)
{
	char name[RTC_NAME_LEN];
	struct rtc_device *rtc;
	int i;

	for (i = 0; i < RTC_MAX; i++) {
		snprintf(name, sizeof(name), "rtc%d", i);
		rtc = rtc_class_open(name);
		if (!rtc)
			continue;
		if (rtc->dev.parent->of_node == np)
			return rtc;
		rtc_class_close(rtc);
	}
	return NULL;
}

static struct rtc_device *find_rtc(struct device *dev)
{
	const char *name = dev_get_platdata(dev);
	struct rtc_device *rtc;
	struct device_node *np;

	if (name) {
		rtc = rtc_class_open(name);
		if (!rtc)
			tell_once(dev, name);
	} else {
		np = of_parse_phandle(dev->of_node, "rtc", 0);
		if (!np)
			return ERR_PTR(dev_err_probe(dev, -EINVAL,
						     "no phandle in property rtc\n"));
		rtc = rtc_by_node(np);
		if (!rtc)
			tell_once(dev, np->full_name);
		of_node_put(np);
	}
	return rtc ? rtc : ERR_PTR(-EPROBE_DEFER);
}

static void detach(void *data)
{
	rtc_sync_detach(data);
	if (!READ_ONCE(is_exiting))
		schedule_work(&again_work);
}

/* Be unbound before the RTC's driver is; not if that is on its way in or out. */
static int depend_on(struct device *dev, struct device *parent)
{
	struct device_link *link;

	if (parent->links.status != DL_DEV_DRIVER_BOUND)
		return -EPROBE_DEFER;
	link = device_link_add(dev, parent, DL_FLAG_AUTOREMOVE_CONSUMER);
	if (!link)
		return dev_err_probe(dev, -EINVAL, "can't depend on %s\n",
				     dev_name(parent));
	if (link->status != DL_STATE_CONSUMER_PROBE)
		return -EPROBE_DEFER;
	return 0;
}

static int attach_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct rtc_device *rtc;
	struct rtc_sync *sync;
	int ret = 0;

	rtc = find_rtc(dev);
	if (IS_ERR(rtc))
		return PTR_ERR(rtc);

	ret = depend_on(dev, rtc->dev.parent);
	if (ret)
		goto out_close;

	sync = rtc_sync_attach(dev, rtc, &rtc_sync_class_source, rtc);
	if (IS_ERR(sync)) {
		ret = PTR_ERR(sync);
		goto out_close;
	}
	ret = devm_add_action_or_reset(dev, detach, sync);

out_close:
	/* The link makes us go before the RTC does; its module may be unloaded. */
	rtc_class_close(rtc);
	return ret;
}

static const struct of_device_id attach_of_match[] = {
	{ .compatible = "rtc-sync,attach" },
	{ }
};
MODULE_DEVICE_TABLE(of, attach_of_match);

static struct platform_driver attach_driver = {
	.probe = attach_probe,
	.driver = {
		.name = "rtc-sync",
		.of_match_table = attach_of_match,
		/* Mode off stops it; by hand it would come back at once. */
		.suppress_bind_attrs = true,
	},
};

/* No rtc05, no "rtc 5". */
static bool is_plain(const char *name, unsigned int id)
{
	char plain[RTC_NAME_LEN];

	snprintf(plain, sizeof(plain), "rtc%u", id);
	return !strcmp(name, plain);
}

static int make_wish(const char *name)
{
	struct platform_device *pdev;
	char data[RTC_NAME_LEN] = {};
	unsigned int id;
	int end = 0;

	if (sscanf(name, "rtc%u%n", &id, &end) != 1 || name[end] ||
	    id >= RTC_MAX || wish_count == RTC_MAX || !is_plain(name, id)) {
		pr_err("attach=%*pE: not one of rtc0...rtc%d\n", rtc_sync_shown(name),
		       name, RTC_MAX - 1);
		return -EINVAL;
	}

	snprintf(data, sizeof(data), "rtc%u", id);
	pdev = platform_device_register_data(NULL, "rtc-sync", wish_count, data,
					     sizeof(data));
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	wishes[wish_count++] = pdev;
	return 0;
}

static void drop_wishes(void)
{
	while (wish_count)
		platform_device_unregister(wishes[--wish_count]);
}

/**
 * rtc_sync_attach_init() - look for the RTCs wished for
 * @names: rtc0, rtc1, ... from the parameter attach=
 * @count: how many
 *
 * Return: 0 or -errno.
 */
int rtc_sync_attach_init(char * const *names, unsigned int count)
{
	unsigned int i;
	int ret;

	ret = platform_driver_register(&attach_driver);
	if (ret)
		return ret;

	for (i = 0; i < count; i++) {
		ret = make_wish(names[i]);
		if (ret) {
			rtc_sync_attach_exit();
			return ret;
		}
	}
	return 0;
}

/**
 * rtc_sync_attach_exit() - let go of all RTCs
 */
void rtc_sync_attach_exit(void)
{
	WRITE_ONCE(is_exiting, true);
	cancel_work_sync(&again_work);
	drop_wishes();
	platform_driver_unregister(&attach_driver);
	/* A detach that had not seen is_exiting may have queued it once more. */
	cancel_work_sync(&again_work);
}
