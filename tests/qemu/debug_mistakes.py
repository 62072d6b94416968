# SPDX-License-Identifier: GPL-2.0-only
"""Controls: the mistakes of tests/kmod/mistake.c are found by the same boots.

Each has to be in what ends any other run: a check that can't fail is no check.
"""

import re

import boards
import console
import twin

LIMIT_S = 900       # of the host; on a busy one
NEW_DEVICE = "/sys/bus/i2c/devices/i2c-0/new_device"
MAKE = "/sys/module/rtc_sync_mistake/parameters/make"

# The bus with the RTC, which nobody else has
BUS = f"""/dts-v1/;
/plugin/;
&{{{boards.TWIN.i2c_path}}} {{ status = "okay"; }};
"""

# What this project began with
TIMER = f"""
insmod /modules/rtc-sync-mistake.ko
echo rtc-sync-mistake 0x68 >{NEW_DEVICE}
sleep 3
"""
IN_TIMER = r"BUG: (sleeping function called from invalid context|scheduling while atomic)"

# One boot for all of them: they leave the kernel able to go on. Lockdep ends its work
# after the first of all, and is the first to be asked
MISTAKES = {
    "debug": (
        ("locks", r"WARNING: possible circular locking dependency detected"),
        ("leak", r"@@LEAK .*\[rtc_sync_mistake\]"),
        ("shift", r"UBSAN: shift-out-of-bounds in .*mistake\.c"),
        ("free", r"BUG: KASAN: .*use-after-free in .*\[rtc_sync_mistake\]"),
        ("end", r"BUG: KASAN: .*slab-out-of-bounds in .*\[rtc_sync_mistake\]"),
        ("timer", r"ODEBUG: free active .* hrtimer .*\[rtc_sync_mistake\]"),
        ("sleep", r"BUG: sleeping function called from invalid context at kernel/locking/mutex"),
        ("hang", r"INFO: task sh:\d+ blocked for more than 30 seconds"),
    ),
    "preempt": (
        ("locks", r"WARNING: possible circular locking dependency detected"),
        ("processor", r"BUG: using smp_processor_id\(\) in preemptible"),
        ("timer", r"ODEBUG: free active .* hrtimer .*\[rtc_sync_mistake\]"),
        ("sleep", r"BUG: sleeping function called from invalid context at kernel/locking/mutex"),
        ("hang", r"INFO: task sh:\d+ blocked for more than 30 seconds"),
    ),
}


def trouble(name, script, kernel, **options):
    """What a run complains of; the run has to fail for it."""
    options.setdefault("carry", twin.modules("rtc-sync-mistake", kernel=kernel))
    try:
        twin.run(f"{kernel}-{name}", script, kernel=kernel, limit_s=LIMIT_S, **options)
    except console.BootError as error:
        return error.trouble, error.lines
    return [], []


def in_timer(report, kernel):
    """An RTC read over I2C in a timer's callback, by the same boot as any other."""
    found, lines = trouble("timer", TIMER, kernel, overlays=(BUS,))
    told = [line for line in found if re.search(IN_TIMER, line)]
    report.check("an I2C read in a timer's callback is found", bool(told), "; ".join(told[:1]))
    report.check("and it is that of the timer",
                 any("read_in_timer [rtc_sync_mistake]" in line for line in lines))


def others(report, kernel):
    """One of each kind, without the panic at the first."""
    mistakes = MISTAKES[kernel]
    script = "insmod /modules/rtc-sync-mistake.ko\n" + "".join(
        f'echo "@@MAKE {name}"\necho {name} >{MAKE}\nsleep 2\n' for name, _ in mistakes)
    found, _ = trouble("mistakes", script, kernel, append="panic_on_warn=0 kasan_multi_shot")
    for name, pattern in mistakes:
        told = [line for line in found if re.search(pattern, line)]
        report.check(f"{name} is found", bool(told), "; ".join(told[:1]))
    report.note(f"{len(mistakes)} mistakes made, {len(found)} lines of trouble")
