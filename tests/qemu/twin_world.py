# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: is the simulated world of tests/kmod as it says? Not rtc-sync is tested here."""

import dataclasses
import re
import statistics

import twin

SIM = "/sys/module/rtc_sync_simbus/parameters"
CLOCKSOURCE = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
HZ = 62_500_000
NSEC = 10**9
TRANSFERS = 100
LATE_US = 150        # what Linux takes to begin, and to wake up afterwards, a tick amid it
MODULES = ("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus")


@dataclasses.dataclass
class Oscillator:
    """The parameters of rtc-sync-wander, and what they mean."""

    ppb: int
    swing_ppb: int = 0
    period_s: int = 86400
    later_ppb: int = 0
    later_s: int = 0

    def parameters(self):
        """For insmod."""
        return " ".join(f"{name}={value}" for name, value in dataclasses.asdict(self).items())

    def gain_ns(self, true_s):
        """What the clock has gained since the counter's 0."""
        first_s = min(true_s, self.later_s) if self.later_s else true_s
        half_s = self.period_s / 2
        halves, part = divmod(true_s / half_s, 1)
        swing = self.swing_ppb * half_s * (2 * part**2 - 4 / 3 * part**3)
        if halves % 2:
            swing = self.swing_ppb * half_s * 2 / 3 - swing
        return self.ppb * first_s + self.later_ppb * (true_s - first_s) + swing


CLOCK = f"""
insmod /modules/rtc-sync-wander.ko {{parameters}}
echo "@@SOURCE $(cat {CLOCKSOURCE})"
insmod /modules/rtc-sync-simbus.ko counter_hz={HZ} ppb=3000
echo "@@RTC $(cat {SIM}/second) $(sample cntvct)"
{{sample}}
echo "@@RTC $(cat {SIM}/second) $(sample cntvct)"
echo -200000 >{SIM}/ppb
echo "@@RTC $(cat {SIM}/second) $(sample cntvct)"
sleep 1800
echo "@@RTC $(cat {SIM}/second) $(sample cntvct)"
"""

WIRES = f"""
insmod /modules/rtc-sync.ko mode=off
cd /sys/kernel/tracing
transfers() {{
	insmod /modules/rtc-sync-simbus.ko bus_hz=$2 setup_us=$3 completion_us=$4 jitter_us=$5 seed=$6
	insmod /modules/rtc-sync-i2c.ko
	echo >trace
	echo 1 >events/i2c/enable
	n=0
	while [ $n -lt {TRANSFERS} ]; do
		read -r second </sys/class/rtc/rtc0/since_epoch
		n=$((n + 1))
	done
	echo 0 >events/i2c/enable
	echo "@@WIRES $1"
	grep -E 'i2c_(read|result):' trace
	rmmod rtc-sync-i2c
	rmmod rtc-sync-simbus
}}
"""

# bus_hz, setup_us, completion_us, jitter_us, seed
BUSES = {
    "100 kHz": (100_000, 0, 0, 0, 0),
    "seed 7": (100_000, 50, 20, 100, 7),
    "seed 7 again": (100_000, 50, 20, 100, 7),
    "seed 8": (100_000, 50, 20, 100, 8),
    "400 kHz": (400_000, 50, 20, 100, 7),
}
TIME_BYTES = 10     # two addresses, the register's number, seven registers


def edges(lines):
    """(second, its beginning in ns, CNTVCT) of the simulated RTC, as often as it was asked."""
    return [tuple(map(int, line.split()[1:])) for line in lines if line.startswith("@@RTC ")]


def seconds_ns(count, ppb):
    """How long so many of the RTC's seconds are."""
    return count * NSEC * NSEC // (NSEC + ppb)


def clock(report, name, oscillator, period_s, count):
    """CLOCK_REALTIME against the counter, and the RTC against the counter."""
    board, lines = twin.run(name, lambda run: CLOCK.format(
        parameters=oscillator.parameters(), sample=run.sample(period_s * 1000, count)),
        overlays=(), rtcs=(), limit_s=400,
        carry=twin.modules("rtc-sync-simbus", "rtc-sync-wander"))
    report.check("the kernel's clock goes by it",
                 twin.value(lines, "@@SOURCE ") == "rtc-sync-wander")
    taken = twin.parse(lines)
    true_s = [sample["true_ns"] / NSEC - board.base_epoch for sample in taken]
    # From the first one on, since its error is the time since 1970
    gained = [sample["err_ns"] - taken[0]["err_ns"] for sample in taken]
    rates = [(gained[i] - gained[i - 1]) / period_s for i in range(1, count)]
    off = [ns - oscillator.gain_ns(now_s) for ns, now_s in zip(gained, true_s)]
    worst = max(abs(off[i] - off[i - 1]) / period_s for i in range(1, count))
    report.check("CLOCK_REALTIME against CNTVCT is what the parameters say, to 1 ppb",
                 worst < 1 and len(taken) == count,
                 f"{min(rates):.1f} to {max(rates):.1f} ppb in {true_s[-1] - true_s[0]:.0f} s, "
                 f"at most {worst:.3f} ppb off")
    rtc = edges(lines)
    into_s = [counter / HZ - edge_ns / NSEC for _, edge_ns, counter in rtc]
    report.check("the RTC's present second began less than a second ago, by CNTVCT",
                 len(rtc) == 4 and all(0 < value < 1.1 for value in into_s),
                 " ".join(f"{value:.3f}" for value in into_s) + " s")
    off = [rtc[i + 1][1] - rtc[i][1] - seconds_ns(rtc[i + 1][0] - rtc[i][0], ppb)
           for i, ppb in ((0, 3000), (2, -200_000))]
    report.check("the RTC's seconds against CNTVCT, at +3000 and at -200000 ppb, to 2 ns",
                 all(abs(value) <= 2 for value in off) and rtc[1][0] - rtc[0][0] > 3000,
                 f"{off[0]} ns off after {rtc[1][0] - rtc[0][0]} s, "
                 f"{off[1]} ns after {rtc[3][0] - rtc[2][0]} s")


READ = re.compile(r" (\d+\.\d+): i2c_read: .* l=7$")
RESULT = re.compile(r" (\d+\.\d+): i2c_result: ")


def durations_us(lines):
    """How long the readings of all time registers took, by the kernel's trace."""
    took, since = [], None
    for line in lines:
        start, end = READ.search(line), RESULT.search(line)
        if start:
            since = float(start.group(1))
        elif end and since is not None:
            took.append(round((float(end.group(1)) - since) * 1e6))
            since = None
    return took


def judge_bus(report, name, took_us):
    """One of BUSES; return by how much longer a reading took than on bus and controller."""
    bus_hz, setup_us, completion_us, jitter_us, _ = BUSES[name]
    least = TIME_BYTES * 9 * 10**6 / bus_hz + setup_us + completion_us
    most = least + 2 * jitter_us
    report.check(f"{name}: a reading takes what it takes on wires",
                 len(took_us) == TRANSFERS and least <= min(took_us) and
                 max(took_us) <= most + LATE_US,
                 f"{min(took_us)} to {max(took_us)} us; bus and controller {least:.0f} to "
                 f"{most:.0f}")
    spread_us = max(took_us) - min(took_us)
    report.check(f"{name}: it varies as it should",
                 jitter_us <= spread_us <= 2 * jitter_us + LATE_US, f"by {spread_us} us")
    return statistics.mean(took_us) - least - jitter_us


def differ_us(took_us, others_us):
    """By how much the same readings' lengths differ, as a rule."""
    return statistics.median(abs(one - other) for one, other in zip(took_us, others_us))


def wires(report):
    """How long transfers take, and that the same seed gives the same."""
    script = WIRES + "".join(
        f"transfers '{name}' {' '.join(map(str, bus))}\n" for name, bus in BUSES.items())
    _, lines = twin.run("wires", script, overlays=(), rtcs=(), carry=twin.modules(*MODULES))
    took_us, late_us = {}, {}
    for part in "\n".join(lines).split("@@WIRES ")[1:]:
        name, rest = part.split("\n", 1)
        took_us[name] = durations_us(rest.splitlines())
        late_us[name] = judge_bus(report, name, took_us[name])
    report.check("on average, Linux takes the same on each bus",
                 max(late_us.values()) - min(late_us.values()) < 15,
                 " ".join(f"{value:.1f}" for value in late_us.values()) + " us")
    same = differ_us(took_us["seed 7"], took_us["seed 7 again"])
    other = differ_us(took_us["seed 7"], took_us["seed 8"])
    report.check("the same seed gives the same", same < 15 and other > 30,
                 f"a reading's length differs by {same:.0f} us as a rule, with another seed by "
                 f"{other:.0f} us")


SCENARIOS = {
    "a wandering oscillator": lambda report: clock(
        report, "wander", Oscillator(ppb=20_000, swing_ppb=5_000, period_s=7200), 600, 13),
    "an oscillator far off": lambda report: clock(
        report, "far-off", Oscillator(ppb=800_000, later_ppb=-200_000, later_s=2000), 300, 13),
    "transfers as on wires": wires,
}
