# SPDX-License-Identifier: GPL-2.0-only
"""rtc-sync on kernels that look for mistakes, and whether those find any."""

import check
import debug_mistakes
import debug_races
import debug_use

KERNELS = ("debug", "preempt")
# Debian's own with PREEMPT_RT, which has none of the other checks
RT_KERNEL = "6.1-rt"


def _scenarios():
    for kernel in KERNELS:
        for name, play in (("used", debug_use.use), ("attached", debug_use.attach),
                           ("control: a read in a timer", debug_mistakes.in_timer),
                           ("control: mistakes", debug_mistakes.others)):
            yield f"{kernel}: {name}", lambda report, play=play, kernel=kernel: play(report, kernel)
    yield "debug: chips", lambda report: debug_use.chips(report, "debug")
    yield f"{RT_KERNEL}: used", lambda report: debug_use.use(report, RT_KERNEL)
    yield "kcsan: used", debug_races.used
    yield "kcsan: control: a race", debug_races.control


if __name__ == "__main__":
    check.run("debug", dict(_scenarios()))
