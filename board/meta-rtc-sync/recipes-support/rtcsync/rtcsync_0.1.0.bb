# SPDX-License-Identifier: GPL-2.0-only
SUMMARY = "Shows how rtc-sync keeps the clock, and slews it for the module"
LICENSE = "GPL-2.0-only"
LIC_FILES_CHKSUM = "file://COPYING;md5=b234ee4d69f5fce4486a80fdaf4a4263"

inherit systemd useradd

FILESEXTRAPATHS:prepend := "${RTC_SYNC_TREE}:"
SRC_URI = "file://COPYING file://Makefile file://tools/rtcsync"
S = "${@d.getVar('UNPACKDIR') or d.getVar('WORKDIR')}"

do_compile() {
	oe_runmake -C tools/rtcsync all
}

do_install() {
	oe_runmake -C tools/rtcsync DESTDIR=${D} PREFIX=${prefix} install
}

SYSTEMD_SERVICE:${PN} = "rtcsync.service"
USERADD_PACKAGES = "${PN}"
USERADD_PARAM:${PN} = "--system --no-create-home --shell /bin/false --user-group rtcsync"

FILES:${PN} += "\
    ${prefix}/lib/systemd \
    ${prefix}/lib/sysusers.d \
    ${prefix}/lib/udev \
    ${datadir}/bash-completion \
"
