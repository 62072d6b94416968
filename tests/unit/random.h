/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all unit tests need: cmocka, random numbers that one seed reproduces, and
 * assertions that print their inputs.
 */
#ifndef TESTS_UNIT_RANDOM_H
#define TESTS_UNIT_RANDOM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <linux/types.h>

#define RANDOM_SEED	20240101ULL

#define array_size(array)	(sizeof(array) / sizeof((array)[0]))

/* Fails with the inputs printed; @... is a format and its values. */
#define assert_that(condition, ...) do {				\
	if (!(condition)) {						\
		print_error("not so: %s\n  seed %llu: ", #condition,	\
			    random_seed);				\
		fail_msg(__VA_ARGS__);					\
	}								\
} while (0)

/* What a fuzzer's input says, or one seed's numbers */
#ifdef RANDOM_FROM_INPUT
#include "../fuzz/input.h"
#else
static u64 random_seed;
static u64 random_state;

/* splitmix64: one seed gives one run, everywhere. */
static inline u64 random_u64(void)
{
	u64 z = random_state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* lo <= result <= hi. */
static inline s64 random_between(s64 lo, s64 hi)
{
	return (s64)((u64)lo + random_u64() % ((u64)hi - (u64)lo + 1));
}
#endif

/* 0 <= result <= max, each power of two below it as likely as the next. */
static inline s64 random_up_to(s64 max)
{
	s64 limit = max >> random_between(0, 63 - __builtin_clzll((u64)max | 1));

	return random_between(0, limit);
}

/* As random_up_to(), of either sign. */
static inline s64 random_signed(s64 max)
{
	s64 size = random_up_to(max);

	return random_u64() & 1 ? -size : size;
}

static inline bool random_one_in(s64 n)
{
	return random_between(1, n) == 1;
}

/* Before each test, so that one test alone gives what it gives among others. */
static inline int random_setup(void **state)
{
	(void)state;
	random_state = random_seed;
	return 0;
}

static inline int random_begin(void **state)
{
	const char *seed = getenv("RTC_SYNC_SEED");

	(void)state;
	random_seed = seed && *seed ? strtoull(seed, NULL, 0) : RANDOM_SEED;
	printf("# RTC_SYNC_SEED=%llu\n", random_seed);
	fflush(stdout);
	return 0;
}

#define random_test(function)	cmocka_unit_test_setup(function, random_setup)

#endif /* TESTS_UNIT_RANDOM_H */
