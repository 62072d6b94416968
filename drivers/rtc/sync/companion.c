// SPDX-License-Identifier: GPL-2.0-only
/*
 * A companion in user space: it calls adjtimex(2) for the module, which can't.
 *
 * It opens the file "companion" of an RTC, says that it is here, and waits in poll().
 * A request appears as a line; it does what the line says, without a thought of its own,
 * and writes what came of it. Whoever does not answer in time is taken to be gone, until it says
 * again that it is here: so a program that was killed, or stopped, is no harm, and as no
 * file of sysfs keeps the module from being unloaded, neither is one that waits.
 */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/rtc.h>
#include <linux/string.h>
#include <linux/timex.h>

#include "clock.h"
#include "companion.h"
#include "engine.h"
#include "sysfs.h"

/* An answer takes a fraction of a millisecond, unless the machine is busy elsewhere. */
#define ANSWER_MS	250

/* Whoever stops the thread waits for all of them. */
#define LAST_ANSWER_MS	5

static bool is_waiting(const struct rtc_sync *sync)
{
	return READ_ONCE(sync->companion.is_waiting);
}

static void notify(struct rtc_sync *sync)
{
	sysfs_notify(&sync->kobj, NULL, "companion");
}

/* Is there somebody to give it to? */
static bool give(struct rtc_sync *sync, const struct __kernel_timex *tx)
{
	struct rtc_sync_companion *companion = &sync->companion;
	bool is_given;
	u32 id;

	spin_lock(&sync->lock);
	is_given = companion->is_here;
	id = companion->request.id;
	companion->is_waiting = is_given;
	companion->request = (struct rtc_sync_request) {
		.id = id < U32_MAX ? id + 1 : 1,
		.call = tx->modes,
		.freq = tx->freq,
		.tick = tx->tick,
		.status = tx->status,
		.maxerror = tx->maxerror,
		.esterror = tx->esterror,
	};
	spin_unlock(&sync->lock);
	return is_given;
}

static void await(struct rtc_sync *sync)
{
	struct rtc_sync_companion *companion = &sync->companion;
	s64 left_ns;

	wait_event_interruptible_hrtimeout(companion->wait,
					   !is_waiting(sync) || kthread_should_stop(),
					   ms_to_ktime(ANSWER_MS));
	if (!is_waiting(sync) || !kthread_should_stop())
		return;
	/* All that is still to be asked has to be answered by then. */
	if (!companion->last_raw_ns)
		companion->last_raw_ns = ktime_get_raw_ns() + LAST_ANSWER_MS * NSEC_PER_MSEC;
	left_ns = companion->last_raw_ns - ktime_get_raw_ns();
	/* kthread_stop() is a signal, too, from Linux 6.1 on: nothing else may end this. */
	if (left_ns > 0)
		wait_event_hrtimeout(companion->wait, !is_waiting(sync), ns_to_ktime(left_ns));
}

/* What came of it; it was told to go on without if nothing did. */
static int take(struct rtc_sync *sync, struct __kernel_timex *tx)
{
	struct rtc_sync_companion *companion = &sync->companion;
	const struct rtc_sync_request *said = &companion->request;
	bool is_late;
	int ret;

	spin_lock(&sync->lock);
	is_late = companion->is_waiting;
	ret = is_late ? -ETIMEDOUT : said->call;
	companion->is_waiting = false;
	companion->is_here &= !is_late;
	tx->freq = said->freq;
	tx->tick = said->tick;
	tx->status = said->status;
	tx->maxerror = said->maxerror;
	spin_unlock(&sync->lock);

	if (is_late && !kthread_should_stop())
		dev_warn(&sync->rtc->dev,
			 "the companion does not answer: the clock can't be slewed\n");
	return ret;
}

/**
 * rtc_sync_adjtimex() - as adjtimex(2), by the companion
 * @sync: the instance
 * @tx: what to do; what was found, on return
 *
 * Context: the thread; sleeps until there is an answer, 250 ms at most, and 5 ms once
 * somebody waits in kthread_stop().
 * Return: the clock's state, >= 0, or -errno: what adjtimex(2) says, -ENODEV without a
 * companion, -ETIMEDOUT if it does not answer.
 */
int rtc_sync_adjtimex(struct rtc_sync *sync, struct __kernel_timex *tx)
{
	if (!give(sync, tx))
		return -ENODEV;
	notify(sync);
	await(sync);
	return take(sync, tx);
}

/**
 * rtc_sync_companion_heed() - it has come, or wants to go
 * @sync: the instance
 *
 * Nothing of a slew must be left when it goes, so it is let go of after that.
 *
 * Context: the thread; may sleep.
 */
void rtc_sync_companion_heed(struct rtc_sync *sync)
{
	struct rtc_sync_companion *companion = &sync->companion;
	enum rtc_sync_wish wish = READ_ONCE(companion->wish);

	if (wish == RTC_SYNC_WISH_NONE)
		return;
	if (wish == RTC_SYNC_WISH_LEAVE)
		rtc_sync_drop_slew(sync);

	spin_lock(&sync->lock);
	companion->is_here = wish == RTC_SYNC_WISH_SERVE;
	if (companion->wish == wish)
		companion->wish = RTC_SYNC_WISH_NONE;
	spin_unlock(&sync->lock);

	notify(sync);
	dev_info(&sync->rtc->dev, "%s\n",
		 wish == RTC_SYNC_WISH_SERVE ?
		 "a companion is here: the clock can be slewed" :
		 "the companion has gone: the clock can't be slewed");

	/* What is to be known of the clock from now on was not to be known before. */
	rtc_sync_standby_excuse(sync);
	if (wish == RTC_SYNC_WISH_SERVE)
		rtc_sync_mend_slew(sync);
	rtc_sync_tracker_hurry(&sync->tracker, ktime_get_raw_ns());
}

static ssize_t companion_show(struct rtc_sync *sync, char *buf)
{
	struct rtc_sync_request request = {};
	bool is_here;

	spin_lock(&sync->lock);
	is_here = sync->companion.is_here;
	if (sync->companion.is_waiting)
		request = sync->companion.request;
	spin_unlock(&sync->lock);

	if (!is_here)
		return sysfs_emit(buf, "gone\n");
	if (!request.id)
		return sysfs_emit(buf, "0\n");
	return rtc_sync_request_print(&request, buf, PAGE_SIZE);
}

static int answer(struct rtc_sync *sync, const struct rtc_sync_request *request)
{
	struct rtc_sync_companion *companion = &sync->companion;
	int ret = -ESTALE;

	spin_lock(&sync->lock);
	if (companion->is_waiting && request->id == companion->request.id) {
		companion->request = *request;
		companion->is_waiting = false;
		ret = 0;
	}
	spin_unlock(&sync->lock);
	if (!ret)
		wake_up(&companion->wait);
	return ret;
}

static void say(struct rtc_sync *sync, enum rtc_sync_wish wish)
{
	spin_lock(&sync->lock);
	sync->companion.wish = wish;
	spin_unlock(&sync->lock);
	rtc_sync_kick(sync, RTC_SYNC_KICK_COMPANION);
}

static ssize_t companion_store(struct rtc_sync *sync, const char *buf, size_t count)
{
	struct rtc_sync_request request;
	int ret = 0;

	if (sysfs_streq(buf, "serve")) {
		say(sync, RTC_SYNC_WISH_SERVE);
	} else if (sysfs_streq(buf, "leave")) {
		say(sync, RTC_SYNC_WISH_LEAVE);
	} else if (rtc_sync_request_parse(buf, &request)) {
		dev_err(&sync->rtc->dev, "companion: not serve, leave or an answer\n");
		ret = -EINVAL;
	} else {
		ret = answer(sync, &request);
	}
	return ret ? ret : count;
}

SYNC_ATTR(companion, 0600, companion_show, companion_store);

static struct attribute *companion_attrs[] = {
	&attr_companion.attr,
	NULL
};

const struct attribute_group rtc_sync_companion_group = {
	.attrs = companion_attrs,
};
