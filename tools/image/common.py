# SPDX-License-Identifier: GPL-2.0-only
"""Where things are, and how other programs are run."""

import os
import pathlib
import signal
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
HERE = TOP / "tools" / "image"
# What is compiled for images, and where they are put
WORK = TOP / "build" / "image"
OUT = pathlib.Path(os.environ.get("IMAGE_OUT") or WORK).resolve()


class Fail(Exception):
    """What the user is told, in one line."""


def environment(**more):
    """Nothing of the builder's own that could get into the image."""
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    kept = {name: os.environ[name] for name in ("HOME", "FETCH_LOCKED", "SOURCE_DATE_EPOCH",
                                                "http_proxy", "https_proxy") if name in os.environ}
    return {**kept, "PATH": path, "LC_ALL": "C", "TZ": "UTC", **more}


def run(*command, env=None, **options):
    """Run a program that must succeed; return what it printed. It's quiet unless it fails."""
    words = [str(word) for word in command]
    name = os.path.basename(words[0])
    try:
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=environment(**(env or {})), **options)
    except FileNotFoundError:
        raise Fail(f"{name} is not installed") from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr + b"\n" + error.stdout).decode(errors="replace").strip().splitlines()
        status = error.returncode
        if not said:
            said = [f"exit status {status}" if status > 0 else signal.strsignal(-status)]
        raise Fail(f"{name}: {said[-1]}") from None
    return done.stdout.decode()


def tool(name, *arguments, env=None):
    """Run tools/NAME, which says on stderr what takes long; return the path it prints last."""
    try:
        done = subprocess.run([TOP / "tools" / name, *arguments], check=True,
                              stdout=subprocess.PIPE, env=environment(**(env or {})))
    except subprocess.CalledProcessError:
        raise Fail(f"tools/{name} {' '.join(arguments)} failed, see above") from None
    return pathlib.Path(done.stdout.decode().splitlines()[-1])
