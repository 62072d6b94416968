# SPDX-License-Identifier: GPL-2.0-only
"""SD card images: what is where in them, the same twice, and booted in an emulator."""

import pathlib
import tempfile

import bad_input
import card
import check
import flash_cases
import layout
import make
import samples
import serial
import tree
import twice
import uboot

HERE = pathlib.Path(__file__).resolve().parent
FIRST_LIMIT_NS = 10**9
LATER_LIMIT_NS = 10**6


def emulated_image():
    """The Pi's, for the chip that QEMU has."""
    return make.image("raspberrypi2", make.out_folder("emulated"), CHIP="ds1338")


def with_services(image, folder):
    """A copy of it with two more services, the first and the last of all."""
    sd = card.as_sd(image, folder / "sd.img")
    root = card.Root(sd, folder)
    programs = {program.name: program for program in tree.guest_programs()}
    root.add(programs["sample"], "/sample")
    root.add(HERE / "guest/first", "/etc/init.d/S00first")
    root.add(HERE / "guest/last", "/etc/init.d/S99last")
    root.put_back()
    return sd


def judge_clock(report, lines):
    """The issue's numbers, in the board's own time."""
    first = next(at for at, line in enumerate(lines) if line.startswith("@@FIRST"))
    later = next(at for at, line in enumerate(lines) if line.startswith("@@LATER"))
    begun = samples.parse_all(lines[first:first + 3])
    error_ns = begun[0]["err_ns"]
    report.check("the clock is right before the first service starts",
                 abs(error_ns) < FIRST_LIMIT_NS, f"{lines[first]}, true error {error_ns} ns")
    after = samples.parse_all(lines[later:])
    worst_ns = max(abs(sample["err_ns"]) for sample in after)
    report.check("15 s later it is within a millisecond", worst_ns < LATER_LIMIT_NS and
                 len(after) == 10 and all(sample["state"] == "locked" for sample in after),
                 f"true error at most {worst_ns} ns in {len(after)} samples")


def look_around(report, board):
    """What a user finds on the console."""
    board.log_in()
    said = board.ask("rtcsync status")
    report.check("rtcsync status", "State           : locked" in said, said.replace("\n", "\n#   "))
    said = board.ask("pidof rtcsync >/dev/null && echo served")
    report.check("rtcsync serve runs", "served" in said)
    said = board.ask("hwclock --version; hwclock --show --utc")
    report.check("hwclock is util-linux's, and reads the RTC",
                 "util-linux" in said and "2026-01-01 0" in said, said.splitlines()[-2])
    report.check("the boot partition is mounted", "config.txt" in board.ask("ls /boot"))
    board.send("reboot")


def direct_options(sd, folder):
    """For QEMU: the kernel, as the firmware would load it."""
    fat = card.Fat(sd)
    cmdline = fat.read("/cmdline.txt").decode().strip()
    return ("-kernel", fat.unpack("/vmlinuz", folder),
            "-initrd", fat.unpack("/initramfs.gz", folder),
            "-dtb", fat.unpack("/rtc-sync.dtb", folder), "-append", f"{cmdline} maxcpus=1")


def boot_direct(report):
    """The kernel, as the firmware would load it, and the card."""
    with tempfile.TemporaryDirectory(prefix="card-", dir=tree.BUILD) as name:
        folder = pathlib.Path(name)
        sd = with_services(emulated_image(), folder)
        with serial.Board("direct", sd, *direct_options(sd, folder)) as board:
            look_around(report, board)
            lines = board.end()
        judge_clock(report, lines)
        # After the prompt, in its line
        stopped = [line for line in lines if "@@STOP locked" in line]
        report.check("it stops its services and restarts",
                     len(stopped) == 1 and "Restarting system" in lines[-1], lines[-1])
        ended = card.Root(sd, folder)
        report.check("the root file system is clean afterwards", not ended.complaints(),
                     ended.complaints())


def boot_uboot(report):
    """The same card, read by U-Boot: FAT, extlinux.conf, kernel, initramfs, device tree."""
    with tempfile.TemporaryDirectory(prefix="card-", dir=tree.BUILD) as name:
        folder = pathlib.Path(name)
        sd = with_services(emulated_image(), folder)
        with serial.Board("u-boot", sd, *uboot.options(sd, folder)) as board:
            said = board.expect(r"Starting kernel")
            report.check("U-Boot finds extlinux.conf and loads what it names",
                         all(f"Retrieving file: {file}" in said for file in
                             ("/extlinux/extlinux.conf", "/vmlinuz", "/initramfs.gz",
                              "/rtc-sync.dtb")))
            board.expect(r"login: ")
            judge_clock(report, board.lines())


def with_chrony(report):
    """In real time: chrony, but no network. The RTC is set on the twin, where time is known."""
    with tempfile.TemporaryDirectory(prefix="card-", dir=tree.BUILD) as name:
        folder = pathlib.Path(name)
        image = make.image("raspberrypi2", make.out_folder("chrony"), CHIP="ds1338", CHRONY=1)
        sd = card.as_sd(image, folder / "sd.img")
        with serial.Board("chrony", sd, *direct_options(sd, folder), timing=serial.REAL,
                          limit_s=400) as board:
            board.log_in()
            said = board.ask("hwclock --show --utc")
            report.check("hwclock reads the RTC",
                         any(line.startswith("2026-01-01 00:0") for line in said.splitlines()),
                         said.splitlines()[-2])
            said = board.ask("chronyc -n tracking")
            report.check("chrony runs, and leaves the clock alone without servers",
                         "Not synchronised" in said, said.splitlines()[-2])


def main():
    """All of it, some at a time."""
    # Compiled once, before two want it at a time
    emulated_image()
    check.run("image", {
        "raspberrypi2": lambda report: layout.raspberrypi(report, "raspberrypi2"),
        "raspberrypi3": lambda report: layout.raspberrypi(report, "raspberrypi3"),
        "beaglebone": layout.beaglebone,
        "direct boot": boot_direct,
        "boot by U-Boot": boot_uboot,
        "chrony": with_chrony,
        "BeagleBone's files in U-Boot": uboot.beaglebone,
        "twice": twice.scenario,
        "flash": flash_cases.scenario,
        "bad input": bad_input.scenario,
    })


if __name__ == "__main__":
    main()
