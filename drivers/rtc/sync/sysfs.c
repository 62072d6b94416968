// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/class/rtc/rtcN/sync: docs/abi.md describes each file. What can be
 * written is in settings.c, stats/ is in stats.c.
 *
 * Readers copy what the thread published and compute the rest for the moment of
 * the reading.
 */
#include <linux/capability.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/rtc.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "../compat.h"
#include "engine.h"
#include "sysfs.h"

const char * const rtc_sync_state_names[] = {
	[RTC_SYNC_STATE_OFF] = "off",
	[RTC_SYNC_STATE_ACQUIRING] = "acquiring",
	[RTC_SYNC_STATE_LOCKED] = "locked",
	[RTC_SYNC_STATE_STANDBY] = "standby",
	[RTC_SYNC_STATE_HOLDOVER] = "holdover",
	[RTC_SYNC_STATE_INVALID] = "invalid",
	[RTC_SYNC_STATE_FAULT] = "fault",
};

const char * const rtc_sync_doubt_names[] = {
	[RTC_SYNC_DOUBT_NONE] = "none",
	[RTC_SYNC_DOUBT_CHIP] = "chip",
	[RTC_SYNC_DOUBT_DATE] = "date",
	[RTC_SYNC_DOUBT_STUCK] = "stuck",
	[RTC_SYNC_DOUBT_STEP] = "step",
};

static const char * const doubt_texts[] = {
	[RTC_SYNC_DOUBT_NONE] = "",
	[RTC_SYNC_DOUBT_CHIP] = ": the chip says that its time is void, set it",
	[RTC_SYNC_DOUBT_DATE] = ": its date is out of range, set it",
	[RTC_SYNC_DOUBT_STUCK] = ": its second does not advance",
	[RTC_SYNC_DOUBT_STEP] = ": it is too far off, write 1 to sync/trigger to accept it",
};

static struct rtc_sync *to_sync(struct kobject *kobj)
{
	return container_of(kobj, struct rtc_sync, kobj);
}

/**
 * rtc_sync_get_view() - what the thread published last
 * @sync: the instance
 * @view: where to copy it to
 */
void rtc_sync_get_view(struct rtc_sync *sync, struct rtc_sync_view *view)
{
	spin_lock(&sync->lock);
	*view = sync->view;
	spin_unlock(&sync->lock);
}

/* The clock against the RTC at this moment. */
static int get_sample(struct rtc_sync *sync, struct rtc_sync_sample *sample)
{
	struct rtc_sync_instant now;
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	if (!view.has_window)
		return -ENODATA;
	now = rtc_sync_now();
	sample->offset_ns = rtc_sync_true_ns(&view.line, &view.window,
					     &view.drift, now.raw_ns,
					     &sample->error_ns) - now.real_ns;
	return 0;
}

static ssize_t state_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	return sysfs_emit(buf, "%s\n", rtc_sync_state_names[view.state]);
}

static ssize_t doubt_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	return sysfs_emit(buf, "%s\n", rtc_sync_doubt_names[view.doubt]);
}

static ssize_t offset_ns_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_sample sample;
	int ret = get_sample(sync, &sample);

	return ret ? ret : sysfs_emit(buf, "%lld\n", sample.offset_ns);
}

static ssize_t error_ns_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_sample sample;
	int ret = get_sample(sync, &sample);

	if (ret)
		return ret;
	return sysfs_emit(buf, "%lld\n", rtc_sync_sample_bound_ns(&sample));
}

static ssize_t freq_ppb_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	if (!view.has_window)
		return -ENODATA;
	return sysfs_emit(buf, "%lld\n", rtc_sync_line_freq_ppb(&view.line));
}

static ssize_t rtc_rate_error_ppb_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	if (!view.has_rate)
		return -ENODATA;
	return sysfs_emit(buf, "%d\n", view.drift.rate_error_ppb);
}

static ssize_t trim_ppb_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	if (!sync->source->trim)
		return -EOPNOTSUPP;
	rtc_sync_get_view(sync, &view);
	if (!view.has_trim)
		return -ENODATA;
	return sysfs_emit(buf, "%d\n", view.trim_ppb);
}

static ssize_t last_sync_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;
	struct timespec64 ts;

	rtc_sync_get_view(sync, &view);
	ts = ns_to_timespec64(view.last_sync_ns);
	return sysfs_emit(buf, "%lld.%09ld\n", (s64)ts.tv_sec, ts.tv_nsec);
}

SYNC_ATTR(state, 0444, state_show, NULL);
SYNC_ATTR(doubt, 0444, doubt_show, NULL);
SYNC_ATTR(offset_ns, 0444, offset_ns_show, NULL);
SYNC_ATTR(error_ns, 0444, error_ns_show, NULL);
SYNC_ATTR(freq_ppb, 0444, freq_ppb_show, NULL);
SYNC_ATTR(rtc_rate_error_ppb, 0444, rtc_rate_error_ppb_show, NULL);
SYNC_ATTR(trim_ppb, 0444, trim_ppb_show, NULL);
SYNC_ATTR(last_sync, 0444, last_sync_show, NULL);

static struct attribute *sync_attrs[] = {
	&attr_state.attr,
	&attr_doubt.attr,
	&attr_offset_ns.attr,
	&attr_error_ns.attr,
	&attr_freq_ppb.attr,
	&attr_rtc_rate_error_ppb.attr,
	&attr_trim_ppb.attr,
	&attr_last_sync.attr,
	NULL
};

static const struct attribute_group sync_group = {
	.attrs = sync_attrs,
};

static const struct attribute_group *sync_groups[] = {
	&sync_group,
	&rtc_sync_settings_group,
	&rtc_sync_stats_group,
	/* The kernel itself needs none. */
	IS_MODULE(CONFIG_RTC_SYNC) ? &rtc_sync_companion_group : NULL,
	NULL
};

static ssize_t sync_show(struct kobject *kobj, struct attribute *attr,
			 char *buf)
{
	struct rtc_sync_attribute *sync_attr;

	sync_attr = container_of(attr, struct rtc_sync_attribute, attr);
	return sync_attr->show ? sync_attr->show(to_sync(kobj), buf) : -EIO;
}

/* What comes after the end of a text nobody would look at. */
static bool is_text(const char *buf, size_t count)
{
	return strnlen(buf, count) + 1 >= count;
}

static ssize_t sync_store(struct kobject *kobj, struct attribute *attr,
			  const char *buf, size_t count)
{
	struct rtc_sync_attribute *sync_attr;

	/* What is written may set the clock, or bend it. Root alone may not do. */
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	if (!is_text(buf, count)) {
		dev_err(&to_sync(kobj)->rtc->dev, "%s: a byte 0 within\n", attr->name);
		return -EINVAL;
	}
	sync_attr = container_of(attr, struct rtc_sync_attribute, attr);
	return sync_attr->store ? sync_attr->store(to_sync(kobj), buf, count) :
				  -EIO;
}

static const struct sysfs_ops sync_sysfs_ops = {
	.show = sync_show,
	.store = sync_store,
};

/* Its memory is freed by who waits for this: see rtc_sync_sysfs_put(). */
static void sync_release(struct kobject *kobj)
{
	complete(&to_sync(kobj)->released);
}

static struct kobj_type sync_type = {
	.release = sync_release,
	.sysfs_ops = &sync_sysfs_ops,
	.default_groups = sync_groups,
};

/**
 * rtc_sync_sysfs_init() - make the instance an object of sysfs
 * @sync: the instance; to be let go of with rtc_sync_sysfs_put() from now on
 */
void rtc_sync_sysfs_init(struct rtc_sync *sync)
{
	init_completion(&sync->released);
	kobject_init(&sync->kobj, &sync_type);
}

/**
 * rtc_sync_sysfs_add() - show the instance under its RTC
 * @sync: the instance
 *
 * Return: 0 or -errno.
 */
int rtc_sync_sysfs_add(struct rtc_sync *sync)
{
	return kobject_add(&sync->kobj, &sync->rtc->dev.kobj, "sync");
}

/**
 * rtc_sync_sysfs_put() - the instance is an object no more
 * @sync: the instance; to be freed after that
 *
 * Waits until whoever refers to the object has let go of it, and its release has run:
 * that may come late (DEBUG_KOBJECT_RELEASE has it come seconds later), and it is code
 * of this module, which may be unloaded next.
 *
 * Context: may sleep.
 */
void rtc_sync_sysfs_put(struct rtc_sync *sync)
{
	kobject_put(&sync->kobj);
	wait_for_completion(&sync->released);
}

/**
 * rtc_sync_sysfs_tell() - a new state: to the log, to poll(), to udev
 * @sync: the instance
 * @state: the state
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_sysfs_tell(struct rtc_sync *sync, enum rtc_sync_state state)
{
	char variable[40];
	char *envp[2] = {};
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	dev_info(&sync->rtc->dev, "sync is %s%s\n", rtc_sync_state_names[state],
		 doubt_texts[view.doubt]);
	sysfs_notify(&sync->kobj, NULL, "state");
	snprintf(variable, sizeof(variable), "RTC_SYNC_STATE=%s",
		 rtc_sync_state_names[state]);
	envp[0] = variable;
	kobject_uevent_env(&sync->rtc->dev.kobj, KOBJ_CHANGE, envp);
}
