# SPDX-License-Identifier: GPL-2.0-only
"""Run scenarios on emulated boards and say what held."""

import concurrent.futures
import os
import sys
import threading

import console

# Boards at a time: as many as the smallest machine has cores
BOARDS = 2

# A scenario that fails is played a second time: the machine below the emulators is shared,
# and what it does to them now and then is no fault of the driver's. It is told, a check that
# fails twice has failed, and a suite in which more than this fails is not given the benefit.
# STRICT=1: nothing is played twice.
SECOND_TRIES = 0 if os.environ.get("STRICT") else 2
_tries_left = threading.Semaphore(SECOND_TRIES)


class Report:
    """What one scenario found."""

    def __init__(self, suite, scenario):
        self.prefix = f"{suite}: {scenario}: "
        self.lines = []
        self.failed = False

    def check(self, name, held, measured=""):
        """One check; `measured` is printed whether it held or not."""
        self.failed |= not held
        self.lines.append(f"{'ok' if held else 'not ok'} {self.prefix}{name}")
        if measured:
            self.lines.append(f"#   {measured}")

    def note(self, text):
        """Something worth knowing that is no check."""
        self.lines.append(f"#   {self.prefix}{text}")


def _try(suite, scenario, function):
    report = Report(suite, scenario)
    try:
        function(report)
    except console.BootError as error:
        report.check("the board runs to its end", False, str(error).replace("\n", "\n#   "))
    return report


def _told_at_first(report):
    """What failed in a run that is not the last, with what was measured."""
    told = []
    for line, below in zip(report.lines, report.lines[1:] + [""]):
        if line.startswith("not ok"):
            told.append(f"# at first: {line}")
            told += [f"# at first: {below[1:].strip()}"] if below.startswith("#") else []
    return told


def _play(suite, scenario, function):
    report = _try(suite, scenario, function)
    at_first = []
    if report.failed and _tries_left.acquire(blocking=False):  # pylint: disable=consider-using-with
        at_first = _told_at_first(report)
        report = _try(suite, scenario, function)
    print("\n".join(at_first + report.lines), flush=True)
    return report.failed


def run(suite, scenarios, boards=BOARDS):
    """Play a dict of scenarios, some at a time; exit with 1 if a check failed."""
    chosen = {name: scenarios[name] for name in sys.argv[1:]} or scenarios
    with concurrent.futures.ThreadPoolExecutor(boards) as pool:
        plays = [pool.submit(_play, suite, *item) for item in chosen.items()]
        failed = [play.result() for play in plays]
    sys.exit(any(failed))
