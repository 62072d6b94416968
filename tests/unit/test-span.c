// SPDX-License-Identifier: GPL-2.0-only
/* The sums on spans, against arithmetic that can't overflow. */
#include "random.h"

#include "../../drivers/rtc/sync/span.h"

#define ROUNDS	200000

/* |ns| * ppb / 10^9 by long hand, in digits of 32 bits: -m32 has no __int128. */
static s64 long_hand(u64 ns, u64 ppb)
{
	u64 low = (ns & 0xffffffff) * ppb;
	u64 high = (ns >> 32) * ppb + (low >> 32);
	u64 rest = high % 1000000000;

	rest = rest << 32 | (low & 0xffffffff);
	return (s64)(((high / 1000000000) << 32) + rest / 1000000000);
}

static void scale_is_exact(void **state)
{
	s64 want;
	s64 got;
	s64 ppb;
	s64 ns;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		ns = random_up_to((1LL << 62) - 1);
		ppb = random_up_to(RTC_SYNC_NS_PER_S);
		want = long_hand((u64)ns, (u64)ppb);
		got = rtc_sync_scale_ppb(ns, ppb);
		assert_that(got == want, "scale_ppb(%lld, %lld) = %lld, not %lld",
			    ns, ppb, got, want);
	}
}

static void scale_is_symmetric(void **state)
{
	s64 ppb;
	s64 ns;
	s64 up;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		ns = random_signed((1LL << 62) - 1);
		ppb = random_signed(RTC_SYNC_NS_PER_S);
		up = rtc_sync_scale_ppb(ns, ppb);
		assert_that(rtc_sync_scale_ppb(-ns, ppb) == -up &&
			    rtc_sync_scale_ppb(ns, -ppb) == -up &&
			    rtc_sync_scale_ppb(-ns, -ppb) == up,
			    "scale_ppb(+-%lld, +-%lld), %lld", ns, ppb, up);
	}
}

static void scale_at_the_ends(void **state)
{
	static const struct {
		s64 ns;
		s64 ppb;
		s64 want;
	} rows[] = {
		{ 0, 1000000000, 0 },
		{ 1, 1000000000, 1 },
		{ 1, 999999999, 0 },
		{ -1, 999999999, 0 },
		{ 1000000000, 1, 1 },
		{ 999999999, 1, 0 },
		{ 1999999999, 1, 1 },
		{ (1LL << 62) - 1, 1000000000, (1LL << 62) - 1 },
		{ -(1LL << 62) + 1, 1000000000, -(1LL << 62) + 1 },
		{ (1LL << 62) - 1, -1000000000, -(1LL << 62) + 1 },
	};
	size_t i;

	for (i = 0; i < array_size(rows); i++)
		assert_that(rtc_sync_scale_ppb(rows[i].ns, rows[i].ppb) ==
			    rows[i].want, "row %zu", i);
}

static void mid_lies_inside(void **state)
{
	struct rtc_sync_span span;
	s64 mid;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		span.lo = random_signed(1LL << 61);
		span.hi = span.lo + random_up_to(1LL << 61);
		mid = rtc_sync_span_mid(&span);
		assert_that(mid - span.lo == (span.hi - span.lo) / 2,
			    "mid of %lld..%lld is %lld", span.lo, span.hi, mid);
		assert_that(rtc_sync_span_width(&span) == span.hi - span.lo &&
			    rtc_sync_span_width(&span) >= 0,
			    "width of %lld..%lld", span.lo, span.hi);
	}
}

static void one_point_is_not_empty(void **state)
{
	struct rtc_sync_span span;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		span.lo = random_signed(1LL << 62);
		span.hi = span.lo;
		assert_that(!rtc_sync_span_is_empty(&span), "%lld", span.lo);
		span.hi = span.lo - 1;
		assert_that(rtc_sync_span_is_empty(&span), "%lld", span.lo);
		span.hi = span.lo + 1 + random_up_to(1000);
		assert_that(!rtc_sync_span_is_empty(&span), "%lld", span.lo);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(scale_is_exact),
		random_test(scale_is_symmetric),
		random_test(scale_at_the_ends),
		random_test(mid_lies_inside),
		random_test(one_point_is_not_empty),
	};

	return cmocka_run_group_tests_name("span", tests, random_begin, NULL);
}
