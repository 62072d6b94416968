/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The RTC's square wave as a PPS source. Without PPS in the kernel there is none.
 */
#ifndef RTC_SYNC_PPS_H
#define RTC_SYNC_PPS_H

#include <linux/kconfig.h>

struct rtc_sync;

#if IS_ENABLED(CONFIG_RTC_SYNC_PPS)
void rtc_sync_pps_register(struct rtc_sync *sync);
void rtc_sync_pps_unregister(struct rtc_sync *sync);
#else
static inline void rtc_sync_pps_register(struct rtc_sync *sync)
{
}

static inline void rtc_sync_pps_unregister(struct rtc_sync *sync)
{
}
#endif

#endif /* RTC_SYNC_PPS_H */
