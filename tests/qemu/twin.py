# SPDX-License-Identifier: GPL-2.0-only
"""The twin with rtc-sync on it, as the scenarios use it."""

import boards
import boot
import runs
import samples
import tree

KERNEL = "6.1"
# As rtc1 the RTC is none that the kernel sets its clock from at boot
ALIAS = f"""
&{{/aliases}} {{
	rtc1 = "{boards.TWIN.i2c_path}/rtc@68";
}};
"""


def modules(*names, kernel=KERNEL):
    """Paths of our modules, built; without names, of those that are not built in."""
    if kernel == tree.OWN_KERNEL and not names:
        return ()
    folder = tree.tool("build-modules", kernel)
    return tuple(folder / f"{name}.ko" for name in names or ("rtc-sync", "rtc-sync-i2c"))


def chip(compatible="rtc-sync,ds1338-sync", address=0x68, properties="", alias=False):
    """An overlay with our chip."""
    overlay = boards.rtc_overlay(boards.TWIN, compatible, address, properties)
    return overlay + (ALIAS if alias else "")


def run(name, script, kernel=KERNEL, on_line=None, **options):
    """Boot the twin with both modules in /modules, or built in; return (run, lines).

    on_line(line) is called for each line of the console as it comes."""
    options.setdefault("carry", modules(kernel=kernel))
    options.setdefault("overlays", (chip(),))
    board = runs.Run(board=boards.TWIN, kernel=kernel, script="",
                     log=tree.BUILD / "log" / f"twin-{name}.log", **options)
    board.script = script(board) if callable(script) else script
    return board, boot.boot(board, on_line)


def ticks_ms(board, lines, marker):
    """Milliseconds of true time between the counts after MARKER-from and MARKER-to."""
    ticks = int(value(lines, f"{marker}-to")) - int(value(lines, f"{marker}-from"))
    return ticks * 1e3 / board.board.counter_hz


def after(lines, marker):
    """The console's lines after the one that begins with a marker."""
    start = next(i for i, line in enumerate(lines) if line.startswith(marker))
    return lines[start + 1:]


def value(lines, marker):
    """What follows a marker on its line."""
    return next((line[len(marker):].strip() for line in lines if line.startswith(marker)), "")


def dishonest(taken):
    """The samples in which the clock, or the estimate, was further off than said."""
    bad = []
    for sample in taken:
        if sample["error_ns"] is None:
            continue
        estimate_error = abs(-sample["err_ns"] - sample["offset_ns"])
        margin = sample["error_ns"] - abs(sample["offset_ns"])
        if abs(sample["err_ns"]) > sample["error_ns"] or estimate_error > margin:
            bad.append(sample)
    return bad


def parse(lines):
    """All samples."""
    return samples.parse_all(lines)
