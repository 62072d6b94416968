# SPDX-License-Identifier: GPL-2.0-only
"""Does the benchmark compute what it says? Run by tests/static/run."""

import dataclasses
import pathlib
import tempfile
import unittest

import goals
import methods
import play
import plot
import report
import results as rs
import rows
import stats


def samples(*pairs, **more):
    """Samples of (t_s, err_ns) pairs."""
    return [{"t_s": t_s, "err_ns": err_ns, "error_ns": None, "freq_ppb": None, "state": "locked",
             "steps": 1, "mono_raw_ns": 0, **more} for t_s, err_ns in pairs]


def result(**more):
    """A result that meets every bar."""
    good = rs.Result(
        name="", method="slew", drift_ppm=100, interval_s=10, oscillator="steady", hours=24,
        samples=8000, p50_us=10, p99_us=50, max_us=100, end_us=5, to_1ms_s=6, to_100us_s=20,
        transfers_per_hour=360, bytes_per_hour=2000, process_ms_per_hour=50, tasks_ms_per_hour=60,
        busy_ms_per_hour=80, steps=2, own_steps=1, late_steps=0, covered_percent=100,
        bound_p50_us=50, freq_range_ppb=100, steering_ppb=200_000)
    return dataclasses.replace(good, **more)


def by_name(*several):
    """Results under names that differ."""
    return {str(number): one for number, one in enumerate(several)}


class Percentiles(unittest.TestCase):
    """The nearest rank, without interpolation."""

    def test_ranks(self):
        """Known ranks."""
        values = list(range(100, 0, -1))
        self.assertEqual(stats.percentile(values, 50), 50)
        self.assertEqual(stats.percentile(values, 99), 99)
        self.assertEqual(stats.percentile(values, 100), 100)
        self.assertEqual(stats.percentile([7], 1), 7)

    def test_nothing(self):
        """No values, no percentile."""
        self.assertIsNone(stats.percentile([], 50))

    def test_few(self):
        """99 % of fifty values is the largest."""
        self.assertEqual(stats.percentile(list(range(1, 51)), 99), 50)


class HowSoon(unittest.TestCase):
    """When the error was small, and stayed so."""

    def test_stays(self):
        """A first crossing that does not last does not count."""
        taken = samples((1, 9000), (2, -10), (3, -9000), (4, 100), (500, -100))
        self.assertEqual(stats.seconds_to(taken, 100), 4)

    def test_lost_again(self):
        """Not within it at the end of the start."""
        self.assertIsNone(stats.seconds_to(samples((1, 10), (599, 9000)), 100))

    def test_after_the_start(self):
        """What comes later does not count."""
        self.assertEqual(stats.seconds_to(samples((1, 10), (601, 9000)), 100), 1)

    def test_never(self):
        """Never, and nobody looked."""
        self.assertIsNone(stats.seconds_to(samples((1, 9000)), 100))
        self.assertIsNone(stats.seconds_to([], 100))


class Honesty(unittest.TestCase):
    """What error_ns covers."""

    def test_covered(self):
        """On the bound is covered; samples without a bound do not count."""
        taken = samples((1, 100), (2, -100), (3, 101), (4, -101), error_ns=100)
        self.assertEqual(stats.covered_percent(taken + samples((5, 999))), 50)

    def test_untold(self):
        """Never told."""
        self.assertIsNone(stats.covered_percent(samples((1, 1))))


class Rates(unittest.TestCase):
    """What the clock's rate was made to be."""

    def test_steering(self):
        """The largest, without sign, over pieces that are long enough."""
        taken = [dict(sample, mono_raw_ns=moved) for sample, moved in
                 zip(samples((0, 0), (0.1, 0), (1, 0), (2, 0), (4, 0)),
                     (0, 90_000, 100_000, -300_000, -300_000))]
        self.assertEqual(stats.largest_steering_ppb(taken), 400_000)

    def test_freq_range(self):
        """Only while it is locked."""
        taken = samples((1, 0), freq_ppb=-50) + samples((2, 0), freq_ppb=70)
        taken += samples((3, 0), freq_ppb=9000, state="acquiring")
        self.assertEqual(stats.freq_range_ppb(taken), 120)

    def test_against(self):
        """An RTC that gains 1 us a second, and a clock that follows it 500 ns ahead."""
        taken = stats.against_rtc(samples((0, 500), (10, 10_500)), 1000)
        self.assertEqual([sample["err_ns"] for sample in taken], [500, 500])

    def test_steps(self):
        """Those after a moment."""
        self.assertEqual(stats.steps_after([700, 5, 600, 601], 600), 2)


class Summary(unittest.TestCase):
    """From what was played to the CSV and back."""

    def setUp(self):
        taken = samples((1, 2_000_000), (2, 500_000), (3, 50_000), (700, -1000), (800, 3000),
                        error_ns=5000, freq_ppb=1)
        self.played = play.Played(
            samples=taken, steps_s=[0.5, 900], quiet_s=1200, transfers=120, wire_bytes=480,
            tasks_ns=400_000_000, busy_ns=600_000_000, process_ns=10_000_000)
        self.row = rows.MATRIX[0]
        self.result = rs.summarize(self.row, self.played)

    def test_numbers(self):
        """Units, and which samples count for what."""
        self.assertEqual((self.result.p50_us, self.result.max_us, self.result.end_us), (1, 3, 3))
        self.assertEqual((self.result.to_1ms_s, self.result.to_100us_s), (2, 3))
        self.assertEqual((self.result.transfers_per_hour, self.result.bytes_per_hour), (360, 1440))
        self.assertEqual(self.result.process_ms_per_hour, 30)
        self.assertEqual((self.result.steps, self.result.own_steps, self.result.late_steps),
                         (2, 1, 1))
        self.assertEqual(self.result.covered_percent, 40)

    def test_kept(self):
        """What is written is read, and results of other rows stay."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "bench.csv"
            self.assertEqual(rs.read(path), {})
            rs.write(path, {self.row.name: self.result})
            self.assertEqual(rs.read(path), {self.row.name: self.result})

    def test_samples_kept(self):
        """The chart is drawn from what is written here."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "samples.csv"
            rs.write_samples(path, self.played.samples)
            self.assertEqual(rs.read_errors(path)[-1], (800, 3000))


class Goals(unittest.TestCase):
    """Bars are met or not by what was measured."""

    @staticmethod
    def word(results, number):
        """Whether a bar is met."""
        return goals.verdicts(results)[number].met

    def day(self, **more):
        """The row of each drift, one of them as told."""
        return by_name(*(result(drift_ppm=drift, **(more if drift == 20 else {}))
                         for drift in rows.DRIFTS_PPM))

    def test_main(self):
        """One drift decides."""
        self.assertTrue(self.word(self.day(), 0))
        for more in ({"p99_us": 51}, {"max_us": 101}, {"own_steps": 2}):
            self.assertFalse(self.word(self.day(**more), 0))

    def test_all_drifts(self):
        """A drift that is not measured leaves it open, and so does a short row."""
        self.assertIsNone(self.word(by_name(result()), 0))
        self.assertIsNone(self.word(self.day(hours=1), 0))

    def test_costs(self):
        """Against both others."""
        ours = result(transfers_per_hour=360)
        others = [result(method=method, interval_s=interval_s, transfers_per_hour=180_000)
                  for method, interval_s in (("hwclock", 10), ("uie", 0))]
        self.assertTrue(self.word(by_name(ours, *others), 5))
        self.assertFalse(self.word(by_name(result(transfers_per_hour=361), *others), 5))
        self.assertIsNone(self.word(by_name(ours, others[0]), 5))

    def test_one_of_both(self):
        """Against one of the others alone is not enough."""
        ours = result(transfers_per_hour=360)
        others = (result(method="hwclock", transfers_per_hour=180_000),
                  result(method="uie", interval_s=0, transfers_per_hour=179_999))
        self.assertFalse(self.word(by_name(ours, *others), 5))

    def test_idle(self):
        """What the board does anyway is not the others' cost."""
        ours = result(process_ms_per_hour=10)
        idle = [result(method=method, tasks_ms_per_hour=1000) for method in methods.IDLE]
        for cost_ms, met in ((1500, True), (1499, False)):
            others = [result(method="hwclock", tasks_ms_per_hour=cost_ms),
                      result(method="uie", interval_s=0, tasks_ms_per_hour=9000)]
            self.assertIs(self.word(by_name(ours, *others, *idle), 6), met)
        self.assertIsNone(self.word(by_name(ours, *others), 6))

    def test_bound(self):
        """Coverage, and not by telling too much."""
        self.assertTrue(self.word(by_name(result(bound_p50_us=250)), 8))
        self.assertFalse(self.word(by_name(result(bound_p50_us=251)), 8))
        self.assertFalse(self.word(by_name(result(), result(covered_percent=99.8)), 8))

    def test_frequency(self):
        """A wandering oscillator may move freq_ppb, not the clock beyond its limit."""
        self.assertTrue(self.word(by_name(result()), 9))
        self.assertFalse(self.word(by_name(result(freq_range_ppb=200)), 9))
        wander = result(oscillator="wander", freq_range_ppb=9000)
        self.assertTrue(self.word(by_name(result(), wander), 9))
        self.assertFalse(self.word(by_name(result(), result(steering_ppb=500_001)), 9))


class Page(unittest.TestCase):
    """Tables get between their marks."""

    def test_marks(self):
        """All else on the page stays."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "page.md"
            path.write_text("a\n<!-- rows: begin -->\nold\n<!-- rows: end -->\nb\n")
            report.write(path, {}, rows=lambda results: f"{len(results)} rows")
            self.assertEqual(path.read_text(),
                             "a\n<!-- rows: begin -->\n0 rows\n<!-- rows: end -->\nb\n")

    def test_lines(self):
        """A line for each row that has a result, none for an idle board."""
        found = {row.name: result(name=row.name, **dataclasses.asdict(row))
                 for row in rows.chosen(["slew/+100ppm/N10/steady", "nothing"])}
        self.assertEqual(len(report.main_table(found).splitlines()), 3)


class Matrix(unittest.TestCase):
    """The rows."""

    def test_names(self):
        """Names differ, and each method is known."""
        names = [row.name for row in rows.MATRIX]
        self.assertEqual(len(names), len(set(names)))
        for row in rows.MATRIX:
            self.assertIn(row.method, list(methods.METHODS))

    def test_choice(self):
        """By a pattern and by a part of the name."""
        self.assertEqual(len(rows.chosen(["busybox/*/N10/*"])), len(rows.DRIFTS_PPM) + 1)
        self.assertEqual(rows.chosen(["N600", "no such row"]),
                         [row for row in rows.MATRIX if row.interval_s == 600])

    def test_envelope(self):
        """The largest of each part, none below what the axis shows."""
        drawn = plot.envelope([(0.1, 9_000_000), (100, 5000), (100.1, -7000), (1000, 10)])
        self.assertEqual([error for _, error in drawn], [7, 1])


if __name__ == "__main__":
    unittest.main()
