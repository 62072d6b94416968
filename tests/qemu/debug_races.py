# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: data races, looked for by KCSAN, with all that can be done at once.

Two processors at the same time, so in real time. What races elsewhere in the kernel is
counted, and not ours to judge.
"""

import dataclasses
import re

import boards
import boot
import console
import runs
import tree
import twin

KERNEL = "kcsan"
BOARD = dataclasses.replace(boards.VIRT, name="virt-smp",
                            options=("-cpu", "cortex-a57", "-smp", "2", "-m", "512"))
LIMIT_S = 600       # of the host; on a busy one
READERS = 3
ROUNDS = 3
LOCKS_WITHIN_S = 30
REPORT = re.compile(r"BUG: KCSAN: \S+ in (.*)")

SIM = "/sys/module/rtc_sync_simbus/parameters"
SCRIPT = f"""
insmod /modules/rtc-sync.ko interval_s=1
insmod /modules/rtc-sync-i2c.ko
which() {{ rtc=$(ls /sys/class/rtc); sync=/sys/class/rtc/$rtc/sync; }}
# The settings of the module and of the instance, and what users do; all at once
set_all() {{
	while [ -e /going ]; do
		for value in 1 3 2; do echo $value >$sync/interval_s; echo 1 >$sync/trigger; done
		for value in off monitor step auto; do echo $value >$sync/mode; done
		for value in yes no unknown; do echo $value >$sync/ntp; done
		for value in 100 0; do echo $value >$sync/rtc_rate_ppb; done
		echo 5000000 >$sync/step_threshold_ns
		echo 3600 >$sync/max_step_s
		for value in 1 0; do echo $value >$sync/trim; done
		for value in 1 2; do echo $value >/sys/module/rtc_sync/parameters/interval_s; done
		for value in monitor auto; do echo $value >/sys/module/rtc_sync/parameters/mode; done
		echo 1704067200 >/sys/module/rtc_sync/parameters/not_before
	done 2>/dev/null
}}
use_rtc() {{
	while [ -e /using ]; do
		hwclock -r -u -f /dev/$rtc
		hwclock -w -u -f /dev/$rtc
		echo 0 >/sys/class/rtc/$rtc/wakealarm
		echo +2 >/sys/class/rtc/$rtc/wakealarm
		for value in 5000 0; do echo $value >/sys/class/rtc/$rtc/offset; done
		for ptp in /dev/ptp*; do phc refuse $ptp; done
		cat /sys/class/rtc/$rtc/device/hwmon/*/temp1_input
		for memory in /sys/bus/nvmem/devices/*/nvmem; do cat $memory; done
	done >/dev/null 2>&1
}}
for round in $(seq {ROUNDS}); do
	case $round in
	1) insmod /modules/rtc-sync-simbus.ko chip=ds3232-sync sqw_irq=1 trim=1 store_rates=1 ;;
	2) insmod /modules/rtc-sync-simbus.ko chip=ds3231-sync alarm_irq=1 nak_percent=3 ;;
	*) insmod /modules/rtc-sync-simbus.ko chip=rv3028-sync alarm_irq=1 wakeup=1 clkout=1 ;;
	esac
	which
	touch /going /using
	readers {READERS} 2 $sync $sync/stats /sys/class/rtc/$rtc /sys/module/rtc_sync/parameters \\
		{SIM} /proc/driver &
	readers=$!
	n=0
	while [ "$(cat $sync/state)" != locked ] && [ $n -lt {LOCKS_WITHIN_S} ]; do
		sleep 1; n=$((n + 1))
	done
	sleep 2
	echo "@@STATE $(cat $sync/state) $(cat $sync/stats/syncs)"
	set_all & use_rtc &
	sleep 6
	# Away from under those that use what is ours: see debug_use.py
	rm /using
	kill $readers
	sleep 1
	readers {READERS} 2 $sync $sync/stats /sys/module/rtc_sync/parameters &
	readers=$!
	device=$(basename $(readlink -f /sys/class/rtc/$rtc/device))
	for _ in 1 2 3; do
		echo $device >/sys/bus/i2c/drivers/rtc-sync-i2c/unbind
		sleep 0.3
		echo $device >/sys/bus/i2c/drivers/rtc-sync-i2c/bind
		sleep 1
	done
	rm /going
	kill $readers
	wait
	echo $device >/sys/bus/i2c/drivers/rtc-sync-i2c/unbind
	rmmod rtc-sync-simbus || echo "@@FAIL rmmod"
done
rmmod rtc-sync-i2c
rmmod rtc-sync
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')"
"""

RACE = """
insmod /modules/rtc-sync-mistake.ko
echo race >/sys/module/rtc_sync_mistake/parameters/make
"""


def play(name, script, *modules):
    """Boot; return the console's lines."""
    run = runs.Run(board=BOARD, kernel=KERNEL, script=script, rtcs=(), limit_s=LIMIT_S,
                   append="panic_on_warn=0",
                   carry=twin.modules(*modules, kernel=KERNEL),
                   log=tree.BUILD / "log" / f"{KERNEL}-{name}.log")
    return boot.boot(run)


def races(lines):
    """What races with what: those in our modules, those elsewhere."""
    found = [match.group(1) for match in map(REPORT.search, lines) if match]
    return ([title for title in found if "[rtc_sync" in title],
            [title for title in found if "[rtc_sync" not in title])


def used(report):
    """Settings, readers, sets, alarms, unbind and bind, on two processors."""
    lines = play("used", SCRIPT, "rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus")
    ours, others = races(lines)
    reads = sum(int(line.split()[1]) for line in lines if line.startswith("@@READ "))
    report.check("no data race in rtc-sync", not ours, "; ".join(sorted(set(ours))[:5]))
    report.check("all rounds, many readings, no thread left",
                 twin.value(lines, "@@LEFT ") == "0" and reads > 1000 and
                 sum(line.startswith("@@STATE") for line in lines) == ROUNDS,
                 f"1 boot, {ROUNDS} rounds, {reads} files read, {len(others)} reports of "
                 "races elsewhere in the kernel")


def control(report):
    """Two threads that count in one word."""
    try:
        play("control", RACE, "rtc-sync-mistake")
        found = []
    except console.BootError as error:
        found = error.trouble
    told = [line for line in found if "KCSAN" in line and "[rtc_sync_mistake]" in line]
    report.check("race is found", bool(told), "; ".join(told[:1]))
