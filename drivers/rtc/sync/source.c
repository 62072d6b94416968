// SPDX-License-Identifier: GPL-2.0-only
/*
 * The source for an RTC with somebody else's driver: the RTC class.
 *
 * rtc_read_time() may wait for the RTC's lock and reads the whole date over a
 * bus of which nothing is known, so the latch may be anywhere in between.
 */
#include <linux/ktime.h>
#include <linux/rtc.h>

#include "engine.h"

static int class_read(void *ctx, enum rtc_sync_read kind,
		      struct rtc_sync_reading *reading)
{
	struct rtc_device *rtc = ctx;
	struct rtc_time tm;
	int ret;

	reading->before_raw_ns = ktime_get_raw_ns();
	ret = rtc_read_time(rtc, &tm);
	reading->after_raw_ns = ktime_get_raw_ns();
	if (!ret)
		reading->rtc_s = rtc_tm_to_time64(&tm);
	/* An I2C controller that lost arbitration, and not an RTC that is being set. */
	return ret == -EAGAIN ? -EIO : ret;
}

const struct rtc_sync_source rtc_sync_class_source = {
	.name = "rtc class",
	.read = class_read,
};
