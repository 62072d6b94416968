# SPDX-License-Identifier: GPL-2.0-only
"""make flash: what it refuses, what it writes, what it says when that goes wrong.

The devices are plain files, beside a folder that looks like /sys and /proc.
"""

import os
import pathlib
import subprocess
import tempfile

import make
import tree

BOARD = "raspberrypi2"
SIZE = 164 * 2**20
MOUNT = "36 25 {number} / {where} rw,relatime shared:1 - vfat {source} rw\n"


class Machine:
    """A machine with one disk."""

    def __init__(self, folder, name="sdx", size=SIZE + 2**20, removable=1):
        self.root = folder / name
        self.name = name
        self.device = self.root / "dev" / name
        self.write("proc/self/mountinfo", MOUNT.format(number="8:1", where="/", source="/dev/sda1"))
        self.write("proc/swaps", "Filename Type Size Used Priority\n")
        self.write(f"dev/{name}", "")
        os.truncate(self.device, size)
        self.attribute("size", size // 512)
        self.attribute("removable", removable)
        self.attribute("dev", "8:16")
        self.attribute("ro", 0)

    def write(self, name, text):
        """A file of the machine."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def attribute(self, name, value):
        """A file of the disk in sysfs."""
        self.write(f"sys/class/block/{self.name}/{name}", f"{value}\n")

    def partition(self):
        """The disk has one: in its folder, and beside it."""
        folder = self.root / "sys/class/block"
        self.attribute(f"{self.name}1/partition", 1)
        self.attribute(f"{self.name}1/dev", "8:17")
        (folder / f"{self.name}1").symlink_to(f"{self.name}/{self.name}1")
        self.write(f"dev/{self.name}1", "")

    def flash(self, device=None, **more):
        """What make flash says."""
        return make.call("flash", BOARD, DEV=device or f"/dev/{self.name}", FLASH_ROOT=self.root,
                         **more)


def _mounted(machine):
    machine.partition()
    machine.write("proc/self/mountinfo", MOUNT.format(number="8:17", where="/media", source="x"))


def _mounted_by_name(machine):
    machine.write("proc/self/mountinfo", MOUNT.format(number="0:40", where="/m",
                                                      source=f"/dev/{machine.name}"))


def _swap(machine):
    machine.partition()
    machine.write("proc/swaps", f"Filename Type\n/dev/{machine.name}1 partition 1 0 -2\n")


def _held(machine):
    machine.partition()
    machine.attribute(f"{machine.name}1/holders/dm-0", "")


REFUSALS = (
    ("a disk that is not removable", {"removable": 0}, None, "is not removable"),
    ("eMMC", {"name": "mmcblk1"}, lambda disk: disk.attribute("device/type", "MMC"),
     "is not removable"),
    ("a partition that is mounted", {}, _mounted, "/dev/sdx1 is mounted on /media"),
    ("a disk that is mounted under another number", {}, _mounted_by_name, "is mounted on /m"),
    ("a partition used for swap", {}, _swap, "/dev/sdx1 is used for swap"),
    ("a partition that something is built on", {}, _held, "/dev/sdx1 is used by dm-0"),
    ("a card that is too small", {"size": SIZE - 512}, None,
     "is too small: 163 MiB, it takes 164"),
    ("a reader without a card", {"size": 0}, None, "no card in it"),
    ("a write-protected card", {}, lambda disk: disk.attribute("ro", 1), "is write-protected"),
)


def _refusals(report, folder, out):
    for number, (name, options, change, words) in enumerate(REFUSALS):
        machine = Machine(folder / str(number), **options)
        if change:
            change(machine)
        status, said = machine.flash(IMAGE_OUT=out)
        report.check(f"refuses {name}", status != 0 and len(said) == 1 and words in said[0] and
                     not any(machine.device.read_bytes()), " / ".join(said))


def _names(report, folder, out):
    machine = Machine(folder / "names")
    machine.partition()
    plain = folder / "plain"
    plain.write_bytes(b"")
    for name, answer, words in (
            ("a partition", machine.flash("/dev/sdx1", IMAGE_OUT=out), "is a partition: name the"),
            ("what is not there", machine.flash("/dev/sdy", IMAGE_OUT=out), "there is no /dev/sdy"),
            ("no device", make.call("flash", BOARD, IMAGE_OUT=out), "no device named"),
            ("a plain file", make.call("flash", BOARD, DEV=plain, IMAGE_OUT=out),
             "is not a block device"),
            ("a character device", make.call("flash", BOARD, DEV="/dev/null", IMAGE_OUT=out),
             "is not a block device"),
            ("an unknown board", make.call("flash", "raspberry", DEV="/dev/sdx", IMAGE_OUT=out),
             "unknown board 'raspberry'"),
            ("a board without an image",
             make.call("flash", BOARD, DEV="/dev/sdx", IMAGE_OUT=folder / "none"),
             "make image BOARD=")):
        status, said = answer
        report.check(f"refuses {name}", status != 0 and len(said) == 1 and words in said[0],
                     " / ".join(said))


def _written(report, folder, image, out):
    for name in ("sdx", "mmcblk0"):
        machine = Machine(folder / "written", name=name, removable=int(name == "sdx"))
        machine.attribute("device/type", "SD")
        # What was on it before
        with open(machine.device, "r+b") as file:
            file.write(b"\xa5" * 2**20)
        status, said = machine.flash(IMAGE_OUT=out)
        with open(machine.device, "rb") as file:
            same = file.read(SIZE) == image.read_bytes()
        report.check(f"writes {name}, and nothing else", status == 0 and same and
                     machine.device.stat().st_size == SIZE + 2**20, " / ".join(said))


VERIFY = """
import os, sys
sys.path.insert(0, sys.argv[1])
import flash
image = os.open(sys.argv[2], os.O_RDONLY)
try:
    flash.verify(image, os.fstat(image).st_size, sys.argv[3])
except flash.Fail as failure:
    sys.exit(str(failure))
"""


def _verified(report, folder, image):
    """A card that gives back something else in one byte, or ends early."""
    path = folder / "copy"
    path.write_bytes(image.read_bytes())
    for name, change, words in (
            ("the same", lambda file: None, ""),
            ("a byte that differs",
             lambda file: (file.seek(SIZE - 5000), file.write(b"\xff")), "160 MiB"),
            ("a card that ends early", lambda file: file.truncate(SIZE - 512), "160 MiB")):
        with open(path, "r+b") as file:
            change(file)
        done = subprocess.run(["/usr/bin/python3", "-c", VERIFY, tree.TOP / "tools/image", image,
                               path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              timeout=60, check=False)
        said = done.stderr.decode().splitlines()
        report.check(f"verifying finds {name}", bool(done.returncode) == bool(words) and
                     len(said) == bool(words) and words in "".join(said), " / ".join(said))


def _interrupted(report, folder, out):
    """A full pipe stops it in the middle, as long as we like."""
    machine = Machine(folder / "interrupted")
    with open(machine.device, "r+b") as file:
        file.write(b"\xa5" * 512)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writer, True)
    # Room for what is said before the writing starts, and no more
    os.read(reader, 4096)
    machine_environment = {"FLASH_ROOT": str(machine.root), "IMAGE_OUT": str(out)}
    status, said = make.interrupted(
        ["/usr/bin/python3", tree.TOP / "tools/image/flash.py", BOARD, "/dev/sdx"],
        machine_environment, lambda _: _is_wiped(machine), stdout=writer)
    os.close(reader)
    os.close(writer)
    begin = machine.device.open("rb").read(512)
    report.check("interrupted, it says that the card is incomplete", status != 0 and
                 len(said) == 1 and "is incomplete" in said[0] and "interrupted" in said[0],
                 " / ".join(said))
    report.check("and no board takes such a card for whole", not any(begin))


def _is_wiped(machine):
    with open(machine.device, "rb") as file:
        return not any(file.read(512))


def scenario(report):
    """All of them; one image serves all."""
    out = make.out_folder("emulated")
    image = out / f"{BOARD}.img"
    with tempfile.TemporaryDirectory(prefix="flash-", dir=tree.BUILD) as name:
        folder = pathlib.Path(name)
        _refusals(report, folder, out)
        _names(report, folder, out)
        _written(report, folder, image, out)
        _verified(report, folder, image)
        _interrupted(report, folder, out)
