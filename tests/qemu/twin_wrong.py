# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: another chip at the address, none, or one that talks nonsense."""

import re

import parts
import twin

# A probe says what it read, or that nobody answers
NO_PART = re.compile(r"rtc-sync-i2c \S+: no (\S+): register 0x[0-9a-f]{2} reads 0x[0-9a-f]{2}, "
                     r"bits 0x[0-9a-f]{2} should be 0x[0-9a-f]{2}$")
SILENT = re.compile(r"rtc-sync-i2c \S+: \S+ does not answer yet")

# Which one is at the address of each, and has none of the bits that are always the same.
# Where no other chip has that address it is one of another
IMPOSTORS = {
    "ds1307": "pcf8523", "ds1337": "pcf8523", "ds1338": "pcf8523", "ds1339": "pcf8523",
    "ds1340": "pcf8523", "ds3231": "pcf8523", "ds3232": "pcf8523",
    "pcf8523": "ds3231", "m41t62": "ds3231",
    "pcf8563": "mcp7940x", "pcf85063a": "pcf8563",
    "mcp7940x": "pcf8523", "rv3028": "pcf8523", "rv8803": "ds3232", "ab1805": "ds3231",
}

# Those that have no such bits are registered; what they show is no time
UNKNOWN = {"bq32000": "pcf8523"}

WRONG = """
wrong() {
	echo "@@PART $2"
	dmesg -c >/dev/null
	insert $1 client=$2-sync
	echo "@@RTC $(rtc) $(cat /sys/class/rtc/*/since_epoch 2>&1 | grep -o Invalid)"
	dmesg | grep -E 'rtc-sync-i2c|rtc rtc'
	remove
}
"""

LATER = f"""
later() {{
	echo "@@PART $1"
	dmesg -c >/dev/null
	insert $1 gone=1
	sleep 20
	echo "@@GONE $(rtc) $(cat {parts.SYNC}/state)"
	hwclock -r -u >/dev/null 2>&1
	echo "@@HWCLOCK $?"
	echo 0 >{parts.SIM}/gone
	sleep 100
	echo "@@BACK $(cat {parts.SYNC}/state)"
	dmesg | grep -E 'rtc-sync-i2c|rtc rtc' | sed 's/^/@@LOG /'
	remove
}}
"""

FAULT_S = 40
GARBAGE = f"""
spoil() {{{{
	echo "@@PART $1"
	insert $1 seed=$2
	sleep 60
	echo 1 >{parts.SIM}/garbage
	{{sample}}
	steps=$(cat {parts.SYNC}/stats/steps)
	echo 0 >{parts.SIM}/garbage
	{{sample}}
	echo "@@END-STATE $(cat {parts.SYNC}/state) $steps $(cat {parts.SYNC}/stats/steps)"
	remove
}}}}
"""
MOVED_NS = 1_000_000


def wrong(report, impostors, unknown):
    """Another chip where it should be."""
    _, lines = twin.run("parts-wrong", parts.load("off") + "dmesg -n 1\n" + WRONG + "".join(
        f"wrong {chip} {client}\n" for client, chip in (impostors | unknown).items()),
        **parts.carry())
    found = parts.sections(lines)
    for client, chip in unknown.items():
        said = twin.value(found.get(client, []), "@@RTC ")
        report.check(f"part {client}: a {chip} in its place shows no time", said == "rtc0 Invalid",
                     said)
    for client, chip in impostors.items():
        part = found.get(client, [])
        said = [line for line in part if " rtc" in line]
        named = [match.group(1).replace("-", "").lower()
                 for match in map(NO_PART.search, said) if match]
        report.check(f"part {client}: a {chip} in its place is refused, with one line that says "
                     "what was read", len(said) == len(named) == 1 and named[0] in client and
                     twin.value(part, "@@RTC ") == "", " ".join(said) or "not a word")


def later(report, names):
    """Nobody answers at first."""
    _, lines = twin.run("parts-later", parts.load() + LATER + "".join(
        f"later {name}\n" for name in names), **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part = found.get(name, [])
        log = [line for line in part if line.startswith("@@LOG ")]
        said = (twin.value(part, "@@GONE "), twin.value(part, "@@HWCLOCK "),
                twin.value(part, "@@BACK "))
        report.check(f"part {name}: registered though it does not answer, and kept once it does",
                     said == ("rtc0 fault", "1", "locked"), " ".join(said))
        report.check(f"part {name}: says once that it waits",
                     sum(bool(SILENT.search(line)) for line in log) == 1,
                     f"{len(log)} lines in all")


def garbage(report, names):
    """Random registers never move the clock."""
    _, lines = twin.run("parts-garbage", lambda run: parts.load() + GARBAGE.format(
        sample=run.sample(1000, FAULT_S)) + "".join(
            f"spoil {name} {number}\n" for number, name in enumerate(names)), **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part = found.get(name, [])
        errors = [sample["err_ns"] for sample in twin.parse(part)] or [0, 10**12]
        end = twin.value(part, "@@END-STATE ").split()
        report.check(f"part {name}: random registers for {FAULT_S} s do not move the clock",
                     max(errors) - min(errors) < MOVED_NS and len(errors) == 2 * FAULT_S,
                     f"moved by {(max(errors) - min(errors)) / 1e3:.1f} us")
        report.check(f"part {name}: and it is kept again afterwards",
                     len(end) == 3 and end[0] == "locked" and end[1] == end[2], " ".join(end))


NAMES = tuple(parts.PARTS)
SCENARIOS = {
    "the wrong chip": lambda report: wrong(report, IMPOSTORS, UNKNOWN),
    "a chip that answers later": lambda report: later(report, NAMES),
    "chips with random registers": lambda report: garbage(report, NAMES),
}
