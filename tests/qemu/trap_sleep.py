# SPDX-License-Identifier: GPL-2.0-only
"""Traps: suspend and hibernation."""

import re

import parts
import pauses
import samples
import traps
import tree
import twin
from traps import MS, NSEC

# The counter that Linux keeps time by stops in a suspend, as far as Linux knows
STOPS = """/dts-v1/;
/plugin/;
&{/timer} {
	arm,no-tick-in-suspend;
};
"""

SYNC = "/sys/class/rtc/{rtc}/sync"
SECOND_S = 2        # 5 were asked for
EXACT_S = 7
EXACT_MS = 1
AGAIN_S = 10        # as after an attach: counted from when the shell goes on

SETUP = f"""
sync={SYNC}
insmod /modules/rtc-sync-sleep.ko || echo "@@FAIL sleep"
cd /sys/kernel/tracing
echo 1 >events/rtc_sync/rtc_sync_reading/enable
echo 1 >events/power/suspend_resume/enable
sleep 45
# Somebody wants a sync all the time, also while the tasks are frozen
while :; do echo 1 >$sync/trigger; sleep 0.05; done & nagging=$!
sleep 1
kill $nagging
sleep 0.3
"""

# For format(): how, how long, and how long after a true second has begun
SLEEP = """
echo {seconds} >/sys/module/rtc_sync_sleep/parameters/seconds
echo >trace
dmesg -c >/dev/null
echo "@@SLEEP {how} {seconds}"
(while :; do echo 1 >$sync/trigger; sleep 0.01; done) & nagging=$!
{now}
usleep $(((2000000 + {phase_us} - $(sample cntvct) % 62500000 * 2 / 125) % 1000000))
echo {how} >/sys/power/state || echo "@@FAIL"
kill $nagging
echo "@@AWAKE $(sample cntvct)"
{samples}
echo "@@TRACE"
cat trace
echo "@@LOG $(dmesg | grep -c 'rtc rtc[0-9]: ')"
echo "@@SLEPT"
"""

# The first one so that the RTC's second, at which it is read, begins after the tasks
# were frozen and before they are thawed: 18 ms, as the processor has them
SLEEPS = (("mem", 3, 986_000), ("mem", 70, 240_000), ("freeze", 75, 110_000),
          ("mem", 3600, 490_000), ("mem", 86400, 740_000))
# As the kernel numbers them
STATE = {"freeze": 1, "mem": 3}
FROZEN = re.compile(r"suspend_resume: freeze_processes\[0\] end")
THAWED = re.compile(r"suspend_resume: thaw_processes\[0\] begin")


def readings_asleep(trace):
    """How many readings there were from the freezing of the tasks to their thawing."""
    frozen, count, spans = False, 0, 0
    for line in trace:
        frozen |= bool(FROZEN.search(line))
        spans += bool(frozen and THAWED.search(line))
        frozen &= not THAWED.search(line)
        count += frozen and "rtc_sync_reading:" in line
    return count if spans == 1 else -1


def recovery(report, name, taken, exact_s):
    """The samples since it woke: how soon is the clock right?"""
    awake_ns = taken[0]["true_ns"]
    right = [(sample["true_ns"] - awake_ns) / NSEC for sample in taken
             if abs(sample["err_ns"]) < NSEC]
    exact = [(sample["true_ns"] - awake_ns) / NSEC for sample in taken
             if abs(sample["err_ns"]) <= EXACT_MS * MS and sample["state"] == "locked"]
    report.check(f"{name}: right to a second within {SECOND_S} s, locked and right to "
                 f"{EXACT_MS} ms within {exact_s} s",
                 bool(right and exact) and right[0] <= SECOND_S and exact[0] <= exact_s and
                 all(abs(sample["err_ns"]) < NSEC for sample in taken if
                     (sample["true_ns"] - awake_ns) / NSEC >= right[0]),
                 f"{taken[0]['err_ns'] / MS:.3f} ms off at first; after "
                 f"{right[0] if right else -1:.1f} and {exact[0] if exact else -1:.1f} s; then "
                 f"{taken[-1]['err_ns'] / 1e3:.1f} us")


def judge(report, name, part, helped_ms):
    """One suspend."""
    before, after = part.split("@@AWAKE ")
    before = samples.parse_all(before.splitlines())[0]
    ticks, rest = after.split("\n", 1)
    taken = samples.parse_all(rest.splitlines())
    awake_ns = taken[0]["true_ns"]
    lines = rest.splitlines()
    log = int(twin.value(lines, "@@LOG "))
    trace = lines[lines.index("@@TRACE"):]
    asleep_s = (awake_ns - before["true_ns"]) / NSEC
    first_ms = taken[0]["err_ns"] / MS
    report.check(f"{name}: nothing is read while it sleeps", readings_asleep(trace) == 0,
                 f"{readings_asleep(trace)} readings in {asleep_s:.1f} s")
    if helped_ms:
        report.check(f"{name}: the clock is right to {helped_ms} ms when it wakes",
                     abs(first_ms) < helped_ms, f"{first_ms:.3f} ms")
    recovery(report, name, taken, EXACT_S)
    bad = twin.dishonest(taken)
    steps = taken[-1]["steps"] - before["steps"]
    report.check(f"{name}: error_ns covers the truth; three steps, five lines in the log at most",
                 not bad and steps <= 3 and log <= 5 and before["state"] == "locked",
                 f"{len(bad)} of {len(taken)} samples are not covered; {steps} steps, {log} lines")


def suspend(report, kernel, stops, rtc="rtc0"):
    """A few seconds, a minute, an hour and a day of sleep; and a minute of suspend to idle."""
    sync = SYNC.format(rtc=rtc)
    def script(run):
        load = "" if kernel == tree.OWN_KERNEL else \
            "insmod /modules/rtc-sync.ko\ninsmod /modules/rtc-sync-i2c.ko\n"
        return load + SETUP.format(rtc=rtc) + "".join(
            SLEEP.format(how=how, seconds=seconds, phase_us=phase_us, now=run.sample(1, 1, sync),
                         samples=run.sample(100, 150, sync)) for how, seconds, phase_us in SLEEPS)

    names = ("rtc-sync-sleep",) if kernel == tree.OWN_KERNEL else \
        ("rtc-sync", "rtc-sync-i2c", "rtc-sync-sleep")
    overlays = (twin.chip(alias=rtc != "rtc0"),) + ((STOPS,) if stops else ())
    _, lines = twin.run(f"traps-sleep-{kernel}-{stops}-{rtc}", script, kernel=kernel, drift_ppm=50,
                        overlays=overlays, carry=twin.modules(*names, kernel=kernel),
                        limit_s=traps.LIMIT_S)
    slept = "\n".join(lines).split("@@SLEEP ")[1:]
    report.check("each of the suspends took place, to memory or to idle",
                 len(slept) == len(SLEEPS) and not any("@@FAIL" in line for line in lines) and
                 all(f"machine_suspend[{STATE[sleep[0]]}] begin" in part
                     for sleep, part in zip(SLEEPS, slept)), f"{len(slept)}")
    for part in slept:
        words, rest = part.split("\n", 1)
        how, seconds = words.split()
        # By the clock itself, or by a counter that goes on, 50 ppm off; by the RTC core,
        # which knows whole seconds; or by nobody
        helped_ms = 5 + int(seconds) * 51 // 1000
        if stops and how == "mem":
            helped_ms = 1000 if rtc == "rtc0" else 0
        judge(report, f"{seconds} s{' idle' * (how == 'freeze')}", rest.split("@@SLEPT")[0],
              helped_ms)


# What hibernates, without the image being written: there is no disk
HIBERNATE = """
sleep 45
hush
tell start
echo disk >/sys/power/state 2>/dev/null && echo "@@FAIL it hibernated"
await none 30 locked
tell none
say none
test() {{
	hush
	echo $1 >/sys/power/pm_test
	echo disk >/sys/power/state || echo "@@FAIL $1"
	await $1 30 locked
	tell $1
	say $1
}}
for level in freezer devices platform processors core; do test $level; done
"""


def hibernate(report):
    """Refused for want of swap; and by the kernel's own test of all that comes before."""
    _, lines = traps.run("hibernate", "insert ds3231\n" + HIBERNATE.format(), drift_ppm=50)
    told, times = traps.story(lines), traps.took(lines)
    report.check("each of the tests took place", not any("@@FAIL" in line for line in lines))
    for name in ("none", "freezer", "devices", "platform", "processors", "core"):
        what = "no swap: refused" if name == "none" else f"pm_test {name}"
        after = told[name]
        report.check(f"{what}: locked again within {AGAIN_S} s, right to {EXACT_MS} ms",
                     after.state == ("locked", "none") and times[name][0] <= AGAIN_S and
                     abs(after.err_ns) <= EXACT_MS * MS and len(traps.said(lines, name)) <= 4,
                     f"{times[name][0]:.1f} s, {after.err_ns / MS:.3f} ms off, "
                     f"{'; '.join(traps.said(lines, name))}")


# An image is written to a disk, here one in memory, and read again at once. Whoever reads
# it finds the memory of before it was written; what the kernel says of that is lost then,
# but for the console. Linux 6.1 can't
IMAGE_KERNEL = "6.12"
IMAGE = """
sleep 45
mkswap /dev/ram0 >/dev/null && swapon /dev/ram0 || echo "@@FAIL swap"
echo test_resume >/sys/power/disk
# As little as there is
echo 0 >/sys/power/image_size
{now}
hush
echo disk >/sys/power/state || echo "@@FAIL hibernation"
# The console is for what was said meanwhile, no more
dmesg -n 5
sleep 0.1
echo "@@BACK"
{samples}
say image
"""


def image(report):
    """Hibernation with an image, by an RTC that is not in it."""
    _, lines = traps.run("image", lambda run: IMAGE.format(
        now=run.sample(1, 1), samples=run.sample(100, 10 * AGAIN_S + 50)),
        kernel=IMAGE_KERNEL, drift_ppm=50, append="loglevel=7", overlays=(twin.chip(),),
        rtcs=("ds1338@0x68",), modules=("brd rd_nr=1 rd_size=200000",),
        carry=twin.modules(*parts.MODULES, kernel=IMAGE_KERNEL))
    back = lines.index("@@BACK")
    before, taken = twin.parse(lines[:back])[-1], twin.parse(lines[back:])
    read = [line for line in lines if re.search(r"hibernation: Read [1-9]\d* kbytes", line)]
    asleep_s = (taken[0]["true_ns"] - before["true_ns"]) / NSEC
    report.check("an image was written and read", len(read) == 1 and before["state"] == "locked",
                 f"{asleep_s:.1f} s; {' '.join(read)}")
    recovery(report, "an image", taken, AGAIN_S)
    bad, said = twin.dishonest(taken), traps.said(lines, "image")
    report.check("an image: error_ns covers the truth; five lines in the log at most",
                 not bad and len(said) <= 5,
                 f"{len(bad)} of {len(taken)} samples are not covered; {'; '.join(said)}")


# The emulator is halted for so long, by the host's time, and all that it emulates
FOLLOWED_S = 25     # an interval, three readings, and a lock
HALTS_MS = (100, 1500, 400, 700, 250)
HALT = """
echo "@@PAUSE {ms}"
{samples}
"""

# A virtual machine is stopped for so long: the RTC, which its host has, goes on
PAUSES = (3, 900, 7200)
PAUSE = """
echo {seconds} >$sim/jump_s
await {seconds}-noticed 90 "acquiring invalid"
await {seconds} 30 "locked invalid"
sleep 20
base=$((base + {seconds}))
tell {seconds}
say {seconds}
hush
"""
TAKEN = """
echo 1 >$sync/trigger
await taken 30 locked
sleep 5
tell taken
"""


def halted(report, lines, told):
    """The emulator stood still: with all of its clocks, so nobody in there can know."""
    count = sum(line.startswith(pauses.HELD + "paused") for line in lines)
    taken = twin.parse(lines[:lines.index("@@HALTED")])
    before, after = told["halt-from"], told["halt-to"]
    report.check("the emulator is halted while the engine is at work: nothing is noticed",
                 count == len(HALTS_MS) and len(taken) > 100 * len(HALTS_MS) and
                 all(sample["state"] == "locked" for sample in taken) and
                 not twin.dishonest(taken) and not traps.said(lines, "halt") and
                 after.state == ("locked", "none") and after.steps == before.steps,
                 f"{count} times, {sum(HALTS_MS)} ms in all; {len(taken)} samples, "
                 f"{after.err_ns / MS:.3f} ms off")


def pause(report, kernel):
    """The machine stood still, and with it all of its clocks; or all but the RTC."""
    def script(run):
        halts = "".join(HALT.format(ms=ms, samples=run.sample(100, 101)) for ms in HALTS_MS)
        return ("insert ds3231\nsleep 45\nhush\ntell halt-from\n" + halts +
                "tell halt-to\nsay halt\necho '@@HALTED'\nhush\n" + "".join(
                    PAUSE.format(seconds=seconds) for seconds in PAUSES) + TAKEN)

    _, lines = traps.run(f"pause-{kernel}", script, kernel=kernel)
    told, times = traps.story(lines), traps.took(lines)
    halted(report, lines, told)
    for seconds in PAUSES[:-1]:
        name, after = str(seconds), told[str(seconds)]
        took_s = times[f"{name}-noticed"][0] + times[name][0]
        report.check(f"{name} s, less than max_step_s: noticed at the next reading, made up for "
                     f"within {FOLLOWED_S} s", took_s <= FOLLOWED_S and
                     after.state == ("locked", "none") and
                     abs(after.err_ns) <= 2 * EXACT_MS * MS,
                     f"after {times[f'{name}-noticed'][0]:.1f} and {took_s:.1f} s; "
                     f"{after.err_ns / MS:.3f} ms off; {'; '.join(traps.said(lines, name))}")
    name = str(PAUSES[-1])
    after = told[name]
    report.check(f"{name} s, more than max_step_s: invalid, doubt step, and the clock goes on",
                 after.state == ("invalid", "step") and abs(after.err_ns / NSEC + PAUSES[-1]) < 1,
                 f"{' '.join(after.state)}; {'; '.join(traps.said(lines, name))}")
    report.check(f"{name} s: trigger accepts the RTC", told["taken"].state == ("locked", "none")
                 and abs(told["taken"].err_ns) <= 2 * EXACT_MS * MS,
                 f"{told['taken'].err_ns / MS:.3f} ms off")


SCENARIOS = {
    "hibernation, an image": image,
    "hibernation": hibernate,
    "a paused machine": lambda report: pause(report, "6.1"),
    "a paused machine, built in": lambda report: pause(report, tree.OWN_KERNEL),
    "suspend": lambda report: suspend(report, "6.1", False),
    "suspend, no persistent clock": lambda report: suspend(report, "6.1", True),
    "suspend, no persistent clock, built in":
        lambda report: suspend(report, tree.OWN_KERNEL, True),
    "suspend, no clock that helps": lambda report: suspend(report, "6.1", True, "rtc1"),
    "suspend, no clock that helps, built in":
        lambda report: suspend(report, tree.OWN_KERNEL, True, "rtc1"),
}
