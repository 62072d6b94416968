# SPDX-License-Identifier: GPL-2.0-only
"""Judge from the console how a run of a board ended."""

import re

# What the kernel says when something is wrong with it. KCSAN also speaks of what races
# elsewhere in the kernel; kmemleak scans more, and says so, where tests take its memory
TROUBLE = re.compile(r"Kernel panic|WARNING:|BUG:(?! KCSAN)|Call trace|Unable to handle|"
                     r"Internal error:|KCSAN: \S+ in .*\[rtc_sync|"
                     r"INFO: (task|possible|rcu|trying)|rcu_\w+ (self-)?detected|UBSAN:|KASAN:|"
                     r"scheduling while atomic|sleeping function called|@@FAIL|Unbalanced|"
                     r"BUG \S+ \(|ODEBUG:|pagealloc:|soft lockup|locking correctness|"
                     r"kmemleak: (?!Kernel memory leak detector init|Cannot allocate a scan area)|"
                     r"@@LEAK")
# What Debian's kernels say of themselves before the first program runs, each once: armmp
# 5.10 finds a page of its own that can be written and executed
BEGIN = "@@BEGIN"
OWN_TROUBLE = {"5.10": re.compile(r"WARNING: .* at arch/arm/mm/dump\.c:\d+ note_page")}
END = re.compile(r"@@END (\d+)")     # the kernel may write into the line
TAIL_LINES = 40


class BootError(Exception):
    """A run that did not end well, with the end of what the console said."""

    def __init__(self, message, lines, trouble=()):
        tail = "\n".join("  | " + line for line in lines[-TAIL_LINES:])
        super().__init__(f"{message}; the console's last lines:\n{tail}")
        self.lines = lines
        self.trouble = trouble      # what the kernel complained of


def troubles(run, lines):
    """The lines that complain, without what is not ours."""
    begin = next((at for at, line in enumerate(lines) if BEGIN in line), 0)
    found = [(at, line) for at, line in enumerate(lines) if TROUBLE.search(line)]
    own = OWN_TROUBLE.get(run.kernel)
    if own and found and found[0][0] < begin and own.search(found[0][1]):
        found.pop(0)
    return [line for _, line in found]


def judge(run, lines, late):
    """Raise BootError unless the board ended well, and on its own."""
    name = f"{run.board.name} with Linux {run.kernel}"
    trouble = troubles(run, lines)
    end = next(filter(None, map(END.search, lines)), None)
    if trouble:
        raise BootError(f"{name}: trouble: {trouble[0]}", lines, trouble)
    if end is None:
        what = f"time limit of {run.limit_s} s" if late else "QEMU ended without an end marker"
        raise BootError(f"{name}: {what}", lines)
    if end.group(1) != "0":
        raise BootError(f"{name}: the script failed with status {end.group(1)}", lines)
    if late:
        raise BootError(f"{name}: the board did not switch off", lines)
