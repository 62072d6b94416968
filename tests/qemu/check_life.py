# SPDX-License-Identifier: GPL-2.0-only
"""Load, bind, unbind, unload; while it is read and written; without memory."""

import check
import life_attach
import life_crowd
import life_debug
import life_load
import life_stop

# The longest first
SCENARIOS = {
    **life_load.SCENARIOS,
    **life_debug.SCENARIOS,
    **life_stop.SCENARIOS,
    **life_crowd.SCENARIOS,
    **life_attach.SCENARIOS,
}

if __name__ == "__main__":
    check.run("life", SCENARIOS)
