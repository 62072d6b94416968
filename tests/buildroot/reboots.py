# SPDX-License-Identifier: GPL-2.0-only
"""What ten reboots cost the clock: our init script against the usual one, on the twin.

The RTC is the simulated DS3231 of tests/kmod, whose second begins anew when it is set, as the
real one's; QEMU's keeps the host's seconds. It goes on from boot to boot as a battery lets it:
what it was off the truth at a shutdown, it is off at the next power on.
"""

import pathlib

import check
import parts
import tree
import twin

BOOTS = 10
BOARD = tree.TOP / "board"
HERE = pathlib.Path(__file__).resolve().parent
OURS = BOARD / "package/rtc-sync/S03rtc-sync"
STOCK = HERE / "guest/S20stock"
MOST_LOST_NS = 20_000_000
LEAST_LOST_NS = parts.NSEC
DAY_S = 86400
# hwclock is started when the second has begun
SAVED_NS = 100_000_000

SCRIPT = f"""
# A function goes before BusyBox's own. The modules are where the board's init has put them
modprobe() {{{{ insmod /modules/$1.ko; }}}}
init() {{{{ (. /etc/init.d/script); }}}}
insmod /modules/rtc-sync-simbus.ko chip={{chip}} counter_hz={parts.HZ} {parts.WIRES} \\
	start_s={{start_s}} phase_ns={{phase_ns}} || echo "@@FAIL simbus"
init start
echo "@@RTC $(cat {parts.SIM}/second)"
sleep {{up_s}}
{{also}}
{{sample}}
init stop
echo "@@STOPPED $(cat {parts.SIM}/second)"
"""


def _up_s(number):
    """How long a boot lasts: the shutdowns fall on all phases of a second."""
    return f"{12 + number % 3}.{(37 * number + 11) % 100:02d}"


class Boots:
    """A board that is booted again and again, and its RTC."""

    def __init__(self, name, chip, script):
        self.name = name
        self.chip = chip
        self.script = script
        self.rtc_error_ns = 0       # the RTC is ahead of the truth by this
        self.count = 0

    def boot(self, also=""):
        """One boot; return what the system clock was ahead of the truth at its end, ns."""
        phase_ns = -self.rtc_error_ns % parts.NSEC
        self.count += 1

        def script(run):
            return SCRIPT.format(
                chip=self.chip, phase_ns=phase_ns, also=also, up_s=_up_s(self.count),
                start_s=run.base_epoch + (self.rtc_error_ns + phase_ns) // parts.NSEC,
                sample=run.sample(1, 1))

        run, lines = twin.run(
            f"reboots-{self.name}-{self.count}", script,
            files={"etc/init.d/script": self.script}, **parts.carry())
        began = parts.rtc_error_ns(run, twin.value(lines, "@@RTC "))
        if began != self.rtc_error_ns:
            raise AssertionError(f"the RTC went on {began - self.rtc_error_ns} ns elsewhere")
        self.rtc_error_ns = parts.rtc_error_ns(run, twin.value(lines, "@@STOPPED "))
        return twin.parse(lines)[0]["err_ns"]


def _ten(boots):
    return [boots.boot() for _ in range(BOOTS)]


def _told(errors_ns):
    return "clock off the truth by " + " ".join(f"{error / 1e6:+.3f}" for error in errors_ns) + " ms"


def ours(report):
    """rtc-sync's script, with the modules."""
    boots = Boots("ours", "ds3231-sync", OURS)
    errors_ns = _ten(boots)
    lost_ns = max(map(abs, (*errors_ns, boots.rtc_error_ns)))
    report.check(f"{BOOTS} reboots lose less than 20 ms in all", lost_ns < MOST_LOST_NS,
                 f"{_told(errors_ns)}; the RTC by {boots.rtc_error_ns / 1e6:+.3f} ms")


def stock(report):
    """Mainline's driver, the kernel's reading at boot, and hwclock -w."""
    boots = Boots("stock", "ds3231", STOCK)
    errors_ns = _ten(boots)
    report.check(f"{BOOTS} reboots the usual way lose more than a second",
                 boots.rtc_error_ns < -LEAST_LOST_NS,
                 f"{_told(errors_ns)}; the RTC by {boots.rtc_error_ns / 1e6:+.3f} ms")


def by_hand(report):
    """Somebody sets the clock by a day, which is more than max_step_s: it is there after the
    reboot. Not in the first seconds: until the edge is known well, the RTC goes before."""
    boots = Boots("hand", "ds3231-sync", OURS)
    before_ns = boots.boot(f"sleep 60; date -s @$(($(date +%s) + {DAY_S})) >/dev/null; sleep 25")
    after_ns = boots.boot()
    report.check("a clock set by a day, and not the RTC, is kept over a reboot",
                 abs(before_ns - DAY_S * parts.NSEC) < 2 * parts.NSEC and
                 -SAVED_NS <= after_ns - before_ns <= SAVED_NS,
                 f"{before_ns / 1e9:+.6f} s before, {after_ns / 1e9:+.6f} s after")


SCENARIOS = {
    "rtc-sync": ours,
    "hwclock-initscript": stock,
    "set by hand": by_hand,
}

if __name__ == "__main__":
    check.run("buildroot", SCENARIOS)
