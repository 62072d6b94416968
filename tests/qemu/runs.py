# SPDX-License-Identifier: GPL-2.0-only
"""What one run of a board is made of."""

import calendar
import dataclasses
import pathlib
import time
import typing

import boards


@dataclasses.dataclass
class Run:
    """One boot of a board. Module and file names that are paths are ours."""

    board: boards.Board
    script: str                         # for the guest's shell; its status is the run's
    kernel: str = "6.1"                 # Debian's, or tree.OWN_KERNEL
    rtcs: tuple = ("ds1338@0x68",)      # QEMU device @ I2C address
    overlays: tuple = ()                # paths of .dts files, or their text
    drift_ppm: float = 0.0              # system clock against RTC; positive gains
    base: str = "2026-01-01T00:00:00"   # the RTC at power on
    modules: tuple = ()                 # "name-or-path parameter...", loaded in order
    carry: tuple = ()                   # put into /modules, for the script to load
    files: dict = dataclasses.field(default_factory=dict)   # guest path: host path
    append: str = ""                    # more of the kernel's command line
    one_core: bool = False              # boots sooner, is less at the mercy of the host
    hwclock: bool = False               # util-linux's, as hwclock.util-linux
    peers: bool = False                 # chronyd, chronyc, phc2sys
    make_initramfs: typing.Optional[typing.Callable] = None     # by default initramfs.build()
    limit_s: float = 120                # of the host's time
    log: typing.Optional[pathlib.Path] = None

    @property
    def believed_hz(self):
        """The counter frequency that Linux is told, to make its clock drift."""
        return round(self.board.counter_hz / (1 + self.drift_ppm * 1e-6))

    @property
    def true_drift_ppb(self):
        """The drift after the rounding to whole hertz."""
        return round((self.board.counter_hz / self.believed_hz - 1) * 1e9)

    @property
    def base_epoch(self):
        """The RTC at power on, in seconds since 1970."""
        return calendar.timegm(time.strptime(self.base, "%Y-%m-%dT%H:%M:%S"))

    def sample(self, period_ms, count, sync="/sys/class/rtc/rtc0/sync"):
        """A guest command that prints `count` lines for samples.parse()."""
        return f"sample {period_ms} {count} {self.base_epoch} {self.board.counter_hz} {sync}"
