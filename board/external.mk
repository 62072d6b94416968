include $(sort $(wildcard $(BR2_EXTERNAL_RTC_SYNC_PATH)/package/*/*.mk))
