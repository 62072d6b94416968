# SPDX-License-Identifier: GPL-2.0-only
"""The emulated boards."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Board:
    """What differs between the boards."""

    name: str
    machine: str            # QEMU's name
    dtb: str                # Debian's device tree; none: QEMU's own
    console: str
    i2c_path: str           # the I2C controller the RTC is on, in the device tree
    i2c_bus: str            # the same in QEMU
    i2c_module: str
    ram_start: int          # where the kernel is unpacked to
    end: str                # guest commands that make QEMU exit
    end_modules: tuple = ()
    options: tuple = ()     # for QEMU
    one_core: tuple = ()    # QEMU options for a single core, where there are more
    disabled: tuple = ()    # device tree nodes that would be in the way
    counter_hz: int = 62_500_000
    emulator: str = "qemu-system-arm"


# A Raspberry Pi 2 in real time, the RTC on its header's pins 3 and 5
PI = Board(
    name="pi", machine="raspi2b", dtb="bcm2836-rpi-2-b.dtb", console="ttyAMA0",
    i2c_path="/soc/i2c@7e804000", i2c_bus="i2c-bus.1", i2c_module="i2c-bcm2835",
    ram_start=0,
    # Halting does not leave QEMU here; the watchdog's reset does
    end="reboot -f", end_modules=("bcm2835_wdt",),
    one_core=("-global", "bcm2836.enabled-cpus=1"))

# An i.MX6UL in virtual time: deterministic, and idle time is skipped
TWIN = Board(
    name="twin", machine="mcimx6ul-evk", dtb="imx6ul-14x14-evk.dtb", console="ttymxc0",
    i2c_path="/soc/bus@2100000/i2c@21a0000", i2c_bus="i2c-bus.0", i2c_module="i2c-imx",
    ram_start=0x80000000, end="poweroff -f",
    options=("-m", "512", "-icount", "shift=3,sleep=off,align=off"),
    # The SoC's own RTC would be rtc0
    disabled=("/soc/bus@2000000/snvs@20cc000/snvs-rtc-lp",))

# 64-bit, in virtual time. It has no I2C: for the simulated bus. Its kernels run the
# programs of 32-bit ARM, too
VIRT = Board(
    name="virt", machine="virt", dtb="", console="ttyAMA0",
    i2c_path="", i2c_bus="", i2c_module="", ram_start=0, end="poweroff -f",
    options=("-cpu", "cortex-a57", "-m", "512", "-icount", "shift=3,sleep=off,align=off"),
    disabled=("/pl031@9010000",), emulator="qemu-system-aarch64")

BOARDS = {board.name: board for board in (PI, TWIN, VIRT)}


def rtc_overlay(board, compatible, address=0x68, properties=""):
    """The source of an overlay with one RTC on the board's I2C bus."""
    return f"""/dts-v1/;
/plugin/;
&{{{board.i2c_path}}} {{
	#address-cells = <1>;
	#size-cells = <0>;
	status = "okay";
	rtc@{address:x} {{
		compatible = "{compatible}";
		reg = <{address:#x}>;
		{properties}
	}};
}};
"""
