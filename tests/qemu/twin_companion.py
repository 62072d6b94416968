# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: a module whose clock a companion slews: how exact, and what if it goes."""

import re

import parts
import peers
import twin
import twin_holdover
import twin_ntp
import twin_slew

SYNC = "/sys/class/rtc/rtc0/sync"
SERVE = "rtcsync serve -s /tmp/rates -l /tmp/serve.lock"
INSERT = """
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
"""

HOUR = f"""
{INSERT}
{SERVE} &
{{states}} & states=$!
{{samples}}
wait $states
echo "@@ATTRS $(cat {SYNC}/mode {SYNC}/ntp {SYNC}/step_threshold_ns | tr '\\n' ' ')"
echo "@@STATS $(cat {SYNC}/stats/steps {SYNC}/stats/slews_failed | tr '\\n' ' ')"
echo "@@SLEWS $(cat {SYNC}/stats/slews)"
echo "@@LOG $(dmesg | grep -c 'rtc rtc0: ')"
"""

# What an RTC gains, as it was kept
KEPT_PPB = 1234

# "NAME: the default dead band tells whether the clock is slewed, slews, steps, frequency"
LIFE = f"""
told() {{{{
	echo "@@$1 $(cat {SYNC}/step_threshold_ns {SYNC}/stats/slews {SYNC}/stats/steps {SYNC}/stats/slews_failed | tr '\\n' ' ')"
}}}}
# Seconds, file, what it shall hold
await() {{{{
	n=0
	while [ "$(cat {SYNC}/$2 2>/dev/null)" != "$3" ] && [ $n -lt "$1" ]; do sleep 1; n=$((n + 1)); done
}}}}
{INSERT}
{SERVE} & serve=$!
await 30 state locked
sleep 60
told SERVED
kill -STOP $serve
sleep 30
told HUNG
kill -CONT $serve
sleep 30
told WOKEN
kill -9 $serve
sleep 200
told KILLED
{SERVE} & serve=$!
sleep 60
told AGAIN
rmmod rtc-sync-i2c rtc-sync
echo "@@ALIVE $(kill -0 $serve && echo yes)"
{INSERT}
await 30 state locked
sleep 30
told RELOADED
kill $serve
wait $serve
echo "@@RC $?"
told ENDED
echo "@@FREQ $(adjtimex | sed -n 's/.*frequency: *//p')"
{{samples}}
told LEFT
{SERVE} & serve=$!
sleep 40
told LAST
# What takes long to slew away
adjust shift 50000000
sleep 13
echo "@@SLEWING $(cat {SYNC}/stats/slew_ppb)"
echo kthread_stop >/sys/kernel/tracing/set_ftrace_filter
echo function_graph >/sys/kernel/tracing/current_tracer
# Not as a sync is due
syncs=$(cat {SYNC}/stats/syncs); n=0
while [ "$(cat {SYNC}/stats/syncs)" = "$syncs" ] && [ $n -lt 150 ]; do usleep 100000; n=$((n + 1)); done
kill -STOP $serve
rmmod rtc-sync-i2c
echo "@@STOP $(grep kthread_stop /sys/kernel/tracing/trace)"
kill -9 $serve
dmesg | grep -E 'rtc rtc0: .*companion' | sed 's/^/@@SAID /'
"""

# chronyd with rtcsync clears STA_UNSYNC. When nobody can ask any more, it keeps the clock all the same
OWNED = f"""
insmod /modules/rtc-sync-simbus.ko counter_hz={twin_ntp.HZ}
{INSERT}
mkdir /tmp/rates
rate=/tmp/rates/$(tr ' .' '__' </sys/class/rtc/rtc0/name).rate
echo "rtc_rate_ppb {KEPT_PPB}" >$rate
{SERVE} & serve=$!
sleep 30
echo "@@RESTORED $(cat {SYNC}/rtc_rate_ppb)"
rm $rate
{{chrony}}
n=0
while [ "$(cat {SYNC}/state)" != standby ] && [ $n -lt 120 ]; do sleep 1; n=$((n + 1)); done
echo "@@OWNED $(cat {SYNC}/ntp {SYNC}/state | tr '\\n' ' ')"
steps=$(cat {SYNC}/stats/steps)
slews=$(cat {SYNC}/stats/slews)
sleep 3700
echo "@@HOURLY $(cat $rate)"
echo "@@LEARNED $(cat {SYNC}/rtc_rate_ppb {SYNC}/rtc_rate_error_ppb | tr '\\n' ' ')"
kill $serve
wait $serve
echo "@@KEPT $(cat $rate)"
{SERVE} & serve=$!
sleep 30
kill -9 $serve
sleep 600
echo "@@DEAF $(cat {SYNC}/ntp {SYNC}/state | tr '\\n' ' ')"
echo "@@MOVED $(($(cat {SYNC}/stats/steps) - steps)) $(($(cat {SYNC}/stats/slews) - slews))"
"""

# Two RTCs, of which the simulated one keeps the clock, and fails as the companion leaves
PAIR = f"""
insmod /modules/rtc-sync-simbus.ko counter_hz={twin_ntp.HZ}
{INSERT}
echo 0-0068 >/sys/bus/i2c/drivers/rtc-sync-i2c/unbind
sleep 20
echo 0-0068 >/sys/bus/i2c/drivers/rtc-sync-i2c/bind
for name in /sys/class/rtc/rtc*/name; do
	case $(cat $name) in
	*' 0-0068') other=${{name%/name}}/sync ;;
	*) keeper=${{name%/name}}/sync ;;
	esac
done
told() {{
	echo "@@$1 $(cat $keeper/stats/slews $other/stats/slews | tr '\\n' ' ')"
}}
{SERVE} & serve=$!
sleep 60
told FIRST
echo 100 >{parts.SIM}/nak_percent
kill $serve
wait $serve
sleep 20
{SERVE} & serve=$!
sleep 20
echo 0 >{parts.SIM}/nak_percent
sleep 90
told SECOND
echo "@@ASIDE $(dmesg | grep -c 'another RTC keeps')"
echo kthread_stop >/sys/kernel/tracing/set_ftrace_filter
echo function_graph >/sys/kernel/tracing/current_tracer
kill -STOP $serve
echo 1 >$keeper/trigger
echo 1 >$other/trigger
# A tenth of the time that both wait for the companion in turn
usleep 300000
rmmod rtc-sync-i2c
echo "@@STOPS $(grep kthread_stop /sys/kernel/tracing/trace | sed 's/[^0-9.]*\\([0-9.]*\\) us.*/\\1/; s/.*[^0-9.]//' | tr '\\n' ' ')"
kill -9 $serve
"""


def _hour(run):
    count = twin_slew.HOUR_S * 1000 // twin_slew.PERIOD_MS
    return HOUR.format(samples=run.sample(twin_slew.PERIOD_MS, count),
                       states=peers.ntpstate(run, 60_000, twin_slew.HOUR_S // 60).strip())


def hour(report, drift_ppm):
    """An hour, every 10 s, with the default settings: as good as built in."""
    _, lines = twin.run(f"companion-{drift_ppm}", _hour, drift_ppm=drift_ppm, peers=True,
                        limit_s=400)
    twin_slew.check_clock(report, twin.parse(lines))
    twin_slew.check_adjtimex(report, peers.states(lines))
    report.check("one step, at the first sync; no slew failed",
                 twin.value(lines, "@@STATS ") == "1 0", twin.value(lines, "@@STATS "))
    report.check("one slew an interval", 350 <= int(twin.value(lines, "@@SLEWS ")) <= 400,
                 twin.value(lines, "@@SLEWS "))
    report.check("mode auto, threshold 128 ms, and nobody else keeps the clock",
                 twin.value(lines, "@@ATTRS ") == "auto no 128000000",
                 twin.value(lines, "@@ATTRS "))
    report.check("the log is silent in steady state", int(twin.value(lines, "@@LOG ")) <= 6,
                 twin.value(lines, "@@LOG "))


def _told(lines, name):
    """The dead band in ms, slews, steps and slews that failed, then."""
    band_ns, *counts = (int(word) for word in twin.value(lines, f"@@{name} ").split())
    return [band_ns // 10**6, *counts]


def life(report):
    """It hangs, is killed, comes again; the modules are loaded anew; it is ended."""
    _, lines = twin.run("companion-life",
                        lambda run: LIFE.format(samples=run.sample(5000, 12)),
                        drift_ppm=100, limit_s=300)
    served, hung, woken, killed, again, reloaded, ended, left = (
        _told(lines, name) for name in ("SERVED", "HUNG", "WOKEN", "KILLED", "AGAIN", "RELOADED",
                                        "ENDED", "LEFT"))
    report.check("while it is here the clock is slewed",
                 served[0] == 128 and served[1] >= 6, str(served))
    report.check("one that hangs is noticed at the next sync: as a module alone",
                 hung[0] == 10 and hung[1] <= served[1] + 2, str(hung))
    report.check("once it goes on, it serves again", woken[0] == 128 and woken[1] > hung[1],
                 str(woken))
    report.check("one that was killed is noticed, too",
                 killed[0] == 10 and killed[2] >= woken[2] and killed[1] <= woken[1] + 1, str(killed))
    report.check("the next one goes on", again[0] == 128 and again[1] >= killed[1] + 5, str(again))
    report.check("it outlives the modules, and serves those loaded anew",
                 twin.value(lines, "@@ALIVE ") == "yes" and reloaded[0] == 128 and
                 reloaded[1] >= 3, str(reloaded))
    report.check("ended by SIGTERM it leaves: status 0, and the clock is stepped again at once",
                 twin.value(lines, "@@RC ") == "0" and ended[0] == 10 and left[1] == ended[1],
                 f"{ended}, {left}")
    rates = [sample["steering_ppb"] for sample in twin.parse(lines)]
    report.check("and nothing is left of a slew: the clock runs at the RTC's pace",
                 bool(rates) and all(abs(rate + 100_000) < 2_000 for rate in rates), str(rates[:3]))
    stop_us = float(re.search(r"([\d.]+) us", twin.value(lines, "@@STOP ")).group(1))
    report.check("detached amid a slew, while it hangs: kthread_stop() within 10 ms",
                 abs(int(twin.value(lines, "@@SLEWING "))) > 400_000 and 4_000 <= stop_us <= 10_000,
                 f"{stop_us:.0f} us")
    said = [line for line in lines if line.startswith("@@SAID ")]
    report.check("two lines in the log for each that comes and goes", len(said) <= 11,
                 f"{len(said)} lines")


def owned(report):
    """chronyd is seen by STA_UNSYNC, and goes on to be known once the companion is killed."""
    _, lines = twin.run("companion-owned", lambda run: OWNED.format(
        chrony=twin_holdover.chronyd(run, peers.RTCSYNC)),
        peers=True, overlays=(), rtcs=(), carry=twin.modules(*twin_ntp.SIMULATED),
        drift_ppm=100, limit_s=400)
    report.check("a rate that was kept is told to the engine",
                 int(twin.value(lines, "@@RESTORED ")) == KEPT_PPB, twin.value(lines, "@@RESTORED "))
    learned = twin.value(lines, "@@LEARNED ").split()
    hourly = twin.value(lines, "@@HOURLY ").split()
    report.check("what was learned is looked at each hour, and kept if it is news",
                 len(hourly) == 2 and hourly[0] == "rtc_rate_ppb", str(hourly))
    report.check("what was learned from NTP is kept at the end", len(learned) == 2 and
                 learned[0] != str(KEPT_PPB) and
                 twin.value(lines, "@@KEPT ") == f"rtc_rate_ppb {learned[0]}",
                 f"{learned}, {twin.value(lines, '@@KEPT ')}")
    report.check("chronyd keeps the clock: standby", twin.value(lines, "@@OWNED ") == "yes standby",
                 twin.value(lines, "@@OWNED "))
    report.check("ten minutes after the companion was killed, too",
                 twin.value(lines, "@@DEAF ").split()[0] == "yes", twin.value(lines, "@@DEAF "))
    report.check("no step, no slew meanwhile", twin.value(lines, "@@MOVED ") == "0 0",
                 twin.value(lines, "@@MOVED "))


def pair(report):
    """Two RTCs: who keeps the clock goes on to, and neither waits for the other's companion."""
    _, lines = twin.run("companion-pair", PAIR, carry=twin.modules(*twin_ntp.SIMULATED),
                        drift_ppm=100, limit_s=300)
    first, second = ([int(word) for word in twin.value(lines, f"@@{name} ").split()]
                     for name in ("FIRST", "SECOND"))
    report.check("one of them keeps the clock", first[0] >= 3 and first[1] == 0, str(first))
    report.check("and goes on to when the companion has left and come back, though it fails then",
                 second[0] > first[0] and second[1] == 0 and
                 twin.value(lines, "@@ASIDE ") == "1", f"{first} {second}")
    stops_us = [float(word) for word in twin.value(lines, "@@STOPS ").split()]
    report.check("both detached while it hangs: kthread_stop() within 10 ms each",
                 len(stops_us) == 2 and max(stops_us) <= 10_000, str(stops_us))


SCENARIOS = {
    "a companion: an hour at +100 ppm": lambda report: hour(report, 100),
    "a companion: an hour at -100 ppm": lambda report: hour(report, -100),
    "a companion: comes and goes": life,
    "a companion: beside chronyd": owned,
    "a companion: of two RTCs": pair,
}
