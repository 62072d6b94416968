// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what hardly ever happens: no memory, a device tree that is wrong, a flag that
 * can't be lowered yet, an EEPROM that stays busy.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/property.h>
#include <linux/string.h>

#include "part.h"

/* More allocations than a probe makes */
#define ALLOCATIONS_MAX	600

/* An access to an EEPROM, its retries and what is read back, bytes */
#define EEPROM_BYTES_MAX	2000

static const struct property_entry all[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
	PROPERTY_ENTRY_BOOL("wakeup-source"),
	PROPERTY_ENTRY_U32("#clock-cells", 0),
	PROPERTY_ENTRY_STRING("clock-output-names", "kunit-odd"),
	{ }
};

static const struct software_node all_node = { .properties = all };

/*
 * Each allocation of a probe fails in turn: it fails as a whole, or does without, and
 * nothing is left of it. KASAN and lockdep look on.
 */
static void a_probe_without_memory(struct kunit *test)
{
	struct part *part = part_create(test);
	unsigned int refused = 0;
	unsigned int number;
	struct rtc_device *rtc;
	bool was_used = true;

	for (number = 1; number < ALLOCATIONS_MAX && was_used; number++) {
		part->board->no_memory_at = number;
		rtc = board_bind_with(part->board, BOARD_OURS, part->ours, &all_node);
		was_used = !current->fail_nth;
		current->fail_nth = 0;
		refused += !rtc;
		board_unbind(part->board, BOARD_OURS);
	}
	kunit_info(test, "%s: %u allocations, %u of which it can't do without\n", part->name,
		   number - 2, refused);
	KUNIT_EXPECT_FALSE(test, was_used);
	KUNIT_EXPECT_GT(test, refused, 0);
	part_bind(part, NULL);
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
}

/* What is not the RTC's own affair must not cost the RTC. */
static void a_device_tree_that_is_wrong(struct kunit *test)
{
	static const struct property_entry no_mode[] = {
		PROPERTY_ENTRY_STRING("rtc-sync,mode", "sideways"),
		{ }
	};
	struct software_node node = { .properties = no_mode };
	struct part *part = part_create(test);

	part_bind(part, &node);
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
	board_unbind(part->board, BOARD_OURS);
}

static void an_interrupt_that_can_not_be_had(struct kunit *test)
{
	struct part *part = part_create(test);
	struct rtc_device *rtc;

	part->board->bus[BOARD_OURS].irq = NR_IRQS + 1;
	rtc = board_bind(part->board, BOARD_OURS, part->ours);
	if (rtc)
		KUNIT_EXPECT_FALSE(test, test_bit(RTC_FEATURE_ALARM, rtc->features));
	else
		KUNIT_EXPECT_NE(test, part->board->sim.chip.model->alarm[0].flag.mask, 0);
}

/* Two with the same name: the second one does without a clock output. */
static void a_clock_output_that_is_taken(struct kunit *test)
{
	struct part *part = part_create(test);

	part->board->bus[BOARD_MAINLINE].irq = 0;
	part->board->bus[BOARD_OURS].irq = 0;
	KUNIT_ASSERT_NOT_NULL(test, board_bind_with(part->board, BOARD_MAINLINE, part->ours,
						    &all_node));
	/* A node is for one device only. */
	part_bind(part, &(const struct software_node) { .properties = all });
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
	board_unbind(part->board, BOARD_OURS);
}

/* One in the bytes of the time is lowered by writing them, and by nothing else. */
static bool is_in_time(const struct sim_model *model, u8 reg)
{
	unsigned int unit;

	for (unit = 0; unit < SIM_UNITS; unit++)
		if (model->reg[unit] == reg)
			return true;
	return false;
}

/* The oscillator takes its time, and the flag stays up until it runs. */
static void a_flag_that_is_lowered_later(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct sim_model *model = part->board->sim.chip.model;

	if (!board_raise(part->board, SIM_STOPPED, true))
		return;
	KUNIT_EXPECT_EQ(test, part_read_time(part), -EINVAL);
	part->board->stays_stopped = true;
	KUNIT_EXPECT_EQ(test, part_set_time(part, PART_SHOWS_S), 0);
	KUNIT_EXPECT_EQ(test, part_read_time(part), -EINVAL);
	part->board->stays_stopped = false;
	if (is_in_time(model, model->flag[SIM_STOPPED].reg)) {
		KUNIT_EXPECT_EQ(test, part_read_time(part), -EINVAL);
		return;
	}
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
	/* From then on it means what it says. */
	board_raise(part->board, SIM_STOPPED, true);
	KUNIT_EXPECT_EQ(test, part_read_time(part), -EINVAL);
}

/*
 * A flag that the part raises while another bit of its register is changed is not
 * lowered by the way: somebody may be going to ask for it.
 */
static void a_flag_that_is_raised_meanwhile(struct kunit *test)
{
	struct part *part = part_begin(test);
	const struct sim_chip *chip = &part->board->sim.chip;
	struct device *dev = part->rtc->dev.parent;
	struct rtc_wkalrm wkalrm = { .enabled = 1 };
	unsigned int flag;
	int after;

	if (!test_bit(RTC_FEATURE_ALARM, part->rtc->features))
		return;
	/* A 1 that is written raises these parts' flags: nothing can be done. */
	if (!strcmp(part->name, "ab1805") || !strcmp(part->name, "rv1805"))
		return;
	rtc_time64_to_tm(PART_SHOWS_S + 3600, &wkalrm.time);
	/* Void time has no alarm, so not of that flag. */
	for (flag = SIM_STOPPED + 1; flag < SIM_FLAGS; flag++) {
		if (!board_raise(part->board, flag, false))
			continue;
		for (after = 0; part->board->raises_after < 0; after++) {
			/* An alarm that is over: its flag is what is lowered. */
			sim_chip_put(sim_board_get(&part->board->sim),
				     &chip->model->alarm[0].flag);
			sim_board_put(&part->board->sim);
			part->board->raises = flag;
			part->board->raises_after = after;
			KUNIT_EXPECT_EQ(test, rtc_chip_set_alarm(dev, &wkalrm), 0);
			KUNIT_EXPECT_EQ(test, rtc_chip_alarm_irq_enable(dev, false), 0);
			if (part->board->raises_after < 0)
				KUNIT_EXPECT_TRUE_MSG(test,
						      sim_chip_is(chip, &chip->model->flag[flag]),
						      "    %s: flag %u after reading %d\n",
						      part->name, flag, after);
			board_raise(part->board, flag, false);
		}
		part->board->raises_after = -1;
		KUNIT_EXPECT_GT(test, after, 4);
	}
}

static void an_eeprom_that_stays_busy(struct kunit *test)
{
	struct part *part = part_begin(test);
	long offset_ppb = 0;

	if (!part->chip->trim.wears)
		return;
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, 10000), 0);
	sim_board_get(&part->board->sim)->busy_until_ns = S64_MAX;
	sim_board_put(&part->board->sim);
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, -10000), -ETIMEDOUT);
	sim_board_get(&part->board->sim)->busy_until_ns = 0;
	sim_board_put(&part->board->sim);
	KUNIT_EXPECT_EQ(test, rtc_set_offset(part->rtc, -10000), 0);
	KUNIT_EXPECT_EQ(test, rtc_read_offset(part->rtc, &offset_ppb), 0);
	KUNIT_EXPECT_LT(test, offset_ppb, 0);
}

/* The EEPROM is held back, or the backup off: as while it is used */
static bool is_amid(struct part *part, const struct rtc_chip_desc *desc)
{
	const struct rtc_chip_backup *backup = &desc->backup;
	const struct rtc_chip_bits *hold = &desc->eeprom.hold;
	const struct sim_chip *chip = sim_board_get(&part->board->sim);
	bool is_held = (chip->regs[hold->reg] & hold->mask) == hold->value;
	bool is_off = (chip->regs[backup->reg] & backup->mask) == backup->disabled;

	sim_board_put(&part->board->sim);
	return is_held || is_off;
}

/* From some byte on nobody answers any more: over what, or for how long, nobody knows. */
static unsigned int break_off(struct part *part, bool resets, int *bytes)
{
	const struct rtc_chip_desc *desc = part->chip->desc;
	unsigned int amid = 0;
	bool was_amid;
	int ret;

	for (*bytes = 0; *bytes < EEPROM_BYTES_MAX; (*bytes)++) {
		board_fail(part->board, *bytes, true);
		ret = rtc_set_offset(part->rtc, *bytes & 1 ? 10000 : -10000);
		if (resets)
			board_unbind(part->board, BOARD_OURS);
		was_amid = is_amid(part, desc);
		amid += was_amid;
		if (!board_mend(part->board))
			return amid;
		KUNIT_EXPECT_TRUE(part->test, ret < 0 || !was_amid);
		if (resets)
			part_bind(part, NULL);
		KUNIT_EXPECT_GE(part->test, part_read_time(part), PART_SHOWS_S);
		KUNIT_EXPECT_FALSE_MSG(part->test, is_amid(part, desc),
				       "    %s: byte %d failed\n", part->name, *bytes);
	}
	return amid;
}

/* The next one that talks to the part puts right what was left half done. */
static void an_eeprom_that_is_broken_off(struct kunit *test)
{
	struct rtc_param direct = { .param = RTC_PARAM_BACKUP_SWITCH_MODE,
				    .uvalue = RTC_BSM_DIRECT };
	struct part *part = part_begin(test);
	unsigned int resets;
	unsigned int amid;
	int bytes;

	if (!part->chip->trim.wears)
		return;
	KUNIT_ASSERT_EQ(test, rtc_chip_param_set(part->rtc->dev.parent, &direct), 0);
	KUNIT_ASSERT_FALSE(test, is_amid(part, part->chip->desc));
	for (resets = 0; resets < 2; resets++) {
		amid = break_off(part, resets, &bytes);
		KUNIT_EXPECT_GT(test, amid, 10);
		KUNIT_EXPECT_LT(test, bytes, EEPROM_BYTES_MAX);
		kunit_info(test, "%s: %d bytes, %u times amid it%s\n", part->name, bytes,
			   amid, resets ? ", and a reset" : "");
		if (resets)
			part_bind(part, NULL);
	}
}

static struct kunit_case chip_odd_cases[] = {
	KUNIT_CASE_PARAM(a_probe_without_memory, part_next),
	KUNIT_CASE_PARAM(a_device_tree_that_is_wrong, part_next),
	KUNIT_CASE_PARAM(an_interrupt_that_can_not_be_had, part_next),
	KUNIT_CASE_PARAM(a_clock_output_that_is_taken, part_next),
	KUNIT_CASE_PARAM(a_flag_that_is_lowered_later, part_next),
	KUNIT_CASE_PARAM(a_flag_that_is_raised_meanwhile, part_next),
	KUNIT_CASE_PARAM(an_eeprom_that_stays_busy, part_next),
	KUNIT_CASE_PARAM(an_eeprom_that_is_broken_off, part_next),
	{ }
};

static struct kunit_suite chip_odd_suite = {
	.name = "rtc-sync-chip-odd",
	.exit = part_exit,
	.test_cases = chip_odd_cases,
};

kunit_test_suite(chip_odd_suite);
