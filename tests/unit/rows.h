/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of the rows have in common */
#ifndef TESTS_UNIT_ROWS_H
#define TESTS_UNIT_ROWS_H

#include "judge.h"

/* Nothing is said of what is not there. */
#define assert_empty(field) do {						\
	static const typeof(field) none;					\
										\
	assert_memory_equal(&(field), &none, sizeof(none));			\
} while (0)

static inline void check_bits(const struct rtc_chip_bits *bits)
{
	assert_int_equal(bits->value & ~bits->mask, 0);
	if (!bits->mask)
		assert_int_equal(bits->reg, 0);
}

static inline bool is_in(unsigned int reg, unsigned int first, unsigned int bytes)
{
	return reg >= first && reg < first + bytes;
}

#endif /* TESTS_UNIT_ROWS_H */
