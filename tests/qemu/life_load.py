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
rounds {bus} 2 $ours $bus %800 '>rtc_sync_simbus' '>rtc_sync_i2c' '>rtc_sync'
rounds 1 3 $bus
rounds {ours} 4 $ours %800 '>rtc_sync_i2c' '>rtc_sync'
rounds {amid} 5 $ours %300 {sim}/stretch_us=40000 {sim}/underway~1 \\
	'>rtc_sync_i2c' '>rtc_sync' {sim}/stretch_us=0
stops loaded
echo "@@AMID $(cat {sim}/unbinds_amid)"
rmmod rtc-sync-simbus
rounds {none} 6 $ours '>rtc_sync_i2c' '>rtc_sync'
threads
memory last
"""

# Of 1000: with the bus, with a chip that stays, of these amid a transfer, without a chip
NUMBERS = {"bus": 250, "ours": 450, "amid": 200, "none": 100}


def load(report, kernel, share):
    """A thousand times, or a share of it."""
    numbers = {name: number // share for name, number in NUMBERS.items()}
    script = LOAD.format(warm=60 // share, sim=life.SIM, **numbers)
    lines = life.run(f"load-{kernel}", script, kernel, **life.simulated(kernel))
    took_us = life.stops(lines).get("loaded", [])
    total = sum(numbers.values())
    report.check(f"{total} times loaded and unloaded",
                 len(took_us) == total - numbers["none"], f"{len(took_us)} of them with a "
                 f"chip; kthread_stop(): {life.histogram(took_us)}")
    amid = life.count(lines, "AMID")
    worst_us = max(took_us, default=float("inf"))
    report.check("unloaded amid a transfer; the stop takes no longer than the adapter's "
                 "timeout and 10 ms", amid >= numbers["amid"] and
                 worst_us <= life.TIMEOUT_US + life.SLACK_US,
                 f"{amid} amid a transfer; at most {worst_us:.0f} us")
    life.nothing_left(report, lines, kernel)


SCENARIOS = {
    f"loads, {kernel}": lambda report, kernel=kernel, share=share: load(report, kernel, share)
    for kernel, share in ((life.FAST, 1), (life.DEBUG, 10))
}
