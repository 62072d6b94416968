# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: a share of it all on the kernel that looks for mistakes; and without memory.

Two boots: each takes as long as a hundred binds, and its search for leaks as well.
"""

import life
import life_attach
import life_crowd
import life_failslab
import life_load
import life_stop

# It runs at a fifth of the speed
SLACK_US = 5 * life.SLACK_US
SHARE = 4 if life.ALL else 40
SPAN_S = 600 if life.ALL else 60


def chip(report):
    """With a simulated chip."""
    script = (life_stop.script("unbound", SHARE) + life_stop.script("adapter removed", SHARE) +
              life_load.script(SHARE) + life_crowd.script("bound and unbound", SPAN_S))
    lines = life.run("debug-chip", script, life.DEBUG, **life.simulated(life.DEBUG))
    for way in life_stop.WAYS:
        life_stop.judge(report, lines, way, SHARE, SLACK_US)
    life_load.judge(report, lines, SHARE, SLACK_US)
    life_crowd.judge(report, lines, "bound and unbound", SPAN_S)
    life.nothing_left(report, lines)


def attached(report):
    """With mainline's driver; and a second chip, that is bound without memory."""
    script = (life_failslab.ARM + life_failslab.ATTACH + life_failslab.CHIP +
              life_crowd.script("attached", SPAN_S) + life_attach.script(SHARE))
    lines = life.run("debug-attached", script, life.DEBUG, **life.on_board(life.DEBUG))
    for case in life_failslab.CASES:
        life_failslab.judge(report, lines, case)
    life_crowd.judge(report, lines, "attached", SPAN_S)
    life_attach.judge(report, lines, SHARE, SLACK_US)
    life.nothing_left(report, lines)


SCENARIOS = {
    f"attached, {life.DEBUG}": attached,
    f"chip, {life.DEBUG}": chip,
}
