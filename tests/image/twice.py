# SPDX-License-Identifier: GPL-2.0-only
"""The same sources give the same image, whoever builds it, where and when."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import layout
import make
import tree

NOBODY = 65534
# What the image is made of; all that is fetched is taken from here
SOURCES = ("CHANGELOG.md", "Kbuild", "Kconfig", "Makefile", "drivers", "dts", "tools")


def _copy_sources(target):
    for name in SOURCES:
        source = tree.TOP / name
        if source.is_dir():
            shutil.copytree(source, target / name,
                            ignore=shutil.ignore_patterns("*.o", "*.ko", "__pycache__"))
        else:
            shutil.copyfile(source, target / name)
    for fetcher in (target / "tools/fetch").iterdir():
        fetcher.write_text(f'#!/bin/sh\nexec "{tree.TOP}/tools/fetch/{fetcher.name}" "$@"\n')
        fetcher.chmod(0o755)


def _differences(one, other):
    """Where two images differ, by parts of the card."""
    names = {0: "before the partitions", 4: "boot partition", 68: "root partition"}
    found = set()
    with open(one, "rb") as left, open(other, "rb") as right:
        for mib in range(164):
            if left.read(layout.MIB) != right.read(layout.MIB):
                found.add(names[max(start for start in names if start <= mib)])
    return sorted(found)


def _other_user(folder):
    """Options to run a program as somebody else; none if we are not root."""
    if os.getuid():
        return {}
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def scenario(report):
    """Here by us, and elsewhere by nobody, with another umask, time zone, language and name."""
    board = "raspberrypi2"
    epoch = "1700000000"
    first = make.image(board, make.out_folder("twice"), SOURCE_DATE_EPOCH=epoch)
    # Our own folder may be closed to others
    with tempfile.TemporaryDirectory(prefix="rtc-sync-image-") as name:
        folder = pathlib.Path(name)
        _copy_sources(folder)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "TZ": "Pacific/Auckland",
                       "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent", "FETCH_LOCKED": "1"}
        done = subprocess.run(["/usr/bin/python3", folder / "tools/image/build.py", board],
                              env=environment, umask=0o077, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=300, check=False,
                              **_other_user(folder))
        other = folder / f"build/image/{board}.img"
        report.check("it can be built without root", done.returncode == 0,
                     done.stdout.decode().strip().replace("\n", "\n#   "))
        differ = _differences(first, other) if other.exists() else ["nothing was built"]
        report.check("elsewhere, by another user, the image is the same", not differ,
                     ", ".join(differ) or hashlib.sha256(first.read_bytes()).hexdigest())
