/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests only: our driver on each of the simulated parts, one at a time.
 */
#ifndef RTC_SYNC_KUNIT_PART_H
#define RTC_SYNC_KUNIT_PART_H

#include "../../drivers/rtc/chip/driver.h"
#include "board.h"

struct kunit;

/* 2026-06-15 12:00:00 */
#define PART_SHOWS_S	1781524800LL

/**
 * struct part - our driver on a part
 * @test: the test
 * @name: of the part
 * @ours: by which our driver knows it
 * @board: with the part
 * @rtc: what our driver has registered
 * @chip: our driver's own
 * @random: the test's random numbers
 */
struct part {
	struct kunit *test;
	const char *name;
	char ours[I2C_NAME_SIZE];
	struct board *board;
	struct rtc_device *rtc;
	struct rtc_chip *chip;
	struct rnd_state random;
};

const void *part_next(const void *last, char *name);
struct part *part_create(struct kunit *test);
void part_bind(struct part *part, const struct software_node *node);
struct part *part_begin(struct kunit *test);
void part_exit(struct kunit *test);

int part_set_time(struct part *part, time64_t rtc_s);
time64_t part_read_time(struct part *part);

#endif /* RTC_SYNC_KUNIT_PART_H */
