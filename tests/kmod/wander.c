// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: a system oscillator that is wrong, and that wanders.
 *
 *   modprobe rtc-sync-wander ppb=20000 swing_ppb=5000 period_s=86400
 *
 * A clocksource that counts too much or too little for the ARM counter under
 * it. All of the kernel's clocks follow, while CNTVCT, which user space can
 * read, stays the truth.
 *
 * What it shows is a function of the counter alone: no state, no lock. The rate
 * swings in parabolas, which nearly are a sine: in the first half of a period
 * it is swing_ppb * 4x(1 - x) fast, with x from 0 to 1, in the second half as
 * much slow. What is gained by then is the integral: two thirds of swing_ppb of
 * half a period, times x^2 (3 - 2x). The counter's 0 begins the first period.
 */
#include <linux/clocksource.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/time64.h>

#include <asm/arch_timer.h>

#define RATING		450	/* the counter itself has 400 */
#define PPB_MAX		10000000
#define SWING_PPB_MAX	100000
#define PERIOD_S_MAX	(10 * 86400)
#define PART_BITS	8	/* gains are in 256ths of a tick: rounded once */

/*
 * x has 32 bits. Where it moves on, the gain must not fall by a whole tick, or
 * the clock would go back.
 */
#define GAIN_TICKS_MAX	BIT_ULL(31)

static int ppb;
module_param(ppb, int, 0444);
MODULE_PARM_DESC(ppb, "how much the oscillator gains, 10^-9; negative: loses");

static int later_ppb;
module_param(later_ppb, int, 0444);
MODULE_PARM_DESC(later_ppb, "what takes the place of ppb after later_s");

static uint later_s;
module_param(later_s, uint, 0444);
MODULE_PARM_DESC(later_s, "when ppb changes, s since the counter's 0; 0: never");

static uint swing_ppb;
module_param(swing_ppb, uint, 0444);
MODULE_PARM_DESC(swing_ppb, "how far the rate swings to either side, 10^-9");

static uint period_s = 86400;
module_param(period_s, uint, 0444);
MODULE_PARM_DESC(period_s, "how long a swing to both sides takes, s");

/**
 * struct wander - the parameters, made ready for a fast path without divisions
 * @rate_q64: the first rate, 2^-64
 * @later_rate_q64: the one after @later_ticks, 2^-64
 * @later_ticks: when it changes, the counter's ticks
 * @later_gain_q8: what was gained by then, 2^-8 ticks
 * @swing_gain_q8: what half a swing gains, 2^-8 ticks
 * @inverse: 2^(64 + @inverse_bits) through the ticks of a period
 * @inverse_bits: as many as make the most of 64 bits
 */
struct wander {
	s64 rate_q64;
	s64 later_rate_q64;
	u64 later_ticks;
	s64 later_gain_q8;
	s64 swing_gain_q8;
	u64 inverse;
	unsigned int inverse_bits;
};

static struct wander wander __ro_after_init;

static s64 gain_q8(u64 ticks, s64 rate_q64)
{
	if (rate_q64 < 0)
		return -(s64)mul_u64_u64_shr(ticks, -rate_q64, 64 - PART_BITS);
	return mul_u64_u64_shr(ticks, rate_q64, 64 - PART_BITS);
}

static s64 drift_q8(u64 ticks)
{
	if (ticks < wander.later_ticks)
		return gain_q8(ticks, wander.rate_q64);
	return wander.later_gain_q8 +
	       gain_q8(ticks - wander.later_ticks, wander.later_rate_q64);
}

static s64 swing_q8(u64 ticks)
{
	/* Of a period, 2^-64; whole periods have left at the upper end. */
	u64 phase = mul_u64_u64_shr(ticks, wander.inverse, wander.inverse_bits);
	u32 x = phase >> 31;
	u64 s_curve_q62 = mul_u64_u64_shr((u64)x * x, (3ULL << 32) - 2ULL * x, 34);
	s64 gain = mul_u64_u64_shr(s_curve_q62, wander.swing_gain_q8, 62);

	return phase >> 63 ? wander.swing_gain_q8 - gain : gain;
}

static u64 wander_read(struct clocksource *source)
{
	u64 ticks = arch_timer_read_counter();
	s64 gain = drift_q8(ticks);

	if (wander.swing_gain_q8)
		gain += swing_q8(ticks);
	return ticks + (gain >> PART_BITS);
}

static struct clocksource wander_source = {
	.name = "rtc-sync-wander",
	.rating = RATING,
	.read = wander_read,
	.mask = CLOCKSOURCE_MASK(64),
	.flags = CLOCK_SOURCE_IS_CONTINUOUS,
	.owner = THIS_MODULE,
};

static s64 __init ppb_to_q64(int rate_ppb)
{
	s64 rate_q64 = div_u64((u64)abs(rate_ppb) << 40, NSEC_PER_SEC) << 24;

	return rate_ppb < 0 ? -rate_q64 : rate_q64;
}

/* 2^@bits / @divisor by long division, for @bits beyond 64. */
static u64 __init inverse(u64 divisor, unsigned int bits)
{
	u64 quotient = 0;
	u64 rest = 1;

	while (bits--) {
		rest <<= 1;
		quotient <<= 1;
		if (rest >= divisor) {
			rest -= divisor;
			quotient |= 1;
		}
	}
	return quotient;
}

static void __init init_drift(u32 hz)
{
	wander.rate_q64 = ppb_to_q64(ppb);
	wander.later_rate_q64 = ppb_to_q64(later_ppb);
	wander.later_ticks = U64_MAX;
	if (!later_s)
		return;
	wander.later_ticks = (u64)later_s * hz;
	wander.later_gain_q8 = gain_q8(wander.later_ticks, wander.rate_q64);
}

static void __init init_swing(u32 hz)
{
	u64 period_ticks = (u64)period_s * hz;

	/* Half a period, two thirds, 10^-9 */
	wander.swing_gain_q8 = mul_u64_u32_div(period_ticks, swing_ppb << PART_BITS,
					       3000000000U);
	wander.inverse_bits = ilog2(period_ticks) - 1;
	wander.inverse = inverse(period_ticks, 64 + wander.inverse_bits);
}

static bool __init are_parameters_in_range(void)
{
	return abs(ppb) <= PPB_MAX && abs(later_ppb) <= PPB_MAX &&
	       swing_ppb <= SWING_PPB_MAX && period_s && period_s <= PERIOD_S_MAX;
}

static int __init wander_init(void)
{
	u32 hz = arch_timer_get_cntfrq();

	if (!hz)
		return -ENODEV;
	if (!are_parameters_in_range())
		return -ERANGE;
	init_drift(hz);
	init_swing(hz);
	if (wander.swing_gain_q8 >> PART_BITS >= GAIN_TICKS_MAX)
		return -ERANGE;
	return clocksource_register_hz(&wander_source, hz);
}

static void __exit wander_exit(void)
{
	/* The kernel holds the module while it goes by it. */
	clocksource_unregister(&wander_source);
}

module_init(wander_init);
module_exit(wander_exit);

MODULE_DESCRIPTION("Wandering system oscillator, for tests");
MODULE_LICENSE("GPL");
