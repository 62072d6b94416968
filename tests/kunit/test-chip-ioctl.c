// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: RTC_VL_READ and RTC_VL_CLR, with a page of user memory to answer to.
 */
#include <kunit/test.h>
#include <linux/kthread.h>
#include <linux/mman.h>
#include <linux/resource.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "part.h"

/**
 * struct caller - what a program has that asks
 * @mm: its memory
 * @page: a page of it
 */
struct caller {
	struct mm_struct *mm;
	unsigned long page;
};

static struct caller caller_begin(struct kunit *test)
{
	struct caller caller = { .mm = mm_alloc() };

	KUNIT_ASSERT_NOT_NULL(test, caller.mm);
	arch_pick_mmap_layout(caller.mm, &current->signal->rlim[RLIMIT_STACK]);
	kthread_use_mm(caller.mm);
	caller.page = vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, 0);
	return caller;
}

static void caller_end(struct caller *caller)
{
	kthread_unuse_mm(caller->mm);
	mmput(caller->mm);
}

static unsigned int vl_read(struct part *part, struct caller *caller)
{
	unsigned int vl = ~0;

	KUNIT_EXPECT_EQ(part->test, rtc_chip_ioctl(part->rtc->dev.parent, RTC_VL_READ,
						   caller->page), 0);
	KUNIT_EXPECT_EQ(part->test, get_user(vl, (unsigned int __user *)caller->page), 0);
	return vl;
}

static int vl_clear(struct part *part)
{
	return rtc_chip_ioctl(part->rtc->dev.parent, RTC_VL_CLR, 0);
}

/* What each of the model's flags is to RTC_VL_READ, where a part tells of it */
static const unsigned int meanings[SIM_FLAGS] = {
	[SIM_STOPPED] = RTC_VL_DATA_INVALID,
	[SIM_BATTERY_LOW] = RTC_VL_BACKUP_LOW | RTC_VL_BACKUP_EMPTY,
	[SIM_SWITCHED] = RTC_VL_BACKUP_SWITCH,
	[SIM_INACCURATE] = RTC_VL_ACCURACY_LOW,
	[SIM_POWER_FAILED] = RTC_VL_BACKUP_SWITCH,
};

static void try_flag(struct part *part, struct caller *caller, enum sim_flag flag)
{
	unsigned int vl;

	if (!board_raise(part->board, flag, true))
		return;
	vl = vl_read(part, caller);
	kunit_info(part->test, "%s: flag %u reads 0x%x\n", part->name, flag, vl);
	KUNIT_EXPECT_EQ(part->test, vl & ~meanings[flag], 0);
	KUNIT_EXPECT_EQ(part->test, vl_clear(part), 0);
	/* What says that the time is void stays until it is set. */
	if (flag == SIM_STOPPED)
		KUNIT_EXPECT_EQ(part->test, vl_read(part, caller), RTC_VL_DATA_INVALID);
	board_raise(part->board, flag, false);
}

static void each_flag_is_told(struct kunit *test)
{
	struct part *part = part_begin(test);
	struct caller caller = caller_begin(test);
	unsigned int flag;

	KUNIT_EXPECT_EQ(test, vl_read(part, &caller), 0);
	for (flag = 0; flag < SIM_FLAGS; flag++)
		try_flag(part, &caller, flag);
	KUNIT_EXPECT_EQ(test, vl_read(part, &caller), 0);
	caller_end(&caller);
}

static void a_bus_that_fails(struct kunit *test)
{
	struct part *part = part_begin(test);
	struct caller caller = caller_begin(test);
	struct device *dev = part->rtc->dev.parent;
	int fails_at;
	int ret;

	for (fails_at = 0; fails_at < 100; fails_at++) {
		board_fail(part->board, fails_at, true);
		ret = rtc_chip_ioctl(dev, RTC_VL_READ, caller.page);
		if (!board_mend(part->board))
			break;
		KUNIT_EXPECT_LT(test, ret, 0);
	}
	KUNIT_EXPECT_GT(test, fails_at, 5);
	part->board->sim.faults.gone = true;
	ret = vl_clear(part);
	KUNIT_EXPECT_TRUE(test, !ret || ret == -ENXIO || ret == -EREMOTEIO);
	KUNIT_EXPECT_EQ(test, rtc_chip_ioctl(dev, RTC_AIE_ON, 0), -ENOIOCTLCMD);
	caller_end(&caller);
}

static struct kunit_case chip_ioctl_cases[] = {
	KUNIT_CASE_PARAM(each_flag_is_told, part_next),
	KUNIT_CASE_PARAM(a_bus_that_fails, part_next),
	{ }
};

static struct kunit_suite chip_ioctl_suite = {
	.name = "rtc-sync-chip-ioctl",
	.exit = part_exit,
	.test_cases = chip_ioctl_cases,
};

kunit_test_suite(chip_ioctl_suite);
