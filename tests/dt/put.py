#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""put.py DTBO OUT PARAM[=VALUE]...: what the firmware does with parameters.

Puts the values into a Raspberry Pi overlay, in all nodes that a parameter names, and
wakes and puts to sleep fragments. Strict where the firmware is not: exits 1 on what
the overlay does not have. Compared with the firmware's own tool (dtmerge) by hand.
"""
import re
import sys

import libfdt
from overrides import properties, targets

ROOM = 4096
AWAKE = "__overlay__"
DORMANT = "__dormant__"


def node_at(fdt, path):
    """Its offset, whether its fragment is awake or not."""
    for state in AWAKE, DORMANT:
        path = re.sub(f"{AWAKE}|{DORMANT}", state, path)
        node = fdt.path_offset(path, [libfdt.NOTFOUND])
        if node >= 0:
            return node
    sys.exit(f"no node {path}")


def put_fragments(fdt, text):
    for sign, number in re.findall(r"([+-])(\d+)", text):
        old, new = (DORMANT, AWAKE) if sign == "+" else (AWAKE, DORMANT)
        fragment = fdt.path_offset(f"/fragment@{number}")
        node = fdt.subnode_offset(fragment, old, [libfdt.NOTFOUND])
        if node >= 0:
            fdt.set_name(node, new)


def delete(fdt, node, name):
    """Twice is as good as once. A reference to a label of the board goes with it."""
    if fdt.getprop(node, name, [libfdt.NOTFOUND]) == -libfdt.NOTFOUND:
        return
    place = f"/{fdt.get_name(node)}:{name}:0".encode()
    fdt.delprop(node, name)
    for label, places in properties(fdt, "/__fixups__").items():
        if place in places.split(b"\0"):
            fdt.delprop(fdt.path_offset("/__fixups__"), label)


def look_up(table, value):
    """table: {KEY=RESULT,...}; an empty key without a result passes all others on."""
    entries = [entry.partition("=") for entry in table.strip("{}").split(",")]
    for key, _, result in entries:
        if key == value:
            return result
    if ("", "", "") not in entries:
        sys.exit(f"no {value} in {table}")
    return value


def put(fdt, line, value):
    path, name, kind, *rest = line.split(" ")
    if kind == "f":
        return put_fragments(fdt, path)
    node = node_at(fdt, path)
    if kind == "b" and not rest:
        fdt.setprop(node, name, b"")
    elif kind == "b":
        delete(fdt, node, name)
    elif kind == "s":
        fdt.setprop_str(node, name, rest[0] if rest else value)
    else:
        value = int(look_up(rest[0], value) if rest else value, 0)
        fdt.setprop_u32(node, name, value)
        # The unit address goes with it.
        if name == "reg":
            fdt.set_name(node, f"{fdt.get_name(node).split('@')[0]}@{value:x}")
    return None


def main():
    with open(sys.argv[1], "rb") as file:
        fdt = libfdt.Fdt(file.read())
    fdt.resize(fdt.totalsize() + ROOM)
    lines = list(targets(fdt))
    for argument in sys.argv[3:]:
        name, _, value = argument.partition("=")
        named = [line for param, line in lines if param == name]
        if not named or isinstance(named[-1], ValueError):
            sys.exit(f"no parameter {name}")
        for line in named:
            put(fdt, line, value)
    # They name fragments as they were, and fdtoverlay minds.
    fdt.del_node(fdt.path_offset("/__symbols__"))
    with open(sys.argv[2], "wb") as file:
        file.write(fdt.as_bytearray())


main()
