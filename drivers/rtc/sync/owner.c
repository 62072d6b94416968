// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: who keeps the system clock? The thread looks at every sync.
 */
#include <linux/limits.h>

#include "owner.h"

/* Two clocks of one counter: their slope is constant to the kernel's rounding. */
#define SLOPE_NOISE_PPB		50

/* Less than this apart, two looks tell nothing of a slope. */
#define SLOPE_MIN_NS		(RTC_SYNC_NS_PER_S / 2)

/* One change of frequency is a person at adjtimex(8), a second one is a daemon. */
#define HINTS_MIN		2

/* ntpd, chronyd and timesyncd look at their servers every 2048 s or more often. */
#define HINT_AGE_NS		(2 * 2048 * RTC_SYNC_NS_PER_S)

/* The kernel's own writing, kernel/time/ntp.c: every 11 minutes, from the work queue. */
#define RTC_SET_MIN_NS		(650 * RTC_SYNC_NS_PER_S)
#define RTC_SET_MAX_NS		(670 * RTC_SYNC_NS_PER_S)

/* NTP that comes and goes each minute is not taken leave of each minute. */
#define PATIENCE_NS		(150 * RTC_SYNC_NS_PER_S)

/* kernel/time/ntp.c: maxerror grows by this, unless somebody says otherwise. */
#define MAXERROR_US_PER_S	500
#define MAXERROR_SLACK_US	600

/*
 * Daemons double the time between two looks at their servers, and fail to reach
 * them now and then. They look every 1024 s at least, timesyncd every 2048 s.
 */
#define WORD_GAPS		4
#define WORD_GAP_MAX_NS		(5000 * RTC_SYNC_NS_PER_S)

static void hint(struct rtc_sync_owner *owner, s64 raw_ns)
{
	if (raw_ns - owner->hint_raw_ns > HINT_AGE_NS)
		owner->hints = 0;
	if (owner->hints < HINTS_MIN)
		owner->hints++;
	owner->hint_raw_ns = raw_ns;
}

/* Does the kernel know that somebody has moved the clock's frequency? */
static bool is_moved(const struct rtc_sync_owner *owner,
		     const struct rtc_sync_look *look)
{
	return owner->has_look && look->was_moved != owner->look.was_moved;
}

/* Whoever took back the kernel's word has ended, whatever he did before. */
static void watch_end(struct rtc_sync_owner *owner,
		      const struct rtc_sync_look *look)
{
	if (look->kernel == RTC_SYNC_NTP_NO && owner->word == RTC_SYNC_NTP_YES)
		owner->hints = 0;
	if (look->kernel != RTC_SYNC_NTP_UNKNOWN)
		owner->word = look->kernel;
}

/*
 * The kernel can't be asked any more: whoever it last named is known from then on by what
 * he does, which takes time to be seen.
 */
static void go_deaf(struct rtc_sync_owner *owner,
		    const struct rtc_sync_look *look)
{
	if (look->kernel != RTC_SYNC_NTP_UNKNOWN ||
	    owner->look.kernel != RTC_SYNC_NTP_YES ||
	    !rtc_sync_owner_is_sure(owner))
		return;
	hint(owner, owner->look.raw_ns);
	hint(owner, owner->look.raw_ns);
}

/* If the kernel can't be asked: has somebody moved it since the last look? */
static void watch_slope(struct rtc_sync_owner *owner,
			const struct rtc_sync_look *look)
{
	s64 raw_ns = look->raw_ns - owner->look.raw_ns;
	s64 gained_ns = look->real_ns - owner->look.real_ns - raw_ns;
	s64 slope_ppb;
	s64 change_ppb;

	if (look->kernel != RTC_SYNC_NTP_UNKNOWN)
		return;
	/* A step says nothing of the slope, and changes nothing of it. */
	if (!owner->has_look || look->was_set != owner->look.was_set ||
	    raw_ns < SLOPE_MIN_NS)
		return;
	/* gained * 10^9 / raw, in 64 bits also after a day. */
	slope_ppb = div64_s64(gained_ns * 1000000, div_s64(raw_ns, 1000));
	change_ppb = slope_ppb - owner->slope_ppb;
	if (owner->has_slope &&
	    (change_ppb > SLOPE_NOISE_PPB || change_ppb < -SLOPE_NOISE_PPB))
		hint(owner, look->raw_ns);
	owner->slope_ppb = slope_ppb;
	owner->has_slope = true;
}

/* Has somebody said how wrong the clock is, or moved it, since the last look? */
static void watch_word(struct rtc_sync_owner *owner,
		       const struct rtc_sync_look *look)
{
	s64 passed_s = div_s64(look->raw_ns - owner->look.raw_ns,
			       RTC_SYNC_NS_PER_S);
	s64 due_us = owner->look.maxerror_us + passed_s * MAXERROR_US_PER_S;
	s64 gap_ns = look->raw_ns - owner->word_raw_ns;

	if (look->kernel != RTC_SYNC_NTP_YES)
		return;
	if (!owner->has_look || owner->look.kernel != RTC_SYNC_NTP_YES) {
		owner->word_raw_ns = look->raw_ns;
		owner->word_gap_ns = 0;
		return;
	}
	/* As seen from here they come once a look, if that is more seldom. */
	if (!is_moved(owner, look) &&
	    look->maxerror_us >= due_us - MAXERROR_SLACK_US &&
	    look->maxerror_us <= due_us + 2 * MAXERROR_SLACK_US)
		return;
	owner->word_gap_ns = max(owner->word_gap_ns - (owner->word_gap_ns >> 3),
				 gap_ns);
	owner->word_raw_ns = look->raw_ns;
}

/* Does the kernel still say so for nobody? */
static bool is_unminded(const struct rtc_sync_owner *owner,
			const struct rtc_sync_look *look)
{
	s64 gap_ns = WORD_GAP_MAX_NS;

	if (owner->word_gap_ns)
		gap_ns = clamp_t(s64, WORD_GAPS * owner->word_gap_ns, PATIENCE_NS,
				 WORD_GAP_MAX_NS);
	return look->raw_ns - owner->word_raw_ns > gap_ns;
}

/* What is to be believed: the user, else the kernel, else the hints. */
static bool is_seen_to_own(const struct rtc_sync_owner *owner,
			   const struct rtc_sync_look *look)
{
	if (look->said != RTC_SYNC_NTP_UNKNOWN)
		return look->said == RTC_SYNC_NTP_YES;
	if (look->kernel == RTC_SYNC_NTP_YES)
		return !is_unminded(owner, look);
	return owner->hints >= HINTS_MIN &&
	       look->raw_ns - owner->hint_raw_ns <= HINT_AGE_NS;
}

/**
 * rtc_sync_owner_leap_s() - was there a leap second since the last look?
 * @owner: what was seen so far
 * @look: the clock now, not yet told to rtc_sync_owner_look()
 *
 * Whoever inserts one sets the clock back, and TAI is ahead by one more. Who sets
 * the clock leaves TAI's lead alone, and who says what that is moves it by more.
 *
 * Return: s; 1: the clock went back by a second; -1: it left one out; else 0.
 */
s32 rtc_sync_owner_leap_s(const struct rtc_sync_owner *owner,
			  const struct rtc_sync_look *look)
{
	s32 leap_s = look->tai_s - owner->look.tai_s;

	if (!owner->has_look || look->was_set == owner->look.was_set)
		return 0;
	return leap_s == 1 || leap_s == -1 ? leap_s : 0;
}

/**
 * rtc_sync_owner_look() - look at the clock, at every sync
 * @owner: what was seen so far
 * @look: the clock now
 *
 * NTP is believed to have come at once, so that nobody fights it, and to have
 * gone only after it was away for 150 s.
 *
 * Return: true if somebody else has set the clock since the last look.
 */
bool rtc_sync_owner_look(struct rtc_sync_owner *owner,
			 const struct rtc_sync_look *look)
{
	bool was_set = owner->has_look && look->was_set != owner->look.was_set;
	bool has_word = look->said != RTC_SYNC_NTP_UNKNOWN;

	watch_slope(owner, look);
	watch_word(owner, look);
	if (is_moved(owner, look))
		hint(owner, look->raw_ns);
	watch_end(owner, look);
	go_deaf(owner, look);
	owner->look = *look;
	owner->has_look = true;

	if (is_seen_to_own(owner, look)) {
		owner->is_owned = true;
		owner->is_lost = false;
		return was_set;
	}
	if (owner->is_owned && !owner->is_lost) {
		owner->is_lost = true;
		owner->lost_raw_ns = look->raw_ns;
	}
	/* Whose word stood for nobody has been waited for long enough. */
	if (has_word || look->kernel == RTC_SYNC_NTP_YES ||
	    look->raw_ns - owner->lost_raw_ns >= PATIENCE_NS)
		owner->is_owned = false;
	owner->is_lost &= owner->is_owned;
	return was_set;
}

/**
 * rtc_sync_owner_excuse() - that was us
 * @owner: what was seen so far
 * @look: the clock, just after we have set it or moved its frequency
 */
void rtc_sync_owner_excuse(struct rtc_sync_owner *owner,
			   const struct rtc_sync_look *look)
{
	watch_end(owner, look);
	go_deaf(owner, look);
	/* A step leaves the slope alone: else two who fight would never notice. */
	owner->has_slope &= look->was_set != owner->look.was_set;
	owner->look = *look;
	owner->has_look = true;
}

/**
 * rtc_sync_owner_rtc_was_set() - somebody set the RTC: was it the kernel?
 * @owner: what was seen so far
 * @raw_ns: now, CLOCK_MONOTONIC_RAW, ns
 *
 * The kernel writes the time that NTP keeps into the RTC, every 11 minutes.
 */
void rtc_sync_owner_rtc_was_set(struct rtc_sync_owner *owner, s64 raw_ns)
{
	s64 since_ns = raw_ns - owner->rtc_set_raw_ns;

	if (owner->rtc_set_raw_ns && since_ns >= RTC_SET_MIN_NS &&
	    since_ns <= RTC_SET_MAX_NS) {
		hint(owner, raw_ns);
		hint(owner, raw_ns);
	}
	owner->rtc_set_raw_ns = raw_ns;
}

/**
 * rtc_sync_owner_is_owned() - does NTP keep the clock?
 * @owner: what was seen so far
 *
 * Return: true until it was away for 150 s.
 */
bool rtc_sync_owner_is_owned(const struct rtc_sync_owner *owner)
{
	return owner->is_owned;
}

/**
 * rtc_sync_owner_is_sure() - does it keep the clock at this moment?
 * @owner: what was seen so far
 *
 * Return: false as soon as NTP seems to be away.
 */
bool rtc_sync_owner_is_sure(const struct rtc_sync_owner *owner)
{
	return owner->is_owned && !owner->is_lost;
}

/**
 * rtc_sync_owner_sign_raw_ns() - when did it last show that it is there?
 * @owner: what was seen so far
 *
 * Return: CLOCK_MONOTONIC_RAW, ns; 0: never.
 */
s64 rtc_sync_owner_sign_raw_ns(const struct rtc_sync_owner *owner)
{
	return max(owner->hint_raw_ns, owner->word_raw_ns);
}

/**
 * rtc_sync_owner_again_raw_ns() - look once more then, also without a sync
 * @owner: what was seen so far
 *
 * Return: CLOCK_MONOTONIC_RAW, ns; S64_MAX: no need to.
 */
s64 rtc_sync_owner_again_raw_ns(const struct rtc_sync_owner *owner)
{
	return owner->is_lost ? owner->lost_raw_ns + PATIENCE_NS : S64_MAX;
}
