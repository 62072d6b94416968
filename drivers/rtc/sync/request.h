/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: what is said between the engine and its companion in user space, as text.
 */
#ifndef RTC_SYNC_REQUEST_H
#define RTC_SYNC_REQUEST_H

#include <linux/types.h>

/**
 * struct rtc_sync_request - a call of adjtimex(2), or what it returned
 * @id: which request it is; 0: none
 * @call: the request's ADJ_ flags, or what the call returned: -errno or the clock's state
 * @freq: the clock's frequency, 2^-16 ppm
 * @tick: the length of a tick, us
 * @status: STA_ flags
 * @maxerror: the largest possible error, us
 * @esterror: the likely error, us
 *
 * The fields are those of struct timex, include/uapi/linux/timex.h.
 */
struct rtc_sync_request {
	u32 id;
	s32 call;
	s64 freq;
	s64 tick;
	s32 status;
	s64 maxerror;
	s64 esterror;
};

int rtc_sync_request_print(const struct rtc_sync_request *request, char *buf, size_t size);
int rtc_sync_request_parse(const char *buf, struct rtc_sync_request *request);

#endif /* RTC_SYNC_REQUEST_H */
