# SPDX-License-Identifier: GPL-2.0-only
"""A board with an SD card, and a hand on its serial console."""

import os
import re
import select
import subprocess
import time

import console
import tree

# Its other cores would wait in a loop
OPTIONS = ("-M", "raspi2b", "-global", "bcm2836.enabled-cpus=1", "-display", "none",
           "-audio", "none", "-monitor", "none", "-nic", "none", "-serial", "stdio", "-no-reboot")
# Counted instructions: the board's time does not depend on the host's load
VIRTUAL = ("-icount", "shift=3,sleep=off,align=off")
# QEMU can set its RTC only if the board's time is the host's
REAL = ()
BASE = "2026-01-01T00:00:00"
BASE_EPOCH = 1767225600
COUNTER_HZ = 62_500_000


class Board:
    """QEMU, with what it has said so far. The limit is on the host's time, and generous."""

    def __init__(self, name, sd, *options, timing=VIRTUAL, limit_s=400):
        self.text = ""
        self.seen = 0
        self.name = name
        self.end_s = time.monotonic() + limit_s
        log = tree.BUILD / "log" / f"image-{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = open(log, "wb", buffering=0)     # pylint: disable=consider-using-with
        self.qemu = subprocess.Popen(               # pylint: disable=consider-using-with
            [tree.emulator("qemu-system-arm"), *OPTIONS, *timing,
             "-drive", f"if=sd,format=raw,file={sd}", "-rtc", f"clock=vm,base={BASE}",
             "-device", "ds1338,bus=i2c-bus.1,address=0x68", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.qemu.kill()
        self.qemu.wait()
        self.qemu.stdin.close()
        self.qemu.stdout.close()
        self.log.close()

    def _fail(self, what):
        raise console.BootError(f"image {self.name}: {what}", self.text.splitlines())

    def _read(self):
        """More of what it says; False at its end."""
        left_s = self.end_s - time.monotonic()
        if left_s <= 0 or not select.select([self.qemu.stdout], [], [], left_s)[0]:
            self._fail("time limit")
        data = os.read(self.qemu.stdout.fileno(), 65536)
        self.log.write(data)
        self.text += data.decode(errors="replace").replace("\r", "")
        return bool(data)

    def expect(self, pattern):
        """Wait for it; return what was said since the last one, with it."""
        while True:
            found = re.compile(pattern).search(self.text, self.seen)
            if found:
                said = self.text[self.seen:found.end()]
                self.seen = found.end()
                return said
            if not self._read():
                self._fail(f"it ended before it said {pattern}")

    def ask(self, command):
        """What a command says on the console."""
        # Not as it is typed, which is echoed
        self.send(f"{command}; echo @@DO''NE")
        return self.expect(r"@@DONE").partition("\n")[2]

    def log_in(self):
        """As root, who has no password."""
        self.expect(r"login: ")
        self.send("root")
        self.expect(r"# ")

    def send(self, line):
        """Type a line."""
        self.qemu.stdin.write(line.encode() + b"\n")
        self.qemu.stdin.flush()

    def end(self):
        """Wait for its end; return all lines."""
        while self._read():
            pass
        return self.text.splitlines()

    def lines(self):
        """What it said so far."""
        return self.text.splitlines()
