# SPDX-License-Identifier: GPL-2.0-only
"""Draw the error of all methods over time, in one chart."""

import math
import subprocess

import methods
import results as rs
import rows

DRIFT_PPM = 100
INTERVAL_S = 10
# The curves are envelopes: the largest error in each part of the time axis
PARTS_PER_DECADE = 25
FIRST_S = 0.5
# Below this the logarithm would show how finely the truth is known
LEAST_US = 1
METHODS = ("hctosys", "busybox", "hwclock", "uie", "step", "phc", "slew")

SETTINGS = f"""
set terminal svg noenhanced size 960,600 font "sans-serif,13" background "white"
set logscale xy
set xrange [{FIRST_S}:90000]
set yrange [{LEAST_US}:3e7]
set xtics ("1 s" 1, "10 s" 10, "1 min" 60, "10 min" 600, "1 h" 3600, "6 h" 21600, "24 h" 86400)
set ytics ("1 us" 1, "10 us" 10, "100 us" 100, "1 ms" 1e3, "10 ms" 1e4, "100 ms" 1e5, "1 s" 1e6, \\
	"10 s" 1e7)
set grid xtics ytics lc rgb "#dddddd"
set key below maxrows 2 Left reverse
set xlabel "true time since the method was started" offset 0,0.4
set ylabel "|system clock - true time|, the largest thereabouts"
"""
COLOURS = ("#999999", "#e69f00", "#d55e00", "#cc79a7", "#56b4e9", "#0072b2", "#009e73")


def row_of(method):
    """The row that stands for a method in the chart."""
    same = [row for row in rows.MATRIX
            if row.method == method and row.drift_ppm == DRIFT_PPM and
            row.oscillator == "steady" and row.interval_s in (0, INTERVAL_S)]
    return same[0] if same else None


def envelope(errors):
    """(seconds, largest error in us) for each part of the time axis that has samples."""
    largest = {}
    for t_s, err_ns in errors:
        if t_s >= FIRST_S:
            part = math.floor(math.log10(t_s) * PARTS_PER_DECADE)
            largest[part] = max(largest.get(part, LEAST_US), abs(err_ns) / 1000)
    return [(10 ** ((part + 0.5) / PARTS_PER_DECADE), error)
            for part, error in sorted(largest.items())]


def _script(curves):
    plots, data = [], []
    for number, (title, colour, points) in enumerate(curves):
        plots.append(f'$curve{number} with lines lw 2 lc rgb "{colour}" title "{title}"')
        lines = "\n".join(f"{t_s:.4g} {error_us:.4g}" for t_s, error_us in points)
        data.append(f"$curve{number} << END\n{lines}\nEND\n")
    return SETTINGS + "".join(data) + "plot " + ", \\\n\t".join(plots) + "\n"


def draw(target, samples_file):
    """Draw into an SVG file; samples_file(row) is where a row's samples are.

    Return the names of rows without samples; if there are any, nothing is drawn.
    """
    chosen = [(row_of(method), colour) for method, colour in zip(METHODS, COLOURS, strict=True)]
    chosen = [(row, colour) for row, colour in chosen if row]
    missing = [row.name for row, _ in chosen if not samples_file(row).exists()]
    if missing:
        return missing
    curves = [(methods.METHODS[row.method].title, colour,
               envelope(rs.read_errors(samples_file(row)))) for row, colour in chosen]
    svg = subprocess.run(["gnuplot"], input=_script(curves), check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    target.write_text(svg, encoding="utf-8")
    return []
