# SPDX-License-Identifier: GPL-2.0-only
"""Make the device tree of a run: Debian's for the board, with the overlays applied."""

import pathlib
import subprocess

import tree


def _board_overlay(run):
    """Linux takes the counter's frequency from here instead of from the counter."""
    disabled = "".join(f'&{{{path}}} {{ status = "disabled"; }};\n'
                       for path in run.board.disabled)
    return f"""/dts-v1/;
/plugin/;
{disabled}
&{{/timer}} {{
	status = "okay";
	clock-frequency = <{run.believed_hz}>;
}};
"""


def _compile(source, target):
    text = source if isinstance(source, str) else pathlib.Path(source).read_text()
    subprocess.run(["dtc", "-q", "-@", "-I", "dts", "-O", "dtb", "-o", target, "-"],
                   input=text, text=True, check=True)


def _of_qemu(board):
    target = tree.BUILD / f"{board.name}.dtb"
    with tree.BUILDING:
        if not target.exists():
            partial = target.with_suffix(".new")
            subprocess.run([tree.emulator(board.emulator), *board.options,
                            "-nic", "none", "-display", "none", "-M", f"{board.machine},dumpdtb={partial}"], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            partial.rename(target)
    return target


def _base(board, kernel):
    """Debian's tree for a board; newer kernels have the vendor's directory. Or QEMU's."""
    if not board.dtb:
        return _of_qemu(board)
    return next((kernel / "dtbs").resolve().rglob(board.dtb))


def phandle(board, kernel, path):
    """What refers to a node of Debian's tree for a board, which has no labels."""
    return subprocess.run(["fdtget", "-t", "u", _base(board, kernel), path, "phandle"],
                          stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def build(run, kernel, directory):
    """Write board.dtb into directory; return its path."""
    overlays = []
    for number, source in enumerate((_board_overlay(run), *run.overlays)):
        overlays.append(directory / f"overlay{number}.dtbo")
        _compile(source, overlays[-1])
    target = directory / "board.dtb"
    subprocess.run(["fdtoverlay", "-i", _base(run.board, kernel), "-o", target, *overlays],
                   check=True)
    return target
