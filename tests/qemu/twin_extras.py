# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: what chips have besides the time: trim, memory, a thermometer, a clock output."""

import parts
import twin

# Of the truth between the two looks at the chip that give its rate, and until it acts
SPAN_S = 100
# What is read and the rate are rounded: to 1 ppb, and to three digits of a step
ROUND_PPB = 1
ROUND = 3e-4
TRIM = f"""
rate() {{{{
	# A temperature compensated chip takes it with its next conversion
	sleep 70
	from=$(cat {parts.SIM}/second)
	sleep {SPAN_S}
	echo "@@RATE $1 $from $(cat {parts.SIM}/second)"
}}}}
trim() {{{{
	echo "@@TRIM $1 $(echo $1 2>&1 >{parts.RTC}/offset && cat {parts.RTC}/offset)"
	[ $2 = refused ] || rate $1
}}}}
"""


def _wanted(part):
    """Offsets to ask for, ppb: positive makes a day longer."""
    slower, faster = part.most[0] * part.slower_ppb, part.most[1] * part.faster_ppb
    return (round(slower), -round(faster), round(slower * 0.31), -round(faster * 0.37),
            round(part.slower_ppb), 0)


def _beyond(part):
    slower, faster = part.most[0] * part.slower_ppb, part.most[1] * part.faster_ppb
    return (round(slower + part.slower_ppb + 1), -round(faster + part.faster_ppb + 1))


def _trim_script(names):
    script = [parts.load("off") + TRIM.format()]
    for name in names:
        part = parts.PARTS[name]
        script.append(f'echo "@@PART {name}"\ninsert {name}\nrate start\n')
        script += [f"trim {ppb} taken\n" for ppb in _wanted(part)]
        script += [f"trim {ppb} refused\n" for ppb in _beyond(part)]
        script.append("remove\n")
    return "".join(script)


def _rates(run, lines):
    """The chip's rate after each offset: ppb faster than the truth."""
    found = {}
    for line in lines:
        if line.startswith("@@RATE "):
            _, key, from_s, from_ns, to_s, to_ns = line.split()
            true_ns = int(to_ns) - int(from_ns)
            found[key] = ((int(to_s) - int(from_s)) * parts.NSEC / true_ns - 1) * 1e9
    return found


def _judge_trim(report, part, lines, rates):
    told = {}
    for line in lines:
        if line.startswith("@@TRIM "):
            words = line.split()
            told[int(words[1])] = words[2:]
    bad = []
    for asked in _wanted(part):
        step_ppb = part.slower_ppb if asked >= 0 else part.faster_ppb
        rate_ppb = rates.get(str(asked), float("nan"))
        said = int(told[asked][0]) if len(told.get(asked, [])) == 1 else 10**9
        # To the next step, and what it says is what it does
        if not (abs(said - asked) <= step_ppb / 2 + 1 and
                abs(-rate_ppb - said) <= ROUND_PPB + ROUND * abs(asked)):
            bad.append(f"{asked}: says {said}, {rate_ppb:+.1f} ppb")
    worst = max((abs(asked + rates.get(str(asked), float("nan"))) for asked in _wanted(part)),
                default=0)
    report.check(f"part {part.name}: offset: the rate changes as asked, to half a step, and reads "
                 "back", not bad and abs(rates.get("start", 1e9)) <= ROUND_PPB,
                 "; ".join(bad) or f"at most {worst:.0f} ppb off, of steps of "
                 f"{part.faster_ppb:g} and {part.slower_ppb:g}")
    refused = [told.get(asked) for asked in _beyond(part)]
    report.check(f"part {part.name}: offset: beyond what it can do is refused",
                 all(words and "out of range" in " ".join(words) for words in refused),
                 "; ".join(" ".join(words or ["nothing"]) for words in refused))


def trim(report, names):
    """The rate of the simulated oscillator, by the truth."""
    run, lines = twin.run("parts-trim", _trim_script(names), **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part = found.get(name, [])
        _judge_trim(report, parts.PARTS[name], part, _rates(run, part))


EXTRAS = f"""
nvmem() {{
	ls -d /sys/bus/nvmem/devices/$1*/nvmem 2>/dev/null
}}
# Its size, and the sum of what is in it
sum() {{
	echo "$(cat $(nvmem $1) | wc -c) $(cat $(nvmem $1) | md5sum | cut -c1-32)"
}}
memory() {{
	size=$(cat $(nvmem $1) | wc -c)
	seq 1001 2000 | head -c $size >/tmp/$1
	cat /tmp/$1 >$(nvmem $1) || echo "@@FAIL nvmem"
	set=$(md5sum </tmp/$1 | cut -c1-32)
	back=$(sum $1)
	rmmod rtc-sync-i2c
	insmod /modules/rtc-sync-i2c.ko
	again=$(sum $1)
	# One byte amid it
	printf '\\245' | dd of=$(nvmem $1) bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
	echo "@@MEMORY $1 $set $back $again" \\
		"$(dd if=$(nvmem $1) bs=1 skip=$((size / 2)) count=1 2>/dev/null | xxd -p)"
}}
warm() {{
	echo $1 >{parts.SIM}/temperature_mc
	sleep 70
	echo "@@TEMP $1 $(cat /sys/class/hwmon/*/name) $(cat /sys/class/hwmon/*/temp1_input)"
}}
extras() {{
	echo "@@PART $1"
	insert $1 clkout=1
	sleep 1
	echo "@@SIZES ram=$(nvmem rtc-sync-ram | wc -l) eeprom=$(nvmem rtc-sync-eeprom | wc -l)" \\
		"hwmon=$(ls /sys/class/hwmon | wc -l)" \\
		"clock=$(ls /sys/kernel/debug/clk | grep -c -e -clkout)"
	[ ! "$(nvmem rtc-sync-ram)" ] || memory rtc-sync-ram
	[ ! "$(nvmem rtc-sync-eeprom)" ] || memory rtc-sync-eeprom
	[ ! -e /sys/class/hwmon/hwmon* ] || {{ warm 43500; warm -21750; }}
	remove
}}
"""


def _memory(report, part, lines, name, size):
    words = next((line.split()[2:] for line in lines if line.startswith(f"@@MEMORY {name} ")), [])
    if not size:
        return
    # Written; its size and contents then, and without the driver in between; one byte
    held = len(words) == 6 and words[1] == words[3] == str(size) and \
        words[0] == words[2] == words[4] and words[5] == "a5"
    report.check(f"part {part.name}: {size} bytes of {name}: they read back, and survive rmmod",
                 held, " ".join(words))


def _temperature(report, name, lines):
    found = [line.split()[1:] for line in lines if line.startswith("@@TEMP ")]
    report.check(f"part {name}: the temperature, above and below 0",
                 len(found) == 2 and
                 all(words == [words[0], "rtc_sync", words[0]] for words in found), str(found))


def extras(report, names):
    """Spare memory, the temperature, the clock output."""
    _, lines = twin.run("parts-extras", parts.load("off") + EXTRAS + "".join(
        f"extras {name}\n" for name in names), **parts.carry())
    found = parts.sections(lines)
    for name in names:
        part, lines = parts.PARTS[name], found.get(name, [])
        wanted = (f"ram={part.ram > 0:d} eeprom={part.eeprom > 0:d} "
                  f"hwmon={part.temperature:d} clock={part.clock:d}")
        said = twin.value(lines, "@@SIZES ")
        report.check(f"part {name}: offers what it has, and no more", said == wanted, said)
        _memory(report, part, lines, "rtc-sync-ram", part.ram)
        _memory(report, part, lines, "rtc-sync-eeprom", part.eeprom)
        if part.temperature:
            _temperature(report, name, lines)


TRIMS = tuple(name for name, part in parts.PARTS.items() if part.faster_ppb)
NAMES = tuple(parts.PARTS)
SCENARIOS = {
    "trim of all chips": lambda report: trim(report, TRIMS),
    "what else chips have": lambda report: extras(report, NAMES),
}
