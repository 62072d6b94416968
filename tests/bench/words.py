# SPDX-License-Identifier: GPL-2.0-only
"""Numbers as people read them."""


def number(value):
    """Three digits or more, with separators; "-" for None."""
    if value is None:
        return "-"
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def interval(seconds):
    """Seconds between syncs."""
    return f"{seconds} s" if seconds else "-"


def duration(hours):
    """Hours, or minutes if they are few."""
    return f"{hours:g} h" if hours >= 1 else f"{hours * 60:g} min"


def table(head, lines, texts=1):
    """A Markdown table; the first columns are texts, the others are numbers."""
    rule = ["---"] * texts + ["---:"] * (len(head) - texts)
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in (head, rule, *lines))
