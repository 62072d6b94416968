# SPDX-License-Identifier: GPL-2.0-only
"""The main job on the Pi, in real time: it works, to what a loaded host allows.

What is exact is measured on the twin. Here a reading takes as long as the host
lets it, so only a coarse error is asserted.
"""

import boards
import boot
import check
import live
import runs
import tree
import twin

KERNELS = ("6.1", "6.12")
SYNC = "/sys/class/rtc/rtc0/sync"
LIMIT_NS = 500_000_000

SCRIPT = f"""
date -s @86400 >/dev/null
insmod /modules/rtc-sync.ko interval_s=2
insmod /modules/rtc-sync-i2c.ko
n=0
while [ "$(cat {SYNC}/state)" != locked ] && [ $n -lt 60 ]; do sleep 1; n=$((n + 1)); done
echo "@@LOCKED $n"
{{sample}}
echo "@@HWCLOCK $(hwclock.util-linux --show --utc) $(hwclock -r -u | wc -l)"
echo "@@THREADS $(ps | grep -c '[r]tc-sync/rtc0')"
echo "@@CONTROLLER $(readlink -f /sys/class/rtc/rtc0/device | grep -c 804000.i2c)"
for n in 1 2 3 4 5 6 7 8 9 10; do
	rmmod rtc-sync-i2c && insmod /modules/rtc-sync-i2c.ko
	echo 1 >{SYNC}/trigger
done
rmmod rtc-sync-i2c
rmmod rtc-sync
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')"
"""


def main_job(report, kernel):
    """Load with an unset clock, lock, read with hwclock, unload ten times."""
    run = runs.Run(board=boards.PI, kernel=kernel, script="", hwclock=True, limit_s=240,
                   overlays=(live.OVERLAY.read_text().replace(*live.CHIP),),
                   carry=twin.modules(kernel=kernel),
                   log=tree.BUILD / "log" / f"pi-{kernel}.log")
    run.script = SCRIPT.format(sample=run.sample(1000, 10))
    lines = boot.boot(run)
    taken = twin.parse(lines)
    waited_s = int(twin.value(lines, "@@LOCKED ") or 99)
    report.check("locks", waited_s < 60, f"after {waited_s} s")
    worst_ns = max(abs(sample["err_ns"]) for sample in taken)
    report.check("the clock is in the right second by it", worst_ns < LIMIT_NS and len(taken) >= 9,
                 f"true error at most {worst_ns / 1e6:.3f} ms")
    report.note(f"{len(twin.dishonest(taken))} of {len(taken)} samples are not covered by error_ns")
    report.check("the RTC is on the Pi's own i2c-1", twin.value(lines, "@@CONTROLLER ") == "1")
    shown = twin.value(lines, "@@HWCLOCK ")
    report.check("hwclock reads it meanwhile", shown.startswith("2026-") and shown.endswith(" 1"),
                 shown)
    report.check("one thread, and none after ten times rmmod",
                 (twin.value(lines, "@@THREADS "), twin.value(lines, "@@LEFT ")) == ("1", "0"))


if __name__ == "__main__":
    check.run("pi", {f"Linux {kernel}": lambda report, kernel=kernel: main_job(report, kernel)
                     for kernel in KERNELS}, boards=1)
