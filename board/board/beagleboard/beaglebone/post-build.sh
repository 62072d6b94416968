#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What U-Boot is told, where genimage.cfg looks for it.
set -eu

install -D -m 0644 "$(dirname "$0")/extlinux.conf" "${BINARIES_DIR:?}/extlinux/extlinux.conf"
