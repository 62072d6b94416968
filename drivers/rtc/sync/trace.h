/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints: every reading, every sync, every change of state.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM rtc_sync

#if !defined(RTC_SYNC_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define RTC_SYNC_TRACE_H

#include <linux/device.h>
#include <linux/tracepoint.h>

#include "engine.h"

TRACE_EVENT(rtc_sync_reading,

	TP_PROTO(const struct device *rtc, enum rtc_sync_read kind,
		 const struct rtc_sync_reading *reading, int err),

	TP_ARGS(rtc, kind, reading, err),

	TP_STRUCT__entry(
		__string(rtc, dev_name(rtc))
		__field(bool, is_full)
		__field(s64, before_raw_ns)
		__field(s64, after_raw_ns)
		__field(s64, rtc_s)
		__field(int, err)
	),

	TP_fast_assign(
		rtc_sync_assign_str(rtc, dev_name(rtc));
		__entry->is_full = kind == RTC_SYNC_READ_FULL;
		__entry->before_raw_ns = reading->before_raw_ns;
		__entry->after_raw_ns = reading->after_raw_ns;
		__entry->rtc_s = reading->rtc_s;
		__entry->err = err;
	),

	TP_printk("%s %s before_raw_ns=%lld after_raw_ns=%lld rtc_s=%lld err=%d",
		  __get_str(rtc), __entry->is_full ? "full" : "short",
		  __entry->before_raw_ns, __entry->after_raw_ns,
		  __entry->rtc_s, __entry->err)
);

TRACE_EVENT(rtc_sync_sync,

	TP_PROTO(const struct device *rtc, s64 offset_ns, s64 error_ns,
		 enum rtc_sync_order order),

	TP_ARGS(rtc, offset_ns, error_ns, order),

	TP_STRUCT__entry(
		__string(rtc, dev_name(rtc))
		__field(s64, offset_ns)
		__field(s64, error_ns)
		__field(int, order)
	),

	TP_fast_assign(
		rtc_sync_assign_str(rtc, dev_name(rtc));
		__entry->offset_ns = offset_ns;
		__entry->error_ns = error_ns;
		__entry->order = order;
	),

	TP_printk("%s offset_ns=%lld error_ns=%lld %s",
		  __get_str(rtc), __entry->offset_ns, __entry->error_ns,
		  __print_symbolic(__entry->order,
				   { RTC_SYNC_HOLD, "hold" },
				   { RTC_SYNC_STEP, "step" },
				   { RTC_SYNC_SLEW, "slew" },
				   { RTC_SYNC_REFUSE, "refuse" }))
);

TRACE_EVENT(rtc_sync_state,

	TP_PROTO(const struct device *rtc, enum rtc_sync_state state,
		 enum rtc_sync_doubt doubt),

	TP_ARGS(rtc, state, doubt),

	TP_STRUCT__entry(
		__string(rtc, dev_name(rtc))
		__string(state, rtc_sync_state_names[state])
		__string(doubt, rtc_sync_doubt_names[doubt])
	),

	TP_fast_assign(
		rtc_sync_assign_str(rtc, dev_name(rtc));
		rtc_sync_assign_str(state, rtc_sync_state_names[state]);
		rtc_sync_assign_str(doubt, rtc_sync_doubt_names[doubt]);
	),

	TP_printk("%s %s doubt=%s", __get_str(rtc), __get_str(state),
		  __get_str(doubt))
);

#endif /* RTC_SYNC_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
