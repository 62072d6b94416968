// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: an I2C bus with one simulated RTC on it, as a module.
 *
 *   modprobe rtc-sync-simbus chip=ds3231-sync phase_ns=250000000 bus_hz=100000
 *   cat /sys/module/rtc_sync_simbus/parameters/second     (the truth)
 *   echo 30 >/sys/module/rtc_sync_simbus/parameters/nak_percent
 *
 *   modprobe rtc-sync-simbus counter_hz=62500000 ppb=3000 setup_us=50 \
 *		jitter_us=100 sqw_irq=1		(by the truth, not by Linux's clock)
 *
 *   modprobe rtc-sync-simbus chip=pcf8523 alarm_irq=1	(for mainline's driver)
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/math64.h>
#include <linux/module.h>
#include <linux/time64.h>

#include "sim-client.h"
#include "sim-params.h"
#include "sim-time.h"

static char *chip = "ds3231-sync";
module_param(chip, charp, 0444);
MODULE_PARM_DESC(chip, "which chip, as mainline's driver calls it: ds1307, pcf8523, ...; \"-sync\" may follow");

static ulong start_s = 1767225600;
module_param(start_s, ulong, 0444);
MODULE_PARM_DESC(start_s, "what it shows at first, with counter_hz: at the counter's 0, s since 1970");

static uint phase_ns;
module_param(phase_ns, uint, 0444);
MODULE_PARM_DESC(phase_ns, "its seconds begin this long after those of CLOCK_MONOTONIC_RAW or the counter, ns");

static bool cold;
module_param(cold, bool, 0444);
MODULE_PARM_DESC(cold, "it has been without power, and does not know the time");

static uint seed;
module_param(seed, uint, 0444);
MODULE_PARM_DESC(seed, "of the jitter and of the faults");

static bool sqw_irq;
module_param(sqw_irq, bool, 0444);
MODULE_PARM_DESC(sqw_irq, "its square wave of 1 Hz, when it is on, is the I2C device's interrupt");

static bool alarm_irq;
module_param(alarm_irq, bool, 0444);
MODULE_PARM_DESC(alarm_irq, "its alarm is the I2C device's interrupt");

static char *irq_name;
module_param(irq_name, charp, 0444);
MODULE_PARM_DESC(irq_name, "what the interrupt is called; default: pps with sqw_irq, else nothing");

static void __init power_up(const struct sim_model *model)
{
	struct sim_chip before = sim_module_board.chip;
	s64 now_ns = sim_now_ns();
	s64 edge_ns;
	s64 seconds;
	s32 into_ns;

	seconds = div_s64_rem(now_ns, NSEC_PER_SEC, &into_ns);
	edge_ns = now_ns - into_ns + phase_ns % NSEC_PER_SEC;
	if (edge_ns > now_ns) {
		edge_ns -= NSEC_PER_SEC;
		seconds--;
	}
	sim_board_init(&sim_module_board, model, start_s);
	prandom_seed_state(&sim_module_board.random, seed);
	sim_board_power_up(&sim_module_board, model, start_s + (sim_time_is_true() ? seconds : 0),
			   edge_ns);
	/* What the command line says */
	sim_module_board.chip.stuck = before.stuck;
	sim_module_board.chip.garbage = before.garbage;
	sim_module_board.chip.lose = before.lose;
	sim_module_board.chip.storms = before.storms;
	sim_module_board.chip.bunches = before.bunches;
	sim_chip_set_ppb(&sim_module_board.chip, before.ppb, edge_ns);
	if (cold)
		sim_chip_lose_power(&sim_module_board.chip, now_ns);
}

/* Its number, 0 if there is to be none, or a negative error. */
static int __init init_irq(void)
{
	if (alarm_irq && sqw_irq)
		return -EINVAL;
	if (alarm_irq)
		return sim_pin_init(&sim_module_board.alarm, &sim_module_board,
				    SIM_PIN_INT);
	if (sqw_irq)
		return sim_pin_init(&sim_module_board.wave, &sim_module_board,
				    SIM_PIN_WAVE);
	return 0;
}

static int __init simbus_init(void)
{
	const struct sim_model *model = sim_model_find(chip);
	int irq;
	int ret;

	if (!model) {
		pr_err("no such chip: %s\n", chip);
		return -EINVAL;
	}
	sim_time_init();
	power_up(model);
	irq = init_irq();
	if (irq < 0)
		return irq;
	if (!irq_name && sqw_irq)
		irq_name = "pps";
	ret = sim_client_init(model, chip, irq, irq_name);
	if (ret)
		sim_board_exit(&sim_module_board);
	return ret;
}

static void __exit simbus_exit(void)
{
	sim_client_exit();
	sim_board_exit(&sim_module_board);
}

module_init(simbus_init);
module_exit(simbus_exit);

MODULE_DESCRIPTION("I2C bus with a simulated RTC, for tests");
MODULE_LICENSE("GPL");
