# SPDX-License-Identifier: GPL-2.0-only
"""Time's own traps, told from the user's side: what is said, what is moved, when it is right."""

import check
import trap_daemons
import trap_dates
import trap_leap
import trap_lost
import trap_sleep

SCENARIOS = {
    # The longest first: they end together
    **trap_daemons.SCENARIOS,
    **trap_dates.SCENARIOS,
    **trap_leap.SCENARIOS,
    **trap_lost.SCENARIOS,
    **trap_sleep.SCENARIOS,
}

if __name__ == "__main__":
    check.run("traps", SCENARIOS)
