# SPDX-License-Identifier: GPL-2.0-only
"""A matrix on the twin: what goes wrong on the bus, how often, and in which state."""

import check
import fault_cells
import samples
import twin
from fault_cells import BEFORE, DRIFT_PPM, DURING, HZ, INTERVAL_S

RECOVER_S = 3 * INTERVAL_S
RECOVER_HIDDEN_S = 12 * INTERVAL_S
FOLLOWS_NS = 10_000_000
# The longest first: they end together
STATES = ("holdover", "acquiring", "locked")
# So many boards a state that two cores have as much to do
PARTS = {"1 and 10 %": (1, 10), "50 and 100 %": (50, 100)}
GOOD = {"acquiring": "locked", "locked": "locked", "holdover": "holdover"}
COUNTERS = ("struck", "transfers", "bus_errors", "invalid", "glitches", "contradictions",
            "reacquisitions", "steps")
# A trigger is read within 2 s, after the transfer that is under way and by one more
ANSWER_S = 2.1
# A stop waits for the transfer that is under way; all of an unbind, and a shell. How long the
# thread itself takes is the suite life's
STOP_S = 0.050
# Of what the tracker can tell, one in so many is enough: some bits say nothing new
TOLD = 20


class Total:
    """What all cells came to."""

    def __init__(self):
        self.cells = self.hidden = self.struck = self.transfers = 0
        self.samples = self.moves = self.wrong = self.changes = self.lines = 0
        self.ratio = self.good_s = self.answer_s = self.stop_s = 0.0

    def text(self):
        """The counts."""
        return (f"seed {fault_cells.SEED}: {self.cells} cells, in {self.hidden} of them nothing is "
                f"promised; {self.struck} of {self.transfers} transfers hit; {self.moves} moves of "
                f"the clock, {self.wrong} of {self.samples} samples wrong, worst ratio "
                f"{self.ratio:.2f}; good again after {self.good_s / INTERVAL_S:.1f} intervals at "
                f"most, trigger read after {self.answer_s:.2f} s, stopped after "
                f"{self.stop_s * 1e3:.1f} ms; {self.lines} lines for {self.changes} changes of "
                f"state")


def share(sample):
    """The larger part of its bound that the clock, or the estimate, is off; 0 without one."""
    if sample["error_ns"] is None:
        return 0.0
    margin = sample["error_ns"] - abs(sample["offset_ns"])
    return max(abs(sample["err_ns"]) / (sample["error_ns"] + 1),
               abs(-sample["err_ns"] - sample["offset_ns"]) / (margin + 1))


def strays(taken):
    """Samples without a bound in which the clock has moved by more than it drifts."""
    bad, last = [], None
    for sample in taken:
        if sample["error_ns"] is not None:
            last = sample
        elif last:
            drift_ns = (sample["true_ns"] - last["true_ns"]) * DRIFT_PPM * 1.1e-6
            if abs(sample["err_ns"]) > last["error_ns"] + drift_ns:
                bad.append(sample)
    return bad


def good_after_s(after, cell):
    """When all is as it should be, and stays so; seconds."""
    good = {GOOD[cell.state], "locked"} if cell.is_hidden else {GOOD[cell.state]}
    bad = [i for i, sample in enumerate(after)
           if sample["state"] not in good or sample["offset_ns"] is None or
           abs(sample["offset_ns"]) > FOLLOWS_NS]
    return (bad[-1] + 1) * fault_cells.PERIOD_MS / 1e3 if bad else 0.0


def seconds(lines, since, until):
    """Between two counts of the counter."""
    return (int(twin.value(lines, until)) - int(twin.value(lines, since))) / HZ


class Played:
    """One cell's part of the console."""

    def __init__(self, cell, text):
        self.cell = cell
        lines = text.splitlines()
        mended = lines.index("@@MENDED")
        self.during = samples.parse_all(lines[:mended])
        self.after = samples.parse_all(lines[mended:])
        counts = [[int(word) for word in line.split()[1:]] for line in lines
                  if line.startswith("@@COUNT ")]
        self.hit = dict(zip(COUNTERS, (b - a for a, b in zip(counts[0], counts[1]))))
        self.all = dict(zip(COUNTERS, (b - a for a, b in zip(counts[0], counts[2]))))
        self.logged, self.changes = map(int, twin.value(lines, "@@LINES ").split())
        self.answer_s = seconds(lines, "@@ASKED ", "@@ANSWERED ")
        self.stop_s = seconds(lines, "@@STOP ", "@@STOPPED ") if "@@STOP " in text else 0.0
        self.accepted = twin.value(lines, "@@ACCEPTED ")
        self.good_s = good_after_s(self.after, cell)
        watched = self.during if cell.fault.refuses else self.during + self.after
        self.wrong = [] if cell.is_hidden else twin.dishonest(watched) + strays(watched)
        self.watched = len(watched)
        self.ratio = max(map(share, watched))

    def is_whole(self):
        """Were all samples taken, and was something struck?"""
        return (len(self.during) == 1 + BEFORE + DURING and len(self.after) == self.cell.after and
                (self.hit["struck"] > 0 or len(self.cell.fault.rates) == 1))

    def told(self):
        """What the counters that know of it have counted."""
        if self.cell.fault.tells == "any":
            return sum(self.all[name] for name in COUNTERS[2:7])
        return self.all.get(self.cell.fault.tells, 0)

    def is_told(self):
        """Do the counters tell, and the state?"""
        fault = self.cell.fault
        if not fault.tells:
            return True
        if fault.tells == "bus_errors" and len(fault.rates) > 1:
            is_counted = abs(self.told() - self.hit["struck"]) <= 1
        else:
            is_counted = self.told() * TOLD >= self.hit["struck"] or self.hit["struck"] < TOLD
        states = {sample["state"] for sample in self.during[-DURING:]}
        return is_counted and (self.cell.percent < 100 or not fault.becomes or
                               bool(states & set(fault.becomes)))

    def recovers(self):
        """By itself within three intervals, or when a person says so."""
        if not self.cell.fault.refuses:
            return self.good_s <= (RECOVER_HIDDEN_S if self.cell.is_hidden else RECOVER_S)
        return self.after[-1]["state"] == "invalid" and self.accepted == "locked"

    def failures(self):
        """What does not hold."""
        takes_s = self.cell.fault.takes_s
        found = {
            "not played to its end": self.is_whole(),
            "the clock is not as it is said to be": not self.wrong,
            "neither counters nor state tell": self.is_told(),
            "it does not recover": self.recovers(),
            "slow to answer": self.answer_s <= ANSWER_S + 2 * takes_s,
            "slow to stop": self.stop_s <= STOP_S + takes_s,
            "too many lines in the log": self.logged <= 2 * self.changes,
        }
        return [name for name, holds in found.items() if not holds]

    def text(self):
        """What was measured."""
        states = []
        for sample in self.during + self.after:
            if sample["state"] not in states:
                states.append(sample["state"])
        hit = self.hit
        good = (f"refused, then {self.accepted}" if self.cell.fault.refuses else
                f"good after {self.good_s / INTERVAL_S:.1f} intervals")
        return (f"{hit['struck']} of {hit['transfers']} transfers hit, {self.told()} told; "
                f"{self.all['steps']} moves, {len(self.wrong)} of {self.watched} samples wrong, "
                f"ratio {self.ratio:.2f}; {good}; trigger {self.answer_s:.2f} s"
                f"{f', stop {self.stop_s * 1e3:.1f} ms' if self.stop_s else ''}; "
                f"{self.logged} lines, {self.changes} changes ({' '.join(states)})"
                f"{'; nothing is promised of the clock' if self.cell.is_hidden else ''}")


def add(total, played):
    """A cell to the sums, and to the worst."""
    total.cells += 1
    total.hidden += played.cell.is_hidden
    total.struck += played.hit["struck"]
    total.transfers += played.all["transfers"]
    total.changes += played.changes
    total.lines += played.logged
    total.answer_s = max(total.answer_s, played.answer_s)
    total.stop_s = max(total.stop_s, played.stop_s)
    if played.cell.is_hidden:
        return
    total.samples += played.watched
    total.moves += played.all["steps"]
    total.wrong += len(played.wrong)
    total.ratio = max(total.ratio, played.ratio)
    if not played.cell.fault.refuses:
        total.good_s = max(total.good_s, played.good_s)


def matrix(report, state, rates):
    """The cells of a state, some rates of them."""
    cells = fault_cells.cells(state, rates)
    carry = twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus")
    total = Total()
    _, lines = twin.run(f"faults-{state}-{rates[0]}",
                        lambda run: fault_cells.script(run, state, cells), overlays=(), rtcs=(),
                        carry=carry, drift_ppm=DRIFT_PPM, limit_s=600)
    for text in "\n".join(lines).split("@@CELL ")[1:]:
        number, rest = text.split("\n", 1)
        played = Played(cells[int(number)], rest)
        failures = played.failures()
        add(total, played)
        report.check(played.cell.name, not failures, "; ".join([*failures, played.text()]))
    report.check("all cells were played", total.cells == len(cells),
                 f"{total.cells} of {len(cells)}")
    report.note(total.text())


def scenario(state, rates):
    """What check.run() plays."""
    return lambda report: matrix(report, state, rates)


SCENARIOS = {f"{state}, {part}": scenario(state, rates)
             for state in STATES for part, rates in PARTS.items()}

if __name__ == "__main__":
    check.run("faults", SCENARIOS)
