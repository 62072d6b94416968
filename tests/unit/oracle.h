/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A second decoder and encoder of the time, which knows no more than vectors.h and
 * works on binary and hexadecimal text.
 */
#ifndef TESTS_UNIT_ORACLE_H
#define TESTS_UNIT_ORACLE_H

#include "vectors.h"

#include <linux/errno.h>
#include <linux/rtc.h>

#include "../../drivers/rtc/chip/codec.h"

#define REGISTERS	256

/* What a byte of the time means, for each of its values */
struct meaning {
	int number;
	int century;
	bool is_void;
	bool is_without_century;
	bool is_12;
	bool is_pm;
};

static struct meaning meanings[FIELDS][256];
static bool is_other_void[OTHERS][256];

static inline int month_days(int year, int month)
{
	switch (month) {
	case 2:
		return (year % 4 == 0 && year % 100) || year % 400 == 0 ? 29 : 28;
	case 4: case 6: case 9: case 11:
		return 30;
	default:
		return 31;
	}
}

/* 0 is Sunday; by Sakamoto */
static inline int weekday(int year, int month, int day)
{
	static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };

	if (month < 3)
		year--;
	return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day) % 7;
}

/* The decimal number that a byte looks like in hexadecimal, or -1. */
static inline int digits(int byte)
{
	char text[4];
	char *end;
	int number;

	snprintf(text, sizeof(text), "%02x", byte & 0xff);
	number = (int)strtol(text, &end, 10);
	return *end ? -1 : number;
}

/* The byte that looks in hexadecimal like a number. */
static inline int undigits(int number)
{
	char text[12];

	snprintf(text, sizeof(text), "%02d", number);
	return (int)strtol(text, NULL, 16);
}

/* Bits of @letters, first to last, that are as in @byte. */
static inline void read_byte(const char *letters, int byte, struct meaning *m)
{
	int rest = 0;
	int i;

	*m = (struct meaning) {};
	for (i = 0; i < 8; i++) {
		bool bit = byte >> (7 - i) & 1;
		bool is_digit = strchr("#0", letters[i]);

		m->is_void |= (letters[i] == 'V' && bit) || (letters[i] == 'v' && !bit);
		m->is_without_century |= letters[i] == 'E' && !bit;
		m->is_12 |= letters[i] == 'T' && bit;
		if (letters[i] == 'C')
			m->century = 2 * m->century + bit;
		if (letters[i] == 'P') {
			is_digit = !m->is_12;
			m->is_pm = m->is_12 && bit;
		}
		rest = 2 * rest + (is_digit && bit);
	}
	m->number = digits(rest);
}

/* Before each test of a part: what all its bytes mean */
static inline void learn_part(const struct part *part)
{
	struct meaning m;
	int value;
	int i;

	for (value = 0; value < 256; value++) {
		for (i = 0; i < FIELDS; i++)
			read_byte(part->bytes[i] + 2, value, &meanings[i][value]);
		for (i = 0; i < OTHERS && part->others[i].bits; i++) {
			read_byte(part->others[i].bits, value, &m);
			is_other_void[i][value] = m.is_void;
		}
	}
}

static inline int place_of(const struct part *part, char field)
{
	int i;

	for (i = 0; i < FIELDS && part->bytes[i][0] != field; i++)
		;
	assert_in_range(i, 0, FIELDS - 1);
	return i;
}

static inline const char *judge_hour(const struct meaning *m, int *hour)
{
	*hour = m->number;
	if (!m->is_12)
		return *hour < 0 || *hour > 23 ? "no such hour" : NULL;
	if (*hour < 1 || *hour > 12)
		return "no such hour of 12";
	*hour = (*hour == 12 ? 0 : *hour) + (m->is_pm ? 12 : 0);
	return NULL;
}

static inline const char *judge_date(const struct part *part, const struct rtc_time *tm)
{
	int year = 1900 + tm->tm_year;
	int month = tm->tm_mon + 1;
	int date = year * 10000 + month * 100 + tm->tm_mday;

	if (month < 1 || month > 12)
		return "no such month";
	if (tm->tm_mday < 1 || tm->tm_mday > month_days(year, month))
		return "no such day";
	if (date < part->first_date || date > part->last_date)
		return "out of range";
	return NULL;
}

/*
 * What time is in these registers? NULL if it is @tm, else why it is void. After
 * learn_part().
 */
static inline const char *oracle_time(const struct part *part, const u8 *regs,
				      struct rtc_time *tm)
{
	bool has_century = true;
	const char *why = NULL;
	int century = 0;
	int i;

	*tm = (struct rtc_time) {};
	for (i = 0; i < FIELDS; i++) {
		const struct meaning *m = &meanings[i][regs[i]];

		if (m->is_void)
			return "a flag in the time";
		has_century &= !m->is_without_century;
		century += m->century;
		if (m->number < 0 && part->bytes[i][0] != 'w')
			return "no digits";
		switch (part->bytes[i][0]) {
		case 's':
			tm->tm_sec = m->number;
			break;
		case 'm':
			tm->tm_min = m->number;
			break;
		case 'h':
			why = judge_hour(m, &tm->tm_hour);
			break;
		case 'd':
			tm->tm_mday = m->number;
			break;
		case 'M':
			tm->tm_mon = m->number - 1;
			break;
		case 'y':
			tm->tm_year = 100 + m->number;
			break;
		}
	}
	if (why)
		return why;
	if (tm->tm_sec > 59 || tm->tm_min > 59)
		return "no such minute or second";
	if (has_century)
		tm->tm_year += 100 * century;
	return judge_date(part, tm);
}

/* The same for all registers, with the flags that are beside the time. */
static inline const char *oracle(const struct part *part, const u8 *space,
				 struct rtc_time *tm)
{
	int i;

	for (i = 0; i < OTHERS && part->others[i].bits; i++)
		if (is_other_void[i][space[part->others[i].reg]])
			return "a flag beside the time";
	return oracle_time(part, space + part->reg, tm);
}

/* The byte that is written for a number; 'C' takes the century. */
static inline u8 write_byte(const char *letters, int byte, int century, int old)
{
	int written = 0;
	int i;

	for (i = 7; i >= 0; i--) {
		int bit = 1 << (7 - i);

		switch (letters[i]) {
		case '#': case 'w': case 'T': case 'P':
			written |= byte & bit;
			break;
		case 'v': case '1': case 'E':
			written |= bit;
			break;
		case 'k':
			written |= old & bit;
			break;
		case 'C':
			written |= century & 1 ? bit : 0;
			century >>= 1;
			break;
		}
	}
	return (u8)written;
}

static inline int field_byte(const struct part *part, char field,
			     const struct rtc_time *tm)
{
	int year = 1900 + tm->tm_year;

	switch (field) {
	case 's':
		return undigits(tm->tm_sec);
	case 'm':
		return undigits(tm->tm_min);
	case 'h':
		return undigits(tm->tm_hour);
	case 'd':
		return undigits(tm->tm_mday);
	case 'M':
		return undigits(tm->tm_mon + 1);
	case 'y':
		return undigits(year % 100);
	case 'w':
		return part->wdays[weekday(year, tm->tm_mon + 1, tm->tm_mday)];
	default:
		return 0;
	}
}

/* The registers for a time, where @old ones hold bits to be kept */
static inline void oracle_write(const struct part *part, const struct rtc_time *tm,
				const u8 *old, u8 *regs)
{
	int century = (tm->tm_year - 100) / 100;
	int i;

	for (i = 0; i < FIELDS; i++)
		regs[i] = write_byte(part->bytes[i] + 2,
				     field_byte(part, part->bytes[i][0], tm),
				     century, old[i]);
}

#endif /* TESTS_UNIT_ORACLE_H */
