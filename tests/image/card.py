# SPDX-License-Identifier: GPL-2.0-only
"""Look into an image of an SD card, and put files into a copy of it."""

import os
import pathlib
import struct
import subprocess

import tree

SECTOR = 512
ENVIRONMENT = {**os.environ, "TZ": "UTC", "PATH": "/usr/sbin:/sbin:/usr/bin:/bin"}


def run(*command):
    """A program's output; its complaint, if it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=ENVIRONMENT, check=False)
    if done.returncode:
        raise ValueError(f"{command[0]}: {done.stdout.decode(errors='replace').strip()}")
    return done.stdout


def partitions(image):
    """[(active, type, first byte, bytes)] of the partition table."""
    with open(image, "rb") as file:
        sector = file.read(SECTOR)
    if sector[510:] != b"\x55\xaa":
        raise ValueError("no partition table")
    entries = [struct.unpack("<B3xB3xII", sector[446 + 16 * n:462 + 16 * n]) for n in range(4)]
    return [(active == 0x80, kind, first * SECTOR, count * SECTOR)
            for active, kind, first, count in entries if kind]


def part(image, offset, size):
    """Bytes of the image."""
    with open(image, "rb") as file:
        file.seek(offset)
        return file.read(size)


class Fat:
    """The first partition."""

    def __init__(self, image):
        self.where = f"{image}@@{partitions(image)[0][2]}"

    def names(self):
        """Paths of all files in it."""
        lines = run("mdir", "-b", "-/", "-i", self.where, "::").decode().splitlines()
        return sorted(line[2:] for line in lines if line.startswith("::/") and line[-1] != "/")

    def read(self, name):
        """A file's content."""
        return run("mtype", "-i", self.where, f"::{name}")

    def unpack(self, name, folder):
        """Copy a file out of it; return its path."""
        target = folder / pathlib.Path(name).name
        target.write_bytes(self.read(name))
        return target


def host_tool(name):
    """A program of the newer e2fsprogs."""
    host = tree.tool("fetch/image-parts") / "host"
    ENVIRONMENT["LD_LIBRARY_PATH"] = str(next(host.glob("lib/*-linux-gnu")))
    return host / "sbin" / name


class Root:
    """The second partition, in a file of its own."""

    def __init__(self, image, folder):
        self.image = image
        self.offset, self.size = partitions(image)[1][2:]
        self.path = folder / "root.ext4"
        self.path.write_bytes(part(image, self.offset, self.size))

    def ask(self, request):
        """What debugfs answers."""
        return run(host_tool("debugfs"), "-R", request, self.path).decode(errors="replace")

    def complaints(self):
        """What the check of the file system says; empty if it is clean."""
        try:
            run(host_tool("e2fsck"), "-f", "-n", self.path)
        except ValueError as error:
            return str(error)
        return ""

    def add(self, source, name):
        """Put a program into it."""
        run(host_tool("debugfs"), "-w", "-R", f"write {source} {name}", self.path)
        run(host_tool("debugfs"), "-w", "-R", f"set_inode_field {name} mode 0100755", self.path)

    def put_back(self):
        """Write it into the image."""
        with open(self.image, "r+b") as file:
            file.seek(self.offset)
            file.write(self.path.read_bytes())


def as_sd(image, target):
    """A copy with a size that the emulated card can have."""
    run("cp", "--sparse=always", image, target)
    size = image.stat().st_size
    os.truncate(target, 1 << (size - 1).bit_length())
    return target
