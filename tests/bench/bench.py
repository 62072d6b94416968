# SPDX-License-Identifier: GPL-2.0-only
"""Run rows of the benchmark, keep their numbers, and write the page and the chart.

usage: bench.py [PATTERN]...    e.g. "slew/*" N600; without one, all rows
"""

import concurrent.futures
import os
import sys
import threading
import time

import check
import console
import goals
import play
import plot
import report
import results as rs
import rows
import tree
import words

SUMMARY = tree.TOP / "docs" / "bench.csv"
README = tree.TOP / "README.md"
PAGE = tree.TOP / "docs" / "bench.md"
CHART = tree.TOP / "docs" / "bench.svg"
KEPT = tree.BUILD / "bench"
TELL_S = 30


class Progress:
    """Says how far the rows are, each half a minute and whenever one has ended."""

    def __init__(self, chosen):
        self.total_s = sum(map(play.host_s, chosen))
        self.count = len(chosen)
        self.ended = []
        self.hours = {}
        self.lock = threading.Lock()
        self.started = self.told = time.monotonic()

    def _elapsed(self):
        minutes, seconds = divmod(round(time.monotonic() - self.started), 60)
        return f"{minutes:3}:{seconds:02} [{len(self.ended)}/{self.count}]"

    def reach(self, row, hours):
        """The board of a row is so many true hours from its power on."""
        with self.lock:
            self.hours[row] = hours
            if time.monotonic() - self.told < TELL_S:
                return
            self.told = time.monotonic()
            running = ", ".join(f"{row.name} {100 * hours / row.hours:.0f} %"
                                for row, hours in self.hours.items())
            print(f"{self._elapsed()} {running}", flush=True)

    def end(self, row, text):
        """A row has ended."""
        with self.lock:
            self.hours.pop(row, None)
            self.ended.append(row)
            print(f"{self._elapsed()} {row.name}: {text}", flush=True)


def samples_file(row):
    """Where the samples of a row are kept."""
    return KEPT / (row.name.replace("/", "-") + ".csv")


def _one(row, progress):
    try:
        played = play.play(row, lambda hours: progress.reach(row, hours))
    except console.BootError as error:
        progress.end(row, f"FAILED: {error}")
        return None
    rs.write_samples(samples_file(row), played.samples)
    result = rs.summarize(row, played)
    progress.end(row, f"p50 {words.number(result.p50_us)} p99 {words.number(result.p99_us)} "
                      f"max {words.number(result.max_us)} us; 1 ms after "
                      f"{words.number(result.to_1ms_s)} s; "
                      f"{words.number(result.transfers_per_hour)} transfers/h, "
                      f"{result.steps} steps")
    return result


def _run(chosen):
    """Run rows, the longest first; return their results by name."""
    progress = Progress(chosen)
    chosen.sort(key=play.host_s, reverse=True)
    with concurrent.futures.ThreadPoolExecutor(check.BOARDS) as pool:
        done = list(pool.map(lambda row: _one(row, progress), chosen))
    return {result.name: result for result in done if result}


def main():
    """Run what was asked for, and bring the page up to date."""
    chosen = rows.chosen(sys.argv[1:])
    if not chosen:
        sys.exit("no row has such a name; there are:\n  " +
                 "\n  ".join(row.name for row in rows.MATRIX))
    print(f"{len(chosen)} rows, {check.BOARDS} boards at a time", flush=True)
    fresh = _run(list(chosen))
    results = {**rs.read(SUMMARY), **fresh}
    rs.write(SUMMARY, results)
    report.write(PAGE, results, goals=report.goals_table, rows=report.main_table,
                 bounds=report.bound_table)
    report.write(README, results, bench=report.short_table)
    missing = plot.draw(CHART, samples_file)
    if missing:
        print("the chart was left as it is; it also needs", ", ".join(missing))
    print(report.goals_table(results))
    missed = [verdict for verdict in goals.verdicts(results) if verdict.met is False]
    failed = len(chosen) - len(fresh)
    print(f"{len(fresh)} rows run, {failed} failed; {len(missed)} limits not met; see "
          f"{os.path.relpath(PAGE)}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
