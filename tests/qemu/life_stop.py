# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: the driver is unbound, and its adapter removed, whatever it is doing."""

import life

DRIVER, SIM, SYNC = life.DRIVER, life.SIM, life.SYNC
TIMEOUT_US, SLACK_US = life.TIMEOUT_US, life.SLACK_US

# A transfer of 4 to 10 bytes takes 160 to 400 ms then
HELD = f"{SIM}/stretch_us=40000 {SIM}/underway~1"
# The clock is held until the controller's driver gives up
STUCK = f"{SIM}/timeout_percent=100 {SIM}/underway~1"

# What it does when it is stopped: rounds, the steps that lead there, those that end it
STATES = {
    "acquiring": (300, "%2500", ""),
    "a transfer is held": (200, f"%1500 {HELD}", f"{SIM}/stretch_us=0"),
    "a transfer times out": (200, f"%1500 {STUCK}", f"{SIM}/timeout_percent=0"),
    "locked": (80, f"{SYNC}/state~locked %5000", ""),
    "asleep for a day": (60, f"{SYNC}/interval_s=86400 {SYNC}/state~locked %5000", ""),
    "fault": (80, f"{SIM}/error=5 {SYNC}/state~fault %3000", f"{SIM}/error=0"),
    "off": (80, f"{SYNC}/mode=off {SYNC}/state~off %500", ""),
}

# Both ways to lose the chip, and back
WAYS = {
    "unbound": (f"{DRIVER}/bind=$dev", f"{DRIVER}/unbind=$dev"),
    "adapter removed": (f"{SIM}/present=1", f"{SIM}/present=0"),
}

# Unbinds, those amid a transfer, removals, those amid a transfer
COUNTS = (f"$(cat {SIM}/unbinds {SIM}/unbinds_amid {SIM}/removals {SIM}/removals_amid | "
          "tr '\\n' ' ')")

LOAD = f"""
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
insmod /modules/rtc-sync-simbus.ko chip=ds3232-sync bus_hz=100000 setup_us=50 jitter_us=50 \\
	timeout_us={TIMEOUT_US} store_rates=1
dev=$(sim_device)
"""


def _rounds(way, share):
    there, gone = WAYS[way]
    lines = [f"rounds 1 1 {gone}", f"rounds {max(1, 60 // share)} 9 {there} %300 {gone}", "memory first",
             "trace_stops", "stops warm-up", f'echo "@@AMID {way}, before: {COUNTS}"']
    for seed, (state, (number, before, after)) in enumerate(STATES.items()):
        lines.append(f"rounds {life.share_of(number, share)} {seed} {there} {before} {gone} {after}")
        lines.append(f"stops '{way}, {state}'")
        lines.append(f'echo "@@AMID {way}, {state}: {COUNTS}"')
    return "\n".join(lines) + "\nthreads\nmemory last\n"


def script(way, share):
    """All states, one way, a share of the times."""
    return LOAD + _rounds(way, share) + """
rmmod rtc-sync-simbus
rmmod rtc-sync-i2c
rmmod rtc-sync
threads
"""


def _counts(lines, way):
    """By state: how many were unbound or removed until its end, and amid a transfer."""
    found = {}
    for line in lines:
        if line.startswith(f"@@AMID {way}, "):
            state, numbers = line[len(f"@@AMID {way}, "):].split(": ")
            numbers = list(map(int, numbers.split()))
            found[state] = numbers[:2] if way == "unbound" else numbers[2:]
    return found


def _judge_state(report, name, number, took_us, amid, slack_us):
    is_amid = "transfer" in name
    worst_us = max(took_us, default=float("inf"))
    p99_us = life.percentile(took_us, 99)
    slack_ms = slack_us // 1000
    report.check(f"{name}: kthread_stop() " + (f"at most the adapter's timeout and {slack_ms} ms"
                                                if is_amid else f"p99 <= {slack_ms} ms"),
                 (is_amid or p99_us <= slack_us) and
                 worst_us <= TIMEOUT_US + slack_us and len(took_us) == number,
                 f"{len(took_us)} stops, {amid} amid a transfer; p99 {p99_us:.0f} us, max "
                 f"{worst_us:.0f} us; {life.histogram(took_us)}")
    if is_amid:
        report.check(f"{name}: the stops came amid a transfer",
                     amid * 100 >= number * life.AMID_PERCENT, f"{amid} of {number}")


def judge(report, lines, way, share, slack_us=SLACK_US):
    """What script() has printed."""
    took = life.stops(lines)
    counts = _counts(lines, way)
    first = before = counts.get("before", [0, 0])
    for state, (rounds, *_) in STATES.items():
        now = counts.get(state, [0, 0])
        _judge_state(report, f"{way}, {state}", life.share_of(rounds, share),
                     took.get(f"{way}, {state}", []), now[1] - before[1], slack_us)
        before = now
    number = sum(life.share_of(rounds, share) for rounds, *_ in STATES.values())
    everything = [value for state in STATES for value in took.get(f"{way}, {state}", [])]
    report.check(f"{number} times {way}",
                 len(everything) == number == before[0] - first[0],
                 f"{before[0] - first[0]}, {before[1] - first[1]} of them amid a transfer; "
                 f"{life.histogram(everything)}")


def stop(report, way, share):
    """Every state, one way."""
    lines = life.run(f"stop-{way.split()[0]}", script(way, share), life.FAST,
                     **life.simulated(life.FAST))
    judge(report, lines, way, share)
    life.nothing_left(report, lines, life.FAST)


# A set takes a second. /dev/rtc0 is open still when the next RTC comes, which is rtc1 then
LATE = LOAD + f"""
trace_stops
touch /setting
while [ -e /setting ]; do
	for n in 0 1 2; do hwclock -w -u -f /dev/rtc$n; done
	sleep 0.1
done >/dev/null 2>&1 &
rounds 1 1 {DRIVER}/unbind=$dev
stops first
rounds 40 1 {DRIVER}/bind=$dev %3000 {DRIVER}/unbind=$dev
stops set
rm /setting
wait
rounds 1 1 {DRIVER}/bind=$dev {SYNC}/state~locked {SYNC}/ntp=yes @4000000
echo "@@STORES $(cat {SYNC}/stats/stores)"
rounds 1 1 {STUCK} {DRIVER}/unbind=$dev {SIM}/timeout_percent=0
stops learned
rounds 1 1 {DRIVER}/bind=$dev {SYNC}/state~locked {SYNC}/ntp=yes @4000000 \
	{SIM}/timeout_percent=100 {SYNC}/state~fault @2500 {SYNC}/state~fault
rounds 1 1 {SIM}/underway~0 {DRIVER}/unbind=$dev
stops failing
threads
"""


def late(report, kernel):
    """What could keep a stop: a set of the time, and the record of what was learned."""
    took = life.stops(life.run("stop-late", LATE, kernel, **life.simulated(kernel)))
    for name, number, what, limit_us in (
            ("set", 40, "while hwclock sets the RTC", SLACK_US),
            ("learned", 1, "amid a transfer that times out, with rates to be stored",
             TIMEOUT_US + SLACK_US),
            ("failing", 1, "asleep between transfers that time out, with rates to be stored",
             SLACK_US)):
        worst_us = max(took.get(name, []), default=float("inf"))
        report.check(f"{what}: kthread_stop() at most {limit_us // 1000} ms",
                     worst_us <= limit_us and len(took.get(name, [])) == number,
                     f"{number} stops, at most {worst_us:.0f} us; "
                     f"{life.histogram(took.get(name, []))}")


SCENARIOS = {
    f"stops, {way}": lambda report, way=way, share=share: stop(report, way, share)
    for way, share in (("unbound", 1), ("adapter removed", 1 if life.ALL else 3))
}
SCENARIOS["late stops"] = lambda report: late(report, life.FAST)
