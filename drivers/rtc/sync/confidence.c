// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: how well the RTC's rate is known, what came before it was watched, and what
 * a trim leaves of all that. What is seen while it is watched is in learn.c.
 */
#include "drift.h"
#include "learn.h"

/* A rate that somebody knows is worth as much as one watched for two hours. */
#define SEED_S		7200LL

/* A person's word may be off by so much, where it is not to be taken for the truth. */
#define SAID_PPB	100000

/* No rate is known better than this, whatever the sums say. */
#define ERROR_MIN_PPB	10

/* The whole part of a square root, of less than 2^62. */
static s64 root(s64 square)
{
	s64 bit = 1LL << 30;
	s64 found = 0;

	for (; bit; bit >>= 1)
		if ((found + bit) * (found + bit) <= square)
			found += bit;
	return found;
}

/**
 * rtc_sync_learn_seed() - somebody knows the rate, from before the last boot
 * @learn: overwritten
 * @rate_ppb: what the RTC gains, ppb, within +-%RTC_SYNC_DRIFT_MAX_PPB
 */
void rtc_sync_learn_seed(struct rtc_sync_learn *learn, s32 rate_ppb)
{
	*learn = (struct rtc_sync_learn) {
		.rate_ppb = rate_ppb,
		.spread = SEED_S * SEED_S * SEED_S / 12,
		.said = SEED_S * SEED_S * SEED_S / 12,
		.square = SEED_S * SEED_S,
	};
}

/**
 * rtc_sync_learn_recall() - the rate was learned before the last boot
 * @learn: overwritten
 * @rate_ppb: what the RTC gains, ppb, within +-%RTC_SYNC_DRIFT_MAX_PPB
 * @error_ppb: it is no further off than this, ppb, > 0
 * @watched_s: it was watched for so long, s; counts for two hours at most
 */
void rtc_sync_learn_recall(struct rtc_sync_learn *learn, s32 rate_ppb,
			   s32 error_ppb, s64 watched_s)
{
	s64 s = clamp_t(s64, watched_s, RTC_SYNC_LEARN_MIN_S, SEED_S);

	*learn = (struct rtc_sync_learn) {
		.rate_ppb = rate_ppb,
		.spread = div_s64(s * s * s, 12),
		.prior = div_s64(s * s * s, 12),
		.prior_ppb = error_ppb,
	};
}

/**
 * rtc_sync_learn_length_s() - how long the present spell has lasted
 * @learn: what is known so far
 *
 * Return: s, >= 0, no more than counts.
 */
s64 rtc_sync_learn_length_s(const struct rtc_sync_learn *learn)
{
	if (!learn->spell.weight_s)
		return 0;
	return min_t(s64, div_s64(learn->rtc_ns - learn->spell.begin_ns,
				  RTC_SYNC_NS_PER_S), 2 * RTC_SYNC_LEARN_MEMORY_S);
}

/* What is seen in spells may be off by this. */
static s64 seen_error_ppb(const struct rtc_sync_learn *learn)
{
	s64 spell_s = rtc_sync_learn_length_s(learn);
	s64 sum_s = root(learn->square + spell_s * spell_s);

	if (!sum_s)
		return RTC_SYNC_DRIFT_MAX_PPB;
	return min_t(s64, div64_s64(4 * learn->stray_ns, sum_s) + ERROR_MIN_PPB,
		     RTC_SYNC_DRIFT_MAX_PPB);
}

/* What a part of the weight is off, in all of it; in units of 2^12 s^3. */
static s64 share_of(const struct rtc_sync_learn *learn, s64 weight, s64 ppb)
{
	return div64_s64((weight >> 12) * ppb, max_t(s64, learn->spread >> 12, 1));
}

/**
 * rtc_sync_learn_error_ppb() - how wrong that may be
 * @learn: what is known so far; has a rate
 *
 * The slope of a line through a spell is off by no more than three times what its
 * points are off, over its length, be that ever so unlucky; four times, for what
 * the line has made its points look better by. One spell has nothing to do with the
 * next, so their lengths add up as squares. It supposes that the RTC's rate stays
 * what it was, and that what NTP is off comes and goes faster than spells do:
 * temperature, age and a slow swing of NTP's are on top. What was known before counts
 * by its weight among them, and so does its error.
 *
 * Return: ppb, > 0.
 */
s32 rtc_sync_learn_error_ppb(const struct rtc_sync_learn *learn)
{
	s64 seen_ppb = seen_error_ppb(learn);

	if (!learn->prior)
		return (s32)seen_ppb;
	seen_ppb -= share_of(learn, learn->prior, seen_ppb);
	return (s32)clamp_t(s64, seen_ppb + share_of(learn, learn->prior, learn->prior_ppb) + 1,
			    ERROR_MIN_PPB, RTC_SYNC_DRIFT_MAX_PPB);
}

/**
 * rtc_sync_learn_proof_ppb() - how wrong that may be, whatever a person said
 * @learn: what is known so far; has a rate
 *
 * For what can't be taken back by saying something else.
 *
 * Return: ppb, > 0.
 */
s32 rtc_sync_learn_proof_ppb(const struct rtc_sync_learn *learn)
{
	return (s32)min_t(s64, rtc_sync_learn_error_ppb(learn) +
			       share_of(learn, learn->said, SAID_PPB),
			  RTC_SYNC_DRIFT_MAX_PPB);
}

/* All that was seen until now is but one thing that is known, and less well. */
static void sum_up(struct rtc_sync_learn *learn, s32 slack_ppb)
{
	if (rtc_sync_learn_has_rate(learn)) {
		learn->prior_ppb = rtc_sync_learn_error_ppb(learn) + slack_ppb;
		learn->prior = learn->spread;
		learn->square = 0;
		learn->spell.weight_s = 0;
	}
	learn->is_anew = learn->rtc_ns;
}

/**
 * rtc_sync_learn_was_trimmed() - the RTC runs at another rate from now on
 * @learn: as if it had always run at that
 * @change: by how much, and how sure that is
 * @rtc_ns: RTC time, ns since 1970
 *
 * What was compared is moved to where it would have been. If the change is not exact,
 * or not at once, the comparisons to come are not put into one line with it; the next
 * of them has to wait until it acts.
 */
void rtc_sync_learn_was_trimmed(struct rtc_sync_learn *learn,
				const struct rtc_sync_retrim *change, s64 rtc_ns)
{
	s64 late_ns = rtc_sync_scale_ppb(change->lag_ns, change->by_ppb);

	if (learn->rtc_ns) {
		learn->gained_ns -= rtc_sync_scale_ppb(rtc_ns - learn->rtc_ns,
						       change->by_ppb);
		learn->spell.gained_ns -= rtc_sync_scale_ppb(rtc_ns - learn->spell.mid_ns,
							     change->by_ppb);
		learn->noise_ns += late_ns < 0 ? -late_ns : late_ns;
	}
	learn->rate_ppb = clamp_t(s64, learn->rate_ppb + change->by_ppb,
				  -RTC_SYNC_DRIFT_MAX_PPB, RTC_SYNC_DRIFT_MAX_PPB);
	if (change->slack_ppb)
		sum_up(learn, change->slack_ppb);
	else if (change->lag_ns && learn->rtc_ns)
		learn->is_anew = true;
}
