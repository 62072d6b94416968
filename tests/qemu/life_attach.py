# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: attached to mainline's driver, which comes and goes, as does its controller."""

import life
import parts

MAINLINE, SIM, SYNC = life.MAINLINE, life.SIM, life.SYNC
CONTROLLER = "/sys/bus/platform/drivers/imx-i2c"
SYNC1 = "/sys/class/rtc/rtc1/sync"
HELD = f"{SIM}/stretch_us=40000 {SIM}/underway~1"
STUCK = f"{SIM}/timeout_percent=100 {SIM}/underway~1"

# name: rounds, what they do; each begins and ends with the engine on the RTC
BOARD = {
    "the driver unbound": (150, f"{MAINLINE}/unbind=0-0068 {MAINLINE}/bind=0-0068 {SYNC}/state~ "
                           "%1500"),
    "the driver unbound, locked": (20, f"{SYNC}/state~locked {MAINLINE}/unbind=0-0068 "
                                   f"{MAINLINE}/bind=0-0068"),
    "the controller unbound": (150, f"{CONTROLLER}/unbind=21a0000.i2c "
                               f"{CONTROLLER}/bind=21a0000.i2c {SYNC}/state~ %1500"),
    "the engine unloaded": (100, f">rtc_sync </modules/rtc-sync.ko,attach=rtc0 {SYNC}/state~ "
                            "%1000"),
}
# The same driver on the simulated bus, where a transfer can be held
BUS = {
    "the driver unbound amid a transfer":
        (60, f"%300 {HELD} {MAINLINE}/unbind=$dev {SIM}/stretch_us=0 {MAINLINE}/bind=$dev "
         f"{SYNC1}/state~"),
    "the adapter removed amid a transfer":
        (60, f"%300 {HELD} {SIM}/present=0 {SIM}/stretch_us=0 {SIM}/present=1 {SYNC1}/state~"),
    "the adapter removed amid one that times out":
        (60, f"%300 {STUCK} {SIM}/present=0 {SIM}/timeout_percent=0 {SIM}/present=1 "
         f"{SYNC1}/state~"),
    "the engine unloaded amid a transfer":
        (60, f"%300 {HELD} >rtc_sync {SIM}/stretch_us=0 </modules/rtc-sync.ko,attach=rtc1 "
         f"{SYNC1}/state~"),
}


def _rounds(cases, share):
    text = ""
    for seed, (name, (number, steps)) in enumerate(cases.items()):
        steps = " ".join(f"'{step}'" if step[0] in "<>" else step for step in steps.split())
        text += f"rounds {life.share_of(number, share)} {seed} {steps}\nstops '{name}'\n"
    return text


def script(share):
    """All the ways in which an RTC can be taken from under the engine."""
    return f"""
insmod /modules/rtc-sync.ko attach=rtc0
trace_stops
memory first
{_rounds(BOARD, share)}
rmmod rtc-sync
memory last
threads
insmod /modules/rtc-sync-simbus.ko chip=ds3231 {parts.WIRES} timeout_us={life.TIMEOUT_US}
dev=$(sim_device)
insmod /modules/rtc-sync.ko attach=rtc1
rounds 1 1 {SYNC1}/state~
stops between
{_rounds(BUS, share)}
echo "@@REMOVALS_AMID $(cat {SIM}/removals_amid)"
rmmod rtc-sync
threads
rmmod rtc-sync-simbus
"""


def judge(report, lines, share, slack_us=life.SLACK_US):
    """What script() has printed."""
    took = life.stops(lines)
    cases = {**BOARD, **BUS}
    for name, (number, _) in cases.items():
        took_us = took.get(name, [])
        is_amid = name in BUS
        p99_us = life.percentile(took_us, 99)
        worst_us = max(took_us, default=float("inf"))
        report.check(f"{name}: it detaches and comes back; kthread_stop() " +
                     (f"at most the adapter's timeout and {slack_us // 1000} ms" if is_amid
                      else f"p99 <= {slack_us // 1000} ms"),
                     len(took_us) == life.share_of(number, share) and
                     (is_amid or p99_us <= slack_us) and
                     worst_us <= life.TIMEOUT_US + slack_us,
                     f"{len(took_us)} stops; p99 {p99_us:.0f} us, max {worst_us:.0f} us; "
                     f"{life.histogram(took_us)}")
    # The driver core unbinds the engine before it tells anybody of the RTC's driver, so the
    # bus can count adapters only; where else a transfer was held, the stop waited for it
    number = sum(life.share_of(BUS[name][0], share) for name in BUS if "adapter" in name)
    amid = life.count(lines, "REMOVALS_AMID")
    report.check("adapters were removed amid a transfer",
                 amid * 100 >= number * life.AMID_PERCENT, f"{amid} of {number}")
    waited = sum(took_us > 1000 for name in BUS for took_us in took.get(name, []))
    number = sum(life.share_of(rounds, share) for rounds, _ in BUS.values())
    report.check("what was to come amid a transfer waited for its end",
                 waited * 100 >= number * life.AMID_PERCENT, f"{waited} of {number}")


def attach(report):
    """A third of the times, unless all are asked for."""
    share = 1 if life.ALL else 3
    lines = life.run("attach", script(share), life.FAST, **life.on_board(life.FAST))
    judge(report, lines, share)
    life.nothing_left(report, lines, life.FAST)


SCENARIOS = {"attached": attach}
