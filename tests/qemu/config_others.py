# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: phc2sys slews the clock to the RTC; hwclock sets it now and then."""

import configparser

import tree
import twin

US = 10**3
MS = 10**6
FOLDER = tree.TOP / "board/config"
SYNC = "/sys/class/rtc/{rtc}/sync"
PHC2SYS_P99_US = 100
SETS = 4
PAUSE_S = 600
# util-linux reads the RTC without a pause until its second begins, and is late by a transfer
# or some
HWCLOCK_MS = 30

PHC2SYS = """
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
ln -s ptp0 /dev/ptp_rtc1
( until {command}; do sleep {pause}; done ) >/tmp/phc2sys.log 2>&1 &
sleep 600
{samples}
echo "@@STATE $(cat {sync}/state) $(ps | grep -c '[l]d-linux-armhf.*phc2sys')"
"""

HWCLOCK = """
mkdir -p /etc/modprobe.d
insmod /modules/rtc-sync.ko {options}
insmod /modules/rtc-sync-i2c.ko
sleep 60
for n in {numbers}; do
	{command} || echo "@@FAIL hwclock"
	{once}
	sleep {pause}
	{once}
done
echo "@@STATE $(cat {sync}/state {sync}/mode {sync}/stats/steps | tr '\\n' ' ')"
"""


def _unit(path):
    """A unit file's sections; systemd's values may have a % in them."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=False)
    parser.optionxform = str
    parser.read(FOLDER / path)
    return parser


def phc2sys(report):
    """board/config/phc2sys, started again until the RTC's time is known, by an RTC not rtc0."""
    service = _unit("phc2sys/rtc-sync-phc2sys@.service")["Service"]
    command = service["ExecStart"].replace("%i", "rtc1").replace("/usr/sbin/", "")
    sync = SYNC.format(rtc="rtc1")
    _, lines = twin.run("config-phc2sys", lambda run: PHC2SYS.format(
        command=command, pause=service["RestartSec"], samples=run.sample(4000, 300, sync), sync=sync),
        peers=True, drift_ppm=100, limit_s=600, overlays=(twin.chip(alias=True),))
    errors_us = sorted(abs(sample["err_ns"]) / US for sample in twin.parse(lines))
    state = twin.value(lines, "@@STATE ")
    report.check("phc2sys lives, and the engine stands by", state == "standby 1", state)
    report.check(f"p99 <= {PHC2SYS_P99_US} us after ten minutes",
                 len(errors_us) == 300 and errors_us[296] <= PHC2SYS_P99_US,
                 f"p50 {errors_us[150]:.1f} us, p99 {errors_us[296]:.1f} us, at most {errors_us[-1]:.1f} us")


def periodic(report):
    """board/config/periodic: hwclock every ten minutes, and the engine looks on."""
    service = _unit("periodic/rtc-sync-hwclock.service")["Service"]
    timer = _unit("periodic/rtc-sync-hwclock.timer")["Timer"]
    options = (FOLDER / "periodic/rtc-sync-monitor.conf").read_text().split("options rtc-sync ")[1]
    command = service["ExecStart"]
    cron = (FOLDER / "periodic/rtc-sync-hwclock.cron").read_text().splitlines()[-1]
    report.check("timer and cron do the same", timer["OnUnitActiveSec"] == f"{PAUSE_S // 60}min" and
                 cron == f"*/{PAUSE_S // 60} * * * * root {command}", cron)
    sync = SYNC.format(rtc="rtc0")
    _, lines = twin.run("config-periodic", lambda run: HWCLOCK.format(
        options=options.strip(), numbers=" ".join(map(str, range(SETS))), pause=PAUSE_S, sync=sync,
        once=run.sample(1, 1), command=command.replace("/usr/sbin/hwclock", "hwclock.util-linux")),
        hwclock=True, drift_ppm=20, limit_s=600)
    taken = twin.parse(lines)
    state = twin.value(lines, "@@STATE ")
    report.check("the engine looks on", state == "locked monitor 0", state)
    after, before = taken[::2], taken[1::2]
    report.check(f"set right to {HWCLOCK_MS} ms, each time", len(after) == SETS and
                 all(abs(sample["err_ns"]) <= HWCLOCK_MS * MS for sample in after),
                 ", ".join(f"{sample['err_ns'] / MS:.3f}" for sample in after) + " ms off")
    report.check("and wrong by the drift before the next", all(
        8 * MS < late["err_ns"] - early["err_ns"] < 16 * MS for early, late in zip(after, before)),
        ", ".join(f"{sample['err_ns'] / MS:.3f}" for sample in before) + " ms off")
    report.check("the engine says how wrong it is, within its bound", not twin.dishonest(taken) and
                 all(sample["offset_ns"] for sample in taken),
                 ", ".join(f"{sample['offset_ns'] / MS:.3f}" for sample in taken) + " ms")


SCENARIOS = {
    "phc2sys": phc2sys,
    "hwclock now and then": periodic,
}
