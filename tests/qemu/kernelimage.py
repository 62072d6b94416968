# SPDX-License-Identifier: GPL-2.0-only
"""Unpack the kernel on the host: emulated, that alone takes up to ten seconds.

The code that runs is Debian's own, without the part that unpacks it; ours comes
unpacked as well. QEMU puts an image at an address of our choice if it has U-Boot's
header.
"""

import lzma
import struct
import zlib

import tree

# armmp is built for the boards that need the most room below it (Amlogic's)
TEXT_OFFSET = 0x208000
OWN_TEXT_OFFSET = 0x8000

XZ_MAGIC = b"\xfd7zXZ\0"
UBOOT_MAGIC = 0x27051956
# Of an unpacked kernel for arm64, which QEMU loads as it is
ARM64_MAGIC = b"ARM\x64"
ARM64_MAGIC_AT = 0x38
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


def _is_ready(source):
    with open(source, "rb") as image:
        image.seek(ARM64_MAGIC_AT)
        return image.read(len(ARM64_MAGIC)) == ARM64_MAGIC


def build(kernel, ram_start):
    """Return the path of what to give to QEMU's -kernel."""
    unpacked, packed = kernel / "Image", kernel / "vmlinuz"
    is_own = unpacked.exists()
    source = (unpacked if is_own else packed).resolve()
    if _is_ready(source):
        return source
    target = kernel / f"uimage-{ram_start:x}"
    with tree.BUILDING:
        if tree.is_older(target, source):
            image = source.read_bytes() if is_own else _unpack(source.read_bytes())
            if image is None:
                return source
            address = ram_start + (OWN_TEXT_OFFSET if is_own else TEXT_OFFSET)
            partial = kernel / f"uimage-{ram_start:x}.new"
            partial.write_bytes(_with_header(image, address))
            partial.rename(target)
    return target
