# SPDX-License-Identifier: GPL-2.0-only
"""Read the lines that the guest's sample program prints."""

TEXT = ("state", "true", "ntp")


def _value(key, text):
    if text == "-":
        return None
    return text if key in TEXT else int(text)


def parse(line):
    """A dict of one "@@S" line (None for what the guest does not have), or None."""
    if not line.startswith("@@S "):
        return None
    try:
        fields = dict(word.split("=", 1) for word in line.split()[1:])
        sample = {key: _value(key, text) for key, text in fields.items()}
        sample["true_ns"] = int(sample["true"].replace(".", ""))
    except (KeyError, ValueError):
        return None     # the kernel has written into the line
    return sample


def parse_all(lines):
    """All samples of a console's lines."""
    return [sample for sample in map(parse, lines) if sample]
