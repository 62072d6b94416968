/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: how long a byte takes on this bus, and so when the chip latched.
 *
 *   before        START addr reg  Sr   addr  data...  STOP      after
 *     |--- driver ---|============|*|====== tail ======|- irq ---|
 *                                  ^ latch
 *
 * What comes before the START is the controller driver's affair and may be long.
 * What comes after the latch is a few bytes of known length, the interrupt, and
 * the wake-up of the reader: so count back from the end.
 */
#ifndef RTC_SYNC_BUS_H
#define RTC_SYNC_BUS_H

#include "../rtc-sync.h"
#include "recent.h"
#include "span.h"

/**
 * struct rtc_sync_bus - how long transfers took lately
 * @recent: the last transfers of each kind of reading
 */
struct rtc_sync_bus {
	struct rtc_sync_recent recent[RTC_SYNC_READ_KINDS];
};

void rtc_sync_bus_init(struct rtc_sync_bus *bus);
void rtc_sync_bus_add(struct rtc_sync_bus *bus, enum rtc_sync_read kind,
		      s64 duration_ns);
s64 rtc_sync_bus_byte_ns(const struct rtc_sync_bus *bus,
			 const struct rtc_sync_source *source);
struct rtc_sync_span rtc_sync_bus_latch(const struct rtc_sync_bus *bus,
					const struct rtc_sync_source *source,
					enum rtc_sync_read kind,
					const struct rtc_sync_reading *reading);
bool rtc_sync_bus_is_known(const struct rtc_sync_bus *bus,
			   const struct rtc_sync_source *source);
s64 rtc_sync_bus_floor_ns(const struct rtc_sync_bus *bus,
			  const struct rtc_sync_source *source);

#endif /* RTC_SYNC_BUS_H */
