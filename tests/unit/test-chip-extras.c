// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the rows of drivers/rtc/chip/table-*.c: trim, RAM, charger, backup, clock
 * output, thermometer, EEPROM, and the shape of a reading on the bus.
 */
#include "rows.h"

static void trims(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_desc *desc = part->desc;
	const struct rtc_chip_trim *trim = &desc->trim;

	if (!trim->mask) {
		assert_empty(desc->trim);
		return;
	}
	assert_false(trim->mask & trim->sign_mask);
	assert_true(trim->up_ppt && trim->down_ppt);
	assert_true(trim->up_steps && trim->down_steps);
	assert_in_range(trim->slack_percent, 0, 100);
	assert_false(is_in(trim->reg, desc->time.reg, RTC_CHIP_BYTES));
	assert_false(is_in(trim->reg, desc->alarm.reg, desc->alarm.bytes));
	check_bits(&trim->mode);
	check_bits(&trim->apply);
	check_bits(&trim->busy);
	assert_int_equal(!trim->busy.mask, !trim->busy_ms);
	assert_true(trim->apply.mask || !trim->busy.mask);
	check_bits(&trim->busy);
	assert_true(!trim->busy.mask || (trim->apply.mask && trim->busy_ms));
	assert_int_equal(trim->lsb.value, 0);
	if (trim->mode.reg == trim->reg)
		assert_false(trim->mode.mask & (trim->mask | trim->sign_mask));
	/* What corrects once in so many seconds is not seen sooner. */
	assert_true(!trim->lump_s || trim->lag_s);
}

/* Is this register anything but RAM? */
static bool is_used(const struct rtc_chip_desc *desc, unsigned int reg)
{
	int i;

	for (i = 0; i < RTC_CHIP_FLAGS; i++)
		if (desc->flags[i].kind && desc->flags[i].reg == reg)
			return true;
	return is_in(reg, desc->time.reg, RTC_CHIP_BYTES) ||
	       (desc->time.has_fraction && reg == desc->time.reg - 1U) ||
	       is_in(reg, desc->alarm.reg, desc->alarm.bytes) ||
	       (desc->alarm.bytes && (reg == desc->alarm.on.reg ||
				      reg == desc->alarm.flag.reg)) ||
	       (desc->trim.mask && reg == desc->trim.reg) ||
	       (desc->trim.mode.mask && reg == desc->trim.mode.reg) ||
	       (desc->set.hold.mask && reg == desc->set.hold.reg) ||
	       (desc->charger.mask && reg == desc->charger.reg) ||
	       (desc->backup.mask && reg == desc->backup.reg) ||
	       (desc->wave[0].mask && reg == desc->wave[0].reg) ||
	       (desc->wave[1].mask && reg == desc->wave[1].reg) ||
	       (desc->clkout.mask && reg == desc->clkout.reg) ||
	       (desc->thermometer.is_there &&
		is_in(reg, desc->thermometer.reg, 2)) ||
	       is_in(reg, desc->eeprom.mirror_reg, desc->eeprom.mirror_bytes);
}

static void memories(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_memory *memory = &part->desc->memory;
	unsigned int reg;

	assert_int_equal(memory->reg, part->memory_reg);
	assert_int_equal(memory->bytes, part->memory_bytes);
	assert_true(memory->reg + memory->bytes <= REGISTERS);
	for (reg = memory->reg; reg < memory->reg + memory->bytes; reg++)
		assert_false(is_used(part->desc, reg));
}

static void chargers(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_charger *charger = &part->desc->charger;
	bool is_over = false;
	int i, j;

	if (!charger->mask) {
		assert_empty(part->desc->charger);
		return;
	}
	check_bits(&charger->key);
	assert_int_equal(0 & ~charger->mask, 0);
	assert_true(charger->ways[0].ohms);
	for (i = 0; i < RTC_CHIP_CHARGES; i++) {
		const struct rtc_chip_charge *way = &charger->ways[i];

		assert_false(is_over && way->ohms);
		is_over |= !way->ohms;
		if (is_over) {
			assert_empty(charger->ways[i]);
			continue;
		}
		assert_int_equal(way->value & ~charger->mask, 0);
		assert_int_not_equal(way->value, 0);
		for (j = 0; j < i; j++) {
			assert_int_not_equal(way->value, charger->ways[j].value);
			assert_true(way->ohms != charger->ways[j].ohms ||
				    way->has_diode != charger->ways[j].has_diode);
		}
	}
}

static void backups(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_backup *backup = &part->desc->backup;
	const u8 values[] = { backup->disabled, backup->direct, backup->level };
	int modes = 0;
	size_t i, j;

	if (!backup->mask) {
		assert_empty(part->desc->backup);
		return;
	}
	assert_true(backup->read_mask);
	assert_int_equal(backup->read_mask & ~backup->mask, 0);
	for (i = 0; i < array_size(values); i++) {
		if (values[i] == RTC_CHIP_NONE)
			continue;
		modes++;
		assert_int_equal(values[i] & ~backup->mask, 0);
		/* What is read tells them apart. */
		for (j = 0; j < i; j++)
			assert_true(values[j] == RTC_CHIP_NONE ||
				    (values[i] ^ values[j]) & backup->read_mask);
	}
	assert_true(modes > 1);
}

static void waves(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_desc *desc = part->desc;
	const struct rtc_chip_bits *on = &desc->alarm.on;
	int i;

	assert_true(desc->wave[0].mask || !desc->wave[1].mask);
	assert_true(desc->alarm.bytes || !desc->wave_is_on_alarm_pin);
	assert_true(desc->wave[0].mask || !desc->wave_is_on_alarm_pin);
	for (i = 0; i < RTC_CHIP_WAVES; i++) {
		const struct rtc_chip_bits *wave = &desc->wave[i];

		check_bits(wave);
		/* What the one wants set and the other not is a pin's choice. */
		if (wave->reg == on->reg &&
		    (wave->value ^ on->value) & wave->mask & on->mask)
			assert_true(desc->wave_is_on_alarm_pin);
	}
}

static void clock_outputs(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_clkout *clkout = &part->desc->clkout;
	bool is_over = false;
	int i, j;

	check_bits(&clkout->gate);
	if (!clkout->rates[0].hz) {
		assert_empty(part->desc->clkout);
		return;
	}
	assert_true(clkout->mask);
	assert_int_equal(clkout->off & ~clkout->mask, 0);
	assert_false(clkout->gate.mask && clkout->off);
	assert_true(part->desc->alarm.bytes || !clkout->is_on_alarm_pin);
	for (i = 0; i < RTC_CHIP_RATES; i++) {
		const struct rtc_chip_rate *rate = &clkout->rates[i];

		assert_false(is_over && rate->hz);
		is_over |= !rate->hz;
		if (is_over) {
			assert_empty(clkout->rates[i]);
			continue;
		}
		assert_int_equal(rate->value & ~clkout->mask, 0);
		assert_true(rate->hz <= 32768 && !(rate->hz & (rate->hz - 1)));
		assert_true(clkout->gate.mask || rate->value != clkout->off);
		for (j = 0; j < i; j++) {
			assert_int_not_equal(rate->hz, clkout->rates[j].hz);
			assert_int_not_equal(rate->value, clkout->rates[j].value);
		}
	}
	if (clkout->gate.reg == clkout->reg)
		assert_false(clkout->gate.mask & clkout->mask);
}

static void eeproms(void **state)
{
	const struct part *part = *state;
	const struct rtc_chip_eeprom *eeprom = &part->desc->eeprom;
	const u8 commands[] = { eeprom->write, eeprom->read };
	size_t i, j;

	if (!part->desc->thermometer.is_there)
		assert_empty(part->desc->thermometer);
	if (!eeprom->mirror_bytes) {
		assert_empty(part->desc->eeprom);
		return;
	}
	check_bits(&eeprom->hold);
	check_bits(&eeprom->busy);
	assert_true(eeprom->hold.mask && eeprom->busy.mask);
	assert_true(eeprom->mirror_reg + eeprom->mirror_bytes <= REGISTERS);
	assert_int_not_equal(eeprom->address_reg, eeprom->data_reg);
	assert_int_not_equal(eeprom->address_reg, eeprom->command_reg);
	assert_int_not_equal(eeprom->data_reg, eeprom->command_reg);
	assert_true(eeprom->busy_ms > eeprom->settle_ms);
	for (i = 0; i < array_size(commands); i++) {
		assert_true(commands[i]);
		for (j = 0; j < i; j++)
			assert_int_not_equal(commands[i], commands[j]);
	}
}

/* Address, register, address again, and the bytes: 4 and 10 */
static void wires(void **state)
{
	const struct part *part = *state;
	const struct rtc_sync_wire *short_wire = &part->desc->wire[RTC_SYNC_READ_SHORT];
	const struct rtc_sync_wire *full_wire = &part->desc->wire[RTC_SYNC_READ_FULL];

	assert_int_equal(short_wire->bytes, 4);
	assert_int_equal(full_wire->bytes, 3 + RTC_CHIP_BYTES);
	assert_in_range(short_wire->tail_bytes, 1, short_wire->bytes);
	assert_int_equal(full_wire->tail_bytes - short_wire->tail_bytes,
			 RTC_CHIP_BYTES - 1);
}

int main(void)
{
	struct CMUnitTest tests[TESTS * PARTS];
	size_t count = 0;

	count += for_all_parts(tests + count, "trim of the row", trims);
	count += for_all_parts(tests + count, "RAM", memories);
	count += for_all_parts(tests + count, "charger", chargers);
	count += for_all_parts(tests + count, "backup", backups);
	count += for_all_parts(tests + count, "wave", waves);
	count += for_all_parts(tests + count, "clock output", clock_outputs);
	count += for_all_parts(tests + count, "EEPROM", eeproms);
	count += for_all_parts(tests + count, "wire", wires);
	return _cmocka_run_group_tests("extras", tests, count, random_begin, NULL);
}
