// SPDX-License-Identifier: GPL-2.0-only
/* Whose clock it is, by what is seen of it: believed at once, given up with patience. */
#include <linux/limits.h>

#include "random.h"

#include "../../drivers/rtc/sync/owner.h"

#define RUNS		300
#define S		RTC_SYNC_NS_PER_S
#define MS		1000000LL
#define PATIENCE_S	150
#define HINT_AGE_S	4096

/**
 * struct clock - the system clock, and who looks at it
 * @owner: what is tested
 * @look: the clock now
 * @freq_ppb: it gains this on CLOCK_MONOTONIC_RAW
 */
struct clock {
	struct rtc_sync_owner owner;
	struct rtc_sync_look look;
	s64 freq_ppb;
};

static void clock_init(struct clock *clock, enum rtc_sync_ntp kernel)
{
	*clock = (struct clock) {
		.look.raw_ns = random_between(1, 1000 * S),
		.look.real_ns = 1767225600 * S + random_up_to(S),
		.look.was_set = (u32)random_u64(),
		.look.was_moved = (u32)random_u64(),
		.look.kernel = kernel,
		.look.maxerror_us = 16000000,
		.freq_ppb = random_signed(100000),
	};
}

/* The kernel lets maxerror grow by 500 us each second, up to 16 s. */
static void pass(struct clock *clock, s64 ns)
{
	struct rtc_sync_look *look = &clock->look;
	s64 seconds = (look->real_ns + ns) / S - look->real_ns / S;

	look->raw_ns += ns;
	look->real_ns += ns + rtc_sync_scale_ppb(ns, clock->freq_ppb);
	look->maxerror_us = min(look->maxerror_us + 500 * seconds, 16000000LL);
}

static bool look(struct clock *clock)
{
	return rtc_sync_owner_look(&clock->owner, &clock->look);
}

static void excuse(struct clock *clock)
{
	rtc_sync_owner_excuse(&clock->owner, &clock->look);
}

static bool is_owned(const struct clock *clock)
{
	return rtc_sync_owner_is_owned(&clock->owner);
}

/* Someone sets it: date -s, or we. */
static void set(struct clock *clock, s64 ns)
{
	clock->look.real_ns += ns;
	clock->look.was_set++;
}

/* A daemon moves its frequency: the kernel counts it, if it can be asked. */
static void move(struct clock *clock, s64 by_ppb)
{
	clock->freq_ppb += by_ppb;
	if (clock->look.kernel != RTC_SYNC_NTP_UNKNOWN)
		clock->look.was_moved++;
}

/* A daemon looked at its servers: less than what has added up in 16 s. */
static void say(struct clock *clock)
{
	clock->look.kernel = RTC_SYNC_NTP_YES;
	clock->look.maxerror_us = random_between(100, 5000);
}

/* As the thread looks: at each sync, and once more when it was told to. */
static void look_on(struct clock *clock, s64 ns, s64 interval_ns)
{
	s64 until_raw_ns = clock->look.raw_ns + ns;
	s64 next_raw_ns;

	while (clock->look.raw_ns < until_raw_ns) {
		next_raw_ns = min(clock->look.raw_ns + interval_ns, until_raw_ns);
		next_raw_ns = min(next_raw_ns,
				  max(rtc_sync_owner_again_raw_ns(&clock->owner),
				      clock->look.raw_ns + 1));
		pass(clock, next_raw_ns - clock->look.raw_ns);
		look(clock);
	}
}

static void nobody_is_nobody(void **state)
{
	struct clock clock;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, random_one_in(2) ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_UNKNOWN);
		assert_false(look(&clock));
		look_on(&clock, 3600 * S, random_between(S, 100 * S));
		assert_false(is_owned(&clock));
		assert_false(rtc_sync_owner_is_sure(&clock.owner));
		assert_true(rtc_sync_owner_again_raw_ns(&clock.owner) == S64_MAX);
		assert_int_equal(clock.owner.hints, 0);
	}
}

/* The flag is clear: at once. It is set: 150 s, and again at their end. */
static void the_kernels_word(void **state)
{
	struct clock clock;
	s64 lost_raw_ns;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_NO);
		look(&clock);
		look_on(&clock, random_up_to(100 * S), 10 * S);
		say(&clock);
		look(&clock);
		assert_true(is_owned(&clock));
		assert_true(rtc_sync_owner_is_sure(&clock.owner));

		look_on(&clock, random_up_to(100 * S), 10 * S);
		clock.look.kernel = RTC_SYNC_NTP_NO;
		lost_raw_ns = clock.look.raw_ns;
		look(&clock);
		assert_true(is_owned(&clock));
		assert_false(rtc_sync_owner_is_sure(&clock.owner));
		assert_true(rtc_sync_owner_again_raw_ns(&clock.owner) ==
			    lost_raw_ns + PATIENCE_S * S);
		look_on(&clock, PATIENCE_S * S - 1, random_between(S, 200 * S));
		assert_true(is_owned(&clock));
		pass(&clock, 1);
		look(&clock);
		assert_false(is_owned(&clock));
		assert_true(rtc_sync_owner_again_raw_ns(&clock.owner) == S64_MAX);
	}
}

/*
 * A daemon that doubles the time between two words, misses some, and ends without
 * taking back the flag: missed after four of them, 150 s and at most 5000 s.
 */
static void a_word_that_nobody_minds(void **state)
{
	struct clock clock;
	s64 interval_s;
	s64 ended_raw_ns;
	s64 gone_s;
	s64 gap_s;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_NO);
		interval_s = 2 + random_up_to(60);
		gap_s = random_between(16, 1024);
		look(&clock);
		say(&clock);
		for (k = 0; k < 30; k++) {
			look_on(&clock, (k == 20 ? 2 : 1) * gap_s * S, interval_s * S);
			assert_that(is_owned(&clock) && rtc_sync_owner_is_sure(&clock.owner),
				    "the %dth word, every %lld s, looks every %lld s", k, gap_s,
				    interval_s);
			say(&clock);
			look(&clock);
			/* The first gap is cut short: by when it was first looked at. */
			if (k && random_one_in(6) && gap_s <= 512)
				gap_s *= 2;
		}
		for (k = 0; k < 30; k++) {
			look_on(&clock, gap_s * S, interval_s * S);
			say(&clock);
			look(&clock);
		}
		ended_raw_ns = clock.look.raw_ns;
		while (rtc_sync_owner_is_sure(&clock.owner)) {
			look_on(&clock, interval_s * S, interval_s * S);
			gone_s = (clock.look.raw_ns - ended_raw_ns) / S;
			assert_that(gone_s <= 5000 + interval_s, "%lld s", gone_s);
		}
		assert_that(gone_s >= min_t(s64, max_t(s64, 4 * gap_s, 150), 5000) &&
			    gone_s <= max_t(s64, 4 * (gap_s + interval_s) + 2 * interval_s,
					    150 + 2 * interval_s),
			    "words every %lld s, looks every %lld s: missed after %lld s", gap_s,
			    interval_s, gone_s);
		/* That was patience enough. */
		assert_false(is_owned(&clock));
		assert_true(rtc_sync_owner_again_raw_ns(&clock.owner) == S64_MAX);

		/* One word, and he is back. */
		say(&clock);
		look(&clock);
		assert_true(is_owned(&clock));
	}
}

/* One word only, ever: 5000 s. */
static void the_first_word_is_good_for_long(void **state)
{
	struct clock clock;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_NO);
		say(&clock);
		look(&clock);
		look_on(&clock, 5000 * S, 10 * S);
		assert_true(rtc_sync_owner_is_sure(&clock.owner));
		look_on(&clock, 20 * S, 10 * S);
		assert_false(rtc_sync_owner_is_sure(&clock.owner));
		assert_false(is_owned(&clock));
	}
}

/* A servo that says the same each second, looked at each second: it does move. */
static void a_move_is_a_word(void **state)
{
	struct clock clock;
	int k;

	clock_init(&clock, RTC_SYNC_NTP_YES);
	clock.look.maxerror_us = 0;
	for (k = 0; k < 20000; k++) {
		look(&clock);
		assert_that(rtc_sync_owner_is_sure(&clock.owner), "lost after %d s", k);
		pass(&clock, S + random_signed(MS));
		clock.look.maxerror_us = 0;
		move(&clock, random_signed(100));
	}
}

/* When it last showed that it is there: a word, a move, or a change of slope. */
static void the_last_sign_is_told(void **state)
{
	struct clock clock;
	s64 sign_raw_ns;

	clock_init(&clock, RTC_SYNC_NTP_NO);
	look(&clock);
	assert_int_equal(rtc_sync_owner_sign_raw_ns(&clock.owner), 0);
	look_on(&clock, 100 * S, 10 * S);
	move(&clock, 1);
	look(&clock);
	sign_raw_ns = clock.look.raw_ns;
	look_on(&clock, 100 * S, 10 * S);
	assert_true(rtc_sync_owner_sign_raw_ns(&clock.owner) == sign_raw_ns);
	say(&clock);
	look(&clock);
	look_on(&clock, 100 * S, 10 * S);
	assert_true(rtc_sync_owner_sign_raw_ns(&clock.owner) == clock.look.raw_ns - 100 * S);

	/* A word that the clock is worse than was thought is one, too. */
	clock.look.maxerror_us += 2000;
	look(&clock);
	assert_true(rtc_sync_owner_sign_raw_ns(&clock.owner) == clock.look.raw_ns);
}

/* NTP that comes and goes each minute is there all the time. */
static void flapping_is_no_leaving(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_YES);
		for (k = 0; k < 60; k++) {
			say(&clock);
			look(&clock);
			look_on(&clock, random_between(1, 60 * S), 10 * S);
			clock.look.kernel = RTC_SYNC_NTP_NO;
			look_on(&clock, random_between(1, (PATIENCE_S - 1) * S), 10 * S);
			assert_true(is_owned(&clock));
		}
	}
}

/* Whatever else is seen. */
static void the_users_word_wins(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, (enum rtc_sync_ntp)random_between(0, 2));
		for (k = 0; k < 50; k++) {
			clock.look.said = (enum rtc_sync_ntp)random_between(0, 2);
			if (random_one_in(3))
				move(&clock, random_signed(100000));
			if (random_one_in(3) && clock.look.kernel)
				clock.look.kernel ^= RTC_SYNC_NTP_YES ^ RTC_SYNC_NTP_NO;
			pass(&clock, random_up_to(1000 * S));
			look(&clock);
			if (clock.look.said == RTC_SYNC_NTP_UNKNOWN)
				continue;
			assert_int_equal(is_owned(&clock), clock.look.said == RTC_SYNC_NTP_YES);
			assert_int_equal(rtc_sync_owner_is_sure(&clock.owner), is_owned(&clock));
			assert_true(rtc_sync_owner_again_raw_ns(&clock.owner) == S64_MAX);
		}
	}
}

/* A module sees the clock's slope: one change is a person, two are a daemon. */
static void two_changes_of_slope_are_a_daemon(void **state)
{
	struct clock clock;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_UNKNOWN);
		look(&clock);
		look_on(&clock, 100 * S, 10 * S);
		move(&clock, random_between(60, i & 1 ? 100 : 100000));
		look_on(&clock, 100 * S, 10 * S);
		assert_false(is_owned(&clock));
		move(&clock, -random_between(60, i & 1 ? 100 : 100000));
		look_on(&clock, 10 * S, 10 * S);
		assert_true(is_owned(&clock));

		/* Its age, and then the patience. */
		look_on(&clock, (HINT_AGE_S - 10) * S, 10 * S);
		assert_true(rtc_sync_owner_is_sure(&clock.owner));
		look_on(&clock, 20 * S, 10 * S);
		assert_false(rtc_sync_owner_is_sure(&clock.owner));
		look_on(&clock, PATIENCE_S * S, 10 * S);
		assert_false(is_owned(&clock));

		/* By then it is one change again. */
		move(&clock, 1000);
		look_on(&clock, 100 * S, 10 * S);
		assert_false(is_owned(&clock));
	}
}

/* A change amid two looks is two changes of what is seen, and still one person's. */
static void small_changes_are_noise(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_UNKNOWN);
		look(&clock);
		for (k = 0; k < 100; k++) {
			move(&clock, k & 1 ? 40 : -40);
			/* Too soon after a look to tell a slope. */
			if (random_one_in(3)) {
				pass(&clock, random_up_to(S / 2 - 1));
				clock.look.real_ns += random_signed(100);
				look(&clock);
			}
			look_on(&clock, 10 * S, 10 * S);
			assert_int_equal(clock.owner.hints, 0);
		}
	}
}

/* The kernel writes the RTC each 660 s; anything else is somebody else. */
static void eleven_minutes_are_the_kernels(void **state)
{
	static const struct {
		s64 ms;
		bool is_kernel;
	} rows[] = {
		{ 660000, true }, { 650000, true }, { 670000, true }, { 649999, false },
		{ 670001, false }, { 600000, false }, { 1320000, false }, { 1000, false },
		{ 0, false },
	};
	struct clock clock;
	size_t n;

	for (n = 0; n < array_size(rows); n++) {
		clock_init(&clock, RTC_SYNC_NTP_UNKNOWN);
		look(&clock);
		rtc_sync_owner_rtc_was_set(&clock.owner, clock.look.raw_ns);
		look_on(&clock, rows[n].ms * MS, 10 * S);
		assert_false(is_owned(&clock));
		rtc_sync_owner_rtc_was_set(&clock.owner, clock.look.raw_ns);
		look(&clock);
		assert_that(is_owned(&clock) == rows[n].is_kernel, "%lld ms", rows[n].ms);
		look_on(&clock, HINT_AGE_S * S, 10 * S);
		assert_int_equal(is_owned(&clock), rows[n].is_kernel);
	}

	/* The first one ever is 11 minutes after nothing. */
	clock_init(&clock, RTC_SYNC_NTP_UNKNOWN);
	clock.look.raw_ns = 660 * S;
	rtc_sync_owner_rtc_was_set(&clock.owner, clock.look.raw_ns);
	look(&clock);
	assert_false(is_owned(&clock));
}

/* What we do ourselves is no sign of anybody, and not told as such. */
static void our_own_doing_is_excused(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, random_one_in(2) ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_UNKNOWN);
		look(&clock);
		for (k = 0; k < 100; k++) {
			pass(&clock, 1 + random_up_to(20 * S));
			assert_false(look(&clock));
			/* A slew is known to the kernel's counter, so it does not count it. */
			if (random_one_in(2))
				set(&clock, random_signed(S));
			else
				clock.freq_ppb = random_signed(500000);
			excuse(&clock);
			assert_int_equal(clock.owner.hints, 0);
			assert_false(is_owned(&clock));
		}
	}
}

/* date -s: told, and no sign of a daemon, however often. */
static void setting_the_clock_is_no_hint(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, random_one_in(2) ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_UNKNOWN);
		assert_false(look(&clock));
		for (k = 0; k < 50; k++) {
			pass(&clock, 1 + random_up_to(20 * S));
			assert_false(look(&clock));
			pass(&clock, 1 + random_up_to(20 * S));
			set(&clock, random_signed(1000000 * S));
			assert_true(look(&clock));
			assert_int_equal(clock.owner.hints, 0);
			assert_false(is_owned(&clock));
		}
	}
}

/* We step the clock at each sync, a daemon slews it: noticed all the same. */
static void two_who_fight_are_noticed(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_UNKNOWN);
		look(&clock);
		for (k = 0; k < 10 && !is_owned(&clock); k++) {
			set(&clock, random_signed(S / 10));
			excuse(&clock);
			move(&clock, random_between(1000, 50000));
			pass(&clock, 10 * S);
			assert_false(look(&clock));
		}
		assert_that(is_owned(&clock) && k <= 3, "after %d syncs", k);
	}
}

/* Where the kernel counts the moves: two are a daemon, though the flag is set. */
static void two_moves_are_a_daemon(void **state)
{
	struct clock clock;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_NO);
		look(&clock);
		move(&clock, 1);
		look_on(&clock, random_up_to(1000 * S), 10 * S);
		look(&clock);
		assert_false(is_owned(&clock));
		move(&clock, 1);
		look(&clock);
		assert_true(is_owned(&clock));
		look_on(&clock, HINT_AGE_S * S, 10 * S);
		assert_true(rtc_sync_owner_is_sure(&clock.owner));
		look_on(&clock, (PATIENCE_S + 10) * S, 10 * S);
		assert_false(is_owned(&clock));

		/* Two in more time than that are one and one. */
		move(&clock, 1);
		look(&clock);
		look_on(&clock, (HINT_AGE_S + 1) * S, 10 * S);
		move(&clock, 1);
		look(&clock);
		assert_false(is_owned(&clock));
	}
}

/* What it did before it ended is no sign that it has not ended. */
static void the_end_ends_the_hints(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_YES);
		for (k = 0; k < 10; k++) {
			say(&clock);
			move(&clock, random_signed(10000));
			look_on(&clock, 64 * S, 10 * S);
		}
		assert_true(clock.owner.hints > 0);
		clock.look.kernel = RTC_SYNC_NTP_NO;
		/* It was we who took the word back, or he himself. */
		if (random_one_in(2))
			excuse(&clock);
		look(&clock);
		look_on(&clock, (PATIENCE_S - 1) * S, 10 * S);
		assert_true(is_owned(&clock));
		look_on(&clock, S, 10 * S);
		assert_false(is_owned(&clock));
		look_on(&clock, 10000 * S, 10 * S);
		assert_false(is_owned(&clock));
	}
}

/* Another instance slews the clock: whoever can ask the kernel is not misled. */
static void the_keepers_slews_are_no_hints(void **state)
{
	struct clock clock;
	int k;

	clock_init(&clock, RTC_SYNC_NTP_NO);
	for (k = 0; k < 1000; k++) {
		clock.freq_ppb = random_signed(500000);
		look_on(&clock, 10 * S, 10 * S);
		assert_false(is_owned(&clock));
		assert_int_equal(clock.owner.hints, 0);
	}
}

/* A year without a look, and all that the kernel may say: nothing overflows. */
static void nothing_overflows(void **state)
{
	struct clock clock;
	int i;
	int k;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, (enum rtc_sync_ntp)random_between(0, 2));
		for (k = 0; k < 30; k++) {
			pass(&clock, random_up_to(random_one_in(5) ? 366 * 86400 * S : 100 * S));
			if (random_one_in(5))
				set(&clock, random_signed(1LL << 61));
			clock.look.real_ns = random_one_in(5) ? clock.look.raw_ns :
								clock.look.real_ns;
			clock.look.was_set += clock.look.real_ns == clock.look.raw_ns;
			clock.look.maxerror_us = random_up_to(0x7fffffff);
			look(&clock);
		}
	}
}

/* One that is inserted sets the clock back, and TAI's lead up; one left out, the reverse. */
static void a_leap_second_is_no_step(void **state)
{
	struct clock clock;
	s32 leap_s;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, random_one_in(2) ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_UNKNOWN);
		clock.look.tai_s = (s32)random_signed(40);
		assert_int_equal(rtc_sync_owner_leap_s(&clock.owner, &clock.look), 0);
		look(&clock);
		pass(&clock, random_between(1, 86400 * S));
		leap_s = random_one_in(2) ? 1 : -1;
		set(&clock, -leap_s * S + random_signed(S));
		clock.look.tai_s += leap_s;
		assert_int_equal(rtc_sync_owner_leap_s(&clock.owner, &clock.look), leap_s);
		assert_true(look(&clock));
		assert_int_equal(rtc_sync_owner_leap_s(&clock.owner, &clock.look), 0);
	}
}

/* Who sets the clock, or says what TAI is, inserts no second. */
static void a_step_is_no_leap_second(void **state)
{
	struct clock clock;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, random_one_in(2) ? RTC_SYNC_NTP_NO : RTC_SYNC_NTP_UNKNOWN);
		look(&clock);
		pass(&clock, random_between(1, 86400 * S));
		set(&clock, random_one_in(2) ? -S : random_signed(1000000 * S));
		assert_int_equal(rtc_sync_owner_leap_s(&clock.owner, &clock.look), 0);
		look(&clock);
		clock.look.tai_s++;
		assert_int_equal(rtc_sync_owner_leap_s(&clock.owner, &clock.look), 0);
		look(&clock);
		set(&clock, random_signed(S));
		clock.look.tai_s += 36;
		assert_int_equal(rtc_sync_owner_leap_s(&clock.owner, &clock.look), 0);
	}
}

/*
 * The companion that asks the kernel goes: who was named by it last still keeps the clock,
 * as long as by what he does; and not if he was not sure to.
 */
static void the_kernel_falls_silent(void **state)
{
	struct clock clock;
	s64 left_s;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_YES);
		look(&clock);
		assert_true(is_owned(&clock));
		pass(&clock, random_between(1, 100) * S);
		clock.look.kernel = RTC_SYNC_NTP_UNKNOWN;
		if (random_one_in(2))
			excuse(&clock);
		else
			look(&clock);
		left_s = HINT_AGE_S - 200;
		while (left_s > 0) {
			pass(&clock, 100 * S);
			look(&clock);
			assert_true(is_owned(&clock));
			left_s -= 100;
		}
		pass(&clock, 301 * S);
		look(&clock);
		pass(&clock, (PATIENCE_S + 1) * S);
		look(&clock);
		assert_false(is_owned(&clock));
	}
}

/* It can be asked again: what it says goes before what it said. */
static void the_kernel_is_heard_again(void **state)
{
	enum rtc_sync_ntp again;
	struct clock clock;
	int i;

	for (i = 0; i < RUNS; i++) {
		clock_init(&clock, RTC_SYNC_NTP_YES);
		look(&clock);
		pass(&clock, random_between(1, 100) * S);
		clock.look.kernel = RTC_SYNC_NTP_UNKNOWN;
		excuse(&clock);
		again = random_one_in(2) ? RTC_SYNC_NTP_YES : RTC_SYNC_NTP_NO;
		pass(&clock, random_between(1, 100) * S);
		clock.look.kernel = again;
		excuse(&clock);
		pass(&clock, S);
		look(&clock);
		assert_true(is_owned(&clock));
		pass(&clock, (PATIENCE_S + 1) * S);
		clock.look.maxerror_us = 1000;
		look(&clock);
		assert_int_equal(is_owned(&clock), again == RTC_SYNC_NTP_YES);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(nobody_is_nobody),
		random_test(the_kernels_word),
		random_test(a_word_that_nobody_minds),
		random_test(the_first_word_is_good_for_long),
		random_test(a_move_is_a_word),
		random_test(the_last_sign_is_told),
		random_test(flapping_is_no_leaving),
		random_test(the_users_word_wins),
		random_test(two_changes_of_slope_are_a_daemon),
		random_test(small_changes_are_noise),
		random_test(eleven_minutes_are_the_kernels),
		random_test(our_own_doing_is_excused),
		random_test(setting_the_clock_is_no_hint),
		random_test(two_who_fight_are_noticed),
		random_test(two_moves_are_a_daemon),
		random_test(the_end_ends_the_hints),
		random_test(the_keepers_slews_are_no_hints),
		random_test(a_leap_second_is_no_step),
		random_test(a_step_is_no_leap_second),
		random_test(nothing_overflows),
		random_test(the_kernel_falls_silent),
		random_test(the_kernel_is_heard_again),
	};

	return cmocka_run_group_tests_name("owner", tests, random_begin, NULL);
}
