// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: hold, step or refuse; the thread calls this once a sync.
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

/* What the clock may be off before it is set. */
static s64 threshold_ns(const struct rtc_sync_servo *servo,
			const struct rtc_sync_policy *policy,
			const struct rtc_sync_sample *sample)
{
	if (!sample->is_locked)
		return COARSE_NS;
	if (sample->is_ordered)
		return FIRST_THRESHOLD_NS;
	if (servo->has_synced || (servo->has_first && !sample->is_settled))
		return policy->step_threshold_ns;
	if (servo->has_stepped_back && sample->offset_ns < 0)
		return policy->step_threshold_ns;
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
 * and no better. Then the clock is made exact twice: when the edge is first
 * known, and when it is known as well as it can be; it goes back only once by
 * that. From then on the dead band rules.
 *
 * Return: the order.
 */
enum rtc_sync_order rtc_sync_servo_decide(struct rtc_sync_servo *servo,
					  const struct rtc_sync_policy *policy,
					  const struct rtc_sync_sample *sample)
{
	s64 off_ns = size_ns(sample->offset_ns);
	s64 over_ns = max(threshold_ns(servo, policy, sample), sample->error_ns);

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
	if (off_ns <= over_ns)
		return RTC_SYNC_HOLD;
	/* To hold for want of knowledge is no sync yet. */
	servo->has_first |= sample->is_locked;
	if (sample->is_locked && sample->offset_ns < 0)
		servo->has_stepped_back = true;
	return RTC_SYNC_STEP;
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
