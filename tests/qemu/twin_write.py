# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: who sets a chip, by hwclock or by the kernel, sets its second right, too."""

import re

import parts
import twin

MOST_NS = 1_000_000
# Of a second, so that the chip's second has to begin elsewhere afterwards
SHIFT_NS = 370_000_000

# The kernel writes every 11 minutes, and need not begin when it is told to
PERIOD_S = 11 * 60 + 10

# hwclock may write another second than that which begins: what it says counts
SETS = re.compile(r"Set RTC to (\d+) ")
CALLS = re.compile(r"^(\d+)\.\d+ is close enough to ")

WRITE = f"""
mkdir -p /etc
write() {{{{
	echo "@@PART $1"
	insert $1
	sleep 1
	adjust shift {SHIFT_NS}
	before=$(cat {parts.SIM}/second)
	{{sample}}
	adjust synced
	sleep {PERIOD_S}
	adjust unsynced
	echo "@@KERNEL $before $(cat {parts.SIM}/second)"
	adjust shift {SHIFT_NS}
	before=$(cat {parts.SIM}/second)
	{{sample}}
	hwclock.util-linux --systohc --utc --verbose >/tmp/said 2>&1
	echo "@@STATUS $?"
	sleep 3
	echo "@@HWCLOCK $before $(cat {parts.SIM}/second)"
	cat /tmp/said
	remove
}}}}
"""


def _script(run, names):
    return (parts.load("off") + WRITE.format(sample=run.sample(1, 1)) +
            "".join(f"write {name}\n" for name in names))


def _said_late_s(lines):
    """By how many seconds what hwclock wrote differs from the second that began."""
    sets = [int(match.group(1)) for match in map(SETS.search, lines) if match]
    calls = [int(match.group(1)) for match in map(CALLS.search, lines) if match]
    return sets[-1] - calls[-1] if sets and calls else None


def _judge(report, run, name, lines, who, system_ns, late_s):
    """One write: the chip's second began with that of the system clock, and anew."""
    words = twin.value(lines, f"@@{who.upper()} ").split()
    error_ns = None
    if len(words) == 4 and late_s is not None:
        before = parts.rtc_error_ns(run, " ".join(words[:2]))
        chip_ns = parts.rtc_error_ns(run, " ".join(words[2:]))
        error_ns = chip_ns - system_ns - late_s * parts.NSEC
        moved_ns = (chip_ns - before) % parts.NSEC
    report.check(f"part {name}: written by {who}, its edge is within 1 ms",
                 error_ns is not None and abs(error_ns) <= MOST_NS and
                 MOST_NS < moved_ns < parts.NSEC - MOST_NS,
                 f"{error_ns / 1e3:+.1f} us" if error_ns is not None else f"found {words}")
    if late_s:
        report.note(f"part {name}: {who} itself wrote {late_s:+} s")


def written(report, names):
    """The chip against the system clock, and both against the truth."""
    run, lines = twin.run("write", lambda run: _script(run, names), hwclock=True, limit_s=300,
                          **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part = found.get(name, [])
        system = [sample["err_ns"] for sample in twin.parse(part)] or [0, 0]
        _judge(report, run, name, part, "kernel", system[0], 0)
        _judge(report, run, name, part, "hwclock", system[-1], _said_late_s(part))
        report.check(f"part {name}: hwclock --systohc succeeds",
                     twin.value(part, "@@STATUS ") == "0")


SCENARIOS = {
    "chips set": lambda report: written(report, tuple(parts.PARTS)),
}
