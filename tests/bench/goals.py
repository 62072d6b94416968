# SPDX-License-Identifier: GPL-2.0-only
"""What the benchmark must reach: each limit, what was measured, and whether that is enough."""

import dataclasses
import typing

import results as rs
import rows
import words


# The methods in which the engine steers the clock by its rate
SLEWING = ("slew", "sim100k", "sim400k")


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One line of the table."""

    what: str
    limit: str
    measured: str
    met: typing.Optional[bool]      # None: not all of it was measured

    @property
    def word(self):
        """As the table says it."""
        return {True: "met", False: "**not met**", None: "not measured"}[self.met]


def _pick(results, **wanted):
    return [result for result in results.values()
            if all(getattr(result, field) == value for field, value in wanted.items())]


def _worst(results, field, unit="us"):
    """(text, largest value) of a field over some results."""
    values = [(getattr(result, field), result) for result in results]
    value, result = max(values, key=lambda pair: pair[0])
    where = f" ({result.drift_ppm:+} ppm)" if len(results) > 1 else ""
    return f"{words.number(value)} {unit}{where}", value


def _limits(what, limit, results, **limits_us):
    """A verdict on fields in microseconds of results that must be there."""
    if not results:
        return Verdict(what, limit, "-", None)
    texts, met = [], True
    for field, most_us in limits_us.items():
        text, value = _worst(results, field)
        texts.append(f"{field.removesuffix('_us')} {text}")
        met &= value <= most_us
    return Verdict(what, limit, ", ".join(texts), met)


def _main(results):
    what = "built in, N = 10 s, every drift, steady"
    limit = "p99 <= 50 us, max <= 100 us, no step after the first"
    day = [result for result in _pick(results, method="slew", interval_s=10, oscillator="steady")
           if result.hours >= rows.DAY_H]
    if {result.drift_ppm for result in day} != set(rows.DRIFTS_PPM):
        return Verdict(what, limit, "-", None)
    verdict = _limits(what, limit, day, p99_us=50, max_us=100)
    # The kernel's own hctosys comes before
    steps = max(result.own_steps for result in day)
    return dataclasses.replace(verdict, met=verdict.met and steps <= 1,
                               measured=f"{verdict.measured}; at most {steps} steps")


def _against(results, what, factor, ours_field, theirs_cost):
    """Ours against util-linux every 10 s and against chrony with UIE_EMUL."""
    limit = f"<= 1/{factor} of util-linux every 10 s and of chrony with UIE_EMUL"
    ours = _pick(results, method="slew", drift_ppm=100, interval_s=10, oscillator="steady")
    theirs = [_pick(results, method="hwclock", drift_ppm=100, interval_s=10, oscillator="steady"),
              _pick(results, method="uie", drift_ppm=100, oscillator="steady")]
    if not ours or not all(theirs):
        return Verdict(what, limit, "-", None)
    mine = getattr(ours[0], ours_field)
    costs = [theirs_cost(results, peer[0]) for peer in theirs]
    if None in costs:
        return Verdict(what, limit, "-", None)
    ratios = " and ".join(f"1/{cost / mine:.0f}" for cost in costs)
    measured = f"{words.number(mine)} against {' and '.join(map(words.number, costs))}: {ratios}"
    return Verdict(what, limit, measured, all(mine * factor <= cost for cost in costs))


def _bound(results):
    what = "`error_ns`, in every row that tells it"
    limit = "covers >= 99.9 % of samples, median <= 5 x p99 of the error"
    telling = [result for result in results.values() if result.covered_percent is not None]
    if not telling:
        return Verdict(what, limit, "-", None)
    least = min(telling, key=lambda result: result.covered_percent)
    ratio, widest = max(((result.bound_p50_us / result.p99_us, result.name) for result in telling))
    return Verdict(
        what, limit, f"covers {least.covered_percent:.2f} % at least ({least.name}); median at "
        f"most {ratio:.1f} x p99 ({widest}); {len(telling)} rows",
        least.covered_percent >= 99.9 and ratio <= 5)


def _frequency(results):
    what, limit = "frequency", "never beyond 500 ppm; `freq_ppb` within 200 ppb when steady"
    ours = [result for result in results.values() if result.method in SLEWING]
    steady = [result for result in ours if result.oscillator == "steady"]
    if not steady:
        return Verdict(what, limit, "-", None)
    fast, most = max((result.steering_ppb, result.name) for result in ours)
    moved, mover = max((result.freq_range_ppb, result.name) for result in steady)
    return Verdict(
        what, limit, f"at most {fast / 1000:.1f} ppm ({most}); {moved} ppb peak to peak ({mover})",
        fast <= 500_000 and moved < 200)


def verdicts(results):
    """All verdicts, in the issue's order."""
    slew = {"method": "slew", "oscillator": "steady"}
    return [
        _main(results),
        _limits("built in, N = 60 s, wandering oscillator", "p99 <= 150 us",
                _pick(results, method="slew", interval_s=60, oscillator="wander"), p99_us=150),
        _limits("built in, N = 600 s, steady", "p99 <= 300 us",
                _pick(results, **slew, interval_s=600), p99_us=300),
        _limits("simulated chip, 100 kHz, 50 us jitter, N = 10 s", "p99 <= 100 us",
                _pick(results, method="sim100k"), p99_us=100),
        _limits("module and chrony over PHC, N = 10 s", "p99 <= 100 us",
                _pick(results, method="phc", interval_s=10, oscillator="steady"), p99_us=100),
        _against(results, "I2C transfers an hour", 500, "transfers_per_hour",
                 lambda _, peer: peer.transfers_per_hour),
        _against(results, "thread CPU time, ms an hour", 50, "process_ms_per_hour",
                 lambda every, peer: rs.above_idle(every, peer, "tasks_ms_per_hour")),
        _limits("holdover: RTC at +3 ppm, NTP for 2 h, then none for 24 h",
                "<= 5 ms off at the end", _pick(results, method="holdover"), end_us=5000),
        _bound(results),
        _frequency(results),
    ]
