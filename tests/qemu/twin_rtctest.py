# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: the kernel's own test of RTCs on every chip that has an alarm.

It is compiled from the kernel's sources when it is needed: the newest ones, which know of
alarms that go by the minute, and for one chip also those of the kernel that runs. A test
that says to be skipped, or that passes because it found nothing to do, is none that passed.
"""

import re

import parts
import tree
import twin

MINUTE = ("date_read", "date_read_loop", "alarm_alm_set_minute", "alarm_wkalm_set_minute")
SECOND = (*MINUTE, "uie_read", "uie_select", "alarm_alm_set", "alarm_wkalm_set")
# These pass with no more than a word if there are no such interrupts
SILENT = ("uie_read", "uie_select")
OLD_TOO = "ds3231"
RESULT = re.compile(r"^(ok|not ok) +\d+ rtc\.(\w+)(.*)$")
RUN = re.compile(r"^# +RUN +rtc\.(\w+)")

SCRIPT = """
check() {
	echo "@@PART $1 $2"
	insert $1 alarm_irq=1
	sleep 1
	$2 /dev/$(rtc) 2>&1
	echo "@@STATUS $?"
	remove
}
"""


def _old():
    return tree.tool("fetch/kernel-source") / "tools/testing/selftests/rtc/rtctest.c"


def _new():
    return tree.tool("fetch/rtctest") / "rtc/rtctest.c"


def _compiled(name, source):
    """The program; the newer one includes a file of the folder above its own."""
    target = tree.BUILD / "guest" / "rtctest" / name
    with tree.BUILDING:
        if tree.is_older(target, source):
            # Not ours to mend
            tree.compile_program(source, target, "-w", "-I", source.parents[1])
    return target


def _results(lines):
    """What each test ended with: pass, SKIP, fail, or nothing to do."""
    found = {}
    running = idle = None
    for line in lines:
        if RUN.match(line):
            running = RUN.match(line).group(1)
        elif "skip" in line and "not supported" in line:
            idle = running
        elif RESULT.match(line):
            held, name, rest = RESULT.match(line).groups()
            found[name] = ("fail" if held != "ok" else "SKIP" if "SKIP" in rest else
                           "nothing to do" if idle == name else "pass")
    return found


def _judge(report, part, program, lines):
    found = _results(lines)
    wanted = SECOND if part.alarm == "second" else MINUTE
    passed = [name for name in wanted if found.get(name) == "pass"]
    other = {name: said for name, said in found.items() if name not in passed}
    allowed = {name: "nothing to do" if name in SILENT else "SKIP"
               for name in SECOND if name not in wanted}
    report.check(f"part {part.name}: {program}: {', '.join(wanted)}",
                 len(passed) == len(wanted) and other == allowed and
                 twin.value(lines, "@@STATUS ") == "0",
                 f"{len(passed)} of {len(wanted)} passed" +
                 "".join(f", {name}: {said}" for name, said in other.items()))


def rtctest(report, names):
    """With the interrupt of the alarm."""
    programs = {"rtctest": _compiled("new", _new()), "rtctest-6.1": _compiled("old", _old())}
    checks = [(name, program) for name in names for program in programs
              if program == "rtctest" or name == OLD_TOO]
    script = parts.load("off") + SCRIPT + "".join(f"check {name} {program}\n"
                                                  for name, program in checks)
    _, lines = twin.run(f"rtctest-{names[0]}", script, limit_s=300,
                        files={f"bin/{name}": path for name, path in programs.items()},
                        **parts.carry())
    found = parts.sections(lines)
    for name, program in checks:
        _judge(report, parts.PARTS[name], program, found.get(f"{name} {program}", []))


ALARMS = tuple(name for name, part in parts.PARTS.items() if part.alarm)
SCENARIOS = {
    "rtctest on all chips": lambda report: rtctest(report, ALARMS),
}
