// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which row of the tables is for which device. main.c asks.
 *
 * The names end in "-sync", because mainline's drivers match the bare part names.
 */
#include <linux/i2c.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/property.h>

#include "driver.h"

const struct of_device_id rtc_chip_of_match[] = {
	{ .compatible = "rtc-sync,ds1307-sync", .data = &rtc_chip_ds1307 },
	{ .compatible = "rtc-sync,ds1337-sync", .data = &rtc_chip_ds1337 },
	{ .compatible = "rtc-sync,ds1338-sync", .data = &rtc_chip_ds1338 },
	{ .compatible = "rtc-sync,ds1339-sync", .data = &rtc_chip_ds1339 },
	{ .compatible = "rtc-sync,ds1340-sync", .data = &rtc_chip_ds1340 },
	{ .compatible = "rtc-sync,ds3231-sync", .data = &rtc_chip_ds3231 },
	{ .compatible = "rtc-sync,ds3232-sync", .data = &rtc_chip_ds3232 },
	{ .compatible = "rtc-sync,mcp7940x-sync", .data = &rtc_chip_mcp7940 },
	{ .compatible = "rtc-sync,mcp7941x-sync", .data = &rtc_chip_mcp7940 },
	{ .compatible = "rtc-sync,pcf8523-sync", .data = &rtc_chip_pcf8523 },
	{ .compatible = "rtc-sync,pcf8563-sync", .data = &rtc_chip_pcf8563 },
	{ .compatible = "rtc-sync,pcf85063a-sync", .data = &rtc_chip_pcf85063 },
	{ .compatible = "rtc-sync,rv3028-sync", .data = &rtc_chip_rv3028 },
	{ .compatible = "rtc-sync,rv8803-sync", .data = &rtc_chip_rv8803 },
	{ .compatible = "rtc-sync,m41t62-sync", .data = &rtc_chip_m41t62 },
	{ .compatible = "rtc-sync,bq32000-sync", .data = &rtc_chip_bq32000 },
	{ .compatible = "rtc-sync,ab1805-sync", .data = &rtc_chip_ab1805 },
	{ .compatible = "rtc-sync,rv1805-sync", .data = &rtc_chip_ab1805 },
	{ }
};
MODULE_DEVICE_TABLE(of, rtc_chip_of_match);

const struct i2c_device_id rtc_chip_ids[] = {
	{ "ds1307-sync", (kernel_ulong_t)&rtc_chip_ds1307 },
	{ "ds1337-sync", (kernel_ulong_t)&rtc_chip_ds1337 },
	{ "ds1338-sync", (kernel_ulong_t)&rtc_chip_ds1338 },
	{ "ds1339-sync", (kernel_ulong_t)&rtc_chip_ds1339 },
	{ "ds1340-sync", (kernel_ulong_t)&rtc_chip_ds1340 },
	{ "ds3231-sync", (kernel_ulong_t)&rtc_chip_ds3231 },
	{ "ds3232-sync", (kernel_ulong_t)&rtc_chip_ds3232 },
	{ "mcp7940x-sync", (kernel_ulong_t)&rtc_chip_mcp7940 },
	{ "mcp7941x-sync", (kernel_ulong_t)&rtc_chip_mcp7940 },
	{ "pcf8523-sync", (kernel_ulong_t)&rtc_chip_pcf8523 },
	{ "pcf8563-sync", (kernel_ulong_t)&rtc_chip_pcf8563 },
	{ "pcf85063a-sync", (kernel_ulong_t)&rtc_chip_pcf85063 },
	{ "rv3028-sync", (kernel_ulong_t)&rtc_chip_rv3028 },
	{ "rv8803-sync", (kernel_ulong_t)&rtc_chip_rv8803 },
	{ "m41t62-sync", (kernel_ulong_t)&rtc_chip_m41t62 },
	{ "bq32000-sync", (kernel_ulong_t)&rtc_chip_bq32000 },
	{ "ab1805-sync", (kernel_ulong_t)&rtc_chip_ab1805 },
	{ "rv1805-sync", (kernel_ulong_t)&rtc_chip_ab1805 },
	{ }
};
MODULE_DEVICE_TABLE(i2c, rtc_chip_ids);

/**
 * rtc_chip_match() - the row for a device
 * @client: the device
 *
 * Return: the row, by device tree or by name; NULL if it was forced.
 */
const struct rtc_chip_desc *rtc_chip_match(struct i2c_client *client)
{
	const void *desc = device_get_match_data(&client->dev);
	const struct i2c_device_id *id = i2c_match_id(rtc_chip_ids, client);

	if (!desc && id)
		desc = (const void *)id->driver_data;
	return desc;
}
