# SPDX-License-Identifier: GPL-2.0-only
# What Buildroot does with the packages' variables, as far as can be seen without it.
BR2_EXTERNAL_RTC_SYNC_PATH := $(BOARD)
BR2_LINUX_KERNEL_EXT_RTC_SYNC := $(EXT)
BR2_PACKAGE_RTC_SYNC_OVERLAY_RASPBERRYPI := y
BR2_PACKAGE_RTC_SYNC_OVERLAY_BEAGLEBONE := y
TARGET_DIR := /target
BINARIES_DIR := /images
HOST_DIR := /host
INSTALL := install
LINUX_DIR := /linux
RTC_SYNC_DIR := /rtc-sync
RTC_SYNC_PKGDIR = $(BOARD)/package/rtc-sync
RTCSYNC_PKGDIR = $(BOARD)/package/rtcsync
kernel-module = $(info infra kernel-module)
generic-package = $(info infra generic-package)
KCONFIG_ENABLE_OPT = enable $(1)

include $(BOARD)/external.mk
include $(BOARD)/linux/linux-ext-rtc-sync.mk

$(foreach name,LINUX_EXTENSIONS RTC_SYNC_VERSION RTCSYNC_VERSION RTC_SYNC_SITE \
	RTC_SYNC_LINUX_CONFIG_FIXUPS RTC_SYNC_PREPARE_KERNEL RTC_SYNC_DEPENDENCIES \
	RTC_SYNC_INSTALL_INIT_SYSV RTCSYNC_INSTALL_INIT_SYSV,\
	$(info $(name) is $(strip $($(name)))))

all: ;
