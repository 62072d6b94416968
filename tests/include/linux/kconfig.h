/* SPDX-License-Identifier: GPL-2.0-only */
/* Nothing is configured in user space. */
#ifndef TESTS_LINUX_KCONFIG_H
#define TESTS_LINUX_KCONFIG_H

#define IS_REACHABLE(option)	0
#define IS_ENABLED(option)	0

/* tests/kernel has the engine either way. */
#ifndef IS_MODULE
#define IS_MODULE(option)	0
#endif

#endif
