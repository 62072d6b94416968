# SPDX-License-Identifier: GPL-2.0-only
"""Try the harness itself with the mainline RTC driver on both boards."""

import sys
import time

import boards
import boot
import console
import runs
import samples
import tree

SCRIPT = """
echo "@@FREQ $(sample cntfrq)"
ls -l /sys/class/rtc/ | grep rtc0
cat /sys/class/rtc/rtc0/name
hwclock -s -u
{sample}
"""


def try_board(board, kernel, **options):
    """Boot, set the clock the coarse way and see how wrong it is."""
    run = runs.Run(board=board, kernel=kernel, script="", hwclock=True,
                     overlays=(boards.rtc_overlay(board, "dallas,ds1338"),),
                     log=tree.BUILD / "log" / f"selftest-{board.name}-{kernel}.log", **options)
    run.script = SCRIPT.format(sample=run.sample(500, 3))
    start = time.monotonic()
    lines = boot.boot(run)
    took_s = time.monotonic() - start
    if f"@@FREQ {board.counter_hz}" not in lines:
        raise console.BootError("the counter has another frequency", lines)
    errors_ms = [sample["err_ns"] / 1e6 for sample in samples.parse_all(lines)]
    print(f"{board.name} {kernel}: {took_s:.1f} s, error in ms after hwclock -s:",
          " ".join(f"{error:.3f}" for error in errors_ms))
    # The RTC's seconds are cut off, so the clock is late by less than one
    if len(errors_ms) != 3 or not all(-1100 < error < 100 for error in errors_ms):
        raise console.BootError("the system clock is not where it should be", lines)


def main():
    """Each board with each kernel."""
    try_board(boards.PI, "6.1")
    try_board(boards.TWIN, "6.1", drift_ppm=-100)
    try_board(boards.PI, "6.12")


if __name__ == "__main__":
    try:
        main()
    except console.BootError as error:
        sys.exit(str(error))
