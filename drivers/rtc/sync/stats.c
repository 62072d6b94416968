// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/class/rtc/rtcN/sync/stats: counters, and how well the edge is known.
 */
#include <linux/sysfs.h>

#include "engine.h"
#include "sysfs.h"

/* A number out of the view, under stats/. */
#define STATS_ATTR(_name, _value)					\
static ssize_t stats_##_name##_show(struct rtc_sync *sync, char *buf)	\
{									\
	struct rtc_sync_view view;					\
									\
	rtc_sync_get_view(sync, &view);						\
	return sysfs_emit(buf, "%lld\n", (s64)(view._value));		\
}									\
static struct rtc_sync_attribute stats_attr_##_name = {			\
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
STATS_ATTR(slews, stats.slews);
STATS_ATTR(slews_failed, stats.slews_failed);
STATS_ATTR(slew_ppb, slew_ppb);
STATS_ATTR(trims, stats.trims);
STATS_ATTR(trims_failed, stats.trims_failed);
STATS_ATTR(stores, stats.stores);
STATS_ATTR(stores_failed, stats.stores_failed);
STATS_ATTR(bus_errors, counts.bus_errors);
STATS_ATTR(invalid, counts.invalid);
STATS_ATTR(glitches, counts.glitches);
STATS_ATTR(contradictions, counts.contradictions);
STATS_ATTR(reacquisitions, counts.reacquisitions);

static ssize_t stats_window_ns_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_view view;

	rtc_sync_get_view(sync, &view);
	if (!view.has_window)
		return -ENODATA;
	return sysfs_emit(buf, "%lld\n",
			  view.width_ns);
}

static struct rtc_sync_attribute stats_attr_window_ns = {
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
	&stats_attr_slews.attr,
	&stats_attr_slews_failed.attr,
	&stats_attr_slew_ppb.attr,
	&stats_attr_trims.attr,
	&stats_attr_trims_failed.attr,
	&stats_attr_stores.attr,
	&stats_attr_stores_failed.attr,
	&stats_attr_bus_errors.attr,
	&stats_attr_invalid.attr,
	&stats_attr_glitches.attr,
	&stats_attr_contradictions.attr,
	&stats_attr_reacquisitions.attr,
	NULL
};

const struct attribute_group rtc_sync_stats_group = {
	.name = "stats",
	.attrs = stats_attrs,
};
