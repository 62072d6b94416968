# SPDX-License-Identifier: GPL-2.0-only
"""The board's device tree and our overlay, for the chip and the interval asked for."""

import re

from common import Fail, TOP, run

# Loaders that know no parameters get the one chip
PLAIN = """/dts-v1/;
/plugin/;
&{{{path}}} {{
	#address-cells = <1>;
	#size-cells = <0>;
	status = "okay";
	rtc@{address:x} {{
		compatible = "rtc-sync,{chip}-sync";
		reg = <{address:#x}>;
		rtc-sync,interval-sec = <{interval}>;
		rtc-sync,mode = "auto";
	}};
}};
"""


def compile_overlay(text, target):
    """Compile an overlay's text."""
    run("dtc", "-q", "-@", "-I", "dts", "-O", "dtb", "-o", target, "-", input=text.encode())


def named_chip(source, asked):
    """The overlay of a board without parameters, changed as its head says."""
    text = (TOP / "dts/overlays" / source).read_text()
    changes = ((r"ds3231-sync", f"{asked.chip}-sync"),
               (r"rtc@68\b", f"rtc@{asked.address:x}"),
               (r"reg = <0x68>", f"reg = <{asked.address:#x}>"),
               (r"interval-sec = <10>", f"interval-sec = <{asked.interval}>"))
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text)
        if not count:
            raise Fail(f"{source} has no {pattern}")
    return text


def build(board, kernel, asked, files):
    """Write the board's dtb, overlays/rtc-sync.dtbo and rtc-sync.dtb, both in one, to files."""
    base = next((kernel / "dtbs").resolve().rglob(board["dtb"]), None)
    if base is None:
        raise Fail(f"the kernel has no {board['dtb']}")
    (files / board["dtb"]).write_bytes(base.read_bytes())
    overlay = files / "overlays/rtc-sync.dtbo"
    source = board["i2c_overlay"]
    merged = overlay
    if board["layout"] == "raspberrypi":
        # The firmware puts the parameters in, which config.txt names
        compile_overlay((TOP / "dts/overlays" / source).read_text(), overlay)
        merged = files / "plain.dtbo"
        compile_overlay(PLAIN.format(path=board["i2c"], address=asked.address, chip=asked.chip,
                                     interval=asked.interval), merged)
    else:
        compile_overlay(named_chip(source, asked), overlay)
    run("fdtoverlay", "-i", base, "-o", files / "rtc-sync.dtb", merged)
    if merged != overlay:
        merged.unlink()
