/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tracked RTC as a PTP clock. Without PTP in the kernel there is none.
 */
#ifndef RTC_SYNC_PHC_H
#define RTC_SYNC_PHC_H

#include <linux/kconfig.h>
#include <linux/types.h>

struct rtc_sync;

#if IS_ENABLED(CONFIG_RTC_SYNC_PHC)
void rtc_sync_phc_register(struct rtc_sync *sync);
void rtc_sync_phc_unregister(struct rtc_sync *sync);
u32 rtc_sync_phc_reads(const struct rtc_sync *sync);
#else
static inline void rtc_sync_phc_register(struct rtc_sync *sync)
{
}

static inline void rtc_sync_phc_unregister(struct rtc_sync *sync)
{
}

static inline u32 rtc_sync_phc_reads(const struct rtc_sync *sync)
{
	return 0;
}
#endif

#endif /* RTC_SYNC_PHC_H */
