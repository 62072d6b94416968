# SPDX-License-Identifier: GPL-2.0-only
require recipes-kernel/linux/rtc-sync-kernel.inc
