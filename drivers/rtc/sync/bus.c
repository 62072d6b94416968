// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: transfer times in, latch windows out; the tracker calls this.
 */
#include "bus.h"

/* A median of fewer transfers says nothing. */
#define SAMPLES_MIN	3

/*
 * The end of the transfer, the interrupt and the wake-up of the reader take at
 * most this long in a typical transfer (6 us on the emulated i.MX6UL with
 * i2c-imx). Time lost beyond the typical transfer is added to it.
 */
#define COMPLETION_NS	30000

/**
 * rtc_sync_bus_init() - forget all transfers
 * @bus: overwritten
 */
void rtc_sync_bus_init(struct rtc_sync_bus *bus)
{
	*bus = (struct rtc_sync_bus) {};
}

/**
 * rtc_sync_bus_add() - learn from a transfer
 * @bus: the bus
 * @kind: what was read
 * @duration_ns: from before to after, ns; one below 1 is ignored
 */
void rtc_sync_bus_add(struct rtc_sync_bus *bus, enum rtc_sync_read kind,
		      s64 duration_ns)
{
	if (duration_ns < 1)
		return;
	rtc_sync_recent_add(&bus->recent[kind], duration_ns);
}

/*
 * The length of an undisturbed transfer is the median: a controller driver may
 * pause before the START for longer or for shorter than usual, so neither the
 * shortest nor the mean will do.
 */
static s64 typical_ns(const struct rtc_sync_bus *bus, enum rtc_sync_read kind)
{
	return rtc_sync_recent_median_ns(&bus->recent[kind]);
}

/*
 * What comes before the latch and what comes after it may both vary, and add up
 * to a typical transfer nevertheless. So allow for the spread of the sum.
 */
static s64 spread_ns(const struct rtc_sync_bus *bus, enum rtc_sync_read kind)
{
	return rtc_sync_recent_spread_ns(&bus->recent[kind]);
}

/*
 * How much of a transfer may have passed between the latch and its end beyond
 * what always does: what it took longer than a typical one, and the spread; but no
 * more than what it took longer than the shortest of late.
 */
static s64 late_ns_of(const struct rtc_sync_bus *bus, enum rtc_sync_read kind,
		      s64 duration_ns)
{
	s64 longer_ns = max_t(s64, duration_ns - typical_ns(bus, kind), 0);
	s64 most_ns = max_t(s64, duration_ns -
			    rtc_sync_recent_least_ns(&bus->recent[kind]), 0);

	return min(longer_ns + spread_ns(bus, kind), most_ns);
}

/*
 * Do transfers of late vary so much that the undisturbed one is not among them? Then
 * nothing can be told from how much longer than it one has taken.
 */
static bool is_erratic(const struct rtc_sync_bus *bus, enum rtc_sync_read kind)
{
	return spread_ns(bus, kind) > rtc_sync_recent_least_ns(&bus->recent[kind]);
}

/**
 * rtc_sync_bus_is_known() - can the latch be told from the transfer?
 * @bus: the bus
 * @source: the source that reads over it
 *
 * Return: true if enough transfers were seen and one byte has a length.
 */
bool rtc_sync_bus_is_known(const struct rtc_sync_bus *bus,
			   const struct rtc_sync_source *source)
{
	return rtc_sync_bus_byte_ns(bus, source) > 0;
}

/**
 * rtc_sync_bus_byte_ns() - the length of a byte on the wire
 * @bus: the bus
 * @source: the source that reads over it
 *
 * Return: ns, or 0 if it is not known, or if what was measured makes no sense
 * (more bytes took no longer, or the bytes take longer than the transfer).
 */
s64 rtc_sync_bus_byte_ns(const struct rtc_sync_bus *bus,
			 const struct rtc_sync_source *source)
{
	const struct rtc_sync_wire *shrt = &source->wire[RTC_SYNC_READ_SHORT];
	const struct rtc_sync_wire *full = &source->wire[RTC_SYNC_READ_FULL];
	s64 short_ns;
	s64 byte_ns;

	if (!shrt->bytes || full->bytes <= shrt->bytes ||
	    bus->recent[RTC_SYNC_READ_SHORT].count < SAMPLES_MIN ||
	    bus->recent[RTC_SYNC_READ_FULL].count < SAMPLES_MIN)
		return 0;

	short_ns = typical_ns(bus, RTC_SYNC_READ_SHORT);
	byte_ns = div_s64(typical_ns(bus, RTC_SYNC_READ_FULL) - short_ns,
			  full->bytes - shrt->bytes);
	if (byte_ns < 0 || byte_ns * shrt->bytes > short_ns)
		return 0;
	return byte_ns;
}

/* How far off the length of a byte may be, as it comes from two medians. */
static s64 byte_error_ns(const struct rtc_sync_bus *bus,
			 const struct rtc_sync_source *source)
{
	s32 more_bytes = source->wire[RTC_SYNC_READ_FULL].bytes -
			 source->wire[RTC_SYNC_READ_SHORT].bytes;

	return div_s64((spread_ns(bus, RTC_SYNC_READ_SHORT) +
			spread_ns(bus, RTC_SYNC_READ_FULL)) >> 1, more_bytes);
}

/**
 * rtc_sync_bus_latch() - when the chip latched the time that was read
 * @bus: the bus
 * @source: the source that read
 * @kind: what it read
 * @reading: the reading
 *
 * Return: a span of CLOCK_MONOTONIC_RAW, ns, within the transfer; the whole
 * transfer if nothing is known of it.
 */
struct rtc_sync_span rtc_sync_bus_latch(const struct rtc_sync_bus *bus,
					const struct rtc_sync_source *source,
					enum rtc_sync_read kind,
					const struct rtc_sync_reading *reading)
{
	s64 byte_ns = rtc_sync_bus_byte_ns(bus, source);
	struct rtc_sync_span latch = {
		.lo = reading->before_raw_ns,
		.hi = reading->after_raw_ns,
	};
	s64 error_ns;
	s64 late_ns;
	s64 tail_ns;

	if (!byte_ns || is_erratic(bus, kind))
		return latch;

	tail_ns = byte_ns * source->wire[kind].tail_bytes;
	error_ns = (tail_ns >> 3) +
		   byte_error_ns(bus, source) * source->wire[kind].tail_bytes;
	late_ns = late_ns_of(bus, kind, latch.hi - latch.lo);
	latch.lo = max(latch.lo, latch.hi - tail_ns - error_ns -
				 COMPLETION_NS - late_ns);
	latch.hi = max(latch.lo, latch.hi - max_t(s64, tail_ns - error_ns, 0));
	return latch;
}

/**
 * rtc_sync_bus_floor_ns() - the narrowest latch window to hope for
 * @bus: the bus
 * @source: the source that reads over it
 *
 * Return: width for the short kind (or the full one if there is no short),
 * undisturbed, ns; 0 if nothing was read yet.
 */
s64 rtc_sync_bus_floor_ns(const struct rtc_sync_bus *bus,
			  const struct rtc_sync_source *source)
{
	enum rtc_sync_read kind = source->has_short ? RTC_SYNC_READ_SHORT :
						      RTC_SYNC_READ_FULL;
	struct rtc_sync_reading shortest = {
		.after_raw_ns = rtc_sync_recent_least_ns(&bus->recent[kind]),
	};
	struct rtc_sync_span latch;

	latch = rtc_sync_bus_latch(bus, source, kind, &shortest);
	return rtc_sync_span_width(&latch);
}
