// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: where the edges of the RTC's seconds lie; the tracker calls this.
 */
#include "phase.h"

/* A reading this far beside the window is no jitter: the RTC shows another second. */
#define JUMP_NS		(RTC_SYNC_NS_PER_S / 2)

/* Beyond this the sums below would leave 64 bits. */
#define GAP_MAX_S	(10LL * 366 * 86400)

/* How far an edge can lie from a mark, with the rate known at a third second. */
static s64 stray_ns(time64_t mark, time64_t known, time64_t sec)
{
	return rtc_sync_rate_wander_ns(known > mark ? known - mark : mark - known) +
	       rtc_sync_rate_wander_ns(sec > known ? sec - known : known - sec);
}

/**
 * rtc_sync_phase_at() - the window at another second
 * @phase: what the readings so far add up to
 * @sec: the second, s since 1970, at most ten years from the last reading; one
 *	before @phase->window.sec gives the latter
 *
 * Return: where its edge lies, and the rate then.
 */
struct rtc_sync_window rtc_sync_phase_at(const struct rtc_sync_phase *phase,
					 time64_t sec)
{
	const struct rtc_sync_window *last = &phase->window;
	s64 ahead_s = clamp_t(s64, sec - last->sec, 0, GAP_MAX_S);
	s64 ahead_ns = ahead_s * RTC_SYNC_NS_PER_S;
	s64 stray = rtc_sync_rate_wander_ns(ahead_s);
	const struct rtc_sync_mark *mark;
	struct rtc_sync_window at;
	s64 from_s;
	int i;

	at.sec = last->sec + ahead_s;
	at.edge_raw_ns.lo = last->edge_raw_ns.lo + ahead_ns +
			    ahead_s * last->period_ppb.lo - stray;
	at.edge_raw_ns.hi = last->edge_raw_ns.hi + ahead_ns +
			    ahead_s * last->period_ppb.hi + stray;
	at.period_ppb = rtc_sync_rate_later(&last->period_ppb, ahead_s);

	for (i = 0; i < phase->no_later.count; i++) {
		mark = &phase->no_later.mark[i];
		from_s = at.sec - mark->sec;
		at.edge_raw_ns.hi = min(at.edge_raw_ns.hi, mark->raw_ns +
			from_s * (RTC_SYNC_NS_PER_S + last->period_ppb.hi) +
			stray_ns(mark->sec, last->sec, at.sec));
	}
	for (i = 0; i < phase->no_earlier.count; i++) {
		mark = &phase->no_earlier.mark[i];
		from_s = at.sec - mark->sec;
		at.edge_raw_ns.lo = max(at.edge_raw_ns.lo, mark->raw_ns +
			from_s * (RTC_SYNC_NS_PER_S + last->period_ppb.lo) -
			stray_ns(mark->sec, last->sec, at.sec));
	}
	return at;
}

/* Start over with a window and no marks but its two ends. */
static void restart(struct rtc_sync_phase *phase,
		    const struct rtc_sync_window *window)
{
	struct rtc_sync_window from = *window;

	*phase = (struct rtc_sync_phase) { .window = from };
	rtc_sync_marks_add(&phase->no_earlier, from.sec, from.edge_raw_ns.lo);
	rtc_sync_marks_add(&phase->no_later, from.sec, from.edge_raw_ns.hi);
}

/**
 * rtc_sync_phase_begin() - start from one reading
 * @phase: overwritten
 * @sec: the RTC second that was read, s since 1970
 * @latch_raw_ns: when the chip latched it
 * @period_ppb: what is known of the rate, ppb
 *
 * The next second begins after the latch, and no later than one second after.
 */
void rtc_sync_phase_begin(struct rtc_sync_phase *phase, time64_t sec,
			  const struct rtc_sync_span *latch_raw_ns,
			  const struct rtc_sync_span *period_ppb)
{
	struct rtc_sync_window window = {
		.sec = sec + 1,
		.edge_raw_ns.lo = latch_raw_ns->lo,
		.edge_raw_ns.hi = latch_raw_ns->hi + RTC_SYNC_NS_PER_S +
				  period_ppb->hi,
		.period_ppb = *period_ppb,
	};

	restart(phase, &window);
}

/**
 * rtc_sync_phase_rerate() - the rate is another one: marks of the old one are void
 * @phase: overwritten
 * @window: one second, and the rate from then on
 * @blur_ns: its edge may lie this far beside it, ns, >= 0
 */
void rtc_sync_phase_rerate(struct rtc_sync_phase *phase,
			   const struct rtc_sync_window *window, s64 blur_ns)
{
	struct rtc_sync_window blurred = *window;

	blurred.edge_raw_ns.lo -= blur_ns;
	blurred.edge_raw_ns.hi += blur_ns;
	restart(phase, &blurred);
}

/* RTC time that passes in @raw_ns: rtc = raw - rtc * ppb, solved by iteration. */
static s64 raw_to_rtc_ns(s64 raw_ns, s64 period_ppb)
{
	s64 rtc_ns = raw_ns;
	int i;

	/* Each round is a thousand times nearer: 1 ns in 30 years after six. */
	for (i = 0; i < 6; i++)
		rtc_ns = raw_ns - rtc_sync_scale_ppb(rtc_ns, period_ppb);
	return rtc_ns;
}

/**
 * rtc_sync_window_time_ns() - what time it is by the RTC
 * @window: where one of its seconds began
 * @raw_ns: the instant, CLOCK_MONOTONIC_RAW, ns
 * @error_ns: if not NULL: the RTC's time differs by no more than this, ns, >= 0
 *
 * Return: RTC time, ns since 1970, to a fraction of a second.
 */
s64 rtc_sync_window_time_ns(const struct rtc_sync_window *window, s64 raw_ns,
			    s64 *error_ns)
{
	s64 since_ns = raw_ns - rtc_sync_span_mid(&window->edge_raw_ns);
	s64 age_ns = since_ns < 0 ? -since_ns : since_ns;
	s64 half_ns = (rtc_sync_span_width(&window->edge_raw_ns) + 1) >> 1;
	s64 half_ppb = (rtc_sync_span_width(&window->period_ppb) + 1) >> 1;
	s64 raw_error_ns = half_ns + rtc_sync_scale_ppb(age_ns, half_ppb) +
		rtc_sync_rate_wander_ns(div_s64(age_ns, RTC_SYNC_NS_PER_S) + 1);

	/* A fast RTC makes more ns of it; twice the most that it can be fast. */
	if (error_ns)
		*error_ns = raw_error_ns + 1 +
			rtc_sync_scale_ppb(raw_error_ns,
					   2 * RTC_SYNC_PERIOD_MAX_PPB);

	return window->sec * RTC_SYNC_NS_PER_S +
	       raw_to_rtc_ns(since_ns, rtc_sync_span_mid(&window->period_ppb));
}

/**
 * rtc_sync_window_second() - the second the RTC most likely shows
 * @window: where one of its seconds began
 * @raw_ns: the instant, CLOCK_MONOTONIC_RAW, ns
 *
 * Return: s since 1970.
 */
time64_t rtc_sync_window_second(const struct rtc_sync_window *window,
				s64 raw_ns)
{
	s64 ns = rtc_sync_window_time_ns(window, raw_ns, NULL);
	s32 rest_ns;
	s64 sec = div_s64_rem(ns, RTC_SYNC_NS_PER_S, &rest_ns);

	return rest_ns < 0 ? sec - 1 : sec;
}

/* Is it another second than the window allows, were it ever so wide? */
static bool is_jump(const struct rtc_sync_window *window, time64_t sec,
		    s64 latch_raw_ns)
{
	s64 due = rtc_sync_window_second(window, latch_raw_ns);
	s64 slack_s;

	rtc_sync_window_time_ns(window, latch_raw_ns, &slack_s);
	slack_s = div_s64(slack_s, RTC_SYNC_NS_PER_S) + 1;
	return sec - due > slack_s || due - sec > slack_s;
}

/* Either the window or the reading is wrong: hold both, and doubt the rate. */
static void widen(struct rtc_sync_phase *phase,
		  const struct rtc_sync_window *next,
		  const struct rtc_sync_span *cut)
{
	s64 gap_ns = cut->lo - cut->hi;
	struct rtc_sync_window window = {
		.sec = next->sec,
		.edge_raw_ns.lo = min(cut->hi - gap_ns, next->edge_raw_ns.lo),
		.edge_raw_ns.hi = max(cut->lo + gap_ns, next->edge_raw_ns.hi),
		.period_ppb = rtc_sync_rate_doubt(&next->period_ppb, gap_ns),
	};

	restart(phase, &window);
}

static void mark_later(struct rtc_sync_phase *phase, time64_t sec, s64 raw_ns)
{
	struct rtc_sync_mark mark = { .sec = sec, .raw_ns = raw_ns };

	rtc_sync_rate_cap(&phase->window.period_ppb, &phase->no_earlier, &mark);
	rtc_sync_marks_add(&phase->no_later, sec, raw_ns);
}

static void mark_earlier(struct rtc_sync_phase *phase, time64_t sec, s64 raw_ns)
{
	struct rtc_sync_mark mark = { .sec = sec, .raw_ns = raw_ns };

	rtc_sync_rate_raise(&phase->window.period_ppb, &phase->no_later, &mark);
	rtc_sync_marks_add(&phase->no_earlier, sec, raw_ns);
}

/**
 * rtc_sync_phase_apply() - narrow the window by a reading
 * @phase: on return its window is that of a second after the one read
 * @sec: the RTC second that was read, s since 1970
 * @latch_raw_ns: when the chip latched it
 *
 * The second @sec had begun by the latch, and the one after it had not.
 *
 * Return: what the reading meant.
 */
enum rtc_sync_verdict
rtc_sync_phase_apply(struct rtc_sync_phase *phase, time64_t sec,
		     const struct rtc_sync_span *latch_raw_ns)
{
	enum rtc_sync_verdict verdict = RTC_SYNC_NO_NEWS;
	struct rtc_sync_window next;
	struct rtc_sync_span cut;
	s64 back_s;

	if (is_jump(&phase->window, sec, rtc_sync_span_mid(latch_raw_ns)))
		return RTC_SYNC_JUMP;

	next = rtc_sync_phase_at(phase, sec + 1);
	back_s = next.sec - sec;
	cut.hi = latch_raw_ns->hi +
		 back_s * (RTC_SYNC_NS_PER_S + next.period_ppb.hi);
	cut.lo = latch_raw_ns->lo +
		 (back_s - 1) * (RTC_SYNC_NS_PER_S + next.period_ppb.lo);
	cut.hi = min(cut.hi, next.edge_raw_ns.hi);
	cut.lo = max(cut.lo, next.edge_raw_ns.lo);

	if (rtc_sync_span_is_empty(&cut)) {
		if (cut.lo - cut.hi > JUMP_NS)
			return RTC_SYNC_JUMP;
		widen(phase, &next, &cut);
		return RTC_SYNC_CONTRADICTION;
	}

	phase->window = next;
	if (cut.hi < next.edge_raw_ns.hi) {
		mark_later(phase, sec, latch_raw_ns->hi);
		verdict = RTC_SYNC_LATE;
	}
	if (cut.lo > next.edge_raw_ns.lo) {
		mark_earlier(phase, next.sec, cut.lo);
		verdict = RTC_SYNC_EARLY;
	}
	phase->window.edge_raw_ns = cut;

	/* No steady rate joins the marks: it has changed, and the window holds. */
	if (rtc_sync_span_is_empty(&phase->window.period_ppb)) {
		next.edge_raw_ns = cut;
		next.period_ppb = rtc_sync_rate_doubt(&next.period_ppb, 0);
		restart(phase, &next);
		return RTC_SYNC_CONTRADICTION;
	}
	return verdict;
}
