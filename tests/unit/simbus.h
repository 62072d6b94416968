/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A simulated chip of tests/kmod without its bus: transfers at 100 kHz in a time
 * of the test's own.
 */
#ifndef TESTS_UNIT_SIMBUS_H
#define TESTS_UNIT_SIMBUS_H

#include "../kmod/sim-chip.h"

#define SECOND_NS	1000000000LL
#define BYTE_NS		90000LL

static struct sim_chip chip;
static s64 now_ns;

static inline void pass_to(s64 at_ns)
{
	now_ns = at_ns;
	sim_chip_advance(&chip, now_ns);
}

static inline void bus_begin(u8 reg)
{
	sim_chip_start(&chip, now_ns);
	now_ns += BYTE_NS;
	sim_chip_address(&chip, now_ns);
	now_ns += BYTE_NS;
	sim_chip_select(&chip, reg);
}

/* Returns when the first byte was acknowledged. */
static inline s64 bus_write(u8 reg, const u8 *bytes, int count)
{
	s64 first_ns;
	int i;

	bus_begin(reg);
	first_ns = now_ns + BYTE_NS;
	for (i = 0; i < count; i++) {
		now_ns += BYTE_NS;
		sim_chip_write(&chip, bytes[i], now_ns);
	}
	sim_chip_stop(&chip, now_ns);
	return first_ns;
}

static inline void bus_read(u8 reg, u8 *bytes, int count)
{
	int i;

	bus_begin(reg);
	sim_chip_start(&chip, now_ns);
	now_ns += BYTE_NS;
	sim_chip_address(&chip, now_ns);
	for (i = 0; i < count; i++) {
		now_ns += BYTE_NS;
		bytes[i] = sim_chip_read(&chip, now_ns);
	}
	sim_chip_stop(&chip, now_ns);
}

static inline u8 bus_read_one(u8 reg)
{
	u8 value;

	bus_read(reg, &value, 1);
	return value;
}

static inline s64 bus_write_one(u8 reg, u8 value)
{
	return bus_write(reg, &value, 1);
}

/* A chip that shows @rtc_s, since now, which is the same each time. */
static inline void power_up(const struct sim_model *model, s64 rtc_s)
{
	now_ns = 1000 * SECOND_NS;
	sim_chip_power_up(&chip, model, rtc_s, now_ns);
	/* Whatever it does then, as with an EEPROM, is over. */
	chip.busy_until_ns = now_ns;
}

static inline void power_up_as(const char *name, s64 rtc_s)
{
	const struct sim_model *model = sim_model_find(name);

	assert_non_null(model);
	power_up(model, rtc_s);
}

/* What it counts now, -1: nothing. */
static inline s64 counted(void)
{
	time64_t rtc_s;

	return sim_chip_get_time(&chip, &rtc_s) ? rtc_s : -1;
}

/* When its next second begins, to the ns. */
static inline s64 next_tick_ns(void)
{
	return sim_tick_next_ns(&chip.tick);
}

#endif /* TESTS_UNIT_SIMBUS_H */
