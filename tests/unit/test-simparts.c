// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the simulated chips of tests/kmod: what each part does its own way,
 * by the numbers of its data sheet.
 */
#include "random.h"

#include <linux/rtc.h>

#include "simbus.h"

#define BEGIN		1767225600LL	/* 2026-01-01T00:00:00, a Thursday */
#define HALF_NS		(SECOND_NS / 2)

/**
 * struct procedure - how to set a chip, and when its first second is over
 * @name: of the chip
 * @seconds: register of the seconds
 * @hold: register with the bit that stops it; the first of two writes
 * @mask: that bit, 0: it is not stopped
 * @from_ns: least time from the release, or the write of the seconds, ns
 * @to_ns: most time, ns
 * @at_stop: from the STOP of the write, not from the byte's acknowledge
 */
struct procedure {
	const char *name;
	u8 seconds;
	u8 hold;
	u8 mask;
	s64 from_ns;
	s64 to_ns;
	bool at_stop;
};

static const struct procedure procedures[] = {
	{ "ds1307", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "ds1337", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "ds1338", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "ds1339", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "ds1340", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "ds3231", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "ds3232", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "bq32000", 0, 0, 0, SECOND_NS, SECOND_NS, false },
	{ "rv3028", 0, 0, 0, SECOND_NS - 244000, SECOND_NS, false },
	{ "m41t62", 1, 0, 0, SECOND_NS, SECOND_NS, true },
	{ "pcf8523", 3, 0, 0x20, 499878000, 500000000, false },
	{ "pcf8563", 2, 0, 0x20, 507813000, 507935000, false },
	{ "pcf85063a", 4, 0, 0x20, 507813000, 507935000, false },
	{ "rv8803", 0, 0x0f, 0x01, SECOND_NS, SECOND_NS, false },
};

static void test_write_phase(void **state)
{
	size_t i;
	int round;

	for (i = 0; i < array_size(procedures) * 20; i++) {
		const struct procedure *how = &procedures[i % array_size(procedures)];
		u8 second[2] = { 0x30, 0x12 };
		s64 from_ns;

		round = (int)(i / array_size(procedures));
		power_up_as(how->name, BEGIN);
		chip.random = (u32)random_u64();
		pass_to(now_ns + random_between(0, 10 * SECOND_NS));
		if (how->mask)
			bus_write_one(how->hold, how->mask);
		pass_to(now_ns + random_between(0, 3 * SECOND_NS));
		from_ns = bus_write(how->seconds, second, 2);
		if (how->mask) {
			pass_to(now_ns + random_between(0, 3 * SECOND_NS));
			from_ns = bus_write_one(how->hold, 0);
		} else if (how->at_stop) {
			from_ns = now_ns;
		}
		assert_that(counted() % 3600 == 12 * 60 + 30, "%s %d", how->name, round);
		assert_that(next_tick_ns() - from_ns >= how->from_ns &&
			    next_tick_ns() - from_ns <= how->to_ns,
			    "%s %d: first tick after %lld ns", how->name, round,
			    next_tick_ns() - from_ns);
	}
}

static void ee_command(u8 command)
{
	bus_write_one(0x27, 0);
	bus_write_one(0x27, command);
}

static void wait_ready(s64 at_most_ns)
{
	assert_int_equal(bus_read_one(0x0e) & 0x80, 0x80);
	pass_to(now_ns + at_most_ns);
	assert_int_equal(bus_read_one(0x0e) & 0x80, 0);
}

static void test_rv3028_eeprom(void **state)
{
	power_up_as("rv3028", BEGIN);
	bus_write_one(0x37, 0x1c);
	/* Without an update it is gone at midnight. */
	pass_to(now_ns + 86400 * SECOND_NS);
	pass_to(now_ns + SECOND_NS);
	assert_int_equal(bus_read_one(0x37), 0x10);
	bus_write_one(0x0f, 0x08);
	bus_write_one(0x37, 0x1c);
	pass_to(now_ns + 86400 * SECOND_NS);
	assert_int_equal(bus_read_one(0x37), 0x1c);
	ee_command(0x11);
	wait_ready(63000000);
	assert_int_equal(chip.writes, 1);
	sim_chip_lose_power(&chip, now_ns);
	wait_ready(66000000);
	assert_int_equal(bus_read_one(0x37), 0x1c);
	assert_int_equal(bus_read_one(0x0e), 0x01);
	/* One byte; a command without a 0 before it is none. */
	bus_write_one(0x25, 0x2a);
	bus_write_one(0x26, 0x77);
	ee_command(0x21);
	wait_ready(16000000);
	bus_write_one(0x26, 0);
	bus_write_one(0x27, 0x22);
	assert_int_equal(bus_read_one(0x26), 0);
	ee_command(0x22);
	wait_ready(1400000);
	assert_int_equal(bus_read_one(0x26), 0x77);
	assert_int_equal(chip.writes, 2);
}

static void test_m41t62(void **state)
{
	power_up_as("m41t62", BEGIN);
	sim_chip_raise(&chip, SIM_STOPPED, true);
	chip.regs[0x0f] |= 0x40;
	chip.regs[0x0a] |= 0x80;
	assert_true(sim_chip_is_int_low(&chip, now_ns));
	assert_int_equal(bus_read_one(0x0f), 0x44);
	assert_int_equal(bus_read_one(0x0f), 0x04);
	assert_false(sim_chip_is_int_low(&chip, now_ns));
	bus_write_one(0x0f, 0xff);
	assert_int_equal(bus_read_one(0x0f), 0x04);
	bus_write_one(0x0f, 0x00);
	assert_int_equal(bus_read_one(0x0f), 0x00);
	bus_write_one(0x00, 0x55);
	assert_int_equal(bus_read_one(0x00), 0x00);
	pass_to(now_ns + 420000000);
	assert_int_equal(bus_read_one(0x00), 0x42);
}

static void test_ab1805(void **state)
{
	s64 written_ns;

	power_up_as("ab1805", BEGIN);
	assert_int_equal(bus_read_one(0x28), 0x18);
	assert_int_equal(bus_read_one(0x29), 0x05);
	bus_write_one(0x10, 0x10);	/* without WRTC */
	bus_write_one(0x03, 0x11);
	assert_int_equal(counted(), BEGIN);
	bus_write_one(0x10, 0x11);
	bus_write_one(0x03, 0x11);
	assert_int_equal(counted(), BEGIN + 11 * 3600);
	bus_write_one(0x20, 0xa5);	/* without its key */
	assert_int_equal(bus_read_one(0x20), 0);
	bus_write_one(0x1f, 0x9d);
	bus_write_one(0x20, 0xa5);
	assert_int_equal(bus_read_one(0x20), 0xa5);
	bus_write_one(0x20, 0);		/* it was for one write */
	assert_int_equal(bus_read_one(0x20), 0xa5);
	/* One RAM, seen through two windows */
	bus_write_one(0x47, 0x12);
	assert_int_equal(bus_read_one(0x87), 0x12);
	/* Hundredths can be set, and the second with them. */
	written_ns = bus_write_one(0x00, 0x25);
	assert_int_equal(next_tick_ns() - written_ns, SECOND_NS / 4 * 3);
	/* So they are by a write of any counter, to where they stand. */
	pass_to(now_ns + 33333333);
	written_ns = bus_write_one(0x01, 0x00);
	assert_int_equal((next_tick_ns() - written_ns) % 10000000, 0);
}

static void test_mcp7940x(void **state)
{
	power_up_as("mcp7940x", BEGIN);
	assert_false(sim_chip_select(&chip, 0x60));
	assert_int_equal(bus_read_one(0x03), 0x25);	/* runs, Thursday */
	sim_chip_raise(&chip, SIM_POWER_FAILED, true);
	assert_int_equal(bus_read_one(0x03), 0x35);
	bus_write_one(0x03, 0x0d);
	assert_int_equal(bus_read_one(0x03), 0x2d);
	bus_write_one(0x06, 0x28);
	assert_int_equal(bus_read_one(0x05), 0x21);	/* a leap year */
	bus_write_one(0x00, 0x00);			/* not ST */
	assert_int_equal(bus_read_one(0x03), 0x0d);
	pass_to(now_ns + 10 * SECOND_NS);
	assert_int_equal(bus_read_one(0x00), 0x00);
	bus_write_one(0x00, 0x80);
	pass_to(now_ns + 10 * SECOND_NS);
	assert_int_equal(bus_read_one(0x00), 0x90);
}

/* As long as a read of an NXP lasts, one tick is kept; a second one is lost. */
static void test_nxp_read(void **state)
{
	power_up_as("pcf8563", BEGIN);
	sim_chip_start(&chip, now_ns);
	sim_chip_address(&chip, now_ns);
	now_ns += 900000000LL;
	sim_chip_select(&chip, 2);
	assert_int_equal(sim_chip_read(&chip, now_ns + HALF_NS), 0x00);
	sim_chip_stop(&chip, now_ns + HALF_NS);
	assert_int_equal(counted(), BEGIN + 1);
	sim_chip_start(&chip, now_ns + SECOND_NS);
	sim_chip_address(&chip, now_ns + SECOND_NS);
	sim_chip_stop(&chip, now_ns + 5 * SECOND_NS);
	assert_int_equal(counted(), BEGIN + 2);
}

/* Its control register restarts the second; its century is with the hours. */
static void test_ds1340(void **state)
{
	s64 written_ns;

	power_up_as("ds1340", BEGIN);
	pass_to(now_ns + HALF_NS);
	written_ns = bus_write_one(0x07, 0x00);
	assert_int_equal(next_tick_ns() - written_ns, SECOND_NS);
	bus_write_one(0x09, 0xff);
	assert_int_equal(bus_read_one(0x09), 0x00);
	sim_chip_raise(&chip, SIM_STOPPED, true);
	bus_write_one(0x09, 0xff);
	assert_int_equal(bus_read_one(0x09), 0x80);
	bus_write_one(0x09, 0x7f);
	assert_int_equal(bus_read_one(0x09), 0x00);
}

/* An oscillator that is switched off goes on where it stood. */
static void test_halt(void **state)
{
	power_up_as("ds1337", BEGIN);
	pass_to(now_ns + 3 * SECOND_NS + SECOND_NS / 5 * 2 - 3 * BYTE_NS);
	bus_write_one(0x0e, 0x98);
	pass_to(now_ns + 100 * SECOND_NS);
	assert_int_equal(counted(), -1);
	bus_write_one(0x0e, 0x18);
	assert_int_equal(counted(), BEGIN + 3);
	assert_int_equal(next_tick_ns() - now_ns, SECOND_NS / 5 * 3);
}

/* An alarm that is told with the pointer left on the flags does not go off. */
static void test_m41t62_pointer(void **state)
{
	static const u8 alarm[] = { 0x81, 0x01, 0x00, 0x00, 0x07 };

	power_up_as("m41t62", BEGIN);
	bus_write(0x0a, alarm, 5);
	pass_to(now_ns + 20 * SECOND_NS);
	assert_int_equal(chip.regs[0x0f] & 0x40, 0);
	power_up_as("m41t62", BEGIN);
	bus_write(0x0a, alarm, 5);
	bus_write_one(0x0a, 0x81);
	pass_to(now_ns + 20 * SECOND_NS);
	assert_int_equal(chip.regs[0x0f] & 0x40, 0x40);
}

/* Two keys, one after the other, open the register behind them. */
static void test_bq32000_keys(void **state)
{
	power_up_as("bq32000", BEGIN);
	bus_write_one(0x22, 0x01);
	assert_int_equal(bus_read_one(0x22), 0x00);
	bus_write_one(0x21, 0xc7);
	bus_write_one(0x22, 0x01);
	assert_int_equal(bus_read_one(0x22), 0x00);
	bus_write_one(0x20, 0x5e);
	bus_write_one(0x21, 0xc7);
	bus_write_one(0x22, 0x01);
	assert_int_equal(bus_read_one(0x22), 0x01);
	bus_write_one(0x07, 0x40);
	assert_true(sim_chip_has_wave(&chip));
}

/* The clock and its control are there twice. */
static void test_rv8803_mirror(void **state)
{
	int reg;

	power_up_as("rv8803", BEGIN);
	for (reg = 0; reg < 0x10; reg++)
		chip.regs[reg] = (u8)(0x40 + reg);
	for (reg = 1; reg < 0x10; reg++)
		assert_int_equal(bus_read_one((u8)(0x10 + reg)),
				 0x40 + (reg <= 7 ? reg - 1 : reg));
	bus_write_one(0x1f, 0x08);
	assert_int_equal(chip.regs[0x0f], 0x08 | (0x4f & ~0x3d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(test_write_phase),
		random_test(test_rv3028_eeprom),
		random_test(test_m41t62),
		random_test(test_ab1805),
		random_test(test_mcp7940x),
		random_test(test_nxp_read),
		random_test(test_ds1340),
		random_test(test_halt),
		random_test(test_m41t62_pointer),
		random_test(test_bq32000_keys),
		random_test(test_rv8803_mirror),
	};

	return cmocka_run_group_tests(tests, random_begin, NULL);
}
