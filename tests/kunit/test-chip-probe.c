// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the first words with a part: the right one, another one at its address, one
 * that is silent, one that turns out to be another one later.
 */
#include <kunit/test.h>
#include <linux/string.h>

#include "part.h"

#define TIMES		20

/* 2001 to 2099 */
#define FROM_S		978307200LL
#define UNTIL_S		4070908800LL

/**
 * enum verdict - what a driver does with a part
 * @REFUSED: it does not want it
 * @VOID: it does, but reads no time from it
 * @RIGHT: it reads the right time
 * @WRONG: it reads another one
 * @VERDICTS: number of these
 */
enum verdict {
	REFUSED,
	VOID,
	RIGHT,
	WRONG,
	VERDICTS,
};

/*
 * What no bit that always reads the same tells apart, and whose time lies otherwise:
 * who puts the second into the device tree where the first is reads a wrong time.
 */
static const char *const lookalikes[][2] = {
	{ "ds1307", "m41t62" },
	{ "ds1337", "m41t62" },
	{ "ds1338", "m41t62" },
	{ "ds1339", "m41t62" },
	{ "ds1340", "m41t62" },
	{ "pcf85063a", "pcf8563" },
	{ "m41t62", "ds1340" },
	{ "m41t62", "bq32000" },
	/* What says 20yy to it says to these that hours count to 12. */
	{ "bq32000", "ds1307" },
	{ "bq32000", "ds1337" },
	{ "bq32000", "ds1338" },
	{ "bq32000", "ds1339" },
	{ "bq32000", "ds3231" },
	{ "bq32000", "m41t62" },
};

static bool is_lookalike(const char *there, const char *wanted)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lookalikes); i++)
		if (!strcmp(lookalikes[i][0], there) && !strcmp(lookalikes[i][1], wanted))
			return true;
	return false;
}

/* The worst that it reads in the part's place */
static enum verdict read_some(struct part *part)
{
	enum verdict worst = REFUSED;
	enum verdict verdict;
	time64_t read_s;
	time64_t rtc_s;
	unsigned int i;

	for (i = 0; i < TIMES; i++) {
		rtc_s = FROM_S + board_random(&part->random, UNTIL_S - FROM_S);
		board_settle(part->board, rtc_s, 0);
		read_s = part_read_time(part);
		if (read_s < 0)
			verdict = VOID;
		else
			verdict = read_s == rtc_s ? RIGHT : WRONG;
		worst = max(worst, verdict);
	}
	return worst;
}

static enum verdict try(struct part *part, const char *wanted)
{
	enum verdict verdict = REFUSED;
	char ours[I2C_NAME_SIZE];

	snprintf(ours, sizeof(ours), "%s-sync", wanted);
	part->rtc = board_bind(part->board, BOARD_OURS, ours);
	if (part->rtc)
		verdict = read_some(part);
	board_unbind(part->board, BOARD_OURS);
	return verdict;
}

/* Each name of ours for which a part has this address */
static void a_wrong_part_gives_no_wrong_time(struct kunit *test)
{
	struct part *part = part_create(test);
	const struct sim_model *const *model;
	unsigned int counts[VERDICTS] = { };

	for (model = sim_models; *model; model++) {
		enum verdict verdict;

		if ((*model)->address != part->board->sim.chip.model->address)
			continue;
		verdict = try(part, (*model)->name);
		if (!strcmp((*model)->name, part->name)) {
			KUNIT_EXPECT_EQ(test, verdict, RIGHT);
			continue;
		}
		counts[verdict]++;
		if (!is_lookalike(part->name, (*model)->name))
			KUNIT_EXPECT_NE_MSG(test, verdict, WRONG, "    %s as %s\n",
					    part->name, (*model)->name);
	}
	kunit_info(test, "%s: refused by %u others, void to %u, right to %u, wrong to %u\n",
		   part->name, counts[REFUSED], counts[VOID], counts[RIGHT], counts[WRONG]);
}

/* No bit that always reads the same is wrong in any register image of a part's. */
static void the_right_part_is_taken(struct kunit *test)
{
	struct part *part = part_create(test);
	struct sim_chip *chip;
	unsigned int flag;

	for (flag = 0; flag < SIM_FLAGS; flag++) {
		chip = sim_board_get(&part->board->sim);
		sim_chip_raise(chip, flag, true);
		sim_board_put(&part->board->sim);
		KUNIT_EXPECT_NE(test, try(part, part->name), REFUSED);
	}
	chip = sim_board_get(&part->board->sim);
	sim_chip_lose_power(chip, sim_board_now_ns(&part->board->sim));
	sim_board_put(&part->board->sim);
	KUNIT_EXPECT_NE(test, try(part, part->name), REFUSED);
}

static void a_silent_part_is_waited_for(struct kunit *test)
{
	struct part *part = part_create(test);

	part->board->sim.faults.gone = true;
	part_bind(part, NULL);
	KUNIT_EXPECT_LT(test, part_read_time(part), 0);
	KUNIT_EXPECT_NE(test, part_read_time(part), -EINVAL);
	KUNIT_EXPECT_LT(test, part_set_time(part, PART_SHOWS_S), 0);
	part->board->sim.faults.gone = false;
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
	KUNIT_EXPECT_EQ(test, part_set_time(part, PART_SHOWS_S), 0);
	KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
}

/* Once it answers, it is refused at each call: its time never comes through. */
static void a_silent_part_may_be_a_wrong_one(struct kunit *test)
{
	struct part *part = part_create(test);
	struct sim_board *sim = &part->board->sim;

	sim->faults.gone = true;
	part_bind(part, NULL);
	sim->faults.gone = false;
	/* All ones, as where nothing pulls the data down, are no part at all. */
	raw_spin_lock_irq(&sim->lock);
	memset(sim->chip.regs, 0xff, sizeof(sim->chip.regs));
	raw_spin_unlock_irq(&sim->lock);
	KUNIT_EXPECT_LT(test, part_read_time(part), 0);
	KUNIT_EXPECT_LT(test, part_read_time(part), 0);
}

static void a_controller_that_fails_is_told_from_void_time(struct kunit *test)
{
	static const int errors[] = { EIO, EAGAIN, EINVAL, ETIMEDOUT, ENXIO, EREMOTEIO };
	struct part *part = part_begin(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(errors); i++) {
		part->board->sim.faults.error = errors[i];
		KUNIT_EXPECT_LT(test, part_read_time(part), 0);
		KUNIT_EXPECT_NE(test, part_read_time(part), -EINVAL);
		KUNIT_EXPECT_NE(test, part_read_time(part), -EAGAIN);
		KUNIT_EXPECT_LT(test, part_set_time(part, PART_SHOWS_S), 0);
	}
	part->board->sim.faults.error = 0;
	KUNIT_EXPECT_EQ(test, part_set_time(part, PART_SHOWS_S), 0);
}

static struct kunit_case chip_probe_cases[] = {
	KUNIT_CASE_PARAM(a_wrong_part_gives_no_wrong_time, part_next),
	KUNIT_CASE_PARAM(the_right_part_is_taken, part_next),
	KUNIT_CASE_PARAM(a_silent_part_is_waited_for, part_next),
	KUNIT_CASE_PARAM(a_silent_part_may_be_a_wrong_one, part_next),
	KUNIT_CASE_PARAM(a_controller_that_fails_is_told_from_void_time, part_next),
	{ }
};

static struct kunit_suite chip_probe_suite = {
	.name = "rtc-sync-chip-probe",
	.exit = part_exit,
	.test_cases = chip_probe_cases,
};

kunit_test_suite(chip_probe_suite);
