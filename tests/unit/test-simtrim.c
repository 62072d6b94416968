// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the simulated chips of tests/kmod: what do their trim registers do to
 * their oscillators?
 */
#include "random.h"

#include <linux/rtc.h>

#include "simbus.h"

#define BEGIN		1767225600LL	/* 2026-01-01T00:00:00 */

/**
 * struct trim - a value of a trim register
 * @name: of the chip
 * @reg: the register
 * @value: what is written
 * @ppt: how much faster it runs then, 10^-12
 */
struct trim {
	const char *name;
	u8 reg;
	u8 value;
	s64 ppt;
};

static const struct trim trims[] = {
	{ "ds1340", 0x07, 0x3f, 31 * 4069010LL },
	{ "ds1340", 0x07, 0x1f, -31 * 2034505LL },
	{ "m41t62", 0x08, 0x21, 4069010 },
	{ "m41t62", 0x08, 0x01, -2034505 },
	{ "bq32000", 0x07, 0x30, 16 * 4069010LL },
	{ "bq32000", 0x07, 0x10, -16 * 2034505LL },
	{ "mcp7940x", 0x08, 0xff, 127 * 1017253LL },
	{ "mcp7940x", 0x08, 0x7f, -127 * 1017253LL },
	{ "pcf8523", 0x0e, 0x01, -4340000 },
	{ "pcf8523", 0x0e, 0x7f, 4340000 },
	{ "pcf8523", 0x0e, 0xc0, 64 * 4069000LL },
	{ "pcf85063a", 0x02, 0x3f, -63 * 4340000LL },
	{ "pcf85063a", 0x02, 0xff, 4069000 },
	{ "rv3028", 0x36, 0x7f, 254 * 953674LL },
	{ "rv3028", 0x36, 0x80, -256 * 953674LL },
	{ "rv8803", 0x2c, 0x1f, -31 * 238419LL },
	{ "rv8803", 0x2c, 0x20, 32 * 238419LL },
	{ "ab1805", 0x14, 0x3f, 63 * 1907349LL },
	{ "ab1805", 0x14, 0x40, -64 * 1907349LL },
};

/* Sign and size, to 0.1 % and a ns a second; seen in a day. */
static void test_trim(void **state)
{
	size_t i;

	for (i = 0; i < array_size(trims); i++) {
		const struct trim *trim = &trims[i];
		s64 off_ppb;
		s64 from_ns;
		s64 gained_ns;

		power_up_as(trim->name, BEGIN);
		bus_write_one(trim->reg, trim->value);
		from_ns = next_tick_ns();
		pass_to(from_ns + 40000 * SECOND_NS);
		gained_ns = from_ns + (counted() - BEGIN - 1) * SECOND_NS - chip.tick.edge_ns;
		off_ppb = gained_ns / 40000 - trim->ppt / 1000;
		assert_that(off_ppb * off_ppb <= 1 + trim->ppt / 1000000 * (trim->ppt / 1000000),
			    "%s %02x=%02x: %lld ns in 40000 s, not %lld ppt", trim->name,
			    trim->reg, trim->value, gained_ns, trim->ppt);
	}
}

/* As much if it comes by single seconds; and those are what they are. */
static void test_trim_in_bunches(void **state)
{
	s64 length_ns;
	size_t i;

	for (i = 0; i < array_size(trims); i++) {
		const struct trim *trim = &trims[i];
		s64 from_ns;
		s64 gained_ns;

		power_up_as(trim->name, BEGIN);
		if (!chip.model->bunch_ns)
			continue;
		chip.bunches = true;
		bus_write_one(trim->reg, trim->value);
		from_ns = next_tick_ns();
		/* Two days are 45 cycles of 64 minutes, and 24 of two hours. */
		pass_to(from_ns + 172800 * SECOND_NS);
		gained_ns = from_ns + (counted() - BEGIN - 1) * SECOND_NS - chip.tick.edge_ns;
		assert_that(llabs(gained_ns / 172800 - trim->ppt / 1000) <=
			    5 + llabs(trim->ppt) / 50000,
			    "%s %02x=%02x: %lld ns in 2 days, not %lld ppt", trim->name,
			    trim->reg, trim->value, gained_ns, trim->ppt);
	}
	power_up_as("pcf8523", BEGIN);
	chip.bunches = true;
	bus_write_one(0x0e, 0xfe);	/* -2 steps, of the fast mode */
	pass_to(now_ns + 59 * SECOND_NS + SECOND_NS / 2);
	length_ns = -next_tick_ns();
	pass_to(next_tick_ns());
	length_ns += next_tick_ns();
	assert_int_equal(length_ns, SECOND_NS - 2 * 244140);
}

/* The aging of a DS3231 counts from a conversion on. */
static void test_aging(void **state)
{
	power_up_as("ds3231", BEGIN);
	bus_write_one(0x10, 100);
	assert_int_equal(chip.tick.ppb, 0);
	bus_write_one(0x0e, 0x3c);
	assert_int_equal(chip.tick.ppb, -10000);
	assert_int_equal(bus_read_one(0x0e) & 0x20, 0x20);
	assert_int_equal(bus_read_one(0x0f) & 0x04, 0x04);
	pass_to(now_ns + SECOND_NS);
	assert_int_equal(bus_read_one(0x0e), 0x1c);
	assert_int_equal(bus_read_one(0x0f) & 0x04, 0);
	bus_write_one(0x10, 0x80);
	pass_to(now_ns + 200 * SECOND_NS);
	assert_int_equal(chip.tick.ppb, -10000);
	chip.temperature_mc = -10300;
	pass_to(now_ns + 200 * SECOND_NS);
	assert_int_equal(chip.tick.ppb, 12800);
	/* -10.3 degrees are -41.2 quarters, rounded down. */
	assert_int_equal(bus_read_one(0x11), 0xf5);
	assert_int_equal(bus_read_one(0x12), 0x80);
	sim_chip_set_temperature(&chip, 25750, now_ns);
	assert_int_equal(bus_read_one(0x11), 25);
	assert_int_equal(bus_read_one(0x12), 0xc0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(test_trim),
		random_test(test_trim_in_bunches),
		random_test(test_aging),
	};

	return cmocka_run_group_tests(tests, random_begin, NULL);
}
