################################################################################
#
# Put rtc-sync into the kernel's source tree
#
################################################################################

LINUX_EXTENSIONS += rtc-sync

define RTC_SYNC_PREPARE_KERNEL
	$(RTC_SYNC_DIR)/tools/graft-kernel $(LINUX_DIR)
endef
