# SPDX-License-Identifier: GPL-2.0-only
"""The ready configurations, board/config, on the twin: the very files."""

import check
import config_fleet
import config_ntp
import config_others

if __name__ == "__main__":
    check.run("configs", {**config_fleet.SCENARIOS, **config_ntp.SCENARIOS, **config_others.SCENARIOS})
