# SPDX-License-Identifier: GPL-2.0-only
"""make image with what it can't do: one line, and nothing half-done left behind."""

import os
import resource

import make
import tree

BOARD = "raspberrypi2"
# Less than the boot partition takes
DISK = 32 * 2**20

WRONG = (
    ("an unknown board", "raspberrypi9", {}, "unknown board 'raspberrypi9': BOARD is one of"),
    ("no board", "", {}, "no board named"),
    ("a board's path", "../boards/beaglebone", {}, "unknown board"),
    ("an unknown chip", BOARD, {"CHIP": "ds9999"}, "CHIP=ds9999: one of ab1805"),
    ("an interval of 0", BOARD, {"INTERVAL": "0"}, "INTERVAL=0: whole seconds from 1 to 86400"),
    ("an interval too long", BOARD, {"INTERVAL": "86401"}, "INTERVAL=86401: whole"),
    ("an interval that is no number", BOARD, {"INTERVAL": "1e3"}, "INTERVAL=1e3: whole"),
    ("a switch that is none", BOARD, {"CHRONY": "yes"}, "CHRONY=yes: 1, or leave it out"),
    ("a time that is none", BOARD, {"SOURCE_DATE_EPOCH": "now"}, "SOURCE_DATE_EPOCH=now: seconds"),
    ("a time before cards had dates", BOARD, {"SOURCE_DATE_EPOCH": "100000000"}, "from 1980"),
)


def _left(out):
    """What a build that failed has left in its folder."""
    return sorted(path.name for path in out.iterdir()
                  if not path.name.startswith("."))


def _small_disk():
    # Children inherit it; a write beyond it fails as on a full disk, instead of a signal
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK, DISK))


def _is_at_work(out):
    return any(path.name.startswith("work-") and (path / "root/bin").exists()
               for path in out.iterdir())


def scenario(report):
    """Wrong words, a full disk, Ctrl-C."""
    out = make.out_folder("bad")
    for path in out.glob("*.img"):
        path.unlink()
    for name, board, variables, words in WRONG:
        status, said = make.call("image", board, IMAGE_OUT=out, **variables)
        report.check(f"refuses {name}", status != 0 and len(said) == 1 and words in said[0] and
                     not _left(out), " / ".join(said))
    image = make.image(BOARD, out)
    before = image.stat().st_mtime_ns
    status, said = make.call("image", BOARD, IMAGE_OUT=out, preexec_fn=_small_disk)
    report.check("a full disk: one line, and the image of before is still there",
                 status != 0 and said == ["image: mkfs.vfat: File size limit exceeded"] and
                 _left(out) == [image.name] and image.stat().st_mtime_ns == before,
                 " / ".join(said))
    status, said = make.interrupted(
        ["/usr/bin/python3", tree.TOP / "tools/image/build.py", BOARD],
        {"IMAGE_OUT": str(out)}, lambda _: _is_at_work(out), stdout=open(os.devnull, "wb"))
    report.check("interrupted: one line, and the image of before is still there",
                 status != 0 and said == ["image: interrupted, nothing is left of it"] and
                 _left(out) == [image.name] and image.stat().st_mtime_ns == before,
                 " / ".join(said))
    status, said = make.call("image", BOARD, IMAGE_OUT="/dev/null/x")
    report.check("a folder that can't be: one line", status != 0 and len(said) == 1,
                 " / ".join(said))
