/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The assertions of cmocka that the headers of tests/unit use, for the fuzzers: what
 * fails says so and ends the program, so that the fuzzer keeps the input.
 */
#ifndef TESTS_FUZZ_CMOCKA_H
#define TESTS_FUZZ_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define print_error(...)	fprintf(stderr, __VA_ARGS__)

#define fail()			fail_msg("failed")

#define fail_msg(...) do {						\
	fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);			\
	fprintf(stderr, __VA_ARGS__);					\
	fprintf(stderr, "\n");						\
	abort();							\
} while (0)

#define assert_true(condition) do {					\
	if (!(condition))						\
		fail_msg("not so: %s", #condition);			\
} while (0)

#define assert_false(condition)		assert_true(!(condition))
#define assert_int_not_equal(a, b)	assert_true((a) != (b))
#define assert_memory_equal(a, b, size)	assert_true(!memcmp(a, b, size))

#define assert_int_equal(a, b) do {					\
	long long a_ = (long long)(a);					\
	long long b_ = (long long)(b);					\
									\
	if (a_ != b_)							\
		fail_msg("%s is %lld, not %lld", #a, a_, b_);		\
} while (0)

/* As cmocka's, which takes all three for numbers without a sign */
#define assert_in_range(value, lo, hi) do {				\
	unsigned long long value_ = (unsigned long long)(value);	\
									\
	if (value_ < (unsigned long long)(lo) ||			\
	    value_ > (unsigned long long)(hi))				\
		fail_msg("%s is %lld", #value, (long long)value_);	\
} while (0)

typedef void (*CMUnitTestFunction)(void **state);

/* Only for vectors.h, which makes lists of them */
struct CMUnitTest {
	const char *name;
	CMUnitTestFunction test_func;
	int (*setup_func)(void **state);
	void *initial_state;
};

#endif /* TESTS_FUZZ_CMOCKA_H */
