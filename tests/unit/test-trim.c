// SPDX-License-Identifier: GPL-2.0-only
/* When to write the RTC's trim register: never for the worse, seldom, and within it. */
#include "random.h"

#include "../../drivers/rtc/sync/trim.h"

#define ROUNDS		200000
#define S		RTC_SYNC_NS_PER_S
#define HOUR_S		3600LL
#define DAY_S		86400LL

static const struct rtc_sync_trim fine = {
	.min_ppb = -12800, .max_ppb = 12700, .step_ppb = 100, .slack_percent = 30,
};

static const struct rtc_sync_trim coarse = {
	.min_ppb = -130000, .max_ppb = 130000, .step_ppb = 1018, .lump_s = 60,
};

static const struct rtc_sync_trim eeprom = {
	.min_ppb = -243000, .max_ppb = 243000, .step_ppb = 954, .wears = true,
};

static const struct rtc_sync_trim * const trims[] = { &fine, &coarse, &eeprom };

/* As the chip rounds it. */
static s32 to_step(const struct rtc_sync_trim *trim, s32 ppb)
{
	s32 half = trim->step_ppb / 2;

	return (ppb + (ppb < 0 ? -half : half)) / trim->step_ppb * trim->step_ppb;
}

static s64 random_size(const struct rtc_sync_trim *trim)
{
	return random_one_in(2) ? 3 * trim->step_ppb :
	       random_one_in(9) ? 300000 : trim->max_ppb;
}

/* Everything is as it must be, but for what the caller makes of it. */
static void random_learned(const struct rtc_sync_trim *trim,
			   struct rtc_sync_learned *learned)
{
	*learned = (struct rtc_sync_learned) {
		.raw_ns = random_up_to(1LL << 60),
		.rate_ppb = (s32)random_signed(random_size(trim)),
		.error_ppb = (s32)random_between(1, trim->step_ppb),
		.watched_s = 2 * DAY_S,
		.trim_ppb = to_step(trim, (s32)random_between(trim->min_ppb, trim->max_ppb)),
	};
}

/* Wherever the true rate is within its error, it is no further from 0 afterwards. */
static void never_for_the_worse(void **state)
{
	struct rtc_sync_trimming trimming = {};
	const struct rtc_sync_trim *trim;
	struct rtc_sync_learned learned;
	int written = 0;
	s64 before_ppb;
	s64 after_ppb;
	s64 true_ppb;
	s32 ppb;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		trim = trims[i % 3];
		random_learned(trim, &learned);
		if (!rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb))
			continue;
		written++;
		true_ppb = learned.rate_ppb +
			   random_between(-learned.error_ppb, learned.error_ppb);
		before_ppb = llabs(true_ppb);
		after_ppb = llabs(true_ppb + to_step(trim, ppb) - learned.trim_ppb);
		assert_that(after_ppb <= before_ppb,
			    "rate %d +-%d, trim %d to %d: %lld ppb, %lld before",
			    learned.rate_ppb, learned.error_ppb, learned.trim_ppb, ppb,
			    after_ppb, before_ppb);
		assert_true(ppb >= trim->min_ppb && ppb <= trim->max_ppb);
		assert_true(learned.error_ppb <= trim->step_ppb / 2);
		/* Nor for the clock: lumps of two milliseconds, or smaller ones than before. */
		assert_true(llabs(ppb) * trim->lump_s <= 2000000 ||
			    llabs(ppb) <= llabs(learned.trim_ppb));
		assert_that(llabs((s64)learned.rate_ppb - learned.trim_ppb) <= 200000,
			    "rate %d, trim %d", learned.rate_ppb, learned.trim_ppb);
	}
	assert_true(written > ROUNDS / 20);
}

/* What is well known and far off is written, and then it is not far off any more. */
static void what_is_known_is_written(void **state)
{
	struct rtc_sync_trimming trimming = {};
	const struct rtc_sync_trim *trim;
	struct rtc_sync_learned learned;
	s64 own_ppb;
	s32 ppb;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		trim = trims[i % 3];
		random_learned(trim, &learned);
		own_ppb = random_between(-100000, 100000);
		learned.rate_ppb = (s32)(own_ppb + learned.trim_ppb);
		learned.error_ppb = trim->step_ppb / 5;
		if (llabs(learned.rate_ppb) < trim->step_ppb * 3 / 4) {
			assert_false(rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb));
			continue;
		}
		/* Three quarters may be rounded either way. */
		if (llabs(learned.rate_ppb) <= trim->step_ppb * 3 / 4 + 1)
			continue;
		if (llabs(own_ppb) * trim->lump_s > 2000000 - trim->lump_s &&
		    llabs(own_ppb) >= llabs(learned.trim_ppb))
			continue;
		/* At the end of the range there is nowhere to go. */
		if (own_ppb < -trim->max_ppb + trim->step_ppb ||
		    own_ppb > -trim->min_ppb - trim->step_ppb) {
			if (!rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb))
				continue;
			assert_true(ppb == trim->min_ppb || ppb == trim->max_ppb ||
				    llabs(own_ppb + ppb) <= trim->step_ppb);
			continue;
		}
		assert_that(rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb),
			    "rate %d, trim %d, error %d", learned.rate_ppb,
			    learned.trim_ppb, learned.error_ppb);
		learned.rate_ppb += to_step(trim, ppb) - learned.trim_ppb;
		learned.trim_ppb = to_step(trim, ppb);
		assert_true(llabs(learned.rate_ppb) <= trim->step_ppb / 2 + 1);
		assert_false(rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb));
	}
}

/* Seconds that jump by more than is worth it: never, but back from there. */
static void no_large_lumps(void **state)
{
	static const struct {
		u16 lump_s;
		s32 trim_ppb;
		s32 rate_ppb;
		bool is_due;
	} rows[] = {
		{ 60, 0, 33000, true },
		{ 60, 0, -33000, true },
		{ 60, 0, 34000, false },
		{ 240, 0, 8300, true },
		{ 240, 0, 8400, false },
		{ 3840, 0, 12000, false },
		{ 3840, 12000, 4000, true },
		{ 3840, 12000, -4000, false },
		{ 0, 0, 34000, true },
	};
	struct rtc_sync_trim trim = coarse;
	struct rtc_sync_trimming trimming = {};
	struct rtc_sync_learned learned = { .error_ppb = 100, .watched_s = DAY_S };
	size_t i;
	s32 ppb;

	for (i = 0; i < array_size(rows); i++) {
		trim.lump_s = rows[i].lump_s;
		learned.trim_ppb = rows[i].trim_ppb;
		learned.rate_ppb = rows[i].rate_ppb;
		assert_that(rtc_sync_trim_is_due(&trim, &trimming, &learned, &ppb) ==
			    rows[i].is_due, "row %zu", i);
	}
}

/* An hour between two writes, or a week; and each after it was watched for long. */
static void seldom(void **state)
{
	struct rtc_sync_trimming trimming;
	const struct rtc_sync_trim *trim;
	struct rtc_sync_learned learned;
	s64 rest_s;
	s64 watch_s;
	s64 gone_s;
	s64 seen_s;
	s32 ppb;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		trim = trims[i % 3];
		rest_s = trim->wears ? 7 * DAY_S : HOUR_S;
		watch_s = trim->wears ? DAY_S : HOUR_S;
		random_learned(trim, &learned);
		learned.trim_ppb = 0;
		learned.rate_ppb = 10 * trim->step_ppb;
		learned.error_ppb = trim->step_ppb / 5;

		gone_s = random_up_to(2 * rest_s);
		seen_s = random_up_to(2 * watch_s);
		trimming = (struct rtc_sync_trimming) {};
		learned.watched_s = random_up_to(2 * watch_s);
		assert_int_equal(rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb),
				 learned.watched_s >= watch_s);
		rtc_sync_trim_note(&trimming, learned.raw_ns, learned.watched_s);
		learned.raw_ns += gone_s * S;
		learned.watched_s += seen_s;
		assert_int_equal(rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb),
				 gone_s >= rest_s && seen_s >= watch_s);

		/* Somebody has said the rate: the time watched begins anew. */
		trimming.watched_s = learned.watched_s + random_between(1, DAY_S);
		assert_int_equal(rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb),
				 gone_s >= rest_s && learned.watched_s >= watch_s);
	}
}

/* Warm days and cold nights: a sway of less than half a step is not followed. */
static void a_sway_is_not_followed(void **state)
{
	const struct rtc_sync_trim *trim;
	struct rtc_sync_trimming trimming;
	struct rtc_sync_learned learned;
	s64 own_ppb;
	int writes;
	s64 hour;
	s32 ppb;
	int i;

	for (i = 0; i < 3000; i++) {
		trim = trims[i % 3];
		own_ppb = random_signed(trim == &coarse ? 30000 : trim->max_ppb / 2);
		trimming = (struct rtc_sync_trimming) {};
		learned = (struct rtc_sync_learned) { .error_ppb = trim->step_ppb / 5 };
		writes = 0;
		for (hour = 1; hour < 60 * 24; hour++) {
			learned.raw_ns = hour * HOUR_S * S;
			learned.watched_s = hour * HOUR_S;
			learned.rate_ppb = (s32)(own_ppb + learned.trim_ppb +
				random_between(0, trim->step_ppb / 2 - 1));
			if (!rtc_sync_trim_is_due(trim, &trimming, &learned, &ppb))
				continue;
			writes++;
			learned.trim_ppb = to_step(trim, ppb);
			rtc_sync_trim_note(&trimming, learned.raw_ns, learned.watched_s);
		}
		assert_that(writes <= 2, "own rate %lld: %d writes in 60 days", own_ppb,
			    writes);
	}
}

/* Steps finer than a rate can be known: as if they were coarser. */
static void steps_too_fine_to_be_told(void **state)
{
	const struct rtc_sync_trim finest = {
		.min_ppb = -1000, .max_ppb = 1000, .step_ppb = 1,
	};
	struct rtc_sync_trimming trimming = {};
	struct rtc_sync_learned learned = {
		.error_ppb = 15, .watched_s = DAY_S,
	};
	s32 ppb;

	for (learned.rate_ppb = -100; learned.rate_ppb <= 100; learned.rate_ppb++)
		assert_int_equal(rtc_sync_trim_is_due(&finest, &trimming, &learned, &ppb),
				 abs(learned.rate_ppb) >= 40);
}

static void what_a_change_does(void **state)
{
	static const struct {
		struct rtc_sync_trim trim;
		s64 by_ppb;
		s64 slack_ppb;
		s64 lag_s;
		s64 blur_ns;
	} rows[] = {
		{ { .slack_percent = 30, .lag_s = 1 }, 3000, 900, 1, 0 },
		{ { .slack_percent = 30, .lag_s = 64 }, -3000, 900, 64, 0 },
		{ { .slack_percent = 30 }, 1, 1, 0, 0 },
		{ { .lump_s = 60 }, 5000, 0, 60, 300000 },
		{ { .lump_s = 60 }, -5000, 0, 60, 300000 },
		{ { .lump_s = 60, .lag_s = 120 }, 1, 0, 120, 60 },
		{ { .lump_s = 1 }, 5000, 0, 1, 0 },
		{ { .slack_percent = 100, .lump_s = 7200 }, 0, 0, 0, 0 },
	};
	struct rtc_sync_retrim change;
	size_t i;

	for (i = 0; i < array_size(rows); i++) {
		change = rtc_sync_trim_change(&rows[i].trim, rows[i].by_ppb);
		assert_int_equal(change.by_ppb, rows[i].by_ppb);
		assert_that(change.slack_ppb == rows[i].slack_ppb, "row %zu: %d", i,
			    change.slack_ppb);
		assert_true(change.lag_ns == rows[i].lag_s * S);
		assert_true(rtc_sync_trim_blur_ns(&rows[i].trim, (s32)rows[i].by_ppb) ==
			    rows[i].blur_ns);
	}
	change = rtc_sync_trim_change(NULL, -77);
	assert_int_equal(change.by_ppb, -77);
	assert_int_equal(change.slack_ppb, 0);
	assert_true(change.lag_ns == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(never_for_the_worse),
		random_test(what_is_known_is_written),
		random_test(no_large_lumps),
		random_test(seldom),
		random_test(a_sway_is_not_followed),
		random_test(steps_too_fine_to_be_told),
		random_test(what_a_change_does),
	};

	return cmocka_run_group_tests_name("trim", tests, random_begin, NULL);
}
