# SPDX-License-Identifier: GPL-2.0-only
"""Run the KUnit tests on UML and tell of each in a line: "ok NAME" or "not ok NAME".

usage: run.py [FILTER]

FILTER is KUnit's: "rtc-sync-codec", "*.leap_years". RTC_SYNC_SEED=n in the environment
tries other random input; the default is the same every time, and so is virtual time.

KTAP nests: a suite holds cases, a case may hold parameters. A suite or a case that
ends without all that it planned has failed, and so has a skipped one.
"""

import os
import re
import signal
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TIMEOUT_S = 420

RESULT = re.compile(r'^( *)(ok|not ok) (\d+)(?: -)? ?(.*)$')
PLAN = re.compile(r'^( *)1\.\.(\d+)$')
COMPLAINT = re.compile(r'BUG:|WARNING:|INFO: |Kernel panic|KASAN|Oops|Segfault|nobody cared|'
                       r'possible recursive|bad unlock|unreferenced object')
SUBTEST = re.compile(r'^ {4}# Subtest: (.*)$')
SUITE, CASE, PARAMETER = range(3)
NOTES_MAX = 40
LINE_MAX = 160


class Ktap:
    """What the kernel has said so far, line by line."""

    def __init__(self, tell):
        self.tell = tell
        self.plan = {}
        self.seen = {SUITE: 0, CASE: 0, PARAMETER: 0}
        self.suite_name = None
        self.pending = []
        self.notes = []
        self.complaints = []

    def line(self, line):
        plan = PLAN.match(line)
        result = RESULT.match(line)
        subtest = SUBTEST.match(line)
        if subtest:
            self.suite_name = subtest.group(1)
        elif plan:
            level = len(plan.group(1)) // 4
            self.plan[level] = int(plan.group(2))
            self.seen[level] = 0
        elif result:
            self.result(len(result.group(1)) // 4, result.group(2) == 'ok', result.group(4))
        elif COMPLAINT.search(line):
            self.complaints.append(line)
        elif self.is_note(line):
            self.notes.append(line.strip())

    def is_note(self, line):
        """A test's own lines are indented, but for the message of KUNIT_FAIL()."""
        if self.notes and 'FAILED at' in self.notes[-1]:
            return True
        return line.startswith('    ') and not line.strip().startswith(('KTAP', '# Subtest:'))

    def result(self, level, is_ok, name):
        self.seen[level] += 1
        if '# SKIP' in name:
            is_ok = False
        if level == PARAMETER:
            self.pending.append((is_ok, name, self.take_notes()))
        elif level == CASE:
            self.case(is_ok, name)
        else:
            self.suite(is_ok, name)

    def take_notes(self):
        notes, self.notes = self.notes, []
        return notes

    def complete(self, level):
        """Has all come that was planned? Only a suite must have planned."""
        planned = self.plan.pop(level, None)
        return planned == self.seen[level] or (planned is None and level == PARAMETER)

    # The suite's name comes last, so the checks wait for it.
    def case(self, is_ok, name):
        parameters = [p for p in self.pending if len(p) == 3]
        self.pending = [p for p in self.pending if len(p) != 3]
        for good, parameter, notes in parameters:
            self.pending.append((good, f'{name}: {parameter}', notes, None))
        is_ok = self.complete(PARAMETER) and is_ok
        if not parameters or (not is_ok and all(p[0] for p in parameters)):
            self.pending.append((is_ok, name, self.take_notes(), None))

    def suite(self, is_ok, name):
        name = name.split(' # SKIP')[0]
        self.suite_name = None
        checks, self.pending = self.pending, []
        for check in checks:
            self.tell(check[0], f'{name}: {check[1]}', check[2])
        is_complete = self.complete(CASE)
        if not is_complete or not checks:
            self.tell(False, f'{name}: it ended without its plan', self.take_notes())
        elif not is_ok and all(check[0] for check in checks):
            self.tell(False, f'{name}: its init or exit', self.take_notes())
        self.notes = []

    def end(self):
        if self.suite_name:
            self.plan[CASE] = None
            self.suite(False, self.suite_name)
        if not self.complete(SUITE):
            self.tell(False, 'all suites: the kernel ended early', self.take_notes())
        self.tell(not self.complaints, 'the kernel does not complain', self.complaints)


class Teller:
    """Counts, and prints what the suite of tests/run counts."""

    def __init__(self):
        self.failed = 0

    def __call__(self, is_ok, name, notes):
        print(f'{"ok" if is_ok else "not ok"} kunit: {name}')
        for note in notes[:NOTES_MAX]:
            print('#   ' + note.removeprefix('# ')[:LINE_MAX])
        if len(notes) > NOTES_MAX:
            print(f'#   and {len(notes) - NOTES_MAX} lines more')
        sys.stdout.flush()
        self.failed += not is_ok


def command(folder, filter_glob):
    words = [os.path.join(folder, 'linux'), 'mem=256M', 'con=null', 'con0=null,fd:1','time-travel=inf-cpu',
             'time-travel-start=1767225600000000000', 'kunit_shutdown=halt', 'panic=-1',
             'console=tty0', 'loglevel=7']
    if filter_glob:
        words.append('kunit.filter_glob=' + filter_glob)
    if os.environ.get('RTC_SYNC_SEED'):
        words.append('rtc_sync_kunit.seed=' + os.environ['RTC_SYNC_SEED'])
    return words


def run(folder, filter_glob, ktap):
    # Where it has its memory, as a file that must be executable
    scratch = os.path.join(folder, 'tmp')
    os.makedirs(scratch, exist_ok=True)
    with open(os.path.join(folder, 'log'), 'w', encoding='utf-8') as log, subprocess.Popen(
            command(folder, filter_glob), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            env=dict(os.environ, TMPDIR=scratch), encoding='utf-8', errors='replace') as linux:
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(linux.pid, signal.SIGKILL))
        signal.alarm(TIMEOUT_S)
        for line in linux.stdout:
            log.write(line)
            ktap.line(line.rstrip())
        signal.alarm(0)
    ktap.end()


def main():
    build = subprocess.run([os.path.join(TOP, 'tools/build-uml')], check=False,
                           stdout=subprocess.PIPE, encoding='utf-8')
    if build.returncode:
        print('not ok kunit: it does not build')
        return 1
    folder = build.stdout.strip()
    teller = Teller()
    run(folder, sys.argv[1] if len(sys.argv) > 1 else None, Ktap(teller))
    return 1 if teller.failed else 0


if __name__ == '__main__':
    sys.exit(main())
