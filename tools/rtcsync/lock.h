/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RTCSYNC_LOCK_H
#define RTCSYNC_LOCK_H

void folder_make(const char *path);
int lock_take(const char *path);

#endif
