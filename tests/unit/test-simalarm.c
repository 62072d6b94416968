// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the simulated chips of tests/kmod: when do their alarms go off, and
 * what becomes of the pin?
 */
#include "random.h"

#include <linux/rtc.h>

#include "simbus.h"

#define BEGIN		1767225600LL	/* 2026-01-01T00:00:00, a Thursday */
#define DAY_S		86400LL
#define MINUTE_AT	(DAY_S + 3 * 60)	/* on the 2nd, a Friday, 00:03 */
#define SECOND_AT	(MINUTE_AT + 7)
#define WRITES		8

/**
 * struct alarm_case - an alarm, and when it goes off
 * @name: of the chip
 * @what: what is special
 * @writes: registers and what is written to them, in that order
 * @flag: the flag
 * @at_s: when it goes off, s from %BEGIN
 * @again_s: how long after that again, s; 0: not in 40 days
 */
struct alarm_case {
	const char *name;
	const char *what;
	struct {
		u8 reg;
		u8 value;
	} writes[WRITES];
	struct sim_bits flag;
	s64 at_s;
	s64 again_s;
};

#define DS_FLAG		{ 0x0f, 0x01, 0x01 }
#define DS_FLAG_2	{ 0x0f, 0x02, 0x02 }
#define DS_ALARM(chip)							\
	{ chip, "day", { { 7, 0x07 }, { 8, 0x03 }, { 9, 0x00 }, { 10, 0x02 },	\
	  { 14, 0x05 } }, DS_FLAG, SECOND_AT, 31 * DAY_S }

static const struct alarm_case cases[] = {
	DS_ALARM("ds1337"), DS_ALARM("ds1339"), DS_ALARM("ds3231"), DS_ALARM("ds3232"),
	{ "ds3231", "weekday", { { 7, 0x07 }, { 8, 0x03 }, { 9, 0x00 }, { 10, 0x46 },
	  { 14, 0x05 } }, DS_FLAG, SECOND_AT, 7 * DAY_S },
	{ "ds3231", "hour", { { 7, 0x07 }, { 8, 0x03 }, { 9, 0x00 }, { 10, 0x80 },
	  { 14, 0x05 } }, DS_FLAG, 187, DAY_S },
	{ "ds3231", "minute", { { 7, 0x07 }, { 8, 0x83 }, { 9, 0x80 }, { 10, 0x80 },
	  { 14, 0x05 } }, DS_FLAG, 7, 60 },
	{ "ds3231", "second", { { 7, 0x80 }, { 8, 0x80 }, { 9, 0x80 }, { 10, 0x80 },
	  { 14, 0x05 } }, DS_FLAG, 1, 1 },
	{ "ds3231", "the other", { { 11, 0x03 }, { 12, 0x00 }, { 13, 0x02 },
	  { 14, 0x06 } }, DS_FLAG_2, MINUTE_AT, 31 * DAY_S },
	{ "mcp7940x", "all", { { 10, 0x07 }, { 11, 0x03 }, { 12, 0x00 }, { 13, 0x76 },
	  { 14, 0x02 }, { 15, 0x01 }, { 7, 0x10 } }, { 0x0d, 0x08, 0x08 }, SECOND_AT, 0 },
	{ "mcp7941x", "minute", { { 11, 0x03 }, { 13, 0x16 }, { 7, 0x10 } },
	  { 0x0d, 0x08, 0x08 }, 180, 0 /* it lasts a minute */ },
	{ "pcf8523", "day", { { 10, 0x03 }, { 11, 0x00 }, { 12, 0x02 }, { 13, 0x80 },
	  { 0, 0x02 }, { 15, 0x38 } }, { 1, 0x08, 0x08 }, MINUTE_AT, 31 * DAY_S },
	{ "pcf8563", "weekday", { { 9, 0x03 }, { 10, 0x00 }, { 11, 0x02 }, { 12, 0x05 },
	  { 1, 0x02 } }, { 1, 0x08, 0x08 }, MINUTE_AT, 0 },
	{ "pcf8563", "hour", { { 9, 0x80 }, { 10, 0x07 }, { 11, 0x80 }, { 12, 0x80 },
	  { 1, 0x02 } }, { 1, 0x08, 0x08 }, 7 * 3600, 60 },
	{ "pcf85063a", "day", { { 11, 0x07 }, { 12, 0x03 }, { 13, 0x00 }, { 14, 0x02 },
	  { 15, 0x80 }, { 1, 0x80 } }, { 1, 0x40, 0x40 }, SECOND_AT, 31 * DAY_S },
	{ "rv3028", "day", { { 7, 0x03 }, { 8, 0x00 }, { 9, 0x02 }, { 15, 0x20 },
	  { 16, 0x08 } }, { 14, 0x04, 0x04 }, MINUTE_AT, 31 * DAY_S },
	{ "rv3028", "weekday", { { 7, 0x03 }, { 8, 0x00 }, { 9, 0x05 }, { 15, 0x00 },
	  { 16, 0x08 } }, { 14, 0x04, 0x04 }, MINUTE_AT, 7 * DAY_S },
	{ "rv8803", "day", { { 8, 0x03 }, { 9, 0x00 }, { 10, 0x02 }, { 13, 0x40 },
	  { 15, 0x08 } }, { 14, 0x08, 0x08 }, MINUTE_AT, 31 * DAY_S },
	{ "rv8803", "weekdays", { { 8, 0x03 }, { 9, 0x00 }, { 10, 0x60 }, { 13, 0x00 },
	  { 15, 0x08 } }, { 14, 0x08, 0x08 }, MINUTE_AT, DAY_S },
	{ "m41t62", "year", { { 10, 0x81 }, { 11, 0x02 }, { 12, 0x00 }, { 13, 0x03 },
	  { 14, 0x07 }, { 10, 0x81 } }, { 15, 0x40, 0x40 }, SECOND_AT, 0 },
	{ "m41t62", "month", { { 10, 0x81 }, { 11, 0x42 }, { 12, 0x00 }, { 13, 0x03 },
	  { 14, 0x07 }, { 10, 0x81 } }, { 15, 0x40, 0x40 }, SECOND_AT, 31 * DAY_S },
	{ "ab1805", "year", { { 9, 0x07 }, { 10, 0x03 }, { 11, 0x00 }, { 12, 0x02 },
	  { 13, 0x01 }, { 24, 0x04 }, { 18, 0x64 } }, { 15, 0x04, 0x04 }, SECOND_AT, 0 },
	{ "rv1805", "week", { { 9, 0x07 }, { 10, 0x03 }, { 11, 0x00 }, { 14, 0x05 },
	  { 24, 0x0c }, { 18, 0x64 } }, { 15, 0x04, 0x04 }, SECOND_AT, 7 * DAY_S },
};

static void program(const struct alarm_case *alarm)
{
	int i;

	for (i = 0; i < WRITES && alarm->writes[i].reg | alarm->writes[i].value; i++)
		bus_write_one(alarm->writes[i].reg, alarm->writes[i].value);
}

static bool is_raised(const struct alarm_case *alarm)
{
	return sim_chip_is(&chip, &alarm->flag);
}

static void lower(const struct alarm_case *alarm)
{
	u8 value = chip.regs[alarm->flag.reg];

	bus_write_one(alarm->flag.reg, (u8)(value & ~alarm->flag.mask));
	/* Where only a read does it */
	bus_read_one(alarm->flag.reg);
}

/* To the middle of a second, however long it is there. */
static void pass_to_second(s64 at_s)
{
	pass_to(1000 * SECOND_NS + at_s * SECOND_NS + SECOND_NS / 2);
}

/* In time, not before; and the pin follows flag and enable. */
static void test_alarms(void **state)
{
	size_t i;

	for (i = 0; i < array_size(cases); i++) {
		const struct alarm_case *alarm = &cases[i];

		power_up_as(alarm->name, BEGIN);
		program(alarm);
		pass_to_second(alarm->at_s - 1);
		assert_that(!is_raised(alarm), "%s, %s: too early", alarm->name, alarm->what);
		assert_false(sim_chip_is_int_low(&chip, now_ns));
		pass_to_second(alarm->at_s);
		assert_that(is_raised(alarm), "%s, %s: too late", alarm->name, alarm->what);
		assert_that(sim_chip_is_int_low(&chip, now_ns), "%s, %s: pin is high",
			    alarm->name, alarm->what);
		if (strcmp(alarm->what, "minute"))
			pass_to_second(alarm->at_s + 1);
		lower(alarm);
		if (alarm->again_s == 1)
			continue;
		assert_that(!is_raised(alarm) || alarm->name[0] == 'm',
			    "%s, %s: the flag stays", alarm->name, alarm->what);
		if (alarm->name[0] != 'm')
			assert_false(sim_chip_is_int_low(&chip, now_ns));
		/* Not again, be it in the same minute. */
		pass_to_second(alarm->at_s + 3);
		assert_that(!is_raised(alarm) || !strcmp(alarm->what, "minute"),
			    "%s, %s: again", alarm->name, alarm->what);
	}
}

/* Again when it has to, or not at all. */
static void test_alarms_again(void **state)
{
	size_t i;

	for (i = 0; i < array_size(cases); i++) {
		const struct alarm_case *alarm = &cases[i];

		power_up_as(alarm->name, BEGIN);
		program(alarm);
		pass_to_second(alarm->at_s + 61);
		lower(alarm);
		if (alarm->again_s == 1 || alarm->again_s == 60)
			continue;
		pass_to_second(alarm->at_s + (alarm->again_s ?: 40 * DAY_S) - 1);
		assert_that(!is_raised(alarm) || !strcmp(alarm->what, "minute"),
			    "%s, %s: too early", alarm->name, alarm->what);
		pass_to_second(alarm->at_s + alarm->again_s);
		assert_that(is_raised(alarm) || !alarm->again_s, "%s, %s: too late",
			    alarm->name, alarm->what);
	}
}

/* A jump beyond it raises the flag as well. */
static void test_jumps_over(void **state)
{
	size_t i;

	for (i = 0; i < array_size(cases); i++) {
		power_up_as(cases[i].name, BEGIN);
		program(&cases[i]);
		pass_to_second(cases[i].at_s + 3 * DAY_S);
		assert_that(is_raised(&cases[i]), "%s, %s", cases[i].name, cases[i].what);
	}
}

/* Not looked at while it is disabled for good, or the pin is another's. */
static void test_disabled(void **state)
{
	static const struct {
		const char *name;
		u8 reg;
		u8 value;
	} gates[] = {
		{ "ds1339", 0x0e, 0x01 }, { "ds3231", 0x0e, 0x01 },
		{ "ds3231", 0x0e, 0x04 }, { "mcp7940x", 0x07, 0x00 },
		{ "mcp7940x", 0x07, 0x50 }, { "pcf8523", 0x0f, 0x30 },
		{ "pcf85063a", 0x01, 0x00 }, { "rv3028", 0x10, 0x00 },
		{ "rv8803", 0x0f, 0x00 }, { "m41t62", 0x0a, 0x01 },
		{ "ab1805", 0x12, 0xe0 }, { "ab1805", 0x11, 0x03 },
	};
	size_t i;
	size_t at;

	for (i = 0; i < array_size(gates); i++) {
		at = 0;
		while (strcmp(cases[at].name, gates[i].name))
			at++;
		power_up_as(gates[i].name, BEGIN);
		program(&cases[at]);
		bus_write_one(gates[i].reg, gates[i].value);
		pass_to_second(cases[at].at_s);
		assert_that(!sim_chip_is_int_low(&chip, now_ns), "%s %02x=%02x",
			    gates[i].name, gates[i].reg, gates[i].value);
	}
}

/* The update interrupts: a pulse each second, which ends by itself. */
static void test_updates(void **state)
{
	static const struct {
		const char *name;
		u8 reg;
		u8 value;
	} updates[] = { { "rv3028", 0x10, 0x20 }, { "rv8803", 0x0f, 0x20 } };
	size_t i;
	int second;

	for (i = 0; i < array_size(updates); i++) {
		power_up_as(updates[i].name, BEGIN);
		bus_write_one(updates[i].reg, updates[i].value);
		for (second = 1; second < 10; second++) {
			pass_to(1000 * SECOND_NS + second * SECOND_NS);
			assert_true(sim_chip_is_int_low(&chip, now_ns));
			assert_int_equal(sim_chip_next_event_ns(&chip, now_ns) - now_ns,
					 SECOND_NS / 2);
			pass_to(now_ns + SECOND_NS / 2);
			assert_false(sim_chip_is_int_low(&chip, now_ns));
			assert_int_equal(sim_chip_next_event_ns(&chip, now_ns) - now_ns,
					 SECOND_NS / 2);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		random_test(test_alarms),
		random_test(test_alarms_again),
		random_test(test_jumps_over),
		random_test(test_disabled),
		random_test(test_updates),
	};

	return cmocka_run_group_tests(tests, random_begin, NULL);
}
