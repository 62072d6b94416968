// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only, PURE: all kinds of simulated chips there are.
 */
#include <linux/string.h>

#include "sim-chip.h"

/* Our driver goes by names of its own: mainline's would take those of mainline. */
#define SUFFIX		"-sync"

const struct sim_model *const sim_models[] = {
	&sim_ds1307,
	&sim_ds1337,
	&sim_ds1338,
	&sim_ds1339,
	&sim_ds1340,
	&sim_ds3231,
	&sim_ds3232,
	&sim_mcp7940x,
	&sim_mcp7941x,
	&sim_pcf8523,
	&sim_pcf8563,
	&sim_pcf85063a,
	&sim_rv3028,
	&sim_rv8803,
	&sim_m41t62,
	&sim_bq32000,
	&sim_ab1805,
	&sim_rv1805,
	NULL
};

static bool is_name(const char *name, const char *model)
{
	size_t length = strlen(model);

	return !strncmp(name, model, length) &&
	       (!name[length] || !strcmp(name + length, SUFFIX));
}

/**
 * sim_model_find() - which chip is that?
 * @name: as mainline's driver calls it, or that with "-sync" behind it
 *
 * Return: the model, NULL if there is none of that name.
 */
const struct sim_model *sim_model_find(const char *name)
{
	const struct sim_model *const *model;

	for (model = sim_models; *model; model++) {
		if (is_name(name, (*model)->name))
			return *model;
	}
	return NULL;
}
