// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of drivers/rtc/chip/codec-trim.c: registers, steps and rates of each chip's
 * trim, against vectors.h and against trying all steps.
 */
#include "trims.h"

#define PPT_IN_ALL	1000000000000LL
#define PPB_MOST	2000000

static bool has_trim(const struct part *part)
{
	assert_int_equal(!!part->trim.bits, !!part->desc->trim.mask);
	return part->trim.bits;
}

static s64 ppt_of(struct share share, int steps)
{
	return share.part * PPT_IN_ALL / share.of * steps;
}

/* What a step number makes the clock faster, 10^-12, by vectors.h */
static s64 true_ppt(const struct part *part, int steps)
{
	return ppt_of(steps > 0 ? part->trim.up : part->trim.down, steps);
}

static u8 mask_of(const char *letters)
{
	u8 mask = 0;
	int i;

	for (i = 0; letters && i < 8; i++)
		if (letters[i] != '.')
			mask |= (u8)(0x80 >> i);
	return mask;
}

/* Each value of the register, and each of the other that has a bit of it */
static void registers_are_read(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_trim *trim = &part->desc->trim;
	int value, lsb;

	if (!has_trim(part))
		return;
	assert_int_equal(trim->reg, part->trim.reg);
	assert_int_equal(trim->mask | trim->sign_mask, mask_of(part->trim.bits));
	assert_int_equal(trim->lsb.mask, mask_of(part->trim.lsb));
	if (part->trim.lsb)
		assert_int_equal(trim->lsb.reg, part->trim.lsb_reg);
	assert_int_equal(trim->mode.mask, mask_of(part->trim.mode));
	if (part->trim.mode) {
		assert_int_equal(trim->mode.reg, part->trim.mode_reg);
		assert_int_equal(!!trim->mode.value, !!strchr(part->trim.mode, '1'));
	}
	for (value = 0; value < 256; value++) {
		for (lsb = 0; lsb < 256; lsb++) {
			int steps = true_steps(&part->trim, (u8)value, (u8)lsb);

			assert_int_equal(rtc_chip_trim_decode(trim, (u8)value, (u8)lsb),
					 steps);
			assert_in_range(steps - part->trim.least, 0,
					part->trim.most - part->trim.least);
		}
	}
}

/* All steps, and nothing written outside of the bits that are the trim's */
static void steps_come_back(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_trim *trim = &part->desc->trim;
	int steps;

	if (!has_trim(part))
		return;
	assert_int_equal(trim->up_steps, part->trim.most);
	assert_int_equal(-trim->down_steps, part->trim.least);
	for (steps = part->trim.least; steps <= part->trim.most; steps++) {
		u8 lsb = 0;
		u8 value = rtc_chip_trim_encode(trim, steps, &lsb);

		assert_int_equal(value & ~mask_of(part->trim.bits), 0);
		assert_int_equal(lsb & ~mask_of(part->trim.lsb), 0);
		assert_int_equal(true_steps(&part->trim, value, lsb), steps);
		assert_int_equal(rtc_chip_trim_decode(trim, value, lsb), steps);
	}
}

/* Within 1/1000, of the right sign, and back */
static void rates_are_right(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_trim *trim = &part->desc->trim;
	int steps;

	if (!has_trim(part))
		return;
	for (steps = part->trim.least; steps <= part->trim.most; steps++) {
		s64 ppt = true_ppt(part, steps);
		s64 ppb = rtc_chip_trim_ppb(trim, steps);

		assert_that(llabs(ppb * 1000 - ppt) <= 500 + llabs(ppt) / 1000,
			    "%s: %d steps are %lld ppb, not %lld ppt",
			    part->desc->name, steps, ppb, ppt);
		/* Rounded to the next of what the row says */
		ppt = (s64)steps * (steps > 0 ? trim->up_ppt : trim->down_ppt);
		assert_true(llabs(ppb * 1000 - ppt) <= 500);
		assert_int_equal(rtc_chip_trim_steps(trim, (s32)ppb), steps);
	}
}

static void next_step_is_found(void **state)
{
	const struct part *part = *state;
	s32 most_ppb;
	s32 ppb;
	int i;

	if (!has_trim(part))
		return;
	most_ppb = rtc_chip_trim_ppb(&part->desc->trim, part->trim.most);
	for (i = 0; i < 10000; i++) {
		check_next(part, (s32)random_signed(PPB_MOST));
		check_next(part, (s32)random_between(-most_ppb, most_ppb));
	}
	for (ppb = -10000; ppb <= 10000; ppb++)
		check_next(part, ppb);
	assert_int_equal(rtc_chip_trim_steps(&part->desc->trim, 0), 0);
	assert_int_equal(rtc_chip_trim_steps(&part->desc->trim, PPB_MOST),
			 part->trim.most);
	assert_int_equal(rtc_chip_trim_steps(&part->desc->trim, -PPB_MOST),
			 part->trim.least);
}

/* What no row has yet: a sign bit that, set, makes it slower */
static void sign_that_slows(void **state)
{
	static const struct rtc_chip_trim trim = {
		.mask = 0x3e,
		.sign_mask = 0x80,
		.is_slowing = true,
		.up_ppt = 1000000,
		.down_ppt = 1000000,
		.up_steps = 31,
		.down_steps = 31,
	};
	u8 lsb = 0;
	int steps;

	(void)state;
	for (steps = -31; steps <= 31; steps++) {
		int size = steps < 0 ? -steps : steps;

		assert_int_equal(rtc_chip_trim_encode(&trim, steps, &lsb),
				 size << 1 | (steps < 0 ? 0x80 : 0));
		assert_int_equal(rtc_chip_trim_decode(&trim, (u8)(size << 1 | 0x41), 0),
				 size);
		assert_int_equal(rtc_chip_trim_decode(&trim, (u8)(size << 1 | 0x80), 0),
				 -size);
	}
	assert_int_equal(lsb, 0);
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "trim registers", registers_are_read);
	count += for_all_parts(tests + count, "trim steps", steps_come_back);
	count += for_all_parts(tests + count, "trim rates", rates_are_right);
	count += for_all_parts(tests + count, "the next step", next_step_is_found);
	tests[count++] = (struct CMUnitTest)random_test(sign_that_slows);
	return _cmocka_run_group_tests("trim", tests, count, random_begin, NULL);
}
