// SPDX-License-Identifier: GPL-2.0-only
/*
 * What users set in /sys/class/rtc/rtcN/sync: docs/abi.md describes each file.
 *
 * Writers change the configuration and wake the thread. What is wrong changes
 * nothing and leaves a line in the log.
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/rtc.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "clock.h"
#include "engine.h"
#include "sysfs.h"

/* A dead band of a second would let the clock show another one. */
#define STEP_THRESHOLD_MAX_NS	NSEC_PER_SEC

static const char * const ntp_names[] = {
	[RTC_SYNC_NTP_UNKNOWN] = "unknown",
	[RTC_SYNC_NTP_NO] = "no",
	[RTC_SYNC_NTP_YES] = "yes",
};

static void get_config(struct rtc_sync *sync, struct rtc_sync_config *config)
{
	spin_lock(&sync->lock);
	*config = sync->config;
	spin_unlock(&sync->lock);
}

static ssize_t mode_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;

	get_config(sync, &config);
	return sysfs_emit(buf, "%s\n", rtc_sync_mode_names[config.mode]);
}

static ssize_t ntp_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;
	struct rtc_sync_view view;

	get_config(sync, &config);
	rtc_sync_get_view(sync, &view);
	return sysfs_emit(buf, "%s\n",
			  ntp_names[config.ntp ? config.ntp : view.ntp]);
}

static ssize_t interval_s_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;

	get_config(sync, &config);
	return sysfs_emit(buf, "%u\n", config.interval_s);
}

static ssize_t step_threshold_ns_show(struct rtc_sync *sync, char *buf)
{
	s64 threshold_ns = RTC_SYNC_STEP_THRESHOLD_NS;
	struct rtc_sync_config config;

	get_config(sync, &config);
	if (config.step_threshold_ns)
		threshold_ns = config.step_threshold_ns;
	else if (rtc_sync_clock(sync)->slew && config.mode != RTC_SYNC_MODE_STEP)
		threshold_ns = RTC_SYNC_SLEW_THRESHOLD_NS;
	return sysfs_emit(buf, "%lld\n", threshold_ns);
}

static ssize_t max_step_s_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;

	get_config(sync, &config);
	return sysfs_emit(buf, "%u\n", config.max_step_s);
}

static ssize_t rtc_rate_ppb_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;
	struct rtc_sync_view view;

	get_config(sync, &config);
	rtc_sync_get_view(sync, &view);
	/* What was just written, and the thread has not taken up yet. */
	if (config.rate_writes != view.rate_writes)
		return sysfs_emit(buf, "%d\n", config.rtc_rate_ppb);
	return sysfs_emit(buf, "%d\n", view.drift.rate_ppb);
}

/* Change the configuration between these two, and the thread will know. */
static struct rtc_sync_config *begin_config(struct rtc_sync *sync)
	__acquires(&sync->lock)
{
	spin_lock(&sync->lock);
	return &sync->config;
}

static void end_config(struct rtc_sync *sync)
	__releases(&sync->lock)
{
	spin_unlock(&sync->lock);
	rtc_sync_kick(sync, RTC_SYNC_KICK_CONFIG);
}

static ssize_t mode_store(struct rtc_sync *sync, const char *buf, size_t count)
{
	int mode = sysfs_match_string(rtc_sync_mode_names, buf);

	mode = rtc_sync_check_mode(mode);
	if (mode == -EOPNOTSUPP)
		dev_err(&sync->rtc->dev, "mode: a module can only step, not slew\n");
	else if (mode < 0)
		dev_err(&sync->rtc->dev, "mode: not off, monitor, step, slew or auto\n");
	if (mode < 0)
		return mode;
	begin_config(sync)->mode = mode;
	end_config(sync);
	return count;
}

static ssize_t ntp_store(struct rtc_sync *sync, const char *buf, size_t count)
{
	int ntp = sysfs_match_string(ntp_names, buf);

	if (ntp < 0) {
		dev_err(&sync->rtc->dev, "ntp: not unknown, no or yes\n");
		return -EINVAL;
	}
	begin_config(sync)->ntp = ntp;
	end_config(sync);
	return count;
}

/* A whole number within limits, or one line that says so. */
static int parse(struct rtc_sync *sync, const char *name, const char *buf,
		 s64 min, s64 max, s64 *value)
{
	if (!kstrtos64(buf, 0, value) && *value >= min && *value <= max)
		return 0;
	dev_err(&sync->rtc->dev, "%s: not a number from %lld to %lld\n", name,
		min, max);
	return -EINVAL;
}

static ssize_t interval_s_store(struct rtc_sync *sync, const char *buf,
				size_t count)
{
	s64 value;

	if (parse(sync, "interval_s", buf, RTC_SYNC_INTERVAL_MIN_S,
		  RTC_SYNC_INTERVAL_MAX_S, &value))
		return -EINVAL;
	begin_config(sync)->interval_s = value;
	end_config(sync);
	return count;
}

static ssize_t step_threshold_ns_store(struct rtc_sync *sync, const char *buf,
				       size_t count)
{
	s64 value;

	if (parse(sync, "step_threshold_ns", buf, 1, STEP_THRESHOLD_MAX_NS,
		  &value))
		return -EINVAL;
	begin_config(sync)->step_threshold_ns = value;
	end_config(sync);
	return count;
}

static ssize_t max_step_s_store(struct rtc_sync *sync, const char *buf,
				size_t count)
{
	s64 value;

	if (parse(sync, "max_step_s", buf, 0, S32_MAX, &value))
		return -EINVAL;
	begin_config(sync)->max_step_s = value;
	end_config(sync);
	return count;
}

static ssize_t rtc_rate_ppb_store(struct rtc_sync *sync, const char *buf,
				  size_t count)
{
	struct rtc_sync_config *config;
	s64 value;

	if (parse(sync, "rtc_rate_ppb", buf, -RTC_SYNC_DRIFT_MAX_PPB,
		  RTC_SYNC_DRIFT_MAX_PPB, &value))
		return -EINVAL;
	config = begin_config(sync);
	config->rtc_rate_ppb = value;
	config->rate_writes++;
	end_config(sync);
	return count;
}

static ssize_t trim_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;

	get_config(sync, &config);
	return sysfs_emit(buf, "%d\n", config.trims && sync->source->trim);
}

static ssize_t trim_store(struct rtc_sync *sync, const char *buf, size_t count)
{
	s64 value;

	if (parse(sync, "trim", buf, 0, 1, &value))
		return -EINVAL;
	if (value && !sync->source->trim) {
		dev_err(&sync->rtc->dev, "trim: this RTC has no register for it\n");
		return -EOPNOTSUPP;
	}
	begin_config(sync)->trims = value;
	end_config(sync);
	return count;
}

static ssize_t trigger_store(struct rtc_sync *sync, const char *buf,
			     size_t count)
{
	s64 value;

	if (parse(sync, "trigger", buf, 1, 1, &value))
		return -EINVAL;
	rtc_sync_kick(sync, RTC_SYNC_KICK_TRIGGER);
	return count;
}

SYNC_ATTR(mode, 0644, mode_show, mode_store);
SYNC_ATTR(ntp, 0644, ntp_show, ntp_store);
SYNC_ATTR(interval_s, 0644, interval_s_show, interval_s_store);
SYNC_ATTR(step_threshold_ns, 0644, step_threshold_ns_show, step_threshold_ns_store);
SYNC_ATTR(max_step_s, 0644, max_step_s_show, max_step_s_store);
SYNC_ATTR(rtc_rate_ppb, 0644, rtc_rate_ppb_show, rtc_rate_ppb_store);
SYNC_ATTR(trim, 0644, trim_show, trim_store);
SYNC_ATTR(trigger, 0200, NULL, trigger_store);

static struct attribute *settings_attrs[] = {
	&attr_mode.attr,
	&attr_ntp.attr,
	&attr_interval_s.attr,
	&attr_step_threshold_ns.attr,
	&attr_max_step_s.attr,
	&attr_rtc_rate_ppb.attr,
	&attr_trim.attr,
	&attr_trigger.attr,
	NULL
};

const struct attribute_group rtc_sync_settings_group = {
	.attrs = settings_attrs,
};
