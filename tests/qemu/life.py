# SPDX-License-Identifier: GPL-2.0-only
"""The life cycle: what the scenarios have in common."""

import re

import boards
import parts
import twin

# With KASAN, lockdep, kmemleak, failslab: where nothing may go wrong. The other one is
# faster, for what has to be done a thousand times
DEBUG = "debug"
FAST = "6.1"

DRIVER = "/sys/bus/i2c/drivers/rtc-sync-i2c"
MAINLINE = "/sys/bus/i2c/drivers/rtc-ds1307"
SIM = parts.SIM
SYNC = "/sys/class/rtc/rtc0/sync"
TRACING = "/sys/kernel/tracing"

# As long as an I2C adapter waits for a transfer, unless its driver says otherwise, and
# what may be added to it
TIMEOUT_US = 1_000_000
SLACK_US = 10_000

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


def simulated(kernel):
    """Options of a run with a simulated chip."""
    return dict(overlays=(), rtcs=(), carry=twin.modules(*parts.MODULES, kernel=kernel))


def on_board(kernel, properties=""):
    """Options of a run with mainline's driver on the board's own I2C controller."""
    overlay = boards.rtc_overlay(boards.TWIN, "dallas,ds1338", properties=properties)
    return dict(overlays=(overlay,), carry=twin.modules(*parts.MODULES, kernel=kernel))


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
