# SPDX-License-Identifier: GPL-2.0-only
SUMMARY = "Keeps the system clock by an RTC"
LICENSE = "GPL-2.0-only"
LIC_FILES_CHKSUM = "file://COPYING;md5=b234ee4d69f5fce4486a80fdaf4a4263"

inherit module

FILESEXTRAPATHS:prepend := "${RTC_SYNC_TREE}:"
SRC_URI = "file://COPYING file://Kbuild file://Kconfig file://Makefile file://drivers"
S = "${@d.getVar('UNPACKDIR') or d.getVar('WORKDIR')}"

# Each module gets a package of its own, by this name
RPROVIDES:${PN} += "kernel-module-rtc-sync kernel-module-rtc-sync-i2c"
KERNEL_MODULE_AUTOLOAD += "rtc-sync rtc-sync-i2c"
