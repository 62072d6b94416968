# SPDX-License-Identifier: GPL-2.0-only
"""How exact, how soon, how honest: the twin against its own truth."""

import re

import check
import twin
import twin_alarm
import twin_extras
import twin_faults
import twin_holdover
import twin_hwclock
import twin_life
import twin_ntp
import twin_own
import twin_parts
import twin_ptp
import twin_rtctest
import twin_security
import twin_companion
import twin_slew
import twin_trim
import twin_world
import twin_write
import twin_wrong

PHASES = 5
THRESHOLD_NS = 1_000_000
HOUR_S = 3600

# Bind at several phases of the RTC's second, each time with the clock unset
ACQUIRE = """
for phase in 0 1 2 3 4; do
	sleep 0.${{phase}}7
	date -s @86400 >/dev/null
	insmod /modules/rtc-sync.ko interval_s=10
	echo "@@BIND $(sample cntvct)"
	insmod /modules/rtc-sync-i2c.ko
	{samples}
	rmmod rtc-sync-i2c
	rmmod rtc-sync
done
echo "@@DONE"
dmesg
"""

HOUR = """
insmod /modules/rtc-sync.ko interval_s=10
insmod /modules/rtc-sync-i2c.ko
echo {threshold} >/sys/class/rtc/rtc0/sync/step_threshold_ns
echo 1 >/sys/kernel/tracing/events/rtc_sync/enable
{samples}
echo 0 >/sys/kernel/tracing/events/rtc_sync/enable
echo "@@TRACE"
cat /sys/kernel/tracing/trace
echo "@@TRACED"
for file in bus_errors contradictions glitches invalid reacquisitions; do
	echo "@@STAT $file $(cat /sys/class/rtc/rtc0/sync/stats/$file)"
done
dmesg | grep 'rtc rtc0' | sed 's/^/@@LOG /'
"""

ATTACHED = re.compile(r"^\[ *(\d+\.\d+)\] rtc rtc1: attached")
STEPPED = re.compile(r"^\[ *(\d+\.\d+)\] rtc rtc1: system clock stepped by \d{10,} ns")
READING = re.compile(r" (\d+\.\d+): rtc_sync_reading: rtc0 (short|full) ")
SYNC = re.compile(r" (\d+\.\d+): rtc_sync_sync: rtc0 offset_ns=(-?\d+) error_ns=\d+ (\w+)")


def reads(sample):
    """Transfers so far."""
    return (sample["reads_short"] or 0) + (sample["reads_full"] or 0)


def first(taken, bind_ns, holds):
    """(seconds since the bind, readings) at the first sample that holds."""
    for sample in taken:
        if holds(sample):
            return (sample["true_ns"] - bind_ns) / 1e9, reads(sample)
    return float("inf"), 0


def seconds_to_step(lines):
    """Seconds from each attach to the step that follows it, by the kernel's log."""
    attached = [float(match.group(1)) for match in map(ATTACHED.search, lines) if match]
    stepped = [float(match.group(1)) for match in map(STEPPED.search, lines) if match]
    return [to - since for since, to in zip(attached, stepped)]


def acquisition(report, drift_ppm):
    """From an unset clock to the floor."""
    def script(board):
        sync = "/sys/class/rtc/rtc1/sync"
        return ACQUIRE.format(samples=board.sample(100, 270, sync))

    board, lines = twin.run(f"acquire{drift_ppm:+}", script, drift_ppm=drift_ppm,
                            overlays=(twin.chip(alias=True),))
    text = "\n".join(lines[:lines.index("@@DONE")])
    cycles = text.split("@@BIND ")[1:]
    lock, floor, bad, total = [], [], 0, 0
    for cycle in cycles:
        ticks, rest = cycle.split("\n", 1)
        bind_ns = board.base_epoch * 10**9 + int(ticks) * 10**9 // board.board.counter_hz
        taken = twin.parse(rest.splitlines())
        # Locked as well: the clock may cross the truth by chance before
        lock.append(first(taken, bind_ns,
                          lambda s: s["state"] == "locked" and abs(s["err_ns"]) <= 10**6))
        floor.append(first(taken, bind_ns,
                           lambda s: s["window_ns"] is not None and s["window_ns"] <= 10**5))
        bad += len(twin.dishonest(taken))
        total += len(taken)

    def every(values, what=0):
        return " ".join(f"{value[what]:.2f}" if what == 0 else f"{value[what]}" for value in values)

    report.check(f"{PHASES} binds", len(cycles) == PHASES, f"{len(cycles)} binds, {total} samples")
    # A clock that is not ticking looks like one that has not ticked yet, for a second
    second = seconds_to_step(lines)
    report.check("right second within 1 s of the bind, and the reading that shows it",
                 len(second) == PHASES and max(second) <= 1.02,
                 "after " + " ".join(f"{value:.3f}" for value in second) + " s")
    report.check("true error <= 1 ms within 8 s", max(lock)[0] <= 8, f"after {every(lock)} s")
    report.check("in at most 48 readings", max(entry[1] for entry in lock) <= 48,
                 f"{every(lock, 1)} readings")
    report.check("window <= 100 us within 25 s", max(floor)[0] <= 25, f"after {every(floor)} s")
    report.check("true error <= error_ns in every sample", bad == 0 and total > 1200,
                 f"{bad} of {total} samples are not covered")


def most_reads(lines, start_s, interval_s):
    """The most short readings, and the most of any kind, in an interval of the trace."""
    counts = {}
    for line in lines:
        match = READING.search(line)
        if match and float(match.group(1)) >= start_s:
            slot = counts.setdefault(int((float(match.group(1)) - start_s) / interval_s), [0, 0])
            slot[0] += match.group(2) == "short"
            slot[1] += 1
    return max(slot[0] for slot in counts.values()), max(slot[1] for slot in counts.values())


def hour(report, drift_ppm):
    """Step mode for an hour."""
    def script(board):
        return HOUR.format(threshold=THRESHOLD_NS, samples=board.sample(970, HOUR_S))

    board, lines = twin.run(f"hour{drift_ppm:+}", script, drift_ppm=drift_ppm, limit_s=240)
    taken = twin.parse(lines)
    start_ns = next(s["true_ns"] for s in taken if s["state"] == "locked")
    late = [s for s in taken if s["true_ns"] > start_ns + 30 * 10**9]
    worst = max(abs(s["err_ns"]) for s in late)
    report.check("true error <= 2.2 ms always", worst <= 2_200_000 and len(late) > 3000,
                 f"at most {worst / 1e6:.3f} ms in {len(late)} samples")
    bad = twin.dishonest(taken)
    report.check("true error <= error_ns in every sample", not bad,
                 f"{len(bad)} of {len(taken)} samples are not covered")

    trace = twin.after(lines, "@@TRACE")
    locked_s = (start_ns - board.base_epoch * 10**9) / 1e9
    short, every = most_reads(trace, locked_s + 30, 10)
    spent = reads(late[-1]) - reads(late[0])
    intervals = (late[-1]["true_ns"] - late[0]["true_ns"]) / 10e9
    report.check("at most 3 readings an interval", every <= 3,
                 f"at most {every}, {short} of them of one byte; {spent / intervals:.2f} on average")

    steps = [int(match.group(2)) for match in map(SYNC.search, trace)
             if match and match.group(3) == "step" and float(match.group(1)) > locked_s + 30]
    back = [step for step in steps if step < 0]
    report.check("no step within the dead band", all(abs(step) > THRESHOLD_NS for step in steps),
                 f"{len(steps)} steps after the first, {len(back)} of them backward, by "
                 f"{-max(back, default=0) / 1e6:.3f} to {-min(back, default=0) / 1e6:.3f} ms")
    report.check("steps go one way only", len(back) in (0, len(steps)))
    stats = [line.split()[1:] for line in lines if line.startswith("@@STAT ")]
    report.check("nothing went wrong on the bus or in the window",
                 len(stats) == 5 and all(count == "0" for _, count in stats),
                 " ".join(f"{name}={count}" for name, count in stats))
    log = [line for line in lines if line.startswith("@@LOG ")]
    report.check("the log is silent in steady state", len(log) <= 5, f"{len(log)} lines in all")


SCENARIOS = {
    "hour at +100 ppm": lambda report: hour(report, 100),
    "hour at -100 ppm": lambda report: hour(report, -100),
    "unset clock at +100 ppm": lambda report: acquisition(report, 100),
    "unset clock at -100 ppm": lambda report: acquisition(report, -100),
    **twin_life.SCENARIOS,
    **twin_own.SCENARIOS,
    **twin_trim.SCENARIOS,
    **twin_companion.SCENARIOS,
             **twin_slew.SCENARIOS,
    **twin_faults.SCENARIOS,
    **twin_ptp.SCENARIOS,
    **twin_ntp.SCENARIOS,
    **twin_holdover.SCENARIOS,
    **twin_world.SCENARIOS,
    **twin_security.SCENARIOS,
    # The longest first: they end together
    **twin_rtctest.SCENARIOS,
    **twin_hwclock.SCENARIOS,
    **twin_parts.SCENARIOS,
    **twin_write.SCENARIOS,
    **twin_extras.SCENARIOS,
    **twin_wrong.SCENARIOS,
    **twin_alarm.SCENARIOS,
}

if __name__ == "__main__":
    check.run("twin", SCENARIOS)
