/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A fuzzer's input in the place of random numbers: tests/unit/random.h takes its own
 * from here, so the truths and oracles of the unit tests serve the fuzzers too.
 *
 * A number takes as many bytes as its range has. When all are taken, each number is
 * the least of its range.
 */
#ifndef TESTS_FUZZ_INPUT_H
#define TESTS_FUZZ_INPUT_H

#include <linux/types.h>

static const u8 *input_bytes;
static size_t input_left;

/* For the messages of tests/unit; here the input is all there is to tell. */
static u64 random_seed;
static u64 random_state;

static inline void input_begin(const u8 *bytes, size_t size)
{
	input_bytes = bytes;
	input_left = size;
}

/* Is there more to come? Loops end by this. */
static inline bool input_has_more(void)
{
	return input_left;
}

static inline u8 input_byte(void)
{
	if (!input_left)
		return 0;
	input_left--;
	return *input_bytes++;
}

static inline u64 input_number(int bytes)
{
	u64 number = 0;
	int i;

	for (i = 0; i < bytes; i++)
		number |= (u64)input_byte() << 8 * i;
	return number;
}

static inline u64 random_u64(void)
{
	return input_number(8);
}

/* lo <= result <= hi. */
static inline s64 random_between(s64 lo, s64 hi)
{
	u64 range = (u64)hi - (u64)lo;
	int bytes = range ? (71 - __builtin_clzll(range)) / 8 : 0;
	u64 number = input_number(bytes);

	if (range != UINT64_MAX)
		number %= range + 1;
	return (s64)((u64)lo + number);
}

#endif /* TESTS_FUZZ_INPUT_H */
