# SPDX-License-Identifier: GPL-2.0-only
"""Real U-Boot code, of the Raspberry Pi 2, on the emulated board."""

import pathlib
import struct
import tempfile
import zlib

import card
import make
import serial
import tree

LOAD = 0x8000
I2C2 = "/ocp/interconnect@48000000/segment@100000/target-module@9c000/i2c@0"
ON_CHIP = "/ocp/interconnect@44c00000/segment@200000/target-module@3e000/rtc@0"


def _header(data, checksum):
    return struct.pack(">IIIIIIIBBBB32s", 0x27051956, checksum, 0, len(data), LOAD, LOAD,
                       zlib.crc32(data), 5, 2, 2, 0, b"u-boot")


def options(sd, folder):
    """For QEMU, so that it loads U-Boot where that was linked to."""
    data = (tree.tool("fetch/image-parts") / "rpi/u-boot.bin").read_bytes()
    image = folder / "u-boot.uimg"
    image.write_bytes(_header(data, zlib.crc32(_header(data, 0))) + data)
    device_tree = card.Fat(sd).unpack("/bcm2836-rpi-2-b.dtb", folder)
    return ("-kernel", image, "-dtb", device_tree)


def beaglebone(report):
    """No emulator has an AM335x; but what U-Boot reads and applies there is read here."""
    with tempfile.TemporaryDirectory(prefix="card-", dir=tree.BUILD) as name:
        folder = pathlib.Path(name)
        image = make.image("beaglebone", make.out_folder("beaglebone"), CHIP="rv3028", INTERVAL=30)
        sd = card.as_sd(image, folder / "sd.img")
        pi = make.out_folder("emulated") / "raspberrypi2.img"
        with serial.Board("beaglebone", sd, *options(pi, folder)) as board:
            # Kept by the UART until it is looked for
            board.expect(r"starting USB")
            board.send("")
            board.expect(r"U-Boot> ")
            replies = {}
            for line in ("setenv fa 0x03000000", "setenv oa 0x03200000",
                         "load mmc 0:1 $fa /am335x-boneblack.dtb", "fdt addr $fa",
                         "fdt resize 8192", "load mmc 0:1 $oa /overlays/rtc-sync.dtbo",
                         "fdt apply $oa", f"fdt print {I2C2}/rtc@52", "fdt print /aliases",
                         "setenv fdtoverlay_addr_r 0x03400000"):
                board.send(line)
                replies[line] = board.expect(r"U-Boot> ")
            node = replies[f"fdt print {I2C2}/rtc@52"]
            report.check("fdt apply puts the RTC on I2C2", "rtc-sync,rv3028-sync" in node and
                         "rtc-sync,interval-sec = <0x0000001e>" in node,
                         node.replace("\n", "\n#   "))
            aliases = replies["fdt print /aliases"]
            report.check("it is rtc0, and the one on the chip rtc1",
                         f'rtc0 = "{I2C2}/rtc@52"' in aliases and f'rtc1 = "{ON_CHIP}"' in aliases)
            board.send("sysboot mmc 0:1 any 0x02400000 /extlinux/extlinux.conf")
            said = board.expect(r"Starting kernel")
            wanted = ("/extlinux/extlinux.conf", "/vmlinuz", "/initramfs.gz",
                      "/am335x-boneblack.dtb", "/overlays/rtc-sync.dtbo")
            report.check("extlinux.conf: the files it names are loaded, the overlay applied",
                         all(f"Retrieving file: {file}" in said for file in wanted) and
                         "rror" not in said and "Failed" not in said)
