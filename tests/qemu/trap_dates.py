# SPDX-License-Identifier: GPL-2.0-only
"""Traps: the ends of days, months, years and ranges, in the chips and on a 32-bit kernel."""

import dataclasses

import traps
from traps import MS

STILL_MS = 4        # the oscillator of 20 ppm, in 75 s and a dead band of 10 ms
BEFORE_S = 45       # the edge is known well by then
AFTER_S = 75        # the date is read once a minute


@dataclasses.dataclass(frozen=True)
class Crossing:
    """A chip begins a day."""

    chip: str
    last: str           # the second after this one
    state: tuple = ("locked", "none")

    @property
    def key(self):
        """For the script."""
        return f"{self.chip}-{self.last}"


TWO_DIGITS = ("ds1307", "pcf8563", "pcf8523", "rv3028", "ab1805", "mcp7940x")
CENTURY = ("ds3231", "m41t62")

CROSSINGS = tuple(
    Crossing(chip, last) for chip in TWO_DIGITS + CENTURY for last in
    ("2027-02-28T23:59:59", "2028-02-28T23:59:59", "2028-02-29T23:59:59", "2027-12-31T23:59:59")
) + (
    # Two to the power of 31 seconds
    Crossing("ds3231", "2038-01-19T03:14:07"),
    Crossing("ds1307", "2038-01-19T03:14:07"),
) + tuple(
    # The chip begins the year 00, or 29 February
    # The MCP7940x refuses the year 00 by itself
    Crossing(chip, "2099-12-31T23:59:59", ("invalid", "chip" if chip == "mcp7940x" else "date"))
    for chip in TWO_DIGITS
) + tuple(
    Crossing(chip, "2099-12-31T23:59:59") for chip in CENTURY
) + tuple(
    Crossing(chip, "2100-02-28T23:59:59", ("invalid", "chip")) for chip in CENTURY
)

CASE = """
start=$(({last_s} + 1 - {before_s} - $(now_s))) base=$start
adjust set $((base + $(now_s)))
insert {chip} start_s=$start
sleep {lead_s}
tell before-{key}
hush
sleep {after_s}
tell after-{key}
say {key}
echo "@@EPOCH {key} $(cat /sys/class/rtc/rtc0/since_epoch $sync/last_sync | cut -d. -f1 | xargs)"
remove
"""


def _judge(report, name, case, told, lines):
    before, after = told[f"before-{case.key}"], told[f"after-{case.key}"]
    by_ms = traps.moved_ms(before, after)
    report.check(f"{name}: locked before", before.state == ("locked", "none") and
                 abs(before.err_ns) < 10 * MS,
                 f"{' '.join(before.state)}, {before.err_ns / MS:.3f} ms")
    said = traps.said(lines, case.key)
    if case.state[0] == "locked":
        report.check(f"{name}: goes on, locked, without a word in the log",
                     after.state == case.state and not said and abs(by_ms) < STILL_MS and
                     before.steps == after.steps and
                     abs(after.err_ns) <= after.sample["error_ns"],
                     f"{' '.join(after.state)}; {by_ms:.3f} ms; {'; '.join(said)}")
        epoch = next(line.split()[2:] for line in lines if line.startswith(f"@@EPOCH {case.key} "))
        end_s = traps.epoch(case.last) + 1 + AFTER_S
        report.check(f"{name}: since_epoch and last_sync are right",
                     all(text.isdigit() and abs(int(text) - end_s) < 15 for text in epoch),
                     " ".join(epoch))
        return
    report.check(f"{name}: {' '.join(case.state)}, and the clock goes on by itself",
                 after.state == case.state and abs(by_ms) < STILL_MS and
                 before.steps == after.steps,
                 f"{' '.join(after.state)}; {by_ms:.3f} ms in {AFTER_S} s")
    report.check(f"{name}: one line in the log says so",
                 sum("invalid" in line for line in said) == 1 and len(said) <= 2, "; ".join(said))


def dates(report, chosen):
    """Some of the crossings, on one board."""
    _, lines = traps.run(f"dates-{chosen[0].key[:10]}", "".join(
        CASE.format(key=case.key, chip=case.chip, last_s=traps.epoch(case.last),
                    before_s=BEFORE_S, lead_s=BEFORE_S - 5, after_s=AFTER_S + 5)
        for case in chosen))
    told = traps.story(lines)
    for case in chosen:
        _judge(report, f"{case.chip}, after {case.last}", case, told, lines)


SCENARIOS = {
    "leap days and the ends of years": lambda report: dates(
        report, [case for case in CROSSINGS if case.last < "2038"]),
    "2038, 2099 and 2100": lambda report: dates(
        report, [case for case in CROSSINGS if case.last > "2038"]),
}
