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
	rounds fail "$2" -- "-$3" '!rtc-sync/' "$2" $4/sync/state~ "$3" '!rtc-sync/' ||
		echo "@@FAIL $1"
}}
"""

# Chips that have between them all that a probe can set up. Of the first one that can wake
# the system the kernel keeps the number, rtc0, and the module: so it comes last
CHIPS = {
    "ds3232": ("trim=1 store_rates=1", "rtc0"),
    "pcf85063a": ("sqw_irq=1 clkout=1", "rtc0"),
    "rv3028": ("alarm_irq=1 wakeup=1", "rtc1"),
}


def _chips():
    text = ARM + "insmod /modules/rtc-sync.ko\n"
    for chip, (options, rtc) in CHIPS.items():
        folder = f"/sys/class/rtc/{rtc}"
        text += f"""
insmod /modules/rtc-sync-simbus.ko chip={chip}-sync {options}
insmod /modules/rtc-sync-i2c.ko
dev=$(sim_device)
[ -e {DRIVER}/$dev ] || dev=$(basename {DRIVER}/*-00*)
echo $dev >{DRIVER}/unbind
fail_each "bind, {chip}" {DRIVER}/bind=$dev {DRIVER}/unbind=$dev {folder}
"""
        if chip == "ds3232":
            text += ("rmmod rtc-sync-i2c\nfail_each 'load, ds3232' '</modules/rtc-sync-i2c.ko' "
                     f"'>rtc_sync_i2c' {folder}\n")
        elif rtc == "rtc0":
            text += "rmmod rtc-sync-i2c\n"
        text += "rmmod rtc-sync-simbus\n"
    return text + "threads\n"


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


def chips(report):
    """Binding to a simulated chip."""
    lines = life.run("failslab-chips", _chips(), life.DEBUG, **life.simulated(life.DEBUG))
    _judge(report, lines, [f"bind, {chip}" for chip in CHIPS] + ["load, ds3232"])


def attach(report):
    """Attaching to mainline's driver as the module is loaded."""
    lines = life.run("failslab-attach", ARM + """
fail_each attach '</modules/rtc-sync.ko,attach=rtc0' '>rtc_sync' /sys/class/rtc/rtc0
threads
""", life.DEBUG, **life.on_board(life.DEBUG))
    _judge(report, lines, ["attach"])


SCENARIOS = {
    "without memory, chips": chips,
    "without memory, attach": attach,
}
