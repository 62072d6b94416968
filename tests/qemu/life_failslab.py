# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: each allocation of a probe, an attach, a load fails once."""

import life

DRIVER = life.DRIVER
FAILSLAB = "/sys/kernel/debug/failslab"

ARM = f"""
echo N >{FAILSLAB}/cache-filter
echo N >{FAILSLAB}/ignore-gfp-wait
echo 0 >{FAILSLAB}/verbose
# $1: what it is called, $2: what may fail, $3: what takes it back, $4: the RTC
fail_each() {{
	echo "@@CASE $1"
	rounds fail "$2" -- "-$3" '!rtc-sync/' -- "$2" $4/sync/state~ "$3" '!rtc-sync/' ||
		echo "@@FAIL $1"
}}
"""

# A chip that has most of what a probe can set up. All chips: KUnit's chip-probe
CHIP = f"""
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-simbus.ko chip=ds3232-sync trim=1 store_rates=1
insmod /modules/rtc-sync-i2c.ko
dev=$(sim_device)
echo $dev >{DRIVER}/unbind
fail_each bind {DRIVER}/bind=$dev {DRIVER}/unbind=$dev /sys/class/rtc/rtc0
rmmod rtc-sync-i2c
rmmod rtc-sync-simbus
rmmod rtc-sync
threads
"""


def _judge(report, lines, cases):
    found = {}
    name = None
    for line in lines:
        if line.startswith("@@CASE "):
            name = line[len("@@CASE "):]
        elif line.startswith("@@FAILED ") and name:
            words = line.split()
            found[name] = int(words[1]), int(words[3])
    for case in cases:
        failed, refused = found.get(case, (0, 0))
        # More than the kernel's own for a write to sysfs
        report.check(f"{case}: each allocation fails once, it binds after that", failed > 50,
                     f"{failed} allocations failed; {refused} times it was refused, else done "
                     "without")
    life.nothing_left(report, lines)


def chip(report):
    """Binding to a simulated chip."""
    lines = life.run("failslab-chip", ARM + CHIP, life.DEBUG, **life.simulated(life.DEBUG))
    _judge(report, lines, ["bind"])


def attach(report):
    """Attaching to mainline's driver as the module is loaded."""
    lines = life.run("failslab-attach", ARM + """
fail_each attach '</modules/rtc-sync.ko,attach=rtc0' '>rtc_sync' /sys/class/rtc/rtc0
threads
""", life.DEBUG, **life.on_board(life.DEBUG))
    _judge(report, lines, ["attach"])


SCENARIOS = {
    "without memory, bound": chip,
    "without memory, attached": attach,
}
