/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The chips once more, as their register maps are drawn: test vectors, and what a
 * second decoder (oracle.h) needs to judge any other image. Nothing here comes from
 * the tables of drivers/rtc/chip, and nothing there from here. A new chip is one
 * entry in one of the lists.
 *
 * A byte is written as 8 letters, bit 7 first, behind the letter of its field:
 * s m h seconds, minutes, hours; w day of the week; d M y day, month, year; - none.
 *
 *   #  a digit's bit
 *   0  always 0; a 1 makes the number none
 *   .  says nothing; written as 0
 *   1  says nothing; written as 1
 *   k  says nothing; a write keeps it
 *   w  the day of the week, not looked at
 *   V  1: the time is void; written as 0
 *   v  0: the time is void; written as 1
 *   C  the century from 2000 on
 *   E  0: the century does not count, it is 20yy; written as 1
 *   T  1: hours of 12; written as 0, in an alarm as the time has it
 *   P  with T: the afternoon; else a digit's bit
 *   I  of an alarm: this field need not match; written as 0
 *
 * and of a trim:
 *
 *   N  the number's highest bit, in two's complement
 *   F  1: the number makes the clock faster, 0: slower
 */
#ifndef TESTS_UNIT_VECTORS_H
#define TESTS_UNIT_VECTORS_H

#include "random.h"

#include "../../drivers/rtc/chip/chip.h"

#define FIELDS		7
#define OTHERS		4
#define IMAGES		12
#define NAME_LENGTH	80

/* What a Sunday and the days after it are written as */
#define WDAYS_FROM_0	{ 0, 1, 2, 3, 4, 5, 6 }
#define WDAYS_FROM_1	{ 1, 2, 3, 4, 5, 6, 7 }
#define WDAYS_ARE_BITS	{ 1, 2, 4, 8, 16, 32, 64 }

/* A register beside the time, of the letters V, v and . */
struct other {
	u8 reg;
	const char *bits;
};

/* The time's registers in hexadecimal, and what time it is; NULL: none */
struct image {
	const char *regs;
	const char *when;
};

/* The share of the time by which one step changes the rate */
struct share {
	u32 part;
	s64 of;
};

struct bits {
	u8 reg;
	u8 mask;
};

struct trim_facts {
	u8 reg;
	const char *bits;
	/* One more bit, the lowest, beyond @bits; NULL: all are there */
	u8 lsb_reg;
	const char *lsb;
	/* The number, not the F, is what the period is longer by */
	bool is_slowing;
	/* Bits that have to be 0 or 1 besides; NULL: none */
	u8 mode_reg;
	const char *mode;
	struct share up;
	struct share down;
	int least;
	int most;
};

struct alarm_facts {
	u8 reg;
	const char *bytes[FIELDS];
	/* What makes it pull the pin, and what tells that it has come */
	struct bits on;
	struct bits flag;
};

struct part {
	const struct rtc_chip_desc *desc;
	/* Dates as numbers, yyyymmdd */
	int first_date;
	int last_date;
	u8 reg;
	const char *bytes[FIELDS];
	u8 wdays[7];
	/* No bit reads the same on all of these chips. */
	bool has_no_ident;
	struct other others[OTHERS];
	struct alarm_facts alarm;
	struct trim_facts trim;
	/* Spare RAM */
	u8 memory_reg;
	u8 memory_bytes;
	struct image images[IMAGES];
};

#include "vectors-maxim.h"
#include "vectors-nxp.h"
#include "vectors-microcrystal.h"
#include "vectors-others.h"

static const struct part *const parts[] = {
	&part_ds1307, &part_ds1337, &part_ds1338, &part_ds1339,
	&part_ds1340, &part_ds3231, &part_ds3232,
	&part_pcf8523, &part_pcf8563, &part_pcf85063,
	&part_rv3028, &part_rv8803, &part_ab1805,
	&part_mcp7940, &part_m41t62, &part_bq32000,
};

#define PARTS	array_size(parts)
/* The most of one program, for each part */
#define TESTS	12

/*
 * Run a test once for every part, each under the part's own name; @tests has room
 * for PARTS more. Returns their number.
 */
static inline size_t for_all_parts(struct CMUnitTest *tests, const char *what,
				   CMUnitTestFunction function)
{
	static char names[PARTS * TESTS][NAME_LENGTH];
	static size_t count;
	size_t i;

	for (i = 0; i < PARTS; i++) {
		char *name = names[count++];

		snprintf(name, NAME_LENGTH, "%s: %s", parts[i]->desc->name, what);
		tests[i] = (struct CMUnitTest) {
			.name = name,
			.test_func = function,
			.setup_func = random_setup,
			.initial_state = (void *)parts[i],
		};
	}
	return PARTS;
}

#endif /* TESTS_UNIT_VECTORS_H */
