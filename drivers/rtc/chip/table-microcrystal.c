// SPDX-License-Identifier: GPL-2.0-only
/*
 * PURE: the chips of Micro Crystal, one row each; match.c matches devices to rows.
 *
 * Sources, the application manuals; pages are theirs:
 *   RV-3028-C7  Rev. 1.1 (August 2019)
 *   RV-8803-C7  Rev. 1.6 (May 2019)
 * What comes from mainline's driver is marked as such. The RV-1805-C3 is in
 * table-abracon.c.
 */
#include <linux/bits.h>
#include <linux/rtc.h>

#include "chip.h"

#define RV3028_SECONDS		0x00
#define RV3028_MINUTE_ALARM	0x07
#define RV3028_STATUS		0x0e
#define RV3028_EEBUSY		BIT(7)
#define RV3028_FLAGS		0x7f
#define RV3028_BSF		BIT(5)
#define RV3028_AF		BIT(2)
#define RV3028_PORF		BIT(0)
#define RV3028_CONTROL1		0x0f
#define RV3028_WADA		BIT(5)
#define RV3028_USEL		BIT(4)
#define RV3028_EERD		BIT(3)
#define RV3028_CONTROL2		0x10
#define RV3028_UIE		BIT(5)
#define RV3028_TIE		BIT(4)
#define RV3028_AIE		BIT(3)
#define RV3028_EIE		BIT(2)
#define RV3028_12H		BIT(1)
#define RV3028_RAM1		0x1f
#define RV3028_EEADDR		0x25
#define RV3028_EEDATA		0x26
#define RV3028_EECMD		0x27
#define RV3028_MIRROR		0x30
#define RV3028_CLKOUT		0x35
#define RV3028_CLKOE		BIT(7)
#define RV3028_FD		(BIT(2) | BIT(1) | BIT(0))
#define RV3028_OFFSET		0x36
#define RV3028_BACKUP		0x37
#define RV3028_OFFSET_LSB	BIT(7)
#define RV3028_TCE		BIT(5)
#define RV3028_BSM		(BIT(3) | BIT(2))
#define RV3028_TCR		(BIT(1) | BIT(0))

#define RV8803_SECONDS		0x00
#define RV8803_RAM		0x07
#define RV8803_MINUTE_ALARM	0x08
#define RV8803_EXTENSION	0x0d
#define RV8803_TEST		BIT(7)
#define RV8803_WADA		BIT(6)
#define RV8803_USEL		BIT(5)
#define RV8803_FLAG		0x0e
#define RV8803_FLAGS		0x3f
#define RV8803_AF		BIT(3)
#define RV8803_V2F		BIT(1)
#define RV8803_V1F		BIT(0)
#define RV8803_CONTROL		0x0f
#define RV8803_RESERVED		0xc0
#define RV8803_UIE		BIT(5)
#define RV8803_TIE		BIT(4)
#define RV8803_AIE		BIT(3)
#define RV8803_EIE		BIT(2)
#define RV8803_RESET		BIT(0)
#define RV8803_OFFSET		0x2c

#define MC_VOID						\
	.kind = RTC_CHIP_FLAG_VOID, .vl = RTC_VL_DATA_INVALID
#define MC_HALTED	.kind = RTC_CHIP_FLAG_HALTED
#define MC_NOTICE	.kind = RTC_CHIP_FLAG_NOTICE

/*
 * 0, or bit 0, for a Sunday is what mainline's drivers write. Leap years are right
 * from 2000 to 2099 (RV-3028 p. 16, RV-8803 p. 14).
 */
#define MC_CALENDAR				\
	.wday_at = 3,				\
	.mday_at = 4,				\
	.month_at = 5,				\
	.year_at = 6,				\
	.range_min = RTC_TIMESTAMP_BEGIN_2000,	\
	.range_max = RTC_TIMESTAMP_END_2099

/* Minutes, hours, days of the month or of the week as WADA says */
#define MC_ALARM			\
	.bytes = 3,			\
	.sec_at = RTC_CHIP_NONE,	\
	.min_at = 0,			\
	.hour_at = 1,			\
	.mday_at = 2,			\
	.wday_at = RTC_CHIP_NONE,	\
	.month_at = RTC_CHIP_NONE,	\
	.ignore_mask = BIT(7)

/*
 * Writing the seconds resets the divider from 8192 Hz on, and begins a second that
 * is 0 to 0.244 ms too short (p. 85). Here is the middle.
 */
#define RV3028_FIRST_TICK_NS	999878000

/*
 * What is not used reads 0 (p. 12). The time is blocked from the address to the
 * STOP, and catches up then, if it comes within 950 ms (p. 52):
 *
 *   S addr reg Sr addr data... P
 *         ^ latch
 *
 * Whether the repeated START keeps it blocked is not said. The interrupt that tells
 * of each second falls with it (p. 83), and goes back half a second later (p. 66).
 */
const struct rtc_chip_desc rtc_chip_rv3028 = {
	.name = "RV-3028",
	.ident = {
		{ .reg = 0x00, .mask = 0x80 },
		{ .reg = 0x01, .mask = 0x80 },
		{ .reg = 0x02, .mask = 0xc0 },
		{ .reg = 0x03, .mask = 0xf8 },
		{ .reg = 0x04, .mask = 0xc0 },
		{ .reg = 0x05, .mask = 0xe0 },
		{ .reg = 0x0f, .mask = 0x40 },
		{ .reg = 0x12, .mask = 0xf0 },
	},
	.time = { .reg = RV3028_SECONDS, MC_CALENDAR },
	.flags = {
		{ MC_VOID, .reg = RV3028_STATUS,
		  .mask = RV3028_PORF, .raised = RV3028_PORF },
		{ MC_HALTED, .reg = RV3028_CONTROL2,
		  .mask = RV3028_12H, .raised = RV3028_12H },
		{ MC_NOTICE, .reg = RV3028_STATUS,
		  .mask = RV3028_BSF, .raised = RV3028_BSF,
		  .vl = RTC_VL_BACKUP_SWITCH },
	},
	/* p. 22 */
	.sticky = { { .reg = RV3028_STATUS, .mask = RV3028_FLAGS } },
	.set = { .first_tick_ns = RV3028_FIRST_TICK_NS },
	.alarm = {
		.reg = RV3028_MINUTE_ALARM,
		MC_ALARM,
		.match = {
			{ .reg = RV3028_CONTROL1, .mask = RV3028_WADA,
			  .value = RV3028_WADA },
		},
		.on = { .reg = RV3028_CONTROL2,
			.mask = RV3028_UIE | RV3028_TIE | RV3028_AIE | RV3028_EIE,
			.value = RV3028_AIE },
		.on_mask = RV3028_AIE,
		.flag = { .reg = RV3028_STATUS, .mask = RV3028_AF,
			  .value = RV3028_AF },
	},
	/*
	 * Nine bits, of 2^-20 each, in turns of 64 s. A negative number is for an
	 * oscillator that is fast (p. 81): mainline's driver has it the other way
	 * round. It comes with a number that makes it right to 1 ppm.
	 */
	.trim = {
		.reg = RV3028_OFFSET,
		.mask = 0xff,
		.up_ppt = 953674,
		.down_ppt = 953674,
		.up_steps = 255,
		.down_steps = 256,
		.lsb = { .reg = RV3028_BACKUP, .mask = RV3028_OFFSET_LSB },
		.lump_s = 64,
		.lag_s = 64,
	},
	.memory = { .reg = RV3028_RAM1, .bytes = 2 },
	/* p. 48 */
	.charger = {
		.reg = RV3028_BACKUP,
		.mask = RV3028_TCE | RV3028_TCR,
		.ways = {
			{ .ohms = 3000, .has_diode = true, .value = 0x20 },
			{ .ohms = 5000, .has_diode = true, .value = 0x21 },
			{ .ohms = 9000, .has_diode = true, .value = 0x22 },
			{ .ohms = 15000, .has_diode = true, .value = 0x23 },
		},
	},
	/* p. 39 */
	.backup = { .reg = RV3028_BACKUP, .mask = RV3028_BSM,
		    .read_mask = RV3028_BSM,
		    .disabled = 0, .direct = BIT(2), .level = RV3028_BSM },
	/* Each second and not each minute, on the one pin for interrupts */
	.wave = {
		{ .reg = RV3028_CONTROL1, .mask = RV3028_USEL },
		{ .reg = RV3028_CONTROL2, .mask = RV3028_UIE, .value = RV3028_UIE },
	},
	.wave_is_on_alarm_pin = true,
	/* p. 37 */
	.clkout = {
		.reg = RV3028_CLKOUT,
		.mask = RV3028_FD,
		.gate = { .reg = RV3028_CLKOUT, .mask = RV3028_CLKOE,
			  .value = RV3028_CLKOE },
		.rates = {
			{ 32768, 0x00 }, { 8192, 0x01 }, { 1024, 0x02 },
			{ 64, 0x03 }, { 32, 0x04 }, { 1, 0x05 },
		},
	},
	/*
	 * p. 54 to 56 and 98: an update of all takes 63 ms, which shows only after
	 * 10; good for 10,000 of them at 3 V and 25 degrees Celsius.
	 */
	.eeprom = {
		.mirror_reg = RV3028_MIRROR,
		.mirror_bytes = 8,
		.spare_bytes = 43,
		.hold = { .reg = RV3028_CONTROL1, .mask = RV3028_EERD,
			  .value = RV3028_EERD },
		.busy = { .reg = RV3028_STATUS, .mask = RV3028_EEBUSY,
			  .value = RV3028_EEBUSY },
		.address_reg = RV3028_EEADDR,
		.data_reg = RV3028_EEDATA,
		.command_reg = RV3028_EECMD,
		.write = 0x21,
		.read = 0x22,
		.settle_ms = 10,
		.busy_ms = 100,
	},
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 3 },
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 9 },
};

/*
 * RESET clears the hundredths and the divider but for its first two stages (p. 43),
 * so that the second is 0 to 0.122 ms too short. Here is the middle.
 */
#define RV8803_FIRST_TICK_NS	999939000

/*
 * What is not used reads 0 (p. 11, 12).
 *
 * The time goes on while it is read (p. 42): a byte shows the time of its own
 * beginning. The interrupt that tells of each second falls with it, and goes back
 * half a second later (p. 41, 48).
 *
 * The pin CLKOE switches the clock output, no register does: it is not offered.
 */
const struct rtc_chip_desc rtc_chip_rv8803 = {
	.name = "RV-8803",
	.ident = {
		{ .reg = 0x00, .mask = 0x80 },
		{ .reg = 0x01, .mask = 0x80 },
		{ .reg = 0x02, .mask = 0xc0 },
		{ .reg = 0x03, .mask = 0x80 },
		{ .reg = 0x04, .mask = 0xc0 },
		{ .reg = 0x05, .mask = 0xe0 },
		{ .reg = 0x0e, .mask = 0xc0 },
		{ .reg = 0x2c, .mask = 0xc0 },
	},
	/* For 0.061 ms at a time it does not answer (mainline's driver). */
	.tries = 4,
	.time = { .reg = RV8803_SECONDS, MC_CALENDAR,
		  .wday_is_bit = true, .is_torn = true },
	.flags = {
		{ MC_VOID, .reg = RV8803_FLAG,
		  .mask = RV8803_V2F, .raised = RV8803_V2F },
		{ MC_HALTED, .reg = RV8803_CONTROL,
		  .mask = RV8803_RESET, .raised = RV8803_RESET },
		{ MC_NOTICE, .reg = RV8803_FLAG,
		  .mask = RV8803_V1F, .raised = RV8803_V1F,
		  .vl = RTC_VL_ACCURACY_LOW },
	},
	/* p. 20: a 0 for either of V1F and V2F lowers both. */
	.sticky = { { .reg = RV8803_FLAG, .mask = RV8803_FLAGS } },
	/* p. 19, 21 */
	.unused = {
		{ .reg = RV8803_EXTENSION, .mask = RV8803_TEST },
		{ .reg = RV8803_CONTROL, .mask = RV8803_RESERVED },
	},
	.set = {
		.hold = { .reg = RV8803_CONTROL, .mask = RV8803_RESET,
			  .value = RV8803_RESET },
		.first_tick_ns = RV8803_FIRST_TICK_NS,
	},
	.alarm = {
		.reg = RV8803_MINUTE_ALARM,
		MC_ALARM,
		.keep = { 0, BIT(6), BIT(6) },
		.match = {
			{ .reg = RV8803_EXTENSION, .mask = RV8803_WADA,
			  .value = RV8803_WADA },
		},
		.on = { .reg = RV8803_CONTROL,
			.mask = RV8803_UIE | RV8803_TIE | RV8803_AIE | RV8803_EIE,
			.value = RV8803_AIE },
		.on_mask = RV8803_AIE,
		.flag = { .reg = RV8803_FLAG, .mask = RV8803_AF,
			  .value = RV8803_AF },
	},
	/*
	 * p. 45: 2^-22 each, one period in 128 s, it seems; a positive number is for
	 * an oscillator that is fast.
	 */
	.trim = {
		.reg = RV8803_OFFSET,
		.mask = 0x3f,
		.is_slowing = true,
		.up_ppt = 238419,
		.down_ppt = 238419,
		.up_steps = 32,
		.down_steps = 31,
		.lump_s = 128,
		.lag_s = 128,
	},
	.memory = { .reg = RV8803_RAM, .bytes = 1 },
	/* Each second and not each minute, on the one pin for interrupts */
	.wave = {
		{ .reg = RV8803_EXTENSION, .mask = RV8803_USEL },
		{ .reg = RV8803_CONTROL, .mask = RV8803_UIE, .value = RV8803_UIE },
	},
	.wave_is_on_alarm_pin = true,
	.wire[RTC_SYNC_READ_SHORT] = { .bytes = 4, .tail_bytes = 1 },
	.wire[RTC_SYNC_READ_FULL] = { .bytes = 10, .tail_bytes = 7 },
};
