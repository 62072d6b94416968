# SPDX-License-Identifier: GPL-2.0-only
"""On each kernel: built without a warning, booted, in time, unloaded without a trace.

KERNELS names them, "all" is all that there are; by default two.
"""

import os
import re

import boards
import boot
import check
import kernel_builds
import parts
import runs
import samples
import tree
import twin

DEFAULT = ("6.1", "6.12")
BOOTED = ("5.10", "6.1", "6.12", "7.2",
          "5.10-arm64", "6.1-arm64", "6.12-arm64", "7.2-arm64", "7.3-arm64")
# Debian's newest source; what is grafted into 6.1 for 32 bits is in the suite "static"
GRAFTED = ("graft-6.1-arm64", "graft-7.3", "graft-7.3-arm64")
ALL = BOOTED + GRAFTED

DRIFT_PPM = 30
INTERVAL_S = 10
# With an interval's drift and what is not known of the edge, less than 1 ms
THRESHOLD_NS = 500_000
LIMIT_NS = 1_000_000
LOCK_S = 20
SETTLED_NS = 10 * parts.NSEC
HWCLOCK_NS = 30_000_000
ALARM_NS = 20_000_000
OFTEN = (100, 150)
SELDOM = (2970, 100)
READINGS = 5
RTC = "/sys/class/rtc/rtc0"
SYNC = f"{RTC}/sync"
EVENTS = "/sys/kernel/tracing/events/rtc_sync/enable"

SCRIPT = f"""
{parts.INSERT}
load() {{
	insmod /modules/rtc-sync.ko interval_s={INTERVAL_S} || echo "@@FAIL rtc-sync"
	insmod /modules/rtc-sync-i2c.ko || echo "@@FAIL rtc-sync-i2c"
}}
wait_for_lock() {{
	n=0
	while [ "$(cat {SYNC}/state)" != locked ] && [ $n -lt {LOCK_S} ]; do
		sleep 1
		n=$((n + 1))
	done
}}
# That of Debian 12, 2.38, rounds up what it sets, to the next second but one
hw() {{
	echo "@@TRUE $(sample cntvct)"
	hwclock-new "$1" --utc --rtc /dev/$(rtc) 2>&1
	echo "@@STATUS $?"
}}
# Where hwclock keeps what it knows
mkdir -p /etc
echo "@@FROM" >/dev/kmsg
date -s @86400 >/dev/null
load
@insert
echo "@@BIND $(sample cntvct)"
echo 1 >{EVENTS}
echo {THRESHOLD_NS} >{SYNC}/step_threshold_ns
@often
@seldom
echo 0 >{EVENTS}
trace() {{ grep -c "$1: rtc0 " /sys/kernel/tracing/trace; }}
echo "@@TRACE $(trace rtc_sync_reading) $(trace rtc_sync_sync) $(trace rtc_sync_state)"
phc read /dev/$(basename {RTC}/ptp*) 1000 {READINGS} @base @hz {SYNC}
@remove
rmmod rtc-sync-i2c
rmmod rtc-sync
echo "@@LEFT $(grep -c '^rtc_sync' /proc/modules) $(ps | grep -c '[r]tc-sync/')" \\
	"$(ls -d {RTC} 2>/dev/null)"
load
@others
insert pcf8523 alarm_irq=1
wait_for_lock
hw --show
hw --systohc
sleep 5
hw --show
alarm /dev/$(rtc) minute 2 @base @hz
remove
insert ds3231 sqw_irq=1
sleep 3
echo "@@PPS-from $(cat /sys/class/rtc/*/pps*/assert)"
sleep 7
echo "@@PPS-to $(cat /sys/class/rtc/*/pps*/assert)"
remove
dmesg -r | sed -n '/@@FROM/,$s/^/@@LOG /p'
"""
# The board's own RTC would be in the way of the others
NO_OTHERS = "echo 0-0068 >/sys/bus/i2c/drivers/rtc-sync-i2c/unbind"

PHC = re.compile(r"^@@P err_ns=(-?\d+) precise_err_ns=(-?\d+) delay_ns=\d+ bound_ns=(-?\d+)")
SHOWN = re.compile(r"^\d{4}-\d\d-\d\d (\d\d):(\d\d):(\d\d)\.(\d{6})\+00:00$")
ALARM = re.compile(r"^@@ALARM for_s=(\d+) read_s=(-?\d+)")
IRQ = re.compile(r"^@@IRQ true_ns=(\d+) flags=a0 count=1")
LOG = re.compile(r"^@@LOG <(\d+)>\[ *[\d.]+\] (.*)")
WARN_LEVEL = 4
# Of the kernel itself, not of a program. What it has to say of any module that is not its
# own, and of drivers that wait for others
STRANGER = re.compile(r"^rtc_sync: loading out-of-tree module taints kernel\.$|"
                      r"^rtc_sync: module verification failed: signature and/or required key "
                      r"missing - tainting kernel$|^platform \S+: deferred probe pending")


def _script(run, is_virt):
    places = {
        "@insert": "insert ds3231" if is_virt else "",
        "@remove": "remove" if is_virt else "",
        "@others": "" if is_virt else NO_OTHERS,
        "@often": run.sample(*OFTEN), "@seldom": run.sample(*SELDOM),
        "@base": str(run.base_epoch), "@hz": str(run.board.counter_hz),
    }
    script = SCRIPT
    for place, text in places.items():
        script = script.replace(place, text)
    return script


def _boot(version):
    """Boot a kernel with the modules, on the board that it is for."""
    is_virt = version.endswith("-arm64")
    ours = twin.modules(*parts.MODULES, kernel=version)
    run = runs.Run(board=boards.VIRT if is_virt else boards.TWIN, script="", kernel=version,
                   rtcs=() if is_virt else ("ds1338@0x68",),
                   overlays=() if is_virt else (twin.chip(),), drift_ppm=DRIFT_PPM, carry=ours,
                   peers=True, limit_s=900, log=tree.BUILD / "log" / f"kernel-{version}.log")
    run.script = _script(run, is_virt)
    return run, boot.boot(run)


def _check_time(report, run, lines):
    """How soon and how exact; return both, in s and ns."""
    taken = samples.parse_all(lines)
    bind_ns = run.base_epoch * parts.NSEC + \
        int(twin.value(lines, "@@BIND ")) * parts.NSEC // run.board.counter_hz
    right = [s["true_ns"] for s in taken
             if s["state"] == "locked" and abs(s["err_ns"]) <= LIMIT_NS]
    lock_s = (right[0] - bind_ns) / 1e9 if right else float("inf")
    report.check(f"locked, and true error <= 1 ms, within {LOCK_S} s", lock_s <= LOCK_S,
                 f"after {lock_s:.2f} s")
    settled = [s for s in taken if right and s["true_ns"] >= right[0] + SETTLED_NS]
    worst_ns = max((abs(s["err_ns"]) for s in settled), default=0)
    steps = taken[-1]["steps"] - taken[0]["steps"] if taken else 0
    report.check("then true error <= 1 ms always, by steps",
                 worst_ns <= LIMIT_NS and len(settled) >= SELDOM[1] - 5 and steps >= 10,
                 f"at most {worst_ns / 1e6:.3f} ms in {len(settled)} samples, {steps} steps")
    bad = twin.dishonest(taken)
    report.check("true error <= error_ns in every sample",
                 not bad and len(taken) == OFTEN[1] + SELDOM[1],
                 f"{len(bad)} of {len(taken)} samples are not covered")
    return lock_s, worst_ns


def _check_faces(report, run, lines):
    """Where else it is seen: traces, and the PTP clock."""
    readings, syncs, states = map(int, twin.value(lines, "@@TRACE ").split())
    report.check("the tracepoints name the RTC", readings > syncs >= 20 and states >= 1,
                 f"{readings} readings, {syncs} syncs, {states} states")
    found = [tuple(map(int, match.groups())) for match in map(PHC.search, lines) if match]
    report.check("the PTP clock is right, also by PTP_SYS_OFFSET_PRECISE",
                 len(found) == READINGS and
                 all(max(abs(err), abs(precise)) <= bound for err, precise, bound in found),
                 " ".join(f"{err} {precise} of {bound} ns" for err, precise, bound in found))


def _check_hwclock(report, run, lines):
    status = [line.split()[1] for line in lines if line.startswith("@@STATUS ")]
    true_ns = [int(line.split()[1]) * parts.NSEC // run.board.counter_hz
               for line in lines if line.startswith("@@TRUE ")]
    shown_ns = []
    for match in filter(None, map(SHOWN.search, lines)):
        hours, minutes, seconds, micros = map(int, match.groups())
        shown_ns.append(((hours * 60 + minutes) * 60 + seconds) * parts.NSEC + micros * 1000)
    late_ns = [shown - true for shown, true in zip(shown_ns, true_ns[::2])]
    report.check("hwclock shows the time, sets it, and shows it again",
                 status == ["0"] * 3 and len(late_ns) == 2 and
                 all(abs(late) <= HWCLOCK_NS for late in late_ns),
                 " ".join(f"{late / 1e6:+.3f} ms" for late in late_ns))


def _check_interrupts(report, lines):
    alarm = next(filter(None, map(ALARM.search, lines)), None)
    for_s, read_s = map(int, alarm.groups()) if alarm else (0, -1)
    late_ns = [int(match.group(1)) - for_s * parts.NSEC
               for match in map(IRQ.search, lines) if match]
    report.check("an alarm comes when it is due, once",
                 for_s == read_s and len(late_ns) == 1 and abs(late_ns[0]) <= ALARM_NS,
                 " ".join(f"{late / 1e6:.3f} ms late" for late in late_ns))
    counts = [twin.value(lines, f"@@PPS-{marker}").partition("#")[2] for marker in ("from", "to")]
    report.check("PPS, by the properties of a device", all(counts) and
                 int(counts[1]) - int(counts[0]) == 7, " to ".join(counts))


def _check_log(report, lines):
    logged = [match.groups() for match in map(LOG.search, lines) if match]
    bad = [text for level, text in logged
           if int(level) <= WARN_LEVEL and not STRANGER.search(text)]
    report.check("unloaded, nothing is left", twin.value(lines, "@@LEFT ") == "0 0",
                 twin.value(lines, "@@LEFT "))
    report.check("the log has no warning", not bad and len(logged) >= 5,
                 "\n#   ".join([f"{len(bad)} of {len(logged)} lines", *bad[:10]]))


def kernel(report, version):
    """All that is asked of one kernel."""
    release, complaints = kernel_builds.check_build(report, version)
    if not release:
        return
    run, lines = _boot(version)
    lock_s, worst_ns = _check_time(report, run, lines)
    # A line of the table in docs/kernels.md
    report.note(f"| {release} | {complaints} | {lock_s:.1f} s | {worst_ns / 1e6:.2f} ms |")
    _check_faces(report, run, lines)
    _check_hwclock(report, run, lines)
    _check_interrupts(report, lines)
    _check_log(report, lines)


def _scenario(name):
    if name.startswith("graft-"):
        return lambda report: kernel_builds.check_graft(report, name[len("graft-"):])
    return lambda report: kernel(report, name)


def chosen():
    """The kernels that KERNELS names."""
    names = os.environ.get("KERNELS", "").split() or DEFAULT
    names = ALL if "all" in names else names
    unknown = [name for name in names if name not in ALL]
    if unknown:
        raise SystemExit(f"KERNELS={' '.join(unknown)}: not all, or of {' '.join(ALL)}")
    return names


def supported(report):
    """Of compat.h, not of a kernel."""
    kernel_builds.check_range(report)
    kernel_builds.check_branches(report, {name.split("-")[0] for name in BOOTED})


if __name__ == "__main__":
    check.run("kernels", {"supported": supported,
                          **{f"Linux {name}": _scenario(name) for name in chosen()}})
