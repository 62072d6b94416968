/* SPDX-License-Identifier: GPL-2.0-only */
/* Nobody traces; trace.h ends with this, and is left out but for that. */
#define trace_rtc_sync_reading(...)	do { } while (0)
#define trace_rtc_sync_sync(...)	do { } while (0)
#define trace_rtc_sync_state(...)	do { } while (0)
