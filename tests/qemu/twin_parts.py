# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: every chip on a simulated bus of 100 kHz keeps the clock, by slewing."""

import parts
import tree
import twin

PPM = 100
SETTLE_S = 600
SPAN_S = 2400
PERIOD_MS = 3970
P99_US = 150

# The clock is left as the last chip made it: not its rate
KEEP = """
keep() {{
	adjtimex -q -f 0
	echo "@@PART $1"
	insert $1 seed=$2
	sleep {settle}
	{samples}
	echo "@@STATS $(cat {sync}/state {sync}/stats/steps {sync}/stats/slews_failed \
{sync}/stats/bus_errors {sync}/stats/contradictions | tr '\\n' ' ')"
	remove
}}
"""


def _script(run, names):
    samples = run.sample(PERIOD_MS, SPAN_S * 1000 // PERIOD_MS)
    keeps = "".join(f"keep {name} {number}\n" for number, name in enumerate(names))
    return parts.INSERT + KEEP.format(settle=SETTLE_S, samples=samples, sync=parts.SYNC) + keeps


def judge(report, name, lines):
    """One chip's part of the console."""
    taken = twin.parse(lines)
    errors_us = sorted(abs(sample["err_ns"]) / 1e3 for sample in taken) or [float("inf")]
    p99 = errors_us[len(errors_us) * 99 // 100]
    report.check(f"part {name}: p99 of the true error <= {P99_US} us at 100 kHz, every 10 s",
                 p99 <= P99_US and len(taken) == SPAN_S * 1000 // PERIOD_MS,
                 f"p50 {errors_us[len(errors_us) // 2]:.1f}, p99 {p99:.1f}, max "
                 f"{errors_us[-1]:.1f} us in {len(taken)} samples; error_ns at most "
                 f"{max((s['error_ns'] or 0) for s in taken) / 1e3 if taken else 0:.1f} us")
    bad = twin.dishonest(taken)
    report.check(f"part {name}: true error <= error_ns in every sample",
                 not bad and all(sample["error_ns"] is not None for sample in taken),
                 f"{len(bad)} of {len(taken)} are not covered")
    stats = twin.value(lines, "@@STATS ")
    report.check(f"part {name}: locked, one step, no slew failed, nothing wrong on the bus",
                 stats == "locked 1 0 0 0", stats)


def kept(report, names):
    """An hour less ten minutes at +100 ppm, with the default settings, for each chip."""
    carry = twin.modules("rtc-sync-simbus", kernel=tree.OWN_KERNEL)
    _, lines = twin.run(f"parts-{names[0]}", lambda run: _script(run, names), overlays=(), rtcs=(),
                        kernel=tree.OWN_KERNEL, drift_ppm=PPM, carry=carry, limit_s=400)
    found = parts.sections(lines)
    for name in names:
        judge(report, name, found.get(name, []))


NAMES = tuple(parts.PARTS)
SCENARIOS = {
    "chips kept, first half": lambda report: kept(report, NAMES[::2]),
    "chips kept, second half": lambda report: kept(report, NAMES[1::2]),
}
