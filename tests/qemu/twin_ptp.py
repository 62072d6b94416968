# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: the RTC as a PTP clock, its square wave as a PPS source."""

import boards
import devicetree
import tree
import twin

SYNC = "/sys/class/rtc/rtc0/sync"
PPS = "/sys/class/rtc/rtc0/pps0"
READINGS = 60
EDGES = 20
PHASE_NS = 250_000_000
# From the edge until the kernel has its timestamp: mostly, and if it was busy
LATE_NS = 10_000
LATEST_NS = 200_000

# A GPIO bank of the twin; nothing is wired to its lines
GPIO = "/soc/bus@2000000/gpio@209c000"
LEVEL_LOW = 8

# chip, its register of the square wave, and what switches that off
CHIPS = (("ds1307-sync", 0x07, 0x00), ("ds1338-sync", 0x07, 0x00), ("ds3231-sync", 0x0e, 0x1c))

PHC = f"""
insmod /modules/rtc-sync.ko mode=monitor
insmod /modules/rtc-sync-i2c.ko
echo "@@NAME $(ls -d /dev/ptp0) $(cat /sys/class/rtc/rtc0/ptp0/clock_name)"
{{once}}
sleep 30
echo "@@STATE $(cat {SYNC}/state)"
{{read}}
phc refuse /dev/ptp0
phc hold /dev/ptp0 10 >/held &
sleep 1
echo "@@RMMOD $(rmmod rtc-sync-i2c && rmmod rtc-sync && echo done)"
wait
cat /held
insmod /modules/rtc-sync.ko mode=off
insmod /modules/rtc-sync-i2c.ko
echo "@@AGAIN $(ls -d /dev/ptp0)"
{{once}}
rmmod rtc-sync-i2c
"""

EDGE = f"""
insmod /modules/rtc-sync-simbus.ko chip={{chip}} counter_hz={{hz}} phase_ns={PHASE_NS} sqw_irq=1
insmod /modules/rtc-sync.ko mode=monitor
insmod /modules/rtc-sync-i2c.ko
sleep 8
echo "@@CHIP {{chip}}"
echo "@@NAME $(ls -d /dev/pps0) $(cat {PPS}/name)"
n=0
while [ $n -lt {EDGES} ]; do
	sleep 1
	echo "@@EDGE $(cat {PPS}/assert)"
	{{now}}
	n=$((n + 1))
done
bus=$(basename /sys/bus/i2c/devices/*-0068 | cut -d- -f1)
i2cset -f -y $bus 0x68 {{register:#x}} {{off:#x}}
sleep 1
echo "@@OFF-from $(cut -d'#' -f2 {PPS}/assert)"
sleep 5
echo "@@OFF-to $(cut -d'#' -f2 {PPS}/assert)"
hwclock -w -u
sleep 5
echo "@@SET $(cut -d'#' -f2 {PPS}/assert)"
exec 3</dev/pps0
echo "@@RMMOD $(rmmod rtc-sync-i2c && echo done) $(grep -c rtc0 /proc/interrupts) left"
exec 3<&-
rmmod rtc-sync
rmmod rtc-sync-simbus
"""


def readings(lines):
    """What phc read printed, as dictionaries."""
    return [dict(word.split("=") for word in line.split()[1:])
            for line in lines if line.startswith("@@P ")]


def phc(report):
    """/dev/ptp0: the time, what it refuses, and an open file that outlives it."""
    def script(run):
        def read(count):
            return (f"phc read /dev/ptp0 1000 {count} {run.base_epoch} {run.board.counter_hz} "
                    f"{SYNC}")
        return PHC.format(once=read(1), read=read(READINGS))

    _, lines = twin.run("phc", script, drift_ppm=100)
    name = twin.value(lines, "@@NAME ")
    report.check("it is there, under the RTC", name == "/dev/ptp0 rtc-sync rtc0", name)
    early, *taken, late = readings(lines)
    report.check("EBUSY before the edge is known", early == {"failed": "EBUSY"}, f"{early}")
    report.check("EBUSY in mode off", late == {"failed": "EBUSY"}, f"{late}")
    judge(report, twin.value(lines, "@@STATE "),
          [{name: int(value) for name, value in one.items()} for one in taken])
    refused = twin.value(lines, "@@REFUSE ")
    report.check("nobody sets or adjusts it",
                 [word.split("=")[1] for word in refused.split()] == 4 * ["EOPNOTSUPP"], refused)
    held = twin.value(lines, "@@HELD ")
    report.check("rmmod while it is open: the file says that it is gone",
                 (held, twin.value(lines, "@@RMMOD ")) == ("ioctl=ENODEV gettime=ENODEV", "done"),
                 held)
    report.check("it comes again", twin.value(lines, "@@AGAIN ") == "/dev/ptp0")


def judge(report, state, taken):
    """The readings while it is locked."""
    report.check("read while locked", state == "locked" and len(taken) == READINGS,
                 f"{state}, {len(taken)} readings")
    errors = [max(abs(one["err_ns"]), abs(one["precise_err_ns"])) for one in taken]
    nearest = min(one["bound_ns"] - error for one, error in zip(taken, errors))
    report.check("its true error is within the RTC's part of error_ns", nearest >= 0,
                 f"at most {max(errors) / 1e3:.1f} us, {nearest / 1e3:.1f} us or more to spare")
    apart = max(abs(one["err_ns"] - one["precise_err_ns"]) for one in taken)
    delay = max(one["delay_ns"] for one in taken)
    report.check("cross timestamps agree with it", apart <= delay,
                 f"to {apart} ns; a reading takes {delay} ns")


def edges(lines):
    """(number, its second, ns that it was late) of each edge that the kernel told of."""
    told = [line.split()[1] for line in lines if line.startswith("@@EDGE ")]
    found = []
    for edge, system in zip(told, twin.parse(lines)):
        time, number = edge.split("#")
        seconds, fraction = time.split(".")
        since_ns = int(seconds) * 10**9 + int(fraction) - system["err_ns"] - PHASE_NS
        second = round(since_ns / 1e9)
        found.append((int(number), second, since_ns - second * 10**9))
    return found


def judge_edges(report, chip, lines):
    """One chip's part of the console."""
    name = twin.value(lines, "@@NAME ")
    report.check(f"{chip}: it is there, under the RTC", name == "/dev/pps0 rtc-sync rtc0", name)
    found = edges(lines)
    offsets = {number - second for number, second, _ in found}
    report.check(f"{chip}: one edge a second", len(offsets) == 1 and len(found) == EDGES,
                 f"{found[-1][0] - found[0][0]} edges in {found[-1][1] - found[0][1]} s")
    late = sorted(late_ns for *_, late_ns in found)
    report.check(f"{chip}: timestamped within {LATE_NS // 1000} us of the second's beginning",
                 late[0] >= 0 and late[EDGES * 3 // 4] <= LATE_NS and late[-1] <= LATEST_NS,
                 f"{late[0] / 1e3:.1f} to {late[-1] / 1e3:.1f} us, "
                 f"most of them {late[EDGES * 3 // 4] / 1e3:.1f} us late or less")
    before, after, again = (int(twin.value(lines, f"@@{when} "))
                            for when in ("OFF-from", "OFF-to", "SET"))
    report.check(f"{chip}: switched on again after a set of the RTC",
                 before == after and 3 <= again - after <= 5,
                 f"{after - before} edges in 5 s, {again - after} in the 5 s after the set")
    gone = twin.value(lines, "@@RMMOD ")
    report.check(f"{chip}: rmmod while /dev/pps0 is open", gone == "done 0 left",
                 f"{gone} in /proc/interrupts")


def pps(report):
    """/dev/pps0: the edge of each second, by the chip's square wave."""
    def script(run):
        return "".join(EDGE.format(chip=chip, register=register, off=off,
                                   hz=run.board.counter_hz, now=run.sample(1, 1))
                       for chip, register, off in CHIPS)

    _, lines = twin.run("pps", script, overlays=(), rtcs=(), modules=("i2c-dev",), limit_s=240,
                        carry=twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus"))
    for part in "\n".join(lines).split("@@CHIP ")[1:]:
        chip, *rest = part.split("\n")
        judge_edges(report, chip, rest)


def pps_by_device_tree(report):
    """An interrupt is for PPS if its name says so, and then by an edge, whatever else it says."""
    gpio = devicetree.phandle(boards.TWIN, tree.kernel(twin.KERNEL), GPIO)

    def chip(address, line, more):
        return twin.chip(address=address, properties=f"""interrupt-parent = <{gpio}>;
                         interrupts = <{line} {LEVEL_LOW}>; {more}""")

    _, lines = twin.run("pps-device-tree", """
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
echo "@@RTCS $(ls -d /dev/rtc? | tr '\\n' ' ')"
echo "@@PPS $(ls -d /dev/pps? | tr '\\n' ' ')"
echo "@@IRQS $(grep 'rtc[01]$' /proc/interrupts | tr -s ' ')"
""", modules=("gpio-mxc",), rtcs=("ds1338@0x68", "ds1338@0x69"),
                        overlays=(chip(0x68, 4, 'interrupt-names = "pps";'), chip(0x69, 5, "")))
    found = twin.value(lines, "@@PPS "), twin.value(lines, "@@IRQS ")
    report.check("the interrupt named pps, by its edge; that without a name not at all",
                 twin.value(lines, "@@RTCS ") == "/dev/rtc0 /dev/rtc1" and
                 found[0] == "/dev/pps0" and "gpio-mxc 4 Edge rtc" in found[1] and
                 "gpio-mxc 5" not in found[1], " ".join(found))


SCENARIOS = {
    "PTP clock": phc,
    "PPS source": pps,
    "PPS by device tree": pps_by_device_tree,
}
