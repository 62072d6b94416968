// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: our driver on each of the simulated parts, one at a time.
 */
#include <kunit/test.h>
#include <linux/string.h>

#include "part.h"

/**
 * part_next() - for KUNIT_CASE_PARAM: all parts that are simulated
 * @last: the last one; NULL: begin
 * @name: set to the part's name
 *
 * Return: the next one; NULL: that was all.
 */
const void *part_next(const void *last, char *name)
{
	const struct sim_model *const *model = last;

	model = model ? model + 1 : sim_models;
	if (!*model)
		return NULL;
	strscpy(name, (*model)->name, KUNIT_PARAM_DESC_SIZE);
	return model;
}

/**
 * part_create() - a part, with no driver yet
 * @test: the test; its parameter is the part, its priv is set
 *
 * Return: it.
 */
struct part *part_create(struct kunit *test)
{
	const struct sim_model *const *model = test->param_value;
	struct part *part = kunit_kzalloc(test, sizeof(*part), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, part);
	part->test = test;
	part->name = (*model)->name;
	snprintf(part->ours, sizeof(part->ours), "%s-sync", part->name);
	board_seed(&part->random);
	part->board = board_create(test, part->name, PART_SHOWS_S);
	test->priv = part;
	return part;
}

/**
 * part_bind() - let our driver have it
 * @part: the part
 * @node: properties; NULL: the engine is off, and there are no others
 */
void part_bind(struct part *part, const struct software_node *node)
{
	if (node)
		part->rtc = board_bind_with(part->board, BOARD_OURS, part->ours, node);
	else
		part->rtc = board_bind(part->board, BOARD_OURS, part->ours);
	KUNIT_ASSERT_NOT_NULL_MSG(part->test, part->rtc, "    our driver does not bind\n");
	part->chip = dev_get_drvdata(part->rtc->dev.parent);
}

/**
 * part_begin() - a part with our driver, without the engine
 * @test: the test
 *
 * Return: it.
 */
struct part *part_begin(struct kunit *test)
{
	struct part *part = part_create(test);

	part_bind(part, NULL);
	return part;
}

/**
 * part_exit() - for &kunit_suite.exit
 * @test: the test
 */
void part_exit(struct kunit *test)
{
	struct part *part = test->priv;

	if (part)
		board_destroy(part->board);
}

/**
 * part_set_time() - as hwclock does
 * @part: the part
 * @rtc_s: s since 1970
 *
 * Return: what the RTC core returns.
 */
int part_set_time(struct part *part, time64_t rtc_s)
{
	struct rtc_time tm;

	rtc_time64_to_tm(rtc_s, &tm);
	return rtc_set_time(part->rtc, &tm);
}

/**
 * part_read_time() - as hwclock does
 * @part: the part
 *
 * Return: s since 1970, or a negative error.
 */
time64_t part_read_time(struct part *part)
{
	struct rtc_time tm;
	int ret;

	ret = rtc_read_time(part->rtc, &tm);
	return ret ?: rtc_tm_to_time64(&tm);
}
