/* SPDX-License-Identifier: GPL-2.0-only */
/* A device tree's properties, made up from the input. */
#ifndef TESTS_FUZZ_TREE_H
#define TESTS_FUZZ_TREE_H

#include "text.h"

/* The device tree: what is there, and what it says */
static struct {
	bool has_interval;
	bool is_number;
	u32 interval_s;
	bool has_mode;
	bool is_text;
	char mode[TEXT_MAX + 1];
	bool trims;
	bool stores;
} tree;

bool device_property_present(const struct device *dev, const char *name)
{
	return strstr(name, "mode") ? tree.has_mode : tree.has_interval;
}

bool device_property_read_bool(const struct device *dev, const char *name)
{
	return strstr(name, "store") ? tree.stores : tree.trims;
}

int device_property_read_u32(const struct device *dev, const char *name, u32 *value)
{
	if (!tree.is_number)
		return -ENODATA;
	*value = tree.interval_s;
	return 0;
}

int device_property_read_string(const struct device *dev, const char *name,
				const char **value)
{
	if (!tree.is_text)
		return -EPROTO;
	*value = tree.mode;
	return 0;
}

static inline void draw_tree(void)
{
	tree.has_interval = random_one_in(2);
	tree.is_number = !random_one_in(4);
	tree.interval_s = (u32)random_up_to(UINT32_MAX);
	tree.has_mode = random_one_in(2);
	tree.is_text = !random_one_in(4);
	tree.trims = random_one_in(2);
	tree.stores = random_one_in(2);
	draw_text(tree.mode);
}

#endif /* TESTS_FUZZ_TREE_H */
