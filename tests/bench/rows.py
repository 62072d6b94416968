# SPDX-License-Identifier: GPL-2.0-only
"""The matrix of the benchmark: which method is tried under what circumstances."""

import dataclasses
import fnmatch

DRIFTS_PPM = (-200, -50, 0, 20, 100, 200)
INTERVALS_S = (10, 60, 600)
DAY_H = 24
# Two hours of NTP, then none for a day
HOLDOVER_H = 26


@dataclasses.dataclass(frozen=True)
class Row:
    """One run of one method. Drift: the system's oscillator against the truth."""

    method: str             # a key of methods.METHODS
    drift_ppm: int          # positive: the clock gains
    interval_s: int         # seconds between syncs; 0: the method has none
    hours: float            # of virtual time, measured
    oscillator: str = "steady"      # or "wander": 10 ppm up and down in a day

    @property
    def name(self):
        """What ROWS= matches, and the key in the CSV."""
        interval = f"N{self.interval_s}" if self.interval_s else "once"
        return f"{self.method}/{self.drift_ppm:+}ppm/{interval}/{self.oscillator}"


def _drifts(method, interval_s, hours, drifts=DRIFTS_PPM, oscillator="steady"):
    return [Row(method, drift, interval_s, hours, oscillator) for drift in drifts]


def _matrix():
    # What the kernels do without any method
    rows = [Row("nothing", 100, 0, 0.25), Row("nothing-own", 100, 0, 0.25)]
    for interval_s in INTERVALS_S:
        rows += _drifts("slew", interval_s, DAY_H)
        rows += _drifts("slew", interval_s, DAY_H, (100,), "wander")
    rows += _drifts("sim100k", 10, DAY_H, (100,)) + _drifts("sim400k", 10, DAY_H, (100,))
    rows += _drifts("holdover", 10, HOLDOVER_H, (100,))
    # Debian's kernel has more to do, and takes longer to emulate
    rows += _drifts("phc", 10, 6, (100,)) + _drifts("phc", 10, 2, (-200, -50, 0, 20, 200))
    rows += _drifts("phc", 60, 2, (100,)) + _drifts("phc", 10, 6, (100,), "wander")
    rows += _drifts("step", 10, 2) + _drifts("step", 60, 2, (100,))
    rows += _drifts("step", 600, 4, (100,)) + _drifts("step", 10, 2, (100,), "wander")
    rows += _drifts("hctosys", 0, 1)
    rows += _drifts("busybox", 10, 1) + _drifts("busybox", 60, 1, (100,))
    rows += _drifts("busybox", 600, 2, (100,)) + _drifts("busybox", 10, 1, (100,), "wander")
    # Those that wait for the tick keep the board busy, so theirs are short
    rows += _drifts("hwclock", 10, 0.3, (100,)) + _drifts("hwclock", 60, 0.5, (-200, 0, 100, 200))
    rows += _drifts("hwclock", 600, 3, (100,)) + _drifts("hwclock", 60, 0.5, (100,), "wander")
    rows += _drifts("uie", 0, 0.3, (-200, 100)) + _drifts("uie", 0, 0.3, (100,), "wander")
    return tuple(rows)


MATRIX = _matrix()


def chosen(patterns):
    """The rows whose names match one of the patterns ("slew/*"), or contain it; no pattern: all."""
    if not patterns:
        return list(MATRIX)
    return [row for row in MATRIX
            if any(fnmatch.fnmatch(row.name, pattern) or pattern in row.name
                   for pattern in patterns)]
