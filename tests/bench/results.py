# SPDX-License-Identifier: GPL-2.0-only
"""The numbers of a row, and the CSV file that keeps those of all rows."""

import csv
import dataclasses

import methods
import rows
import stats

NS_PER_US = 1000
NS_PER_MS = 1_000_000


@dataclasses.dataclass(frozen=True)
class Result:
    """One line of the CSV; None where there is nothing to tell. Errors are without sign."""

    name: str
    method: str
    drift_ppm: int
    interval_s: int
    oscillator: str
    hours: float
    samples: int                # after the first ten minutes, as are the next three
    p50_us: float
    p99_us: float
    max_us: float
    end_us: float               # the last sample's
    to_1ms_s: float             # from the bind
    to_100us_s: float
    transfers_per_hour: float   # as are the next four: at the end, when nobody samples
    bytes_per_hour: float
    process_ms_per_hour: float  # the method's own thread or daemon
    tasks_ms_per_hour: float    # all of the machine
    busy_ms_per_hour: float     # and its interrupts
    steps: int
    own_steps: int              # how many the engine says were its own
    late_steps: int             # after the first ten minutes
    covered_percent: float      # of all samples, by error_ns
    bound_p50_us: float         # error_ns, after the first ten minutes
    freq_range_ppb: float       # of freq_ppb after the first ten minutes, peak to peak
    steering_ppb: float         # the most that the clock was made to run fast or slow

    @property
    def row(self):
        """The row of the matrix."""
        return rows.Row(self.method, self.drift_ppm, self.interval_s, self.hours, self.oscillator)


def _us(nanoseconds):
    return None if nanoseconds is None else nanoseconds / NS_PER_US


def _errors(played):
    late = stats.late(played.samples)
    errors_ns = stats.errors_ns(late)
    return {
        "samples": len(late),
        "p50_us": _us(stats.percentile(errors_ns, 50)),
        "p99_us": _us(stats.percentile(errors_ns, 99)),
        "max_us": _us(stats.percentile(errors_ns, 100)),
        "end_us": _us(errors_ns[-1] if errors_ns else None),
        "to_1ms_s": stats.seconds_to(played.samples, NS_PER_MS),
        "to_100us_s": stats.seconds_to(played.samples, NS_PER_MS // 10),
        "covered_percent": stats.covered_percent(played.samples),
        "bound_p50_us": _us(stats.percentile(stats.told_ns(late), 50)),
        "freq_range_ppb": stats.freq_range_ppb(late),
        "steering_ppb": stats.largest_steering_ppb(played.samples),
    }


def _costs(played):
    def per_hour(amount):
        return stats.per_hour(amount, played.quiet_s)

    return {
        "transfers_per_hour": per_hour(played.transfers),
        "bytes_per_hour": per_hour(played.wire_bytes),
        "process_ms_per_hour": per_hour(played.process_ns / NS_PER_MS),
        "tasks_ms_per_hour": per_hour(played.tasks_ns / NS_PER_MS),
        "busy_ms_per_hour": per_hour(played.busy_ns / NS_PER_MS),
        "steps": len(played.steps_s),
        "own_steps": played.samples[-1].get("steps"),
        "late_steps": stats.steps_after(played.steps_s, stats.START_S),
    }


def summarize(row, played):
    """The numbers of a row that was played."""
    return Result(name=row.name, **dataclasses.asdict(row), **_errors(played), **_costs(played))


def above_idle(results, result, field):
    """A cost of the whole machine less that of one which does nothing; None if nobody ran that."""
    idle = methods.METHODS[result.method].idle
    for other in results.values():
        if other.method == idle:
            return max(getattr(result, field) - getattr(other, field), 0)
    return None


def _number(text):
    if text == "":
        return None
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _text(value):
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else value


TEXTS = ("name", "method", "oscillator")
FIELDS = tuple(field.name for field in dataclasses.fields(Result))


def read(path):
    """All results of a CSV file by name; none if there is no such file."""
    if not path.exists():
        return {}
    with open(path, encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return {line["name"]: Result(**{field: line[field] if field in TEXTS else _number(line[field])
                                    for field in FIELDS})
            for line in lines}


def write(path, results):
    """Write results by name to a CSV file, those of the matrix in its order."""
    order = [row.name for row in rows.MATRIX]
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        for name in filter(results.get, order):
            writer.writerow([_text(getattr(results[name], field)) for field in FIELDS])


SAMPLE_FIELDS = ("t_s", "err_ns", "offset_ns", "error_ns", "freq_ppb", "steering_ppb",
                 "mono_raw_ns", "state")


def write_samples(path, samples):
    """Write what was sampled in a row to a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SAMPLE_FIELDS)
        for sample in samples:
            writer.writerow([_text(sample.get(field)) for field in SAMPLE_FIELDS])


def read_errors(path):
    """(t_s, err_ns) of each sample of such a file."""
    with open(path, encoding="utf-8", newline="") as file:
        return [(float(line["t_s"]), int(line["err_ns"])) for line in csv.DictReader(file)]
