// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the alarm by its interrupt, which the simulated pin raises as a wire would.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/irq.h>
#include <linux/property.h>
#include <linux/time64.h>

#include "part.h"

#define ALARM_S		120
#define ROUNDS		5
#define FAR_DAYS	400LL

/* As often at the most may a chip that storms be listened to, in a second */
#define STORM_MAX	12

/* More than RTC_VL_CLR takes, and a part of what a byte takes */
#define CLEAR_NS	(4 * (s64)NSEC_PER_MSEC)
#define CLEAR_STEP_NS	60000

/* More than a set of the alarm takes */
#define BYTES_MAX	200

static const struct property_entry wakeup[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
	PROPERTY_ENTRY_BOOL("wakeup-source"),
	{ }
};

static const struct software_node wakeup_node = { .properties = wakeup };

static struct part *begin(struct kunit *test)
{
	struct part *part = part_create(test);
	struct board_bus *bus = &part->board->bus[BOARD_OURS];

	/* UML has marked them all as taken. */
	irq_free_desc(bus->irq);
	bus->irq = sim_pin_init(&part->board->sim.alarm, &part->board->sim, SIM_PIN_INT);
	KUNIT_ASSERT_GT(test, bus->irq, 0);
	part_bind(part, NULL);
	return part;
}

static bool has_alarm(const struct part *part)
{
	return test_bit(RTC_FEATURE_ALARM, part->rtc->features);
}

static int set_alarm(struct part *part, time64_t alarm_s)
{
	struct rtc_wkalrm wkalrm = { .enabled = 1 };

	rtc_time64_to_tm(alarm_s, &wkalrm.time);
	return rtc_set_alarm(part->rtc, &wkalrm);
}

/* What /dev/rtcN would tell who waits: the number of interrupts, above the flags */
static unsigned long alarms(const struct part *part)
{
	return part->rtc->irq_data >> 8;
}

static void let_pass(struct part *part, s64 ns)
{
	board_skip(part->board, ns);
	/* More than it rests after one that comes soon, as here they do */
	msleep(150);
	flush_work(&part->rtc->irqwork);
}

static void the_interrupt_tells(struct kunit *test)
{
	struct part *part = begin(test);
	unsigned long before;
	unsigned int i;

	if (!has_alarm(part)) {
		kunit_info(test, "%s: it has none\n", part->name);
		return;
	}
	for (i = 0; i < ROUNDS; i++) {
		board_settle(part->board, PART_SHOWS_S + 86400 * i, 0);
		KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + 86400 * i + ALARM_S), 0);
		before = alarms(part);
		let_pass(part, (ALARM_S - 2) * NSEC_PER_SEC);
		KUNIT_EXPECT_EQ(test, alarms(part), before);
		let_pass(part, 3 * NSEC_PER_SEC);
		KUNIT_EXPECT_EQ_MSG(test, alarms(part), before + 1, "    %s, round %u\n",
				    part->name, i);
		KUNIT_EXPECT_FALSE(test, board_int_is_low(part->board));
		KUNIT_EXPECT_FALSE(test, part->rtc->aie_timer.enabled);
	}
}

/* Whoever has set the time may count the days of the week from another one. */
static void another_day_of_the_week(struct kunit *test)
{
	struct part *part = begin(test);
	const struct sim_model *model = part->board->sim.chip.model;
	struct sim_chip *chip;
	unsigned long before;
	unsigned int day;

	if (!has_alarm(part) || !model->wday_last)
		return;
	for (day = model->wday_last - 6; day <= model->wday_last; day++) {
		board_settle(part->board, PART_SHOWS_S, 0);
		chip = sim_board_get(&part->board->sim);
		chip->regs[model->reg[SIM_WDAY]] &= ~model->mask[SIM_WDAY];
		chip->regs[model->reg[SIM_WDAY]] |= day;
		sim_board_put(&part->board->sim);
		before = alarms(part);
		KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + 2 * 86400 + ALARM_S), 0);
		let_pass(part, (2 * 86400 + ALARM_S + 1) * (s64)NSEC_PER_SEC);
		KUNIT_EXPECT_EQ_MSG(test, alarms(part), before + 1, "    %s: day %u\n",
				    part->name, day);
	}
}

/* While it is switched off nothing comes, and what came meanwhile comes late. */
static void an_alarm_that_is_switched_off(struct kunit *test)
{
	struct part *part = begin(test);
	unsigned long before;

	if (!has_alarm(part))
		return;
	KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + ALARM_S), 0);
	KUNIT_EXPECT_EQ(test, rtc_alarm_irq_enable(part->rtc, false), 0);
	before = alarms(part);
	let_pass(part, 2 * ALARM_S * NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, alarms(part), before);
	KUNIT_EXPECT_FALSE(test, board_int_is_low(part->board));
}

/* The year is not in the alarm, so it goes off too soon: nobody but the core hears. */
static void an_alarm_far_ahead(struct kunit *test)
{
	struct part *part = begin(test);
	unsigned long before;
	unsigned int day;

	if (!has_alarm(part))
		return;
	KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + FAR_DAYS * 86400), 0);
	before = alarms(part);
	for (day = 0; day < FAR_DAYS - 1; day++) {
		let_pass(part, 86400LL * NSEC_PER_SEC);
		KUNIT_EXPECT_EQ(test, alarms(part), before);
	}
	let_pass(part, 86401LL * NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, alarms(part), before + 1);
}

static void what_is_no_alarm_is_not_read_as_one(struct kunit *test)
{
	struct part *part = begin(test);
	const struct rtc_chip_alarm *alarm = &part->chip->desc->alarm;
	struct rtc_wkalrm wkalrm = { };
	struct sim_chip *chip;

	if (!has_alarm(part))
		return;
	KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + ALARM_S), 0);
	chip = sim_board_get(&part->board->sim);
	chip->regs[alarm->reg + alarm->min_at] = 0x6a;
	sim_board_put(&part->board->sim);
	KUNIT_EXPECT_EQ(test, rtc_chip_read_alarm(part->rtc->dev.parent, &wkalrm), -EINVAL);
}

/*
 * A flag beside the alarm's is lowered at each instant around the alarm: if the part
 * can't tell the flags apart, an alarm is lost to it, but not to who waits for it.
 */
static void an_alarm_while_another_flag_is_lowered(struct kunit *test)
{
	struct part *part = begin(test);
	struct device *dev = part->rtc->dev.parent;
	unsigned long before;
	s64 rest_ns;

	if (!has_alarm(part) || !board_raise(part->board, SIM_BATTERY_LOW, true))
		return;
	part->board->sleeps = true;
	for (rest_ns = 0; rest_ns < CLEAR_NS; rest_ns += CLEAR_STEP_NS) {
		board_settle(part->board, PART_SHOWS_S, 0);
		KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + ALARM_S), 0);
		board_raise(part->board, SIM_BATTERY_LOW, true);
		before = alarms(part);
		board_settle(part->board, PART_SHOWS_S + ALARM_S - 1,
			     NSEC_PER_SEC - 1 - rest_ns);
		KUNIT_EXPECT_EQ(test, rtc_chip_ioctl(dev, RTC_VL_CLR, 0), 0);
		let_pass(part, NSEC_PER_SEC);
		KUNIT_EXPECT_EQ_MSG(test, alarms(part), before + 1, "    %s: %lld ns before\n",
				    part->name, rest_ns);
	}
}

/* Each byte in turn without an acknowledge, of a set and of a reading */
static void a_transfer_that_breaks_off(struct kunit *test)
{
	struct part *part = begin(test);
	struct rtc_wkalrm wkalrm = { };
	unsigned int failed = 0;
	int fails_at;
	int ret;

	if (!has_alarm(part))
		return;
	for (fails_at = 0; fails_at < BYTES_MAX; fails_at++) {
		board_fail(part->board, fails_at, true);
		ret = set_alarm(part, PART_SHOWS_S + ALARM_S + 60 * fails_at);
		if (!board_mend(part->board))
			break;
		failed += ret < 0;
		KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + ALARM_S), 0);
		board_fail(part->board, fails_at, true);
		ret = rtc_chip_read_alarm(part->rtc->dev.parent, &wkalrm);
		if (board_mend(part->board))
			KUNIT_EXPECT_LT(test, ret, 0);
	}
	KUNIT_EXPECT_GT(test, failed, 5);
	/* And the interrupt, which is not lost for good. */
	board_settle(part->board, PART_SHOWS_S, 0);
	KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + ALARM_S), 0);
	let_pass(part, (ALARM_S - 2) * NSEC_PER_SEC);
	part->board->sim.faults.gone = true;
	let_pass(part, 3 * NSEC_PER_SEC);
	KUNIT_EXPECT_TRUE(test, board_int_is_low(part->board));
	part->board->sim.faults.gone = false;
	msleep(MSEC_PER_SEC);
	KUNIT_EXPECT_FALSE(test, board_int_is_low(part->board));
}

/* Its flag stays up, and its pin low, whatever is written. Until it is mended. */
static void a_pin_that_is_held_low(struct kunit *test)
{
	struct part *part = begin(test);
	struct sim_board *sim = &part->board->sim;
	unsigned int transfers;
	unsigned long before;
	unsigned int pulses;

	if (!has_alarm(part))
		return;
	part->board->sleeps = true;
	sim->chip.storms = true;
	msleep(MSEC_PER_SEC);
	pulses = sim->alarm.pulses;
	transfers = sim->transfers;
	msleep(MSEC_PER_SEC);
	KUNIT_EXPECT_GT(test, sim->alarm.pulses - pulses, 0);
	KUNIT_EXPECT_LE_MSG(test, sim->alarm.pulses - pulses, STORM_MAX, "    %s: %u transfers\n",
			    part->name, sim->transfers - transfers);
	sim->chip.storms = false;
	msleep(MSEC_PER_SEC);
	KUNIT_EXPECT_FALSE(test, board_int_is_low(part->board));
	board_settle(part->board, PART_SHOWS_S, 0);
	KUNIT_EXPECT_EQ(test, set_alarm(part, PART_SHOWS_S + ALARM_S), 0);
	before = alarms(part);
	let_pass(part, (ALARM_S + 1) * NSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, alarms(part), before + 1);
}

static void a_pin_without_an_interrupt(struct kunit *test)
{
	struct part *part = part_create(test);

	part->board->bus[BOARD_OURS].irq = 0;
	part_bind(part, NULL);
	KUNIT_EXPECT_FALSE(test, has_alarm(part));
	board_unbind(part->board, BOARD_OURS);
	part_bind(part, &wakeup_node);
	KUNIT_EXPECT_EQ(test, has_alarm(part), rtc_chip_has_alarm(part->chip->desc));
}

static struct kunit_case chip_alarm_cases[] = {
	KUNIT_CASE_PARAM(the_interrupt_tells, part_next),
	KUNIT_CASE_PARAM(another_day_of_the_week, part_next),
	KUNIT_CASE_PARAM(an_alarm_that_is_switched_off, part_next),
	KUNIT_CASE_PARAM(an_alarm_far_ahead, part_next),
	KUNIT_CASE_PARAM(what_is_no_alarm_is_not_read_as_one, part_next),
	KUNIT_CASE_PARAM(an_alarm_while_another_flag_is_lowered, part_next),
	KUNIT_CASE_PARAM(a_transfer_that_breaks_off, part_next),
	KUNIT_CASE_PARAM(a_pin_that_is_held_low, part_next),
	KUNIT_CASE_PARAM(a_pin_without_an_interrupt, part_next),
	{ }
};

static struct kunit_suite chip_alarm_suite = {
	.name = "rtc-sync-chip-alarm",
	.exit = part_exit,
	.test_cases = chip_alarm_cases,
};

kunit_test_suite(chip_alarm_suite);
