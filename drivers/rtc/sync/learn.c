// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: what the RTC gains on a clock that NTP keeps; the thread calls this.
 */
#include "drift.h"
#include "learn.h"

/* A daemon that has just come first moves the clock to where it wants it. */
#define SETTLE_S	300

/* Temperature and ageing change a rate over days; what was gained is now. */
#define RATE_MEMORY_S	RTC_SYNC_LEARN_MEMORY_S
#define GAIN_MEMORY_S	300
#define NOISE_MEMORY_S	3600

/* A rate watched for less says nothing that the next hour would confirm. */
#define WATCHED_MIN_S	RTC_SYNC_LEARN_MIN_S
#define COMPARED_MIN	8

/* Further off than any rate can explain: the clock was moved, or the RTC set. */
#define OUTLIER_NS	5000000

/* A gap this long is a break: nobody knows what happened meanwhile. */
#define GAP_MAX_S	(25 * 3600LL)

/* However long nobody has looked, one comparison is no more than this. */
#define WEIGHT_MAX_S	60

/* The sums below stay in 64 bits: 500 ppm of a day, nearly. */
#define DEVIATION_MAX_NS	(40 * RTC_SYNC_NS_PER_S)

static s64 size_ns(s64 ns)
{
	return ns < 0 ? -ns : ns;
}

/* The most there was of late. */
static s64 most_ns(s64 was_ns, s64 ns, s64 gone_s)
{
	gone_s = min_t(s64, gone_s, NOISE_MEMORY_S);
	return max(was_ns - div_s64(was_ns * gone_s, NOISE_MEMORY_S), ns);
}

/**
 * rtc_sync_learn_break() - somebody set the RTC, or the clock, or NTP was away
 * @learn: goes on from the next comparison, wherever that is
 */
void rtc_sync_learn_break(struct rtc_sync_learn *learn)
{
	s64 spell_s = rtc_sync_learn_length_s(learn);

	learn->square += spell_s * spell_s;
	learn->spell.weight_s = 0;
	learn->rtc_ns = 0;
	learn->is_anew = false;
}

/**
 * rtc_sync_learn_shift() - a leap second: all that was gained is more by so much
 * @learn: goes on
 * @ns: RTC time less true time has grown by this, ns
 */
void rtc_sync_learn_shift(struct rtc_sync_learn *learn, s64 ns)
{
	learn->gained_ns += ns;
	learn->spell.gained_ns += ns;
}

static void begin_spell(struct rtc_sync_learn *learn, s64 rtc_ns, s64 gained_ns)
{
	learn->rtc_ns = rtc_ns;
	learn->gained_ns = gained_ns;
	learn->is_anew = false;
	learn->spell = (struct rtc_sync_spell) {
		.begin_ns = rtc_ns,
		.mid_ns = rtc_ns,
		.gained_ns = gained_ns,
	};
}

/* What the RTC gains in so much of its time, at the rate that is known. */
static s64 gain_ns(const struct rtc_sync_learn *learn, s64 ns)
{
	return rtc_sync_scale_ppb(ns, rtc_sync_learn_rate_ppb(learn));
}

/* So far off, a comparison is none: more than the rate may be wrong. */
static s64 outlier_ns(const struct rtc_sync_learn *learn, s64 gone_ns)
{
	s32 error_ppb = RTC_SYNC_DRIFT_MAX_PPB;

	if (rtc_sync_learn_has_rate(learn))
		error_ppb = rtc_sync_learn_error_ppb(learn);
	return OUTLIER_NS + rtc_sync_scale_ppb(gone_ns, error_ppb);
}

/* What is old counts less. */
static void fade(struct rtc_sync_learn *learn, s64 gone_s)
{
	gone_s = min_t(s64, gone_s, RATE_MEMORY_S / 2);
	learn->spread -= div_s64(learn->spread, RATE_MEMORY_S) * gone_s;
	learn->moment -= div_s64(learn->moment, RATE_MEMORY_S) * gone_s;
	learn->prior -= div_s64(learn->prior, RATE_MEMORY_S) * gone_s;
	learn->said -= div_s64(learn->said, RATE_MEMORY_S) * gone_s;
	learn->square -= div_s64(learn->square, RATE_MEMORY_S) * gone_s;
	learn->spell.weight_s -= div_s64(learn->spell.weight_s * gone_s, RATE_MEMORY_S);
}

/* Turn the one slope of all spells' lines towards a comparison in this one. */
static void turn(struct rtc_sync_learn *learn, s64 rtc_ns, s64 gained_ns,
		 s64 weight_s)
{
	struct rtc_sync_spell *spell = &learn->spell;
	s64 since_ns = rtc_ns - spell->mid_ns;
	s64 since_s = div_s64(since_ns, RTC_SYNC_NS_PER_S);
	s64 off_ns = gained_ns - spell->gained_ns -
		     rtc_sync_scale_ppb(since_ns, learn->rate_ppb);
	s64 ppb;

	off_ns = clamp_t(s64, off_ns, -DEVIATION_MAX_NS, DEVIATION_MAX_NS);
	learn->spread += weight_s * since_s * since_s;
	learn->moment += weight_s * since_s * off_ns;
	if (!learn->spread)
		return;
	ppb = div64_s64(learn->moment, learn->spread);
	learn->moment -= ppb * learn->spread;
	learn->rate_ppb += ppb;
	if (learn->rate_ppb != rtc_sync_learn_rate_ppb(learn)) {
		learn->rate_ppb = rtc_sync_learn_rate_ppb(learn);
		learn->moment = 0;
	}
}

/* The middle of the spell moves on. */
static void include(struct rtc_sync_learn *learn, s64 rtc_ns, s64 gained_ns,
		    s64 weight_s)
{
	struct rtc_sync_spell *spell = &learn->spell;

	/* The first one was not alone, either. */
	if (!spell->weight_s)
		spell->weight_s = weight_s;
	spell->weight_s += weight_s;
	spell->mid_ns += div64_s64((rtc_ns - spell->mid_ns) * weight_s,
				   spell->weight_s);
	spell->gained_ns += div64_s64((gained_ns - spell->gained_ns) * weight_s,
				      spell->weight_s);
}

/**
 * rtc_sync_learn_feed() - compare the RTC with a clock that NTP keeps
 * @learn: what is known so far
 * @rtc_ns: RTC time, ns since 1970, > 0
 * @gained_ns: RTC time less system time, ns
 * @error_ns: RTC time is no further off than this, ns, >= 0
 */
void rtc_sync_learn_feed(struct rtc_sync_learn *learn, s64 rtc_ns,
			 s64 gained_ns, s64 error_ns)
{
	s64 gone_ns = rtc_ns - learn->rtc_ns;
	s64 weight_s;
	s64 gone_s;
	s64 off_ns;

	if (!learn->rtc_ns || gone_ns < 0 ||
	    gone_ns > GAP_MAX_S * RTC_SYNC_NS_PER_S) {
		rtc_sync_learn_break(learn);
		begin_spell(learn, rtc_ns, gained_ns);
		return;
	}
	gone_s = div_s64(gone_ns + RTC_SYNC_NS_PER_S / 2, RTC_SYNC_NS_PER_S);
	if (!gone_s)
		return;

	learn->watched_s += gone_s;
	off_ns = gained_ns - learn->gained_ns - gain_ns(learn, gone_ns);
	if (learn->is_anew)
		rtc_sync_learn_break(learn);
	if (learn->watched_s <= SETTLE_S || !learn->rtc_ns) {
		begin_spell(learn, rtc_ns, gained_ns);
		return;
	}
	if (size_ns(off_ns) > outlier_ns(learn, gone_ns)) {
		/* Again and again: then it is the rate that is wrong. */
		rtc_sync_learn_break(learn);
		learn->square >>= 2;
		learn->spread >>= 2;
		learn->prior >>= 2;
		learn->said >>= 2;
		learn->moment >>= 2;
		begin_spell(learn, rtc_ns, gained_ns);
		return;
	}

	learn->rtc_ns = rtc_ns;
	learn->gained_ns += gain_ns(learn, gone_ns) +
		div64_s64(off_ns * gone_s, gone_s +
			  min_t(s64, rtc_sync_learn_length_s(learn), GAIN_MEMORY_S));
	learn->noise_ns = most_ns(learn->noise_ns, size_ns(off_ns) + error_ns,
				  gone_s);

	if (learn->compared < COMPARED_MIN)
		learn->compared++;
	weight_s = min_t(s64, gone_s, WEIGHT_MAX_S);
	fade(learn, gone_s);
	turn(learn, rtc_ns, gained_ns, weight_s);
	include(learn, rtc_ns, gained_ns, weight_s);
	off_ns = gained_ns - learn->spell.gained_ns -
		 gain_ns(learn, rtc_ns - learn->spell.mid_ns);
	learn->stray_ns = most_ns(learn->stray_ns, size_ns(off_ns) + error_ns,
				  gone_s);
}

/**
 * rtc_sync_learn_has_anchor() - is it known what the RTC has gained so far?
 * @learn: what is known so far
 *
 * Return: true if the two were compared after NTP had settled, and neither was
 * set since.
 */
bool rtc_sync_learn_has_anchor(const struct rtc_sync_learn *learn)
{
	return learn->rtc_ns && learn->watched_s > SETTLE_S;
}

/**
 * rtc_sync_learn_has_rate() - is the rate worth anything?
 * @learn: what is known so far
 *
 * Return: true after a quarter of an hour with NTP, and some comparisons; and if
 * that was so before the last boot, and is remembered.
 */
bool rtc_sync_learn_has_rate(const struct rtc_sync_learn *learn)
{
	return learn->prior || rtc_sync_learn_has_watched(learn);
}

/**
 * rtc_sync_learn_has_watched() - is the rate worth anything by itself?
 * @learn: what is known so far
 *
 * Return: true after a quarter of an hour with NTP, and some comparisons.
 */
bool rtc_sync_learn_has_watched(const struct rtc_sync_learn *learn)
{
	return learn->watched_s >= SETTLE_S + WATCHED_MIN_S &&
	       learn->compared >= COMPARED_MIN;
}

/**
 * rtc_sync_learn_rate_ppb() - what the RTC gains
 * @learn: what is known so far
 *
 * Return: ppb, within +-%RTC_SYNC_DRIFT_MAX_PPB.
 */
s32 rtc_sync_learn_rate_ppb(const struct rtc_sync_learn *learn)
{
	return (s32)clamp_t(s64, learn->rate_ppb, -RTC_SYNC_DRIFT_MAX_PPB,
			    RTC_SYNC_DRIFT_MAX_PPB);
}
