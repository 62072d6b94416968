# SPDX-License-Identifier: GPL-2.0-only
"""Find the kernel modules of a run and the order to load them in."""

import lzma
import os
import pathlib
import subprocess

# Debian has the module tools where an ordinary user's PATH does not reach
ENVIRONMENT = dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")


def _run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True,
                          env=ENVIRONMENT).stdout


def closure(kernel, name):
    """Paths of a module of the kernel and of what it needs, in load order; none if built in."""
    release = (kernel / "release").read_text().strip()
    lines = _run("modprobe", "-d", kernel / "modules", "-S", release, "--show-depends", name)
    words = [line.split() for line in lines.splitlines()]
    return [pathlib.Path(word[1]) for word in words if word[0] == "insmod"]


def _module_name(path):
    return path.name.split(".ko")[0]


def _closure(kernel, name, ours):
    """Like closure() for any name; a path is a module of ours."""
    if "/" not in name:
        return closure(kernel, name)
    needs = [need for need in _run("modinfo", "-F", "depends", name).strip().split(",") if need]
    paths = []
    for need in needs:
        if need.replace("_", "-") not in ours:
            paths += closure(kernel, need)
    return paths + [pathlib.Path(name)]


def _content(path):
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def add(archive, run, kernel):
    """Put what the run asks for into /modules, and what to load into /modules/load."""
    wanted = [*run.board.end_modules, *filter(None, [run.board.i2c_module]),
              *map(str, run.modules)]
    carry = [str(entry) for entry in run.carry]
    ours = {pathlib.Path(entry.split()[0]).stem.replace("_", "-")
            for entry in wanted + carry if "/" in entry}
    load = {}
    for entry in wanted + carry:
        name, _, parameters = entry.partition(" ")
        paths = _closure(kernel, name, ours)
        for path in paths:
            archive.add(f"modules/{_module_name(path)}.ko", _content(path))
        for path in paths[:-1]:
            load.setdefault(_module_name(path), "")
        # What a carried module needs is loaded, it itself is not
        if paths and entry in wanted:
            load.setdefault(_module_name(paths[-1]), parameters)
    lines = [f"{name} {parameters}".rstrip() + "\n" for name, parameters in load.items()]
    archive.add("modules/load", "".join(lines).encode())
