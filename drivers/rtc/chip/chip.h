/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be known of an RTC chip: data only.
 *
 * Every difference between two chips is a field here, and every chip a row in a
 * table-*.c. An "if" on the kind of chip anywhere else means that a field is
 * missing. A structure whose mask or size is 0 says: this chip has no such thing.
 */
#ifndef RTC_CHIP_H
#define RTC_CHIP_H

#include "../rtc-sync.h"
#include "calendar.h"
#include "extras.h"

#define RTC_CHIP_FLAGS		8
#define RTC_CHIP_STICKY		2
#define RTC_CHIP_UNUSED		2
#define RTC_CHIP_IDENTS		8
#define RTC_CHIP_WAVES		2

/**
 * struct rtc_chip_desc - all that distinguishes one chip from the others
 * @name: of the part, for the log
 * @ident: what all of these chips, and few others, have in common: bits that always
 *	read the same
 * @tries: transfers that are not acknowledged, as the chip does at times, are tried
 *	so often; 0: once
 * @reset: what is written, all of the byte, to a chip that was without power;
 *	mask 0: nothing
 * @time: its calendar
 * @flags: what may be wrong; the list ends before the first of kind NONE
 * @sticky: registers with flags that only a 0 lowers
 * @unused: registers with bits to be written as 0
 * @set: how its time is written
 * @alarm: its alarm
 * @trim: what makes it faster or slower
 * @memory: its RAM
 * @charger: its trickle charger
 * @backup: when it goes over to the battery
 * @load: the capacitance of its crystal
 * @wave: what has to be so for a square wave of 1 Hz on a pin, that falls when a
 *	second begins
 * @wave_is_on_alarm_pin: that pin is the alarm's, too, so there is one or the other
 * @clkout: its clock output
 * @thermometer: its temperature
 * @eeprom: its EEPROM
 * @wire: the shape of each kind of reading on the bus, for the engine
 */
struct rtc_chip_desc {
	const char *name;
	struct rtc_chip_bits ident[RTC_CHIP_IDENTS];
	u8 tries;
	struct rtc_chip_bits reset;
	struct rtc_chip_calendar time;
	struct rtc_chip_flag flags[RTC_CHIP_FLAGS];
	struct rtc_chip_sticky sticky[RTC_CHIP_STICKY];
	struct rtc_chip_unused unused[RTC_CHIP_UNUSED];
	struct rtc_chip_set set;
	struct rtc_chip_alarm alarm;
	struct rtc_chip_trim trim;
	struct rtc_chip_memory memory;
	struct rtc_chip_charger charger;
	struct rtc_chip_backup backup;
	struct rtc_chip_load load;
	struct rtc_chip_bits wave[RTC_CHIP_WAVES];
	bool wave_is_on_alarm_pin;
	struct rtc_chip_clkout clkout;
	struct rtc_chip_thermometer thermometer;
	struct rtc_chip_eeprom eeprom;
	struct rtc_sync_wire wire[RTC_SYNC_READ_KINDS];
};

/* table-maxim.c */
extern const struct rtc_chip_desc rtc_chip_ds1307;
extern const struct rtc_chip_desc rtc_chip_ds1337;
extern const struct rtc_chip_desc rtc_chip_ds1338;
extern const struct rtc_chip_desc rtc_chip_ds1339;
extern const struct rtc_chip_desc rtc_chip_ds1340;
extern const struct rtc_chip_desc rtc_chip_ds3231;
extern const struct rtc_chip_desc rtc_chip_ds3232;

/* table-nxp.c */
extern const struct rtc_chip_desc rtc_chip_pcf8523;
extern const struct rtc_chip_desc rtc_chip_pcf8563;
extern const struct rtc_chip_desc rtc_chip_pcf85063;

/* table-microcrystal.c */
extern const struct rtc_chip_desc rtc_chip_rv3028;
extern const struct rtc_chip_desc rtc_chip_rv8803;

/* table-abracon.c */
extern const struct rtc_chip_desc rtc_chip_ab1805;

/* table-others.c */
extern const struct rtc_chip_desc rtc_chip_mcp7940;
extern const struct rtc_chip_desc rtc_chip_m41t62;
extern const struct rtc_chip_desc rtc_chip_bq32000;

#endif /* RTC_CHIP_H */
