// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: an I2C bus with one simulated RTC on it, at 0x68.
 *
 *   modprobe rtc-sync-simbus chip=ds3231-sync phase_ns=250000000 bus_hz=100000
 *   cat /sys/module/rtc_sync_simbus/parameters/second     (the truth)
 *   echo 30 >/sys/module/rtc_sync_simbus/parameters/nak_percent
 *
 *   modprobe rtc-sync-simbus counter_hz=62500000 ppb=3000 setup_us=50 \
 *		jitter_us=100 sqw_irq=1		(by the truth, not by Linux's clock)
 *
 * Bytes take their time on the bus: what happens does so at the instant it
 * would on a wire, and the caller sleeps until the last of them has passed. So
 * do the controller and its driver: i2c-imx waits for 50 to 150 us before the
 * START, as setup_us=50 jitter_us=100 does.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/prandom.h>
#include <linux/property.h>
#include <linux/random.h>
#include <linux/string.h>

#include "../../drivers/rtc/compat.h"
#include "sim-chip.h"
#include "sim-sqw.h"
#include "sim-time.h"

#define ADDRESS		0x68
#define BYTE_BITS	9	/* with its acknowledge */
#define BUS_HZ_MIN	1000U

static DEFINE_MUTEX(lock); /* protects the chip and the transfer */
static struct sim_chip sim;
static struct rnd_state jitter;
static unsigned int naks_at;
static unsigned int short_reads;
static unsigned int long_reads;

static char *chip = "ds3231-sync";
module_param(chip, charp, 0444);
MODULE_PARM_DESC(chip, "which chip: ds1307-sync, ds1338-sync or ds3231-sync");

static ulong start_s = 1767225600;
module_param(start_s, ulong, 0444);
MODULE_PARM_DESC(start_s, "what it shows at first, with counter_hz: at the counter's 0, s since 1970");

static uint phase_ns;
module_param(phase_ns, uint, 0444);
MODULE_PARM_DESC(phase_ns, "its seconds begin this long after those of CLOCK_MONOTONIC_RAW or the counter, ns");

module_param_named(stuck, sim.stuck, bool, 0644);
MODULE_PARM_DESC(stuck, "the seconds do not advance");

module_param_named(garbage, sim.garbage, bool, 0644);
MODULE_PARM_DESC(garbage, "random bytes are read");

static uint bus_hz = 100000;
module_param(bus_hz, uint, 0644);
MODULE_PARM_DESC(bus_hz, "speed of the bus, bit/s, from 1000");

static uint setup_us;
module_param(setup_us, uint, 0644);
MODULE_PARM_DESC(setup_us, "what the controller's driver takes before a START, us");

static uint completion_us;
module_param(completion_us, uint, 0644);
MODULE_PARM_DESC(completion_us, "what it takes after a STOP, us");

static uint jitter_us;
module_param(jitter_us, uint, 0644);
MODULE_PARM_DESC(jitter_us, "up to so much more of each, at random, us");

static uint seed;
module_param(seed, uint, 0444);
MODULE_PARM_DESC(seed, "of the jitter");

static bool sqw_irq;
module_param(sqw_irq, bool, 0444);
MODULE_PARM_DESC(sqw_irq, "its square wave of 1 Hz, when it is on, is the I2C device's interrupt");

static uint nak_percent;
module_param(nak_percent, uint, 0644);
MODULE_PARM_DESC(nak_percent, "transfers with a byte, any, that is not acknowledged, %");

static uint error;
module_param(error, uint, 0644);
MODULE_PARM_DESC(error, "the controller fails with this errno, 5 for -EIO; 0: it works");

static bool gone;
module_param(gone, bool, 0644);
MODULE_PARM_DESC(gone, "nobody answers");

module_param(short_reads, uint, 0444);
MODULE_PARM_DESC(short_reads, "transfers that have read one byte");

module_param(long_reads, uint, 0444);
MODULE_PARM_DESC(long_reads, "transfers that have read more than one byte");

static int second_get(char *buffer, const struct kernel_param *kp)
{
	time64_t rtc_s = -1;
	int length;

	mutex_lock(&lock);
	sim_chip_advance(&sim, sim_now_ns());
	sim_chip_get_time(&sim, &rtc_s);
	length = sysfs_emit(buffer, "%lld %lld\n", rtc_s, sim.tick.edge_ns);
	mutex_unlock(&lock);
	return length;
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
	if (!sim.model) {
		sim.tick.ppb = ppb;
		return 0;
	}
	mutex_lock(&lock);
	sim_chip_set_ppb(&sim, ppb, sim_now_ns());
	sim_sqw_follow(&sim.tick, sim_chip_has_sqw(&sim));
	mutex_unlock(&lock);
	return 0;
}

static const struct kernel_param_ops ppb_ops = { .set = ppb_set, .get = param_get_int };
module_param_cb(ppb, &ppb_ops, &sim.tick.ppb, 0644);
MODULE_PARM_DESC(ppb, "how much faster than that clock it runs, 10^-9");

static int osf_set(const char *text, const struct kernel_param *kp)
{
	bool is_stopped;
	int ret;

	ret = kstrtobool(text, &is_stopped);
	if (ret || !is_stopped)
		return ret;
	/* On the command line it comes before there is a chip. */
	if (!sim.model)
		return -EINVAL;
	mutex_lock(&lock);
	sim_chip_stop_oscillator(&sim);
	sim_sqw_follow(&sim.tick, sim_chip_has_sqw(&sim));
	mutex_unlock(&lock);
	return 0;
}

static const struct kernel_param_ops osf_ops = { .set = osf_set };
module_param_cb(osf, &osf_ops, NULL, 0200);
MODULE_PARM_DESC(osf, "1 raises the oscillator-stop flag; a DS1307 halts instead");

/* Does this byte of the transfer get no acknowledge? */
static bool is_nak(unsigned int *count)
{
	return (*count)++ == naks_at;
}

/* One message, from its START at @now_ns on: 0, or a NAK's error. */
static int pass_message(struct i2c_msg *msg, unsigned int *count, s64 *now_ns,
			s64 byte_ns)
{
	int i;

	sim_chip_start(&sim, *now_ns);
	*now_ns += byte_ns;
	if (msg->addr != ADDRESS || READ_ONCE(gone) || is_nak(count))
		return -ENXIO;
	for (i = 0; i < msg->len; i++) {
		*now_ns += byte_ns;
		if (msg->flags & I2C_M_RD)
			msg->buf[i] = sim_chip_read(&sim, *now_ns);
		else if (is_nak(count))
			return -EREMOTEIO;
		else if (i)
			sim_chip_write(&sim, msg->buf[i], *now_ns);
		else
			sim_chip_select(&sim, msg->buf[i]);
	}
	if (msg->flags & I2C_M_RD)
		*(msg->len > 1 ? &long_reads : &short_reads) += 1;
	return 0;
}

/* Before a START or after a STOP. */
static s64 overhead_ns(unsigned int least_us)
{
	u64 most_ns = (u64)READ_ONCE(jitter_us) * NSEC_PER_USEC;

	return (s64)least_us * NSEC_PER_USEC +
	       mul_u64_u32_shr(most_ns, prandom_u32_state(&jitter), 32);
}

/* As a controller's driver does while it waits for the interrupt. */
static void sleep_until(s64 until_ns)
{
	s64 rest_ns = until_ns - sim_now_ns();
	unsigned long rest_us;

	if (rest_ns <= 0)
		return;
	rest_us = div_s64(rest_ns, NSEC_PER_USEC);
	if (rest_us > 10)
		usleep_range(rest_us, rest_us + 1);
	else
		ndelay((unsigned long)rest_ns);
}

static int bus_xfer(struct i2c_adapter *adapter, struct i2c_msg *msgs, int num)
{
	s64 byte_ns = div_s64((s64)BYTE_BITS * NSEC_PER_SEC,
			      max(READ_ONCE(bus_hz), BUS_HZ_MIN));
	s64 now_ns = sim_now_ns();
	unsigned int count = 0;
	int ret = 0;
	int i;

	if (READ_ONCE(error))
		return -(int)READ_ONCE(error);
	mutex_lock(&lock);
	now_ns += overhead_ns(READ_ONCE(setup_us));
	naks_at = UINT_MAX;
	/* The bytes a chip answers: all addresses, and what msgs[0] writes. */
	if (get_random_u32() % 100 < READ_ONCE(nak_percent))
		naks_at = get_random_u32() % (msgs[0].len + num);
	for (i = 0; i < num && !ret; i++)
		ret = pass_message(&msgs[i], &count, &now_ns, byte_ns);
	now_ns += overhead_ns(READ_ONCE(completion_us));
	/* More than the register's number was written. */
	if (msgs[0].len > 1)
		sim_sqw_follow(&sim.tick, sim_chip_has_sqw(&sim));
	mutex_unlock(&lock);
	sleep_until(now_ns);
	return ret ?: num;
}

static u32 bus_functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm bus_algorithm = {
	.master_xfer = bus_xfer,
	.functionality = bus_functionality,
};

static struct i2c_adapter bus_adapter = {
	.owner = THIS_MODULE,
	.name = "rtc-sync-simbus",
	.algo = &bus_algorithm,
};

static int __init power_up(void)
{
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
	return sim_chip_power_up(&sim, chip, start_s + (sim_time_is_true() ? seconds : 0), edge_ns);
}

/* As a device tree says that the interrupt is the square wave's. */
static const struct property_entry sqw_properties[] = {
	PROPERTY_ENTRY_STRING("interrupt-names", "pps"),
	{ }
};

static const struct software_node sqw_node = { .properties = sqw_properties };

static int __init add_client(int irq)
{
	struct i2c_board_info info = { .addr = ADDRESS, .irq = irq };

	if (irq)
		rtc_sync_i2c_properties(&info, &sqw_node);
	strscpy(info.type, chip, sizeof(info.type));
	return PTR_ERR_OR_ZERO(i2c_new_client_device(&bus_adapter, &info));
}

static int __init simbus_init(void)
{
	int irq = 0;
	int ret;

	sim_time_init();
	prandom_seed_state(&jitter, seed);
	ret = power_up();
	if (ret) {
		pr_err("no such chip: %s\n", chip);
		return ret;
	}
	if (sqw_irq)
		irq = sim_sqw_init();
	if (irq < 0)
		return irq;
	ret = i2c_add_adapter(&bus_adapter);
	if (ret)
		goto err_sqw;
	ret = add_client(irq);
	if (ret)
		goto err_adapter;
	return 0;

err_adapter:
	i2c_del_adapter(&bus_adapter);
err_sqw:
	sim_sqw_exit();
	return ret;
}

static void __exit simbus_exit(void)
{
	i2c_del_adapter(&bus_adapter);
	sim_sqw_exit();
}

module_init(simbus_init);
module_exit(simbus_exit);

MODULE_DESCRIPTION("I2C bus with a simulated RTC, for tests");
MODULE_LICENSE("GPL");
