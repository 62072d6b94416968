# SPDX-License-Identifier: GPL-2.0-only
"""The life cycle: what the scenarios have in common."""

import os
import re
import subprocess
import sys
import threading

import boards
import parts
import tree
import twin

# With KASAN, lockdep, kmemleak, failslab: where nothing may go wrong. The other one is
# faster, for what has to be done a thousand times
DEBUG = "debug"
FAST = "6.1"

# LIFE=all: every way in which an RTC comes and goes a thousand times, and more on DEBUG
ALL = os.environ.get("LIFE") == "all"
if os.environ.get("LIFE", "all") != "all":
    sys.exit("LIFE is all, or not set")

DRIVER = "/sys/bus/i2c/drivers/rtc-sync-i2c"
MAINLINE = "/sys/bus/i2c/drivers/rtc-ds1307"
SIM = parts.SIM
SYNC = "/sys/class/rtc/rtc0/sync"
TRACING = "/sys/kernel/tracing"

STRIP = "arm-linux-gnueabihf-strip"
STRIPPING = threading.Lock()

# As long as an I2C adapter waits for a transfer, unless its driver says otherwise, and
# what may be added to it
TIMEOUT_US = 1_000_000
SLACK_US = 10_000
# A poll sees a transfer under way, which may be over when the stop comes
AMID_PERCENT = 80

# Slab and stacks may differ by what the kernel's own caches hold, kB
NOISE_KB = 512

PRELUDE = f"""
# The device on the simulated bus
sim_device() {{ cd /sys/bus/i2c/devices; for bus in i2c-*; do
	case $(cat $bus/name) in rtc_sync_simbus) echo ${{bus#i2c-}}-0068; esac; done; cd /; }}
memory() {{ echo "@@MEMORY $1 $(awk '/^(SUnreclaim|KernelStack)/ {{ n += $2 }}; END {{ print n }}' \
/proc/meminfo)"; }}
threads() {{ echo "@@THREADS $(ps | grep -c '[r]tc-sync/')"; }}
trace_stops() {{
	echo kthread_stop >{TRACING}/set_ftrace_filter
	echo function_graph >{TRACING}/current_tracer
}}
# How long each took since the last time, in us
stops() {{
	echo "@@STOPS $1: $(sed -n 's/.* \\([0-9.]* us\\).*/\\1/p' {TRACING}/trace | tr -d 'us\\n')"
	echo >{TRACING}/trace
}}
"""


def run(name, script, kernel, **options):
    """Boot the twin with a script that has the prelude; return its lines."""
    options.setdefault("limit_s", 1500)
    _, lines = twin.run(f"life-{name}", PRELUDE + script, kernel=kernel, **options)
    return lines


def modules(kernel):
    """Our modules without what a debugger reads, as packages have them.

    Twenty times smaller, so that a thousand loads are not spent on reading files."""
    stripped = []
    with STRIPPING:
        for path in twin.modules(*parts.MODULES, kernel=kernel):
            target = tree.BUILD / "modules" / kernel / "stripped" / path.name
            target.parent.mkdir(exist_ok=True)
            partial = target.with_suffix(".new")
            subprocess.run([STRIP, "--strip-debug", "-o", partial, path], check=True)
            partial.rename(target)
            stripped.append(target)
    return tuple(stripped)


def simulated(kernel):
    """Options of a run with a simulated chip."""
    return dict(overlays=(), rtcs=(), carry=modules(kernel))


def on_board(kernel, properties=""):
    """Options of a run with mainline's driver on the board's own I2C controller."""
    overlay = boards.rtc_overlay(boards.TWIN, "dallas,ds1338", properties=properties)
    return dict(overlays=(overlay,), carry=modules(kernel))


def share_of(number, share):
    """A share of so many rounds, at least one."""
    return max(1, number // share)


def stops(lines):
    """Microseconds of each kthread_stop(), by what was going on."""
    found = {}
    for line in lines:
        match = re.match(r"@@STOPS ([^:]*): ?(.*)", line)
        if match:
            found.setdefault(match.group(1), []).extend(map(float, match.group(2).split()))
    return found


def histogram(values):
    """Counts by decade, for a line."""
    edges = [10, 100, 1000, 10_000, 100_000, 1_000_000, 2_000_000]
    counts = []
    below = 0
    for edge in edges:
        within = sum(value <= edge for value in values)
        if within > below:
            counts.append(f"<={edge} us: {within - below}")
        below = within
    if below < len(values):
        counts.append(f"more: {len(values) - below}")
    return ", ".join(counts)


def percentile(values, percent):
    """The value that so many percent do not exceed."""
    ranked = sorted(values) or [float("inf")]
    return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)]


def nothing_left(report, lines, kernel=DEBUG):
    """No thread; nobody's memory has grown. Leaks are what guest/init looks for."""
    threads = [line for line in lines if line.startswith("@@THREADS ")]
    report.check("no thread is left", bool(threads) and
                 all(line == "@@THREADS 0" for line in threads))
    kb = [int(line.split()[-1]) for line in lines if line.startswith("@@MEMORY ")]
    # KASAN keeps what was freed, to see it used
    if kernel != DEBUG and len(kb) > 1:
        report.check("memory that can't be reclaimed does not grow", kb[-1] - kb[0] <= NOISE_KB,
                     f"{kb[0]} kB at first, {kb[-1]} kB at last")


def count(lines, name):
    """The number after a marker; -1 if there is none."""
    text = twin.value(lines, f"@@{name} ")
    return int(text.split()[0]) if text else -1
