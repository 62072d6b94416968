// SPDX-License-Identifier: GPL-2.0-only
/*
 * Marks of any ages. Those of an RTC whose rate wanders no faster than is allowed for
 * never bound the true rate away; any others leave the lists sorted and bounded.
 */
#include "edges.h"

#define MARKS		64
#define YEARS_S		(10LL * 366 * 86400)
#define RAW_MAX_NS	(1LL << 61)
#define SEC_MAX		7258118399LL

static struct truth truth;

/* One bound on each of some seconds before @until, up to a millisecond beside the edge */
static void add_bounds(struct rtc_sync_marks *marks, int until, s64 sign)
{
	s64 raw_ns;
	int i;
	int k;

	i = (int)random_up_to(until);
	for (k = 0; k < MARKS && i < until; k++) {
		raw_ns = (truth.edge_half_ns[i] + (sign > 0)) >> 1;
		rtc_sync_marks_add(marks, truth.first_s + i, raw_ns + sign * random_up_to(1000000));
		check_marks(marks);
		i += 1 + (int)random_up_to(300);
	}
}

static void true_marks(void)
{
	struct rtc_sync_marks no_earlier = {};
	struct rtc_sync_marks no_later = {};
	struct rtc_sync_span period_ppb;
	struct rtc_sync_mark mark;
	struct rtc_sync_span was;
	int at;

	draw_truth(&truth);
	at = (int)random_between(1, TRUTH_SECONDS - 1);
	period_ppb.lo = truth.rate_ppb[at] - random_up_to(1000000);
	period_ppb.hi = truth.rate_ppb[at] + random_up_to(1000000);
	was = period_ppb;
	mark.sec = truth.first_s + at;
	add_bounds(&no_earlier, at + 1, -1);
	mark.raw_ns = ((truth.edge_half_ns[at] + 1) >> 1) + random_up_to(1000000);
	rtc_sync_rate_cap(&period_ppb, &no_earlier, &mark);
	add_bounds(&no_later, at + 1, 1);
	mark.raw_ns = (truth.edge_half_ns[at] >> 1) - random_up_to(1000000);
	rtc_sync_rate_raise(&period_ppb, &no_later, &mark);
	assert_true(period_ppb.lo >= was.lo && period_ppb.hi <= was.hi);
	assert_that(truth_is_rate_in(&truth, at, &period_ppb), "%lld ppb is not in %lld..%lld",
		    truth.rate_ppb[at], period_ppb.lo, period_ppb.hi);
}

/* The newest is there, none is made up, and one of an earlier second is not taken. */
static void check_added(const struct rtc_sync_marks *was, const struct rtc_sync_marks *now,
			time64_t sec, s64 raw_ns)
{
	const struct rtc_sync_mark *last = &now->mark[now->count - 1];
	int i, k;

	check_marks(now);
	if (was->count && was->mark[was->count - 1].sec > sec) {
		assert_int_equal(now->count, was->count);
		assert_memory_equal(now->mark, was->mark, sizeof(*last) * was->count);
		return;
	}
	assert_true(last->sec == sec && last->raw_ns == raw_ns);
	for (i = 0, k = 0; i + 1 < now->count; i++, k++) {
		while (k < was->count && was->mark[k].sec != now->mark[i].sec)
			k++;
		assert_true(k < was->count && was->mark[k].raw_ns == now->mark[i].raw_ns);
	}
}

static void any_marks(void)
{
	time64_t first_s = random_between(0, SEC_MAX - YEARS_S);
	struct rtc_sync_span period_ppb = draw_rate();
	struct rtc_sync_marks marks = {};
	struct rtc_sync_marks was;
	struct rtc_sync_mark mark;
	struct rtc_sync_span before;
	int k;

	mark.sec = first_s;
	for (k = 0; k < MARKS && input_has_more(); k++) {
		mark.sec += random_signed(random_one_in(8) ? YEARS_S / 4 : 3000);
		mark.sec = clamp_t(s64, mark.sec, first_s, first_s + YEARS_S);
		mark.raw_ns = random_up_to(RAW_MAX_NS);
		before = period_ppb;
		rtc_sync_rate_cap(&period_ppb, &marks, &mark);
		rtc_sync_rate_raise(&period_ppb, &marks, &mark);
		assert_true(period_ppb.lo >= before.lo && period_ppb.hi <= before.hi);
		period_ppb = before;
		was = marks;
		rtc_sync_marks_add(&marks, mark.sec, mark.raw_ns);
		check_added(&was, &marks, mark.sec, mark.raw_ns);
	}
}

/* What time and doubt make of a rate, and of an edge */
static void widened(void)
{
	struct rtc_sync_span was = draw_rate();
	s64 s = random_up_to(YEARS_S);
	s64 more_s = random_up_to(1000);
	struct rtc_sync_span later = rtc_sync_rate_later(&was, s);
	struct rtc_sync_span latest = rtc_sync_rate_later(&was, s + more_s);
	s64 wander_ns = rtc_sync_rate_wander_ns(s);
	s64 doubt_ppb = random_up_to(RTC_SYNC_NS_PER_S);
	s64 least_ns = s < 20000 ? s * s / 2 : 20000LL * 20000 / 2 + (s - 20000) * 20000;

	check_rate(&later);
	assert_true(later.lo <= was.lo && later.hi >= was.hi);
	assert_true(latest.lo <= later.lo && latest.hi >= later.hi);
	assert_true(wander_ns >= least_ns && wander_ns <= 2 * least_ns + 1);
	assert_true(rtc_sync_rate_wander_ns(s + more_s) >= wander_ns);
	later = rtc_sync_rate_doubt(&was, doubt_ppb);
	check_rate(&later);
	doubt_ppb = max_t(s64, doubt_ppb, 20000);
	assert_int_equal(later.lo, max_t(s64, was.lo - doubt_ppb, -RTC_SYNC_PERIOD_MAX_PPB));
	assert_int_equal(later.hi, min_t(s64, was.hi + doubt_ppb, RTC_SYNC_PERIOD_MAX_PPB));
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	input_begin(bytes, size);
	switch (random_between(0, 2)) {
	case 0:
		true_marks();
		break;
	case 1:
		any_marks();
		break;
	default:
		widened();
		break;
	}
	return 0;
}
