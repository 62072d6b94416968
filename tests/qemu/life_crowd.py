# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: many use all that there is of an RTC while it comes and goes."""

import re

import life

DRIVER, SIM = life.DRIVER, life.SIM
CONTROLLER = "/sys/bus/platform/drivers/imx-i2c"

SPAN_S = 600

# A set takes a second, and some may wait for each other
LONGEST_MS = 10_000

# Whoever holds /dev/rtc0 open has the next one be rtc1
RTCS = "0 1 2"

CROWD = f"""
rtcs() {{ for n in {RTCS}; do echo /sys/class/rtc/rtc$n$1; done; }}
devs() {{ for n in {RTCS}; do echo /dev/$1$n; done; }}
# $span: how long, s. $1: the folder of the device; $2: given if the RTC's own files are not
# to be written
crowd() {{
	end=$(($(cut -d. -f1 /proc/uptime) + $span))
	poke read $span 1 4200 $(rtcs /sync) &
	poke read $span 2 9000 $1 &
	poke read $span 3 3600 /sys/class/ptp/ptp0 /sys/class/ptp/ptp1 $1/hwmon &
	poke read $span 4 5400 $1/rtc-sync-ram0 $1/rtc-sync-ram1 /sys/class/pps/pps0 \\
		/sys/class/pps/pps1 &
	poke write $span 5 600 $(rtcs /sync/trigger=1) $(rtcs /sync/mode=off) \\
		$(rtcs /sync/mode=monitor) $(rtcs /sync/mode=auto) $(rtcs /sync/mode=step) \\
		$(rtcs /sync/interval_s=1) $(rtcs /sync/interval_s=86400) $(rtcs /sync/ntp=yes) \\
		$(rtcs /sync/ntp=unknown) $(rtcs /sync/rtc_rate_ppb=500) $(rtcs /sync/trim=1) \\
		$(rtcs /sync/mode=wrong) $(rtcs /sync/interval_s=0) &
	poke write $span 6 2700 $(rtcs $2/offset=300) $(rtcs $2/offset=0) \\
		$(rtcs $2/wakealarm=0) $(rtcs $2/wakealarm=+2) $1/power/control=on \\
		$1/power/control=auto &
	poke ioctl $span 7 900 $(devs rtc) $(devs ptp) $(devs pps) &
	poke ioctl $span 8 1200 $(devs rtc) &
	while [ $(cut -d. -f1 /proc/uptime) -lt $end ]; do
		for n in {RTCS}; do
			[ -e /dev/rtc$n ] || continue
			hwclock -r -u -f /dev/rtc$n && sleep 3 && hwclock -w -u -f /dev/rtc$n
			pollstate /sys/class/rtc/rtc$n/sync/state 2
		done
		sleep 2
	done >/dev/null 2>&1 &
}}
# The steps, until the time is over
while_crowd() {{
	cycles=0
	while [ $(cut -d. -f1 /proc/uptime) -lt $end ]; do
		rounds 5 $cycles "$@" | grep -v @@ROUNDS
		cycles=$((cycles + 5))
	done
	wait
	echo "@@CYCLES $cycles"
}}
"""

ON_BUS = """
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
insmod /modules/rtc-sync-simbus.ko chip={chip} bus_hz=100000 setup_us=50 jitter_us=50 {options}
dev=$(basename $(readlink -f /sys/class/rtc/rtc0/device))
crowd /sys/bus/i2c/devices/$dev
"""
OFF_BUS = """
# Who has its interrupt holds the module
[ ! -e {driver}/$dev ] || echo $dev >{driver}/unbind
rmmod rtc-sync-simbus
rmmod rtc-sync-i2c
rmmod rtc-sync
threads
"""

# What goes on meanwhile: how it begins, the steps, how it ends
MEANWHILE = {
    "bound and unbound": (
        ON_BUS.format(chip="ds3232-sync", options="trim=1 store_rates=1"),
        f"%5000 {DRIVER}/unbind=$dev %300 {DRIVER}/bind=$dev", OFF_BUS),
    "adapter removed": (
        ON_BUS.format(chip="ds1307-sync", options="sqw_irq=1"),
        f"%5000 {SIM}/present=0 %300 {SIM}/present=1", OFF_BUS),
    "loaded and unloaded": (
        ON_BUS.format(chip="ds3232-sync", options="store_rates=1"),
        "%6000 '->rtc_sync_i2c' %300 '-</modules/rtc-sync-i2c.ko'", OFF_BUS),
    "attached": (
        # Whoever uses an RTC's own files while mainline's driver is unbound may hang, and
        # lockdep says so: the RTC core waits for them with the lock that they wait for
        "insmod /modules/rtc-sync.ko attach=rtc0,rtc1\n"
        "crowd /sys/bus/i2c/devices/0-0068/hwmon /nothing\n",
        f"%5000 {life.MAINLINE}/unbind=0-0068 {life.MAINLINE}/bind=0-0068 %5000 "
        f"{CONTROLLER}/unbind=21a0000.i2c {CONTROLLER}/bind=21a0000.i2c %5000 "
        "'->rtc_sync' '-</modules/rtc-sync.ko,attach=rtc0,rtc1'",
        "rmmod rtc-sync\nthreads\n"),
}

POKE = re.compile(r"@@POKE (\w+) (\S+) good=(\d+) errors=(\d+) last=(\w+) longest_ms=(\d+) "
                  r"longest=(\S*) files=(\d+)")
POKES = 8


def script(what, span_s):
    """So many seconds of it."""
    begin, steps, end = MEANWHILE[what]
    return (CROWD + f"span={span_s}\n" + begin + f"while_crowd {steps}\n" +
            end.format(driver=DRIVER))


def judge(report, lines, what, span_s):
    """What script() has printed."""
    pokes = [match.groups() for match in map(POKE.search, lines) if match]
    good = sum(int(poke[2]) for poke in pokes)
    errors = sum(int(poke[3]) for poke in pokes)
    files = max((int(poke[7]) for poke in pokes), default=0)
    slowest = max(pokes, key=lambda poke: int(poke[5]), default=None)
    cycles = life.count(lines, "CYCLES")
    report.check(f"{what} for {span_s} s by {POKES} users and hwclock, who all live to the end",
                 len(pokes) == POKES and good > span_s and cycles >= span_s // 20,
                 f"{cycles} times {what}; {good} uses were good, {errors} met an error; "
                 f"{files} files at most")
    report.check(f"{what}: no user waits longer than {LONGEST_MS // 1000} s",
                 bool(slowest) and int(slowest[5]) <= LONGEST_MS,
                 f"{slowest[5]} ms for {slowest[6]}" if slowest else "")


def crowd(report, what):
    """Ten minutes of it."""
    options = life.on_board(life.FAST) if what == "attached" else life.simulated(life.FAST)
    lines = life.run(f"crowd-{what.split()[0]}", script(what, SPAN_S), life.FAST, **options)
    judge(report, lines, what, SPAN_S)
    life.nothing_left(report, lines, life.FAST)


SCENARIOS = {
    f"a crowd, {what}": lambda report, what=what: crowd(report, what) for what in MEANWHILE
}
