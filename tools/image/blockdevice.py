# SPDX-License-Identifier: GPL-2.0-only
"""Whether a block device may be overwritten: a card, not in use, large enough."""

import os
import pathlib
import stat

from common import Fail

FAKE = os.environ.get("FLASH_ROOT", "")
ROOT = pathlib.Path(FAKE or "/")


def _read(path, default=""):
    try:
        return path.read_text().strip()
    except OSError:
        return default


class Disk:
    """A whole disk, as sysfs has it."""

    def __init__(self, path):
        self.path = path
        self.name = path.name
        self.sys = ROOT / "sys/class/block" / self.name
        self.size = int(_read(self.sys / "size", "0")) * 512

    def about(self):
        """What a user knows it by."""
        words = [_read(self.sys / "device" / name) for name in ("vendor", "model", "name")]
        return f"{' '.join(filter(None, words)) or 'a card'} of {self.size / 1e9:.1f} GB"

    def parts(self):
        """Names of the disk and of its partitions."""
        return [self.name] + sorted(path.parent.name for path in self.sys.glob("*/partition"))

    def is_removable(self):
        """Readers on a bus of their own say no, but what is in them says SD."""
        if self.name.startswith("mmcblk"):
            return _read(self.sys / "device/type") == "SD"
        return _read(self.sys / "removable") == "1"


def _whole_disk(device):
    """The disk that the user named."""
    if not device:
        raise Fail("no device named: DEV=/dev/sdX, see lsblk")
    path = ROOT / device.lstrip("/") if FAKE else pathlib.Path(device)
    path = path.resolve()
    if not path.exists():
        raise Fail(f"there is no {device}")
    information = path.stat()
    if not FAKE and not stat.S_ISBLK(information.st_mode):
        raise Fail(f"{device} is not a block device")
    disk = Disk(path)
    number = f"{os.major(information.st_rdev)}:{os.minor(information.st_rdev)}"
    if not disk.sys.exists() or not FAKE and _read(disk.sys / "dev") != number:
        raise Fail(f"{device} is unknown to /sys/class/block")
    if (disk.sys / "partition").exists():
        raise Fail(f"{device} is a partition: name the whole card")
    return disk


def _used_by(disk):
    """What uses the disk or one of its partitions; None if nothing does."""
    numbers = {_read(ROOT / "sys/class/block" / part / "dev"): part for part in disk.parts()}
    names = {f"/dev/{part}": part for part in disk.parts()}
    for line in _read(ROOT / "proc/self/mountinfo").splitlines():
        words = line.split()
        # Some file systems have a number of their own
        source = words[words.index("-") + 2]
        part = numbers.get(words[2]) or names.get(source)
        if part:
            return f"/dev/{part} is mounted on {words[4]}"
    for line in _read(ROOT / "proc/swaps").splitlines()[1:]:
        part = names.get(line.split()[0])
        if part:
            return f"/dev/{part} is used for swap"
    for part in disk.parts():
        for holder in sorted((ROOT / "sys/class/block" / part / "holders").glob("*")):
            return f"/dev/{part} is used by {holder.name}"
    return None


def check(device, size):
    """Return the disk if it may be overwritten by so many bytes."""
    disk = _whole_disk(device)
    used = _used_by(disk)
    if used:
        raise Fail(used)
    if not disk.is_removable():
        raise Fail(f"{device} is not removable")
    if not disk.size:
        raise Fail(f"{device}: no card in it")
    if disk.size < size:
        raise Fail(f"{device} is too small: {disk.size // 2**20} MiB, it takes {size // 2**20} MiB")
    if _read(disk.sys / "ro") == "1":
        raise Fail(f"{device} is write-protected")
    return disk
