// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spare RAM on the battery, and spare bytes of an EEPROM, as nvmem devices.
 *
 * If the device tree wants the engine's rates stored there, the last bytes of the
 * RAM are the engine's, and nobody else's.
 *
 * The chip's lock is let go after each burst, and after each byte of the EEPROM, which
 * takes tens of milliseconds: readings of the time and alarms come in between.
 */
#include <linux/nvmem-provider.h>
#include <linux/property.h>

#include "driver.h"

/* As much as any controller passes on at once */
#define BURST_BYTES	32

static bool stores_rates(const struct rtc_chip *chip)
{
	return chip->desc->memory.bytes >= RTC_SYNC_MEMORY_BYTES &&
	       device_property_read_bool(chip->dev, RTC_SYNC_STORE_RATES);
}

static int free_bytes(const struct rtc_chip *chip)
{
	return chip->desc->memory.bytes -
	       (stores_rates(chip) ? RTC_SYNC_MEMORY_BYTES : 0);
}

/* Whole bursts, for which the chip's lock is held */
static int move(struct rtc_chip *chip, unsigned int offset, void *buffer,
		size_t bytes, int (*burst)(struct rtc_chip *chip, u8 reg, u8 *values,
					   int count))
{
	u8 *values = buffer;
	int ret = 0;
	size_t part;

	for (; bytes && !ret; bytes -= part, offset += part, values += part) {
		part = min_t(size_t, bytes, BURST_BYTES);
		ret = rtc_chip_enter(chip);
		if (ret)
			return ret;
		ret = burst(chip, chip->desc->memory.reg + offset, values, part);
		rtc_chip_leave(chip);
	}
	return ret;
}

static int ram_read(void *ctx, unsigned int offset, void *buffer, size_t bytes)
{
	return move(ctx, offset, buffer, bytes, rtc_chip_read_burst);
}

static int write_burst(struct rtc_chip *chip, u8 reg, u8 *values, int count)
{
	return rtc_chip_write_burst(chip, reg, values, count);
}

static int ram_write(void *ctx, unsigned int offset, void *buffer, size_t bytes)
{
	return move(ctx, offset, buffer, bytes, write_burst);
}

static int eeprom_read(void *ctx, unsigned int offset, void *buffer, size_t bytes)
{
	struct rtc_chip *chip = ctx;
	u8 *values = buffer;
	int ret = 0;

	for (; bytes && !ret; bytes--) {
		ret = rtc_chip_enter(chip);
		if (ret)
			return ret;
		ret = rtc_chip_eeprom_read(chip, (u8)offset++, values++);
		rtc_chip_leave(chip);
	}
	return ret;
}

static int eeprom_write(void *ctx, unsigned int offset, void *buffer, size_t bytes)
{
	struct rtc_chip *chip = ctx;
	const u8 *values = buffer;
	int ret = 0;

	for (; bytes && !ret; bytes--) {
		ret = rtc_chip_enter(chip);
		if (ret)
			return ret;
		ret = rtc_chip_eeprom_write(chip, (u8)offset++, *values++);
		rtc_chip_leave(chip);
	}
	return ret;
}

static int source_load(void *ctx, void *buffer, size_t bytes)
{
	return ram_read(ctx, free_bytes(ctx), buffer, bytes);
}

/* The engine may be about to stop, which a set that is under way must not keep. */
static int source_store(void *ctx, const void *buffer, size_t bytes)
{
	struct rtc_chip *chip = ctx;

	if (atomic_read(&chip->setters))
		return -EAGAIN;
	return ram_write(ctx, free_bytes(ctx), (void *)buffer, bytes);
}

static int add_nvmem(struct rtc_chip *chip, struct nvmem_config *config)
{
	config->dev = chip->dev;
	config->id = NVMEM_DEVID_AUTO;
	config->priv = chip;
	config->word_size = 1;
	config->stride = 1;
	return devm_rtc_nvmem_register(chip->rtc, config);
}

/**
 * rtc_chip_memory_init() - offer what memory there is
 * @chip: the chip, its RTC registered
 *
 * Return: 0 or a negative error.
 */
int rtc_chip_memory_init(struct rtc_chip *chip)
{
	struct nvmem_config ram = {
		.name = "rtc-sync-ram",
		.size = free_bytes(chip),
		.reg_read = ram_read,
		.reg_write = ram_write,
		.type = NVMEM_TYPE_BATTERY_BACKED,
	};
	/* For its time a reading leaves the chip without a backup: not for everybody. */
	struct nvmem_config eeprom = {
		.name = "rtc-sync-eeprom",
		.root_only = true,
		.size = chip->desc->eeprom.spare_bytes,
		.reg_read = eeprom_read,
		.reg_write = eeprom_write,
		.type = NVMEM_TYPE_EEPROM,
	};
	int ret = 0;

	if (stores_rates(chip)) {
		chip->source.load = source_load;
		chip->source.store = source_store;
	}
	if (ram.size)
		ret = add_nvmem(chip, &ram);
	if (!ret && eeprom.size)
		ret = add_nvmem(chip, &eeprom);
	return ret;
}
