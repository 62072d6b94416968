/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel thread's means to sleep and to be woken, and the clocks, in user space: there
 * is one thread, and time passes only while it sleeps, as whoever uses this says.
 */
#ifndef TESTS_KERNEL_THREAD_H
#define TESTS_KERNEL_THREAD_H

#include <linux/device.h>
#include <linux/time64.h>

typedef s64 ktime_t;

#define HRTIMER_MODE_REL	1
#define TASK_INTERRUPTIBLE	1

/**
 * struct rtc_sync_instant - as of drivers/rtc/compat.h
 * @raw_ns: CLOCK_MONOTONIC_RAW, ns
 * @real_ns: CLOCK_REALTIME, ns since 1970
 * @was_set: changes whenever CLOCK_REALTIME is set
 */
struct rtc_sync_instant {
	s64 raw_ns;
	s64 real_ns;
	u32 was_set;
};

/* Whoever runs the thread says what time it is, and what becomes of it when it sleeps. */
struct rtc_sync_instant rtc_sync_now(void);
s64 ktime_get_raw_ns(void);
ktime_t ktime_get_clocktai(void);
void schedule_hrtimeout_range(const ktime_t *left, u64 slack_ns, int mode);
bool try_to_freeze(void);
bool kthread_should_stop(void);

static inline time64_t ktime_get_real_seconds(void)
{
	return rtc_sync_now().real_ns / NSEC_PER_SEC;
}

#define DEFINE_WAIT(name)			int name = 0
#define prepare_to_wait(queue, wait, state)	((void)(queue), (void)(wait))
#define finish_wait(queue, wait)		((void)(queue), (void)(wait))
#define wake_up(queue)				((void)(queue))
#define sched_set_fifo_low(task)		do { } while (0)
#define set_freezable()				do { } while (0)

#define ktime_to_ns(time)	(time)

/* Nobody else is there. */
#define cmpxchg(at, old, new) ({		\
	typeof(*(at)) was_ = *(at);		\
	if (was_ == (old))			\
		*(at) = (new);			\
	was_;					\
})

static inline void set_bit(int bit, unsigned long *bits)
{
	*bits |= 1UL << bit;
}

static inline bool test_bit(int bit, const unsigned long *bits)
{
	return *bits >> bit & 1;
}

static inline bool test_and_clear_bit(int bit, unsigned long *bits)
{
	bool was = test_bit(bit, bits);

	*bits &= ~(1UL << bit);
	return was;
}

#define abs(number) ({				\
	typeof(number) number_ = (number);	\
	number_ < 0 ? -number_ : number_;	\
})

#endif /* TESTS_KERNEL_THREAD_H */
