# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: all that is done with rtc-sync, on kernels that look for mistakes.

What such a kernel finds ends the run: see console.TROUBLE and, for leaks, guest/init.
"""

import boards
import parts
import twin

# Of the host; on a busy one
LIMIT_S = 900
CYCLES = 10
READERS = 4
READ_MS = 40
LOCKS_WITHIN_S = 60

FUNCTIONS = f"""
cycles=0
# Which one it is: the kernel keeps the number of one that can wake it
which() {{ rtc=$(ls /sys/class/rtc); sync=/sys/class/rtc/$rtc/sync; }}
# $1: the state to wait for
wait_for() {{
	n=0
	while [ "$(cat $sync/state)" != $1 ] && [ $n -lt {LOCKS_WITHIN_S} ]; do
		sleep 2; n=$((n + 2))
	done
	[ $n -lt {LOCKS_WITHIN_S} ] || echo "@@NEVER $1: $(cat $sync/state)"
}}
# All that can be read, by several at once; the RTC itself is read, too
read_on() {{ readers {READERS} {READ_MS} $sync $sync/stats /sys/class/rtc/$rtc \
	/sys/module/rtc_sync/parameters /proc/driver & reader=$!; }}
# What is ours. Of its own files the RTC core waits for readers with the lock held that
# they wait for, when an RTC goes: a deadlock of its own
read_ours_on() {{ readers {READERS} {READ_MS} $sync $sync/stats /sys/module/rtc_sync/parameters & reader=$!; }}
read_no_more() {{ kill $reader; wait $reader; }}
"""

USE = FUNCTIONS + f"""
insmod /modules/rtc-sync.ko interval_s=10
insmod /modules/rtc-sync-i2c.ko
which
echo 1 >/sys/kernel/tracing/events/rtc_sync/enable
wait_for locked
# The companion lives through all of it
rtcsync serve -s /tmp -l /tmp/lock & serve=$!
read_on
for mode in off monitor step auto; do
	echo $mode >$sync/mode
	for interval_s in 1 86400 3; do
		echo $interval_s >$sync/interval_s
		echo 1 >$sync/trigger
		sleep 2
	done
done
for ntp in yes no unknown; do echo $ntp >$sync/ntp; echo 1 >$sync/trigger; sleep 4; done
echo 1000000 >$sync/step_threshold_ns
echo 3600 >$sync/max_step_s
for ppb in 1000 -1000 0; do echo $ppb >$sync/rtc_rate_ppb; done
for bad in mode:fast interval_s:0 ntp:maybe trigger:2 trim:1; do
	echo ${{bad#*:}} 2>/dev/null >$sync/${{bad%%:*}} && echo "@@FAIL $bad was taken"
done
wait_for locked
read_no_more
# QEMU's chip is not set here: it takes the host's time for its own then, and is wrong
hwclock.util-linux --show --utc >/dev/null || echo "@@FAIL hwclock --show"
hwclock -r -u >/dev/null
date -s @1800001000 >/dev/null
hwclock.util-linux --hctosys --utc || echo "@@FAIL hwclock --hctosys"
echo 1 >$sync/trigger
sleep 20
wait_for locked
{{phc}}
for n in $(seq {CYCLES}); do
	rmmod rtc-sync-i2c && rmmod rtc-sync && insmod /modules/rtc-sync.ko &&
		insmod /modules/rtc-sync-i2c.ko || echo "@@FAIL cycle $n"
	sleep 0.$((RANDOM % 10))
	cycles=$((cycles + 1))
done
read_ours_on
for n in $(seq {CYCLES}); do
	echo 0-0068 >/sys/bus/i2c/drivers/rtc-sync-i2c/unbind
	sleep 0.0$((RANDOM % 10))
	echo 0-0068 >/sys/bus/i2c/drivers/rtc-sync-i2c/bind
	sleep $((RANDOM % 3)).$((RANDOM % 10))
	cycles=$((cycles + 1))
done
wait_for locked
read_no_more
kill $serve || echo "@@FAIL the companion has gone"
wait $serve || echo "@@FAIL the companion ended with $?"
rmmod rtc-sync-i2c
rmmod rtc-sync
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')"
echo "@@CYCLES $cycles"
"""

# One reader at a time, who leaves the processor to the others: a set wants to be in time
# to 100 ms, and with KASAN four take most of what there is
CHIPS = parts.load() + FUNCTIONS + """
read_slowly_on() { readers 1 300 $sync $sync/stats /sys/class/rtc/$rtc \\
	/sys/module/rtc_sync/parameters /proc/driver & reader=$!; }
chip() {
	insert $1 alarm_irq=1 seed=$2 || return
	which
	read_slowly_on
	hwclock -w -u -f /dev/$rtc || echo "@@FAIL hwclock -w, $1"
	[ ! -e /sys/class/rtc/$rtc/wakealarm ] || echo +3 >/sys/class/rtc/$rtc/wakealarm
	for offset in 5000 0; do echo $offset >/sys/class/rtc/$rtc/offset; done 2>/dev/null
	for memory in /sys/bus/nvmem/devices/*/nvmem; do
		[ ! -e $memory ] || { cat $memory >/copy; cat /copy >$memory; }
	done
	wait_for locked
	read_no_more
	cycles=$((cycles + 1))
	remove
}
# All that can fail on a bus, and a chip that is gone meanwhile
bus() {
	insert ds3231 nak_percent=20 arbitration_percent=20 timeout_percent=20 timeout_us=25000 \\
		alarm_irq=1 seed=7
	which
	read_slowly_on
	sleep 20
	echo 1 >{sim}/gone
	sleep 10
	for fault in gone nak_percent arbitration_percent timeout_percent; do
		echo 0 >{sim}/$fault
	done
	wait_for locked
	read_no_more
	cycles=$((cycles + 1))
	remove
}
wave() {
	insert ds3231 sqw_irq=1
	which
	wait_for locked
	readers 1 100 /sys/class/pps/pps0 $sync & reader=$!; sleep 2
	read_no_more
	cycles=$((cycles + 1))
	remove
}
# No chip can be set to 1970
date -s @1800001000 >/dev/null
{chips}
bus
wave
rmmod rtc-sync-i2c
rmmod rtc-sync
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')"
echo "@@CYCLES $cycles"
"""

ATTACH = FUNCTIONS + f"""
for n in 1 2 3 4 5; do
	insmod /modules/rtc-sync.ko attach=rtc0
	which
	read_ours_on
	wait_for locked
	hwclock -r -u >/dev/null
	echo 0-0068 >/sys/bus/i2c/drivers/rtc-ds1307/unbind
	sleep 0.$n
	echo 0-0068 >/sys/bus/i2c/drivers/rtc-ds1307/bind
	wait_for locked
	read_no_more
	cycles=$((cycles + 1))
	rmmod rtc-sync
done
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')"
echo "@@CYCLES $cycles"
"""


def _judge(report, lines, cycles):
    """The run has ended without trouble, else it would not come here."""
    never = [line for line in lines if line.startswith("@@NEVER")]
    report.check(f"locks each time, within {LOCKS_WITHIN_S} s", not never, "; ".join(never))
    report.check("no thread is left", twin.value(lines, "@@LEFT ") == "0")
    report.check("nothing to complain of, and no leak", twin.value(lines, "@@CYCLES ") == cycles,
                 f"1 boot, {twin.value(lines, '@@CYCLES ')} cycles")


def use(report, kernel):
    """On the i.MX6UL's own bus."""
    def script(run):
        phc = (f"for ptp in /dev/ptp*; do phc read $ptp 100 10 {run.base_epoch} "
               f"{run.board.counter_hz} $sync; phc refuse $ptp; done")
        return USE.replace("{phc}", phc)

    _, lines = twin.run(f"{kernel}-use", script, kernel=kernel, limit_s=LIMIT_S, hwclock=True, drift_ppm=30)
    _judge(report, lines, str(2 * CYCLES))


def chips(report, kernel):
    """Each chip as on wires, with alarms; a bus that fails; a square wave."""
    script = CHIPS.replace("{sim}", parts.SIM)
    script = script.replace("{chips}", "\n".join(
        f"chip {name} {seed}" for seed, name in enumerate(parts.PARTS)))
    _, lines = twin.run(f"{kernel}-chips", script, kernel=kernel, limit_s=LIMIT_S, drift_ppm=-30,
                        overlays=(), rtcs=(), carry=twin.modules(*parts.MODULES, kernel=kernel))
    _judge(report, lines, str(len(parts.PARTS) + 2))


def attach(report, kernel):
    """To an RTC that has mainline's driver."""
    overlay = boards.rtc_overlay(boards.TWIN, "dallas,ds1338")
    _, lines = twin.run(f"{kernel}-attach", ATTACH, kernel=kernel, limit_s=LIMIT_S, overlays=(overlay,),
                        carry=twin.modules("rtc-sync", kernel=kernel))
    _judge(report, lines, "5")
