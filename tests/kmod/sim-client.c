// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests only: the bus of rtc-sync-simbus and the I2C device on it, which come and go.
 *
 *   echo 0 >/sys/module/rtc_sync_simbus/parameters/present    (the adapter is removed)
 *   echo 1 >/sys/module/rtc_sync_simbus/parameters/present
 *   cat /sys/module/rtc_sync_simbus/parameters/unbinds_amid
 *
 * Whatever takes the driver off the device (its sysfs file, its module's end, the
 * adapter's removal) is counted before the driver hears of it, and whether a transfer
 * was under way at that moment.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/property.h>
#include <linux/string.h>

#include "compat.h"
#include "sim-client.h"
#include "sim-params.h"

/* The name that puts nobody on the bus */
#define NO_CLIENT	"none"

static char *client;
module_param(client, charp, 0444);
MODULE_PARM_DESC(client, "name of the I2C device; none: no device; default: as the chip");

static bool wakeup;
module_param(wakeup, bool, 0444);
MODULE_PARM_DESC(wakeup, "it may wake the system");

static bool trim;
module_param(trim, bool, 0444);
MODULE_PARM_DESC(trim, "the I2C device has the device tree's rtc-sync,trim");

static bool store_rates;
module_param(store_rates, bool, 0444);
MODULE_PARM_DESC(store_rates, "the I2C device has the device tree's rtc-sync,store-rates");

static bool clkout;
module_param(clkout, bool, 0444);
MODULE_PARM_DESC(clkout, "the I2C device has the device tree's #clock-cells");

static unsigned int unbinds;
module_param(unbinds, uint, 0444);
MODULE_PARM_DESC(unbinds, "so often a driver was taken off the device");

static unsigned int unbinds_amid;
module_param(unbinds_amid, uint, 0444);
MODULE_PARM_DESC(unbinds_amid, "so often while a transfer was under way");

static unsigned int removals;
module_param(removals, uint, 0444);
MODULE_PARM_DESC(removals, "so often the adapter was removed");

static unsigned int removals_amid;
module_param(removals_amid, uint, 0444);
MODULE_PARM_DESC(removals_amid, "so often while a transfer was under way");

static struct sim_bus bus;
static struct i2c_board_info info;
static bool is_present;

/* As a device tree says what the interrupt is, and what it and the engine may do. */
static struct property_entry properties[6];

static const struct software_node node = { .properties = properties };

static bool is_amid_transfer(void)
{
	return atomic_read(&sim_module_board.underway);
}

static int count_unbind(struct notifier_block *nb, unsigned long event, void *data)
{
	const struct i2c_client *device = i2c_verify_client(data);

	if (event != BUS_NOTIFY_UNBIND_DRIVER || !device || device->adapter != &bus.adapter)
		return NOTIFY_DONE;
	unbinds++;
	if (is_amid_transfer())
		unbinds_amid++;
	return NOTIFY_OK;
}

static struct notifier_block unbind_notifier = { .notifier_call = count_unbind };

static void describe(const struct sim_model *model, const char *name, int irq,
		     const char *irq_name)
{
	struct property_entry *next = properties;

	info.addr = model->address;
	info.irq = irq;
	if (!client)
		client = (char *)name;
	if (irq && irq_name)
		*next++ = PROPERTY_ENTRY_STRING("interrupt-names", irq_name);
	if (wakeup) {
		*next++ = PROPERTY_ENTRY_BOOL("wakeup-source");
		info.flags |= I2C_CLIENT_WAKE;
	}
	if (trim)
		*next++ = PROPERTY_ENTRY_BOOL("rtc-sync,trim");
	if (store_rates)
		*next++ = PROPERTY_ENTRY_BOOL("rtc-sync,store-rates");
	if (clkout)
		*next++ = PROPERTY_ENTRY_U32("#clock-cells", 0);
	if (next != properties)
		rtc_sync_i2c_properties(&info, &node);
	strscpy(info.type, client, sizeof(info.type));
}

static int appear(void)
{
	int ret;

	ret = sim_bus_add(&bus, &sim_module_board, KBUILD_MODNAME);
	if (ret)
		return ret;
	is_present = true;
	if (!strcmp(info.type, NO_CLIENT))
		return 0;
	ret = PTR_ERR_OR_ZERO(i2c_new_client_device(&bus.adapter, &info));
	if (!ret)
		return 0;
	is_present = false;
	sim_bus_del(&bus);
	return ret;
}

static void disappear(void)
{
	if (!is_present)
		return;
	is_present = false;
	removals++;
	if (is_amid_transfer())
		removals_amid++;
	sim_bus_del(&bus);
}

static DEFINE_MUTEX(changing);

static int change(bool is_wanted)
{
	int ret = 0;

	mutex_lock(&changing);
	if (is_wanted && !is_present)
		ret = appear();
	else if (!is_wanted)
		disappear();
	mutex_unlock(&changing);
	return ret;
}

/*
 * Without the lock of this module's parameters: who binds to the device takes that of its
 * own, and lockdep knows the locks of all modules as one.
 */
static int present_set(const char *text, const struct kernel_param *kp)
{
	bool is_wanted;
	int ret;

	ret = kstrtobool(text, &is_wanted);
	if (ret)
		return ret;
	/* Before init there is no chip yet. */
	if (!info.addr)
		return -EINVAL;
	kernel_param_unlock(THIS_MODULE);
	ret = change(is_wanted);
	kernel_param_lock(THIS_MODULE);
	return ret;
}

static const struct kernel_param_ops present_ops = {
	.set = present_set,
	.get = param_get_bool,
};
module_param_cb(present, &present_ops, &is_present, 0644);
MODULE_PARM_DESC(present, "the adapter is there, and the device on it");

/**
 * sim_client_init() - make the bus, with a device on it
 * @model: what kind of chip it is
 * @name: what the device is called if client= does not say so
 * @irq: its interrupt; 0: none
 * @irq_name: what that is called; NULL: nothing
 *
 * Context: may sleep.
 * Return: 0, or a negative error.
 */
int sim_client_init(const struct sim_model *model, const char *name, int irq,
		    const char *irq_name)
{
	int ret;

	describe(model, name, irq, irq_name);
	ret = bus_register_notifier(&i2c_bus_type, &unbind_notifier);
	if (ret)
		return ret;
	ret = appear();
	if (ret)
		bus_unregister_notifier(&i2c_bus_type, &unbind_notifier);
	return ret;
}

/**
 * sim_client_exit() - take them away
 *
 * Context: may sleep.
 */
void sim_client_exit(void)
{
	disappear();
	bus_unregister_notifier(&i2c_bus_type, &unbind_notifier);
	if (removals_amid)
		pr_info("removed amid a transfer\n");
}
