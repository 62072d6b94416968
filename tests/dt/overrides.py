#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Decode __overrides__ of a Raspberry Pi overlay and check what it refers to.

Prints a line "PARAM NODE PROPERTY TYPE [VALUE]" for each target. TYPE is x: 32-bit
cell, s: string, b: flag. VALUE is that of a literal assignment, or a lookup table
in braces. For fragments it is "PARAM +1-2 - f". Knows the forms "prop:offset",
"prop:offset{table}", "prop", "prop=text", "prop?", "prop?=0" and, for fragments, "+N"
and "-N"; exits 1, naming the parameter, on any other and on what does not exist. A
cell, a flag or a target-path may be absent: it is put in then.
"""
import re
import sys

import libfdt


def properties(fdt, path):
    """{name: bytes} of the node at path, empty if there is none."""
    result = {}
    node = fdt.path_offset(path, [libfdt.NOTFOUND])
    offset = fdt.first_property_offset(node, [libfdt.NOTFOUND]) if node >= 0 else -1
    while offset >= 0:
        prop = fdt.get_property_by_offset(offset)
        result[prop.name] = bytes(prop)
        offset = fdt.next_property_offset(offset, [libfdt.NOTFOUND])
    return result


def find(fdt, phandle, node=0, path=""):
    """Path of the node with that phandle, None if there is none."""
    if fdt.get_phandle(node) == phandle:
        return path
    child = fdt.first_subnode(node, [libfdt.NOTFOUND])
    while child >= 0:
        found = find(fdt, phandle, child, f"{path}/{fdt.get_name(child)}")
        if found:
            return found
        child = fdt.next_subnode(child, [libfdt.NOTFOUND])
    return None


def check_fragments(fdt, text):
    if not re.fullmatch(r"([+-]\d+)+", text):
        raise ValueError(f"'{text}' is not understood")
    for number in re.findall(r"\d+", text):
        if fdt.path_offset(f"/fragment@{number}", [libfdt.NOTFOUND]) < 0:
            raise ValueError(f"no fragment {number}")
    return f"{text} - f"


def check_property(fdt, phandle, text):
    """One target in a node -> the rest of its line."""
    match = re.fullmatch(r"([\w,#-]+)(?:(\?(?:=0)?)|:(\d+)(\{[^{} ]*\})?|=(.+))?", text)
    if not match:
        raise ValueError(f"'{text}' is not understood")
    name, flag, offset, table, literal = match.groups()
    path = find(fdt, phandle)
    if path is None:
        raise ValueError(f"no node with phandle {phandle}")
    if flag:
        return f"{path} {name} b {flag[2:]}".rstrip()
    value = properties(fdt, path).get(name)
    if offset is None:
        if value is None and name != "target-path":
            raise ValueError(f"no property '{name}' in {path}")
        return f"{path} {name} s {literal or ''}".rstrip()
    if int(offset) + 4 > (4 if value is None else len(value)):
        raise ValueError(f"offset {offset} is beyond the end of '{name}'")
    return f"{path} {name} x {table or ''}".rstrip()


def decode(fdt, data, references):
    """Yield the lines of one parameter. references: cells, where its phandles are."""
    cells = [references[i:i + 4] for i in range(0, len(references), 4)]
    at = 0
    while at < len(data):
        phandle = int.from_bytes(data[at:at + 4], "big")
        end = data.find(b"\0", at + 4)
        if end <= at + 4:
            raise ValueError("no string after the phandle")
        text = data[at + 4:end].decode()
        if phandle == 0:
            yield check_fragments(fdt, text)
        elif at.to_bytes(4, "big") not in cells:
            raise ValueError("its phandle is not a reference to a label")
        else:
            yield check_property(fdt, phandle, text)
        at = end + 1


def targets(fdt):
    """Yield (parameter, rest of the line), or (parameter, ValueError) and go on."""
    fixups = properties(fdt, "/__local_fixups__/__overrides__")
    for name, data in properties(fdt, "/__overrides__").items():
        try:
            for line in decode(fdt, data, fixups.get(name, b"")):
                yield name, line
        except ValueError as error:
            yield name, error


def main():
    with open(sys.argv[1], "rb") as file:
        fdt = libfdt.FdtRo(file.read())
    status = 0
    for name, line in targets(fdt):
        if isinstance(line, ValueError):
            print(f"parameter {name}: {line}", file=sys.stderr)
            status = 1
        else:
            print(name, line)
    return status


if __name__ == "__main__":
    sys.exit(main())
