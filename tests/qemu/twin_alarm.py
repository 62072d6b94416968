# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: the alarm of every chip that has one: in time, once, and nothing polls."""

import re

import parts
import twin

# The interrupt, its thread, and the RTC core reads the time before it tells
LATE_NS = 20_000_000
DELAY_S = 5
# A chip that goes by the minute, and is not forbidden, would raise it a minute later
AFTER_S = 70
IRQ = re.compile(r"^@@IRQ true_ns=(\d+) flags=(\w+) count=(\d+)")

# When $kind of alarm may be, and for how long nothing can happen until then
ALARM = f"""
when() {{{{
	read -r now </sys/class/rtc/$rtc/since_epoch
	[ $1 = minute ] && echo $(((now / 60 + 2) * 60)) || echo $((now + {DELAY_S}))
}}}}
bus=/sys/bus/i2c/drivers/rtc-sync-i2c
pulses() {{{{ cat {parts.SIM}/alarm_pulses; }}}}
quietly() {{{{
	sleep 1
	quiet=$(transfers)
	sleep $1
	quiet=$(($(transfers) - quiet))
}}}}
ring() {{{{
	echo "@@PART $1"
	insert $1 alarm_irq=1
	rtc=$(rtc)
	sleep 1
	rung=$(pulses)
	[ $2 = minute ] && delay=minute || delay={DELAY_S}
	alarm /dev/$rtc $delay {AFTER_S} {{base}} {{hz}} &
	quietly $3
	wait $!
	echo "@@RUNG quiet=$quiet pulses=$(($(pulses) - rung))"
	rung=$(pulses) at=$(when $2)
	echo $at >/sys/class/rtc/$rtc/wakealarm
	set=$(cat /sys/class/rtc/$rtc/wakealarm)
	quietly $3
	sleep $4
	echo "@@WAKE quiet=$quiet pulses=$(($(pulses) - rung)) set=$((set - at))" \\
		"left=$(cat /sys/class/rtc/$rtc/wakealarm)"
	rung=$(pulses) at=$(when $2)
	echo $at >/sys/class/rtc/$rtc/wakealarm
	device=$(cd $bus && echo *-00*)
	echo $device >$bus/unbind
	echo $device >$bus/bind
	rtc=$(rtc)
	set=$(cat /sys/class/rtc/$rtc/wakealarm)
	quietly $3
	sleep $4
	echo "@@BOUND quiet=$quiet pulses=$(($(pulses) - rung)) set=$((set - at))" \\
		"left=$(cat /sys/class/rtc/$rtc/wakealarm)"
	rung=$(pulses)
	when $2 >/sys/class/rtc/$rtc/wakealarm
	echo 0 >/sys/class/rtc/$rtc/wakealarm
	sleep $3
	sleep $4
	echo "@@BACK pulses=$(($(pulses) - rung))"
	remove
}}}}
"""


def _script(run, names):
    rings = []
    for name in names:
        quiet_s, rest_s = (3, 3) if parts.PARTS[name].alarm == "second" else (55, 65)
        rings.append(f"ring {name} {parts.PARTS[name].alarm} {quiet_s} {rest_s}\n")
    return (parts.load("off") + ALARM.format(base=run.base_epoch, hz=run.board.counter_hz) +
            "".join(rings))


def _rung(report, name, lines):
    said = re.search(r"for_s=(\d+) read_s=(-?\d+)", twin.value(lines, "@@ALARM "))
    found = [match.groups() for match in map(IRQ.search, lines) if match]
    for_s, read_s = map(int, said.groups()) if said else (0, 0)
    late_ns = [int(true_ns) - for_s * parts.NSEC for true_ns, _, _ in found]
    report.check(f"part {name}: the alarm comes when it is due, once, and is told once",
                 len(found) == 1 and 0 <= late_ns[0] < LATE_NS and
                 found[0][1:] == ("a0", "1") and for_s == read_s,
                 ", ".join(f"{late / 1e6:.2f} ms late" for late in late_ns) or "never")


def alarms(report, names):
    _, lines = twin.run("parts-alarm", lambda run: _script(run, names), **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part = found.get(name, [])
        _rung(report, name, part)
        for marker, what, wanted in (
                ("@@RUNG ", "nothing polls while it waits, one interrupt", "quiet=0 pulses=1"),
                ("@@WAKE ", "set by wakealarm, the same", "quiet=0 pulses=1 set=0 left="),
                ("@@BOUND ", "and if the driver is bound anew meanwhile",
                 "quiet=0 pulses=1 set=0 left="),
                ("@@BACK ", "taken back it does not come", "pulses=0")):
            said = twin.value(part, marker)
            report.check(f"part {name}: {what}", said == wanted.strip(), said)


ALARMS = tuple(name for name, part in parts.PARTS.items() if part.alarm)
SCENARIOS = {
    "alarms of all chips": lambda report: alarms(report, ALARMS),
}
