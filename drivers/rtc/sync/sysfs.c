// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/class/rtc/rtcN/sync: docs/abi.md describes each file.
 *
 * Readers copy what the thread published and compute the rest for the moment of
 * the reading; writers change the configuration and wake the thread.
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/rtc.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "../compat.h"
#include "engine.h"

/* A dead band of a second would let the clock show another one. */
#define STEP_THRESHOLD_MAX_NS	NSEC_PER_SEC

const char * const rtc_sync_state_names[] = {
	[RTC_SYNC_STATE_OFF] = "off",
	[RTC_SYNC_STATE_ACQUIRING] = "acquiring",
	[RTC_SYNC_STATE_LOCKED] = "locked",
	[RTC_SYNC_STATE_STANDBY] = "standby",
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

static const char * const ntp_names[] = {
	[RTC_SYNC_NTP_UNKNOWN] = "unknown",
	[RTC_SYNC_NTP_NO] = "no",
	[RTC_SYNC_NTP_YES] = "yes",
};

struct sync_attribute {
	struct attribute attr;
	ssize_t (*show)(struct rtc_sync *sync, char *buf);
	ssize_t (*store)(struct rtc_sync *sync, const char *buf, size_t count);
};

static struct rtc_sync *to_sync(struct kobject *kobj)
{
	return container_of(kobj, struct rtc_sync, kobj);
}

static void get_view(struct rtc_sync *sync, struct rtc_sync_view *view)
{
	spin_lock(&sync->lock);
	*view = sync->view;
	spin_unlock(&sync->lock);
}

static void get_config(struct rtc_sync *sync, struct rtc_sync_config *config)
{
	spin_lock(&sync->lock);
	*config = sync->config;
	spin_unlock(&sync->lock);
}

/* The clock against the RTC at this moment. */
static int get_sample(struct rtc_sync *sync, struct rtc_sync_sample *sample)
{
	struct rtc_sync_instant now;
	struct rtc_sync_view view;
	s64 rtc_ns;

	get_view(sync, &view);
	if (!view.has_window)
		return -ENODATA;
	now = rtc_sync_now();
	rtc_ns = rtc_sync_window_time_ns(&view.window, now.raw_ns,
					 &sample->error_ns);
	sample->offset_ns = rtc_sync_drift_correct(&view.drift, rtc_ns) -
			    now.real_ns;
	return 0;
}

static ssize_t state_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	get_view(sync, &view);
	return sysfs_emit(buf, "%s\n", rtc_sync_state_names[view.state]);
}

static ssize_t doubt_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	get_view(sync, &view);
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

	get_view(sync, &view);
	if (!view.has_window)
		return -ENODATA;
	return sysfs_emit(buf, "%lld\n", rtc_sync_window_freq_ppb(&view.window));
}

static ssize_t last_sync_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;
	struct timespec64 ts;

	get_view(sync, &view);
	ts = ns_to_timespec64(view.last_sync_ns);
	return sysfs_emit(buf, "%lld.%09ld\n", (s64)ts.tv_sec, ts.tv_nsec);
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

	get_config(sync, &config);
	return sysfs_emit(buf, "%s\n", ntp_names[config.ntp]);
}

static ssize_t interval_s_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;

	get_config(sync, &config);
	return sysfs_emit(buf, "%u\n", config.interval_s);
}

static ssize_t step_threshold_ns_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_config config;

	get_config(sync, &config);
	return sysfs_emit(buf, "%lld\n", config.step_threshold_ns);
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

	get_config(sync, &config);
	return sysfs_emit(buf, "%d\n", config.rtc_rate_ppb);
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
	s64 value;

	if (parse(sync, "rtc_rate_ppb", buf, -RTC_SYNC_DRIFT_MAX_PPB,
		  RTC_SYNC_DRIFT_MAX_PPB, &value))
		return -EINVAL;
	begin_config(sync)->rtc_rate_ppb = value;
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

#define SYNC_ATTR(_name, _mode, _show, _store)				\
static struct sync_attribute attr_##_name = {				\
	.attr = { .name = __stringify(_name), .mode = (_mode) },	\
	.show = _show,							\
	.store = _store,						\
}

SYNC_ATTR(state, 0444, state_show, NULL);
SYNC_ATTR(doubt, 0444, doubt_show, NULL);
SYNC_ATTR(offset_ns, 0444, offset_ns_show, NULL);
SYNC_ATTR(error_ns, 0444, error_ns_show, NULL);
SYNC_ATTR(freq_ppb, 0444, freq_ppb_show, NULL);
SYNC_ATTR(last_sync, 0444, last_sync_show, NULL);
SYNC_ATTR(mode, 0644, mode_show, mode_store);
SYNC_ATTR(ntp, 0644, ntp_show, ntp_store);
SYNC_ATTR(interval_s, 0644, interval_s_show, interval_s_store);
SYNC_ATTR(step_threshold_ns, 0644, step_threshold_ns_show, step_threshold_ns_store);
SYNC_ATTR(max_step_s, 0644, max_step_s_show, max_step_s_store);
SYNC_ATTR(rtc_rate_ppb, 0644, rtc_rate_ppb_show, rtc_rate_ppb_store);
SYNC_ATTR(trigger, 0200, NULL, trigger_store);

static struct attribute *sync_attrs[] = {
	&attr_state.attr,
	&attr_doubt.attr,
	&attr_offset_ns.attr,
	&attr_error_ns.attr,
	&attr_freq_ppb.attr,
	&attr_last_sync.attr,
	&attr_mode.attr,
	&attr_ntp.attr,
	&attr_interval_s.attr,
	&attr_step_threshold_ns.attr,
	&attr_max_step_s.attr,
	&attr_rtc_rate_ppb.attr,
	&attr_trigger.attr,
	NULL
};

/* A number out of the view, under stats/. */
#define STATS_ATTR(_name, _value)					\
static ssize_t stats_##_name##_show(struct rtc_sync *sync, char *buf)	\
{									\
	struct rtc_sync_view view;					\
									\
	get_view(sync, &view);						\
	return sysfs_emit(buf, "%lld\n", (s64)(view._value));		\
}									\
static struct sync_attribute stats_attr_##_name = {			\
	.attr = { .name = __stringify(_name), .mode = 0444 },		\
	.show = stats_##_name##_show,					\
}

STATS_ATTR(reads_short, stats.reads[RTC_SYNC_READ_SHORT]);
STATS_ATTR(reads_full, stats.reads[RTC_SYNC_READ_FULL]);
STATS_ATTR(syncs, stats.syncs);
STATS_ATTR(steps, stats.steps);
STATS_ATTR(steps_backward, stats.steps_backward);
STATS_ATTR(steps_failed, stats.steps_failed);
STATS_ATTR(last_step_ns, stats.last_step_ns);
STATS_ATTR(bus_errors, counts.bus_errors);
STATS_ATTR(invalid, counts.invalid);
STATS_ATTR(glitches, counts.glitches);
STATS_ATTR(contradictions, counts.contradictions);
STATS_ATTR(reacquisitions, counts.reacquisitions);

static ssize_t stats_window_ns_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	get_view(sync, &view);
	if (!view.has_window)
		return -ENODATA;
	return sysfs_emit(buf, "%lld\n",
			  rtc_sync_span_width(&view.window.edge_raw_ns));
}

static struct sync_attribute stats_attr_window_ns = {
	.attr = { .name = "window_ns", .mode = 0444 },
	.show = stats_window_ns_show,
};

static struct attribute *stats_attrs[] = {
	&stats_attr_window_ns.attr,
	&stats_attr_reads_short.attr,
	&stats_attr_reads_full.attr,
	&stats_attr_syncs.attr,
	&stats_attr_steps.attr,
	&stats_attr_steps_backward.attr,
	&stats_attr_steps_failed.attr,
	&stats_attr_last_step_ns.attr,
	&stats_attr_bus_errors.attr,
	&stats_attr_invalid.attr,
	&stats_attr_glitches.attr,
	&stats_attr_contradictions.attr,
	&stats_attr_reacquisitions.attr,
	NULL
};

static const struct attribute_group sync_group = {
	.attrs = sync_attrs,
};

static const struct attribute_group stats_group = {
	.name = "stats",
	.attrs = stats_attrs,
};

static const struct attribute_group *sync_groups[] = {
	&sync_group,
	&stats_group,
	NULL
};

static ssize_t sync_show(struct kobject *kobj, struct attribute *attr,
			 char *buf)
{
	struct sync_attribute *sync_attr;

	sync_attr = container_of(attr, struct sync_attribute, attr);
	return sync_attr->show(to_sync(kobj), buf);
}

static ssize_t sync_store(struct kobject *kobj, struct attribute *attr,
			  const char *buf, size_t count)
{
	struct sync_attribute *sync_attr;

	sync_attr = container_of(attr, struct sync_attribute, attr);
	return sync_attr->store(to_sync(kobj), buf, count);
}

static const struct sysfs_ops sync_sysfs_ops = {
	.show = sync_show,
	.store = sync_store,
};

static void sync_release(struct kobject *kobj)
{
	kfree(to_sync(kobj));
}

static struct kobj_type sync_type = {
	.release = sync_release,
	.sysfs_ops = &sync_sysfs_ops,
	.default_groups = sync_groups,
};

/**
 * rtc_sync_sysfs_init() - make the instance an object that frees itself
 * @sync: the instance; to be let go of with kobject_put() from now on
 */
void rtc_sync_sysfs_init(struct rtc_sync *sync)
{
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

	get_view(sync, &view);
	dev_info(&sync->rtc->dev, "sync is %s%s\n", rtc_sync_state_names[state],
		 doubt_texts[view.doubt]);
	sysfs_notify(&sync->kobj, NULL, "state");
	snprintf(variable, sizeof(variable), "RTC_SYNC_STATE=%s",
		 rtc_sync_state_names[state]);
	envp[0] = variable;
	kobject_uevent_env(&sync->rtc->dev.kobj, KOBJ_CHANGE, envp);
}
