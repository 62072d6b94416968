// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is set when the engine is loaded: the module's parameters, and the
 * properties of the device tree, which go first.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/compiler.h>
#include <linux/device.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/property.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "clock.h"
#include "engine.h"

const char * const rtc_sync_mode_names[] = {
	[RTC_SYNC_MODE_OFF] = "off",
	[RTC_SYNC_MODE_MONITOR] = "monitor",
	[RTC_SYNC_MODE_STEP] = "step",
	[RTC_SYNC_MODE_SLEW] = "slew",
	[RTC_SYNC_MODE_AUTO] = "auto",
};

/* What is shown of a value that is refused, bytes. */
#define SHOWN_MAX	40

static time64_t not_before_param_s = RTC_SYNC_NOT_BEFORE_S;

/* Written under the lock of the parameters, read by an attach without it. */
static unsigned int default_interval_s = RTC_SYNC_INTERVAL_S;
static int default_mode = RTC_SYNC_MODE_AUTO;
char *rtc_sync_attach_names[RTC_SYNC_ATTACH_MAX];
unsigned int rtc_sync_attach_count;

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
 * Return: @mode, -EINVAL if there is no such mode, -EOPNOTSUPP for slew in a module:
 * it takes do_adjtimex(), which is not exported.
 */
int rtc_sync_check_mode(int mode)
{
	if (mode < 0)
		return -EINVAL;
	if (mode == RTC_SYNC_MODE_SLEW && IS_MODULE(CONFIG_RTC_SYNC))
		return -EOPNOTSUPP;
	return mode;
}

/**
 * rtc_sync_shown() - how much of a value that is refused does the log show?
 * @value: the value, of any length, and of any bytes
 *
 * For %*pE, so that it stays one line.
 *
 * Return: bytes.
 */
int rtc_sync_shown(const char *value)
{
	return min_t(size_t, strcspn(value, "\n"), SHOWN_MAX);
}

static int set_interval(const char *value, const struct kernel_param *param)
{
	unsigned int interval_s;
	int ret;

	ret = kstrtouint(value, 0, &interval_s);
	if (!ret)
		ret = rtc_sync_check_interval(interval_s);
	if (ret) {
		pr_err("interval_s=%*pE: not a number from %d to %d\n",
		       rtc_sync_shown(value), value, RTC_SYNC_INTERVAL_MIN_S,
		       RTC_SYNC_INTERVAL_MAX_S);
		return -EINVAL;
	}
	WRITE_ONCE(default_interval_s, interval_s);
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
		pr_err("mode=slew: a module can only step\n");
	else if (mode < 0)
		pr_err("mode=%*pE: not off, monitor, step, slew or auto\n", rtc_sync_shown(value),
		       value);
	if (mode < 0)
		return mode;
	WRITE_ONCE(default_mode, mode);
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
MODULE_PARM_DESC(mode, "off, monitor, step, slew (built in only) or auto (default auto)");

module_param_array_named(attach, rtc_sync_attach_names, charp,
			 &rtc_sync_attach_count, 0444);
MODULE_PARM_DESC(attach, "RTCs to attach to besides those of the device tree: rtc0[,rtc1...]");

static int set_not_before(const char *value, const struct kernel_param *param)
{
	s64 not_before_s;
	int ret;

	ret = kstrtos64(value, 0, &not_before_s);
	if (ret || not_before_s < 0 || not_before_s > RTC_SYNC_NOT_AFTER_S) {
		pr_err("not_before=%*pE: not a number of seconds since 1970\n",
		       rtc_sync_shown(value), value);
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

/**
 * rtc_sync_read_config() - the device tree's word for an RTC, else the module's
 * @dev: whose properties and log to use
 * @config: overwritten
 *
 * Return: 0, or -EINVAL or -EOPNOTSUPP after saying why.
 */
int rtc_sync_read_config(struct device *dev, struct rtc_sync_config *config)
{
	const char *name;
	int mode;

	*config = (struct rtc_sync_config) {
		.mode = READ_ONCE(default_mode),
		.interval_s = READ_ONCE(default_interval_s),
		.max_step_s = RTC_SYNC_MAX_STEP_S,
		.trims = device_property_read_bool(dev, "rtc-sync,trim"),
		.stores = device_property_read_bool(dev, RTC_SYNC_STORE_RATES),
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
				     "a module can only step, not slew" :
				     "not off, monitor, step, slew or auto");
	config->mode = mode;
	return 0;
}

/**
 * rtc_sync_not_before() - the parameter not_before; it takes two reads on 32 bit
 *
 * Return: s since 1970.
 */
time64_t rtc_sync_not_before(void)
{
	time64_t not_before_s;

	kernel_param_lock(THIS_MODULE);
	not_before_s = not_before_param_s;
	kernel_param_unlock(THIS_MODULE);
	return not_before_s;
}
