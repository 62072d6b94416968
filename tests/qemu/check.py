# SPDX-License-Identifier: GPL-2.0-only
"""Run scenarios on emulated boards and say what held."""

import concurrent.futures
import sys

import console

# Boards at a time: as many as the smallest machine has cores
BOARDS = 2


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


def _play(suite, scenario, function):
    report = Report(suite, scenario)
    try:
        function(report)
    except console.BootError as error:
        report.check("the board runs to its end", False, str(error).replace("\n", "\n#   "))
    print("\n".join(report.lines), flush=True)
    return report.failed


def run(suite, scenarios, boards=BOARDS):
    """Play a dict of scenarios, some at a time; exit with 1 if a check failed."""
    chosen = {name: scenarios[name] for name in sys.argv[1:]} or scenarios
    with concurrent.futures.ThreadPoolExecutor(boards) as pool:
        plays = [pool.submit(_play, suite, *item) for item in chosen.items()]
        failed = [play.result() for play in plays]
    sys.exit(any(failed))
