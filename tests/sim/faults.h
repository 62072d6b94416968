/* SPDX-License-Identifier: GPL-2.0-only */
/* What becomes of the clock when readings, or the RTC, go wrong. */
#ifndef TESTS_SIM_FAULTS_H
#define TESTS_SIM_FAULTS_H

#include <linux/types.h>

int fault_scenarios(u64 first, u64 count);

#endif /* TESTS_SIM_FAULTS_H */
