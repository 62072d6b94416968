# SPDX-License-Identifier: GPL-2.0-only
"""Halt an emulator for some of the host's time, as one who pauses a virtual machine does."""

import json
import socket
import time

# What a guest prints to be halted, with milliseconds, and what the host adds to its lines
ASKED = "@@PAUSE "
HELD = "@@PAUSED "
ANSWER_S = 60


class Pauser:
    """Speaks QMP to one emulator, which inherits the other end, if its script asks for it."""

    def __init__(self, script):
        self.is_wanted = ASKED in script
        self.ours, self.theirs = socket.socketpair()
        self.ours.settimeout(ANSWER_S)
        self.answers = self.ours.makefile("r", encoding="utf-8")
        self.is_open = False

    @property
    def options(self):
        """QEMU's, to listen there."""
        if not self.is_wanted:
            return []
        return ["-chardev", f"socket,id=qmp,fd={self.theirs.fileno()}",
                "-mon", "chardev=qmp,mode=control"]

    def _order(self, command):
        self.ours.sendall(json.dumps({"execute": command}).encode())
        # Events come in between, an answer comes last
        for line in self.answers:
            answer = json.loads(line)
            if "error" in answer:
                break
            if "return" in answer:
                return answer["return"]
        raise OSError(f"QMP: {command} failed")

    def _hold(self, ms):
        if not self.is_open:
            self._order("qmp_capabilities")
            self.is_open = True
        self._order("stop")
        status = self._order("query-status")["status"]
        time.sleep(ms / 1000)
        self._order("cont")
        return status

    def on_line(self, line):
        """Halt it if the guest has asked for that; return lines that say so."""
        if not (self.is_wanted and line.startswith(ASKED)):
            return []
        try:
            return [f"{HELD}{self._hold(int(line[len(ASKED):]))}"]
        except (OSError, ValueError) as error:
            return [f"{HELD}not: {error}"]

    def close(self):
        """It has ended."""
        self.answers.close()
        self.ours.close()
        self.theirs.close()
