// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tracked RTC as a PTP clock, /dev/ptpN, for chrony, phc2sys and the like.
 *
 * A clock of numbers: what it shows is computed from what the thread published
 * last, so a reading costs no transfer. Nobody can set or adjust it: the RTC is
 * set through /dev/rtcN, and a rate of its own would make two masters of it.
 *
 * An open /dev/ptpN may outlive the instance. The PTP core then answers -ENODEV,
 * and lets nobody in here once ptp_clock_unregister() has returned.
 */
#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/ptp_clock_kernel.h>
#include <linux/rtc.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "../compat.h"
#include "engine.h"
#include "phc.h"
#include "sysfs.h"

/**
 * struct rtc_sync_phc - one instance's PTP clock
 * @info: what the PTP core calls
 * @clock: what it is known by there
 * @sync: the instance
 * @reads: how often it was read
 */
struct rtc_sync_phc {
	struct ptp_clock_info info;
	struct ptp_clock *clock;
	struct rtc_sync *sync;
	atomic_t reads;
};

/* Is it known where the RTC's second begins, and is its time believed? */
static bool is_known(const struct rtc_sync_view *view)
{
	return view->has_window && (view->state == RTC_SYNC_STATE_LOCKED ||
				    view->state == RTC_SYNC_STATE_STANDBY ||
				    view->state == RTC_SYNC_STATE_HOLDOVER);
}

/*
 * The RTC's time at an instant of CLOCK_MONOTONIC_RAW, its own rate taken out.
 * -EBUSY until it is known: phc2sys tries again after that, and gives up after
 * any other error.
 */
static int read_phc(struct ptp_clock_info *info, s64 raw_ns, s64 *true_ns)
{
	struct rtc_sync_phc *phc;
	struct rtc_sync_view view;
	s64 error_ns;

	phc = container_of(info, struct rtc_sync_phc, info);
	atomic_inc(&phc->reads);
	rtc_sync_get_view(phc->sync, &view);
	if (!is_known(&view))
		return -EBUSY;
	*true_ns = rtc_sync_true_ns(&view.line, &view.window, &view.drift, raw_ns,
				    &error_ns);
	return 0;
}

static int phc_gettimex(struct ptp_clock_info *info, struct timespec64 *ts,
			struct ptp_system_timestamp *sts)
{
	s64 true_ns;
	s64 raw_ns;
	int ret;

	ptp_read_system_prets(sts);
	raw_ns = ktime_get_raw_ns();
	ptp_read_system_postts(sts);
	ret = read_phc(info, raw_ns, &true_ns);
	if (!ret)
		*ts = ns_to_timespec64(true_ns);
	return ret;
}

/* Both clocks by one reading of the counter: no delay between them at all. */
static int phc_getcrosststamp(struct ptp_clock_info *info,
			      struct system_device_crosststamp *stamp)
{
	s64 raw_ns = rtc_sync_stamp_system(stamp);
	s64 true_ns;
	int ret;

	ret = read_phc(info, raw_ns, &true_ns);
	if (!ret)
		stamp->device = ns_to_ktime(true_ns);
	return ret;
}

static int phc_settime(struct ptp_clock_info *info, const struct timespec64 *ts)
{
	return -EOPNOTSUPP;
}

static int phc_adjtime(struct ptp_clock_info *info, s64 delta_ns)
{
	return -EOPNOTSUPP;
}

static int phc_adjfine(struct ptp_clock_info *info, long scaled_ppm)
{
	return -EOPNOTSUPP;
}

static int phc_enable(struct ptp_clock_info *info,
		      struct ptp_clock_request *request, int on)
{
	return -EOPNOTSUPP;
}

static const struct ptp_clock_info phc_info = {
	.owner = THIS_MODULE,
	.gettimex64 = phc_gettimex,
	.getcrosststamp = phc_getcrosststamp,
	/* The PTP core calls these without looking. */
	.settime64 = phc_settime,
	.adjtime = phc_adjtime,
	.adjfine = phc_adjfine,
	.enable = phc_enable,
};

/**
 * rtc_sync_phc_register() - offer an instance's RTC as a PTP clock
 * @sync: the instance, which does without one if that fails
 *
 * Context: may sleep; before the thread starts.
 */
void rtc_sync_phc_register(struct rtc_sync *sync)
{
	struct device *dev = &sync->rtc->dev;
	struct rtc_sync_phc *phc;

	phc = kzalloc(sizeof(*phc), GFP_KERNEL);
	if (!phc)
		return;
	phc->sync = sync;
	phc->info = phc_info;
	snprintf(phc->info.name, sizeof(phc->info.name), "rtc-sync %s",
		 dev_name(dev));
	phc->clock = ptp_clock_register(&phc->info, dev);
	if (IS_ERR(phc->clock)) {
		dev_warn(dev, "no PTP clock: %ld\n", PTR_ERR(phc->clock));
		kfree(phc);
		return;
	}
	sync->phc = phc;
}

/**
 * rtc_sync_phc_unregister() - withdraw the PTP clock
 * @sync: the instance; may have none. Nobody reads it through that any more
 *
 * Context: may sleep; after the thread has ended.
 */
void rtc_sync_phc_unregister(struct rtc_sync *sync)
{
	if (!sync->phc)
		return;
	ptp_clock_unregister(sync->phc->clock);
	kfree(sync->phc);
	sync->phc = NULL;
}

/**
 * rtc_sync_phc_reads() - how often was the PTP clock read?
 * @sync: the instance; may have none
 *
 * If this grows, the system clock may follow the RTC by somebody else's hand.
 *
 * Context: the thread.
 * Return: readings since the attach, failed ones included; wraps around.
 */
u32 rtc_sync_phc_reads(const struct rtc_sync *sync)
{
	return sync->phc ? atomic_read(&sync->phc->reads) : 0;
}
