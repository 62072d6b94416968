/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only tests of the kernel's version in the tree, and what is supported: Linux
 * 5.10 to 7.x. README.md and tools/graft-kernel name the same range, docs/kernels.md
 * says which kernels were booted.
 */
#ifndef RTC_SYNC_COMPAT_H
#define RTC_SYNC_COMPAT_H

#include <linux/version.h>

/* Before anything that an older or a newer kernel may not have. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0) || \
	LINUX_VERSION_CODE >= KERNEL_VERSION(8, 0, 0)
#error "rtc-sync supports Linux 5.10 to 7.x"
#endif

#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/rtc.h>
#include <linux/timekeeping.h>

/**
 * struct rtc_sync_instant - two clocks at one instant
 * @raw_ns: CLOCK_MONOTONIC_RAW, ns
 * @real_ns: CLOCK_REALTIME, ns since 1970
 * @was_set: changes whenever CLOCK_REALTIME is set
 */
struct rtc_sync_instant {
	s64 raw_ns;
	s64 real_ns;
	u32 was_set;
};

#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 2, 0)
static inline struct rtc_sync_instant rtc_sync_now(void)
{
	struct system_time_snapshot snapshot;

	ktime_get_snapshot_id(CLOCK_REALTIME, &snapshot);
	return (struct rtc_sync_instant) {
		.raw_ns = ktime_to_ns(snapshot.monoraw),
		.real_ns = ktime_to_ns(snapshot.systime),
		.was_set = snapshot.clock_was_set_seq,
	};
}

/* The system's half of a cross timestamp; returns CLOCK_MONOTONIC_RAW, ns. */
static inline s64 rtc_sync_stamp_system(struct system_device_crosststamp *stamp)
{
	struct system_time_snapshot snapshot;

	ktime_get_snapshot_id(stamp->clock_id, &snapshot);
	stamp->sys_counter.cycles = snapshot.cycles;
	stamp->sys_counter.cs_id = snapshot.cs_id;
	stamp->sys_systime = snapshot.systime;
	stamp->sys_monoraw = snapshot.monoraw;
	return ktime_to_ns(snapshot.monoraw);
}
#else
static inline struct rtc_sync_instant rtc_sync_now(void)
{
	struct system_time_snapshot snapshot;

	ktime_get_snapshot(&snapshot);
	return (struct rtc_sync_instant) {
		.raw_ns = ktime_to_ns(snapshot.raw),
		.real_ns = ktime_to_ns(snapshot.real),
		.was_set = snapshot.clock_was_set_seq,
	};
}

static inline s64 rtc_sync_stamp_system(struct system_device_crosststamp *stamp)
{
	struct system_time_snapshot snapshot;

	ktime_get_snapshot(&snapshot);
	stamp->sys_realtime = snapshot.real;
	stamp->sys_monoraw = snapshot.raw;
	return ktime_to_ns(snapshot.raw);
}
#endif

/*
 * rtc_sync_set_offset_ns() - for rtc->set_offset_nsec: from the moment at which
 * the kernel should call set_time until the tick to the next second, ns. Until
 * 5.10 the kernel counted to the second that is written, which is one less.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
#define devm_rtc_register_device(rtc)	rtc_register_device(rtc)
#define devm_rtc_nvmem_register(rtc, config)	rtc_nvmem_register(rtc, config)
#define rtc_sync_set_offset_ns(ns)	((long)(ns) - NSEC_PER_SEC)
#else
#define rtc_sync_set_offset_ns(ns)	(ns)
#endif

/* What an RTC has got, and how it is told: by features from 5.12 and 5.16 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
#define rtc_sync_no_update_interrupt(rtc) \
	clear_bit(RTC_FEATURE_UPDATE_INTERRUPT, (rtc)->features)
#define rtc_sync_update_interrupt(rtc) \
	set_bit(RTC_FEATURE_UPDATE_INTERRUPT, (rtc)->features)
#define rtc_sync_backup_mode(rtc) \
	set_bit(RTC_FEATURE_BACKUP_SWITCH_MODE, (rtc)->features)
#define RTC_SYNC_PARAM_OPS(get, set)	.param_get = (get), .param_set = (set),
#else
#define rtc_sync_no_update_interrupt(rtc)	((rtc)->uie_unsupported = 1)
#define rtc_sync_update_interrupt(rtc)		((rtc)->uie_unsupported = 0)
#define rtc_sync_backup_mode(rtc)		do { } while (0)
#define RTC_SYNC_PARAM_OPS(get, set)

#define RTC_PARAM_BACKUP_SWITCH_MODE	2
#define RTC_BSM_DISABLED		0
#define RTC_BSM_DIRECT			1
#define RTC_BSM_LEVEL			2

/**
 * struct rtc_param - as from 5.16 on, for code that nothing calls
 * @param: which
 * @uvalue: its value
 */
struct rtc_param {
	u64 param;
	u64 uvalue;
};
#endif

/* An alarm that no interrupt tells of: known from 5.17 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 17, 0)
#define rtc_sync_alarm_wakes_only(rtc) \
	set_bit(RTC_FEATURE_ALARM_WAKEUP_ONLY, (rtc)->features)
#else
#define rtc_sync_alarm_wakes_only(rtc)		do { } while (0)
#endif

/* How far ahead an alarm can be set: asked for from 6.8 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
#define rtc_sync_alarm_reach(rtc, reach_s)	((rtc)->alarm_offset_max = (reach_s))
#else
#define rtc_sync_alarm_reach(rtc, reach_s)	((void)(reach_s))
#endif

/* Before it was told, the driver alone rounded alarms to whole minutes. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 12, 0)
#define rtc_sync_alarm_by_minute(rtc) \
	set_bit(RTC_FEATURE_ALARM_RES_MINUTE, (rtc)->features)
#define rtc_sync_no_alarm(rtc) \
	clear_bit(RTC_FEATURE_ALARM, (rtc)->features)
#else
#define rtc_sync_no_alarm(rtc)			do { } while (0)
#define rtc_sync_alarm_by_minute(rtc)	((rtc)->uie_unsupported = 1)
#endif

/* The second argument of an I2C driver's probe went away in 6.3. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define RTC_SYNC_I2C_PROBE(function)	.probe = (function)
#else
#define RTC_SYNC_I2C_PROBE(function)	.probe_new = (function)
#endif

/* A timer and its function are joined by one call from 6.13 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
#define rtc_sync_hrtimer_setup(timer, function, clock, mode) \
	hrtimer_setup(timer, function, clock, mode)
#else
static inline void
rtc_sync_hrtimer_setup(struct hrtimer *timer,
		       enum hrtimer_restart (*function)(struct hrtimer *),
		       clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = function;
}
#endif

/* What an I2C device's properties are given by, until 5.12 and from 5.13 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
#define rtc_sync_i2c_properties(info, node)	((info)->swnode = (node))
#else
#define rtc_sync_i2c_properties(info, node)	((info)->properties = (node)->properties)
#endif

/* A tracepoint's string is named twice until 6.9, once from then on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
#define rtc_sync_assign_str(field, string)	__assign_str(field)
#else
#define rtc_sync_assign_str(field, string)	__assign_str(field, string)
#endif

#endif /* RTC_SYNC_COMPAT_H */
