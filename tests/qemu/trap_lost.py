# SPDX-License-Identifier: GPL-2.0-only
"""Traps: an RTC that has lost the time, or was set to another one; a clock that was set."""

import tree
import traps
from traps import INTERVAL_S, MS, NSEC

CURE_S = 20     # hwclock -w, an oscillator that has to start, and a lock
AWAIT_S = CURE_S + 10
# An interval, an edge that comes a second late, and what it takes
SET_RIGHT_S = INTERVAL_S + 3
STILL_MS = 1    # what the oscillator of 20 ppm does to the clock in half a minute

# Chip, how it was left, what doubt says, what hwclock answers
LOST = {
    "dead battery, DS3231 (OSF)": ("ds3231", "cold=1", "chip", "Invalid"),
    "dead battery, DS1307 (halted)": ("ds1307", "cold=1", "chip", "Invalid"),
    "dead battery, PCF8523 (OS)": ("pcf8523", "cold=1", "chip", "Invalid"),
    "2001-01-01, MCP7940x (no flag)": ("mcp7940x", "start_s=978307200", "date", "2001-01-01"),
    "2000-01-01, DS3231": ("ds3231", "start_s=946684800", "date", "2000-01-01"),
    # By a clock of 2026 and 32 bits; nor does hwclock like it
    "2041-01-01, DS3231": ("ds3231", "start_s=2240524800", "date", "invalid value"),
}

LOST_CASE = """
date -s @$(($base + $(now_s))) >/dev/null
hush
insert {chip} {left}
# The kernel's own hctosys takes any date
date -s @$(($base + $(now_s))) >/dev/null
sleep 30
tell before-{key}
sleep 30
tell lost-{key}
say {key}
echo "@@HWCLOCK {key} $(hwclock.util-linux --show --utc --rtc /dev/rtc0 2>&1 | tail -n1)"
hwclock.util-linux --systohc --utc --rtc /dev/rtc0
await {key} {await_s} locked
sleep 2
tell cured-{key}
remove
"""


def _key(name):
    return "".join(letter for letter in name if letter.isalnum())


def lost(report):
    """Each of LOST: the state tells, the clock stays, and hwclock -w cures it."""
    _, lines = traps.run("lost", "".join(
        LOST_CASE.format(key=_key(name), chip=case[0], left=case[1], await_s=AWAIT_S)
        for name, case in LOST.items()))
    told, times = traps.story(lines), traps.took(lines)
    for name, (_, _, doubt, answer) in LOST.items():
        key = _key(name)
        before, after, cured = (told[f"{when}-{key}"] for when in ("before", "lost", "cured"))
        report.check(f"{name}: state invalid, doubt {doubt}", after.state == ("invalid", doubt),
                     " ".join(after.state))
        report.check(f"{name}: the clock is not moved", after.steps == 0 and
                     abs(traps.moved_ms(before, after)) < STILL_MS,
                     f"by {traps.moved_ms(before, after):.3f} ms in 30 s, {after.steps} steps")
        said = traps.said(lines, key)
        report.check(f"{name}: three lines in the log at most, one of them says invalid",
                     len(said) <= 3 and sum("invalid" in line for line in said) == 1,
                     "; ".join(said))
        shown = next((line for line in lines if line.startswith(f"@@HWCLOCK {key} ")), "")
        report.check(f"{name}: hwclock --show says {answer}", answer in shown,
                     shown.split(" ", 2)[-1])
        report.check(f"{name}: hwclock -w cures it within {CURE_S} s",
                     times[key][0] <= CURE_S and cured.state == ("locked", "none") and
                     abs(cured.sample["offset_ns"]) < 2 * MS, f"{times[key][0]:.1f} s")


# $1: the name, $2: by how many seconds, from now on
BACK = """
insert ds3231
await start 30 locked
sleep 30
"""

RTC_SET = f"""
{BACK}
set_rtc() {{{{
	hwclock.util-linux --set --utc --rtc /dev/rtc0 \
		--date "$(date -u -d @$(($(date +%s) + $1)) '+%F %T')"
}}}}
tell start
hush
set_rtc -3600
sleep 30
tell back
say back
echo "@@HWCLOCK $(hwclock.util-linux --show --utc --rtc /dev/rtc0) $(date -u '+%F %T')"
setrtc /dev/rtc0
await cured {AWAIT_S} locked
sleep 5
tell cured
set_rtc -3600
sleep 30
tell again
echo 1 >$sync/trigger
await taken {AWAIT_S} locked
sleep 5
tell taken
set_rtc -90
await followed {AWAIT_S} locked
sleep 5
tell followed
"""


def rtc_set(report, kernel):
    """The RTC is set back by an hour, and by a minute and a half."""
    _, lines = traps.run(f"rtc-set-{kernel}", RTC_SET.format(), kernel=kernel)
    told, times = traps.story(lines), traps.took(lines)
    report.check("by an hour: state invalid, doubt step",
                 told["back"].state == ("invalid", "step"), " ".join(told["back"].state))
    by_ms = traps.moved_ms(told["start"], told["back"])
    report.check("by an hour: the clock is not moved", abs(by_ms) < STILL_MS and
                 told["back"].steps == told["start"].steps, f"by {by_ms:.3f} ms in 30 s")
    said = traps.said(lines, "back")
    report.check("by an hour: one line in the log says invalid, three in all at most",
                 sum("invalid" in line for line in said) == 1 and len(said) <= 3,
                 "; ".join(said))
    shown = next(line for line in lines if line.startswith("@@HWCLOCK ")).split()[1:]
    rtc_s, now_s = (traps.epoch(f"{shown[at]}T{shown[at + 1][:8]}") for at in (0, 2))
    report.check("by an hour: hwclock --show shows the RTC's", abs(now_s - rtc_s - 3600) <= 2,
                 " ".join(shown))
    by_ms = traps.moved_ms(told["start"], told["cured"])
    report.check(f"set by the clock, it is believed within {CURE_S} s, and the clock stays",
                 told["cured"].state == ("locked", "none") and times["cured"][0] <= CURE_S and
                 abs(by_ms) < 20, f"{times['cured'][0]:.1f} s; moved by {by_ms:.3f} ms")
    by_ms = traps.moved_ms(told["again"], told["taken"])
    report.check(f"trigger accepts it within {CURE_S} s",
                 told["taken"].state == ("locked", "none") and
                 told["again"].state == ("invalid", "step") and times["taken"][0] <= CURE_S and
                 abs(by_ms + 3600e3) < 2000, f"{times['taken'][0]:.1f} s; moved by {by_ms:.3f} ms")
    by_ms = traps.moved_ms(told["taken"], told["followed"])
    report.check("by 90 s, less than max_step_s: followed at once",
                 told["followed"].state == ("locked", "none") and abs(by_ms + 90e3) < 2000 and
                 times["followed"][0] <= CURE_S,
                 f"{times['followed'][0]:.1f} s; moved by {by_ms:.3f} ms")


CLOCK_SET = f"""
{BACK}
leap_by() {{{{ adjust shift $(($1 * 1000000000)); }}}}
turn() {{{{
	hush
	leap_by $2
	tell $1-set
	sleep {SET_RIGHT_S}
	tell $1
	say $1
}}}}
tell start
turn ahead 7
turn behind -7
turn hour 3600
setrtc /dev/rtc0
await cured {AWAIT_S} locked
sleep 5
tell cured
turn day -86400
echo 1 >$sync/trigger
await taken {AWAIT_S} locked
sleep 5
tell taken
date -s @$(($(date +%s) + 5)) >/dev/null
tell date-set
sleep {SET_RIGHT_S}
tell date
"""


def clock_set(report, kernel):
    """The clock is set while it is locked, as by `date -s`."""
    _, lines = traps.run(f"clock-set-{kernel}", CLOCK_SET.format(), kernel=kernel)
    told, times = traps.story(lines), traps.took(lines)
    for name, since, by_s in (("ahead", "start", 7), ("behind", "start", -7),
                              ("date", "taken", 5)):
        left_ms = traps.moved_ms(told[since], told[name])
        report.check(f"by {by_s:+d} s{' (date -s)' * (name == 'date')}: set right within an "
                     "interval, in one step", told[name].state == ("locked", "none") and
                     abs(left_ms) < 2 and told[name].steps == told[f"{name}-set"].steps + 1 and
                     abs(told[name].last_ns + by_s * NSEC) < NSEC,
                     f"{left_ms:.3f} ms beside it after {SET_RIGHT_S} s, last step "
                     f"{told[name].last_ns / MS:.3f} ms")
    for name, by_s in (("hour", 3600), ("day", -86400)):
        word = "an hour" if name == "hour" else "a day"
        report.check(f"by {word}, more than max_step_s: the clock is left where it was set, "
                     "invalid, doubt step", told[name].state == ("invalid", "step") and
                     told[name].steps == told[f"{name}-set"].steps and
                     abs(traps.moved_ms(told[f"{name}-set"], told[name])) < STILL_MS,
                     " ".join(told[name].state))
        said = traps.said(lines, name)
        report.check(f"by {word}: one line in the log", len(said) == 1, "; ".join(said))
    report.check("by an hour: setting the RTC takes the clock for right: locked within "
                 f"{CURE_S} s",
                 told["cured"].state == ("locked", "none") and times["cured"][0] <= CURE_S and
                 abs(traps.moved_ms(told["hour"], told["cured"])) < 20,
                 f"{times['cured'][0]:.1f} s; moved by "
                 f"{traps.moved_ms(told['hour'], told['cured']):.3f} ms")
    back_ms = traps.moved_ms(told["cured"], told["taken"])
    report.check(f"trigger takes the RTC for right: the clock is back within {CURE_S} s",
                 told["taken"].state == ("locked", "none") and times["taken"][0] <= CURE_S and
                 abs(back_ms) < 2, f"{times['taken'][0]:.1f} s; {back_ms:.3f} ms beside it")


LOCAL = """
start=$(({dst} - 90 - $(now_s))) base=$start
export TZ=CET-1CEST,M3.5.0,M10.5.0/3
insert ds3231 start_s=$start
await start 30 locked
sleep 40
tell before
echo "@@LOCAL-before $(date +%H:%M:%S)"
sleep 120
tell after
echo "@@LOCAL-after $(date +%H:%M:%S)"
hwclock.util-linux --systz --utc
export TZ=NZST-12NZDT,M9.5.0,M4.1.0/3
sleep 20
tell zone
hwclock -w -l -f /dev/rtc0
sleep 30
tell local
setrtc /dev/rtc0
await cured {AWAIT_S} locked
sleep 5
tell cured
"""


def local(report):
    """Summer time begins, the time zone changes; the RTC holds UTC."""
    _, lines = traps.run("local", LOCAL.format(
        dst=traps.epoch("2026-03-29T01:00:00"), AWAIT_S=AWAIT_S))
    told, times = traps.story(lines), traps.took(lines)
    hours = [next(line.split()[1] for line in lines if line.startswith(f"@@LOCAL-{when} "))
             for when in ("before", "after")]
    for name, what in (("after", "summer time begins"), ("zone", "hwclock --systz, another TZ")):
        by_ms = traps.moved_ms(told["before"], told[name])
        report.check(f"{what}: nothing is moved", told[name].state == ("locked", "none") and
                     told[name].steps == told["before"].steps and abs(by_ms) < 10,
                     f"by {by_ms:.3f} ms; local time {' '.join(hours)}")
    report.check("local time did change", hours[0][:2] == "01" and hours[1][:2] == "03")
    by_ms = traps.moved_ms(told["zone"], told["local"])
    report.check("hwclock -w -l: half a day beside UTC: invalid, doubt step, and "
                 "the clock is not moved", told["local"].state == ("invalid", "step") and
                 abs(by_ms) < STILL_MS, f"{' '.join(told['local'].state)}; by {by_ms:.3f} ms")
    report.check(f"set by the clock, in UTC, it is believed within {CURE_S} s",
                 told["cured"].state == ("locked", "none") and times["cured"][0] <= CURE_S and
                 abs(told["cured"].err_ns) < NSEC, f"{times['cured'][0]:.1f} s")


SCENARIOS = {
    "the RTC has lost the time": lost,
    "the RTC is set back": lambda report: rtc_set(report, "6.1"),
    "the RTC is set back, built in": lambda report: rtc_set(report, tree.OWN_KERNEL),
    "the clock is set": lambda report: clock_set(report, "6.1"),
    "the clock is set, built in": lambda report: clock_set(report, tree.OWN_KERNEL),
    "summer time": local,
}
