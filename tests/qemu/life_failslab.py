# SPDX-License-Identifier: GPL-2.0-only
"""Each allocation of a probe and of an attach fails once: for life_debug.py."""

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
	# A thread that is left stays, so it is looked for after each tenth, which takes long
	rounds fail "$2" -- "-$3" -- '!rtc-sync/' "$2" $4/sync/state~ "$3" '!rtc-sync/' ||
		echo "@@FAIL $1"
}}
"""

# A chip that has most of what a probe can set up; all chips: KUnit's chip-odd. Not as
# rtc0, which mainline's driver has: of that the RTC core would warn that it could not
# make its file in /proc
CHIP = f"""
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-simbus.ko chip=ds3232-sync trim=1 store_rates=1
insmod /modules/rtc-sync-i2c.ko
dev=$(sim_device)
echo $dev >{DRIVER}/unbind
fail_each bind {DRIVER}/bind=$dev {DRIVER}/unbind=$dev /sys/class/rtc/rtc1
rmmod rtc-sync-i2c
rmmod rtc-sync-simbus
rmmod rtc-sync
threads
"""


# The engine attaches as mainline's driver binds. Not as the module is loaded: ARM's
# module_finalize() of 6.1 follows a NULL pointer if there is no memory for its own
ATTACH = f"""
insmod /modules/rtc-sync.ko attach=rtc1
insmod /modules/rtc-sync-simbus.ko chip=ds1337
dev=$(sim_device)
echo $dev >{life.MAINLINE}/unbind
fail_each attach {life.MAINLINE}/bind=$dev {life.MAINLINE}/unbind=$dev /sys/class/rtc/rtc1
rmmod rtc-sync-simbus
rmmod rtc-sync
threads
"""


CASES = ("bind", "attach")


def judge(report, lines, case):
    """What fail_each has printed."""
    words = []
    for at, line in enumerate(lines):
        if line == f"@@CASE {case}":
            words = next((after for after in lines[at:] if after.startswith("@@ALLOCATIONS ")), "").split()
    failed, refused = (int(words[1]), int(words[3])) if words else (0, 0)
    # More than the kernel's own for a write to sysfs
    report.check(f"without memory, {case}: each allocation fails once, it binds after that",
                 failed > 50, f"{failed} allocations failed; {refused} times it was refused, "
                 "else done without")
