# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: starting, stopping, waking, attaching; hwclock at the same time."""
SCENARIOS = {}
