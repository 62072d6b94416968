// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what the device tree says of the board: battery, crystal, clock output, the
 * interrupt of the square wave; and controllers that can't do what is needed.
 */
#include <kunit/test.h>
#include <linux/clk.h>
#include <linux/clk-provider.h>
#include <linux/delay.h>
#include <linux/irq.h>
#include <linux/property.h>
#include <linux/string.h>

#include "part.h"

static struct part *begin_with(struct kunit *test, const struct property_entry *properties)
{
	struct part *part = part_create(test);
	struct software_node *node = kunit_kzalloc(test, sizeof(*node), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, node);
	node->properties = properties;
	part_bind(part, node);
	return part;
}

/* Again, by the same driver, with other properties */
static void bind_with(struct part *part, const struct property_entry *properties)
{
	struct software_node *node = kunit_kzalloc(part->test, sizeof(*node), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(part->test, node);
	node->properties = properties;
	board_unbind(part->board, BOARD_OURS);
	part_bind(part, node);
}

static u8 reg_of(struct part *part, u8 reg)
{
	struct sim_chip *chip = sim_board_get(&part->board->sim);
	u8 value = chip->regs[reg];

	sim_board_put(&part->board->sim);
	return value;
}

static const struct property_entry nothing[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
	{ }
};

static void charge_by(struct part *part, const struct rtc_chip_charge *way)
{
	const struct rtc_chip_charger *charger = &part->chip->desc->charger;
	const struct property_entry with_diode[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("trickle-resistor-ohms", way->ohms),
		{ }
	};
	const struct property_entry without_diode[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("trickle-resistor-ohms", way->ohms),
		PROPERTY_ENTRY_BOOL("trickle-diode-disable"),
		{ }
	};

	bind_with(part, way->has_diode ? with_diode : without_diode);
	KUNIT_EXPECT_EQ(part->test, reg_of(part, charger->reg) & charger->mask, way->value);
}

static void the_battery_is_charged(struct kunit *test)
{
	static const struct property_entry off[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("aux-voltage-chargeable", 0),
		{ }
	};
	static const struct property_entry odd[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("trickle-resistor-ohms", 12345),
		{ }
	};
	struct part *part = begin_with(test, nothing);
	const struct rtc_chip_charger *charger = &part->chip->desc->charger;
	const struct rtc_chip_charge *way;
	u8 before;

	if (!charger->mask)
		return;
	for (way = charger->ways; way < charger->ways + RTC_CHIP_CHARGES && way->ohms; way++)
		charge_by(part, way);
	before = reg_of(part, charger->reg);
	bind_with(part, nothing);
	KUNIT_EXPECT_EQ(test, reg_of(part, charger->reg), before);
	bind_with(part, odd);
	KUNIT_EXPECT_EQ(test, reg_of(part, charger->reg), before);
	bind_with(part, off);
	KUNIT_EXPECT_EQ(test, reg_of(part, charger->reg) & charger->mask, 0);
}

static void the_battery_is_chosen(struct kunit *test)
{
	static const struct property_entry direct[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("backup-switchover-mode", RTC_BSM_DIRECT),
		{ }
	};
	static const struct property_entry odd[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("backup-switchover-mode", 99),
		{ }
	};
	struct part *part = begin_with(test, direct);
	const struct rtc_chip_backup *backup = &part->chip->desc->backup;
	u8 before;

	if (!backup->mask)
		return;
	if (backup->direct != RTC_CHIP_NONE)
		KUNIT_EXPECT_EQ(test, reg_of(part, backup->reg) & backup->mask, backup->direct);
	before = reg_of(part, backup->reg);
	bind_with(part, odd);
	KUNIT_EXPECT_EQ(test, reg_of(part, backup->reg), before);
}

static void the_crystal_has_its_load(struct kunit *test)
{
	static const struct property_entry low[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("quartz-load-femtofarads", 7000),
		{ }
	};
	static const struct property_entry high[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("quartz-load-femtofarads", 12500),
		{ }
	};
	static const struct property_entry odd[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
		PROPERTY_ENTRY_U32("quartz-load-femtofarads", 9000),
		{ }
	};
	struct part *part = begin_with(test, low);
	const struct rtc_chip_load *load = &part->chip->desc->load;
	u8 value;

	if (!load->mask)
		return;
	value = reg_of(part, load->reg) & load->mask;
	KUNIT_EXPECT_EQ(test, value, load->mask & ~load->high);
	bind_with(part, high);
	value = reg_of(part, load->reg) & load->mask;
	KUNIT_EXPECT_EQ(test, value, load->high);
	bind_with(part, odd);
	KUNIT_EXPECT_EQ(test, reg_of(part, load->reg) & load->mask, value);
}

static const struct property_entry clkout[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
	PROPERTY_ENTRY_U32("#clock-cells", 0),
	PROPERTY_ENTRY_STRING("clock-output-names", "kunit-clkout"),
	{ }
};

static void expect_rate(struct part *part, struct clk *clk, const struct rtc_chip_rate *rate)
{
	const struct rtc_chip_clkout *desc = &part->chip->desc->clkout;

	KUNIT_EXPECT_EQ(part->test, clk_set_rate(clk, rate->hz), 0);
	KUNIT_EXPECT_EQ(part->test, clk_get_rate(clk), rate->hz);
	KUNIT_EXPECT_EQ(part->test, clk_prepare_enable(clk), 0);
	if (desc->mask)
		KUNIT_EXPECT_EQ(part->test, reg_of(part, desc->reg) & desc->mask, rate->value);
	KUNIT_EXPECT_TRUE(part->test, __clk_get_hw(clk) && clk_hw_is_prepared(__clk_get_hw(clk)));
	clk_disable_unprepare(clk);
	KUNIT_EXPECT_FALSE(part->test, clk_hw_is_prepared(__clk_get_hw(clk)));
}

static void the_clock_output(struct kunit *test)
{
	struct software_node node = { .properties = clkout };
	struct part *part = part_create(test);
	const struct rtc_chip_clkout *desc;
	const struct rtc_chip_rate *rate;
	struct clk *clk;

	/* With an interrupt the pin is the alarm's, on most parts. */
	part->board->bus[BOARD_OURS].irq = 0;
	part_bind(part, &node);
	desc = &part->chip->desc->clkout;
	clk = __clk_lookup("kunit-clkout");
	KUNIT_EXPECT_EQ(test, !!clk, !!desc->rates[0].hz);
	if (!clk)
		return;
	for (rate = desc->rates; rate < desc->rates + RTC_CHIP_RATES && rate->hz; rate++)
		expect_rate(part, clk, rate);
	KUNIT_EXPECT_EQ(test, clk_round_rate(clk, desc->rates[0].hz + 1), desc->rates[0].hz);
	/* The time has not been touched, and the alarm's pin gives way. */
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
	part->board->sim.faults.gone = true;
	KUNIT_EXPECT_LT(test, clk_prepare(clk), 0);
	KUNIT_EXPECT_FALSE(test, clk_hw_is_prepared(__clk_get_hw(clk)));
	part->board->sim.faults.gone = false;
	board_unbind(part->board, BOARD_OURS);
}

static const struct property_entry pps[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "monitor"),
	PROPERTY_ENTRY_STRING("interrupt-names", "pps"),
	PROPERTY_ENTRY_BOOL("wakeup-source"),
	{ }
};

/* Where it is, or what comes once a second instead: by its interrupt, on two parts */
static enum sim_pin_kind wave_pin(const struct part *part)
{
	if (!strcmp(part->name, "rv3028") || !strcmp(part->name, "rv8803"))
		return SIM_PIN_INT;
	return SIM_PIN_WAVE;
}

static void the_square_wave(struct kunit *test)
{
	struct part *part = part_create(test);
	struct board_bus *bus = &part->board->bus[BOARD_OURS];
	struct sim_pin *pin = &part->board->sim.wave;
	struct software_node node = { .properties = pps };
	unsigned int pulses;

	part->board->sleeps = true;
	/* UML has marked them all as taken. */
	irq_free_desc(bus->irq);
	bus->irq = sim_pin_init(pin, &part->board->sim, wave_pin(part));
	KUNIT_ASSERT_GT(test, bus->irq, 0);
	part_bind(part, &node);
	KUNIT_EXPECT_EQ(test, !!part->chip->source.pps_irq, !!part->chip->desc->wave[0].mask);
	msleep(20 * MSEC_PER_SEC);
	pulses = pin->pulses;
	msleep(10 * MSEC_PER_SEC);
	if (part->chip->source.pps_irq) {
		KUNIT_EXPECT_GE(test, pin->pulses - pulses, 9);
		KUNIT_EXPECT_LE(test, pin->pulses - pulses, 11);
	}
	/* The engine's thread and its interrupt end before the node does. */
	board_unbind(part->board, BOARD_OURS);
}

static void a_controller_without_bursts(struct kunit *test)
{
	static const struct i2c_adapter_quirks short_reads = { .max_read_len = 4 };
	struct part *part = part_create(test);
	struct i2c_adapter *adapter = &part->board->bus[BOARD_OURS].sim.adapter;

	adapter->quirks = &short_reads;
	KUNIT_EXPECT_NULL(test, board_bind(part->board, BOARD_OURS, part->ours));
	board_unbind(part->board, BOARD_OURS);
	adapter->quirks = NULL;
	part->board->has_no_bursts = true;
	KUNIT_EXPECT_NULL(test, board_bind(part->board, BOARD_OURS, part->ours));
	board_unbind(part->board, BOARD_OURS);
	part->board->has_no_bursts = false;
	part_bind(part, NULL);
}

static struct kunit_case chip_wires_cases[] = {
	KUNIT_CASE_PARAM(the_battery_is_charged, part_next),
	KUNIT_CASE_PARAM(the_battery_is_chosen, part_next),
	KUNIT_CASE_PARAM(the_crystal_has_its_load, part_next),
	KUNIT_CASE_PARAM(the_clock_output, part_next),
	KUNIT_CASE_PARAM(the_square_wave, part_next),
	KUNIT_CASE_PARAM(a_controller_without_bursts, part_next),
	{ }
};

static struct kunit_suite chip_wires_suite = {
	.name = "rtc-sync-chip-wires",
	.exit = part_exit,
	.test_cases = chip_wires_cases,
};

kunit_test_suite(chip_wires_suite);
