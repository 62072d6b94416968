# SPDX-License-Identifier: GPL-2.0-only
"""Traps: an NTP daemon comes, and finds the clock where a wrong RTC has it."""

import peers
import traps
import tree
from traps import MS, NSEC

AHEAD_NS = 1_700_000_000    # two seconds, whose beginnings are 0.3 s late
NEAR_MS = 20
FOUND_S = 300

# systemd-timesyncd as systemd starts it, without systemd: it waits for a bus to come
# and for networkd's word, and works without either. It looks each 32 s, then less often
TIMESYNCD = """
ifconfig lo 127.0.0.1 up
# Without an address in some network the C library does not resolve 127.0.0.1 to itself
ifconfig lo:0 192.0.2.1 up
ntpserver $base 62500000 & server=$!
mkdir -p /etc/systemd /run/systemd /var/lib/systemd/timesync
echo "systemd-timesync:x:998:998::/:/bin/sh" >>/etc/passwd
echo "systemd-timesync:x:998:" >>/etc/group
chown 998:998 /var/lib/systemd/timesync
printf '[Time]\\nNTP=127.0.0.1\\nFallbackNTP=\\n' >/etc/systemd/timesyncd.conf
SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=info systemd-timesyncd >/tmp/timesyncd.log 2>&1 &
daemon=$!
"""
STOP_TIMESYNCD = """
echo "@@ALIVE timesyncd $(kill -0 $daemon && echo yes)"
sed 's/^/@@DAEMON /' /tmp/timesyncd.log
kill $daemon $server
"""
CHRONYD = peers.start_chrony(peers.TRUTH, peers.RTCSYNC) + "sleep 1\n"
STOP_CHRONYD = f"""
echo "@@ALIVE chronyd $(kill -0 $(cat {peers.CHRONY_PID}) && echo yes)"
{peers.STOP_CHRONY}
{peers.STOP_TRUTH}
"""

CASE = """
insert ds3231 start_s=$((base + 2)) phase_ns=300000000
await {name}-start 30 locked
sleep 40
tell {name}-before
hush
{start}
await {name} {found_s} standby
sleep 100
tell {name}-early
sleep 200
tell {name}
say {name}
{stop}
await {name}-left {left_s} "holdover locked"
sleep 60
tell {name}-left
remove
"""


def _judge(report, name, told, times, lines, state):
    before, early, kept, left = (told[f"{name}{when}"]
                                 for when in ("-before", "-early", "", "-left"))
    report.check(f"{name}: before, the clock follows the RTC, wrong as it is",
                 before.state == ("locked", "none") and
                 abs(before.err_ns - AHEAD_NS) < NEAR_MS * MS,
                 f"{before.err_ns / NSEC:.3f} s ahead")
    report.check(f"{name}: it sets the clock, and the engine stands by within {FOUND_S} s",
                 times[name][1] == "standby" and f"@@ALIVE {name} yes" in lines,
                 f"after {times[name][0]:.1f} s, {early.steps - before.steps} steps of the engine")
    report.check(f"{name}: the clock is left to it, and right",
                 abs(kept.err_ns) < NEAR_MS * MS and abs(early.err_ns) < NEAR_MS * MS and
                 kept.steps == early.steps and kept.state[0] in ("standby", "acquiring"),
                 f"{early.err_ns / MS:.3f} and {kept.err_ns / MS:.3f} ms off, {kept.state[0]}")
    report.check(f"{name}: a few lines in the log", len(traps.said(lines, name)) <= 8,
                 "; ".join(traps.said(lines, name)))
    report.check(f"{name}: when it has gone, the clock goes on from there",
                 abs(left.err_ns) < 2 * NEAR_MS * MS and left.state[0] == state,
                 f"{times[f'{name}-left'][1]} after {times[f'{name}-left'][0]:.0f} s; "
                 f"{left.err_ns / MS:.3f} ms off")


def daemons(report, kernel):
    """systemd-timesyncd, then chronyd."""
    # A module does not see them go, for long: docs/abi.md
    left_s = 900 if kernel == tree.OWN_KERNEL else 60

    def script(run):
        return "".join(CASE.format(name=name, start=start, stop=stop, found_s=FOUND_S, left_s=left_s)
                       for name, start, stop in
                       (("timesyncd", TIMESYNCD, STOP_TIMESYNCD),
                        ("chronyd", CHRONYD + peers.start_truth(run), STOP_CHRONYD)))

    # timesyncd does not believe a time before it was built
    _, lines = traps.run(f"daemons-{kernel}", script, kernel=kernel, peers=True,
                         base="2028-06-01T00:00:00")
    told, times = traps.story(lines), traps.took(lines)
    for name in ("timesyncd", "chronyd"):
        _judge(report, name, told, times, lines,
               "holdover" if kernel == tree.OWN_KERNEL else "standby")


SCENARIOS = {
    "a daemon sets the clock": lambda report: daemons(report, "6.1"),
    "a daemon sets the clock, built in": lambda report: daemons(report, tree.OWN_KERNEL),
}
