/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What sysfs.c and stats.c share.
 */
#ifndef RTC_SYNC_SYSFS_H
#define RTC_SYNC_SYSFS_H

#include <linux/sysfs.h>

struct rtc_sync;
struct rtc_sync_view;

/**
 * struct rtc_sync_attribute - a file of an instance
 * @attr: name and mode
 * @show: as of a device attribute; NULL if it can't be read
 * @store: likewise; NULL if it can't be written
 */
struct rtc_sync_attribute {
	struct attribute attr;
	ssize_t (*show)(struct rtc_sync *sync, char *buf);
	ssize_t (*store)(struct rtc_sync *sync, const char *buf, size_t count);
};

#define SYNC_ATTR(_name, _mode, _show, _store)				\
static struct rtc_sync_attribute attr_##_name = {				\
	.attr = { .name = __stringify(_name), .mode = (_mode) },	\
	.show = _show,							\
	.store = _store,						\
}

extern const struct attribute_group rtc_sync_settings_group;
extern const struct attribute_group rtc_sync_stats_group;

void rtc_sync_get_view(struct rtc_sync *sync, struct rtc_sync_view *view);

#endif /* RTC_SYNC_SYSFS_H */
