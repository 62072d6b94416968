# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: the modules are loaded and unloaded, with a chip there and without."""

import life

# As a user's script would: all, in any state up to a lock; and the chip's own bus with it
LOAD = """
ours='</modules/rtc-sync.ko,interval_s=1 </modules/rtc-sync-i2c.ko'
bus='</modules/rtc-sync-simbus.ko,chip=ds3232-sync,bus_hz=100000,store_rates=1'
insmod /modules/rtc-sync.ko
rmmod rtc-sync
rounds {warm} 1 $ours $bus %200 '>rtc_sync_simbus' '>rtc_sync_i2c' '>rtc_sync'
memory first
trace_stops
stops warm-up
rounds {bus} 2 $ours $bus %800 '>rtc_sync_simbus' '>rtc_sync_i2c' '>rtc_sync'
rounds 1 3 $bus
rounds {ours} 4 $ours %800 '>rtc_sync_i2c' '>rtc_sync'
before=$(cat {sim}/unbinds_amid)
rounds {amid} 5 $ours %300 {sim}/stretch_us=40000 {sim}/underway~1 \\
	'>rtc_sync_i2c' '>rtc_sync' {sim}/stretch_us=0
stops loaded
echo "@@LOADS_AMID $(($(cat {sim}/unbinds_amid) - before))"
rmmod rtc-sync-simbus
rounds {none} 6 $ours '>rtc_sync_i2c' '>rtc_sync'
threads
memory last
"""

# Of 1000: with the bus, with a chip that stays, of these amid a transfer, without a chip
NUMBERS = {"bus": 100, "ours": 500, "amid": 200, "none": 200}


def _numbers(share):
    return {name: life.share_of(number, share) for name, number in NUMBERS.items()}


def script(share):
    """A thousand times, or a share of it."""
    return LOAD.format(warm=max(1, 60 // share), sim=life.SIM, **_numbers(share))


def judge(report, lines, share, slack_us=life.SLACK_US):
    """What script() has printed."""
    numbers = _numbers(share)
    took_us = life.stops(lines).get("loaded", [])
    total = sum(numbers.values())
    report.check(f"{total} times loaded and unloaded",
                 len(took_us) == total - numbers["none"], f"{len(took_us)} of them with a "
                 f"chip; kthread_stop(): {life.histogram(took_us)}")
    amid = life.count(lines, "LOADS_AMID")
    worst_us = max(took_us, default=float("inf"))
    report.check("unloaded amid a transfer; the stop takes no longer than the adapter's "
                 f"timeout and {slack_us // 1000} ms",
                 amid * 100 >= numbers["amid"] * life.AMID_PERCENT and
                 worst_us <= life.TIMEOUT_US + slack_us,
                 f"{amid} amid a transfer; at most {worst_us:.0f} us")


def load(report):
    """A thousand times."""
    lines = life.run("load", script(1), life.FAST, **life.simulated(life.FAST))
    judge(report, lines, 1)
    life.nothing_left(report, lines, life.FAST)


SCENARIOS = {"loads": load}
