# SPDX-License-Identifier: GPL-2.0-only
"""Boot an emulated board and follow its console."""

import pathlib
import signal
import subprocess
import sys
import tempfile
import threading

import console
import devicetree
import initramfs
import kernelimage
import pauses
import tree


# A kernel that looks for mistakes ends at the first
STRICT = "panic_on_warn=1 oops=panic page_poison=1 "


def _command(run, kernel, directory):
    board = run.board
    emulator = tree.emulator(board.emulator)
    append = (f"console={board.console} rdinit=/init quiet loglevel=5 panic=-1 "
              f"{'maxcpus=1 ' if run.one_core else ''}"
              f"{STRICT if run.kernel in tree.DEBUG_KERNELS else ''}{run.append}")
    command = [emulator, "-M", board.machine, *board.options,
               "-kernel", kernelimage.build(kernel, board.ram_start),
               "-initrd", (run.make_initramfs or initramfs.build)(run, kernel, directory),
               "-dtb", devicetree.build(run, kernel, directory),
               "-append", append, "-rtc", f"clock=vm,base={run.base}",
               "-display", "none", "-audio", "none", "-monitor", "none", "-nic", "none",
               "-serial", "stdio", "-no-reboot"]
    if run.one_core:
        command += board.one_core
    for rtc in run.rtcs:
        device, address = rtc.split("@")
        command += ["-device", f"{device},bus={board.i2c_bus},address={address}"]
    return command


def _follow(run, command, on_line):
    """Run QEMU to its end or the time limit; return (lines, timed out)."""
    lines = []
    late = threading.Event()
    pauser = pauses.Pauser(run.script)
    with subprocess.Popen(command + pauser.options, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          pass_fds=[pauser.theirs.fileno()]) as qemu:
        def expire():
            late.set()
            qemu.kill()

        timer = threading.Timer(run.limit_s, expire)
        timer.start()
        log = open(run.log, "w", encoding="utf-8") if run.log else None
        try:
            for raw in qemu.stdout:
                line = raw.decode(errors="replace").rstrip()
                for each in (line, *pauser.on_line(line)):
                    lines.append(each)
                    if log:
                        print(each, file=log, flush=True)
                    if on_line:
                        on_line(each)
        finally:
            timer.cancel()
            qemu.kill()
            pauser.close()
            if log:
                log.close()
    return lines, late.is_set()


def boot(run, on_line=None):
    """Boot; call on_line(line) as lines come; return all lines or raise console.BootError."""
    # So that a terminated test takes its board with it
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    kernel = tree.kernel(run.kernel)
    if run.log:
        pathlib.Path(run.log).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="board-", dir=tree.BUILD) as directory:
        command = _command(run, kernel, pathlib.Path(directory))
        lines, late = _follow(run, command, on_line)
    console.judge(run, lines, late)
    return lines
