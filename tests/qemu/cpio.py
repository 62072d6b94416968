# SPDX-License-Identifier: GPL-2.0-only
"""Write a cpio archive."""

import pathlib


class Archive:
    """A cpio archive of the "newc" kind, which the kernel unpacks."""

    def __init__(self):
        self.content = bytearray()
        self.names = set()

    def _entry(self, name, mode, data):
        if name in self.names:
            return
        self.names.add(name)
        raw = name.encode() + b"\0"
        fields = (len(self.names), mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(raw), 0)
        self.content += b"070701" + b"".join(b"%08X" % field for field in fields) + raw
        self.content += bytes(-len(self.content) % 4) + data
        self.content += bytes(-len(self.content) % 4)

    def add(self, name, data, mode=0o100755):
        """Add a file, and the directories it is in."""
        name = name.lstrip("/")
        for parent in reversed(pathlib.PurePosixPath(name).parents[:-1]):
            self._entry(str(parent), 0o040755, b"")
        self._entry(name, mode, data)

    def add_directory(self, name, mode=0o040755):
        """Add an empty directory."""
        self._entry(name, mode, b"")

    def finish(self):
        """Return the whole archive."""
        self._entry("TRAILER!!!", 0, b"")
        return bytes(self.content)
