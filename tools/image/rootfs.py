# SPDX-License-Identifier: GPL-2.0-only
"""The root file system and the initramfs: busybox, modules, hwclock, rtcsync."""

import gzip
import os
import pathlib
import re
import shutil

from common import Fail, HERE, TOP, WORK, run, tool

OURS = ("rtc-sync", "rtc-sync-i2c")


def make_ours(kernel):
    """Compile the modules, so that they don't name the folders they were compiled in."""
    out = WORK / "modules"
    flags = f"-ffile-prefix-map={out}/src/= -ffile-prefix-map={kernel}/="
    return tool("build-modules", "6.1", f"KCFLAGS={flags}", env={"MODULES_OUT": str(out)})


class Modules:
    """Those of the kernel that are asked for, what they need, and ours, in one folder."""

    def __init__(self, kernel, work):
        self.release = (kernel / "release").read_text().strip()
        self.kernel = kernel
        self.base = work / "modules"
        self.folder = self.base / "lib/modules" / self.release
        theirs = (kernel / "modules/lib/modules" / self.release).resolve()
        self.folder.mkdir(parents=True)
        (self.folder / "kernel").symlink_to(theirs / "kernel")
        for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
            shutil.copyfile(theirs / name, self.folder / name)
        extra = self.folder / "extra"
        extra.mkdir()
        built = make_ours(kernel)
        for name in OURS:
            run("arm-linux-gnueabihf-strip", "-g", "-o", extra / f"{name}.ko",
                (built / f"{name}.ko").resolve())
        run("depmod", "-b", self.base, "-F", kernel / "System.map", self.release)

    def closure(self, names):
        """Files in the order to load them, as paths below the folder."""
        wanted = []
        for name in names.split():
            lines = run("modprobe", "-d", self.base, "-S", self.release, "--show-depends", name)
            for line in lines.splitlines():
                kind, _, path = line.partition(" ")
                if kind == "insmod":
                    wanted.append(pathlib.Path(path.split()[0]).relative_to(self.folder))
        return list(dict.fromkeys(wanted))

    def install(self, root, names):
        """Put them below root's lib/modules."""
        target = root / "lib/modules" / self.release
        for path in self.closure(names):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.folder / path, target / path)
        for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
            shutil.copyfile(self.folder / name, target / name)
        run("depmod", "-b", root, "-F", self.kernel / "System.map", self.release)


def add_busybox(root, runtime, applets=None):
    """Busybox, and a link for each of its programs."""
    (root / "bin").mkdir(parents=True, exist_ok=True)
    busybox = runtime / "root/bin/busybox"
    shutil.copyfile(busybox, root / "bin/busybox")
    listed = applets or run(runtime / "qemu-arm-static", busybox, "--list-full").split()
    for path in listed:
        # Of hwclock there is a better one
        if path not in ("bin/busybox", "sbin/hwclock", "linuxrc"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to("/bin/busybox")


def needed(program):
    """Names of the libraries that a program or library is linked to."""
    said = run("arm-linux-gnueabihf-readelf", "-d", program)
    return re.findall(r"\(NEEDED\).*\[(.*)\]", said)


def add_program(root, source, path, packages):
    """Put a program there, and the libraries that it needs, from unpacked packages."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, root / path)
    (root / path).chmod(0o755)
    wanted = needed(source)
    while wanted:
        name = wanted.pop()
        target = root / "lib" / name
        if target.exists():
            continue
        found = sorted(packages.rglob(name))
        if not found:
            raise Fail(f"no {name} for {path} in {packages}")
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(found[0].resolve(), target)
        # The loader is one of them
        target.chmod(0o755)
        wanted += needed(target)


def add_hwclock(root, peers):
    """util-linux's, and a new one: busybox's and those before 2.42 set RTCs wrongly."""
    add_program(root, peers / "bin/hwclock-new", "sbin/hwclock", peers / "lib")


def add_chrony(root, peers, modules):
    """With the network that it needs."""
    for name, path in (("chronyd", "usr/sbin/chronyd"), ("chronyc", "usr/bin/chronyc")):
        add_program(root, peers / "bin" / name, path, peers / "lib")
    shutil.copytree(HERE / "chrony", root, dirs_exist_ok=True)
    (root / "var/lib/chrony").mkdir(parents=True)
    # Whom they become
    with open(root / "etc/passwd", "a", encoding="utf-8") as users:
        users.write("_chrony:x:100:100::/var/lib/chrony:/bin/false\n")
    with open(root / "etc/group", "a", encoding="utf-8") as groups:
        groups.write("_chrony:x:100:\n")
    (root / "etc/network-modules").write_text(modules.replace(" ", "\n") + "\n")


def add_rtcsync(root):
    """The program that shows, and the companion that slews."""
    run("make", "-s", "-C", TOP / "tools/rtcsync", f"OUT={WORK}/rtcsync", "CFLAGS=-O2",
        "CROSS_COMPILE=arm-linux-gnueabihf-", "LDFLAGS=-static -s", f"DESTDIR={root}",
        "install-bin")
    (root / "var/lib/rtcsync").mkdir(parents=True)


def set_modes(root, when_s):
    """The builder's umask, owner and clock do not count."""
    for path in sorted(root.rglob("*"), reverse=True) + [root]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o600 if path.name == "shadow" else 0o644)
        os.utime(path, (when_s, when_s), follow_symlinks=False)


def build(board, modules, runtime, has_chrony, root):
    """The root file system."""
    peers = tool("fetch/peers")
    shutil.copytree(HERE / "root", root)
    add_busybox(root, runtime)
    add_hwclock(root, peers)
    add_rtcsync(root)
    (root / "etc/hostname").write_text(board["name"] + "\n")
    for name in ("boot", "dev", "proc", "run", "sys", "tmp", "root", "mnt", "var/lib", "var/log"):
        (root / name).mkdir(parents=True, exist_ok=True)
    names = f"{board['early']} {board['modules']}"
    if has_chrony:
        add_chrony(root, peers, board["network"])
        names += f" {board['network']}"
    modules.install(root, names)
    (root / "bin/busybox").chmod(0o755)


def build_initramfs(board, modules, runtime, work, target, when_s):
    """What is in memory before there is a card."""
    root = work / "initramfs"
    shutil.copytree(HERE / "initramfs", root)
    add_busybox(root, runtime, ("bin/sh", "bin/mount", "bin/cat", "bin/sed", "bin/usleep",
                                "bin/ls", "bin/dmesg", "sbin/insmod", "sbin/findfs",
                                "sbin/switch_root"))
    for name in ("dev", "proc", "sys", "root", "modules"):
        (root / name).mkdir()
    load = []
    for path in modules.closure(board["early"]):
        shutil.copyfile(modules.folder / path, root / "modules" / path.name)
        load.append(path.name + "\n")
    (root / "modules/load").write_text("".join(load))
    (root / "bin/busybox").chmod(0o755)
    set_modes(root, when_s)
    names = sorted(str(path.relative_to(root)) for path in root.rglob("*"))
    archive = work / "initramfs.cpio"
    run("cpio", "-o", "-H", "newc", "-R", "0:0", "--reproducible", "--quiet", "-F", archive,
        input="\n".join(names).encode(), cwd=root)
    target.write_bytes(gzip.compress(archive.read_bytes(), 9, mtime=0))
