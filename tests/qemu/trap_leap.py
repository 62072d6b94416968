# SPDX-License-Identifier: GPL-2.0-only
"""Traps: a leap second, which the kernel inserts and no RTC knows of."""

import traps
import tree
from traps import MS, NSEC

DAY = "2026-12-31T23:59:59"
EARLY_S = 60        # the edge is known by then
WATCHED_S = 420     # what the RTC gains on NTP's clock is known by then
KERNEL_S = 700      # the kernel writes the RTC every 11 minutes
NEAR_MS = 10        # nobody steers the clock in standby here, and 5 ppm are 4 ms

# $1: how long before the end of the day
BEGIN = """
begin() {
	start=$((LAST + 1 - $1 - $(now_s))) base=$start
	adjust no-leap
	adjust unsynced
	adjust set $((base + $(now_s)))
	insert ds3231 start_s=$start
	sleep 40
}
sleep_to() { sleep $((LAST + 1 + $1 - base - $(now_s))); }
rtc() { echo "@@RTC-$1 $(cat $sim/second)"; }
""".replace("LAST", str(traps.epoch(DAY)))

ALONE = f"""
begin {EARLY_S}
adjust leap
tell alone-before
hush
sleep_to 20
tell alone
say alone
sleep_to 80
tell alone-later
rtc alone
setrtc /dev/rtc0
await alone-set 30 locked
sleep 5
tell alone-set
rtc alone-set
remove
"""

KEPT = f"""
begin {WATCHED_S}
adjust synced
echo yes >$sync/ntp
await kept 30 standby
adjust leap
sleep_to -5
tell kept-before
hush
sleep_to 20
tell kept
rtc kept
say kept
sleep_to {KERNEL_S}
tell kept-later
rtc kept-later
echo no >$sync/ntp
sleep 40
tell kept-no
remove
"""

LOST = f"""
begin {WATCHED_S}
adjust synced
echo yes >$sync/ntp
adjust leap
sleep_to -5
tell lost-before
sleep_to 1
echo no >$sync/ntp
sleep_to 30
tell lost
remove
"""


def _is_utc(told):
    """Whether the clock has had the second, and is right otherwise."""
    return abs(told.err_ns + NSEC) < NEAR_MS * MS


def _is_set(lines, before, after):
    """Whether the RTC is a second further back now, by the truth."""
    rtc = [tuple(map(int, next(line.split()[1:] for line in lines
                               if line.startswith(f"@@RTC-{word} ")))) for word in (before, after)]
    gained_ns = (rtc[1][0] - rtc[0][0]) * NSEC - (rtc[1][1] - rtc[0][1])
    return abs(gained_ns + NSEC) < NEAR_MS * MS


def leap(report, kernel):
    """Without NTP, with NTP, and NTP that is lost at that very moment."""
    _, lines = traps.run(f"leap-{kernel}", BEGIN + ALONE + KEPT + LOST, kernel=kernel,
                         drift_ppm=5)
    told = traps.story(lines)

    def moved(name):
        return f"{' '.join(told[name].state)}, {told[name].err_ns / MS + 1000:.3f} ms beside UTC"

    report.check("without NTP: the second is had twice, and the engine leaves it so",
                 _is_utc(told["alone"]) and _is_utc(told["alone-later"]) and
                 told["alone"].state == ("locked", "none") and
                 told["alone-later"].steps == told["alone-before"].steps, moved("alone-later"))
    said = traps.said(lines, "alone")
    report.check("without NTP: one line in the log", len(said) == 1 and "leap second" in said[0],
                 "; ".join(said))
    sample = told["alone-later"].sample
    report.check("without NTP: offset_ns is as before, and error_ns holds",
                 abs(sample["offset_ns"]) <= NEAR_MS * MS and
                 abs(told["alone-later"].err_ns + NSEC) <= sample["error_ns"],
                 f"{sample['offset_ns']} and {sample['error_ns']} ns")
    report.check("without NTP: the RTC is set by the clock: both are right",
                 _is_utc(told["alone-set"]) and told["alone-set"].state == ("locked", "none") and
                 _is_set(lines, "alone", "alone-set"), moved("alone-set"))
    report.check("NTP keeps the clock: standby, left alone",
                 told["kept"].state == ("standby", "none") and _is_utc(told["kept"]) and
                 told["kept-later"].steps == told["kept-before"].steps, moved("kept"))
    report.check("NTP keeps the clock: after the kernel has set the RTC, too, and in holdover",
                 _is_utc(told["kept-later"]) and _is_utc(told["kept-no"]) and
                 _is_set(lines, "kept", "kept-later") and
                 told["kept-no"].state[0] in ("holdover", "locked"), moved("kept-no"))
    report.check("NTP is lost a second after it: holdover goes on from there",
                 told["lost"].state == ("holdover", "none") and _is_utc(told["lost"]),
                 moved("lost"))


SCENARIOS = {
    "a leap second": lambda report: leap(report, "6.1"),
    "a leap second, built in": lambda report: leap(report, tree.OWN_KERNEL),
}
