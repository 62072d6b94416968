# SPDX-License-Identifier: GPL-2.0-only
"""Show rtc-sync at work: an emulated Raspberry Pi's clock is wrong and gets right."""

import subprocess
import sys
import time

import boards
import boot
import console
import runs
import samples
import tree

ROWS = 40
LIMIT_MS = 20           # a loaded host makes the emulated bus slow
OVERLAY = tree.TOP / "dts/overlays/raspberrypi/rtc-sync-overlay.dts"
# QEMU's chip; what the overlay's parameter ds1338 does on a board
CHIP = ('compatible = "rtc-sync,ds3231-sync"', 'compatible = "rtc-sync,ds1338-sync"')

# The kernel has set the clock from the RTC by then. Make it wrong again, and show that
# before the driver, which only measures until it is told, sets it right
SHIFT_S = 3
SCRIPT = """
echo monitor >/sys/class/rtc/rtc0/sync/mode
sleep 1
echo "@@ROWS"
{first} {shift}
echo auto >/sys/class/rtc/rtc0/sync/mode
{sample}
"""

HEADER = (f"{'elapsed':>8} {'system time':>13}  {'state':<10}"
          f"{'RTC-system':>12} {'bound':>11} {'true error':>12} {'reads':>6}")


def quantity(value_ns, signed=True):
    """A duration with the unit that suits its size."""
    if value_ns is None:
        return "-"
    for unit, size in (("s", 10**9), ("ms", 10**6), ("us", 10**3)):
        if abs(value_ns) >= size:
            return f"{value_ns / size:{'+' if signed else ''}.3f} {unit}"
    return f"{value_ns:{'+' if signed else ''}d} ns"


def row(sample, start_ns):
    """One line of the table."""
    system_ns = sample["true_ns"] + sample["err_ns"]
    clock = time.strftime("%H:%M:%S", time.gmtime(system_ns // 10**9))
    reads = sum(sample[key] or 0 for key in ("reads_short", "reads_full"))
    return (f"{(sample['true_ns'] - start_ns) / 1e9:6.1f} s "
            f"{clock}.{system_ns // 10**6 % 1000:03d}   {sample['state'] or '-':<10}"
            f"{quantity(sample['offset_ns']):>12} "
            f"{quantity(sample['error_ns'], signed=False):>11} "
            f"{quantity(sample['err_ns']):>12} {reads:>6}")


class Table:
    """Prints rows while the board runs, and remembers them."""

    def __init__(self):
        self.samples = []

    def on_line(self, line):
        """Take a line of the console."""
        if line == "@@ROWS":
            print(HEADER, flush=True)
        sample = samples.parse(line)
        if sample:
            self.samples.append(sample)
            print(row(sample, self.samples[0]["true_ns"]), flush=True)

    def verdict(self):
        """Print the summary; return the exit status."""
        last = self.samples[-1]
        was_wrong = abs(self.samples[0]["err_ns"]) > 2 * 10**9
        good = (was_wrong and last["state"] == "locked" and
                abs(last["err_ns"]) < LIMIT_MS * 10**6)
        print(f"\n{'PASS' if good else 'FAIL'}: {last['state'] or 'not running'}; "
              f"the system clock was {quantity(self.samples[0]['err_ns'])} wrong and is now "
              f"{quantity(last['err_ns'])}")
        return 0 if good else 1


def main(kernel):
    """Build, boot, show."""
    try:
        modules = tree.tool("build-modules", kernel)
        tree.tool("fetch/qemu")
        tree.tool("fetch/arm-runtime")
    except subprocess.CalledProcessError:
        return 1    # it has said why
    run = runs.Run(board=boards.PI, kernel=kernel, script="", limit_s=85, one_core=True,
                     modules=(modules / "rtc-sync.ko", modules / "rtc-sync-i2c.ko"),
                     overlays=(OVERLAY.read_text().replace(*CHIP),),
                     log=tree.BUILD / "log" / f"live-{kernel}.log")
    run.script = SCRIPT.format(first=run.sample(1000, 1), shift=SHIFT_S,
                               sample=run.sample(1000, ROWS - 1))
    print(f"Booting Linux {kernel} on an emulated Raspberry Pi 2 with an RTC on i2c-1 "
          f"(about 75 s).\nConsole: {run.log.relative_to(tree.TOP)}\n\n"
          f"acquiring: the right second is set, its edge is sought; locked: found.\n"
          f"RTC-system, bound: what the driver says of the system clock; true error:\n"
          f"system - true time, which only the emulator knows; reads: of the RTC.\n", flush=True)
    table = Table()
    boot.boot(run, table.on_line)
    return table.verdict()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "6.1"))
    except console.BootError as error:
        sys.exit(str(error))
