# SPDX-License-Identifier: GPL-2.0-only
"""Boards that run for weeks of virtual time, and whether anything grows, slips or stops.

usage: soak.py [DAYS [NAME]...]    30 days; NAME is "module" or "built-in", both without
"""

import dataclasses
import sys
import time

import check
import twin
import tree

SYNC = "/sys/class/rtc/rtc0/sync"
DAYS = 30
INTERVAL_S = 60
SAMPLE_S = 600
DRIFT_PPM = 20
# Of the host's time, for each day of the board's: an hour if it has to
HOST_S = 3600
TELL_S = 60

STATS = ("syncs", "reads_short", "reads_full", "steps", "steps_backward", "bus_errors",
         "contradictions", "glitches", "invalid", "reacquisitions")
MEMORY = ("MemFree", "SUnreclaim", "KernelStack", "VmallocUsed", "Percpu")

# A slab or two that are filled at last, and a quarter of the least that can be leaked at a time
GROWTH_KB = 64
LEAK_BYTES = 16
# What the kernel and the shell fill at first
WARM_HOURS = 24

# What Linux does each second by itself, which is not worth the host's time
QUIET = """
echo 0 >/proc/sys/vm/compaction_proactiveness
echo 3600 >/proc/sys/vm/stat_interval
"""

SCRIPT = f"""
{{quiet}}
{{load}}
sleep {2 * INTERVAL_S}
dmesg -c | grep 'rtc rtc0' | sed 's/^/@@BEGAN /'
hour=0
while [ $hour -le {{hours}} ]; do
	echo "@@HOUR $hour $(cat /proc/uptime | cut -d' ' -f1) $(($(date +%s) - $(cut -d. -f1 {SYNC}/last_sync))) \\
$(cd {SYNC}/stats; cat {' '.join(STATS)} | tr '\\n' ' ') \\
$(for name in {' '.join(MEMORY)}; do awk "/^$name:/ {{{{ print \\$2 }}}}" /proc/meminfo; done | tr '\\n' ' ')"
	hour=$((hour + 1))
	[ $hour -gt {{hours}} ] || {{samples}}
	[ $hour -gt {{hours}} ] || sleep {SAMPLE_S}
done
dmesg | grep -v 'crng init done' | sed 's/^/@@LOG /'
echo "@@THREADS $(ps | grep -c '[r]tc-sync/rtc0')"
{{unload}}
"""

LOAD = f"""insmod /modules/rtc-sync.ko interval_s={INTERVAL_S}
insmod /modules/rtc-sync-i2c.ko"""
UNLOAD = """rmmod rtc-sync-i2c rtc-sync
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')\""""

KINDS = {
    "module": {"kernel": twin.KERNEL},
    "built-in": {"kernel": tree.OWN_KERNEL, "append": f"rtc_sync.interval_s={INTERVAL_S}"},
}


@dataclasses.dataclass
class Hour:
    """What the board says once an hour."""

    hour: int
    uptime_s: float
    age_s: int          # of the last sync
    stats: dict
    memory_kb: dict

    @staticmethod
    def parse(line):
        """From a line "@@HOUR ...", or None if the kernel has written into it."""
        words = line.split()[1:]
        if len(words) != 3 + len(STATS) + len(MEMORY):
            return None
        numbers = list(map(int, words[3:]))
        return Hour(int(words[0]), float(words[1]), int(words[2]),
                    dict(zip(STATS, numbers)), dict(zip(MEMORY, numbers[len(STATS):])))


class Progress:
    """A line now and then, so that a run that is cut off has told something."""

    def __init__(self, name, days):
        self.name, self.days = name, days
        self.began = self.told = time.monotonic()

    def __call__(self, line):
        if not line.startswith("@@HOUR ") or time.monotonic() - self.told < TELL_S:
            return
        self.told = time.monotonic()
        print(f"#   {self.name}: day {int(line.split()[1]) / 24:.1f} of {self.days}, "
              f"{(self.told - self.began) / 60:.0f} minutes", flush=True)


def check_counts(report, hours, days):
    """Each interval a sync, and nothing that went wrong on the way."""
    first, last = hours[0], hours[-1]
    span_s = last.uptime_s - first.uptime_s
    report.check(f"the board has run for {days} days", span_s >= days * 86400 - 3600,
                 f"{span_s / 86400:.3f} days, {len(hours)} hours seen")
    syncs = last.stats["syncs"] - first.stats["syncs"]
    report.check("no interval was missed", abs(syncs - span_s / INTERVAL_S) <= 1.5,
                 f"{syncs} syncs in {span_s:.0f} s, {span_s / INTERVAL_S:.1f} intervals")
    uneven = [hour for before, hour in zip(hours, hours[1:])
              if abs(hour.stats["syncs"] - before.stats["syncs"] -
                     (hour.uptime_s - before.uptime_s) / INTERVAL_S) > 1.5]
    report.check("nor in any hour", not uneven, f"{len(uneven)} of {len(hours) - 1} hours uneven")
    report.check("the last sync is never older than an interval",
                 max(hour.age_s for hour in hours) <= INTERVAL_S + 1,
                 f"at most {max(hour.age_s for hour in hours)} s")
    reads = sum(last.stats[name] - first.stats[name] for name in ("reads_short", "reads_full"))
    report.check("at most 3 readings an interval", reads <= 3 * syncs,
                 f"{reads} readings, {reads / syncs:.3f} an interval")
    wrong = {name: last.stats[name] - first.stats[name] for name in STATS[5:]}
    report.check("nothing went wrong", not any(wrong.values()),
                 " ".join(f"{name}={count}" for name, count in wrong.items()))
    return last.stats["steps"] - first.stats["steps"]


def check_memory(report, hours):
    """After the first day nothing grows."""
    warm, last = hours[min(WARM_HOURS, len(hours) // 2)], hours[-1]
    report.note(f"kB at hour {warm.hour}: {warm.memory_kb}; at hour {last.hour}: {last.memory_kb}")
    limit_kb = GROWTH_KB + LEAK_BYTES * (last.stats["syncs"] - warm.stats["syncs"]) // 1024
    for name in MEMORY:
        grown_kb = last.memory_kb[name] - warm.memory_kb[name]
        if name == "MemFree":
            grown_kb = -grown_kb
        report.check(f"{name} does not {'shrink' if name == 'MemFree' else 'grow'}",
                     grown_kb <= limit_kb, f"by {grown_kb} kB of {limit_kb} allowed")


def check_clock(report, lines, steps, slews):
    """Where the clock was, in each sample."""
    taken = twin.parse(lines)
    bad = twin.dishonest(taken)
    report.check("true error <= error_ns in every sample", not bad and len(taken) > 100,
                 f"{len(bad)} of {len(taken)} samples are not covered")
    report.check("locked in every sample", all(s["state"] == "locked" for s in taken))
    worst_ns = max(abs(s["err_ns"]) for s in taken)
    limit_ns = 100_000 if slews else 12_000_000
    report.check(f"true error <= {limit_ns / 1e6:g} ms", worst_ns <= limit_ns,
                 f"at most {worst_ns / 1e3:.1f} us, {steps} steps")
    report.check("stepped only as the dead band wants" if not slews else "never stepped",
                 steps == 0 if slews else steps > 0, f"{steps} steps")


def soak(report, name, days):
    """One kind of kernel for so many days."""
    kind = KINDS[name]
    built_in = kind["kernel"] == tree.OWN_KERNEL

    def script(board):
        ours = {"quiet": QUIET, "load": LOAD, "unload": UNLOAD}
        if built_in:
            ours = dict.fromkeys(ours, "")
        return SCRIPT.format(hours=days * 24, samples=board.sample(SAMPLE_S * 1000, 6), **ours)

    _, lines = twin.run(f"soak-{name}", script, drift_ppm=DRIFT_PPM, limit_s=HOST_S * days,
                        on_line=Progress(name, days), **kind)
    hours = [hour for hour in map(Hour.parse, (line for line in lines
                                               if line.startswith("@@HOUR "))) if hour]
    steps = check_counts(report, hours, days)
    check_memory(report, hours)
    check_clock(report, lines, steps, built_in)
    log = [line for line in lines if line.startswith("@@LOG ")]
    report.check("not a line in the log", not log, f"{len(log)} lines: {log[:3]}")
    report.check("one thread", twin.value(lines, "@@THREADS ") == "1")
    if not built_in:
        report.check("none is left", twin.value(lines, "@@LEFT ") == "0")


def main():
    """By the command line."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else DAYS
    names = sys.argv[2:] or list(KINDS)
    sys.argv[1:] = []
    print(f"#   {days} days, an interval of {INTERVAL_S} s, {DRIFT_PPM:+} ppm", flush=True)
    check.run("soak", {name: lambda report, name=name: soak(report, name, days)
                       for name in names})


if __name__ == "__main__":
    main()
