// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the parameters of rtc-sync-simbus that may change while it is
 * loaded.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/time64.h>

#include "sim-params.h"

struct sim_board sim_module_board;

module_param_named(stuck, sim_module_board.chip.stuck, bool, 0644);
MODULE_PARM_DESC(stuck, "the seconds do not advance");

module_param_named(garbage, sim_module_board.chip.garbage, bool, 0644);
MODULE_PARM_DESC(garbage, "random bytes are read");

module_param_named(lose, sim_module_board.chip.lose, uint, 0644);
MODULE_PARM_DESC(lose, "so many ticks are not counted");

module_param_named(storms, sim_module_board.chip.storms, bool, 0644);
MODULE_PARM_DESC(storms, "its interrupt is low for good, its alarms have come, its wave is one of a kilohertz");

module_param_named(trim_bunches, sim_module_board.chip.bunches, bool, 0644);
MODULE_PARM_DESC(trim_bunches, "trims act as on the real chips, some by single seconds that are longer or shorter; else steadily");

module_param_named(bus_hz, sim_module_board.timing.bus_hz, uint, 0644);
MODULE_PARM_DESC(bus_hz, "speed of the bus, bit/s, from 1000");

module_param_named(setup_us, sim_module_board.timing.setup_us, uint, 0644);
MODULE_PARM_DESC(setup_us, "what the controller's driver takes before a START, us");

module_param_named(completion_us, sim_module_board.timing.completion_us, uint, 0644);
MODULE_PARM_DESC(completion_us, "what it takes after a STOP, us");

module_param_named(jitter_us, sim_module_board.timing.jitter_us, uint, 0644);
MODULE_PARM_DESC(jitter_us, "up to so much more of each, at random, us");

module_param_named(stretch_us, sim_module_board.timing.stretch_us, uint, 0644);
MODULE_PARM_DESC(stretch_us, "so long somebody holds the clock at each byte, us");

module_param_named(sqw_pulses, sim_module_board.wave.pulses, uint, 0444);
MODULE_PARM_DESC(sqw_pulses, "interrupts that the square wave has raised");

module_param_named(alarm_pulses, sim_module_board.alarm.pulses, uint, 0444);
MODULE_PARM_DESC(alarm_pulses, "interrupts that the alarm has raised");

module_param_named(nak_percent, sim_module_board.faults.nak_percent, uint, 0644);
MODULE_PARM_DESC(nak_percent, "transfers with a byte, any, that is not acknowledged, %");

module_param_named(arbitration_percent, sim_module_board.faults.arbitration_percent, uint, 0644);
MODULE_PARM_DESC(arbitration_percent, "transfers that another master breaks off (-EAGAIN), %");

module_param_named(timeout_percent, sim_module_board.faults.timeout_percent, uint, 0644);
MODULE_PARM_DESC(timeout_percent, "transfers in which the clock is held until the driver gives up (-ETIMEDOUT), %");

module_param_named(timeout_us, sim_module_board.faults.timeout_us, uint, 0644);
MODULE_PARM_DESC(timeout_us, "when it gives up, us");

module_param_named(error, sim_module_board.faults.error, uint, 0644);
MODULE_PARM_DESC(error, "the controller fails at once with this errno, 5 for -EIO; 0: it works");

module_param_named(gone, sim_module_board.faults.gone, bool, 0644);
MODULE_PARM_DESC(gone, "nobody answers");

module_param_named(late_us, sim_module_board.strike.late_us, uint, 0644);
MODULE_PARM_DESC(late_us, "of transfers struck to be late: by up to so much, us");

module_param_named(struck, sim_module_board.strike.struck, uint, 0444);
MODULE_PARM_DESC(struck, "transfers that were struck");

module_param_named(transfers, sim_module_board.transfers, uint, 0444);
MODULE_PARM_DESC(transfers, "transfers there were");

module_param_named(underway, sim_module_board.underway.counter, int, 0444);
MODULE_PARM_DESC(underway, "transfers that have begun and not ended");

module_param_named(short_reads, sim_module_board.short_reads, uint, 0444);
MODULE_PARM_DESC(short_reads, "messages that have read one byte");

module_param_named(long_reads, sim_module_board.long_reads, uint, 0444);
MODULE_PARM_DESC(long_reads, "messages that have read more than one byte");

module_param_named(eeprom_writes, sim_module_board.chip.writes, uint, 0444);
MODULE_PARM_DESC(eeprom_writes, "how often its EEPROM has been written");

/* Before init the lock is not one, and there is no chip. */
static bool is_there(void)
{
	return sim_module_board.chip.model;
}

static int second_get(char *buffer, const struct kernel_param *kp)
{
	time64_t rtc_s = -1;
	s64 edge_ns;

	if (!is_there())
		return -ENODEV;
	if (!sim_chip_get_time(sim_board_get(&sim_module_board), &rtc_s))
		rtc_s = -1;
	edge_ns = sim_module_board.chip.tick.edge_ns;
	sim_board_put_quietly(&sim_module_board);
	return sysfs_emit(buffer, "%lld %lld\n", rtc_s, edge_ns);
}

static const struct kernel_param_ops second_ops = { .get = second_get };
module_param_cb(second, &second_ops, NULL, 0444);
MODULE_PARM_DESC(second, "the second it counts, -1: none, and its beginning on that clock, ns");

/* On the command line it comes before there is a chip, and time. */
static int ppb_set(const char *text, const struct kernel_param *kp)
{
	int ppb;
	int ret;

	ret = kstrtoint(text, 0, &ppb);
	if (ret)
		return ret;
	if (abs(ppb) > SIM_PPB_MAX)
		return -ERANGE;
	if (!is_there()) {
		sim_module_board.chip.ppb = ppb;
		return 0;
	}
	sim_chip_set_ppb(sim_board_get(&sim_module_board), ppb,
			 sim_board_now_ns(&sim_module_board));
	sim_board_put(&sim_module_board);
	return 0;
}

static const struct kernel_param_ops ppb_ops = { .set = ppb_set, .get = param_get_int };
module_param_cb(ppb, &ppb_ops, &sim_module_board.chip.ppb, 0644);
MODULE_PARM_DESC(ppb, "how much faster than that clock it runs without any trim, 10^-9");

static int osf_set(const char *text, const struct kernel_param *kp)
{
	bool is_stopped;
	int ret;

	ret = kstrtobool(text, &is_stopped);
	if (ret || !is_stopped)
		return ret;
	if (!is_there())
		return -EINVAL;
	sim_chip_stop_oscillator(sim_board_get(&sim_module_board),
				 sim_board_now_ns(&sim_module_board));
	sim_board_put(&sim_module_board);
	return 0;
}

static const struct kernel_param_ops osf_ops = { .set = osf_set };
module_param_cb(osf, &osf_ops, NULL, 0200);
MODULE_PARM_DESC(osf, "1 raises the oscillator-stop flag; a DS1307 halts instead");

static const char *const flag_names[] = {
	[SIM_STOPPED] = "stopped",
	[SIM_BATTERY_LOW] = "battery_low",
	[SIM_SWITCHED] = "switched",
	[SIM_INACCURATE] = "inaccurate",
	[SIM_POWER_FAILED] = "power_failed",
};

static int flag_set(const char *text, const struct kernel_param *kp)
{
	bool is_raised = *text != '-';
	bool has_flag;
	int flag;

	flag = __sysfs_match_string(flag_names, ARRAY_SIZE(flag_names),
				    is_raised ? text : text + 1);
	if (flag < 0 || !is_there())
		return -EINVAL;
	has_flag = sim_chip_raise(sim_board_get(&sim_module_board), flag, is_raised);
	sim_board_put(&sim_module_board);
	return has_flag ? 0 : -EOPNOTSUPP;
}

static const struct kernel_param_ops flag_ops = { .set = flag_set };
module_param_cb(flag, &flag_ops, NULL, 0200);
MODULE_PARM_DESC(flag, "raises a flag: stopped, battery_low, switched, inaccurate, power_failed; lowers it with - before the name");

static int strike_set(const char *text, const struct kernel_param *kp)
{
	unsigned int percent;
	char name[16];
	int ret;

	if (sscanf(text, "%15s %u", name, &percent) != 2 || !is_there())
		return -EINVAL;
	sim_board_get(&sim_module_board);
	ret = sim_strike_set(&sim_module_board, name, percent);
	sim_board_put(&sim_module_board);
	return ret;
}

static const struct kernel_param_ops strike_ops = { .set = strike_set };
module_param_cb(strike, &strike_ops, NULL, 0200);
MODULE_PARM_DESC(strike, "what befalls transfers, and how many of them, %: none, error, nak, arbitration, timeout, late, flip, garble, ago, ahead, old, void; one of the first for certain");

static int temperature_set(const char *text, const struct kernel_param *kp)
{
	int temperature_mc;
	int ret;

	ret = kstrtoint(text, 0, &temperature_mc);
	if (ret)
		return ret;
	if (!is_there())
		return -EINVAL;
	sim_chip_set_temperature(sim_board_get(&sim_module_board), temperature_mc,
				 sim_board_now_ns(&sim_module_board));
	sim_board_put(&sim_module_board);
	return 0;
}

static const struct kernel_param_ops temperature_ops = {
	.set = temperature_set,
	.get = param_get_int,
};
module_param_cb(temperature_mc, &temperature_ops, &sim_module_board.chip.temperature_mc, 0644);
MODULE_PARM_DESC(temperature_mc, "how warm it is there, 10^-3 degrees Celsius");

static int jump_set(const char *text, const struct kernel_param *kp)
{
	uint seconds;
	int ret;

	ret = kstrtouint(text, 0, &seconds);
	if (ret)
		return ret;
	if (!is_there())
		return -EINVAL;
	sim_board_jump(&sim_module_board, (s64)seconds * NSEC_PER_SEC);
	return 0;
}

static const struct kernel_param_ops jump_ops = { .set = jump_set };
module_param_cb(jump_s, &jump_ops, NULL, 0200);
MODULE_PARM_DESC(jump_s, "so much time passes for the chip at once, s");
