# SPDX-License-Identifier: GPL-2.0-only
"""Make the initramfs of a run: busybox, the modules it asks for and its script."""

import pathlib

import cpio
import modules
import tree

PEERS = "opt/peers"
WRAPPER = """#!/bin/sh
exec /{root}/lib/ld-linux-armhf.so.3 --library-path /{root}/lib /{root}/bin/{program} "$@"
"""


def _add_hwclock(archive, runtime):
    archive.add("sbin/hwclock.util-linux", (runtime / "sbin/hwclock").read_bytes())
    for library in sorted((runtime / "lib").rglob("*.so*")):
        archive.add(f"lib/{library.name}", library.resolve().read_bytes())
    for library in sorted((runtime / "usr/lib").rglob("*.so*")):
        if library.parent.name == "arm-linux-gnueabihf":
            archive.add(f"lib/{library.name}", library.resolve().read_bytes())


def _add_peers(archive):
    """In a place of their own, since their C library is newer than hwclock's."""
    peers = tree.tool("fetch/peers")
    for library in sorted((peers / "lib").iterdir()):
        archive.add(f"{PEERS}/lib/{library.name}", library.read_bytes())
    for program in sorted((peers / "bin").iterdir()):
        archive.add(f"{PEERS}/bin/{program.name}", program.read_bytes())
        wrapper = WRAPPER.format(root=PEERS, program=program.name)
        archive.add(f"bin/{program.name}", wrapper.encode())
    # Whom chronyd and chronyc would become
    archive.add("etc/passwd", b"_chrony:x:0:0::/:/bin/sh\n", 0o100644)
    archive.add("etc/group", b"_chrony:x:0:\n", 0o100644)
    archive.add_directory("run")


def build(run, kernel, directory):
    """Write initramfs into directory; return its path."""
    runtime = tree.tool("fetch/arm-runtime") / "root"
    archive = cpio.Archive()
    archive.add("bin/busybox", (runtime / "bin/busybox").read_bytes())
    archive.add("bin/sh", b"busybox", 0o120777)
    for program in tree.guest_programs():
        archive.add(f"bin/{program.name}", program.read_bytes())
    archive.add("init", (tree.HERE / "guest/init").read_bytes())
    archive.add("script", run.script.encode())
    archive.add("end", run.board.end.encode())
    modules.add(archive, run, kernel)
    if run.hwclock:
        _add_hwclock(archive, runtime)
    if run.peers:
        _add_peers(archive)
    for name, source in run.files.items():
        archive.add(name, pathlib.Path(source).read_bytes())
    target = directory / "initramfs"
    target.write_bytes(archive.finish())
    return target
