# SPDX-License-Identifier: GPL-2.0-only
"""What is asked for: the board, the chip, the interval; and when "now" is."""

import configparser
import os
import re

from common import Fail, HERE, TOP, run

# Names that stay the same from one build to the next
ROOT_UUID = "6e3f3b0c-7a55-4d0e-9d0c-72746373796e"
FAT_KIB = 64 * 1024
ROOT_SIZE = "96M"


def board(name):
    """The board's data, with its name."""
    names = sorted(path.stem for path in (HERE / "boards").glob("*.ini"))
    if name not in names:
        said = f"unknown board '{name}'" if name else "no board named"
        raise Fail(f"{said}: BOARD is one of {', '.join(names)}")
    parser = configparser.ConfigParser()
    parser.read(HERE / "boards" / f"{name}.ini")
    return {**parser["board"], "name": name}


def interval(text):
    """Seconds between two corrections."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 86400:
        raise Fail(f"INTERVAL={text}: whole seconds from 1 to 86400")
    return int(text)


def switch(name):
    """An option that is 1, or is not."""
    text = os.environ.get(name, "")
    if text not in ("", "0", "1"):
        raise Fail(f"{name}={text}: 1, or leave it out")
    return text == "1"


def chips():
    """{name: address} of the chips that the Raspberry Pi's overlay has."""
    source = (TOP / "dts/overlays/raspberrypi/rtc-sync-overlay.dts").read_text()
    found = re.findall(r'compatible = "rtc-sync,(\w+)-sync";\s*reg = <(0x[0-9a-f]+)>', source)
    return {name: int(address, 16) for name, address in found}


def chip(name):
    """The chip's name and address."""
    known = chips()
    if name not in known:
        raise Fail(f"CHIP={name}: one of {', '.join(sorted(known))}")
    return name, known[name]


def epoch():
    """The one time that is in the image: the last commit's, or the release's."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        try:
            text = run("git", "-c", f"safe.directory={TOP}", "-C", TOP, "log", "-1",
                       "--format=%ct").strip()
        except Fail:
            match = re.search(r"^## \S+.*?(\d{4}-\d\d-\d\d)", (TOP / "CHANGELOG.md").read_text(),
                              re.MULTILINE)
            if match is None:
                raise Fail("no git and no date in CHANGELOG.md: set SOURCE_DATE_EPOCH") from None
            text = run("date", "-u", "-d", match.group(1), "+%s").strip()
    # What a FAT can date, and 32-bit kernels
    if not re.fullmatch(r"[0-9]{9,10}", text) or not 315532800 <= int(text) < 2**31:
        raise Fail(f"SOURCE_DATE_EPOCH={text}: seconds since 1970, from 1980 to 2038")
    return int(text)
