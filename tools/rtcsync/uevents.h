/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RTCSYNC_UEVENTS_H
#define RTCSYNC_UEVENTS_H

#include <stdbool.h>

int uevents_open(void);
bool uevents_read(int fd);

#endif
