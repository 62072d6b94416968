# SPDX-License-Identifier: GPL-2.0-only
"""The chips that rtc-sync-i2c knows, as their data sheets have them: not its own tables."""

import dataclasses

import boards
import twin

SIM = "/sys/module/rtc_sync_simbus/parameters"
RTC = "/sys/class/rtc/rtc0"
SYNC = f"{RTC}/sync"
HZ = boards.TWIN.counter_hz
NSEC = 10**9

# i2c-imx waits before a START; on a board somebody hears of the STOP a little later
WIRES = "bus_hz=100000 setup_us=50 jitter_us=50"


@dataclasses.dataclass(frozen=True)
class Part:
    """What differs between the chips."""

    name: str
    alarm: str = ""         # to the "second" or to the "minute"
    faster_ppb: float = 0   # a step of the trim register that speeds it up; 0: none
    slower_ppb: float = 0   # one that slows it down
    most: tuple = (0, 0)    # as many steps there are: slower, faster
    bsm: tuple = ()         # the backup modes it has, RTC_BSM_...
    notices: tuple = ()     # flags of the simulation, and RTC_VL_... that they are
    stays: tuple = ()       # those that only the chip lowers
    ram: int = 0            # bytes of spare RAM
    eeprom: int = 0         # spare bytes of EEPROM
    temperature: bool = False
    clock: bool = True      # an output of several frequencies, switched by registers


PARTS = {part.name: part for part in (
    Part("ds1307", ram=56),
    Part("ds1337", alarm="second"),
    Part("ds1338", ram=56),
    Part("ds1339", alarm="second"),
    Part("ds1340", faster_ppb=4069, slower_ppb=2034.5, most=(31, 31), clock=False),
    Part("ds3231", alarm="second", faster_ppb=100, slower_ppb=100, most=(127, 128),
         temperature=True),
    Part("ds3232", alarm="second", faster_ppb=100, slower_ppb=100, most=(127, 128),
         temperature=True, ram=236),
    Part("mcp7940x", alarm="second", faster_ppb=1017.25, slower_ppb=1017.25, most=(127, 127),
         ram=64, notices=(("power_failed", 0x10),)),
    Part("pcf8523", alarm="minute", faster_ppb=4069, slower_ppb=4069, most=(63, 64),
         bsm=(0, 1, 2), notices=(("battery_low", 0x02), ("switched", 0x10)),
         stays=("battery_low",)),
    Part("pcf8563", alarm="minute"),
    Part("pcf85063a", alarm="second", faster_ppb=4069, slower_ppb=4069, most=(63, 64), ram=1),
    Part("rv3028", alarm="minute", faster_ppb=953.67, slower_ppb=953.67, most=(256, 255),
         ram=2, eeprom=43, bsm=(0, 1, 2), notices=(("switched", 0x10),)),
    Part("rv8803", alarm="minute", faster_ppb=238.42, slower_ppb=238.42, most=(31, 32),
         ram=1, notices=(("inaccurate", 0x08),), clock=False),
    Part("m41t62", alarm="second", faster_ppb=4069, slower_ppb=2034.5, most=(31, 31)),
    Part("bq32000", faster_ppb=4069, slower_ppb=2034.5, most=(31, 31), clock=False),
    Part("ab1805", alarm="second", faster_ppb=1907.35, slower_ppb=1907.35, most=(64, 63),
         ram=64, notices=(("battery_low", 0x02), ("switched", 0x10))),
)}

# As a module, and the chip on its bus: what a script loads
MODULES = ("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus")

# $1: the chip, the others: more for the simulation
INSERT = f"""
insert() {{
	chip=$1
	shift
	insmod /modules/rtc-sync-simbus.ko chip=$chip-sync counter_hz={HZ} {WIRES} "$@" ||
		echo "@@FAIL simbus $chip"
}}
# Who has its interrupt holds the module
remove() {{
	for bound in /sys/bus/i2c/drivers/*/*-00*; do
		[ ! -e $bound ] || echo ${{bound##*/}} >${{bound%/*}}/unbind
	done
	rmmod rtc-sync-simbus || echo "@@FAIL rmmod"
}}
# Which one it is: the kernel keeps the first one that can wake it, after its end, too
rtc() {{ ls /sys/class/rtc; }}
transfers() {{ cat {SIM}/transfers; }}
"""


def load(mode="auto"):
    """Guest commands: the modules, and how to insert a chip."""
    return f"""
insmod /modules/rtc-sync.ko interval_s=10 mode={mode}
insmod /modules/rtc-sync-i2c.ko
{INSERT}
"""


def carry(**options):
    """What a run with a simulated chip has to have."""
    return dict(overlays=(), rtcs=(), carry=twin.modules(*MODULES), **options)


def sections(lines, marker="@@PART "):
    """The console's lines after each marker, by what follows it."""
    found = {}
    name = None
    for line in lines:
        if line.startswith(marker):
            name = line[len(marker):].strip()
            found[name] = []
        elif name:
            found[name].append(line)
    return found


def rtc_error_ns(run, text):
    """By how much the chip is ahead of the truth, from the simulation's "second"."""
    rtc_s, edge_ns = map(int, text.split())
    return (rtc_s - run.base_epoch) * NSEC - edge_ns
