// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers that are copies of an EEPROM's bytes, and the EEPROM itself.
 *
 * It wears: nothing is written that is there already.
 */
#include <linux/delay.h>

#include "driver.h"

/**
 * rtc_chip_is_kept() - is the register a copy of a byte of the EEPROM?
 * @desc: the chip
 * @reg: number of the register
 *
 * Return: whether it is.
 */
bool rtc_chip_is_kept(const struct rtc_chip_desc *desc, u8 reg)
{
	return reg >= desc->eeprom.mirror_reg &&
	       reg < desc->eeprom.mirror_reg + desc->eeprom.mirror_bytes;
}

/**
 * struct session - what has to be so again once the EEPROM was used
 * @backup: the bits that choose the backup mode
 * @is_off: they say meanwhile that there is no backup
 */
struct session {
	u8 backup;
	bool is_off;
};

static int wait_until_idle(struct rtc_chip *chip)
{
	const struct rtc_chip_eeprom *eeprom = &chip->desc->eeprom;

	return rtc_chip_wait_while(chip, &eeprom->busy, eeprom->busy_ms);
}

/*
 * The EEPROM may not heed a command while the chip is to go over to the battery by
 * itself (RV-3028 p. 39). So it has no backup for some tens of milliseconds.
 */
static int switch_backup_off(struct rtc_chip *chip, struct session *session)
{
	const struct rtc_chip_backup *backup = &chip->desc->backup;
	u8 value;
	int ret;

	if (!backup->mask)
		return 0;
	ret = rtc_chip_read(chip, backup->reg, &value);
	if (ret)
		return ret;
	session->backup = value & backup->mask;
	session->is_off = true;
	return rtc_chip_update(chip, backup->reg, backup->mask, backup->disabled);
}

static int put_back(struct rtc_chip *chip, const struct session *session)
{
	const struct rtc_chip_backup *backup = &chip->desc->backup;
	int ret = 0;

	if (session->is_off)
		ret = rtc_chip_update(chip, backup->reg, backup->mask,
				      session->backup);
	if (ret)
		return ret;
	return rtc_chip_undo(chip, &chip->desc->eeprom.hold);
}

static int enter(struct rtc_chip *chip, struct session *session)
{
	int ret;

	ret = rtc_chip_apply(chip, &chip->desc->eeprom.hold);
	if (ret)
		return ret;
	ret = wait_until_idle(chip);
	if (ret)
		return ret;
	return switch_backup_off(chip, session);
}

/*
 * Also after an error: what is held back, or off, would be so for good. If not even
 * that can be had, whoever talks to the chip next has it mended first.
 */
static int leave(struct rtc_chip *chip, const struct session *session, int ret)
{
	int tries = RTC_CHIP_TRIES;
	int restored;

	do {
		restored = put_back(chip, session);
	} while (restored && --tries);
	if (restored)
		chip->is_identified = false;
	return ret ?: restored;
}

static int command(struct rtc_chip *chip, u8 code)
{
	const struct rtc_chip_eeprom *eeprom = &chip->desc->eeprom;
	int ret;

	ret = rtc_chip_write(chip, eeprom->command_reg, 0);
	if (ret)
		return ret;
	ret = rtc_chip_write(chip, eeprom->command_reg, code);
	if (ret)
		return ret;
	msleep(eeprom->settle_ms);
	return wait_until_idle(chip);
}

static int read_byte(struct rtc_chip *chip, u8 address, u8 *value)
{
	const struct rtc_chip_eeprom *eeprom = &chip->desc->eeprom;
	int ret;

	ret = rtc_chip_write(chip, eeprom->address_reg, address);
	if (ret)
		return ret;
	ret = command(chip, eeprom->read);
	if (ret)
		return ret;
	return rtc_chip_read(chip, eeprom->data_reg, value);
}

/* What was to be written is still in the data's register: it must not pass for it. */
static int verify_byte(struct rtc_chip *chip, u8 address, u8 value)
{
	u8 written;
	int ret;

	ret = rtc_chip_write(chip, chip->desc->eeprom.data_reg, (u8)~value);
	if (ret)
		return ret;
	ret = read_byte(chip, address, &written);
	if (ret)
		return ret;
	return written == value ? 0 : -EIO;
}

static int write_byte(struct rtc_chip *chip, u8 address, u8 mask, u8 value)
{
	const struct rtc_chip_eeprom *eeprom = &chip->desc->eeprom;
	u8 old;
	int ret;

	ret = read_byte(chip, address, &old);
	if (ret)
		return ret;
	value = (old & ~mask) | (value & mask);
	if (old == value)
		return 0;
	ret = rtc_chip_write(chip, eeprom->address_reg, address);
	if (ret)
		return ret;
	ret = rtc_chip_write(chip, eeprom->data_reg, value);
	if (ret)
		return ret;
	ret = command(chip, eeprom->write);
	if (ret)
		return ret;
	return verify_byte(chip, address, value);
}

/* The backup mode gets its new value when the EEPROM is left. */
static int write_mirror(struct rtc_chip *chip, struct session *session, u8 reg,
			u8 mask, u8 value)
{
	const struct rtc_chip_backup *backup = &chip->desc->backup;

	if (session->is_off && reg == backup->reg) {
		session->backup = (session->backup & ~mask) |
				  (value & mask & backup->mask);
		mask &= ~backup->mask;
	}
	return rtc_chip_update(chip, reg, mask, value & mask);
}

/**
 * rtc_chip_eeprom_read() - read a byte
 * @chip: the chip, which has an EEPROM
 * @address: number of the byte
 * @value: set to it, if it was read
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0, -ETIMEDOUT if the EEPROM stays busy, or another negative error.
 */
int rtc_chip_eeprom_read(struct rtc_chip *chip, u8 address, u8 *value)
{
	struct session session = {};
	int ret = enter(chip, &session);

	if (!ret)
		ret = read_byte(chip, address, value);
	return leave(chip, &session, ret);
}

/**
 * rtc_chip_eeprom_write() - write a byte, if it is not so already
 * @chip: the chip, which has an EEPROM
 * @address: number of the byte
 * @value: the byte
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0, -ETIMEDOUT if the EEPROM stays busy, -EIO if it does not take it, or
 * another negative error.
 */
int rtc_chip_eeprom_write(struct rtc_chip *chip, u8 address, u8 value)
{
	struct session session = {};
	int ret = enter(chip, &session);

	if (!ret)
		ret = write_byte(chip, address, 0xff, value);
	return leave(chip, &session, ret);
}

/**
 * rtc_chip_update_kept() - change bits of a register for good
 * @chip: the chip
 * @reg: number of the register, a copy of a byte of an EEPROM or not
 * @mask: the bits
 * @value: what they are to be
 *
 * The EEPROM is read each time, and written if it differs: the register may be right
 * by an earlier call that got no further. Other bits of the byte stay as they are in
 * each of the two.
 *
 * Context: sleeps, for some 20 ms if nothing is to be written, else 60; the chip's
 * lock is held.
 * Return: 0, -ETIMEDOUT if the EEPROM stays busy, -EIO if it does not take it, or
 * another negative error.
 */
int rtc_chip_update_kept(struct rtc_chip *chip, u8 reg, u8 mask, u8 value)
{
	struct session session = {};
	int ret;

	if (!rtc_chip_is_kept(chip->desc, reg))
		return rtc_chip_update(chip, reg, mask, value);
	ret = enter(chip, &session);
	if (!ret)
		ret = write_byte(chip, reg, mask, value);
	if (!ret)
		ret = write_mirror(chip, &session, reg, mask, value);
	return leave(chip, &session, ret);
}

/**
 * rtc_chip_eeprom_mend() - put right what one of the above has left that broke off
 * @chip: the chip, once it answers
 *
 * By a reset, or a bus that fell silent. Held back, the EEPROM would not be copied any
 * more, and the backup be off for good.
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error.
 */
int rtc_chip_eeprom_mend(struct rtc_chip *chip)
{
	const struct rtc_chip_backup *backup = &chip->desc->backup;
	const struct rtc_chip_bits *hold = &chip->desc->eeprom.hold;
	u8 value;
	int ret;

	if (!hold->mask)
		return 0;
	ret = rtc_chip_read(chip, hold->reg, &value);
	if (ret || (value & hold->mask) != hold->value)
		return ret;
	ret = rtc_chip_eeprom_read(chip, backup->reg, &value);
	if (ret)
		return ret;
	return rtc_chip_update(chip, backup->reg, backup->mask, value);
}
