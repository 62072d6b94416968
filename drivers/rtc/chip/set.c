// SPDX-License-Identifier: GPL-2.0-only
/*
 * Setting the time, so that the chip's second begins when the caller's does.
 *
 * Whoever sets the time to s does it at the beginning of that second: hwclock -w
 * waits for it, and so does the kernel's own writing. What has to be done on the bus
 * would make the chip late by a millisecond and more. So its second begins a whole one
 * later, with s + 1, at an instant for which there is time to get ready.
 *
 * Most chips begin a second with the write of the seconds:
 *
 *   called at s                 s + 1                     tick to s + 2
 *        |-[flags]- - sleep - -[==*======]- - - - - - - - - - |
 *                                 |<----- first_tick_ns ----->|
 *
 * The others are held, written, and let go, and some tick half a second after that:
 *
 *   called at s                                           tick to s + 1
 *        |-[hold][burst][verify]- - - sleep - - -[release]----|
 *                                                        |<-->|  first_tick_ns
 */
#include <linux/ktime.h>
#include <linux/math64.h>

#include "driver.h"
#include "set.h"

/* Later than this, by the scheduler's or the bus's doing, it is done again, ns. */
#define LATE_NS			(200 * NSEC_PER_USEC)

/* And if it is so late each time it is not set at all, ns. */
#define TOO_LATE_NS		(100 * NSEC_PER_MSEC)

static bool is_held(const struct rtc_chip_desc *desc)
{
	return desc->set.hold.mask;
}

static int make_writable(struct rtc_chip *chip)
{
	const struct rtc_chip_set *set = &chip->desc->set;
	int ret;
	int i;

	for (i = 0; i < RTC_CHIP_WRITABLE; i++) {
		ret = rtc_chip_apply(chip, &set->writable[i]);
		if (ret)
			return ret;
	}
	return 0;
}

static int encode(struct rtc_chip *chip, const struct rtc_chip_plan *plan, u8 *regs)
{
	const struct rtc_chip_desc *desc = chip->desc;
	u8 old[RTC_CHIP_BYTES] = {};
	struct rtc_time tm;
	int ret = 0;

	if (rtc_chip_keeps_bits(desc))
		ret = rtc_chip_read_burst(chip, desc->time.reg, old, sizeof(old));
	if (ret)
		return ret;
	rtc_time64_to_tm(plan->want_s + plan->more_s, &tm);
	return rtc_chip_encode(desc, &tm, old, regs);
}

static int write_regs(struct rtc_chip *chip, struct rtc_chip_plan *plan, const u8 *regs)
{
	int ret;

	plan->is_touched = true;
	ret = rtc_chip_make_void(chip);
	if (ret)
		return ret;
	return rtc_chip_write_digits(chip, regs);
}

/* It has its time until the burst, so it sleeps before that. */
static int write_free(struct rtc_chip *chip, struct rtc_chip_plan *plan, const u8 *regs)
{
	s64 called_ns;
	int ret;

	rtc_chip_plan_sleep(chip, plan);
	called_ns = ktime_get_ns();
	ret = write_regs(chip, plan, regs);
	if (ret)
		return ret;
	rtc_chip_plan_judge(chip->desc, plan, called_ns);
	return rtc_chip_verify(chip, plan->want_s + plan->more_s, called_ns);
}

/* One register is written, as it is but for the hold. */
static int let_go(struct rtc_chip *chip, u8 value)
{
	const struct rtc_chip_bits *hold = &chip->desc->set.hold;
	int ret = 0;
	int try;

	value = rtc_chip_clean(chip->desc, hold->reg, value);
	value = (value & ~hold->mask) | (hold->mask & ~hold->value);
	for (try = 0; try < RTC_CHIP_TRIES; try++) {
		ret = rtc_chip_write(chip, hold->reg, value);
		if (!ret)
			break;
	}
	return ret;
}

static int write_held(struct rtc_chip *chip, struct rtc_chip_plan *plan, const u8 *regs)
{
	const struct rtc_chip_desc *desc = chip->desc;
	s64 called_ns;
	u8 value;
	int ret;

	plan->hold_ns = ktime_get_ns();
	ret = rtc_chip_apply(chip, &desc->set.hold);
	if (!ret)
		ret = write_regs(chip, plan, regs);
	if (ret)
		return ret;
	ret = rtc_chip_verify(chip, plan->want_s + plan->more_s, 0);
	if (ret)
		return ret;
	ret = rtc_chip_read(chip, desc->set.hold.reg, &value);
	if (ret)
		return ret;
	rtc_chip_plan_sleep(chip, plan);
	called_ns = ktime_get_ns();
	ret = let_go(chip, value);
	rtc_chip_plan_judge(desc, plan, called_ns);
	return ret;
}

static int begin_second(struct rtc_chip *chip, struct rtc_chip_plan *plan)
{
	const struct rtc_chip_desc *desc = chip->desc;
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	ret = rtc_chip_plan_measure(chip, plan);
	if (ret)
		return ret;
	rtc_chip_plan_postpone(desc, plan);
	ret = encode(chip, plan, regs);
	if (ret)
		return ret;
	if (is_held(desc))
		return write_held(chip, plan, regs);
	return write_free(chip, plan, regs);
}

static int begin_in_time(struct rtc_chip *chip, struct rtc_chip_plan *plan)
{
	int try;
	int ret;

	for (try = 0; try < RTC_CHIP_TRIES; try++) {
		/* The last time what it is late each time is made up for. */
		if (try == RTC_CHIP_TRIES - 1 && plan->late_ns < TOO_LATE_NS)
			plan->lag_ns = plan->late_ns;
		ret = begin_second(chip, plan);
		if (ret)
			return ret;
		if (plan->late_ns <= LATE_NS)
			return 0;
	}
	if (!chip->is_set_told)
		dev_warn(chip->dev, "the time was set %lld ns late\n", plan->late_ns);
	chip->is_set_told = true;
	return plan->late_ns <= TOO_LATE_NS ? 0 : -ETIMEDOUT;
}

/* Flags that vouch for the time are lowered when it is there. */
static int set_locked(struct rtc_chip *chip, struct rtc_chip_plan *plan)
{
	int ret;

	/* What is void already does not become good by an error. */
	ret = rtc_chip_is_halted(chip, &plan->is_touched);
	if (!ret)
		ret = make_writable(chip);
	if (ret)
		return ret;
	ret = rtc_chip_lower_flags(chip, RTC_CHIP_FLAG_HALTED);
	if (ret)
		return ret;
	ret = rtc_chip_start(chip, plan->want_s, &plan->is_touched);
	if (ret)
		return ret;
	ret = begin_in_time(chip, plan);
	if (ret)
		return ret;
	ret = rtc_chip_lower_flags(chip, RTC_CHIP_FLAG_BATTERY);
	if (ret)
		return ret;
	return rtc_chip_lower_flags(chip, RTC_CHIP_FLAG_VOID);
}

/*
 * What failed before the old time was gone leaves it: then it has to go on, unless it
 * was held for long.
 */
static int recover(struct rtc_chip *chip, const struct rtc_chip_plan *plan)
{
	bool was_held = plan->hold_ns &&
			(s64)ktime_get_ns() > plan->hold_ns + RTC_CHIP_READY_NS;

	if (plan->is_touched || was_held)
		return rtc_chip_make_void(chip);
	return rtc_chip_undo(chip, &chip->desc->set.hold);
}

static void conclude(struct rtc_chip *chip, const struct rtc_chip_plan *plan, int ret)
{
	int try;

	WRITE_ONCE(chip->sets, chip->sets + 1);
	chip->has_wave = false;
	if (!ret) {
		chip->is_set_told = false;
		chip->owes_flags = rtc_chip_are_raised(chip, RTC_CHIP_FLAG_VOID);
		chip->set_s = plan->want_s;
		chip->set_boot_ns = plan->call_boot_ns;
		return;
	}
	chip->owes_flags = false;
	for (try = 0; try < RTC_CHIP_TRIES; try++)
		if (!recover(chip, plan))
			break;
}

/**
 * rtc_chip_set_time() - begin a second; for the RTC core
 * @dev: the I2C device
 * @tm: which
 *
 * Context: sleeps, for about a second; some seconds if the oscillator has to be
 * started, or the bus is slow to answer.
 * Return: 0; -ERANGE if the chip can't count to it; -ETIMEDOUT if it could not be
 * written at the right instant; -EIO if it does not read back; or another negative
 * error of the bus. After an error the chip has its old time, or one that is void.
 */
int rtc_chip_set_time(struct device *dev, struct rtc_time *tm)
{
	struct rtc_chip *chip = dev_get_drvdata(dev);
	struct rtc_chip_plan plan = {
		.want_s = rtc_tm_to_time64(tm),
		.call_ns = ktime_get_ns(),
		.call_boot_ns = ktime_get_boottime_ns(),
	};
	int ret;

	/* Before anything is touched */
	if (plan.want_s < chip->desc->time.range_min ||
	    plan.want_s > chip->desc->time.range_max)
		return -ERANGE;
	atomic_inc(&chip->setters);
	ret = rtc_chip_enter(chip);
	if (ret)
		goto out;
	ret = set_locked(chip, &plan);
	conclude(chip, &plan, ret);
	/*
	 * Told after a failure too: the second may have started anew. And before anybody
	 * else reads it.
	 */
	rtc_sync_rtc_was_set(chip->rtc);
	rtc_chip_leave(chip);
out:
	if (atomic_dec_and_test(&chip->setters))
		wake_up(&chip->was_set);
	return ret;
}
