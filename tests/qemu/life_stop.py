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

LOAD = f"""
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
insmod /modules/rtc-sync-simbus.ko chip=ds3232-sync bus_hz=100000 setup_us=50 jitter_us=50 \\
	timeout_us={TIMEOUT_US} store_rates=1
dev=$(sim_device)
"""


def _rounds(way, share):
    there, gone = WAYS[way]
    lines = [f"rounds 1 1 {gone}", f"rounds {60 // share} 9 {there} %300 {gone}", "memory first",
             "trace_stops", "stops warm-up"]
    for seed, (state, (number, before, after)) in enumerate(STATES.items()):
        lines.append(f"rounds {number // share} {seed} {there} {before} {gone} {after}")
        lines.append(f"stops '{state}'")
        lines.append(f'echo "@@AMID {state}: $(cat {SIM}/unbinds {SIM}/unbinds_amid '
                     f"{SIM}/removals {SIM}/removals_amid | tr '\\n' ' ')\"")
    return "\n".join(lines) + "\nthreads\nmemory last\n"


def _script(way, share):
    return LOAD + _rounds(way, share) + """
rmmod rtc-sync-simbus
rmmod rtc-sync-i2c
rmmod rtc-sync
threads
"""


def _amid(lines):
    """By state: unbinds and those amid a transfer, removals and those."""
    found = {}
    for line in lines:
        if line.startswith("@@AMID "):
            state, numbers = line[len("@@AMID "):].split(": ")
            found[state] = list(map(int, numbers.split()))
    return found


def _judge_state(report, state, number, took_us, amid):
    is_amid = "transfer" in state
    worst_us = max(took_us, default=float("inf"))
    p99_us = life.percentile(took_us, 99)
    limit_us = TIMEOUT_US + SLACK_US if is_amid else SLACK_US
    report.check(f"{state}: kthread_stop() " +
                 ("at most the adapter's timeout and 10 ms" if is_amid else "p99 <= 10 ms"),
                 (worst_us if is_amid else p99_us) <= limit_us and
                 worst_us <= TIMEOUT_US + SLACK_US and len(took_us) == number,
                 f"{len(took_us)} stops, {amid} amid a transfer; p99 {p99_us:.0f} us, max "
                 f"{worst_us:.0f} us; {life.histogram(took_us)}")
    if is_amid:
        report.check(f"{state}: each stop came amid a transfer", amid == number,
                     f"{amid} of {number}")


def stop(report, way, kernel, share):
    """Every state, one way; on the kernel that looks at everything a share of the times."""
    lines = life.run(f"stop-{way.split()[0]}-{kernel}", _script(way, share), kernel,
                     **life.simulated(kernel))
    took = life.stops(lines)
    before = 0
    counts = _amid(lines)
    for state in STATES:
        now = counts.get(state, [0, 0, 0, 0])
        _judge_state(report, state, STATES[state][0] // share, took.get(state, []),
                     now[1] - before)
        before = now[1]
    number = sum(rounds // share for rounds, *_ in STATES.values())
    last = list(counts.values())[-1] if counts else [0, 0, 0, 0]
    everything = [value for state in STATES for value in took.get(state, [])]
    report.check(f"{number} times {way}", len(everything) == number and
                 last[0 if way == "unbound" else 2] >= number,
                 f"{last[0]} unbinds, {last[1]} amid a transfer; {last[2]} removals, {last[3]} "
                 f"amid a transfer; {life.histogram(everything)}")
    life.nothing_left(report, lines, kernel)


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
    f"{way}, {kernel}": lambda report, way=way, kernel=kernel, share=share:
        stop(report, way, kernel, share)
    for way in WAYS for kernel, share in ((life.FAST, 1), (life.DEBUG, 20))
}
SCENARIOS["late stops"] = lambda report: late(report, life.FAST)
