# SPDX-License-Identifier: GPL-2.0-only
"""Call make image and make flash as users do."""

import os
import signal
import subprocess

import tree

IMAGES = tree.BUILD / "tests" / "image"
# It would say: make: *** [Makefile:88: image] Error 1
NOISE = "make: ***"


def out_folder(name):
    """A folder for images that shares what is compiled for them."""
    folder = IMAGES / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def image(board, out, **more):
    """Build one; return its path, or raise ValueError with what was said."""
    status, said = call("image", board, IMAGE_OUT=out, **more)
    if status:
        raise ValueError("\n".join(said))
    return out / f"{board}.img"


def call(goal, board, limit_s=300, preexec_fn=None, **more):
    """(status, lines of stderr) of make GOAL BOARD=... with variables."""
    variables = {name: str(value) for name, value in more.items()}
    # As a person's shell has it: not below the make that runs the tests
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("MAKELEVEL", "MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES")}
    environment.update(variables)
    words = [f"{name}={variables[name]}" for name in ("CHIP", "INTERVAL", "DEV", "CHRONY")
             if name in variables]
    done = subprocess.run(["make", "-s", "--no-print-directory", "-C", tree.TOP, goal,
                           f"BOARD={board}", *words], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=limit_s, check=False,
                          preexec_fn=preexec_fn)     # pylint: disable=subprocess-popen-preexec-fn
    lines = done.stderr.decode().splitlines()
    return done.returncode, [line for line in lines if not line.startswith(NOISE)]


def interrupted(command, environment, is_time, **options):
    """(status, stderr lines) of a program that gets SIGINT once is_time(process) holds."""
    with subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE,
                          **options) as process:
        for _ in range(3000):
            if is_time(process) or process.poll() is not None:
                break
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                pass
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    return process.returncode, said.decode().splitlines()
