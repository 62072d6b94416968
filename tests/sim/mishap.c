// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can befall a reading: errors, delays, and bytes that are not those of the
 * chip, as a DS3231 sends them and the product's codec takes them.
 */
#include <errno.h>

#include <linux/rtc.h>

#include "../../drivers/rtc/chip/codec.h"
#include "mishap.h"

#define NS_PER_MS	1000000LL
#define NS_PER_S	1000000000LL
#define HOUR_NS		(3600 * NS_PER_S)
#define DAY		4

/* Until a chip that is not there has not acknowledged its address; a whole read. */
#define NAK_NS		200000
#define WHOLE_NS	300000

static u8 to_bcd(s64 value)
{
	return (u8)(value / 10 << 4 | value % 10);
}

static int random_bytes(struct world *world, bool is_full, u8 *regs)
{
	int i;

	for (i = 0; i < RTC_CHIP_BYTES; i++)
		regs[i] = (u8)world_random(world, 256);
	return 0;
}

static int flip_bit(struct world *world, bool is_full, u8 *regs)
{
	s64 bit = world_random(world, is_full ? 8 * RTC_CHIP_BYTES : 8);

	regs[bit / 8] ^= (u8)(1 << bit % 8);
	return 0;
}

/* A second, minute, hour or day that there is, but not now. */
static int other_digits(struct world *world, bool is_full, u8 *regs)
{
	static const s64 counts[] = { 60, 60, 24, 28 };
	s64 unit = world_random(world, is_full ? 4 : 1);

	if (unit == 3)
		regs[DAY] = to_bcd(1 + world_random(world, counts[unit]));
	else
		regs[unit] = to_bcd(world_random(world, counts[unit]));
	return 0;
}

static int stuck_at_0(struct world *world, bool is_full, u8 *regs)
{
	int i;

	for (i = 0; i < RTC_CHIP_BYTES; i++)
		regs[i] = 0;
	return 0;
}

static int stuck_at_1(struct world *world, bool is_full, u8 *regs)
{
	int i;

	for (i = 0; i < RTC_CHIP_BYTES; i++)
		regs[i] = 0xff;
	return 0;
}

/* The flag is in a register of its own, which a full reading looks at. */
static int raise_flag(struct world *world, bool is_full, u8 *regs)
{
	return is_full ? -EINVAL : 0;
}

static int put_time(time64_t rtc_s, u8 *regs)
{
	u8 old[RTC_CHIP_BYTES] = {};
	struct rtc_time tm;

	rtc_time64_to_tm(rtc_s, &tm);
	return rtc_chip_encode(&rtc_chip_ds3231, &tm, old, regs);
}

static int get_time(const u8 *regs, time64_t *rtc_s)
{
	struct rtc_time tm;
	int ret;

	ret = rtc_chip_decode(&rtc_chip_ds3231, regs, &tm);
	if (!ret)
		*rtc_s = rtc_tm_to_time64(&tm);
	return ret;
}

/* What a chip or a bus does that hands out what was read last time. */
static int a_second_ago(struct world *world, bool is_full, u8 *regs)
{
	time64_t rtc_s;

	if (get_time(regs, &rtc_s))
		return -EINVAL;
	return put_time(rtc_s - 1, regs);
}

static int a_second_ahead(struct world *world, bool is_full, u8 *regs)
{
	time64_t rtc_s;

	if (get_time(regs, &rtc_s))
		return -EINVAL;
	return put_time(rtc_s + 1, regs);
}

const struct mishap mishaps[] = {
	{ .name = "no acknowledge of the address", .err = -ENXIO, .takes_ns = NAK_NS },
	{ .name = "no acknowledge of a byte", .err = -EREMOTEIO, .takes_ns = WHOLE_NS },
	{ .name = "the controller fails", .err = -EIO },
	{ .name = "arbitration lost", .err = -EIO, .takes_ns = NAK_NS },
	{ .name = "the RTC is being set", .err = -EAGAIN, .takes_ns = NAK_NS },
	{ .name = "a short read", .err = -EPROTO, .takes_ns = WHOLE_NS },
	{ .name = "a time-out of 1 s", .err = -ETIMEDOUT, .takes_ns = NS_PER_S },
	{ .name = "the clock is stretched", .stretch_ns = 2 * NS_PER_MS,
	  .late_ns = 2 * NS_PER_MS },
	{ .name = "preempted before the transfer", .stretch_ns = 300 * NS_PER_MS },
	{ .name = "preempted after the transfer", .late_ns = 300 * NS_PER_MS },
	{ .name = "all bytes 0xff", .spoil = stuck_at_1 },
	{ .name = "all bytes 0", .spoil = stuck_at_0 },
	{ .name = "random bytes", .spoil = random_bytes },
	{ .name = "a bit flipped", .spoil = flip_bit },
	{ .name = "another second, minute, hour or day", .spoil = other_digits },
	{ .name = "the time a second ago", .spoil = a_second_ago, .hidden_from = 10 },
	{ .name = "the time a second ahead", .spoil = a_second_ahead, .hidden_from = 10 },
	{ .name = "the flag that says void", .spoil = raise_flag },
	{ .name = "the second stands still", .stops = true, .refuses = true },
	{ .name = "the RTC jumps by 1 s, and back", .jump_ns = NS_PER_S, .returns = true,
	  .is_slow = true },
	{ .name = "the RTC jumps by -1 s, and back", .jump_ns = -NS_PER_S, .returns = true,
	  .is_slow = true },
	{ .name = "the RTC jumps by 0.3 s, and back", .jump_ns = 300 * NS_PER_MS, .returns = true,
	  .is_slow = true },
	{ .name = "the RTC jumps by -0.3 s", .jump_ns = -300 * NS_PER_MS, .is_slow = true },
	{ .name = "the RTC jumps by 1 s", .jump_ns = NS_PER_S, .is_slow = true },
	{ .name = "the RTC jumps by 1 h, and back", .jump_ns = HOUR_NS, .returns = true },
	{ .name = "the RTC jumps by -1 h, and back", .jump_ns = -HOUR_NS, .returns = true },
	{ .name = "the RTC jumps by 1 day, and back", .jump_ns = 24 * HOUR_NS, .returns = true },
	{ .name = "the RTC jumps by 1 h", .jump_ns = HOUR_NS, .refuses = true },
	{ .name = "the RTC jumps by -1 day", .jump_ns = -24 * HOUR_NS, .refuses = true },
};

const int mishap_count = sizeof(mishaps) / sizeof(mishaps[0]);

/**
 * mishap_is_event() - does it befall the RTC, and not single readings?
 * @mishap: what befalls it
 *
 * Return: whether it has no rate.
 */
bool mishap_is_event(const struct mishap *mishap)
{
	return mishap->jump_ns || mishap->stops;
}

/**
 * mishap_begin() - the RTC's part of it
 * @mishap: what befalls it
 * @world: the board
 */
void mishap_begin(const struct mishap *mishap, struct world *world)
{
	world->rtc_phase_ns += mishap->jump_ns;
	if (!mishap->stops)
		return;
	world->stuck_s = world_rtc_ns(world) / NS_PER_S;
	world->rtc_stuck = true;
}

/**
 * mishap_end() - it is over
 * @mishap: what has befallen the RTC
 * @world: the board
 */
void mishap_end(const struct mishap *mishap, struct world *world)
{
	if (mishap->returns)
		world->rtc_phase_ns -= mishap->jump_ns;
	if (!mishap->stops)
		return;
	/* It goes on from the second it stood at. */
	world->rtc_s -= world_rtc_ns(world) / NS_PER_S - world->stuck_s;
	world->rtc_stuck = false;
}

/* What the chip showed, through the bytes that it sends. */
static int spoil(const struct mishap *mishap, struct world *world,
		 enum rtc_sync_read kind, struct rtc_sync_reading *reading,
		 time64_t rtc_s)
{
	u8 regs[RTC_CHIP_BYTES];
	int ret;

	ret = put_time(rtc_s, regs);
	if (!ret)
		ret = mishap->spoil(world, kind == RTC_SYNC_READ_FULL, regs);
	if (ret)
		return ret;
	if (kind == RTC_SYNC_READ_FULL)
		return get_time(regs, &reading->rtc_s);
	ret = rtc_chip_decode_second(&rtc_chip_ds3231, regs[RTC_CHIP_SECOND]);
	reading->rtc_s = ret;
	return ret < 0 ? ret : 0;
}

/**
 * mishap_read() - read, and it goes wrong
 * @mishap: how; NULL: it does not
 * @world: the board
 * @kind: what to read
 * @reading: set to what was read
 *
 * Return: what the chip's driver would.
 */
int mishap_read(const struct mishap *mishap, struct world *world,
		enum rtc_sync_read kind, struct rtc_sync_reading *reading)
{
	s64 before_raw_ns = world->raw_ns;
	time64_t rtc_s;
	int ret;

	if (!mishap)
		return world_read(world, kind, reading);
	if (mishap->err) {
		world_sleep(world, mishap->takes_ns);
		world->transfers[kind]++;
		return mishap->err;
	}
	world_sleep(world, world_random(world, mishap->stretch_ns));
	ret = world_read(world, kind, reading);
	/* In the minute that it was read in, for a short reading shows no more. */
	rtc_s = world_rtc_ns(world) / NS_PER_S;
	if (kind == RTC_SYNC_READ_SHORT)
		rtc_s -= ((rtc_s % 60 - reading->rtc_s) % 60 + 60) % 60;
	else
		rtc_s = reading->rtc_s;
	world_sleep(world, world_random(world, mishap->late_ns));
	reading->before_raw_ns = before_raw_ns;
	reading->after_raw_ns = world->raw_ns;
	if (!ret && mishap->spoil)
		ret = spoil(mishap, world, kind, reading, rtc_s);
	return ret;
}
