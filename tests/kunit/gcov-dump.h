/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: what gcc has listed of what it counts.
 */
#ifndef GCOV_DUMP_H
#define GCOV_DUMP_H

#include "../../../../../kernel/gcov/gcov.h"

/* The section's begin and end: the linker names them after it */
extern struct gcov_info *__start_rtc_sync_gcov[];
extern struct gcov_info *__stop_rtc_sync_gcov[];

#endif /* GCOV_DUMP_H */
