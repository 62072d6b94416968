// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the window that holds although a reading was garbled; the tracker calls this.
 */
#include "sure.h"

/* A reading that is garbled by more is another second altogether: a jump. */
#define GARBLED_NS	RTC_SYNC_NS_PER_S

/**
 * rtc_sync_sure_begin() - start from one reading, which may be garbled itself
 * @sure: overwritten
 * @sec: the RTC second that was read, s since 1970
 * @latch_raw_ns: when the chip latched it
 * @period_ppb: what is known of the rate, ppb
 */
void rtc_sync_sure_begin(struct rtc_sync_sure *sure, time64_t sec,
			 const struct rtc_sync_span *latch_raw_ns,
			 const struct rtc_sync_span *period_ppb)
{
	struct rtc_sync_phase one;

	rtc_sync_phase_begin(&one, sec, latch_raw_ns, period_ppb);
	rtc_sync_sure_rerate(sure, &one.window, GARBLED_NS);
}

/**
 * rtc_sync_sure_rerate() - what was said before does not count any more
 * @sure: overwritten
 * @window: one second, and the rate from then on
 * @blur_ns: its edge may lie this far beside it, ns, >= 0
 */
void rtc_sync_sure_rerate(struct rtc_sync_sure *sure,
			  const struct rtc_sync_window *window, s64 blur_ns)
{
	rtc_sync_phase_rerate(&sure->phase, window, blur_ns);
	sure->count = 0;
}

/* A mark at another second, as late as it can be, or as early. */
static s64 carried_ns(const struct rtc_sync_mark *mark, time64_t sec,
		      const struct rtc_sync_span *period_ppb, bool is_late)
{
	s64 s = sec - mark->sec;
	s64 stray_ns = rtc_sync_rate_wander_ns(s < 0 ? -s : s);
	s64 ppb = is_late == (s >= 0) ? period_ppb->hi : period_ppb->lo;

	return mark->raw_ns + s * (RTC_SYNC_NS_PER_S + ppb) +
	       (is_late ? stray_ns : -stray_ns);
}

/*
 * Puts a new mark among @count that are sorted, the tightest first, and brings them
 * all to its second.
 */
static void sort_in(struct rtc_sync_mark *marks, u8 count, struct rtc_sync_mark mark,
		    const struct rtc_sync_span *period_ppb, bool is_late)
{
	int i;

	for (i = 0; i < count; i++) {
		marks[i].raw_ns = carried_ns(&marks[i], mark.sec, period_ppb, is_late);
		marks[i].sec = mark.sec;
	}
	for (i = count; i > 0; i--) {
		if (is_late ? marks[i - 1].raw_ns <= mark.raw_ns :
			      marks[i - 1].raw_ns >= mark.raw_ns)
			break;
		if (i < RTC_SYNC_WITNESSES_IN_DOUBT)
			marks[i] = marks[i - 1];
	}
	if (i < RTC_SYNC_WITNESSES_IN_DOUBT)
		marks[i] = mark;
}

/**
 * rtc_sync_sure_add() - what a reading says, if others have said as much
 * @sure: on return its window is that of a second after the one read
 * @sec: the RTC second that was read, s since 1970
 * @latch_raw_ns: when the chip latched it
 * @witnesses: how many must have said it, 1..RTC_SYNC_WITNESSES_IN_DOUBT
 *
 * Of the tightest that as many have said, the weakest counts: it is true unless all
 * of them are garbled. The tighter ones wait for witnesses.
 */
void rtc_sync_sure_add(struct rtc_sync_sure *sure, time64_t sec,
		       const struct rtc_sync_span *latch_raw_ns, u8 witnesses)
{
	struct rtc_sync_span period_ppb = sure->phase.window.period_ppb;
	struct rtc_sync_span said = {
		.lo = latch_raw_ns->lo - GARBLED_NS,
		.hi = latch_raw_ns->hi + GARBLED_NS,
	};

	sort_in(sure->no_later, sure->count,
		(struct rtc_sync_mark) { sec, latch_raw_ns->hi }, &period_ppb, true);
	sort_in(sure->no_earlier, sure->count,
		(struct rtc_sync_mark) { sec + 1, latch_raw_ns->lo }, &period_ppb, false);
	if (sure->count < RTC_SYNC_WITNESSES_IN_DOUBT)
		sure->count++;
	/* A reading says nothing of what is further than a second from it. */
	if (sure->count >= witnesses) {
		said.lo = clamp(sure->no_earlier[witnesses - 1].raw_ns, said.lo,
				latch_raw_ns->lo);
		said.hi = clamp(sure->no_later[witnesses - 1].raw_ns,
				latch_raw_ns->hi, said.hi);
	}
	if (rtc_sync_phase_apply(&sure->phase, sec, &said) == RTC_SYNC_JUMP)
		rtc_sync_sure_begin(sure, sec, latch_raw_ns, &period_ppb);
}
