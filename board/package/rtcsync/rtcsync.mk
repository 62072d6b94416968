################################################################################
#
# rtcsync
#
################################################################################

RTCSYNC_VERSION = $(shell sed -n 's/^VERSION := //p' $(BR2_EXTERNAL_RTC_SYNC_PATH)/../Makefile)
RTCSYNC_SITE = $(BR2_EXTERNAL_RTC_SYNC_PATH)/..
RTCSYNC_SITE_METHOD = local
RTCSYNC_LICENSE = GPL-2.0
RTCSYNC_LICENSE_FILES = COPYING
RTCSYNC_OVERRIDE_SRCDIR_RSYNC_EXCLUSIONS = --exclude /build --exclude '*.o'

define RTCSYNC_BUILD_CMDS
	$(TARGET_MAKE_ENV) $(MAKE) -C $(@D)/tools/rtcsync $(TARGET_CONFIGURE_OPTS) all
endef

define RTCSYNC_INSTALL_TARGET_CMDS
	$(TARGET_MAKE_ENV) $(MAKE) -C $(@D)/tools/rtcsync $(TARGET_CONFIGURE_OPTS) \
		PREFIX=/usr DESTDIR=$(TARGET_DIR) install-bin
endef

# What is built in slews by itself
ifneq ($(BR2_LINUX_KERNEL_EXT_RTC_SYNC),y)
define RTCSYNC_INSTALL_INIT_SYSV
	$(INSTALL) -D -m 0755 $(RTCSYNC_PKGDIR)/S04rtcsync \
		$(TARGET_DIR)/etc/init.d/S04rtcsync
endef

define RTCSYNC_INSTALL_INIT_SYSTEMD
	$(TARGET_MAKE_ENV) $(MAKE) -C $(@D)/tools/rtcsync $(TARGET_CONFIGURE_OPTS) \
		PREFIX=/usr DESTDIR=$(TARGET_DIR) install-systemd
endef

# As whom the unit runs
define RTCSYNC_USERS
	rtcsync -1 rtcsync -1 * - - - The companion of rtc-sync
endef
endif

$(eval $(generic-package))
