# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: NTP comes and goes, with rtc-sync built into the kernel."""

import peers
import tree
import twin

SYNC = "/sys/class/rtc/rtc0/sync"
HZ = 62_500_000
NSEC = 10**9
INTERVAL_S = 10
RTC_PPB = 3000

# chronyd asks every 8 s, which looks like 10 s or 20 s from a sync every 10 s
WORD_GAP_S = 20
UNMINDED_S = max(150, 4 * WORD_GAP_S)

# NTP is looked for at each sync. One that is due at an edge that comes later than was
# expected is a second late, and the sampling is coarse
NOTICED_S = INTERVAL_S + 2
# The kernel writes the RTC as soon as NTP keeps the clock, and the edge is sought anew
SOUGHT_S = 20
ARRIVE_MS = 100

# The chip goes by the truth, not by Linux's clock
CHIP = f"insmod /modules/rtc-sync-simbus.ko counter_hz={HZ}"
# For format()
STATS = f"""
stats() {{{{ echo "@@STATS-$1 $(cat {SYNC}/stats/steps {SYNC}/stats/slews | xargs)"; }}}}
rate() {{{{ echo "@@RATE-$1 $(cat {SYNC}/rtc_rate_ppb {SYNC}/rtc_rate_error_ppb | xargs)"; }}}}
"""

STANDBY = f"""
{STATS}
{CHIP} ppb={RTC_PPB}
sleep 60
{{start}}
{{arrive_flags}} & flags=$!
{{arrive}}
wait $flags
stats from
{{stay}}
stats to
rate learned
{peers.STOP_CHRONY}
{peers.STOP_TRUTH}
echo "@@GONE"
{{leave_flags}} & flags=$!
{{leave}}
wait $flags
"""

FLAP = f"""
{STATS}
{CHIP} ppb={RTC_PPB}
sleep 60
{{start}}
sleep 1500
rate from
echo "@@FLAP"
{{samples}} & samples=$!
n=0
while [ $n -lt 10 ]; do
	{peers.STOP_CHRONY}
	{peers.STOP_TRUTH}
	sleep 1
	{{start}}
	sleep 57
	n=$((n + 1))
done
wait $samples
rate to
"""

PERIOD_S = 300
ALONE = f"""
{STATS}
insmod /modules/rtc-sync-wander.ko ppb=20000 swing_ppb=2000
{CHIP} ppb={RTC_PPB}
sleep 60
{{start}}
{{learn}}
rate learned
{peers.STOP_CHRONY}
{peers.STOP_TRUTH}
echo "@@GONE"
{{hold}}
"""

BEYOND = f"""
{STATS}
{CHIP}
sleep 60
{{samples}}
dmesg | grep 'rtc rtc0: .*oscillator' | sed 's/^/@@LOG /'
"""

# chronyd only watches the RTC, by interrupts that the RTC core makes up
HELD = f"""
{CHIP}
{peers.start_chrony("rtcdevice /dev/rtc0", "rtcfile /tmp/rtc", "rtconutc")}
sleep 60
echo "@@OPEN $(ls -l /proc/$(cat {peers.CHRONY_PID})/fd | grep -c /dev/rtc0)"
echo "@@HWCLOCK $(hwclock.util-linux --show --utc --verbose 2>&1 | grep 'cannot open')"
echo "@@FROM $(cat {SYNC}/stats/syncs)"
{{samples}}
echo "@@TO $(cat {SYNC}/stats/syncs) $(cat {SYNC}/state)"
"""

MOVED = f"""
{CHIP}
sleep 60
{{now}}
dmesg -c >/dev/null
hwclock.util-linux --set --utc --date "2026-01-01 01:05:00"
sleep 60
echo "@@STATE $(cat {SYNC}/state {SYNC}/doubt | tr '\\n' ' ')"
dmesg | grep 'rtc rtc0:' | sed 's/^/@@LOG /'
{{now}}
echo 1 >{SYNC}/trigger
sleep 30
echo "@@TAKEN $(cat {SYNC}/state {SYNC}/doubt | tr '\\n' ' ')"
{{now}}
"""


def own(name, script, **options):
    """Run on the kernel that has rtc-sync built in, with the simulated chip alone."""
    carry = twin.modules("rtc-sync-simbus", "rtc-sync-wander", kernel=tree.OWN_KERNEL)
    return twin.run(f"holdover-{name}", script, kernel=tree.OWN_KERNEL, overlays=(), rtcs=(),
                    carry=carry, peers=True, **options)


def chronyd(run, *directives):
    """A daemon, and the server it follows."""
    return peers.start_chrony(peers.TRUTH, *directives) + "sleep 1\n" + peers.start_truth(run)


def seconds(since_ns, taken, holds):
    """How long after a time the first of some samples holds."""
    found = [sample["true_ns"] for sample in taken if holds(sample)]
    return (found[0] - since_ns) / NSEC if found else float("inf")


def arrival(report, flags, taken):
    """NTP begins to keep the clock. That the edge is sought meanwhile is the kernel's doing."""
    cleared_ns = next((flag["true_ns"] for flag in flags if not flag["unsync"]), 0)
    noticed_s = seconds(cleared_ns, taken, lambda sample: sample["ntp"] == "yes")
    report.check("NTP is noticed within an interval of STA_UNSYNC being cleared",
                 flags[0]["unsync"] == 1 and 0 <= noticed_s <= NOTICED_S,
                 f"{noticed_s:.1f} s after it")
    states = [sample["state"] for sample in taken if sample["ntp"] == "yes"]
    sought_s = states.count("acquiring") * ARRIVE_MS / 1000
    report.check("standby from then on, once the edge is known that the kernel has moved",
                 set(states) <= {"standby", "acquiring"} and states[-1:] == ["standby"] and
                 sought_s <= SOUGHT_S, f"sought for {sought_s:.1f} s of "
                 f"{len(states) * ARRIVE_MS / 1000:.1f} s")


def numbers(lines, marker):
    """The numbers after a marker."""
    return [int(word) for word in twin.value(lines, marker).split()]


def in_state(name):
    """Whether a sample is in a state."""
    return lambda sample: sample["state"] == name


def standby(report):
    """chronyd comes, stays and is killed."""
    _, lines = own("standby", lambda run: STANDBY.format(
        start=chronyd(run, peers.RTCSYNC), stay=run.sample(30_000, 60),
        arrive_flags=peers.ntpstate(run, ARRIVE_MS, 600).strip(),
        arrive=run.sample(ARRIVE_MS, 600),
        leave_flags=peers.ntpstate(run, 5000, 200).strip(), leave=run.sample(5000, 200)),
        drift_ppm=50, limit_s=240)
    gone = lines.index("@@GONE")
    flags, taken = peers.states(lines[:gone]), twin.parse(lines[:gone])
    arrived = [sample for sample in taken if sample["true_ns"] <= flags[-1]["true_ns"]]
    arrival(report, flags, arrived)
    before, after = numbers(lines, "@@STATS-from "), numbers(lines, "@@STATS-to ")
    report.check("the clock is left alone in standby", before == after and before[1] > 0,
                 f"{after[0] - before[0]} steps and {after[1] - before[1]} slews in half an hour")

    flags, taken = peers.states(lines[gone:]), twin.parse(lines[gone:])
    took_s = seconds(taken[0]["true_ns"], taken, in_state("holdover"))
    report.check("holdover after chronyd was killed",
                 took_s <= UNMINDED_S + 2 * INTERVAL_S, f"{took_s:.0f} s after it")
    said_s = seconds(taken[0]["true_ns"], flags, lambda flag: flag["unsync"])
    report.check("STA_UNSYNC is set by then", said_s <= UNMINDED_S + 3 * INTERVAL_S,
                 f"{said_s:.0f} s after it")
    kept = [sample for sample in taken if sample["state"] == "holdover"]
    worst_us = max((abs(sample["err_ns"]) / 1e3 for sample in kept), default=0)
    report.check("the clock stays right, and error_ns covers it",
                 len(kept) > 100 and not twin.dishonest(kept) and worst_us < 1000,
                 f"{worst_us:.0f} us off at most, of {max(s['error_ns'] for s in kept) / 1e3:.0f} "
                 "us said to be possible" if kept else "")
    report.note(f"rtc_rate_ppb and its error: {numbers(lines, '@@RATE-learned ')}, truly {RTC_PPB}")


def flap(report):
    """chronyd is killed and started each minute: STA_UNSYNC is set for 25 s of it."""
    _, lines = own("flap", lambda run: FLAP.format(
        start=chronyd(run, peers.RTCSYNC), samples=run.sample(3000, 200)), drift_ppm=50)
    start = next(i for i, line in enumerate(lines) if line.startswith("@@FLAP"))
    states = [sample["state"] for sample in twin.parse(lines[start:])]
    report.check("standby throughout", set(states) <= {"standby", "acquiring"} and
                 len(states) == 200 and states.count("acquiring") <= 10,
                 " ".join(f"{name}: {states.count(name)}" for name in sorted(set(states))))
    rates = [numbers(lines, f"@@RATE-{when} ") for when in ("from", "to")]
    report.check("rtc_rate_ppb is not disturbed",
                 all(len(rate) == 2 and abs(rate[0] - RTC_PPB) <= rate[1] <= 700 for rate in rates),
                 f"[rate, error] before and after: {rates}, truly {RTC_PPB}")


def alone(report, name, directives, hours, most_ms):
    """Two hours with NTP, then none, by an oscillator that wanders."""
    _, lines = own(name, lambda run: ALONE.format(
        start=chronyd(run, *directives), learn=run.sample(PERIOD_S * 1000, 24),
        hold=run.sample(PERIOD_S * 1000, hours * 3600 // PERIOD_S)), limit_s=400)
    taken = twin.parse(lines[lines.index("@@GONE"):])
    rate_ppb, error_ppb = numbers(lines, "@@RATE-learned ")
    report.check("the rate is learned, and its error covers it",
                 abs(rate_ppb - RTC_PPB) <= error_ppb <= 250,
                 f"{rate_ppb} +- {error_ppb} ppb, truly {RTC_PPB}")
    kept = [sample for sample in taken if sample["state"] == "holdover"]
    worst_ms = max((abs(sample["err_ns"]) / 1e6 for sample in kept), default=0)
    report.check(f"at most {most_ms} ms off in holdover", len(kept) > 50 and worst_ms <= most_ms,
                 f"{worst_ms:.3f} ms in {len(kept) * PERIOD_S / 3600:.1f} hours, "
                 f"{kept[-1]['error_ns'] / 1e6:.3f} ms said to be possible" if kept else "")
    bad = twin.dishonest(kept)
    report.check("true error <= error_ns in every sample", not bad,
                 f"{len(bad)} of {len(kept)} samples are not covered")
    freqs = [sample["freq_ppb"] for sample in taken]
    report.check("the oscillator wandered meanwhile", max(freqs) - min(freqs) > 500,
                 f"by {max(freqs) - min(freqs)} ppb")


def beyond(report):
    """An oscillator further off than a slew can make up for."""
    _, lines = own("beyond", lambda run: BEYOND.format(samples=run.sample(970, 300)),
                   drift_ppm=800)
    worst_ms = max(abs(sample["err_ns"]) / 1e6 for sample in twin.parse(lines))
    report.check("it steps: true error <= dead band and an interval's drift",
                 worst_ms <= 10 + 0.8 * INTERVAL_S + 0.2, f"at most {worst_ms:.2f} ms")
    said = [line for line in lines if line.startswith("@@LOG ")]
    report.check("the log says so once", len(said) == 1, " ".join(said))


def held(report):
    """chronyd has /dev/rtc0 to itself, and leaves the clock to us."""
    _, lines = own("held", lambda run: HELD.format(samples=run.sample(10_000, 31)),
                   hwclock=True, drift_ppm=50)
    report.check("chronyd holds it", twin.value(lines, "@@OPEN ") == "1")
    said = twin.value(lines, "@@HWCLOCK ")
    report.check("hwclock finds it busy", "busy" in said, said)
    count, state = twin.value(lines, "@@TO ").split()
    count = int(count) - int(twin.value(lines, "@@FROM "))
    report.check("the engine goes on", (count >= 29, state) == (True, "locked"),
                 f"{state}, {count} syncs in 300 s")
    taken = twin.parse(lines)
    worst_us = max(abs(sample["err_ns"]) / 1e3 for sample in taken)
    report.check("the clock stays right, and error_ns covers it",
                 worst_us < 100 and not twin.dishonest(taken), f"{worst_us:.0f} us off at most")


def moved(report):
    """Somebody sets the RTC by an hour."""
    _, lines = own("moved", lambda run: MOVED.format(now=run.sample(1, 1)), drift_ppm=50,
                   hwclock=True)
    before, after, taken = twin.parse(lines)
    report.check("invalid, for want of belief", twin.value(lines, "@@STATE ") == "invalid step",
                 twin.value(lines, "@@STATE "))
    said = [line for line in lines if line.startswith("@@LOG ")]
    report.check("with one line in the log", sum("invalid" in line for line in said) == 1,
                 f"{len(said)} lines in all")
    report.check("the clock is left alone", abs(after["err_ns"] - before["err_ns"]) < 5 * 10**6 and
                 before["steps"] == after["steps"],
                 f"moved by {(after['err_ns'] - before['err_ns']) / 1e6:.3f} ms")
    report.check("trigger accepts", twin.value(lines, "@@TAKEN ") == "locked none" and
                 abs(taken["offset_ns"]) < 10**6 and taken["err_ns"] > 3000 * NSEC,
                 f"{taken['offset_ns'] / 1e3:.0f} us beside it")


SCENARIOS = {
    "chronyd comes and goes": standby,
    "chronyd comes and goes each minute": flap,
    "a day without NTP": lambda report: alone(report, "day", (peers.RTCSYNC,), 24, 5),
    # It is missed only after more than an hour, and that must not be learned from
    "chronyd that keeps no flag is missed": lambda report: alone(report, "no-flag", (), 8, 1),
    "an oscillator beyond a slew": beyond,
    "chronyd watches /dev/rtc0": held,
    "the RTC is set by an hour": moved,
}
