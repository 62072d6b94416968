/* SPDX-License-Identifier: GPL-2.0-only */
/* When a reading comes, for the unit tests of the phase and for its fuzz target. */
#ifndef TESTS_UNIT_READINGS_H
#define TESTS_UNIT_READINGS_H

#include "../../drivers/rtc/sync/phase.h"
#include "random.h"

/* Anywhere in the next minutes, or near a predicted edge as the tracker reads. */
static inline s64 next_instant(const struct rtc_sync_phase *phase, s64 raw_ns)
{
	struct rtc_sync_window window;
	s64 aim_raw_ns;

	if (random_one_in(3))
		return raw_ns + random_up_to(100 * RTC_SYNC_NS_PER_S);
	window = rtc_sync_phase_at(phase, phase->window.sec + random_up_to(60));
	aim_raw_ns = rtc_sync_span_mid(&window.edge_raw_ns) +
		     random_signed(rtc_sync_span_width(&window.edge_raw_ns) + 1);
	return max(aim_raw_ns, raw_ns + 1);
}

#endif /* TESTS_UNIT_READINGS_H */
