#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Parse the external tree's Kconfig behind a stub of Buildroot's own, without Buildroot.

usage: options.py BOARD_FOLDER SCRATCH_FOLDER; prints what is wrong.
"""

import os
import pathlib
import re
import sys

import kconfiglib

STUB = """
config BR2_arm
	bool "32-bit ARM"
	default y
config BR2_aarch64
	bool "64-bit ARM"
config BR2_LINUX_KERNEL
	bool "kernel"
config BR2_PACKAGE_HWCLOCK_INITSCRIPT
	bool "hwclock-initscript"
source "{board}/Config.in"
source "{board}/linux/Config.ext.in"
"""
LINE = re.compile(r"^(?:# )?(BR2_\w+)(?:=(.*)| is not set)$")
OURS = re.compile(r"^BR2_(?:PACKAGE|LINUX_KERNEL_EXT)_RTC_?SYNC")
FILE = re.compile(r"\$\(BR2_EXTERNAL_RTC_SYNC_PATH\)/([^\s\"]+)")


def _config(board, scratch):
    stub = scratch / "Config.in"
    stub.write_text(STUB.format(board=board), encoding="utf-8")
    os.environ.update(BR2_EXTERNAL_RTC_SYNC_PATH=str(board), CONFIG_="")
    return kconfiglib.Kconfig(str(stub), warn_to_stderr=False)


def _defconfig(board, scratch, path):
    """What is wrong with one of the configurations."""
    kconf = _config(board, scratch)
    kconf.syms["BR2_LINUX_KERNEL"].set_value("y")
    asked = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = LINE.match(line)
        if not match and line and not line.startswith("# "):
            yield f"{path.name}: {line}"
        if match:
            asked[match.group(1)] = match.group(2) or "n"
        for name in FILE.findall(line):
            if not (board / name).is_file():
                yield f"{path.name}: there is no {name}"
    kconf.syms["BR2_arm"].set_value(asked.get("BR2_arm", "n"))
    kconf.syms["BR2_aarch64"].set_value(asked.get("BR2_aarch64", "n"))
    for name, value in asked.items():
        if OURS.match(name):
            if name not in kconf.syms:
                yield f"{path.name}: there is no {name}"
            else:
                kconf.syms[name].set_value(value)
    lost = [name for name, value in asked.items()
            if name in kconf.syms and kconf.syms[name].str_value != value]
    yield from (f"{path.name}: {name} is lost" for name in lost)
    if asked.get("BR2_LINUX_KERNEL_EXT_RTC_SYNC") != "y":
        yield f"{path.name}: rtc-sync is not built in"
    if kconf.syms["BR2_PACKAGE_RTC_SYNC"].str_value != "y":
        yield f"{path.name}: the package rtc-sync is not chosen"
    if "BR2_PACKAGE_HWCLOCK_INITSCRIPT" in asked:
        yield f"{path.name}: hwclock-initscript"


def _refuses_initscript(board, scratch):
    """hwclock-initscript and rtc-sync can't be had together."""
    kconf = _config(board, scratch)
    for name in ("LINUX_KERNEL", "PACKAGE_HWCLOCK_INITSCRIPT", "PACKAGE_RTC_SYNC",
                 "LINUX_KERNEL_EXT_RTC_SYNC"):
        kconf.syms[f"BR2_{name}"].set_value("y")
    if kconf.syms["BR2_PACKAGE_RTC_SYNC"].str_value == "y":
        yield "rtc-sync can be chosen together with hwclock-initscript"


def main():
    """Print all that is wrong."""
    board, scratch = map(pathlib.Path, sys.argv[1:])
    wrong = _config(board, scratch).warnings + list(_refuses_initscript(board, scratch))
    paths = sorted((board / "configs").glob("*_defconfig"))
    for path in paths:
        wrong += _defconfig(board, scratch, path)
    if len(paths) < 5:
        wrong.append(f"{len(paths)} configurations")
    print("\n".join(wrong), end="")


if __name__ == "__main__":
    main()
