// SPDX-License-Identifier: GPL-2.0-only
/*
 * I2C RTCs as /dev/rtcN and as a source of readings for the engine: probe.
 *
 * What is in the registers is the affair of the codec's files, what differs between
 * chips that of the tables.
 */
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/of_irq.h>
#include <linux/property.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "driver.h"

static const struct regmap_config chip_regmap_config = {
	.reg_bits = 8,
	.val_bits = 8,
};

/* So long is the longest burst: the time and a fraction of a second, with the register. */
#define BURST_BYTES	(2 + RTC_CHIP_BYTES)

static bool is_too_short(u16 most)
{
	return most && most < BURST_BYTES;
}

/* Without bursts the bytes of one time would come from two seconds. */
static bool can_burst(struct i2c_adapter *adapter)
{
	const struct i2c_adapter_quirks *quirks = adapter->quirks;

	if (quirks && (is_too_short(quirks->max_read_len) ||
		       is_too_short(quirks->max_write_len) ||
		       is_too_short(quirks->max_comb_2nd_msg_len)))
		return false;
	return i2c_check_functionality(adapter, I2C_FUNC_I2C) ||
	       i2c_check_functionality(adapter, I2C_FUNC_SMBUS_I2C_BLOCK);
}

/* An interrupt by its name; 0: there is none. The I2C core knows the first one. */
static int named_irq(struct i2c_client *client, const char *name)
{
	int index = device_property_match_string(&client->dev, "interrupt-names",
						 name);

	if (index < 0)
		return 0;
	if (!index)
		return max(client->irq, 0);
	return max(of_irq_get(client->dev.of_node, index), 0);
}

static int pps_irq(struct i2c_client *client)
{
	return named_irq(client, "pps");
}

/* One without a name is the alarm's, as in mainline's bindings. */
static int alarm_irq(struct i2c_client *client)
{
	int irq = named_irq(client, "alarm");

	if (!irq && client->irq != pps_irq(client))
		irq = max(client->irq, 0);
	return irq;
}

/* The alarm would end the square wave on its pin, and the other way round. */
static bool is_alarm_in_the_way(struct rtc_chip *chip)
{
	if (!chip->source.pps_irq || !chip->desc->wave_is_on_alarm_pin)
		return false;
	if (device_property_read_bool(chip->dev, "wakeup-source"))
		dev_warn(chip->dev, "no alarm: its pin is used for the square wave\n");
	return true;
}

static int init_rtc(struct rtc_chip *chip, struct i2c_client *client)
{
	const struct rtc_chip_desc *desc = chip->desc;
	int ret = 0;

	chip->rtc = devm_rtc_allocate_device(chip->dev);
	if (IS_ERR(chip->rtc))
		return PTR_ERR(chip->rtc);
	chip->rtc->range_min = desc->time.range_min;
	chip->rtc->range_max = desc->time.range_max;
	/* The kernel's own writes are to come as a second begins: see set.c. */
	chip->rtc->set_offset_nsec = rtc_sync_set_offset_ns(NSEC_PER_SEC);
	if (desc->backup.mask)
		rtc_sync_backup_mode(chip->rtc);
	if (is_alarm_in_the_way(chip))
		rtc_sync_no_update_interrupt(chip->rtc);
	else
		ret = rtc_chip_alarm_init(chip, alarm_irq(client));
	if (ret)
		return ret;
	rtc_chip_trim_init(chip);
	chip->rtc->ops = rtc_chip_ops(chip);
	return 0;
}

static void init_source(struct rtc_chip *chip, struct i2c_client *client)
{
	const struct rtc_chip_desc *desc = chip->desc;
	int irq = pps_irq(client);

	chip->source.name = desc->name;
	chip->source.has_short = true;
	chip->source.read = rtc_chip_source_read;
	if (desc->wave[0].mask)
		chip->source.pps_irq = irq;
	else if (irq)
		dev_warn(chip->dev, "no PPS: the %s has no square wave for it\n",
			 desc->name);
	memcpy(chip->source.wire, desc->wire, sizeof(desc->wire));
}

/*
 * A chip that does not answer is registered nevertheless: many a one, or its
 * bus, is not ready at a cold boot, and must not cost the clock until the next
 * one. The engine retries with a backoff; hwclock gets the error until then. One
 * that answers and is another one is not.
 */
static int meet(struct rtc_chip *chip)
{
	int ret;

	ret = rtc_chip_enter(chip);
	if (!ret)
		rtc_chip_leave(chip);
	if (!ret || ret == -ENODEV)
		return ret;
	dev_warn(chip->dev, "%s does not answer yet (%d), will be retried\n",
		 chip->desc->name, ret);
	return 0;
}

/*
 * The RTC core removes its files in sysfs with its lock held, and waits for those who
 * are reading one and wait for that lock: for ever. So they are gone before; that they
 * are missing then is no error. Without memory there may be none: the RTC core goes on.
 */
static void hide_files(void *data)
{
	struct rtc_device *rtc = data;

	if (device_is_registered(&rtc->dev))
		sysfs_remove_groups(&rtc->dev.kobj, rtc->dev.groups);
}

static int register_all(struct rtc_chip *chip)
{
	int ret;

	ret = devm_rtc_register_device(chip->rtc);
	if (!ret)
		ret = devm_add_action_or_reset(chip->dev, hide_files, chip->rtc);
	if (ret)
		return dev_err_probe(chip->dev, ret, "RTC not registered\n");
	ret = rtc_chip_alarm_request(chip);
	if (ret) {
		dev_warn(chip->dev, "no alarm by interrupt %d: %d\n", chip->irq, ret);
		chip->irq = 0;
		rtc_sync_no_update_interrupt(chip->rtc);
		rtc_sync_no_alarm(chip->rtc);
	}
	/* The RTC is of use without these, and without the engine. */
	ret = rtc_chip_memory_init(chip);
	if (ret)
		dev_warn(chip->dev, "no access to its memory: %d\n", ret);
	rtc_chip_hwmon_init(chip);
	ret = rtc_chip_clkout_init(chip);
	if (ret)
		dev_warn(chip->dev, "no clock output: %d\n", ret);
	ret = devm_rtc_sync_register(chip->dev, chip->rtc, &chip->source, chip);
	if (ret)
		dev_warn(chip->dev, "does not keep the system clock: %d\n", ret);
	return 0;
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
	chip->desc = rtc_chip_match(client);
	if (!chip->desc)
		return -ENODEV;
	chip->dev = dev;
	mutex_init(&chip->lock);
	init_waitqueue_head(&chip->was_set);
	chip->regmap = devm_regmap_init_i2c(client, &chip_regmap_config);
	if (IS_ERR(chip->regmap))
		return dev_err_probe(dev, PTR_ERR(chip->regmap), "no regmap\n");
	dev_set_drvdata(dev, chip);
	ret = meet(chip);
	if (ret)
		return ret;
	init_source(chip, client);
	ret = init_rtc(chip, client);
	if (ret)
		return dev_err_probe(dev, ret, "no RTC device\n");
	return register_all(chip);
}

static struct i2c_driver chip_driver = {
	.driver = {
		.name = "rtc-sync-i2c",
		.of_match_table = rtc_chip_of_match,
	},
	RTC_SYNC_I2C_PROBE(chip_probe),
	.id_table = rtc_chip_ids,
};
module_i2c_driver(chip_driver);

MODULE_DESCRIPTION("I2C real-time clocks for rtc-sync");
MODULE_LICENSE("GPL");
