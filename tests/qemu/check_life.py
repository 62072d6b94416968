# SPDX-License-Identifier: GPL-2.0-only
"""Load, bind, unbind, unload; while it is read and written; without memory."""

import check
import life_attach
import life_crowd
import life_failslab
import life_load
import life_stop

SCENARIOS = {
    **life_stop.SCENARIOS,
    **life_load.SCENARIOS,
    **life_attach.SCENARIOS,
    **life_failslab.SCENARIOS,
    **life_crowd.SCENARIOS,
}

if __name__ == "__main__":
    check.run("life", SCENARIOS)
