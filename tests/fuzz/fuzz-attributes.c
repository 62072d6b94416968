// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any text written to any attribute or parameter, any property of the device tree: what
 * is good is taken as it is meant, told apart here a second time, and read back; what is
 * not changes nothing, wakes nobody, and leaves one line in the log.
 */
#include <errno.h>

#include "../../drivers/rtc/sync/clock.h"
#include "../../drivers/rtc/sync/engine.h"
#include "../../drivers/rtc/sync/sysfs.h"
#include "tree.h"

bool kernel_is_module;
unsigned int kernel_log_lines;

extern const struct kernel_parameter kernel_parameter_interval_s;
extern const struct kernel_parameter kernel_parameter_mode;
extern const struct kernel_parameter kernel_parameter_not_before;

static struct rtc_device rtc;
static struct rtc_sync_view view;
static const struct rtc_sync_trim some_trim;
static unsigned long kicks;

/**
 * struct limits - a file that takes a number, or a word
 * @name: of the file
 * @words: that it takes, each its number; NULL: a number
 * @min: the least
 * @max: the most
 */
struct limits {
	const char *name;
	const char *words;
	s64 min;
	s64 max;
};

static const struct limits files[] = {
	{ "mode", MODES, 0, 0 },
	{ "ntp", NTP_WORDS, 0, 0 },
	{ "interval_s", NULL, 1, 86400 },
	{ "step_threshold_ns", NULL, 1, 1000000000 },
	{ "max_step_s", NULL, 0, 2147483647 },
	{ "rtc_rate_ppb", NULL, -500000, 500000 },
	{ "trim", NULL, 0, 1 },
	{ "trigger", NULL, 1, 1 },
};

void rtc_sync_kick(struct rtc_sync *sync, enum rtc_sync_kick kick)
{
	assert_false(sync->lock.is_held);
	kicks |= 1UL << kick;
}

void rtc_sync_get_view(struct rtc_sync *sync, struct rtc_sync_view *copy)
{
	*copy = view;
}

static int slews(struct rtc_sync *sync, s64 freq_ppb)
{
	return 0;
}

const struct rtc_sync_clock_ops *rtc_sync_clock(struct rtc_sync *sync)
{
	static const struct rtc_sync_clock_ops built_in = { .slew = slews };
	static const struct rtc_sync_clock_ops module;

	return kernel_is_module ? &module : &built_in;
}

static struct rtc_sync_attribute *find(const char *name)
{
	struct attribute **attr = rtc_sync_settings_group.attrs;

	while (*attr && strcmp((*attr)->name, name))
		attr++;
	assert_true(*attr);
	return (struct rtc_sync_attribute *)*attr;
}

/* What shall become of the text: 0 and its value, or an error */
static int oracle(const struct limits *file, const char *text, bool can_trim, s64 *value)
{
	if (file->words) {
		*value = oracle_word(file->words, text, true);
		if (*value < 0)
			return -EINVAL;
		if (!strcmp(file->name, "mode") && *value == RTC_SYNC_MODE_SLEW &&
		    kernel_is_module)
			return -EOPNOTSUPP;
		return 0;
	}
	if (!oracle_number(text, value) || *value < file->min || *value > file->max)
		return -EINVAL;
	return !strcmp(file->name, "trim") && *value && !can_trim ? -EOPNOTSUPP : 0;
}

static void set_expected(struct rtc_sync_config *config, size_t which, s64 value)
{
	switch (which) {
	case 0:
		config->mode = (enum rtc_sync_mode)value;
		break;
	case 1:
		config->ntp = (enum rtc_sync_ntp)value;
		break;
	case 2:
		config->interval_s = (u32)value;
		break;
	case 3:
		config->step_threshold_ns = value;
		break;
	case 4:
		config->max_step_s = (u32)value;
		break;
	case 5:
		config->rtc_rate_ppb = (s32)value;
		config->rate_writes++;
		break;
	case 6:
		config->trims = value;
		break;
	}
}

static bool is_same(const struct rtc_sync_config *a, const struct rtc_sync_config *b)
{
	return a->mode == b->mode && a->ntp == b->ntp && a->interval_s == b->interval_s &&
	       a->step_threshold_ns == b->step_threshold_ns &&
	       a->max_step_s == b->max_step_s && a->rtc_rate_ppb == b->rtc_rate_ppb &&
	       a->rate_writes == b->rate_writes && a->trims == b->trims &&
	       a->stores == b->stores;
}

/* What was taken is what is shown, and can be written again. */
static void check_shown(struct rtc_sync *sync, const struct rtc_sync_attribute *attr,
			const struct limits *file, s64 value)
{
	struct rtc_sync_config was = sync->config;
	char buf[PAGE_SIZE];
	ssize_t length;
	s64 shown;

	if (!attr->show)
		return;
	length = attr->show(sync, buf);
	assert_true(length > 1 && length < TEXT_MAX && buf[length - 1] == '\n');
	assert_int_equal(oracle(file, buf, true, &shown), 0);
	if (!strcmp(file->name, "ntp") && !value)
		return;
	assert_int_equal(shown, value);
	assert_int_equal(attr->store(sync, buf, (size_t)length), length);
	was.rate_writes = sync->config.rate_writes;
	assert_true(is_same(&sync->config, &was));
}

/* As sysfs hands it over: @count bytes and a 0 behind them, and no byte more */
static ssize_t store(struct rtc_sync *sync, const struct rtc_sync_attribute *attr,
		     const char *text)
{
	size_t count = strlen(text);
	char *buf = malloc(count + 1);
	ssize_t ret;

	memcpy(buf, text, count + 1);
	ret = attr->store(sync, buf, count);
	free(buf);
	return ret;
}

static void write_once(struct rtc_sync *sync)
{
	size_t which = (size_t)random_between(0, array_size(files) - 1);
	const struct rtc_sync_attribute *attr = find(files[which].name);
	struct rtc_sync_config expected = sync->config;
	char text[TEXT_MAX + 1];
	s64 value = 0;
	ssize_t ret;
	int want;

	draw_text(text);
	want = oracle(&files[which], text, sync->source->trim, &value);
	kernel_log_lines = 0;
	kicks = 0;
	ret = store(sync, attr, text);
	assert_false(sync->lock.is_held);
	if (want) {
		assert_int_equal(ret, want);
		assert_int_equal(kernel_log_lines, 1);
		assert_int_equal(kicks, 0);
		assert_true(is_same(&sync->config, &expected));
		return;
	}
	assert_int_equal(ret, strlen(text));
	assert_int_equal(kernel_log_lines, 0);
	assert_int_equal(kicks, 1UL << (strcmp(files[which].name, "trigger") ?
					RTC_SYNC_KICK_CONFIG : RTC_SYNC_KICK_TRIGGER));
	set_expected(&expected, which, value);
	assert_true(is_same(&sync->config, &expected));
	check_shown(sync, attr, &files[which], value);
}

static void attributes(void)
{
	struct rtc_sync_source source = {
		.trim = random_one_in(2) ? &some_trim : NULL,
	};
	struct rtc_sync sync = { .rtc = &rtc, .source = &source };
	int i;

	kernel_is_module = random_one_in(2);
	for (i = 0; i < 8 && input_has_more(); i++)
		write_once(&sync);
}

static s64 shown_param(const struct kernel_parameter *parameter, const char *words)
{
	char buf[PAGE_SIZE];
	s64 value = -1;

	assert_true(parameter->ops->get(buf, &parameter->param) > 0);
	if (words)
		return oracle_word(words, buf, true);
	assert_true(oracle_number(buf, &value));
	return value;
}

/* A parameter of the module, as it was or as it was told to be */
static void parameters(void)
{
	static const struct {
		const struct kernel_parameter *parameter;
		struct limits limits;
	} params[] = {
		{ &kernel_parameter_interval_s, { "", NULL, 1, 86400 } },
		{ &kernel_parameter_mode, { "mode", MODES, 0, 0 } },
		{ &kernel_parameter_not_before, { "", NULL, 0, 7258118399LL } },
	};
	size_t i = (size_t)random_between(0, 2);
	const struct kernel_parameter *parameter = params[i].parameter;
	s64 was = shown_param(parameter, params[i].limits.words);
	char text[TEXT_MAX + 1];
	s64 value = 0;
	int want;

	kernel_is_module = random_one_in(2);
	draw_text(text);
	want = oracle(&params[i].limits, text, true, &value);
	kernel_log_lines = 0;
	assert_int_equal(parameter->ops->set(text, &parameter->param), want);
	assert_int_equal(kernel_log_lines, want ? 1 : 0);
	assert_int_equal(shown_param(parameter, params[i].limits.words), want ? was : value);
	if (i == 2)
		assert_int_equal(rtc_sync_not_before(), want ? was : value);
}

/* The device tree goes first; what is wrong in it is told once, and refused. */
static void properties(void)
{
	s64 mode = shown_param(&kernel_parameter_mode, MODES);
	s64 interval_s = shown_param(&kernel_parameter_interval_s, NULL);
	struct rtc_sync_config config;
	int want = 0;

	kernel_is_module = random_one_in(2);
	draw_tree();
	kernel_log_lines = 0;
	if (tree.has_interval)
		interval_s = tree.is_number ? tree.interval_s : 0;
	if (interval_s < 1 || interval_s > 86400)
		want = -EINVAL;
	if (tree.has_mode && !want) {
		mode = tree.is_text ? oracle_word(MODES, tree.mode, false) : -1;
		if (mode < 0)
			want = -EINVAL;
		else if (mode == RTC_SYNC_MODE_SLEW && kernel_is_module)
			want = -EOPNOTSUPP;
	}
	assert_int_equal(rtc_sync_read_config(&rtc.dev, &config), want);
	assert_int_equal(kernel_log_lines, want ? 1 : 0);
	if (want)
		return;
	assert_int_equal(config.mode, mode);
	assert_int_equal(config.interval_s, interval_s);
	assert_int_equal(config.max_step_s, RTC_SYNC_MAX_STEP_S);
	assert_true(config.trims == tree.trims && config.stores == tree.stores);
	assert_true(!config.ntp && !config.step_threshold_ns && !config.rate_writes);
}

/* Inputs must not depend on those before them. */
static void reset(void)
{
	kernel_parameter_interval_s.ops->set("10", &kernel_parameter_interval_s.param);
	kernel_parameter_mode.ops->set("auto", &kernel_parameter_mode.param);
	kernel_parameter_not_before.ops->set("1704067200", &kernel_parameter_not_before.param);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	int i;

	input_begin(bytes, size);
	reset();
	switch (random_between(0, 3)) {
	case 0:
		for (i = 0; i < 4 && input_has_more(); i++)
			parameters();
		break;
	case 1:
		parameters();
		properties();
		break;
	default:
		attributes();
		break;
	}
	return 0;
}
