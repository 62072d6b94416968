# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: util-linux's hwclock on every chip: what it prints, and how it ends.

2.38 for the time. What it says of flags and parameters is new, or wrong, in it: 2.42 for
those.
"""

import re

import parts
import twin

VOID = 0x01
# hwclock waits for the update interrupt if there is one, which takes many transfers. What
# it shows is the time at its start
LATE_NS = 30_000_000
BSM_LAST = 4
PARAM = re.compile(r"The RTC parameter 0x[0-9a-f]+ is set to 0x([0-9a-f]+)\.")
SHOWN = re.compile(r"^\d{4}-\d\d-\d\d (\d\d):(\d\d):(\d\d)\.(\d{6})\+00:00$")
FLAG = re.compile(r"^0x([0-9a-f]+) - ")

FUNCTIONS = f"""
mkdir -p /etc
old() {{{{
	echo "@@RUN $1"
	hwclock.util-linux "$2" --utc --rtc /dev/$(rtc) 2>&1
	echo "@@STATUS $?"
}}}}
new() {{{{ echo "@@RUN $1"; hwclock-new "$2" --rtc /dev/$(rtc) 2>&1; echo "@@STATUS $?"; }}}}
begin() {{{{
	echo "@@PART $1"
	insert $1 alarm_irq=1
	sleep 0.3
	echo "@@TRUE $(sample cntvct)"
	old show --show
	date -s @1 >/dev/null
	old hctosys --hctosys
	{{sample}}
	echo 1 >{parts.SIM}/osf
	sleep 1.5
	new void --vl-read
	new void-clear --vl-clear
	new void-stays --vl-read
	old void-show --show
	old void-systohc --systohc
	sleep 2
	new valid --vl-read
	old valid-show --show
}}}}
"""


def _commands(part):
    yield f"begin {part.name}"
    for flag, _ in part.notices:
        yield f"echo {flag} >{parts.SIM}/flag"
        yield f"new {flag} --vl-read"
        yield f"new {flag}-clear --vl-clear"
        yield f"new {flag}-cleared --vl-read"
        yield f"echo -{flag} >{parts.SIM}/flag"
    for name in ("features", "correction", "bsm"):
        yield f"new {name} --param-get={name}"
    for mode in range(BSM_LAST + 1):
        yield f"new bsm-set-{mode} --param-set=bsm={mode}"
        yield f"new bsm-get-{mode} --param-get=bsm"
    yield "new correction-set --param-set=correction=0"
    yield "remove"


def _script(run, names):
    commands = (line for name in names for line in _commands(parts.PARTS[name]))
    return (parts.load("off") + FUNCTIONS.format(sample=run.sample(1, 1)) +
            "\n".join(commands) + "\n")


class Said:
    """What one chip's commands printed."""

    def __init__(self, lines):
        self.runs = parts.sections(lines, "@@RUN ")

    def status(self, name):
        """How it ended."""
        return twin.value(self.runs.get(name, []), "@@STATUS ")

    def has(self, name, text):
        """It succeeded, and said so."""
        return self.status(name) == "0" and any(text in line for line in self.runs[name])

    def flags(self, name):
        """The flags it printed, or None if it failed."""
        found = [int(match.group(1), 16)
                 for match in map(FLAG.search, self.runs.get(name, [])) if match]
        return sum(found) if self.status(name) == "0" else None

    def param(self, name):
        """The parameter it printed, or None if it failed."""
        found = [int(match.group(1), 16)
                 for match in map(PARAM.search, self.runs.get(name, [])) if match]
        return found[0] if found and self.status(name) == "0" else None


def _shown_ns(run, lines):
    """By how much what --show said is ahead of the truth right before it."""
    shown = next(filter(None, map(SHOWN.search, lines)), None)
    ticks = twin.value(lines, "@@TRUE ")
    if not shown or not ticks:
        return None
    hours, minutes, seconds, micros = map(int, shown.groups())
    shown_ns = ((hours * 60 + minutes) * 60 + seconds) * parts.NSEC + micros * 1000
    true_ns = run.base_epoch % 86400 * parts.NSEC + int(ticks) * parts.NSEC // run.board.counter_hz
    return shown_ns - true_ns


def _check_time(report, name, said, what, error_ns):
    report.check(f"part {name}: hwclock --{what} is right to 30 ms",
                 said.status(what) == "0" and error_ns is not None and abs(error_ns) < LATE_NS,
                 f"{error_ns / 1e6:+.3f} ms" if error_ns is not None else "nothing")


def _void(report, name, said):
    found = [said.flags(run) for run in ("void", "void-stays", "valid")]
    ends = [said.status(run) for run in ("void-clear", "void-show", "void-systohc", "valid-show")]
    report.check(f"part {name}: the oscillator stood still: --vl-read says so, --vl-clear does not "
                 "hide it, --show fails, --systohc cures it",
                 found == [VOID, VOID, 0] and ends == ["0", "1", "0", "0"],
                 f"flags {found}, ends {' '.join(ends)}")


def _notices(report, part, said):
    for flag, mask in part.notices:
        stays = mask if flag in part.stays else 0
        found = [said.flags(run) for run in (flag, f"{flag}-cleared")]
        report.check(f"part {part.name}: {flag}: --vl-read says so, --vl-clear "
                     f"{'cannot clear' if stays else 'clears'} it",
                     found == [mask, stays] and said.status(f"{flag}-clear") == "0", str(found))


def _features(part):
    return ((0x01 if part.alarm else 0) | (0x02 if part.alarm == "minute" else 0) |
            (0x10 if part.alarm == "second" else 0) | (0x20 if part.faster_ppb else 0) |
            (0x40 if part.bsm else 0))


def _params(report, part, said):
    found = said.param("features")
    report.check(f"part {part.name}: --param-get=features", found == _features(part),
                 f"{found:#x}" if found is not None else "fails")
    found = said.param("correction"), said.status("correction-set")
    report.check(f"part {part.name}: --param-get=correction, --param-set=correction "
                 f"{'succeed' if part.faster_ppb else 'fail'}",
                 found == ((0, "0") if part.faster_ppb else (None, "1")), str(found))
    modes = [mode for mode in range(BSM_LAST + 1) if said.status(f"bsm-set-{mode}") == "0" and
             said.param(f"bsm-get-{mode}") == mode]
    refused = [mode for mode in range(BSM_LAST + 1) if said.status(f"bsm-set-{mode}") == "1"]
    report.check(f"part {part.name}: --param-set=bsm: " +
                 (", ".join(map(str, part.bsm)) + ", no others" if part.bsm else "fails"),
                 tuple(modes) == part.bsm and len(modes) + len(refused) == BSM_LAST + 1 and
                 (said.param("bsm") is not None) == bool(part.bsm), f"{modes}")


def hwclock(report, names):
    """Each command that hwclock has for an RTC."""
    run, lines = twin.run("parts-hwclock", lambda run: _script(run, names), hwclock=True,
                          peers=True, **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part = found.get(name, [])
        said = Said(part)
        system = twin.parse(part)
        _check_time(report, name, said, "show", _shown_ns(run, part))
        _check_time(report, name, said, "hctosys", system[0]["err_ns"] if system else None)
        _void(report, name, said)
        _notices(report, parts.PARTS[name], said)
        _params(report, parts.PARTS[name], said)


SCENARIOS = {
    "hwclock on all chips": lambda report: hwclock(report, tuple(parts.PARTS)),
}
