/* SPDX-License-Identifier: GPL-2.0-only */
/* What becomes of an RTC that the engine trims. */
#ifndef TESTS_SIM_TRIM_H
#define TESTS_SIM_TRIM_H

#include <linux/types.h>

int trim_scenarios(u64 first, u64 count);

#endif /* TESTS_SIM_TRIM_H */
