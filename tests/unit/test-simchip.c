// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the simulated chips of tests/kmod: do they count, show and forget as
 * they should? All kinds of chips, by the same rules.
 */
#include "random.h"

#include <linux/rtc.h>

#include "simbus.h"

#define DATES		300
#define IMAGES		400
#define LONG_JUMPS	50
#define DAY_S		86400LL

#define YEAR_2099_END	4102444799LL
#define FEB_2100_END	4107542399LL	/* 2100-02-28T23:59:59 */

#define for_each_model(model) \
	for (model = sim_models; *model; model++)

static s64 last_second(const struct sim_model *model)
{
	return model->century.mask && !model->century_is_vague ? FEB_2100_END :
								 YEAR_2099_END;
}

/* Those whose century turns only if they are told to are told. */
static void enable_century(void)
{
	sim_chip_put(&chip, &chip.model->century_enable);
}

static void test_counts(void **state)
{
	const struct sim_model *const *model;
	int i;

	for_each_model(model) {
		s64 last_s = last_second(*model);

		for (i = 0; i < DATES; i++) {
			s64 from_s = random_between(RTC_TIMESTAMP_BEGIN_2000, last_s);
			s64 passed_s = random_up_to(last_s - from_s);

			power_up(*model, from_s);
			enable_century();
			pass_to(now_ns + passed_s * SECOND_NS);
			assert_that(counted() == from_s + passed_s,
				    "%s: from %lld, %lld s later: %lld",
				    (*model)->name, from_s, passed_s, counted());
		}
	}
}

/* In 12-hour mode it counts the same; the mode may be a bit of the hours. */
static void test_counts_to_12(void **state)
{
	const struct sim_model *const *model;
	s64 from_s = 1767225600;
	int hour;

	for_each_model(model) {
		if (!(*model)->hour_12.mask)
			continue;
		power_up(*model, from_s);
		sim_chip_put(&chip, &(*model)->hour_12);
		sim_chip_set_time(&chip, from_s, now_ns);
		for (hour = 1; hour < 100; hour++) {
			u8 shown;

			pass_to(now_ns + 3600 * SECOND_NS);
			assert_that(counted() == from_s + hour * 3600, "%s: %d h: %lld",
				    (*model)->name, hour, counted() - from_s);
			shown = chip.regs[(*model)->reg[SIM_HOUR]] & 0x1f;
			assert_that(shown >= 1 && shown <= 0x12 && (shown & 15) <= 9,
				    "%s: %d h: %02x", (*model)->name, hour, shown);
		}
	}
}

/* All but the AB1805 take 2100 for a leap year. */
static void test_leap_years(void **state)
{
	const struct sim_model *const *model;

	for_each_model(model) {
		bool knows = !strcmp((*model)->name, "ab1805") ||
			     !strcmp((*model)->name, "rv1805");

		power_up(*model, 951782399);	/* 2000-02-28T23:59:59 */
		pass_to(now_ns + SECOND_NS);
		assert_int_equal(chip.regs[(*model)->reg[SIM_MDAY]] & 0x3f, 0x29);
		if (!(*model)->century.mask)
			continue;
		power_up(*model, FEB_2100_END);
		pass_to(now_ns + SECOND_NS);
		assert_int_equal(chip.regs[(*model)->reg[SIM_MDAY]] & 0x3f,
				 knows ? 0x01 : 0x29);
	}
}

/* At the turn the century turns, and where it has an enable bit only with that. */
static void test_century(void **state)
{
	const struct sim_model *const *model;

	for_each_model(model) {
		const struct sim_bits *bits = &(*model)->century;
		struct sim_bits off = (*model)->century_enable;

		power_up(*model, YEAR_2099_END);
		enable_century();
		pass_to(now_ns + SECOND_NS);
		assert_int_equal(chip.regs[(*model)->reg[SIM_YEAR]], 0x00);
		if (bits->mask)
			assert_int_not_equal(chip.regs[bits->reg] & bits->mask, bits->value);
		if (!off.mask)
			continue;
		off.value ^= off.mask;
		power_up(*model, YEAR_2099_END);
		sim_chip_put(&chip, &off);
		pass_to(now_ns + SECOND_NS);
		assert_int_equal(chip.regs[bits->reg] & bits->mask, bits->value);
	}
}

/* Whatever is in the registers that it may, and what moves by itself left out. */
static void fill(const struct sim_model *model)
{
	u8 temperature[2];
	u8 config[8];
	int reg;

	power_up(model, 1767225600);
	memcpy(temperature, &chip.regs[0x11], sizeof(temperature));
	memcpy(config, &chip.regs[0x30], sizeof(config));
	for (reg = 0; reg < SIM_REGS; reg++)
		chip.regs[reg] = (u8)random_u64();
	memcpy(&chip.regs[0x11], temperature, sizeof(temperature));
	memcpy(&chip.regs[0x30], config, sizeof(config));
	sim_chip_follow(&chip, now_ns);
}

/* A jump over many seconds does what each of them would have done. */
static void test_jumps(void **state)
{
	const struct sim_model *const *model;
	struct sim_chip begin;
	struct sim_chip jumped;
	s64 begin_ns;
	int i;

	for_each_model(model) {
		for (i = 0; i < IMAGES; i++) {
			s64 seconds = random_up_to(random_one_in(50) ? 9 * DAY_S : 7000);
			s64 at;

			fill(*model);
			begin = chip;
			begin_ns = now_ns;
			pass_to(begin_ns + seconds * SECOND_NS);
			jumped = chip;
			chip = begin;
			for (at = 1; at <= seconds; at++)
				pass_to(begin_ns + at * SECOND_NS);
			assert_that(!memcmp(chip.regs, jumped.regs, SIM_REGS),
				    "%s: image %d, %lld s", (*model)->name, i, seconds);
		}
	}
}

/* However far: it ends, and soon the registers hold a time again. */
static void test_garbage(void **state)
{
	const struct sim_model *const *model;
	int i;

	for_each_model(model) {
		for (i = 0; i < LONG_JUMPS; i++) {
			fill(*model);
			pass_to(now_ns + random_up_to(150 * 366 * DAY_S) * SECOND_NS);
			fill(*model);
			if (chip.held)
				continue;
			/* Its years, months and days all come to their ends. */
			pass_to(now_ns + 101 * 366 * DAY_S * SECOND_NS);
			assert_that(counted() >= 0, "%s: image %d", (*model)->name, i);
		}
	}
}

/* A reader is shown one time: which, depends on the latch. */
static void test_latch(void **state)
{
	const struct sim_model *const *model;

	for_each_model(model) {
		const u8 *reg = (*model)->reg;
		u8 bytes[8];
		s64 edge_ns;
		u8 first = reg[SIM_SECOND];
		u8 at_minute = reg[SIM_MINUTE] - first;

		power_up(*model, 1767225600 + 59);
		edge_ns = next_tick_ns();
		/* The second is over while the seconds pass. */
		pass_to(edge_ns - 3 * BYTE_NS - BYTE_NS / 2);
		bus_read(first, bytes, 7);
		if ((*model)->latch == SIM_LATCH_NONE) {
			assert_int_equal(bytes[0] & 0x7f, 0x00);
			assert_int_equal(bytes[at_minute] & 0x7f, 0x01);
		} else {
			assert_that((bytes[0] & 0x7f) == 0x59, "%s", (*model)->name);
			assert_int_equal(bytes[at_minute] & 0x7f, 0x00);
		}
		assert_that(counted() == 1767225660, "%s: %lld", (*model)->name, counted());
		bus_read(first, bytes, 7);
		assert_int_equal(bytes[0] & 0x7f, 0x00);
		assert_int_equal(bytes[at_minute] & 0x7f, 0x01);
		/* The tick itself came when it had to. */
		assert_int_equal(next_tick_ns(), edge_ns + SECOND_NS);
	}
}

/* What can't be written stays, and only that. */
static void test_access(void **state)
{
	const struct sim_model *const *model;
	int reg;

	for_each_model(model) {
		if ((*model)->write)
			continue;	/* what those do is tested by part */
		for (reg = 0; reg <= (*model)->last; reg++) {
			const struct sim_access *access = (*model)->access;
			u8 before;
			u8 value = (u8)random_u64();
			u8 fixed = 0xff;

			power_up(*model, 1767225600);
			while (access->writable | access->clearable &&
			       (reg < access->first || reg > access->last))
				access++;
			if (reg >= access->first && reg <= access->last)
				fixed = (u8)~(access->writable | access->clearable);
			before = chip.regs[reg];
			bus_write_one((u8)reg, value);
			assert_that((chip.regs[reg] & fixed) == (before & fixed) &&
				    (chip.regs[reg] & access->writable) ==
				    (fixed == 0xff ? chip.regs[reg] : value & access->writable),
				    "%s: %02x: %02x to %02x gave %02x", (*model)->name,
				    (unsigned int)reg, before, value, chip.regs[reg]);
		}
	}
}

/* A fault is one as long as it lasts. */
static void test_faults(void **state)
{
	const struct sim_model *const *model;

	for_each_model(model) {
		power_up(*model, 1767225600);
		chip.stuck = true;
		pass_to(now_ns + 10 * SECOND_NS);
		assert_int_equal(counted(), 1767225600);
		chip.stuck = false;
		pass_to(now_ns + 10 * SECOND_NS);
		assert_int_equal(counted(), 1767225610);
		chip.lose = 1;
		pass_to(now_ns + 10 * SECOND_NS);
		assert_int_equal(counted(), 1767225619);
		assert_int_equal(chip.lose, 0);
		sim_chip_stop_oscillator(&chip, now_ns);
		assert_true(counted() < 0 ||
			    sim_chip_is(&chip, &(*model)->flag[SIM_STOPPED]));
	}
}

/* Without power it forgets, and says so where it can. */
static void test_power_loss(void **state)
{
	const struct sim_model *const *model;

	for_each_model(model) {
		power_up(*model, 1767225600);
		sim_chip_lose_power(&chip, now_ns);
		assert_int_not_equal(counted(), 1767225600);
		assert_true(chip.held ||
			    sim_chip_is(&chip, &(*model)->flag[SIM_STOPPED]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(test_counts),
		random_test(test_counts_to_12),
		random_test(test_leap_years),
		random_test(test_century),
		random_test(test_jumps),
		random_test(test_garbage),
		random_test(test_latch),
		random_test(test_access),
		random_test(test_faults),
		random_test(test_power_loss),
	};

	return cmocka_run_group_tests(tests, random_begin, NULL);
}
