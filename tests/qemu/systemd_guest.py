# SPDX-License-Identifier: GPL-2.0-only
"""Runs on which Debian's systemd is the first process, on the twin.

The script runs as a service, when all others have been started; its output is the
console's. Our modules are where DKMS puts them: udev loads them by the device tree.
"""

import dataclasses
import os
import pathlib
import shutil
import stat
import subprocess

import boards
import boot
import cpio
import modules
import runs
import tree
import twin

INIT = """#!/bin/sh
# What the packages' own scripts would have done, were they installed one by one
mount -t proc proc /proc
systemd-sysusers || echo "@@FAIL systemd-sysusers"
systemctl -q preset-all || echo "@@FAIL preset-all"
. /before
umount /proc
exec /lib/systemd/systemd
"""

SERVICE = """[Unit]
DefaultDependencies=no
After=multi-user.target
[Service]
Type=simple
ExecStart=/bin/sh -c 'echo "@@BEGIN"; sh /script; echo "@@END $?"; systemctl -ff poweroff'
StandardOutput=tty
StandardError=tty
TTYPath=/dev/console
[Install]
WantedBy=multi-user.target
"""

SYSUSERS = "u _chrony - - /var/lib/chrony\n"

APPEND = "systemd.show_status=0 systemd.log_target=kmsg systemd.log_level=err udev.log_level=err"


@dataclasses.dataclass
class SystemdRun(runs.Run):
    """A run with systemd; `modules` and `carry` are in the system's module folder."""

    before: str = ""        # for the guest's shell, before systemd
    units: tuple = ()       # enabled, all others are not
    packages: tuple = ()    # folders of unpacked packages, for the guest's root


def _add_tree(archive, top, but=None):
    """A folder with all that is in it, but one."""
    for folder, names, files in os.walk(top):
        names[:] = [name for name in names if pathlib.Path(folder, name) != but]
        for name in sorted(names + files):
            path = pathlib.Path(folder) / name
            inside = str(path.relative_to(top))
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                archive.add(inside, os.readlink(path).encode(), 0o120777)
            elif stat.S_ISDIR(mode):
                archive.add_directory(inside, mode)
            else:
                archive.add(inside, path.read_bytes(), mode)


def _debian():
    """The archive of what all runs have in common."""
    folder = tree.tool("fetch/systemd")
    target = folder / "root.cpio"
    with tree.BUILDING:
        if not target.exists():
            archive = cpio.Archive()
            _add_tree(archive, folder / "root")
            partial = target.with_suffix(".new")
            partial.write_bytes(archive.finish())
            partial.rename(target)
    return target.read_bytes()


def _module_tree(run, kernel, directory):
    """A folder with lib/modules as depmod leaves it."""
    release = (kernel / "release").read_text().strip()
    top = directory / "modules-tree"
    folder = top / "lib/modules" / release
    (folder / "updates/dkms").mkdir(parents=True)
    for name in ("modules.builtin", "modules.order", "modules.builtin.modinfo"):
        source = kernel / "modules/lib/modules" / release / name
        if source.exists():
            shutil.copy(source, folder)
    for name in filter(None, (run.board.i2c_module, *run.modules)):
        for path in modules.closure(kernel, name):
            shutil.copy(path, folder)
    for path in run.carry:
        shutil.copy(path, folder / "updates/dkms")
    subprocess.run(["depmod", "-b", top, "-F", kernel / "System.map", release], check=True,
                   env=modules.ENVIRONMENT)
    return folder, release


def build(run, kernel, directory):
    """Write initramfs into directory; return its path."""
    archive = cpio.Archive()
    folder, release = _module_tree(run, kernel, directory)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            archive.add(f"usr/lib/modules/{release}/{path.relative_to(folder)}",
                        path.read_bytes(), 0o100644)
    for program in tree.guest_programs():
        archive.add(f"usr/bin/{program.name}", program.read_bytes())
    archive.add("init", INIT.encode())
    archive.add("before", run.before.encode())
    archive.add("script", run.script.encode())
    archive.add("usr/bin/sh", b"dash", 0o120777)
    archive.add("usr/bin/awk", b"mawk", 0o120777)
    archive.add("etc/systemd/system/script.service", SERVICE.encode(), 0o100644)
    archive.add("etc/systemd/system-preset/00-guest.preset", "".join(
        [f"enable {unit}\n" for unit in ("script.service", *run.units)] +
        ["disable *\n"]).encode(), 0o100644)
    archive.add("etc/systemd/system/default.target", b"/lib/systemd/system/multi-user.target",
                0o120777)
    archive.add("etc/sysusers.d/chrony.conf", SYSUSERS.encode(), 0o100644)
    archive.add("etc/hostname", b"guest\n", 0o100644)
    # One that is there already is not taken for that of a first boot
    archive.add("etc/machine-id", b"0123456789abcdef0123456789abcdef\n", 0o100644)
    for package in run.packages:
        _add_tree(archive, package, package / "usr/src")
    for name, source in run.files.items():
        archive.add(name, pathlib.Path(source).read_bytes(),
                    0o100000 | (pathlib.Path(source).stat().st_mode & 0o777))
    target = directory / "initramfs"
    target.write_bytes(_debian() + archive.finish())
    return target


def run(name, script, **options):
    """Boot the twin with our chip, and our modules not loaded; return (run, lines)."""
    options.setdefault("carry", twin.modules())
    options.setdefault("overlays", (twin.chip(),))
    options.setdefault("limit_s", 900)
    board = SystemdRun(board=boards.TWIN, script="", make_initramfs=build, append=APPEND,
                       log=tree.BUILD / "log" / f"systemd-{name}.log", **options)
    board.script = script(board) if callable(script) else script
    return board, boot.boot(board)
