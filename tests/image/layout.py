# SPDX-License-Identifier: GPL-2.0-only
"""What is where in the images, against what the boards look for."""

import gzip
import pathlib
import subprocess
import tempfile

import card
import make
import tree

MIB = 2**20
FAT32_LBA = 0x0C
LINUX = 0x83
PI_FILES = ("/LICENCE.broadcom", "/bootcode.bin", "/cmdline.txt", "/config.txt",
            "/extlinux/extlinux.conf", "/fixup.dat", "/initramfs.gz", "/overlays/rtc-sync.dtbo",
            "/rtc-sync.dtb", "/start.elf", "/vmlinuz")
BONE_FILES = ("/MLO", "/am335x-boneblack.dtb", "/extlinux/extlinux.conf", "/initramfs.gz",
              "/overlays/rtc-sync.dtbo", "/rtc-sync.dtb", "/u-boot.img", "/vmlinuz")
DTB = {"raspberrypi2": "/bcm2836-rpi-2-b.dtb", "raspberrypi3": "/bcm2837-rpi-3-b.dtb"}


def _partitions(report, image):
    found = card.partitions(image)
    wanted = [(True, FAT32_LBA, 4 * MIB, 64 * MIB), (False, LINUX, 68 * MIB, 96 * MIB)]
    report.check("the partitions are where they should be", found == wanted, str(found))
    report.check("and the image ends with the last", image.stat().st_size == 164 * MIB)


def _files(report, fat, wanted):
    missing = set(wanted) - set(fat.names())
    more = set(fat.names()) - set(wanted)
    report.check("the boot partition's files", not missing and not more,
                 f"{len(wanted)} files, missing {sorted(missing)}, more {sorted(more)}")


def _from_packages(report, fat):
    kernel = tree.kernel("6.1")
    theirs = {"/vmlinuz": kernel / "vmlinuz"}
    for name in fat.names():
        if name.startswith(("/bcm28", "/am335x")):
            theirs[name] = next((kernel / "dtbs").resolve().rglob(name[1:]))
    report.check("kernel and device tree are Debian's, unchanged", len(theirs) == 2 and all(
        fat.read(name) == path.read_bytes() for name, path in theirs.items()), str(list(theirs)))


def _initramfs(report, fat, disk_driver):
    archive = gzip.decompress(fat.read("/initramfs.gz"))
    done = subprocess.run(["cpio", "-i", "--to-stdout", "--quiet", "modules/load"], input=archive,
                          stdout=subprocess.PIPE, check=True)
    load = done.stdout.decode().split()
    wanted = ["rtc-sync.ko", "rtc-sync-i2c.ko", f"{disk_driver}.ko", "ext4.ko"]
    report.check("the initramfs starts the clock before it looks for the card",
                 [name for name in load if name in wanted] == wanted, " ".join(load))


def _root(report, image, folder):
    root = card.Root(image, folder)
    report.check("the root file system is clean", not root.complaints(), root.complaints())
    names = ("/sbin/init", "/sbin/hwclock", "/usr/bin/rtcsync", "/etc/init.d/S01rtcsync",
             "/etc/shadow")
    stats = {name: root.ask(f"stat {name}") for name in names}
    owned = [name for name, said in stats.items() if "User:     0   Group:     0" not in said]
    report.check("it has its programs, and they are root's", not owned, str(owned))
    report.check("not everyone may read /etc/shadow", "Mode:  0600" in stats["/etc/shadow"])
    folder_of_modules = f"/lib/modules/{(tree.kernel('6.1') / 'release').read_text().strip()}"
    dependencies = root.ask(f"cat {folder_of_modules}/modules.dep")
    report.check("depmod knows our modules",
                 "extra/rtc-sync-i2c.ko: extra/rtc-sync.ko" in dependencies)


def _node(dtb, path):
    """{property: value} of an RTC in a device tree."""
    names = card.run("fdtget", "-p", dtb, path).decode().split()
    return {name: card.run("fdtget", "-t", "bx", dtb, path, name) for name in names
            if name != "phandle"}


def _merged(report, fat, folder, base, parameters, path):
    """What the firmware makes of config.txt's line is what is merged for other loaders."""
    overlay = fat.unpack("/overlays/rtc-sync.dtbo", folder)
    put = folder / "put.dtbo"
    card.run("/usr/bin/python3", tree.TOP / "tests/dt/put.py", overlay, put, *parameters)
    made = folder / "made.dtb"
    card.run("fdtoverlay", "-i", fat.unpack(base, folder), "-o", made, put)
    expected = _node(made, path)
    found = _node(fat.unpack("/rtc-sync.dtb", folder), path)
    report.check("the merged device tree is what the firmware makes of config.txt",
                 found == expected and len(found) >= 4, str(sorted(found)))


def raspberrypi(report, board):
    """Firmware, configuration and the rest."""
    image = make.image(board, make.out_folder("layout"), CHIP="pcf8563", INTERVAL=7)
    fat = card.Fat(image)
    _partitions(report, image)
    _files(report, fat, (*PI_FILES, DTB[board]))
    _from_packages(report, fat)
    config = fat.read("/config.txt").decode().splitlines()
    section = config[config.index(f"[pi{board[-1]}]") + 1]
    report.check("config.txt names the device tree, and the overlay with its parameters",
                 section == f"device_tree={DTB[board][1:]}" and
                 "dtoverlay=rtc-sync,pcf8563,interval=7" in config and
                 "kernel=vmlinuz" in config and "initramfs initramfs.gz followkernel" in config)
    report.check("cmdline.txt is one line", fat.read("/cmdline.txt").count(b"\n") == 1)
    _initramfs(report, fat, "bcm2835")
    with tempfile.TemporaryDirectory(prefix="card-", dir=tree.BUILD) as name:
        folder = pathlib.Path(name)
        _merged(report, fat, folder, DTB[board], ("pcf8563", "interval=7"),
                "/soc/i2c@7e804000/rtc@51")
        _root(report, image, folder)


def beaglebone(report):
    """MLO and U-Boot, raw and as files, and the rest."""
    image = make.image("beaglebone", make.out_folder("layout"))
    fat = card.Fat(image)
    _partitions(report, image)
    _files(report, fat, BONE_FILES)
    _from_packages(report, fat)
    parts = tree.tool("fetch/image-parts") / "omap"
    for name, where in (("MLO", 128 * 1024), ("u-boot.img", 384 * 1024)):
        data = (parts / name).read_bytes()
        report.check(f"{name} is at {where // 1024} KiB and in the boot partition",
                     card.part(image, where, len(data)) == data and fat.read(f"/{name}") == data,
                     f"{len(data)} bytes")
    report.check("MLO begins as the AM335x's ROM wants it, a header of settings",
                 card.part(image, 128 * 1024 + 20, 10) == b"CHSETTINGS")
    report.check("U-Boot ends before the first partition",
                 384 * 1024 + (parts / "u-boot.img").stat().st_size <= 4 * MIB)
    extlinux = fat.read("/extlinux/extlinux.conf").decode()
    report.check("extlinux.conf names the device tree and the overlay",
                 "fdt /am335x-boneblack.dtb\n" in extlinux and
                 "fdtoverlays /overlays/rtc-sync.dtbo\n" in extlinux and
                 "console=ttyO0" in extlinux)
    _initramfs(report, fat, "sdhci-omap")
    with tempfile.TemporaryDirectory(prefix="card-", dir=tree.BUILD) as name:
        _root(report, image, pathlib.Path(name))
