################################################################################
#
# rtc-sync
#
################################################################################

# The sources are the tree that this file is in, be it a clone or a release
RTC_SYNC_VERSION = $(shell sed -n 's/^VERSION := //p' $(BR2_EXTERNAL_RTC_SYNC_PATH)/../Makefile)
RTC_SYNC_SITE = $(BR2_EXTERNAL_RTC_SYNC_PATH)/..
RTC_SYNC_SITE_METHOD = local
RTC_SYNC_LICENSE = GPL-2.0
RTC_SYNC_LICENSE_FILES = COPYING
# What was built there is of no use here, and big
RTC_SYNC_OVERRIDE_SRCDIR_RSYNC_EXCLUSIONS = \
	--exclude /build \
	--exclude '*.o' \
	--exclude '*.ko' \
	--exclude '*.cmd' \
	--exclude '*.mod' \
	--exclude '*.mod.c'

ifeq ($(BR2_LINUX_KERNEL_EXT_RTC_SYNC),y)
define RTC_SYNC_LINUX_CONFIG_BUILT_IN
	$(call KCONFIG_ENABLE_OPT,CONFIG_I2C)
	$(call KCONFIG_ENABLE_OPT,CONFIG_RTC_SYNC)
	$(call KCONFIG_ENABLE_OPT,CONFIG_RTC_SYNC_I2C)
endef
else
# The symbols have no prompt: drivers have to be there that select them
define RTC_SYNC_LINUX_CONFIG_MODULES
	$(call KCONFIG_ENABLE_OPT,CONFIG_I2C)
	$(call KCONFIG_ENABLE_OPT,CONFIG_RTC_DRV_DS1307)
endef
endif

define RTC_SYNC_LINUX_CONFIG_FIXUPS
	$(call KCONFIG_ENABLE_OPT,CONFIG_RTC_CLASS)
	$(RTC_SYNC_LINUX_CONFIG_BUILT_IN)
	$(RTC_SYNC_LINUX_CONFIG_MODULES)
endef

RTC_SYNC_OVERLAYS = \
	$(if $(BR2_PACKAGE_RTC_SYNC_OVERLAY_RASPBERRYPI),raspberrypi) \
	$(if $(BR2_PACKAGE_RTC_SYNC_OVERLAY_BEAGLEBONE),beaglebone)

ifneq ($(strip $(RTC_SYNC_OVERLAYS)),)
RTC_SYNC_DEPENDENCIES += host-dtc
RTC_SYNC_INSTALL_IMAGES = YES
endif

RTC_SYNC_DTC = $(HOST_DIR)/bin/dtc -q -@ -I dts -O dtb

ifeq ($(BR2_PACKAGE_RTC_SYNC_OVERLAY_RASPBERRYPI),y)
define RTC_SYNC_INSTALL_OVERLAY_RASPBERRYPI
	mkdir -p $(BINARIES_DIR)/rpi-firmware/overlays
	$(RTC_SYNC_DTC) -o $(BINARIES_DIR)/rpi-firmware/overlays/rtc-sync.dtbo \
		$(@D)/dts/overlays/raspberrypi/rtc-sync-overlay.dts
endef
endif

ifeq ($(BR2_PACKAGE_RTC_SYNC_OVERLAY_BEAGLEBONE),y)
define RTC_SYNC_INSTALL_OVERLAY_BEAGLEBONE
	$(RTC_SYNC_DTC) -o $(BINARIES_DIR)/BB-I2C2-RTC-SYNC-00A0.dtbo \
		$(@D)/dts/overlays/beaglebone/BB-I2C2-RTC-SYNC-00A0.dts
endef
endif

define RTC_SYNC_INSTALL_IMAGES_CMDS
	$(RTC_SYNC_INSTALL_OVERLAY_RASPBERRYPI)
	$(RTC_SYNC_INSTALL_OVERLAY_BEAGLEBONE)
endef

define RTC_SYNC_INSTALL_INIT_SYSV
	$(INSTALL) -D -m 0755 $(RTC_SYNC_PKGDIR)/S03rtc-sync \
		$(TARGET_DIR)/etc/init.d/S03rtc-sync
endef

define RTC_SYNC_INSTALL_INIT_SYSTEMD
	$(INSTALL) -D -m 0755 $(RTC_SYNC_PKGDIR)/S03rtc-sync \
		$(TARGET_DIR)/usr/libexec/rtc-sync
	$(INSTALL) -D -m 0644 $(RTC_SYNC_PKGDIR)/rtc-sync.service \
		$(TARGET_DIR)/usr/lib/systemd/system/rtc-sync.service
endef

ifneq ($(BR2_LINUX_KERNEL_EXT_RTC_SYNC),y)
$(eval $(kernel-module))
endif
$(eval $(generic-package))
