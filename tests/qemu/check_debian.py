# SPDX-License-Identifier: GPL-2.0-only
"""Debian with systemd on the twin: the packages of `make deb`, beside what else sets a clock.

Run by tests/debian/run, which has unpacked the packages, and compiled the modules by DKMS.
"""

import re

import check
import systemd_guest
import tree
import twin

WORK = tree.BUILD / "tests" / "debian"
BASE = "2028-06-01T00:00:00"     # after all of Debian 12 was built
SYNC = "/sys/class/rtc/rtc0/sync"
MS = 10**6
SAMPLES = 20
# Restarted as a second begins it sets the clock by so little that it is slewed
SET_BACK_NS = -150 * MS
UNITS = ("systemd-timesyncd.service", "fake-hwclock.service", "rtcsync.service")

# What fake-hwclock has saved is three days ahead of the RTC. hwclock-set is what the guides
# for the Raspberry Pi make of it, without what ends it under systemd; and says how it ended
BEFORE = """
echo "2028-06-04 00:00:00" >/etc/fake-hwclock.data
sed -i '/run.systemd.system/,/^fi/d; /--systz/d; s/--hctosys$/&; echo $? >>\\/run\\/hwclock-set/' \\
	/usr/lib/udev/hwclock-set
"""

SCRIPT = """
n=0
while [ "$(systemctl is-system-running)" = starting ] && [ $n -lt 60 ]; do sleep 1; n=$((n + 1)); done
until [ "$(cat {sync}/state)" = locked ] || [ $n -ge 90 ]; do sleep 1; n=$((n + 1)); done
sleep 25
echo "@@STATE $(cat {sync}/state)"
echo "@@MODULES $(lsmod | awk '/^rtc_sync/ {{ print $1 }}' | sort | tr '\\n' ' ')"
echo "@@SYSTEM $(systemctl is-system-running) $(systemctl --failed --plain --no-legend | tr '\\n' ' ')"
echo "@@SERVICE $(systemctl is-active rtcsync) $(stat -c %G:%a {sync}/companion)"
echo "@@PTP $(readlink -f /dev/ptp_rtc0) $(cat /sys/class/rtc/rtc0/ptp*/clock_name)"
echo "@@USER $(stat -c %U /proc/$(systemctl show -P MainPID rtcsync))"
echo "@@LOADED_US $(systemctl show -P ExecMainExitTimestampMonotonic fake-hwclock)"
echo "@@BEFORE $(systemctl show -P Before fake-hwclock)"
echo "@@HWCLOCK $(tr '\\n' ' ' </run/hwclock-set)"
dmesg | grep -E 'rtc rtc0:|setting system clock' | sed 's/^/@@LOG /'
{sample}
steps=$(cat {sync}/stats/steps)
systemctl restart systemd-timesyncd
sleep 12
echo "@@TIMESYNCD $(systemctl is-active systemd-timesyncd) $(($(cat {sync}/stats/steps) - steps))"
{sample}
for n in 1 2 3 4 5; do
	systemctl restart fake-hwclock
	set -- $({once})
	back=${{3#err_ns=}}
	[ "$back" -gt {back} ] || break
done
echo "@@BACK $back"
sleep 12
{sample}
echo "@@SAVED $(cat /etc/fake-hwclock.data)"
systemctl stop rtcsync
echo "@@STOPPED $(systemctl show -P Result rtcsync)"
dmesg | sed -n 's/.*rtc rtc0: the companion/@@LEFT &/p'
"""


def _errors(taken):
    return max((abs(sample["err_ns"]) for sample in taken), default=float("inf"))


def _judge_clock(report, name, taken):
    dishonest = len(twin.dishonest(taken))
    report.check(name, len(taken) == SAMPLES and _errors(taken) <= MS and not dishonest,
                 f"{len(taken)} samples, at most {_errors(taken) / 1e3:.1f} us off, "
                 f"{dishonest} beyond error_ns")


def _judge_order(report, lines):
    """fake-hwclock first, then the RTC."""
    log = "\n".join(line for line in lines if line.startswith("@@LOG"))
    found = re.search(r"\[ *(\d+)\.(\d+)\] .*setting system clock", log)
    set_us = int(found.group(1) + found.group(2)) if found else 0
    loaded_us = int(twin.value(lines, "@@LOADED_US ") or 0)
    is_ordered = "systemd-udev-trigger.service" in twin.value(lines, "@@BEFORE ").split()
    report.check("fake-hwclock sets its time before there is an RTC, always",
                 0 < loaded_us < set_us and is_ordered,
                 f"at {loaded_us / 1e6:.2f} s; the RTC's is set at {set_us / 1e6:.2f} s")
    report.check("the companion is heard", "a companion is here" in log)


def boots(report):
    """A boot, and the other programs that set clocks."""
    built = tuple(sorted(WORK.glob("modules/*.ko")))
    _, lines = systemd_guest.run(
        "debian", lambda run: SCRIPT.format(sync=SYNC, sample=run.sample(1000, SAMPLES),
                                            once=run.sample(1, 1), back=SET_BACK_NS),
        before=BEFORE, units=UNITS, packages=(WORK / "root",), carry=built, base=BASE,
        drift_ppm=20)
    taken = twin.parse(lines)
    modules, system, service, user, hwclock = (twin.value(lines, f"@@{word} ") for word in (
        "MODULES", "SYSTEM", "SERVICE", "USER", "HWCLOCK"))
    report.check("udev loads both modules, by the device tree", modules == "rtc_sync rtc_sync_i2c",
                 modules)
    report.check("the system is up, no unit failed", system == "running", system)
    report.check("rtcsync.service runs, sandboxed and not as root; udev gives it its file",
                 (service, user) == ("active rtcsync:660", "rtcsync"), f"{service}, as {user}")
    ptp = twin.value(lines, "@@PTP ")
    report.check("the PTP clock has a name that stays", ptp == "/dev/ptp0 rtc-sync rtc0", ptp)
    _judge_order(report, lines)
    report.check("hwclock-set without its first lines is refused by udev's sandbox",
                 set(hwclock.split()) == {"1"}, hwclock)
    _judge_clock(report, "the clock is right, not three days ahead", taken[:SAMPLES])
    timesyncd = twin.value(lines, "@@TIMESYNCD ")
    report.check("timesyncd without a network: the engine has nothing to step",
                 timesyncd == "active 0", timesyncd)
    _judge_clock(report, "and the clock is kept", taken[SAMPLES:2 * SAMPLES])
    back_ns = int(twin.value(lines, "@@BACK ") or 0)
    report.check("fake-hwclock, started again, sets it back by less than a second",
                 -1000 * MS < back_ns < SET_BACK_NS, f"{back_ns / MS:.1f} ms")
    _judge_clock(report, "the next sync sets it right", taken[2 * SAMPLES:])
    saved = twin.value(lines, "@@SAVED ")
    report.check("what it has saved is the right day", saved.startswith("2028-06-01 "), saved)
    left = twin.value(lines, "@@LEFT ")
    report.check("stopped, the service takes its leave",
                 twin.value(lines, "@@STOPPED ") == "success" and "the companion has gone" in left,
                 left)


SCENARIOS = {"a boot": boots}

if __name__ == "__main__":
    check.run("debian", SCENARIOS)
