#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Assemble the image of an SD card, build/image/BOARD.img, from Debian's packages.

usage: build.py BOARD      what else is asked for is in the environment:
                           CHIP, INTERVAL, CHRONY=1, SOURCE_DATE_EPOCH, IMAGE_OUT

Neither root nor mounts are needed. Built twice from the same sources it is the same,
bit by bit.
"""

import dataclasses
import fcntl
import os
import pathlib
import shutil
import signal
import sys
import tempfile

import card
import devicetree
import rootfs
import settings
from common import Fail, HERE, OUT, WORK, tool

FIRMWARE = {"raspberrypi": "raspi", "beaglebone": "omap"}


@dataclasses.dataclass(frozen=True)
class Asked:
    """What the user can choose."""

    chip: str
    address: int
    interval: int
    has_chrony: bool
    when_s: int


def fill(template, **values):
    """A file of this folder with its @NAME@s replaced."""
    text = (HERE / template).read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def boot_files(board, kernel, parts, asked, files):
    """All that is in the first partition but the initramfs."""
    layout = board["layout"]
    cmdline = f"console={board['console']},115200 root=UUID={settings.ROOT_UUID} panic=10 quiet"
    (files / "overlays").mkdir(parents=True)
    (files / "extlinux").mkdir()
    for path in sorted((parts / FIRMWARE[layout]).iterdir()):
        shutil.copyfile(path, files / path.name)
    shutil.copyfile(kernel / "vmlinuz", files / "vmlinuz")
    devicetree.build(board, kernel, asked, files)
    (files / "extlinux/extlinux.conf").write_text(
        fill(f"extlinux-{layout}.conf", CMDLINE=cmdline, DTB=board["dtb"]))
    if layout == "raspberrypi":
        (files / "config.txt").write_text(
            fill("config.txt", CHIP=asked.chip, INTERVAL=asked.interval))
        (files / "cmdline.txt").write_text(cmdline + "\n")


def build(board, asked, work):
    """Everything, in a folder of its own; return the image's path there."""
    kernel = tool("fetch/kernel", "6.1")
    parts = tool("fetch/image-parts")
    runtime = tool("fetch/arm-runtime")
    modules = rootfs.Modules(kernel, work)
    files = work / "boot"
    boot_files(board, kernel, parts, asked, files)
    rootfs.build_initramfs(board, modules, runtime, work, files / "initramfs.gz", asked.when_s)
    rootfs.build(board, modules, runtime, asked.has_chrony, work / "root")
    for tree in (files, work / "root"):
        rootfs.set_modes(tree, asked.when_s)
    card.make_fat(files, work / "boot.vfat", asked.when_s)
    card.make_ext4(work / "root", parts, work / "root.ext4", asked.when_s)
    if FIRMWARE[board["layout"]] == "omap":
        for name in ("MLO", "u-boot.img"):
            shutil.copyfile(files / name, work / name)
    return card.assemble(board, work)


def main(name):
    """Build it and move it to its place."""
    board = settings.board(name)
    chip, address = settings.chip(os.environ.get("CHIP") or "ds3231")
    asked = Asked(chip, address, settings.interval(os.environ.get("INTERVAL") or "10"),
                  settings.switch("CHRONY"), settings.epoch())
    for folder in (OUT, WORK):
        folder.mkdir(parents=True, exist_ok=True)
    target = OUT / f"{name}.img"
    with open(WORK / "lock", "w", encoding="utf-8") as lock, \
            tempfile.TemporaryDirectory(prefix="work-", dir=OUT) as work:
        fcntl.flock(lock, fcntl.LOCK_EX)
        image = build(board, asked, pathlib.Path(work))
        os.replace(image, target)
    print(f"{target}: {board['about']}, {chip}, every {asked.interval} s, "
          f"{'chrony, ' if asked.has_chrony else ''}"
          f"{target.stat().st_size // 2**20} MiB")


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit("image: interrupted, nothing is left of it"))
    os.umask(0o022)
    try:
        main(sys.argv[1] if len(sys.argv) == 2 else "")
    except Fail as failure:
        sys.exit(f"image: {failure}")
    except OSError as error:
        sys.exit(f"image: {error.strerror}: {error.filename or OUT}")
