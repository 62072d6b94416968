// SPDX-License-Identifier: GPL-2.0-only
/*
 * The instant at which a set begins its second, and how well it was met. set.c says
 * why.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/math64.h>

#include "driver.h"
#include "set.h"

/* So long before, the bus is woken, ns. */
#define WAKE_NS			(10 * NSEC_PER_MSEC)

/**
 * rtc_chip_plan_measure() - how long does it take to read a register?
 * @chip: the chip
 * @plan: its read_ns is set: the shortest of a few, for somebody else may use the bus
 *
 * Context: sleeps; the chip's lock is held.
 * Return: 0 or a negative error of the bus.
 */
int rtc_chip_plan_measure(struct rtc_chip *chip, struct rtc_chip_plan *plan)
{
	s64 called_ns;
	u8 value;
	int try;
	int ret;

	plan->read_ns = NSEC_PER_SEC;
	for (try = 0; try < RTC_CHIP_TRIES; try++) {
		called_ns = ktime_get_ns();
		ret = rtc_chip_read(chip, chip->desc->time.reg, &value);
		if (ret)
			return ret;
		plan->read_ns = min_t(s64, plan->read_ns,
				      ktime_get_ns() - called_ns);
	}
	return 0;
}

/*
 * How long it takes from the call until the chip takes what begins the second. A read
 * of a register is four bytes. A chip is let go by three; before the seconds of a burst
 * the year is made void, and both together are six, in one transfer and a half.
 */
static s64 lead_ns(const struct rtc_chip_desc *desc, const struct rtc_chip_plan *plan)
{
	s64 half_ns = plan->read_ns >> 1;

	return desc->set.hold.mask ? half_ns + (half_ns >> 1) : 3 * half_ns;
}

/* When what begins the second has to be called for, CLOCK_MONOTONIC, ns. */
static s64 begin_ns(const struct rtc_chip_desc *desc,
		    const struct rtc_chip_plan *plan)
{
	return plan->call_ns + (plan->more_s + 1) * NSEC_PER_SEC -
	       desc->set.first_tick_ns - lead_ns(desc, plan) - plan->lag_ns;
}

/**
 * rtc_chip_plan_postpone() - by seconds, until there is time to get ready
 * @desc: the chip
 * @plan: measured; its more_s is raised, not beyond what the chip counts
 */
void rtc_chip_plan_postpone(const struct rtc_chip_desc *desc,
			    struct rtc_chip_plan *plan)
{
	while (begin_ns(desc, plan) < (s64)ktime_get_ns() + RTC_CHIP_READY_NS &&
	       plan->want_s + plan->more_s < desc->time.range_max)
		plan->more_s++;
}

static void sleep_until(s64 until_ns)
{
	s64 rest_us = div_s64(until_ns - ktime_get_ns(), NSEC_PER_USEC);

	if (rest_us > 0)
		usleep_range((unsigned long)rest_us, (unsigned long)rest_us + 1);
}

/**
 * rtc_chip_plan_sleep() - until the second has to be begun
 * @chip: the chip
 * @plan: postponed
 *
 * The controller may have gone to sleep meanwhile: it is woken before it counts.
 *
 * Context: sleeps; the chip's lock is held.
 */
void rtc_chip_plan_sleep(struct rtc_chip *chip, const struct rtc_chip_plan *plan)
{
	s64 until_ns = begin_ns(chip->desc, plan);
	u8 value;

	sleep_until(until_ns - WAKE_NS);
	if ((s64)ktime_get_ns() < until_ns - WAKE_NS / 2)
		rtc_chip_read(chip, chip->desc->time.reg, &value);
	sleep_until(until_ns);
}

/**
 * rtc_chip_plan_judge() - how late has the second begun?
 * @desc: the chip
 * @plan: its late_ns is set
 * @called_ns: when what begins it was called for, CLOCK_MONOTONIC, ns
 *
 * By what it was called for too late, and by what it took longer than it can.
 */
void rtc_chip_plan_judge(const struct rtc_chip_desc *desc,
			 struct rtc_chip_plan *plan, s64 called_ns)
{
	s64 most_ns = plan->read_ns * (desc->set.hold.mask ? 2 : 5);
	s64 longer_ns = ktime_get_ns() - called_ns - most_ns;

	plan->late_ns = max_t(s64, called_ns - begin_ns(desc, plan), 0) +
			max_t(s64, longer_ns, 0);
	plan->late_ns = max_t(s64, plan->late_ns - plan->lag_ns, 0);
}
