# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: chronyd and phc2sys beside rtc-sync, as a module, on Debian's kernel."""

import peers
import twin

SYNC = "/sys/class/rtc/rtc0/sync"
HZ = 62_500_000
MINUTE_NS = 60 * 10**9
P99_US = 100

# A chip that starts its second over when it is set, as real ones do and QEMU's does not
SIMULATED = ("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus")
INSERT = f"insmod /modules/rtc-sync-simbus.ko counter_hz={HZ}"

# When it is started, and how: chronyd waits for the time, phc2sys wants to see it at once
DAEMONS = {
    "chronyd": ("acquiring", peers.start_chrony(peers.PHC)),
    "phc2sys": ("locked", peers.START_PHC2SYS),
}

FOLLOW = """
{insert}
insmod /modules/rtc-sync.ko interval_s=10
insmod /modules/rtc-sync-i2c.ko
n=0
while [ "$(cat {sync}/state)" != {state} ] && [ $n -lt 30 ]; do sleep 1; n=$((n + 1)); done
echo "@@EARLY $(cat {sync}/state)"
{start}
{samples}
echo "@@ALIVE $(ps | grep -c '[l]d-linux-armhf')"
"""

# chronyd without rtcsync: nothing that a module could ask says that it is there
HINTS = f"""
insmod /modules/rtc-sync.ko interval_s=10
insmod /modules/rtc-sync-i2c.ko
# State, tries, seconds between them, marker
await() {{{{
	n=0
	while [ "$(cat {SYNC}/state)" != "$1" ] && [ $n -lt "$2" ]; do sleep "$3"; n=$((n + 1)); done
	echo "@@$4-to $(sample cntvct)"
	echo "@@$4 $(cat {SYNC}/state {SYNC}/ntp | tr '\\n' ' ')"
}}}}
await locked 100 1 LOCKED
sleep 60
echo "@@FOUND-from $(sample cntvct)"
{{start}}
await standby 600 1 FOUND
steps=$(cat {SYNC}/stats/steps)
sleep 400
echo "@@STEPS $(($(cat {SYNC}/stats/steps) - steps))"
echo "@@NO-from $(sample cntvct)"
echo no >{SYNC}/ntp
await holdover 30 0.02 NO
echo "@@YES-from $(sample cntvct)"
echo yes >{SYNC}/ntp
await standby 100 0.02 YES
"""

# Nobody else can open /dev/rtc0 then: the engine needs no device file. chronyd, without
# an alarm interrupt, reads whole seconds: the two won't agree
HELD = f"""
insmod /modules/rtc-sync.ko interval_s=10
insmod /modules/rtc-sync-i2c.ko
{peers.start_chrony(peers.RTC)}
sleep 90
echo "@@OPEN $(ls -l /proc/$(cat {peers.CHRONY_PID})/fd | grep -c /dev/rtc0)"
echo "@@HWCLOCK $(hwclock.util-linux --show --utc --verbose 2>&1 | grep 'cannot open')"
echo "@@FROM $(cat {SYNC}/stats/syncs {SYNC}/stats/steps | tr '\n' ' ')"
sleep 300
echo "@@TO $(cat {SYNC}/stats/syncs {SYNC}/stats/steps {SYNC}/state | tr '\n' ' ')"
"""


def minutes(taken, start, end):
    """The samples between two times, in minutes after the first one."""
    begin_ns = taken[0]["true_ns"]
    return [sample for sample in taken
            if start <= (sample["true_ns"] - begin_ns) / MINUTE_NS < end]


def percentile(values, percent):
    """The value that so many of them do not exceed."""
    return sorted(values)[len(values) * percent // 100] if values else float("inf")


def follow(report, daemon, rtc, insert="", **options):
    """A daemon slews the clock by the PTP clock; return the samples after ten minutes."""
    state, start = DAEMONS[daemon]
    sync = f"/sys/class/rtc/{rtc}/sync"
    _, lines = twin.run(f"ntp-{daemon}-{rtc}", lambda run: FOLLOW.format(
        insert=insert, sync=sync, state=state, start=start, samples=run.sample(4000, 450, sync)),
        peers=True, drift_ppm=100, **options)
    found = twin.value(lines, "@@EARLY "), twin.value(lines, "@@ALIVE ")
    report.check(f"started while {state}, it lives", found == (state, "1"), " ".join(found))
    taken = twin.parse(lines)
    steps = [sample["steps"] for sample in minutes(taken, 1, 30)]
    report.check("the engine never steps meanwhile", steps[0] == steps[-1],
                 f"{steps[0]} steps in the first minute, {steps[-1] - steps[0]} after it")
    return minutes(taken, 10, 30)


def check_p99(report, name, errors_ns):
    """The bar."""
    sizes_us = [abs(error_ns) / 1e3 for error_ns in errors_ns]
    found_us = percentile(sizes_us, 99)
    report.check(f"p99 of {name} <= {P99_US} us after ten minutes",
                 found_us <= P99_US and len(sizes_us) >= 290,
                 f"p50 {percentile(sizes_us, 50):.1f} us, p99 {found_us:.1f} us, at most "
                 f"{max(sizes_us, default=0):.1f} us")


def follow_truth(report, daemon):
    """By an RTC that is not rtc0, so that the kernel does not write it."""
    late = follow(report, daemon, "rtc1", overlays=(twin.chip(alias=True),))
    check_p99(report, "the true error", [sample["err_ns"] for sample in late])
    states = {sample["state"] for sample in late}
    report.check("state standby", states == {"standby"}, " ".join(sorted(states)))


def follow_rewritten(report):
    """phc2sys makes the kernel write rtc0 every 11 minutes: the edge is sought anew each time."""
    late = follow(report, "phc2sys", "rtc0", INSERT, overlays=(), rtcs=(),
                  carry=twin.modules(*SIMULATED))
    states = [sample["state"] for sample in late]
    report.check("the RTC is written, and found again",
                 set(states) == {"standby", "acquiring"} and states.count("acquiring") < 10,
                 " ".join(f"{name}: {states.count(name)}" for name in sorted(set(states))))
    check_p99(report, "the error against the RTC",
              [sample["offset_ns"] for sample in late if sample["state"] == "standby"])
    report.note(f"the RTC was moved by {late[-1]['err_ns'] / 1e3:.0f} us in half an hour")


def hints(report):
    """chronyd that keeps no flag: how long until it is noticed, and the user's word."""
    board, lines = twin.run("ntp-hints", lambda run: HINTS.format(
        start=peers.start_chrony(peers.TRUTH) + "sleep 1\n" + peers.start_truth(run)),
        peers=True, drift_ppm=100)
    report.check("locked before", twin.value(lines, "@@LOCKED ").split() == ["locked", "unknown"])
    found_s = twin.ticks_ms(board, lines, "@@FOUND") / 1e3
    report.check("noticed by what it does to the clock, within 5 minutes",
                 twin.value(lines, "@@FOUND ") == "standby yes" and found_s <= 300,
                 f"{found_s:.0f} s after it was started")
    report.check("the clock is left alone then", twin.value(lines, "@@STEPS ") == "0")
    # It has learned by then, and goes on from there
    for word, state in (("NO", "holdover no"), ("YES", "standby yes")):
        took_ms = twin.ticks_ms(board, lines, f"@@{word}")
        report.check(f"echo {word.lower()} >ntp: at once",
                     twin.value(lines, f"@@{word} ") == state and took_ms < 200,
                     f"{twin.value(lines, f'@@{word} ')} after {took_ms:.0f} ms")


def held(report):
    """chronyd has /dev/rtc0 to itself."""
    _, lines = twin.run("ntp-held", HELD, peers=True, hwclock=True, drift_ppm=20)
    report.check("chronyd holds it", twin.value(lines, "@@OPEN ") == "1")
    said = twin.value(lines, "@@HWCLOCK ")
    report.check("hwclock finds it busy", "busy" in said, said)
    before, after = (twin.value(lines, marker).split() for marker in ("@@FROM ", "@@TO "))
    report.check("the engine goes on", int(after[0]) - int(before[0]) >= 29,
                 f"{int(after[0]) - int(before[0])} syncs in 300 s")
    report.check("and does not fight it", after[1:] == [before[1], "standby"],
                 f"{after[2]}, {int(after[1]) - int(before[1])} steps in 300 s")


SCENARIOS = {
    "chronyd follows the PTP clock": lambda report: follow_truth(report, "chronyd"),
    "phc2sys follows the PTP clock": lambda report: follow_truth(report, "phc2sys"),
    "phc2sys, and the kernel writes the RTC": follow_rewritten,
    "chronyd that a module can't ask for": hints,
    "chronyd with /dev/rtc0": held,
}
