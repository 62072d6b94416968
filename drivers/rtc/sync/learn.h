/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PURE: what the RTC gains on a clock that NTP keeps.
 *
 * One comparison a sync, while NTP is there. All in a row, until somebody sets the
 * RTC or the clock, are a spell, and through each goes a straight line; all these
 * lines have one slope. It is the least squares' one, kept up from comparison to
 * comparison, with a memory that fades. So many short spells add up to a long one,
 * though to a shorter one than their sum.
 */
#ifndef RTC_SYNC_LEARN_H
#define RTC_SYNC_LEARN_H

#include "span.h"
#include "trim.h"

/* Temperature and ageing change a rate over days. */
#define RTC_SYNC_LEARN_MEMORY_S	86400

/* A rate watched for less says nothing that the next hour would confirm. */
#define RTC_SYNC_LEARN_MIN_S	900

/**
 * struct rtc_sync_spell - comparisons of which neither clock was set between
 * @begin_ns: the first, RTC time, ns since 1970
 * @mid_ns: their mean, RTC time, ns since 1970
 * @gained_ns: RTC time less true time then, ns
 * @weight_s: how much they weigh together, s; 0: none yet
 */
struct rtc_sync_spell {
	s64 begin_ns;
	s64 mid_ns;
	s64 gained_ns;
	s64 weight_s;
};

/**
 * struct rtc_sync_learn - the RTC against true time
 * @rtc_ns: the last comparison, RTC time, ns since 1970; 0: none since a break
 * @gained_ns: RTC time less true time then, smoothed, ns
 * @noise_ns: @gained_ns is hardly further off than this, ns
 * @watched_s: time watched, s
 * @compared: comparisons since the clock settled, as far as that counts
 * @rate_ppb: what the RTC gains, ppb; negative: it loses
 * @moment: what is missing in @rate_ppb, times @spread
 * @spread: the squares of the times from the spells' middles, weighted, s^3
 * @prior: how much of @spread was not seen in spells, but known before, s^3
 * @prior_ppb: what was known so is no further off than this, ppb, >= 0
 * @said: how much of @spread is nothing but a person's word, s^3
 * @square: the squares of the lengths of past spells, s^2
 * @stray_ns: how far comparisons are from their spell's line, and how wrong they
 *	may be, the most of late, ns
 * @spell: the present one
 * @is_anew: the next comparison begins another one
 */
struct rtc_sync_learn {
	s64 rtc_ns;
	s64 gained_ns;
	s64 noise_ns;
	s64 watched_s;
	u8 compared;
	s64 rate_ppb;
	s64 moment;
	s64 spread;
	s64 prior;
	s64 prior_ppb;
	s64 said;
	s64 square;
	s64 stray_ns;
	struct rtc_sync_spell spell;
	bool is_anew;
};

void rtc_sync_learn_seed(struct rtc_sync_learn *learn, s32 rate_ppb);
void rtc_sync_learn_recall(struct rtc_sync_learn *learn, s32 rate_ppb,
			   s32 error_ppb, s64 watched_s);
void rtc_sync_learn_was_trimmed(struct rtc_sync_learn *learn,
				const struct rtc_sync_retrim *change, s64 rtc_ns);
void rtc_sync_learn_break(struct rtc_sync_learn *learn);
void rtc_sync_learn_shift(struct rtc_sync_learn *learn, s64 ns);
void rtc_sync_learn_feed(struct rtc_sync_learn *learn, s64 rtc_ns,
			 s64 gained_ns, s64 error_ns);
s64 rtc_sync_learn_length_s(const struct rtc_sync_learn *learn);
bool rtc_sync_learn_has_anchor(const struct rtc_sync_learn *learn);
bool rtc_sync_learn_has_rate(const struct rtc_sync_learn *learn);
s32 rtc_sync_learn_rate_ppb(const struct rtc_sync_learn *learn);
bool rtc_sync_learn_has_watched(const struct rtc_sync_learn *learn);
s32 rtc_sync_learn_error_ppb(const struct rtc_sync_learn *learn);
s32 rtc_sync_learn_proof_ppb(const struct rtc_sync_learn *learn);

#endif /* RTC_SYNC_LEARN_H */
