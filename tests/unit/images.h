/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whatever is in the registers of a chip: drivers/rtc/chip/codec.c finds the time
 * that is in it, or refuses; never a wrong time that passes. 1,000,000 random images
 * a part, each judged by oracle.h as well. They take their time, so there are two
 * programs, for one half of the parts each.
 */
#ifndef TESTS_UNIT_IMAGES_H
#define TESTS_UNIT_IMAGES_H

#include "judge.h"

#define IMAGES_A_PART	1000000

/* A time, written or as somebody else would have, with a few bits flipped; or noise */
static void random_image(const struct part *part, u8 *space)
{
	u64 bits = random_u64();
	u8 *regs = space + part->reg;
	struct rtc_time tm;
	int flips;
	int i;

	memcpy(regs, &bits, FIELDS);
	bits = random_u64();
	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		space[part->others[i].reg] = (u8)(bits >> 8 * i);
	bits = random_u64();
	if (bits % 4 == 0)
		return;
	/* Flags beside the time are down more often than by chance. */
	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		if (bits >> (8 + i) & 7)
			space[part->others[i].reg] =
				write_byte(part->others[i].bits, 0, 0, 0);
	random_time(part, &tm);
	oracle_write(part, &tm, regs, regs);
	flips = (int)(bits >> 2 & 3);
	for (bits >>= 20; flips; flips--, bits >>= 6)
		regs[(bits & 7) % FIELDS] ^= (u8)(1U << (bits >> 3 & 7));
}

/*
 * Oracle and driver agree; what is valid is written as the oracle would, and nothing
 * of a wrong time gets out.
 */
static bool check_image(const struct part *part, const u8 *space)
{
	const u8 *regs = space + part->reg;
	struct rtc_time tm = { .tm_sec = 77 };
	struct rtc_time expected;
	u8 should[FIELDS];
	u8 again[FIELDS];
	const char *why = oracle(part, space, &expected);
	int ret = driver_time(part, space, &tm);
	bool is_good;

	if (why) {
		is_good = ret == -EINVAL && tm.tm_sec == 77;
	} else {
		oracle_write(part, &expected, regs, should);
		is_good = !ret && is_same_time(&tm, &expected) &&
			  !rtc_chip_encode(part->desc, &tm, regs, again) &&
			  !memcmp(should, again, FIELDS);
	}
	if (!is_good) {
		print_image(part, space);
		print_error("%s, but %d\n", why ? why : "good", ret);
	}
	assert_true(is_good);
	return !why;
}

static void images_are_judged(void **state)
{
	const struct part *part = *state;
	u8 space[REGISTERS];
	int valid = 0;
	int i, j;

	learn_part(part);
	for (i = 0; i < IMAGES_A_PART; i++) {
		/* No register counts that the part has no flag in. */
		if (i % 1000 == 0)
			for (j = 0; j < REGISTERS; j++)
				space[j] = (u8)random_u64();
		random_image(part, space);
		valid += check_image(part, space);
	}
	/* Neither verdict is rare enough to be untested. */
	assert_in_range(valid, IMAGES_A_PART / 5, IMAGES_A_PART / 5 * 4);
}

static int images_main(size_t first, size_t count)
{
	struct CMUnitTest tests[PARTS];

	for_all_parts(tests, "images are judged", images_are_judged);
	return _cmocka_run_group_tests("images", tests + first, count,
				       random_begin, NULL);
}

#endif /* TESTS_UNIT_IMAGES_H */
