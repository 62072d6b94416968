# SPDX-License-Identifier: GPL-2.0-only
"""Unpack Debian's kernel on the host: emulated, that alone takes up to ten seconds.

The code that runs is Debian's own, without the part that unpacks it. QEMU puts an
image at an address of our choice if it has U-Boot's header.
"""

import lzma
import struct
import zlib

import tree

# armmp is built for the boards that need the most room below it (Amlogic's)
TEXT_OFFSET = 0x208000

XZ_MAGIC = b"\xfd7zXZ\0"
UBOOT_MAGIC = 0x27051956
OS_LINUX, ARCH_ARM, TYPE_KERNEL, NOT_COMPRESSED = 5, 2, 2, 0


def _with_header(image, address):
    def header(checksum):
        return struct.pack(">7I4B32s", UBOOT_MAGIC, checksum, 0, len(image), address, address,
                           zlib.crc32(image), OS_LINUX, ARCH_ARM, TYPE_KERNEL, NOT_COMPRESSED,
                           b"Linux")

    return header(zlib.crc32(header(0))) + image


def _unpack(content):
    start = content.find(XZ_MAGIC)
    while start >= 0:
        try:
            return lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(content[start:])
        except lzma.LZMAError:
            # The code that unpacks has the magic number in it, too
            start = content.find(XZ_MAGIC, start + 1)
    return None


def build(kernel, ram_start):
    """Return the path of what to give to QEMU's -kernel."""
    packed = (kernel / "vmlinuz").resolve()
    target = kernel / f"uimage-{ram_start:x}"
    with tree.BUILDING:
        if tree.is_older(target, packed):
            image = _unpack(packed.read_bytes())
            if image is None:
                return packed
            partial = kernel / f"uimage-{ram_start:x}.new"
            partial.write_bytes(_with_header(image, ram_start + TEXT_OFFSET))
            partial.rename(target)
    return target
