// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock output, as a clock of the common clock framework.
 *
 * Offered if the device tree has #clock-cells, and neither the square wave of 1 Hz nor
 * an alarm needs the pin. One that was on and that nobody asks for is switched off by
 * the framework at the end of the boot.
 *
 * The framework's lock is held by its callers, and the chip's is taken inside of it.
 * A set of the time holds the latter for up to some seconds, so a clk_prepare() that
 * comes then waits as long. It can't do without: what it changes shares its register
 * with bits of the alarm and of the set on most chips, and those are read, changed and
 * written in two transfers. What the framework asks more often, the rate and whether
 * it is on, is answered without the chip. On an I2C controller that itself prepares
 * clocks in a transfer the two locks may be taken in either order, as with every clock
 * on an I2C bus: there, #clock-cells is not for the device tree.
 */
#include <linux/clk-provider.h>
#include <linux/device.h>
#include <linux/of.h>
#include <linux/property.h>

#include "driver.h"

/**
 * struct chip_clkout - the clock output
 * @hw: what the clock framework knows it by
 * @chip: the chip
 * @value: the bits of the rate, kept while the output is off by them
 * @is_on: it is on, as far as is known
 * @is_kept: the EEPROM has it on
 *
 * The last three are protected by the framework's lock.
 */
struct chip_clkout {
	struct clk_hw hw;
	struct rtc_chip *chip;
	u8 value;
	bool is_on;
	bool is_kept;
};

static struct chip_clkout *to_clkout(struct clk_hw *hw)
{
	return container_of(hw, struct chip_clkout, hw);
}

static const struct rtc_chip_clkout *desc_of(const struct chip_clkout *clkout)
{
	return &clkout->chip->desc->clkout;
}

static unsigned long distance(unsigned long hz, u32 rate_hz)
{
	return hz > rate_hz ? hz - rate_hz : rate_hz - hz;
}

static const struct rtc_chip_rate *
nearest_rate(const struct rtc_chip_clkout *desc, unsigned long hz)
{
	const struct rtc_chip_rate *nearest = desc->rates;
	const struct rtc_chip_rate *rate;

	for (rate = desc->rates;
	     rate < desc->rates + RTC_CHIP_RATES && rate->hz; rate++)
		if (distance(hz, rate->hz) < distance(hz, nearest->hz))
			nearest = rate;
	return nearest;
}

static unsigned long clkout_recalc_rate(struct clk_hw *hw, unsigned long parent)
{
	struct chip_clkout *clkout = to_clkout(hw);
	const struct rtc_chip_clkout *desc = desc_of(clkout);
	int i;

	for (i = 0; i < RTC_CHIP_RATES && desc->rates[i].hz; i++)
		if (desc->rates[i].value == clkout->value)
			return desc->rates[i].hz;
	return 0;
}

static int clkout_determine_rate(struct clk_hw *hw, struct clk_rate_request *req)
{
	req->rate = nearest_rate(desc_of(to_clkout(hw)), req->rate)->hz;
	return 0;
}

/* For good: it is chosen once, and what the EEPROM holds comes back each day. */
static int write_rate(struct chip_clkout *clkout)
{
	const struct rtc_chip_clkout *desc = desc_of(clkout);

	return rtc_chip_update_kept(clkout->chip, desc->reg, desc->mask,
				    clkout->value);
}

/*
 * A consumer may switch it on and off many times a day, and an EEPROM takes some
 * thousand writes. So the EEPROM has it on from the first time on, lest the chip's
 * daily refresh ends it, and the rest is done in the register only. While it is off a
 * refresh may switch it on again, for nobody.
 */
static int switch_on(struct chip_clkout *clkout)
{
	const struct rtc_chip_bits *gate = &desc_of(clkout)->gate;
	int ret;

	if (!gate->mask)
		return write_rate(clkout);
	if (clkout->is_kept)
		return rtc_chip_apply(clkout->chip, gate);
	ret = rtc_chip_update_kept(clkout->chip, gate->reg, gate->mask,
				   gate->value);
	clkout->is_kept = !ret;
	return ret;
}

static int switch_off(struct chip_clkout *clkout)
{
	const struct rtc_chip_clkout *desc = desc_of(clkout);

	if (desc->gate.mask)
		return rtc_chip_undo(clkout->chip, &desc->gate);
	return rtc_chip_update(clkout->chip, desc->reg, desc->mask, desc->off);
}

static int clkout_set_rate(struct clk_hw *hw, unsigned long hz,
			   unsigned long parent)
{
	struct chip_clkout *clkout = to_clkout(hw);
	const struct rtc_chip_clkout *desc = desc_of(clkout);
	struct rtc_chip *chip = clkout->chip;
	int ret;

	clkout->value = nearest_rate(desc, hz)->value;
	if (!desc->gate.mask && !clkout->is_on)
		return 0;
	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = write_rate(clkout);
	rtc_chip_leave(chip);
	/* A write of any byte of the time begins the second anew. */
	if (rtc_chip_is_in_time(chip->desc, desc->reg))
		rtc_sync_rtc_was_set(chip->rtc);
	return ret;
}

static int clkout_prepare(struct clk_hw *hw)
{
	struct chip_clkout *clkout = to_clkout(hw);
	int ret;

	ret = rtc_chip_enter(clkout->chip);
	if (ret)
		return ret;
	ret = switch_on(clkout);
	rtc_chip_leave(clkout->chip);
	if (!ret)
		clkout->is_on = true;
	return ret;
}

static void clkout_unprepare(struct clk_hw *hw)
{
	struct chip_clkout *clkout = to_clkout(hw);
	int ret;

	ret = rtc_chip_enter(clkout->chip);
	if (ret)
		return;
	ret = switch_off(clkout);
	rtc_chip_leave(clkout->chip);
	if (!ret)
		clkout->is_on = false;
}

static int clkout_is_prepared(struct clk_hw *hw)
{
	return to_clkout(hw)->is_on;
}

static const struct clk_ops clkout_ops = {
	.prepare = clkout_prepare,
	.unprepare = clkout_unprepare,
	.is_prepared = clkout_is_prepared,
	.recalc_rate = clkout_recalc_rate,
	.determine_rate = clkout_determine_rate,
	.set_rate = clkout_set_rate,
};

static int read_regs(struct rtc_chip *chip, u8 *rate, u8 *gate)
{
	const struct rtc_chip_clkout *desc = &chip->desc->clkout;
	int ret;

	ret = rtc_chip_enter(chip);
	if (ret)
		return ret;
	ret = rtc_chip_read(chip, desc->reg, rate);
	if (!ret && desc->gate.mask)
		ret = rtc_chip_read(chip, desc->gate.reg, gate);
	rtc_chip_leave(chip);
	return ret;
}

/* What it puts out now, or would; off, the first of the rates, if that can't be told. */
static void read_state(struct chip_clkout *clkout)
{
	const struct rtc_chip_clkout *desc = desc_of(clkout);
	u8 rate;
	u8 gate;

	clkout->value = desc->rates[0].value;
	if (read_regs(clkout->chip, &rate, &gate))
		return;
	rate &= desc->mask;
	if (desc->gate.mask)
		clkout->is_on = (gate & desc->gate.mask) == desc->gate.value;
	else
		clkout->is_on = rate != desc->off;
	if (desc->gate.mask || clkout->is_on)
		clkout->value = rate;
}

static bool is_wanted(struct rtc_chip *chip)
{
	const struct rtc_chip_clkout *desc = &chip->desc->clkout;

	if (!desc->rates[0].hz || chip->source.pps_irq ||
	    !device_property_present(chip->dev, "#clock-cells"))
		return false;
	if (!chip->has_alarm || !desc->is_on_alarm_pin)
		return true;
	dev_warn(chip->dev, "#clock-cells: the alarm needs the %s's pin, so no clock\n",
		 chip->desc->name);
	return false;
}

/**
 * rtc_chip_clkout_init() - offer the clock output, if it is wanted
 * @chip: the chip
 *
 * Return: 0 or a negative error.
 */
int rtc_chip_clkout_init(struct rtc_chip *chip)
{
	struct clk_init_data init = { .ops = &clkout_ops };
	struct chip_clkout *clkout;
	int ret;

	if (!is_wanted(chip))
		return 0;
	clkout = devm_kzalloc(chip->dev, sizeof(*clkout), GFP_KERNEL);
	if (!clkout)
		return -ENOMEM;
	/* Names are unique in the system, and there may be two RTCs. */
	init.name = devm_kasprintf(chip->dev, GFP_KERNEL, "%s-clkout",
				   dev_name(chip->dev));
	if (!init.name)
		return -ENOMEM;
	clkout->chip = chip;
	clkout->hw.init = &init;
	read_state(clkout);
	device_property_read_string(chip->dev, "clock-output-names", &init.name);
	ret = devm_clk_hw_register(chip->dev, &clkout->hw);
	if (ret)
		return ret;
	return devm_of_clk_add_hw_provider(chip->dev, of_clk_hw_simple_get,
					   &clkout->hw);
}
