/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the RTC drivers and the engine meet: a source of RTC readings.
 *
 * An RTC driver that can do better than rtc_read_time() (because it knows where
 * in a transfer its chip latches the time, and can read the seconds alone)
 * offers a source; the engine turns readings into the phase of the RTC.
 */
#ifndef RTC_SYNC_H
#define RTC_SYNC_H

#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/time64.h>
#include <linux/types.h>

struct device;
struct rtc_device;

/**
 * enum rtc_sync_read - how much of the RTC is read
 * @RTC_SYNC_READ_SHORT: the second of the minute and nothing else
 * @RTC_SYNC_READ_FULL: date, time and the flags that tell whether to trust them
 * @RTC_SYNC_READ_KINDS: number of kinds
 */
enum rtc_sync_read {
	RTC_SYNC_READ_SHORT,
	RTC_SYNC_READ_FULL,
	RTC_SYNC_READ_KINDS,
};

/**
 * struct rtc_sync_reading - one reading of an RTC between two timestamps
 * @before_raw_ns: CLOCK_MONOTONIC_RAW just before the transfer, ns
 * @after_raw_ns: CLOCK_MONOTONIC_RAW just after the transfer, ns
 * @rtc_s: what the RTC showed: seconds since 1970 (full), 0..59 (short)
 */
struct rtc_sync_reading {
	s64 before_raw_ns;
	s64 after_raw_ns;
	time64_t rtc_s;
};

/**
 * struct rtc_sync_wire - the shape of one kind of reading on the bus
 * @bytes: all bytes of the transfer, addresses included; 0 if not known
 * @tail_bytes: the bytes that pass after the chip has latched its time
 *
 * The chip latches at one instant of the transfer. The engine measures how long
 * a byte takes (from the difference between the two kinds) and counts back from
 * the end. If @bytes is 0 for either kind it assumes nothing: the latch may be
 * anywhere in the transfer.
 */
struct rtc_sync_wire {
	u8 bytes;
	u8 tail_bytes;
};

/**
 * struct rtc_sync_source - a way to read one RTC
 * @name: of the part, for the log
 * @wire: the shape of each kind of reading
 * @has_short: %RTC_SYNC_READ_SHORT is supported
 * @pps_irq: interrupt line of a square wave of 1 Hz that falls when a second
 *	begins; the engine requests it. 0: there is none
 * @read: read the RTC. Context: the engine's thread; may sleep; must not call
 *	back into the engine. Return: 0; -EINVAL if the chip answered but its
 *	time can't be trusted (oscillator stopped, impossible date); any other
 *	negative number if the bus failed.
 */
struct rtc_sync_source {
	const char *name;
	struct rtc_sync_wire wire[RTC_SYNC_READ_KINDS];
	bool has_short;
	int pps_irq;
	int (*read)(void *ctx, enum rtc_sync_read kind,
		    struct rtc_sync_reading *reading);
};

#if IS_REACHABLE(CONFIG_RTC_SYNC)
int devm_rtc_sync_register(struct device *dev, struct rtc_device *rtc,
			   const struct rtc_sync_source *source, void *ctx);
void rtc_sync_rtc_was_set(struct rtc_device *rtc);
#else
static inline int
devm_rtc_sync_register(struct device *dev, struct rtc_device *rtc,
		       const struct rtc_sync_source *source, void *ctx)
{
	return 0;
}

static inline void rtc_sync_rtc_was_set(struct rtc_device *rtc)
{
}
#endif

#endif /* RTC_SYNC_H */
