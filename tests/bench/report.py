# SPDX-License-Identifier: GPL-2.0-only
"""Write the generated parts of docs/bench.md."""

import goals
import methods
import plot
import results as rs
import rows
import words

HEAD = ("method", "drift, ppm", "N", "oscillator", "time", "p50, us", "p99, us", "max, us",
        "1 ms after, s", "100 us after, s", "transfers/h", "bytes/h", "CPU, ms/h", "busy, ms/h",
        "steps")
SHORT_HEAD = ("", "99 % of errors, us", "largest, us", "below 1 ms after, s", "I2C transfers/h",
              "CPU, ms/h", "steps after ten minutes")
BOUND_HEAD = ("method", "drift, ppm", "N", "oscillator", "covered, %", "median `error_ns`, us",
              "p99 of the error, us", "`freq_ppb`, peak to peak", "steered, ppm")


def _case(result):
    return (methods.METHODS[result.method].title, f"{result.drift_ppm:+}",
            words.interval(result.interval_s), result.oscillator)


def _ordered(results):
    return [results[row.name] for row in rows.MATRIX
            if row.name in results and row.method not in methods.IDLE]


def _cpu_ms(results, result):
    """The method's own thread if it is all there is, else all tasks above idle."""
    if methods.METHODS[result.method].is_thread:
        return result.process_ms_per_hour
    return rs.above_idle(results, result, "tasks_ms_per_hour")


def short_table(results):
    """What the chart shows, in a few numbers."""
    lines = []
    for row in filter(None, map(plot.row_of, plot.METHODS)):
        result = results.get(row.name)
        if result:
            values = (result.p99_us, result.max_us, result.to_1ms_s, result.transfers_per_hour,
                      _cpu_ms(results, result), result.late_steps)
            lines.append((_case(result)[0], *map(words.number, values)))
    return words.table(SHORT_HEAD, lines)


def main_table(results):
    """A line for each row."""
    lines = []
    for result in _ordered(results):
        values = (result.p50_us, result.p99_us, result.max_us, result.to_1ms_s, result.to_100us_s,
                  result.transfers_per_hour, result.bytes_per_hour, _cpu_ms(results, result),
                  rs.above_idle(results, result, "busy_ms_per_hour"), result.steps)
        lines.append((*_case(result), words.duration(result.hours), *map(words.number, values)))
    return words.table(HEAD, lines)


def bound_table(results):
    """What the engine says of itself, for the rows where it says something."""
    lines = []
    for result in _ordered(results):
        if result.covered_percent is not None:
            steered_ppm = result.steering_ppb / 1000
            lines.append((*_case(result), f"{result.covered_percent:.2f}",
                          *map(words.number, (result.bound_p50_us, result.p99_us,
                                              result.freq_range_ppb, steered_ppm))))
    return words.table(BOUND_HEAD, lines)


def goals_table(results):
    """A line for each bar that must be reached."""
    lines = [(verdict.what, verdict.limit, verdict.measured, verdict.word)
             for verdict in goals.verdicts(results)]
    return words.table(("what", "at least", "measured", ""), lines, texts=4)


def _replace(text, part, content):
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    before, rest = text.split(begin, 1)
    return before + begin + content + "\n" + end + rest.split(end, 1)[1]


def write(path, results, **parts):
    """Put tables between their marks on a page, and leave the rest of it alone."""
    text = path.read_text(encoding="utf-8")
    for part, make in parts.items():
        text = _replace(text, part, make(results))
    path.write_text(text, encoding="utf-8")
