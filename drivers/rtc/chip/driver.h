/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's inside: one struct rtc_chip for each RTC.
 */
#ifndef RTC_CHIP_DRIVER_H
#define RTC_CHIP_DRIVER_H

#include <linux/atomic.h>
#include <linux/kconfig.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <linux/regmap.h>
#include <linux/rtc.h>
#include <linux/wait.h>

#include "../compat.h"
#include "codec.h"

struct i2c_client;

/* A transfer that matters is tried so often. */
#define RTC_CHIP_TRIES		3

/**
 * struct rtc_chip - one RTC
 * @desc: what kind it is
 * @dev: the I2C device
 * @regmap: its registers; not cached, the chip changes them
 * @rtc: what the RTC core knows it by
 * @source: what the engine reads it through
 * @trim: what the engine knows of its trim
 * @irq: interrupt of the alarm; 0: there is none
 * @has_alarm: there is one that somebody hears
 * @alarm_ns: when the interrupt's thread last had one of the chip's own,
 *	CLOCK_MONOTONIC, ns; nobody else's affair
 * @lock: held over transfers that belong together: a reading and its flags, a
 *	set, what is changed in a register. Taken inside of the RTC core's lock.
 *	Protects what is below
 * @setters: who sets the time, or waits to do so; not under the lock
 * @was_set: the engine waits here for the last of them
 * @is_identified: it has answered as its kind does
 * @is_told: the log says that it has answered as another kind does
 * @is_set_told: the log says why the last set failed; the kernel tries again every few
 *	seconds
 * @sets: how often the time was set
 * @owes_flags: when the time was set a flag that says that it is void stayed up
 * @set_s: what it was set to then, s since 1970
 * @set_boot_ns: when that second began, CLOCK_BOOTTIME, ns
 * @is_quiet: the alarm's pin is the alarm's alone
 * @has_wave: the square wave was switched on since the last set
 */
struct rtc_chip {
	const struct rtc_chip_desc *desc;
	struct device *dev;
	struct regmap *regmap;
	struct rtc_device *rtc;
	struct rtc_sync_source source;
	struct rtc_sync_trim trim;
	int irq;
	bool has_alarm;
	s64 alarm_ns;
	struct mutex lock;	/* see above */
	atomic_t setters;
	wait_queue_head_t was_set;
	bool is_identified;
	bool is_told;
	bool is_set_told;
	unsigned int sets;
	bool owes_flags;
	time64_t set_s;
	s64 set_boot_ns;
	bool is_quiet;
	bool has_wave;
};

/* match.c */
extern const struct of_device_id rtc_chip_of_match[];
extern const struct i2c_device_id rtc_chip_ids[];
const struct rtc_chip_desc *rtc_chip_match(struct i2c_client *client);

/* ops.c */
const struct rtc_class_ops *rtc_chip_ops(const struct rtc_chip *chip);

/* regs.c: to be called with the lock held; -EINVAL and -EAGAIN are never returned */
int rtc_chip_error(int ret);
int rtc_chip_read(struct rtc_chip *chip, u8 reg, u8 *value);
int rtc_chip_read_burst(struct rtc_chip *chip, u8 reg, u8 *values, int count);
int rtc_chip_write(struct rtc_chip *chip, u8 reg, u8 value);
int rtc_chip_write_burst(struct rtc_chip *chip, u8 reg, const u8 *values,
			 int count);
int rtc_chip_update(struct rtc_chip *chip, u8 reg, u8 mask, u8 value);
u8 rtc_chip_clean(const struct rtc_chip_desc *desc, u8 reg, u8 value);
int rtc_chip_apply(struct rtc_chip *chip, const struct rtc_chip_bits *bits);
int rtc_chip_undo(struct rtc_chip *chip, const struct rtc_chip_bits *bits);
int rtc_chip_wait_while(struct rtc_chip *chip, const struct rtc_chip_bits *busy,
			unsigned int most_ms);

/* identify.c */
int rtc_chip_identify(struct rtc_chip *chip);
int rtc_chip_enter(struct rtc_chip *chip);
void rtc_chip_leave(struct rtc_chip *chip);

/* time.c */
int rtc_chip_source_read(void *ctx, enum rtc_sync_read kind,
			 struct rtc_sync_reading *reading);
int rtc_chip_read_time(struct device *dev, struct rtc_time *tm);

/* write.c */
int rtc_chip_make_void(struct rtc_chip *chip);
int rtc_chip_write_digits(struct rtc_chip *chip, const u8 *regs);
int rtc_chip_start(struct rtc_chip *chip, time64_t rtc_s, bool *is_touched);
int rtc_chip_verify(struct rtc_chip *chip, time64_t rtc_s, s64 since_ns);

/* set.c */
int rtc_chip_set_time(struct device *dev, struct rtc_time *tm);

/* flags.c */
int rtc_chip_check_flags(struct rtc_chip *chip, time64_t rtc_s);
int rtc_chip_lower_flags(struct rtc_chip *chip, enum rtc_chip_flag_kind kind);
int rtc_chip_is_halted(struct rtc_chip *chip, bool *is_halted);
bool rtc_chip_are_raised(struct rtc_chip *chip, enum rtc_chip_flag_kind kind);
int rtc_chip_ioctl(struct device *dev, unsigned int cmd, unsigned long arg);

/* alarm.c */
int rtc_chip_alarm_init(struct rtc_chip *chip, int irq);
int rtc_chip_alarm_forbid(struct rtc_chip *chip);
int rtc_chip_alarm_lower(struct rtc_chip *chip);
int rtc_chip_alarm_quiet(struct rtc_chip *chip);
int rtc_chip_read_alarm(struct device *dev, struct rtc_wkalrm *wkalrm);
int rtc_chip_set_alarm(struct device *dev, struct rtc_wkalrm *wkalrm);
int rtc_chip_alarm_irq_enable(struct device *dev, unsigned int is_enabled);

/* alarm-irq.c */
int rtc_chip_alarm_request(struct rtc_chip *chip);
int rtc_chip_wakeup_init(struct rtc_chip *chip);

/* eeprom.c: as in regs.c */
int rtc_chip_update_kept(struct rtc_chip *chip, u8 reg, u8 mask, u8 value);
bool rtc_chip_is_kept(const struct rtc_chip_desc *desc, u8 reg);
int rtc_chip_eeprom_mend(struct rtc_chip *chip);
int rtc_chip_eeprom_read(struct rtc_chip *chip, u8 address, u8 *value);
int rtc_chip_eeprom_write(struct rtc_chip *chip, u8 address, u8 value);

/* trim.c */
void rtc_chip_trim_init(struct rtc_chip *chip);
int rtc_chip_read_offset(struct device *dev, long *offset_ppb);
int rtc_chip_set_offset(struct device *dev, long offset_ppb);

/* memory.c */
int rtc_chip_memory_init(struct rtc_chip *chip);

/* power.c */
int rtc_chip_power_init(struct rtc_chip *chip);
int rtc_chip_param_get(struct device *dev, struct rtc_param *param);
int rtc_chip_param_set(struct device *dev, struct rtc_param *param);

/* quartz.c */
int rtc_chip_quartz_init(struct rtc_chip *chip);

/* hwmon.c */
#if IS_ENABLED(CONFIG_RTC_SYNC_I2C_HWMON)
void rtc_chip_hwmon_init(struct rtc_chip *chip);
#else
static inline void rtc_chip_hwmon_init(struct rtc_chip *chip)
{
}
#endif

/* clkout.c */
#if IS_ENABLED(CONFIG_RTC_SYNC_I2C_CLKOUT)
int rtc_chip_clkout_init(struct rtc_chip *chip);
#else
static inline int rtc_chip_clkout_init(struct rtc_chip *chip)
{
	return 0;
}
#endif

#endif /* RTC_CHIP_DRIVER_H */
