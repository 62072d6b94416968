// SPDX-License-Identifier: GPL-2.0-only
/*
 * The square wave of an RTC, 1 Hz on an interrupt line, as /dev/ppsN.
 *
 * The interrupt is only timestamped where it arrives, in hard interrupt context
 * on kernels with PREEMPT_RT too; the PPS core hears of it from the interrupt's
 * own thread, since its locks sleep there. Nothing here talks to the RTC.
 */
#include <linux/compiler.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/pps_kernel.h>
#include <linux/rtc.h>
#include <linux/slab.h>

#include "../rtc-sync.h"
#include "engine.h"
#include "pps.h"

#define PPS_DEFAULTS	(PPS_CAPTUREASSERT | PPS_OFFSETASSERT)

/* Edges as near are not those of a square wave of 1 Hz, ms */
#define REST_MS		100

/**
 * struct rtc_sync_pps - one instance's PPS source
 * @source: what it is known by in the PPS core
 * @irq: the interrupt
 * @stamp: the last edge, for the PPS core; the handler's while @is_stamped is not
 *	set, then the thread's. An edge is not masked meanwhile
 * @is_stamped: the thread has not done with @stamp yet
 * @told_ns: when it last was, CLOCK_MONOTONIC, ns; the thread's
 */
struct rtc_sync_pps {
	struct pps_device *source;
	int irq;
	struct pps_event_time stamp;
	bool is_stamped;
	s64 told_ns;
};

static irqreturn_t stamp_edge(int irq, void *data)
{
	struct rtc_sync_pps *pps = data;

	/* Pairs with the release in tell_edge() */
	if (smp_load_acquire(&pps->is_stamped))
		return IRQ_HANDLED;
	pps_get_ts(&pps->stamp);
	/* Pairs with the acquire in tell_edge() */
	smp_store_release(&pps->is_stamped, true);
	return IRQ_WAKE_THREAD;
}

/* A line that bounces, or a chip that means harm, is not listened to all the time. */
static void rest(struct rtc_sync_pps *pps)
{
	if (pps->told_ns && (s64)ktime_get_ns() - pps->told_ns < REST_MS * NSEC_PER_MSEC)
		msleep(REST_MS);
	pps->told_ns = ktime_get_ns();
}

static irqreturn_t tell_edge(int irq, void *data)
{
	struct rtc_sync_pps *pps = data;

	/*
	 * Behind a GPIO expander the edge is noticed here at the soonest. Pairs with the
	 * release in stamp_edge()
	 */
	if (!smp_load_acquire(&pps->is_stamped))
		pps_get_ts(&pps->stamp);
	pps_event(pps->source, &pps->stamp, PPS_CAPTUREASSERT, NULL);
	rest(pps);
	/* Pairs with the acquire in stamp_edge() */
	smp_store_release(&pps->is_stamped, false);
	return IRQ_HANDLED;
}

/*
 * The device tree knows of an inverter on the way. A level is what alarms want;
 * that of a square wave would be a storm of half a second.
 */
static unsigned long edge_of(int irq)
{
	if (irq_get_trigger_type(irq) == IRQ_TYPE_EDGE_RISING)
		return IRQF_TRIGGER_RISING;
	return IRQF_TRIGGER_FALLING;
}

static int register_source(struct rtc_sync_pps *pps, struct device *dev)
{
	struct pps_source_info info = {
		.mode = PPS_DEFAULTS | PPS_CANWAIT | PPS_TSFMT_TSPEC,
		.owner = THIS_MODULE,
		.dev = dev,
	};
	int ret;

	snprintf(info.name, sizeof(info.name), "rtc-sync %s", dev_name(dev));
	pps->source = pps_register_source(&info, PPS_DEFAULTS);
	if (IS_ERR(pps->source))
		return PTR_ERR(pps->source);
	ret = request_threaded_irq(pps->irq, stamp_edge, tell_edge,
				   edge_of(pps->irq) | IRQF_ONESHOT,
				   dev_name(dev), pps);
	if (ret)
		pps_unregister_source(pps->source);
	return ret;
}

/**
 * rtc_sync_pps_register() - offer the RTC's square wave as a PPS source
 * @sync: the instance, which does without one if its source has none, or if
 *	that fails
 *
 * Context: may sleep; before the thread starts.
 */
void rtc_sync_pps_register(struct rtc_sync *sync)
{
	struct device *dev = &sync->rtc->dev;
	struct rtc_sync_pps *pps;
	int ret;

	if (!sync->source->pps_irq)
		return;
	pps = kzalloc(sizeof(*pps), GFP_KERNEL);
	if (!pps)
		return;
	pps->irq = sync->source->pps_irq;
	ret = register_source(pps, dev);
	if (ret) {
		dev_warn(dev, "no PPS by interrupt %d: %d\n", pps->irq, ret);
		kfree(pps);
		return;
	}
	sync->pps = pps;
}

/**
 * rtc_sync_pps_unregister() - withdraw the PPS source
 * @sync: the instance; may have none. No edge reaches it any more
 *
 * Context: may sleep; after the thread has ended.
 */
void rtc_sync_pps_unregister(struct rtc_sync *sync)
{
	if (!sync->pps)
		return;
	free_irq(sync->pps->irq, sync->pps);
	pps_unregister_source(sync->pps->source);
	kfree(sync->pps);
	sync->pps = NULL;
}
