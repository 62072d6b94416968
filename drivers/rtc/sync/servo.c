// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: hold, step, slew or refuse; the thread calls this once a sync.
 */
#include "servo.h"

/*
 * Before the edge is known, only a clock that is in another second altogether is
 * set. Kernel hctosys leaves it up to 0.5 s off: that can wait for the edge.
 */
#define COARSE_NS		RTC_SYNC_NS_PER_S

/* An RTC that has lost time since the last sync is not what the clock is set by. */
#define SUSPECT_NS		RTC_SYNC_NS_PER_S

/* The first sync is exact: it corrects whatever a boot left behind. */
#define FIRST_THRESHOLD_NS	20000

/* Slew again only when the oscillator is well within what can be done. */
#define BEYOND_HYSTERESIS_PPB	10000

/* An offset is made up for in this time, or in an interval if that is less. */
#define SLEW_S			16

/* The same while the edge is still being cut, each second: the first millisecond. */
#define SETTLE_SLEW_S		4

/* Where there is hardly room for it a slew takes centuries; a sum with this still fits. */
#define SLEW_MAX_MS		4000000000000LL

static s64 size_ns(s64 offset_ns)
{
	return offset_ns < 0 ? -offset_ns : offset_ns;
}

/* Is it so far off that it is not to be followed without a word from a person? */
static bool is_incredible(const struct rtc_sync_policy *policy,
			  const struct rtc_sync_sample *sample)
{
	s64 off_ns = size_ns(sample->offset_ns);

	if (sample->is_suspect && off_ns > SUSPECT_NS)
		return true;
	return policy->max_step_s &&
	       off_ns > policy->max_step_s * RTC_SYNC_NS_PER_S;
}

/* Can the clock be kept by its frequency alone? */
static bool is_slewing(struct rtc_sync_servo *servo,
		       const struct rtc_sync_policy *policy,
		       const struct rtc_sync_sample *sample)
{
	s64 limit_ppb = RTC_SYNC_SLEW_MAX_PPB;

	if (!sample->is_locked)
		return false;
	if (servo->is_beyond)
		limit_ppb -= BEYOND_HYSTERESIS_PPB;
	servo->is_beyond = policy->may_slew && size_ns(sample->freq_ppb) > limit_ppb;
	return policy->may_slew && !servo->is_beyond;
}

/* What the clock may be off before it is set: what the user says, or the default. */
static s64 dead_band_ns(const struct rtc_sync_policy *policy, bool is_slewing)
{
	if (policy->step_threshold_ns)
		return policy->step_threshold_ns;
	return is_slewing ? RTC_SYNC_SLEW_THRESHOLD_NS :
			    RTC_SYNC_STEP_THRESHOLD_NS;
}

/* The same, less in the first syncs. */
static s64 threshold_ns(const struct rtc_sync_servo *servo,
			const struct rtc_sync_policy *policy,
			const struct rtc_sync_sample *sample, bool is_slewing)
{
	s64 later_ns = dead_band_ns(policy, is_slewing);

	if (!sample->is_locked)
		return COARSE_NS;
	if (is_slewing)
		return servo->has_first || servo->has_synced ?
		       later_ns : FIRST_THRESHOLD_NS;
	if (sample->is_ordered)
		return FIRST_THRESHOLD_NS;
	if (servo->has_synced || (servo->has_first && !sample->is_settled))
		return later_ns;
	if (servo->has_stepped_back && sample->offset_ns < 0)
		return later_ns;
	return FIRST_THRESHOLD_NS;
}

/**
 * rtc_sync_servo_decide() - what to do with the system clock
 * @servo: what was done so far; updated as if the order will be carried out
 * @policy: what the user allows
 * @sample: the clock against the RTC
 *
 * A step is ordered only if the clock is off for certain: by more than the
 * error of the measurement. Before the edge is known that is to the right second
 * and no better. Then, if it can be slewed, the clock is made exact when the edge
 * is first known, and slewed ever after. Else it is made exact twice: when the
 * edge is first known, and when it is known as well as it can be; it goes back
 * only once by that. From then on the dead band rules.
 *
 * Return: the order.
 */
enum rtc_sync_order rtc_sync_servo_decide(struct rtc_sync_servo *servo,
					  const struct rtc_sync_policy *policy,
					  const struct rtc_sync_sample *sample)
{
	bool slews = is_slewing(servo, policy, sample);
	s64 off_ns = size_ns(sample->offset_ns);
	s64 over_ns = max(threshold_ns(servo, policy, sample, slews),
			  sample->error_ns);

	/* Who has only watched for long is no newcomer either. */
	if (!policy->may_step) {
		servo->has_synced |= sample->is_settled;
		return RTC_SYNC_HOLD;
	}
	if (!sample->is_locked && servo->has_synced)
		return RTC_SYNC_HOLD;
	if (servo->has_synced && !sample->is_ordered &&
	    is_incredible(policy, sample))
		return RTC_SYNC_REFUSE;

	servo->has_synced |= sample->is_settled;
	/* To hold for want of knowledge is no sync yet; a slew needs no more. */
	servo->has_first |= sample->is_locked && (slews || off_ns > over_ns);
	if (off_ns <= over_ns)
		return slews ? RTC_SYNC_SLEW : RTC_SYNC_HOLD;
	if (sample->is_locked && sample->offset_ns < 0)
		servo->has_stepped_back = true;
	return RTC_SYNC_STEP;
}

/**
 * rtc_sync_servo_slew() - by how much to move the clock's frequency
 * @sample: the clock against the RTC
 * @interval_s: until the next sync, s, > 0
 *
 * The clock keeps up with the RTC by @sample->freq_ppb; the rest makes up for
 * the offset, in 16 s or less, and ends when that is done, should the next sync
 * come late.
 *
 * Return: the slew.
 */
struct rtc_sync_slew rtc_sync_servo_slew(const struct rtc_sync_sample *sample,
					 u32 interval_s)
{
	s32 within_s = (s32)min_t(u32, interval_s,
			     sample->is_settled ? SLEW_S : SETTLE_SLEW_S);
	struct rtc_sync_slew slew;
	s64 offset_ppb;

	slew.rest_ppb = clamp_t(s64, sample->freq_ppb, -RTC_SYNC_SLEW_MAX_PPB,
				RTC_SYNC_SLEW_MAX_PPB);
	slew.freq_ppb = clamp_t(s64, slew.rest_ppb +
				div_s64(sample->offset_ns, within_s),
				-RTC_SYNC_SLEW_MAX_PPB, RTC_SYNC_SLEW_MAX_PPB);
	offset_ppb = slew.freq_ppb - slew.rest_ppb;
	slew.duration_ns = 0;
	if (offset_ppb)
		slew.duration_ns = min_t(s64, SLEW_MAX_MS,
					 div64_s64(sample->offset_ns * 1000, offset_ppb)) *
				   (RTC_SYNC_NS_PER_S / 1000);
	return slew;
}

/**
 * rtc_sync_sample_bound_ns() - how far off the system clock can be
 * @sample: the clock against the RTC
 *
 * Return: ns, >= 0: the offset and what may be wrong with it.
 */
s64 rtc_sync_sample_bound_ns(const struct rtc_sync_sample *sample)
{
	return size_ns(sample->offset_ns) + sample->error_ns;
}
