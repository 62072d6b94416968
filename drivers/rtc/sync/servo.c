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

/* The first sync is exact: it corrects whatever a boot left behind. */
#define FIRST_THRESHOLD_NS	20000

static s64 size_ns(s64 offset_ns)
{
	return offset_ns < 0 ? -offset_ns : offset_ns;
}

/**
 * rtc_sync_servo_decide() - what to do with the system clock
 * @servo: what was done so far; updated as if the order will be carried out
 * @policy: what the user allows
 * @sample: the clock against the RTC
 *
 * A step is ordered only if the clock is off for certain: by more than the
 * error of the measurement.
 *
 * Return: the order.
 */
enum rtc_sync_order rtc_sync_servo_decide(struct rtc_sync_servo *servo,
					  const struct rtc_sync_policy *policy,
					  const struct rtc_sync_sample *sample)
{
	s64 off_ns = size_ns(sample->offset_ns);
	bool is_later = servo->has_synced && !sample->is_ordered;
	s64 threshold_ns = FIRST_THRESHOLD_NS;

	if (!policy->may_step)
		return RTC_SYNC_HOLD;

	if (!sample->is_locked) {
		if (servo->has_second || servo->has_synced)
			return RTC_SYNC_HOLD;
		threshold_ns = COARSE_NS;
		servo->has_second = true;
	} else if (is_later) {
		threshold_ns = policy->step_threshold_ns;
		if (policy->max_step_s &&
		    off_ns > policy->max_step_s * RTC_SYNC_NS_PER_S)
			return RTC_SYNC_REFUSE;
	} else {
		servo->has_synced = true;
	}

	if (off_ns <= threshold_ns || off_ns <= sample->error_ns)
		return RTC_SYNC_HOLD;
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
