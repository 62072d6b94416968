/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RTCSYNC_RATES_H
#define RTCSYNC_RATES_H

#include <stdbool.h>

void rates_restore(const char *folder, const char *rtc);
void rates_keep(const char *folder, const char *rtc, bool is_last);

#endif
