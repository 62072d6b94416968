# SPDX-License-Identifier: GPL-2.0-only
"""The ways to keep the system clock by an RTC: how each is set up and started on the twin."""

import dataclasses

import boards
import peers
import runs
import tree
import twin

MAINLINE = boards.rtc_overlay(boards.TWIN, "dallas,ds1338")
# The controller alone: a driver that is built in finds its chip when the row begins
BUS = f"""/dts-v1/;
/plugin/;
&{{{boards.TWIN.i2c_path}}} {{
	status = "okay";
}};
"""
OWN = tree.OWN_KERNEL
MODULES = ("rtc-sync", "rtc-sync-i2c")
BIND_MODULE = "insmod /modules/rtc-sync.ko interval_s={n}; insmod /modules/rtc-sync-i2c.ko"
BIND_MONITOR = BIND_MODULE.replace("interval_s", "mode=monitor interval_s")
BIND_BUILT_IN = "echo ds1338-sync 0x68 >/sys/bus/i2c/devices/i2c-0/new_device"
THREAD = "$(pidof rtc-sync/rtc0)"
CHRONYD = f"$(cat {peers.CHRONY_PID})"
BUILT_IN_INTERVAL = "rtc_sync.interval_s={n}"

RTC_PPB = 3000
# It counts the truth, and what it gains
SIMULATED = (f"chip=ds3231-sync start_s=1767225600 counter_hz={boards.TWIN.counter_hz} "
             f"ppb={RTC_PPB} setup_us=50")

# chronyd is told the truth, give or take 20 us, until it is stopped
NTP_FOR_A_WHILE = (peers.start_chrony(peers.TRUTH, peers.RTCSYNC) +
                   peers.start_truth(runs.Run(boards.TWIN, ""), 20_000) +
                   f"(sleep 7200; {peers.STOP_TRUTH}; {peers.STOP_CHRONY}) &")


@dataclasses.dataclass(frozen=True)
class Method:
    """How a method is set up. Guest commands may use {n}, seconds between syncs."""

    title: str                  # in tables and plots
    start: str                  # guest commands, from the bind on; they must return
    prepare: str = ""           # before the bind
    append: str = ""            # of the kernel's command line
    processes: str = ""         # whose running time is told: words of the shell
    is_thread: bool = False     # these are all of it
    host_s_per_sync: float = 0  # of the host's time, about: to run the longest first
    overlays: tuple = (MAINLINE,)
    carry: tuple = ()           # names of modules of ours
    rtc_ppb: int = 0            # an RTC that gains on the truth, and is what counts
    idle: str = "nothing"       # what the same kernel does without a method
    options: dict = dataclasses.field(default_factory=dict)     # more of runs.Run


def _simulated(title, bus_hz):
    """Built in, with a chip whose bus takes its time, and that gains on the truth."""
    return Method(
        title, f"insmod /modules/rtc-sync-simbus.ko {SIMULATED} bus_hz={bus_hz} jitter_us=50",
        append=BUILT_IN_INTERVAL, processes=THREAD, is_thread=True, overlays=(),
        carry=("rtc-sync-simbus",), rtc_ppb=RTC_PPB, idle="nothing-own",
        options={"kernel": OWN, "rtcs": ()})


METHODS = {
    "nothing": Method("nothing", ""),
    "nothing-own": Method("nothing, the kernel that has it built in", "", options={"kernel": OWN}),
    "slew": Method(
        "built in, slews", BIND_BUILT_IN, append=BUILT_IN_INTERVAL, processes=THREAD,
        is_thread=True, overlays=(BUS,), idle="nothing-own", options={"kernel": OWN}),
    "sim100k": _simulated("built in, slews, simulated 100 kHz", 100_000),
    "sim400k": _simulated("built in, slews, simulated 400 kHz", 400_000),
    "holdover": Method(
        "built in, NTP for 2 h, then holdover",
        f"insmod /modules/rtc-sync-simbus.ko {SIMULATED}\n" + NTP_FOR_A_WHILE,
        append=BUILT_IN_INTERVAL, processes=THREAD, is_thread=True, overlays=(),
        carry=("rtc-sync-simbus",), idle="nothing-own",
        options={"kernel": OWN, "rtcs": (), "peers": True}),
    "step": Method(
        "module, steps", BIND_MODULE, processes=THREAD, is_thread=True, overlays=(twin.chip(),),
        carry=MODULES),
    "phc": Method(
        # The engine measures, chronyd alone sets the clock
        "module + chrony over PHC", BIND_MONITOR + peers.start_chrony(peers.PHC),
        processes=f"{THREAD} {CHRONYD}", is_thread=True, overlays=(twin.chip(),), carry=MODULES,
        options={"peers": True}),
    "hctosys": Method("kernel hctosys alone", "rebind rtc-ds1307"),
    "busybox": Method("BusyBox hwclock -s", "every {n} hwclock -s -u &"),
    "hwclock": Method(
        "util-linux hwclock --hctosys", "every {n} hwclock.util-linux --hctosys --utc &",
        host_s_per_sync=3, options={"hwclock": True}),
    "uie": Method(
        "chrony refclock RTC, UIE_EMUL", peers.start_chrony(peers.RTC), processes=CHRONYD,
        host_s_per_sync=0.2, idle="nothing-own", options={"kernel": OWN, "peers": True}),
}

# What the others' costs are compared with is no method itself
IDLE = {method.idle for method in METHODS.values()}
