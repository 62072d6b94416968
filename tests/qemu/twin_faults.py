# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: an RTC that lies, a bus that fails, hwclock at the same time."""

import re

import samples
import twin

SYNC = "/sys/class/rtc/rtc0/sync"
SIM = "/sys/module/rtc_sync_simbus/parameters"
INTERVAL_S = 10
FAULT_S = 60
MOVED_NS = 1_000_000

# parameter, value during, value after, states it may lead to
FAULTS = {
    "one transfer in ten is not acknowledged": ("nak_percent", 10, 0, {"locked"}),
    "half of the transfers are not acknowledged": ("nak_percent", 50, 0, {"locked", "fault"}),
    "no transfer is acknowledged": ("nak_percent", 100, 0, {"fault"}),
    "the controller times out": ("error", 110, 0, {"fault"}),
    "another master takes half of the transfers": ("arbitration_percent", 50, 0,
                                                   {"locked", "fault"}),
    "the clock is held until the driver gives up": ("timeout_percent", 100, 0, {"fault"}),
    "the clock is stretched": ("stretch_us", 300, 0, {"locked", "acquiring"}),
    "the chip is gone": ("gone", 1, 0, {"fault"}),
    "random registers": ("garbage", 1, 0, {"invalid", "acquiring", "locked"}),
    "the second stands still": ("stuck", 1, 0, {"invalid"}),
}

LOAD = f"""
insmod /modules/rtc-sync-simbus.ko chip=ds3231-sync start_s=1767225600
insmod /modules/rtc-sync.ko interval_s={INTERVAL_S}
insmod /modules/rtc-sync-i2c.ko
sleep 60
"""

FAULT = """
echo "@@FAULT {name}"
dmesg -c >/dev/null
echo {during} >{sim}/{parameter}
{sample}
echo "@@MENDED"
echo {after} >{sim}/{parameter}
{sample}
dmesg | grep 'rtc rtc0' | sed 's/^/@@LOG /'
"""

HWCLOCK = f"""
{LOAD}
echo "@@SHOW $(hwclock.util-linux --show --utc) | $(date -u '+%F %T')"
echo "@@BUSYBOX $(hwclock -r -u) | $(date -u '+%F %T')"
date -s @$(($(date +%s) + 7)) >/dev/null
hwclock.util-linux --systohc --utc
{{now}}
sleep 40
echo "@@WRITTEN"
{{now}}
echo "@@STATE $(cat {SYNC}/state)"
hwclock.util-linux --hctosys --utc
sleep 15
{{now}}
echo "@@BUSY $(for n in 1 2 3 4 5 6 7 8 9 10; do hwclock.util-linux --show --utc; done | wc -l)"
echo "@@STATS $(cat {SYNC}/stats/bus_errors {SYNC}/stats/contradictions | tr '\\n' ' ')"
echo 1 >{SIM}/osf
sleep 70
echo "@@OSF $(cat {SYNC}/state {SYNC}/doubt | tr '\\n' ' ') $(hwclock -r -u 2>&1 | grep -c Invalid)"
{{now}}
hwclock.util-linux --systohc --utc
sleep 30
echo "@@CURED $(cat {SYNC}/state)"
{{now}}
"""


def faults(report):
    """Each fault: the clock stays, the state tells, and it recovers."""
    def script(run):
        sample = run.sample(1000, FAULT_S)
        return LOAD + "".join(
            FAULT.format(name=name, parameter=fault[0], during=fault[1], after=fault[2], sim=SIM,
                         sample=sample) for name, fault in FAULTS.items())

    _, lines = twin.run("faults", script, overlays=(), rtcs=(), limit_s=240,
                        carry=twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus"))
    text = "\n".join(lines)
    for part in text.split("@@FAULT ")[1:]:
        name, rest = part.split("\n", 1)
        judge(report, name, rest)


def judge(report, name, text):
    """One fault's part of the console."""
    during, after = text.split("@@MENDED")
    during = samples.parse_all(during.splitlines())
    log = [line for line in after.splitlines() if line.startswith("@@LOG ")]
    after = samples.parse_all(after.splitlines())
    errors = [sample["err_ns"] for sample in during + after]
    moved_ns = max(errors) - min(errors)
    report.check(f"{name}: the clock is not moved", moved_ns < MOVED_NS and len(errors) > 100,
                 f"moved by {moved_ns / 1e3:.1f} us in {len(errors)} samples")
    states = {sample["state"] for sample in during[FAULT_S // 2:]}
    report.check(f"{name}: the state tells", states <= FAULTS[name][3], " ".join(sorted(states)))
    if FAULTS[name][0] == "stuck":
        # It is a minute late: not to be followed until a person says so
        states = {sample["state"] for sample in after[FAULT_S // 2:]}
        report.check(f"{name}: an RTC that lost time is refused", states == {"invalid"},
                     " ".join(sorted(states)))
    else:
        good = next((i for i, sample in enumerate(after) if sample["state"] == "locked"), 999)
        stays = all(sample["state"] == "locked" for sample in after[good:])
        report.check(f"{name}: recovers within 3 intervals", good <= 3 * INTERVAL_S and stays,
                     f"locked after {good} s")
    # Into the state, through acquiring, out of it
    report.check(f"{name}: a few lines in the log", len(log) <= 6, f"{len(log)} lines")


def hwclock(report):
    """hwclock -r, -w and -s while the thread syncs; a stopped oscillator."""
    board, lines = twin.run(
        "hwclock", lambda run: HWCLOCK.replace("{now}", run.sample(1, 1)), overlays=(), rtcs=(),
        carry=twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus"), hwclock=True,
        limit_s=240)
    del board
    shown, system = twin.value(lines, "@@SHOW ").split(" | ")
    report.check("util-linux hwclock --show", shown[:16] == system[:16], f"{shown}; date {system}")
    report.check("BusyBox hwclock -r", "2026" in twin.value(lines, "@@BUSYBOX "),
                 twin.value(lines, "@@BUSYBOX "))
    taken = [sample["err_ns"] for sample in twin.parse(lines)]
    # util-linux 2.38 sets the RTC a second late if it wakes a microsecond late
    moved_ns = taken[1] - taken[0]
    report.check("hwclock --systohc: the tracker starts again and follows",
                 twin.value(lines, "@@STATE ") == "locked" and
                 abs(moved_ns - round(moved_ns / 1e9) * 10**9) < 5_000_000,
                 f"the clock moved by {moved_ns / 1e6:.3f} ms")
    report.check("hwclock --hctosys agrees with it", abs(taken[2] - taken[1]) < 8_000_000,
                 f"the clock moved by {(taken[2] - taken[1]) / 1e6:.3f} ms")
    report.check("ten times hwclock --show, none refused", twin.value(lines, "@@BUSY ") == "10")
    report.check("nothing went wrong on the bus", twin.value(lines, "@@STATS ") == "0 0",
                 twin.value(lines, "@@STATS "))
    report.check("oscillator stopped: invalid", twin.value(lines, "@@OSF ") == "invalid chip  1",
                 twin.value(lines, "@@OSF "))
    report.check("oscillator stopped: the clock is not moved", abs(taken[3] - taken[2]) < MOVED_NS,
                 f"by {(taken[3] - taken[2]) / 1e3:.1f} us")
    report.check("hwclock --systohc cures it", twin.value(lines, "@@CURED ") == "locked")


def old_date(report):
    """An RTC that was reset."""
    _, lines = twin.run("old-date", lambda run: f"""
date -s @1800000000 >/dev/null
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
date -s @1800000000 >/dev/null
{run.sample(1000, 60)}
echo "@@LAST $(cat {SYNC}/state {SYNC}/doubt {SYNC}/stats/steps | tr '\\n' ' ')"
echo "@@LINES $(dmesg | grep -c 'rtc rtc0')"
""", base="2001-02-03T04:05:06")
    taken = [sample["err_ns"] for sample in twin.parse(lines)]
    report.check("before not_before: invalid, and never a step",
                 twin.value(lines, "@@LAST ") == "invalid date 0", twin.value(lines, "@@LAST "))
    report.check("the clock is not moved", max(taken) - min(taken) < MOVED_NS and len(taken) > 50,
                 f"by {(max(taken) - min(taken)) / 1e3:.1f} us")
    report.check("a few lines in the log", int(twin.value(lines, "@@LINES ")) <= 3,
                 twin.value(lines, "@@LINES ") + " lines")


def no_chip(report):
    """Nobody at the address."""
    _, lines = twin.run("no-chip", f"""
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
sleep 300
echo "@@LAST $(cat {SYNC}/state {SYNC}/stats/steps | tr '\\n' ' ')"
echo "@@READS $(cat {SYNC}/stats/reads_full)"
dmesg | grep -E 'rtc rtc0|rtc-sync-i2c' | sed 's/^/@@LOG /'
rmmod rtc-sync-i2c
""", rtcs=())
    report.check("fault, and never a step", twin.value(lines, "@@LAST ") == "fault 0",
                 twin.value(lines, "@@LAST "))
    reads = int(twin.value(lines, "@@READS "))
    report.check("tried again, ever less often", 5 <= reads <= 30, f"{reads} readings in 300 s")
    log = [line for line in lines if line.startswith("@@LOG ")]
    report.check("it says what it waits for, once",
                 len([line for line in log if re.search("does not answer yet", line)]) == 1,
                 f"{len(log)} lines in all")


SCENARIOS = {
    "faults": faults,
    "hwclock": hwclock,
    "a date of long ago": old_date,
    "no chip": no_chip,
}
