// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what a part has beside its time: flags, memory, temperature, battery.
 */
#include <kunit/test.h>
#include <linux/hwmon.h>
#include <linux/nvmem-consumer.h>
#include <linux/property.h>
#include <linux/string.h>

#include "part.h"

#define BYTES_MAX	200

/* What a raised flag does: the time is void until it is set, or it is good to know. */
static void a_flag_that_is_raised(struct kunit *test)
{
	struct part *part = part_begin(test);
	struct sim_chip *chip;
	unsigned int flag;
	bool has_flag;

	for (flag = 0; flag < SIM_FLAGS; flag++) {
		chip = sim_board_get(&part->board->sim);
		has_flag = sim_chip_raise(chip, flag, true);
		sim_board_put(&part->board->sim);
		if (!has_flag)
			continue;
		if (flag == SIM_STOPPED)
			KUNIT_EXPECT_EQ(test, part_read_time(part), -EINVAL);
		KUNIT_EXPECT_EQ(test, part_set_time(part, PART_SHOWS_S), 0);
		KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S);
	}
}

/* From a power loss until a set: void, and after that for good. */
static void a_power_loss(struct kunit *test)
{
	struct part *part = part_begin(test);
	struct sim_chip *chip = sim_board_get(&part->board->sim);
	unsigned int i;

	sim_chip_lose_power(chip, sim_board_now_ns(&part->board->sim));
	sim_board_put(&part->board->sim);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, part_read_time(part), -EINVAL);
	KUNIT_EXPECT_EQ(test, part_set_time(part, PART_SHOWS_S), 0);
	for (i = 0; i < 30; i++) {
		KUNIT_EXPECT_GE(test, part_read_time(part), PART_SHOWS_S + i);
		KUNIT_EXPECT_LE(test, part_read_time(part), PART_SHOWS_S + i + 3);
		board_skip(part->board, NSEC_PER_SEC);
	}
}

/* By each byte in turn the flags, or the power's end, are not read: no time then. */
static void flags_that_can_not_be_read(struct kunit *test)
{
	struct part *part = part_begin(test);
	time64_t rtc_s;
	int fails_at;

	for (fails_at = 0; fails_at < BYTES_MAX; fails_at++) {
		board_settle(part->board, PART_SHOWS_S, 0);
		board_fail(part->board, fails_at, true);
		rtc_s = part_read_time(part);
		if (!board_mend(part->board))
			break;
		KUNIT_EXPECT_LT(test, rtc_s, 0);
		KUNIT_EXPECT_NE(test, rtc_s, -EINVAL);
	}
	KUNIT_EXPECT_GT(test, fails_at, 8);
}

static int is_named(struct device *dev, const void *name)
{
	return str_has_prefix(dev_name(dev), name);
}

/* All of it, in pieces and at once, as a pattern and as zeros */
static void try_memory(struct part *part, const char *name, unsigned int bytes)
{
	struct nvmem_device *nvmem = nvmem_device_find((void *)name, is_named);
	u8 *written;
	u8 *read;
	unsigned int i;

	KUNIT_ASSERT_FALSE_MSG(part->test, IS_ERR(nvmem), "    %s: no %s\n", part->name, name);
	written = kunit_kzalloc(part->test, bytes, GFP_KERNEL);
	read = kunit_kzalloc(part->test, bytes, GFP_KERNEL);
	for (i = 0; i < bytes; i++)
		written[i] = board_random(&part->random, 256);
	KUNIT_EXPECT_EQ(part->test, nvmem_device_write(nvmem, 0, bytes, written), bytes);
	KUNIT_EXPECT_EQ(part->test, nvmem_device_read(nvmem, 0, bytes, read), bytes);
	KUNIT_EXPECT_EQ(part->test, memcmp(read, written, bytes), 0);
	for (i = 0; i < bytes; i++) {
		KUNIT_EXPECT_EQ(part->test, nvmem_device_read(nvmem, i, 1, read), 1);
		KUNIT_EXPECT_EQ(part->test, read[0], written[i]);
	}
	part->board->sim.faults.gone = true;
	KUNIT_EXPECT_LT(part->test, nvmem_device_read(nvmem, 0, 1, read), 0);
	KUNIT_EXPECT_LT(part->test, nvmem_device_write(nvmem, 0, 1, written), 0);
	part->board->sim.faults.gone = false;
	nvmem_device_put(nvmem);
	kunit_info(part->test, "%s: %u bytes of %s\n", part->name, bytes, name);
}

static void the_memory_keeps_what_is_written(struct kunit *test)
{
	struct part *part = part_begin(test);
	time64_t before_s = part_read_time(part);

	if (part->chip->desc->memory.bytes)
		try_memory(part, "rtc-sync-ram", part->chip->desc->memory.bytes);
	if (part->chip->desc->eeprom.spare_bytes)
		try_memory(part, "rtc-sync-eeprom", part->chip->desc->eeprom.spare_bytes);
	/* And nothing else was hit. */
	KUNIT_EXPECT_GE(test, part_read_time(part), before_s);
	KUNIT_EXPECT_LE(test, part_read_time(part), before_s + 60);
}

static void expect_silence(struct kunit *test, const char *name)
{
	struct nvmem_device *nvmem = nvmem_device_find((void *)name, is_named);
	u8 byte = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(nvmem));
	KUNIT_EXPECT_LT(test, nvmem_device_read(nvmem, 0, 1, &byte), 0);
	KUNIT_EXPECT_LT(test, nvmem_device_write(nvmem, 0, 1, &byte), 0);
	nvmem_device_put(nvmem);
}

/* Nothing is written to a part of which nobody knows yet what it is. */
static void the_memory_of_a_part_that_never_answered(struct kunit *test)
{
	struct part *part = part_create(test);

	part->board->sim.faults.gone = true;
	part_bind(part, NULL);
	if (part->chip->desc->memory.bytes)
		expect_silence(test, "rtc-sync-ram");
	if (part->chip->desc->eeprom.spare_bytes)
		expect_silence(test, "rtc-sync-eeprom");
}

static const struct property_entry stores[] = {
	PROPERTY_ENTRY_STRING("rtc-sync,mode", "off"),
	PROPERTY_ENTRY_BOOL(RTC_SYNC_STORE_RATES),
	{ }
};

static const struct software_node stores_node = { .properties = stores };

/* The engine's bytes are at the end, and nobody else's. */
static void the_engine_has_its_bytes(struct kunit *test)
{
	struct part *part = part_create(test);
	u8 written[RTC_SYNC_MEMORY_BYTES];
	u8 read[RTC_SYNC_MEMORY_BYTES];
	const struct rtc_sync_source *source;
	unsigned int rest;

	part_bind(part, &stores_node);
	source = &part->chip->source;
	KUNIT_EXPECT_EQ(test, !!source->store,
			part->chip->desc->memory.bytes >= RTC_SYNC_MEMORY_BYTES);
	if (!source->store)
		return;
	memset(written, 0x5a, sizeof(written));
	KUNIT_EXPECT_EQ(test, source->store(part->chip, written, sizeof(written)), 0);
	rest = part->chip->desc->memory.bytes - RTC_SYNC_MEMORY_BYTES;
	if (rest)
		try_memory(part, "rtc-sync-ram", rest);
	KUNIT_EXPECT_EQ(test, source->load(part->chip, read, sizeof(read)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(read, written, sizeof(read)), 0);
}

static int find_hwmon(struct device *dev, void *hwmon)
{
	if (!dev->class || strcmp(dev->class->name, "hwmon"))
		return 0;
	*(struct device **)hwmon = dev;
	return 1;
}

/* As sysfs shows it */
static long read_temperature(struct part *part, struct device *hwmon)
{
	struct device_attribute *attribute = NULL;
	char *text = kunit_kzalloc(part->test, PAGE_SIZE, GFP_KERNEL);
	const struct attribute_group **group;
	unsigned int i;
	long value;

	for (group = hwmon->groups; group && *group; group++)
		for (i = 0; (*group)->attrs && (*group)->attrs[i]; i++)
			if (!strcmp((*group)->attrs[i]->name, "temp1_input"))
				attribute = container_of((*group)->attrs[i],
							 struct device_attribute, attr);
	KUNIT_ASSERT_NOT_NULL(part->test, attribute);
	if (attribute->show(hwmon, attribute, text) < 0)
		return LONG_MIN;
	KUNIT_EXPECT_EQ(part->test, kstrtol(text, 10, &value), 0);
	return value;
}

static void the_temperature(struct kunit *test)
{
	static const s32 temperatures_mc[] = { 25000, -40000, -250, 0, 85000, 20750 };
	struct part *part = part_begin(test);
	struct device *hwmon = NULL;
	unsigned int i;

	device_for_each_child(part->rtc->dev.parent, &hwmon, find_hwmon);
	KUNIT_EXPECT_EQ(test, !!hwmon, part->chip->desc->thermometer.is_there);
	if (!hwmon)
		return;
	for (i = 0; i < ARRAY_SIZE(temperatures_mc); i++) {
		struct sim_chip *chip = sim_board_get(&part->board->sim);

		sim_chip_set_temperature(chip, temperatures_mc[i],
					 sim_board_now_ns(&part->board->sim));
		sim_board_put(&part->board->sim);
		/* It measures about once a minute. */
		board_skip(part->board, 130LL * NSEC_PER_SEC);
		KUNIT_EXPECT_EQ(test, read_temperature(part, hwmon), temperatures_mc[i]);
	}
	part->board->sim.faults.gone = true;
	KUNIT_EXPECT_EQ(test, read_temperature(part, hwmon), LONG_MIN);
}

static void when_to_go_over_to_the_battery(struct kunit *test)
{
	static const u64 modes[] = { RTC_BSM_DISABLED, RTC_BSM_DIRECT, RTC_BSM_LEVEL };
	struct part *part = part_begin(test);
	struct device *dev = part->rtc->dev.parent;
	struct rtc_param param = { .param = RTC_PARAM_BACKUP_SWITCH_MODE };
	bool has_mode = part->chip->desc->backup.mask;
	unsigned int set = 0;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, rtc_chip_param_get(dev, &param), has_mode ? 0 : -EINVAL);
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		param.uvalue = modes[i];
		if (rtc_chip_param_set(dev, &param))
			continue;
		param.uvalue = U64_MAX;
		KUNIT_EXPECT_EQ(test, rtc_chip_param_get(dev, &param), 0);
		KUNIT_EXPECT_EQ(test, param.uvalue, modes[i]);
		set++;
	}
	KUNIT_EXPECT_EQ(test, set > 0, has_mode);
	param.uvalue = 77;
	KUNIT_EXPECT_EQ(test, rtc_chip_param_set(dev, &param), -EINVAL);
	param.param = RTC_PARAM_FEATURES;
	KUNIT_EXPECT_EQ(test, rtc_chip_param_get(dev, &param), -EINVAL);
	KUNIT_EXPECT_EQ(test, rtc_chip_param_set(dev, &param), -EINVAL);
}

static struct kunit_case chip_extras_cases[] = {
	KUNIT_CASE_PARAM(a_flag_that_is_raised, part_next),
	KUNIT_CASE_PARAM(a_power_loss, part_next),
	KUNIT_CASE_PARAM(flags_that_can_not_be_read, part_next),
	KUNIT_CASE_PARAM(the_memory_keeps_what_is_written, part_next),
	KUNIT_CASE_PARAM(the_memory_of_a_part_that_never_answered, part_next),
	KUNIT_CASE_PARAM(the_engine_has_its_bytes, part_next),
	KUNIT_CASE_PARAM(the_temperature, part_next),
	KUNIT_CASE_PARAM(when_to_go_over_to_the_battery, part_next),
	{ }
};

static struct kunit_suite chip_extras_suite = {
	.name = "rtc-sync-chip-extras",
	.exit = part_exit,
	.test_cases = chip_extras_cases,
};

kunit_test_suite(chip_extras_suite);
