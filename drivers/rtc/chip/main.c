// SPDX-License-Identifier: GPL-2.0-only
/*
 * I2C RTCs as /dev/rtcN and as a source of readings for the engine.
 *
 * Probe, the bus and the calls of the RTC core. What is in the registers is the
 * affair of codec.c, what differs between chips that of table.c.
 */
#include <linux/atomic.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/property.h>
#include <linux/regmap.h>
#include <linux/rtc.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

#include "../compat.h"
#include "codec.h"

/*
 * What passes on a bus of 100 kHz from the start of a set until the chip takes
 * the seconds: the three bytes that make the time void, then address, register
 * and seconds, of nine bits each, two STARTs and a STOP.
 */
#define SET_TRANSFER_NS		570000

#define SET_TRIES		3

/* No number of sets */
#define WAVE_IS_OFF		(-1)

/**
 * struct rtc_chip - one RTC
 * @desc: what kind it is
 * @regmap: its registers; not cached, the chip changes them
 * @rtc: what the RTC core knows it by
 * @source: what the engine reads it through
 * @sets: how often a set of the time has begun or ended; odd: one is underway
 * @wave_sets: what @sets was when the square wave was last switched on; the
 *	engine's thread's own
 */
struct rtc_chip {
	const struct rtc_chip_desc *desc;
	struct regmap *regmap;
	struct rtc_device *rtc;
	struct rtc_sync_source source;
	atomic_t sets;
	int wave_sets;
};

/*
 * -EINVAL is kept for time that is void and -EAGAIN for time that is being set,
 * but an I2C controller may say them too.
 */
static int bus_error(int ret)
{
	return ret == -EINVAL || ret == -EAGAIN ? -EIO : ret;
}

/* -EINVAL if a flag that the chip keeps outside of its time is raised. */
static int check_flag(struct rtc_chip *chip, const struct rtc_chip_flag *flag)
{
	unsigned int value;
	int ret;

	if (!flag->mask || rtc_chip_flag_is_in_time(chip->desc, flag))
		return 0;
	ret = regmap_read(chip->regmap, flag->reg, &value);
	if (ret)
		return bus_error(ret);
	return rtc_chip_flag_is_raised(flag, value) ? -EINVAL : 0;
}

static int lower_flag(struct rtc_chip *chip, const struct rtc_chip_flag *flag)
{
	if (!flag->mask || rtc_chip_flag_is_in_time(chip->desc, flag))
		return 0;
	return regmap_update_bits(chip->regmap, flag->reg, flag->mask,
				  rtc_chip_flag_lower(flag, 0));
}

/*
 * The time in one burst, which no set can split since each is one transfer, and
 * then the flags.
 */
static int read_time(struct rtc_chip *chip, struct rtc_sync_reading *reading,
		     struct rtc_time *tm)
{
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	reading->before_raw_ns = ktime_get_raw_ns();
	ret = regmap_bulk_read(chip->regmap, chip->desc->time_reg, regs,
			       sizeof(regs));
	reading->after_raw_ns = ktime_get_raw_ns();
	if (ret)
		return bus_error(ret);
	ret = check_flag(chip, &chip->desc->halt);
	if (ret)
		return ret;
	ret = check_flag(chip, &chip->desc->stopped);
	if (ret)
		return ret;
	ret = rtc_chip_decode(chip->desc, regs, tm);
	if (ret)
		return ret;
	reading->rtc_s = rtc_tm_to_time64(tm);
	return 0;
}

/*
 * Once the chip answers, and again after a set, which tells that it may have
 * been without power.
 */
static void switch_wave_on(struct rtc_chip *chip, int sets)
{
	const struct rtc_chip_wave *wave = &chip->desc->wave;

	if (!chip->source.pps_irq || chip->wave_sets == sets)
		return;
	if (!regmap_update_bits(chip->regmap, wave->reg, wave->mask, wave->value))
		chip->wave_sets = sets;
}

/*
 * A set may come between the transfers, for only the RTC core's own calls keep
 * out of each other's way. Then the burst may hold void time from before and the
 * flag, lowered since, approve of it; or the year may be void for a moment. The
 * engine tries again.
 */
static int read_full(struct rtc_chip *chip, struct rtc_sync_reading *reading)
{
	int sets = atomic_read_acquire(&chip->sets);
	struct rtc_time tm;
	int ret;

	ret = read_time(chip, reading, &tm);
	/* Pairs with the full barriers of atomic_inc_return(). */
	smp_rmb();
	if (sets & 1 || sets != atomic_read(&chip->sets))
		return -EAGAIN;
	if (!ret)
		switch_wave_on(chip, sets);
	return ret;
}

static int read_short(struct rtc_chip *chip, struct rtc_sync_reading *reading)
{
	unsigned int value;
	int ret;

	reading->before_raw_ns = ktime_get_raw_ns();
	ret = regmap_read(chip->regmap, chip->desc->time_reg, &value);
	reading->after_raw_ns = ktime_get_raw_ns();
	if (ret)
		return bus_error(ret);
	ret = rtc_chip_decode_second(chip->desc, value);
	if (ret < 0)
		return ret;
	reading->rtc_s = ret;
	return 0;
}

/* The engine's way to the chip: in its thread, without the RTC core's lock. */
static int chip_source_read(void *ctx, enum rtc_sync_read kind,
			    struct rtc_sync_reading *reading)
{
	struct rtc_chip *chip = ctx;

	if (kind == RTC_SYNC_READ_SHORT)
		return read_short(chip, reading);
	return read_full(chip, reading);
}

static int chip_read_time(struct device *dev, struct rtc_time *tm)
{
	struct rtc_sync_reading reading;

	return read_time(dev_get_drvdata(dev), &reading, tm);
}

/*
 * The chip takes each byte as it is acknowledged, so a transfer, or the power,
 * that breaks off leaves half a new time and half an old one. The year comes
 * last in the burst: void beforehand, it keeps the time void until all of it is
 * there. Flags that vouch for the time come after it.
 */
static int write_time(struct rtc_chip *chip, const u8 *regs)
{
	const struct rtc_chip_desc *desc = chip->desc;
	int try;
	int ret;

	ret = regmap_write(chip->regmap, desc->time_reg + RTC_CHIP_YEAR,
			   RTC_CHIP_VOID_YEAR);
	if (ret)
		return ret;
	/* The old time is gone by now: noise must not cost the new one as well. */
	for (try = 0; try < SET_TRIES; try++) {
		ret = regmap_bulk_write(chip->regmap, desc->time_reg, regs,
					RTC_CHIP_BYTES);
		if (!ret)
			break;
	}
	if (ret)
		return ret;
	ret = lower_flag(chip, &desc->battery_off);
	if (ret)
		return ret;
	ret = lower_flag(chip, &desc->halt);
	if (ret)
		return ret;
	return lower_flag(chip, &desc->stopped);
}

static int chip_set_time(struct device *dev, struct rtc_time *tm)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	ret = rtc_chip_encode(chip->desc, tm, regs);
	if (ret)
		return ret;
	atomic_inc_return(&chip->sets);
	ret = write_time(chip, regs);
	atomic_inc_return(&chip->sets);
	/* Told after a failure too: the second may have started anew. */
	rtc_sync_rtc_was_set(chip->rtc);
	return bus_error(ret);
}

static int chip_ioctl(struct device *dev, unsigned int cmd, unsigned long arg)
{
	struct rtc_sync_reading reading;
	unsigned int flags = 0;
	struct rtc_time tm;
	int ret;

	if (cmd != RTC_VL_READ)
		return -ENOIOCTLCMD;
	ret = read_time(dev_get_drvdata(dev), &reading, &tm);
	if (ret && ret != -EINVAL)
		return ret;
	if (ret)
		flags = RTC_VL_DATA_INVALID;
	return put_user(flags, (unsigned int __user *)arg);
}

static const struct rtc_class_ops chip_ops = {
	.read_time = chip_read_time,
	.set_time = chip_set_time,
	.ioctl = chip_ioctl,
};

static const struct regmap_config chip_regmap_config = {
	.reg_bits = 8,
	.val_bits = 8,
};

static const struct of_device_id chip_of_match[] = {
	{ .compatible = "rtc-sync,ds1307-sync", .data = &rtc_chip_ds1307 },
	{ .compatible = "rtc-sync,ds1338-sync", .data = &rtc_chip_ds1338 },
	{ .compatible = "rtc-sync,ds3231-sync", .data = &rtc_chip_ds3231 },
	{ }
};
MODULE_DEVICE_TABLE(of, chip_of_match);

static const struct i2c_device_id chip_ids[] = {
	{ "ds1307-sync", (kernel_ulong_t)&rtc_chip_ds1307 },
	{ "ds1338-sync", (kernel_ulong_t)&rtc_chip_ds1338 },
	{ "ds3231-sync", (kernel_ulong_t)&rtc_chip_ds3231 },
	{ }
};
MODULE_DEVICE_TABLE(i2c, chip_ids);

/* The row of the match, by device tree or by name; NULL if it was forced. */
static const struct rtc_chip_desc *match_desc(struct i2c_client *client)
{
	const void *desc = device_get_match_data(&client->dev);
	const struct i2c_device_id *id = i2c_match_id(chip_ids, client);

	if (!desc && id)
		desc = (const void *)id->driver_data;
	return desc;
}

/* Without bursts the bytes of one time would come from two seconds. */
static bool can_burst(struct i2c_adapter *adapter)
{
	return i2c_check_functionality(adapter, I2C_FUNC_I2C) ||
	       i2c_check_functionality(adapter, I2C_FUNC_SMBUS_I2C_BLOCK);
}

static int init_rtc(struct rtc_chip *chip, struct device *dev)
{
	const struct rtc_chip_desc *desc = chip->desc;

	chip->rtc = devm_rtc_allocate_device(dev);
	if (IS_ERR(chip->rtc))
		return PTR_ERR(chip->rtc);
	chip->rtc->ops = &chip_ops;
	chip->rtc->range_min = desc->range_min;
	chip->rtc->range_max = desc->range_max;
	/* When the kernel starts its own writes, for the second to be right. */
	chip->rtc->set_offset_nsec =
		rtc_sync_set_offset_ns(desc->first_tick_ns + SET_TRANSFER_NS);
	return 0;
}

/*
 * The interrupt that is named "pps". That without a name, of which mainline's
 * bindings speak, is for alarms.
 */
static int pps_irq(struct i2c_client *client)
{
	if (device_property_match_string(&client->dev, "interrupt-names", "pps"))
		return 0;
	return max(client->irq, 0);
}

static void init_source(struct rtc_chip *chip, struct i2c_client *client)
{
	const struct rtc_chip_desc *desc = chip->desc;

	chip->source.name = desc->name;
	chip->source.has_short = true;
	chip->source.read = chip_source_read;
	chip->source.pps_irq = pps_irq(client);
	chip->wave_sets = WAVE_IS_OFF;
	memcpy(chip->source.wire, desc->wire, sizeof(desc->wire));
}

/*
 * A chip that does not answer is registered nevertheless: many a one, or its
 * bus, is not ready at a cold boot, and must not cost the clock until the next
 * one. The engine retries with a backoff; hwclock gets the error until then.
 */
static void warn_if_silent(struct rtc_chip *chip, struct device *dev)
{
	struct rtc_sync_reading reading;
	int ret;

	ret = read_short(chip, &reading);
	if (ret && ret != -EINVAL)
		dev_warn(dev, "%s does not answer yet (%d), will be retried\n",
			 chip->desc->name, ret);
}

static int chip_probe(struct i2c_client *client)
{
	struct device *dev = &client->dev;
	struct rtc_chip *chip;
	int ret;

	if (!can_burst(client->adapter))
		return dev_err_probe(dev, -EOPNOTSUPP,
				     "I2C controller has no block transfers\n");
	chip = devm_kzalloc(dev, sizeof(*chip), GFP_KERNEL);
	if (!chip)
		return -ENOMEM;
	chip->desc = match_desc(client);
	if (!chip->desc)
		return -ENODEV;
	chip->regmap = devm_regmap_init_i2c(client, &chip_regmap_config);
	if (IS_ERR(chip->regmap))
		return dev_err_probe(dev, PTR_ERR(chip->regmap), "no regmap\n");
	dev_set_drvdata(dev, chip);
	ret = init_rtc(chip, dev);
	if (ret)
		return dev_err_probe(dev, ret, "no RTC device\n");
	init_source(chip, client);
	warn_if_silent(chip, dev);
	ret = devm_rtc_register_device(chip->rtc);
	if (ret)
		return dev_err_probe(dev, ret, "RTC not registered\n");
	/* The RTC is of use without the engine too. */
	ret = devm_rtc_sync_register(dev, chip->rtc, &chip->source, chip);
	if (ret)
		dev_warn(dev, "does not keep the system clock: %d\n", ret);
	return 0;
}

static struct i2c_driver chip_driver = {
	.driver = {
		.name = "rtc-sync-i2c",
		.of_match_table = chip_of_match,
	},
	RTC_SYNC_I2C_PROBE(chip_probe),
	.id_table = chip_ids,
};
module_i2c_driver(chip_driver);

MODULE_DESCRIPTION("I2C real-time clocks for rtc-sync");
MODULE_LICENSE("GPL");
