# SPDX-License-Identifier: GPL-2.0-only
"""Ways to set the system clock by an RTC, side by side on the twin.

Prints the table of README.md: the error right after each way was used, at several
phases of the RTC's second, what it cost on the bus, and the error while it is
used every 10 s for ten minutes. The system clock gains 100 ppm.
"""

import concurrent.futures
import sys

import boards
import console
import twin

PHASES = 8
DRIFT_PPM = 100
MINUTES = 10
SYNC = "/sys/class/rtc/rtc0/sync"
HIST = "/sys/kernel/tracing/events/i2c/i2c_result"

# Transfers so far: the kernel counts one event for each
SETUP = f"""
echo 'hist:keys=adapter_nr' >{HIST}/trigger
transfers() {{ awk '/Hits:/ {{ print $2 }}' {HIST}/hist; }}
"""

ONCE = """
for phase in {phases}; do
	sleep 1.$phase
	before=$(transfers)
	{command}
	{sample}
	echo "@@COST $(($(transfers) - before))"
done
"""

AGAIN = """
before=$(transfers)
({sample}; echo "@@AGAIN $(($(transfers) - before))") &
n=0
while [ $n -lt {times} ]; do {command}; sleep 10; n=$((n + 1)); done
wait
"""

HCTOSYS = ("echo 0-0068 >/sys/bus/i2c/drivers/rtc-ds1307/unbind; "
           "echo 0-0068 >/sys/bus/i2c/drivers/rtc-ds1307/bind")
WAYS = {
    "kernel hctosys": (HCTOSYS, False),
    "BusyBox hwclock -s": ("hwclock -s -u", True),
    "util-linux hwclock --hctosys": ("hwclock.util-linux --hctosys --utc", True),
}

OURS = f"""
for phase in {{phases}}; do
	sleep 1.$phase
	date -s @86400 >/dev/null
	insmod /modules/rtc-sync.ko interval_s=10
	before=$(transfers)
	insmod /modules/rtc-sync-i2c.ko
	while [ "$(cat {SYNC}/state)" != locked ]; do sleep 0.05; done
	{{sample}}
	echo "@@COST $(($(transfers) - before))"
	[ $phase = {{last}} ] || {{{{ rmmod rtc-sync-i2c; rmmod rtc-sync; }}}}
done
echo 1000000 >{SYNC}/step_threshold_ns
sleep 30
before=$(transfers)
{{again}}
echo "@@AGAIN $(($(transfers) - before))"
"""


def phases():
    """Fractions of a second, evenly spread."""
    return " ".join(f"{phase * 1000 // PHASES:03d}" for phase in range(PHASES))


def peer(way):
    """Run one of the others; return the row of the table."""
    command, again = WAYS[way]

    def script(run):
        text = SETUP + ONCE.format(phases=phases(), command=command, sample=run.sample(1, 1))
        if again:
            text += AGAIN.format(sample=run.sample(970, MINUTES * 60), command=command,
                                 times=MINUTES * 6)
        return text

    _, lines = twin.run("compare-" + way.split(maxsplit=1)[0], script, drift_ppm=DRIFT_PPM,
                        hwclock=True, limit_s=400, carry=(),
                        overlays=(boards.rtc_overlay(boards.TWIN, "dallas,ds1338"),))
    return row(way, lines)


def ours():
    """Run rtc-sync; return the row of the table."""
    def script(run):
        return SETUP + OURS.format(phases=phases(), sample=run.sample(1, 1), last=phases()[-3:],
                                   again=run.sample(970, MINUTES * 60))

    _, lines = twin.run("compare-rtc-sync", script, drift_ppm=DRIFT_PPM, limit_s=400)
    return row("rtc-sync, step mode", lines)


def row(way, lines):
    """Name, errors right after (ms), transfers, largest error later (ms), transfers later."""
    errors = [sample["err_ns"] / 1e6 for sample in twin.parse(lines)]
    costs = [int(line.split()[1]) for line in lines if line.startswith("@@COST")]
    again = twin.value(lines, "@@AGAIN")
    after = (f"{min(errors[:PHASES]):+.3f} to {max(errors[:PHASES]):+.3f}",
             f"{min(costs)} to {max(costs)}")
    if not again:
        return (way, *after, "does not repeat", "-")
    return (way, *after, f"{max(abs(error) for error in errors[PHASES:]):.3f}",
            f"{int(again) / (MINUTES * 6):.1f}")


def main():
    """All ways, two boards at a time."""
    head = ("", "error right after, ms", "I2C transfers", f"largest in {MINUTES} min, ms",
            "transfers each 10 s")
    print(f"{PHASES} phases of the second; every 10 s for {MINUTES} minutes; drift {DRIFT_PPM} ppm")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        rows = [pool.submit(peer, way) for way in WAYS] + [pool.submit(ours)]
        for line in (head, *(entry.result() for entry in rows)):
            print("| " + " | ".join(line) + " |", flush=True)


if __name__ == "__main__":
    try:
        main()
    except console.BootError as error:
        sys.exit(str(error))
