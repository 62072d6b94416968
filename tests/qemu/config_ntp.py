# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: NTP daemons whose server comes and goes, and the RTC while it is gone.

The system's oscillator warms up meanwhile, and the RTC is 0.3 s behind, and gains.
"""

import config_fleet
import trap_daemons
import tree
import twin
import twin_holdover

SYNC = twin_holdover.SYNC
US = 10**3
MS = 10**6
PHASE_NS = 300_000_000
RTC_PPB = 3000
ONLINE, OFFLINE, BACK = 60, 540, 60     # samples
PERIOD_MS = 10_000
LEARN_S = 2700
# That makes 3 ms in the time without NTP, if nobody minds
WANDER = config_fleet.WANDER

SCRIPT = """
ifconfig lo 127.0.0.1 up
insmod /modules/{wander}
insmod /modules/rtc-sync-simbus.ko counter_hz={hz} ppb={rtc_ppb} \
	start_s={base} phase_ns={phase_ns}
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
ln -s ptp0 /dev/ptp_rtc0
mkdir /tmp/rates
{companion}
n=0
while [ "$(cat {sync}/state)" != locked ] && [ $n -lt 60 ]; do sleep 1; n=$((n + 1)); done
uplink() {{ ntpserver {base} {hz} & server=$!; }}
told() {{ echo "@@$1 $(cat {sync}/state {sync}/ntp {sync}/stats/steps | tr '\\n' ' ')"; }}
base={base}
told BEFORE
{now}
uplink
{start}
sleep {learn_s}
told ONLINE
{online}
kill $server
{offline}
told OFFLINE
uplink
sleep {back_s}
{back}
told BACK
echo "@@ALIVE $(ps | grep -c '[l]d-linux-armhf')"
"""
COMPANION = "rtcsync serve -s /tmp/rates -l /tmp/serve.lock &"


def _play(name, start, companion="", back_s=300, **options):
    def script(run):
        return SCRIPT.format(
            sync=SYNC, hz=run.board.counter_hz, base=run.base_epoch, rtc_ppb=RTC_PPB, wander=WANDER,
            phase_ns=PHASE_NS, start=start, companion=companion, learn_s=LEARN_S, back_s=back_s,
            now=run.sample(1, 1), online=run.sample(PERIOD_MS, ONLINE),
            offline=run.sample(PERIOD_MS, OFFLINE), back=run.sample(PERIOD_MS, BACK))

    _, lines = twin.run(f"config-{name}", script, overlays=(), rtcs=(), peers=True, limit_s=900,
                        carry=twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus",
                                           "rtc-sync-wander"), **options)
    return lines


def _judge(report, lines, online_us, offline_us, state):
    taken = twin.parse(lines)
    report.check("it lives to the end", twin.value(lines, "@@ALIVE ") == "1" and
                 len(taken) == 1 + ONLINE + OFFLINE + BACK)
    report.check("before: the RTC's time, 0.3 s behind",
                 abs(taken[0]["err_ns"] + PHASE_NS) < 10 * MS, f"{taken[0]['err_ns'] / MS:.3f} ms")
    parts = (("online", taken[1:1 + ONLINE], online_us),
             ("offline, an hour and a half", taken[1 + ONLINE:1 + ONLINE + OFFLINE], offline_us),
             ("online again", taken[1 + ONLINE + OFFLINE:], online_us))
    for name, part, bar_us in parts:
        most_us = max(abs(sample["err_ns"]) for sample in part) / US
        report.check(f"{name}: right to {bar_us / 1000:g} ms", most_us <= bar_us,
                     f"at most {most_us:.1f} us")
    told = [twin.value(lines, f"@@{word} ").split() for word in ("ONLINE", "OFFLINE", "BACK")]
    report.check(f"the engine is in standby online, {state} offline",
                 [words[0] for words in told] == ["standby", state, "standby"],
                 ", ".join(" ".join(words) for words in told))
    report.check("no step of the engine's", len({words[2] for words in told}) == 1)


def _chrony(*directives):
    text = config_fleet.DEBIAN.format(name="chrony") + "port 0\nserver 127.0.0.1 iburst maxpoll 7\n"
    return (config_fleet.heredoc("chrony", text + "".join(directives)) +
            'chronyd -f /tmp/chrony.conf -l /tmp/chrony.log || echo "@@FAIL chronyd"\n')


def phc(report):
    """board/config/chrony/phc.conf: chronyd steers all the time."""
    start = _chrony(config_fleet.text("phc.conf")).replace("\nrtcsync\n", "\n")
    _judge(report, _play("phc", start), 1000, 1000, "standby")


def engine(report):
    """chronyd with its servers, and the engine without them."""
    _judge(report, _play("engine", _chrony(), COMPANION), 1000, 2000, "holdover")


def timesyncd(report):
    """board/config/timesyncd/rtc-sync.conf."""
    source = tree.TOP / "board/config/timesyncd/rtc-sync.conf"
    start = trap_daemons.TIMESYNCD.replace("ntpserver $base 62500000 & server=$!", """
mkdir -p /etc/systemd/timesyncd.conf.d
cp /rtc-sync.conf /etc/systemd/timesyncd.conf.d/
""")
    lines = _play("timesyncd", start, COMPANION, back_s=900, files={"rtc-sync.conf": source},
                  base="2028-06-01T00:00:00")
    _judge(report, lines, 5000, 10_000, "holdover")


SCENARIOS = {
    "chrony, and the PTP clock": phc,
    "chrony, and the engine": engine,
    "timesyncd, and the engine": timesyncd,
}
