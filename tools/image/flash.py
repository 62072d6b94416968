#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Write build/image/BOARD.img to a card, and read it back.

usage: flash.py BOARD DEVICE

The beginning is written last, after it was made empty: no board takes a card for whole
that is not. FLASH_ROOT names a folder that stands for / in the tests, whose devices are
plain files.
"""

import errno
import fcntl
import mmap
import os
import signal
import stat
import sys
import time

import blockdevice
import settings
from common import Fail, OUT

CHUNK = 4 * 2**20
BLKRRPART = 0x125F      # read the partition table again


class Progress:
    """Says how far it is: on a terminal in one line, else each tenth."""

    def __init__(self, what, total):
        self.what = what
        self.total = total
        self.began_s = time.monotonic()
        self.said = -1

    def at(self, done):
        """So many bytes are done."""
        step = 100 if sys.stdout.isatty() else 10
        part = done * step // self.total
        if part == self.said:
            return
        self.said = part
        speed = done / 2**20 / max(time.monotonic() - self.began_s, 1e-3)
        line = f"{self.what} {done * 100 // self.total:3d} %  {speed:6.1f} MiB/s"
        last = done == self.total or not sys.stdout.isatty()
        print(f"\r{line}" if step == 100 else line, end="\n" if last else "", flush=True)


def write_all(card, data, offset):
    """Until the card has it."""
    while data:
        count = os.pwrite(card, data, offset)
        data = data[count:]
        offset += count
    os.fdatasync(card)


def write(image, size, card):
    """Everything but the first chunk, then that."""
    progress = Progress("writing", size)
    write_all(card, bytes(min(CHUNK, size)), 0)
    for offset in [*range(CHUNK, size, CHUNK), 0]:
        write_all(card, os.pread(image, CHUNK, offset), offset)
        progress.at(size if not offset else min(offset, size - 1))


def open_uncached(path):
    """For reading what is on the card, and not in memory."""
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECT)
    except OSError as error:
        # Some file systems can't
        if error.errno != errno.EINVAL:
            raise
    card = os.open(path, os.O_RDONLY)
    os.posix_fadvise(card, 0, 0, os.POSIX_FADV_DONTNEED)
    return card


def verify(image, size, path):
    """Compare the card with the image."""
    progress = Progress("verifying", size)
    card = open_uncached(path)
    # Such reads go to whole pages only
    buffer = mmap.mmap(-1, CHUNK)
    try:
        for offset in range(0, size, CHUNK):
            count = os.preadv(card, [buffer], offset)
            expected = os.pread(image, CHUNK, offset)
            if count < len(expected) or buffer[:len(expected)] != expected:
                raise Fail(f"{path} does not give back what was written, within 4 MiB of "
                           f"{offset // 2**20} MiB: a bad card or reader")
            progress.at(min(offset + CHUNK, size))
    finally:
        os.close(card)


def open_card(path):
    """For writing, by us alone: it fails if any part of the card is in use."""
    try:
        return os.open(path, os.O_RDWR | os.O_EXCL)
    except OSError as error:
        reasons = {errno.EACCES: "no permission: run as root", errno.EPERM: "no permission",
                   errno.EBUSY: "in use", errno.EROFS: "write-protected",
                   errno.ENOMEDIUM: "no card in it"}
        raise Fail(f"{path}: {reasons.get(error.errno, error.strerror)}") from None


def flash(image, size, path):
    """Write and verify; say it if the card was left incomplete."""
    card = open_card(path)
    try:
        write(image, size, card)
        os.fsync(card)
        verify(image, size, path)
    except OSError as error:
        raise Fail(f"{path} is incomplete, it must be written again: {error.strerror}") from None
    except KeyboardInterrupt:
        raise Fail(f"{path} is incomplete, it must be written again: interrupted") from None
    try:
        fcntl.ioctl(card, BLKRRPART)
    except (OSError, KeyboardInterrupt):
        pass    # taken out, a file of the tests, or somebody is in a hurry: it is written
    os.close(card)


def ask(disk):
    """Who types a command may have meant another disk; who runs a script has said so."""
    if not sys.stdin.isatty() or os.environ.get("YES"):
        return
    try:
        answer = input(f"All that is on {disk.path} will be lost. Write to it? (yes) ")
    except EOFError:
        answer = ""
    if answer.strip() != "yes":
        raise Fail("nothing was written")


def interrupt(*_):
    """All signals that end are as Ctrl-C."""
    raise KeyboardInterrupt


def main(name, device):
    """Check everything, then write."""
    board = settings.board(name)
    path = OUT / f"{name}.img"
    try:
        image = os.open(path, os.O_RDONLY)
    except OSError:
        raise Fail(f"there is no {path} yet: make image BOARD={name}") from None
    information = os.fstat(image)
    if not stat.S_ISREG(information.st_mode) or not information.st_size:
        raise Fail(f"{path} is no image")
    size = information.st_size
    disk = blockdevice.check(device, size)
    print(f"{board['about']}: {size // 2**20} MiB to {disk.path}, {disk.about()}", flush=True)
    ask(disk)
    flash(image, size, disk.path)
    print(f"{disk.path} is written and verified")


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        main(*(sys.argv[1:] + ["", ""])[:2])
    except Fail as failure:
        sys.exit(f"{chr(10) if sys.stdout.isatty() else ''}flash: {failure}")
    except KeyboardInterrupt:
        sys.exit("flash: interrupted, nothing was written")
