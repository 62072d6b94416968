/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: who keeps the system clock?
 *
 * The user may say so. Else the kernel does, if it can be asked (built in). Else
 * a daemon is known by what it does: it moves the clock's frequency again and
 * again, or makes the kernel write the RTC every 11 minutes.
 *
 * The kernel's word, STA_UNSYNC clear, outlives the daemon by nine hours: nobody
 * takes it back when a daemon ends or has no server any more. But whoever keeps
 * the clock also says how wrong it may be (maxerror), again and again, and between
 * two such words the kernel lets that grow by 500 us/s.
 */
#ifndef RTC_SYNC_OWNER_H
#define RTC_SYNC_OWNER_H

#include "span.h"

/**
 * enum rtc_sync_ntp - does NTP own the clock?
 * @RTC_SYNC_NTP_UNKNOWN: nobody said
 * @RTC_SYNC_NTP_NO: it does not
 * @RTC_SYNC_NTP_YES: it does
 */
enum rtc_sync_ntp {
	RTC_SYNC_NTP_UNKNOWN,
	RTC_SYNC_NTP_NO,
	RTC_SYNC_NTP_YES,
};

/**
 * struct rtc_sync_look - the clock as it is found at a sync
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 * @real_ns: now, CLOCK_REALTIME, ns since 1970
 * @was_set: changes whenever CLOCK_REALTIME is set, by whom ever
 * @tai_s: CLOCK_TAI less CLOCK_REALTIME, s
 * @was_moved: changes whenever its frequency is found to be moved, not by us
 * @said: what the user says
 * @kernel: what the kernel says
 * @maxerror_us: with it: how wrong the clock may be, us
 */
struct rtc_sync_look {
	s64 raw_ns;
	s64 real_ns;
	u32 was_set;
	s32 tai_s;
	u32 was_moved;
	enum rtc_sync_ntp said;
	enum rtc_sync_ntp kernel;
	s64 maxerror_us;
};

/**
 * struct rtc_sync_owner - what was seen of the clock's keepers
 * @has_look: @look is one
 * @look: the last one; taken anew after whatever we did to the clock ourselves
 * @has_slope: @slope_ppb is known
 * @slope_ppb: what CLOCK_REALTIME gained on CLOCK_MONOTONIC_RAW of late, ppb
 * @word: the kernel's last word, if it has said one
 * @hints: signs of a daemon in a row
 * @hint_raw_ns: the last of them, CLOCK_MONOTONIC_RAW, ns
 * @rtc_set_raw_ns: the RTC was set, CLOCK_MONOTONIC_RAW, ns; 0: never
 * @word_raw_ns: somebody last said how wrong the clock is, CLOCK_MONOTONIC_RAW, ns
 * @word_gap_ns: the longest time between two such words of late, ns; 0: not known
 * @is_owned: NTP keeps the clock
 * @is_lost: it seems to have stopped, since @lost_raw_ns
 * @lost_raw_ns: CLOCK_MONOTONIC_RAW, ns
 */
struct rtc_sync_owner {
	bool has_look;
	struct rtc_sync_look look;
	bool has_slope;
	s64 slope_ppb;
	enum rtc_sync_ntp word;
	u8 hints;
	s64 hint_raw_ns;
	s64 rtc_set_raw_ns;
	s64 word_raw_ns;
	s64 word_gap_ns;
	bool is_owned;
	bool is_lost;
	s64 lost_raw_ns;
};

s32 rtc_sync_owner_leap_s(const struct rtc_sync_owner *owner,
			  const struct rtc_sync_look *look);
bool rtc_sync_owner_look(struct rtc_sync_owner *owner,
			 const struct rtc_sync_look *look);
void rtc_sync_owner_excuse(struct rtc_sync_owner *owner,
			   const struct rtc_sync_look *look);
void rtc_sync_owner_rtc_was_set(struct rtc_sync_owner *owner, s64 raw_ns);
bool rtc_sync_owner_is_owned(const struct rtc_sync_owner *owner);
bool rtc_sync_owner_is_sure(const struct rtc_sync_owner *owner);
s64 rtc_sync_owner_sign_raw_ns(const struct rtc_sync_owner *owner);
s64 rtc_sync_owner_again_raw_ns(const struct rtc_sync_owner *owner);

#endif /* RTC_SYNC_OWNER_H */
