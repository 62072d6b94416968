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

/* What the engine wants of a chip's RAM to remember its rates in, bytes. */
#define RTC_SYNC_MEMORY_BYTES	24

/*
 * The device tree's flag without which nothing is ever read or written there. The
 * chip's driver asks for it to keep everybody else off these bytes.
 */
#define RTC_SYNC_STORE_RATES	"rtc-sync,store-rates"

/**
 * struct rtc_sync_trim - what a chip's trim (or aging) register can do
 * @min_ppb: the slowest it makes the RTC, ppb, <= 0
 * @max_ppb: the fastest, ppb, >= 0
 * @step_ppb: the coarsest step in between, rounded up, ppb, > 0
 * @slack_percent: a change may come to this much more or less than it is said to
 *	be: 0 where clock pulses are counted in or out, some where capacitors are
 *	switched. 0..100
 * @lag_s: a new value acts no later than this, s; 0: at once
 * @lump_s: the correction comes in one lump every so many seconds at most, and in
 *	between the RTC runs as if untrimmed; 0 or 1: it is spread evenly
 * @wears: the register is an EEPROM, of limited writes
 */
struct rtc_sync_trim {
	s32 min_ppb;
	s32 max_ppb;
	s32 step_ppb;
	u8 slack_percent;
	u16 lag_s;
	u16 lump_s;
	bool wears;
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
 *	time can't be trusted (oscillator stopped, impossible date); -EAGAIN if the
 *	RTC is being set, or was while this waited; any other negative number if the
 *	bus failed.
 * @trim: what the chip's trim register can do; NULL: there is none, or it is not
 *	to be touched
 * @get_trim: with @trim: what the register holds, ppb; positive: it makes the RTC
 *	FASTER (the RTC core's "offset" has the other sign). Context: the engine's
 *	thread, with the RTC core's ops_lock held as for read_offset; may sleep; must
 *	not call back into the engine. Return: 0; -EAGAIN to be asked at the next
 *	sync; any other negative number if the bus failed.
 * @set_trim: with @trim: have the register hold the step next to this, ppb, of the
 *	sign of @get_trim and within the range of @trim. The engine asks @get_trim
 *	what has become of it, so rtc_sync_rtc_was_trimmed() is not to be called.
 *	Context and return as of @get_trim, and set_offset.
 * @load: copy the first @len bytes of the area for the rates out of the chip's RAM,
 *	whatever they hold; NULL: there is no such area. Called only with the device
 *	tree's %RTC_SYNC_STORE_RATES, and with %RTC_SYNC_MEMORY_BYTES. Context: the
 *	engine's thread; may sleep; must not call back into the engine. Return: 0 or
 *	a negative number if the bus failed.
 * @store: with @load: the same, into the chip's RAM; -EAGAIN while the RTC is being
 *	set, which may take a second, for that must not keep a stop
 */
struct rtc_sync_source {
	const char *name;
	struct rtc_sync_wire wire[RTC_SYNC_READ_KINDS];
	bool has_short;
	int pps_irq;
	int (*read)(void *ctx, enum rtc_sync_read kind,
		    struct rtc_sync_reading *reading);
	const struct rtc_sync_trim *trim;
	int (*get_trim)(void *ctx, s32 *ppb);
	int (*set_trim)(void *ctx, s32 ppb);
	int (*load)(void *ctx, void *buf, size_t len);
	int (*store)(void *ctx, const void *buf, size_t len);
};

#if IS_REACHABLE(CONFIG_RTC_SYNC)
int devm_rtc_sync_register(struct device *dev, struct rtc_device *rtc,
			   const struct rtc_sync_source *source, void *ctx);
void rtc_sync_rtc_was_set(const struct rtc_device *rtc);
void rtc_sync_rtc_was_trimmed(const struct rtc_device *rtc, s32 by_ppb);
#else
static inline int
devm_rtc_sync_register(struct device *dev, struct rtc_device *rtc,
		       const struct rtc_sync_source *source, void *ctx)
{
	return 0;
}

static inline void rtc_sync_rtc_was_set(const struct rtc_device *rtc)
{
}

static inline void rtc_sync_rtc_was_trimmed(const struct rtc_device *rtc, s32 by_ppb)
{
}
#endif

#endif /* RTC_SYNC_H */
