# SPDX-License-Identifier: GPL-2.0-only
"""Where things are in the source tree, and the tools that fetch and build them."""

import pathlib
import subprocess
import threading

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build"
HERE = TOP / "tests" / "qemu"

# Several boards may be started at a time
BUILDING = threading.Lock()


def tool(name, *arguments):
    """Run tools/NAME, which prints a path as its last line."""
    output = subprocess.run([TOP / "tools" / name, *arguments], check=True,
                            stdout=subprocess.PIPE, text=True).stdout
    return pathlib.Path(output.splitlines()[-1])


# The kernels of tools/build-kernel; all others are Debian's. One has rtc-sync built in,
# the others look for mistakes
OWN_KERNEL = "own"
DEBUG_KERNELS = ("debug", "preempt", "kcsan")


def kernel(version):
    """The folder of a kernel: its image, modules and device trees."""
    is_ours = version in (OWN_KERNEL, *DEBUG_KERNELS)
    return tool("build-kernel" if is_ours else "fetch/kernel", version)


def emulator(name):
    """The path of a qemu-system-..."""
    return tool("fetch/qemu").with_name(name)


def is_older(target, *sources):
    """Whether target is missing or older than one of its sources."""
    if not target.exists():
        return True
    built = target.stat().st_mtime
    return any(pathlib.Path(source).stat().st_mtime > built for source in sources)


def compile_program(source, target, *options):
    """Compile a program for the boards, without a library that they would need."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".new")
    subprocess.run(
        ["arm-linux-gnueabihf-gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-static", "-s",
         "-D_TIME_BITS=64", "-D_FILE_OFFSET_BITS=64", "-o", partial, *options, source], check=True)
    partial.rename(target)


def guest_programs():
    """Compile guest/*.c for the boards; return their paths."""
    programs = []
    headers = sorted((HERE / "guest").glob("*.h"))
    with BUILDING:
        for source in sorted((HERE / "guest").glob("*.c")):
            target = BUILD / "guest" / source.stem
            if is_older(target, source, *headers):
                compile_program(source, target)
            programs.append(target)
        programs.append(_command())
    return programs


def _command():
    """The command rtcsync, for the boards."""
    out = BUILD / "guest/rtcsync.d"
    subprocess.run(["make", "-s", "-C", TOP / "tools/rtcsync", f"OUT={out}", "LDFLAGS=-static -s",
                    "CROSS_COMPILE=arm-linux-gnueabihf-", "all"], check=True)
    return out / "rtcsync"
