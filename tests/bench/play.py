# SPDX-License-Identifier: GPL-2.0-only
"""Run one row of the benchmark on the twin and read what the board printed."""

import dataclasses
import pathlib

import boards
import boot
import methods
import runs
import samples
import stats
import tree
import twin

# Sampled ever less often; the last period meets all phases of an interval
DENSE_MS, DENSE_S = 47, 40
START_MS, START_S = 997, 600
# Above so many hours: milliseconds
PERIODS = ((3, 9871), (0.5, 4987), (0, 1987))
# At the end nobody samples: what is spent then is the method's
QUIET_S = 1200
# Of the host's time, about, for an idle hour: a small kernel has less to do than Debian's
HOST_S_PER_HOUR, OWN_HOST_S_PER_HOUR = 15, 6
# A method that keeps the board busy runs hardly faster than real time
BUSY_HOST_S, BUSY_QUIET_S = 300, 300
# A board that hangs is given up after so much, and so many times what it should take
PATIENCE_S, PATIENCE = 300, 4

# The oscillator that wanders is a module, and takes the place of the one that drifts
WANDER = "rtc-sync-wander"
SWING_PPB, DAY_S = 5000, 86400

GUEST = pathlib.Path(__file__).parent / "guest"
SCRIPT = """
. /bench.sh
count_i2c
{prepare}
date -s @86400 >/dev/null
sample steps &
echo "@@BIND $(sample cntvct)"
({dense}; {start_up}; {later}) &
sampler=$!
{start}
wait $sampler
spent before {processes}
sleep {quiet_s}
spent after {processes}
"""
SPENT = ("ticks", "transfers", "_", "reads", "_", "writes", "written", "replies", "read",
         "tasks_ns", "uptime_s", "idle_s", "process_ns")


@dataclasses.dataclass
class Played:
    """What a board printed during a row. Times are true, in seconds since the bind."""

    samples: list               # as of samples.parse(), with t_s
    steps_s: list               # when the clock was set
    quiet_s: float              # at the end, when nothing was sampled
    transfers: int              # on the I2C bus during that
    wire_bytes: int
    tasks_ns: int               # all processes and kernel threads
    busy_ns: int                # these, and interrupts
    process_ns: int             # the method's own thread or daemon


def _period_ms(row):
    return next(period_ms for hours, period_ms in PERIODS if row.hours > hours)


def _host_s_per_hour(row):
    method = methods.METHODS[row.method]
    syncs = 3600 / (row.interval_s or 1)
    is_own = method.options.get("kernel") == tree.OWN_KERNEL
    return (OWN_HOST_S_PER_HOUR if is_own else HOST_S_PER_HOUR) + method.host_s_per_sync * syncs


def quiet_s(row):
    """Length of the part that is not sampled: at least two intervals."""
    is_busy = _host_s_per_hour(row) > BUSY_HOST_S
    return max(BUSY_QUIET_S if is_busy else QUIET_S, 2 * row.interval_s)


def host_s(row):
    """About how long a row takes, in seconds of the host's time."""
    return 10 + (row.hours + quiet_s(row) / 3600) * _host_s_per_hour(row)


def _wander(row):
    if row.oscillator == "steady":
        return ""
    return (f"insmod /modules/{WANDER}.ko ppb={row.drift_ppm * 1000} swing_ppb={SWING_PPB} "
            f"period_s={DAY_S}\n")


def _script(run, row, method):
    later_ms = _period_ms(row)
    later_s = row.hours * 3600 - START_S
    return SCRIPT.format(
        prepare=_wander(row) + method.prepare.format(n=row.interval_s),
        start=method.start.format(n=row.interval_s),
        processes=method.processes, quiet_s=quiet_s(row),
        dense=run.sample(DENSE_MS, DENSE_S * 1000 // DENSE_MS),
        start_up=run.sample(START_MS, (START_S - DENSE_S) * 1000 // START_MS),
        later=run.sample(later_ms, round(later_s * 1000 / later_ms)))


def _make(row):
    method = methods.METHODS[row.method]
    is_steady = row.oscillator == "steady"
    options = dict(method.options)
    kernel = options.setdefault("kernel", twin.KERNEL)
    carry = method.carry if is_steady else (*method.carry, WANDER)
    run = runs.Run(board=boards.TWIN, script="", drift_ppm=row.drift_ppm if is_steady else 0,
                   carry=twin.modules(*carry, kernel=kernel) if carry else (),
                   overlays=method.overlays, append=method.append.format(n=row.interval_s),
                   limit_s=PATIENCE_S + PATIENCE * host_s(row),
                   log=tree.BUILD / "log" / f"bench-{row.name.replace('/', '-')}.log", **options)
    run.files = {"bench.sh": GUEST / "bench.sh", **run.files}
    run.script = _script(run, row, method)
    return run


def _spent(lines, moment):
    words = twin.value(lines, f"@@SPENT {moment}").split()
    return {name: float(word) for name, word in zip(SPENT, words, strict=True) if name != "_"}


def _read(run, method, lines):
    ticks_per_s = run.board.counter_hz
    bind = int(twin.value(lines, "@@BIND"))
    bind_ns = run.base_epoch * 10**9 + bind * 10**9 // ticks_per_s
    taken = samples.parse_all(lines)
    for sample in taken:
        sample["t_s"] = (sample["true_ns"] - bind_ns) / 1e9
    steps = [(int(line.split()[1]) - bind) / ticks_per_s for line in lines
             if line.startswith("@@STEP")]
    before, after = _spent(lines, "before"), _spent(lines, "after")
    used = {name: after[name] - before[name] for name in after}
    # Each message begins with the chip's address
    wire = used["reads"] + used["writes"] + used["written"] + used["read"]
    return Played(
        samples=stats.against_rtc(taken, method.rtc_ppb), steps_s=steps,
        quiet_s=used["ticks"] / ticks_per_s,
        transfers=round(used["transfers"]), wire_bytes=round(wire),
        tasks_ns=round(used["tasks_ns"]), process_ns=round(used["process_ns"]),
        busy_ns=round((used["uptime_s"] - used["idle_s"]) * 1e9))


def play(row, on_hour=lambda hours: None):
    """Run a row; on_hour(true hours since power on) is called with each sample."""
    run = _make(row)

    def on_line(line):
        sample = samples.parse(line)
        if sample:
            on_hour((sample["true_ns"] / 1e9 - run.base_epoch) / 3600)

    return _read(run, methods.METHODS[row.method], boot.boot(run, on_line))
