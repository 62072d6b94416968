# SPDX-License-Identifier: GPL-2.0-only
"""From folders to file systems, and from those to the card."""

import settings
from common import HERE, run


def make_fat(files, target, when_s):
    """The partition that the board's own loader reads."""
    run("mkfs.vfat", "-F", "32", "-n", "BOOT", "--invariant", "-C", target, settings.FAT_KIB)
    names = sorted(files.iterdir())
    run("mcopy", "-i", target, "-s", "-p", "-m", "-Q", *names, "::",
        env={"SOURCE_DATE_EPOCH": str(when_s)})


def make_ext4(root, parts, target, when_s):
    """The root file system, all of it root's."""
    host = parts / "host"
    library = next(host.glob("lib/*-linux-gnu"))
    uuid = settings.ROOT_UUID
    extended = f"hash_seed={uuid},root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0"
    run("fakeroot", "sh", "-c", 'chown -hR 0:0 "$1"; shift; exec "$@"', "sh", root,
        host / "sbin/mke2fs", "-q", "-t", "ext4", "-L", "root", "-U", uuid,
        # Those that Debian 12's own e2fsck does not know
        "-O", "^orphan_file,^metadata_csum_seed", "-E", extended, "-d", root, target,
        settings.ROOT_SIZE,
        env={"SOURCE_DATE_EPOCH": str(when_s), "LD_LIBRARY_PATH": str(library),
             "MKE2FS_CONFIG": str(host / "etc/mke2fs.conf")})


def assemble(board, work):
    """Put the partitions where the board looks for them; return the image's path."""
    empty = work / "empty"
    empty.mkdir()
    run("genimage", "--config", HERE / "layouts" / f"{board['layout']}.cfg", "--rootpath", empty,
        "--tmppath", work / "genimage", "--inputpath", work, "--outputpath", work)
    return work / "sdcard.img"
