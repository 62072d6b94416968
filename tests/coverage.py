# SPDX-License-Identifier: GPL-2.0-only
"""Line coverage of each file, by the unit tests in user space and by KUnit together.

A line counts as covered if either has run it. Prints "ok NAME" or "not ok NAME" for
each file that has a bar, with the lines that nothing has run, and the rest without.
"""

import collections
import glob
import json
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UNIT = os.path.join(TOP, 'build/tests/unit-coverage')
UML = os.path.join(TOP, 'build/uml/out/drivers/rtc/rtc-sync')
OURS = re.compile(r'(drivers/rtc/(?:chip|sync)/[^/]+\.[ch])$')

CHIP_BAR = 95
PURE_BAR = 98


def gcov(counters):
    """What gcov says of some files of counters, an object a file."""
    done = subprocess.run(['gcov', '--json-format', '--stdout', *counters], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TOP,
                          encoding='utf-8')
    if done.returncode:
        sys.exit('not ok coverage: gcov\n' + done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


def add(lines, reports):
    for report in reports:
        for file in report['files']:
            ours = OURS.search(file['file'])
            for line in file['lines'] if ours else ():
                lines[ours.group(1)][line['line_number']] += line['count']


def run(what, command):
    """What a failing test covers counts too; the suites themselves are there to tell."""
    if subprocess.run(command, cwd=TOP, stdout=subprocess.DEVNULL, check=False).returncode:
        print(f'# coverage: {what} failed')


def measure():
    lines = collections.defaultdict(collections.Counter)
    is_whole = True
    for folder in UNIT, UML:
        for counters in glob.glob(folder + '/**/*.gcda', recursive=True):
            os.remove(counters)
    run('unit', ['make', '-s', '-C', 'tests/unit', 'coverage'])
    run('kunit', [sys.executable, 'tests/kunit/run.py'])
    for folder in UNIT, UML:
        counters = glob.glob(folder + '/**/*.gcda', recursive=True)
        if counters:
            add(lines, gcov(counters))
        else:
            print(f'not ok coverage: nothing was counted in {os.path.relpath(folder, TOP)}')
            is_whole = False
    return lines, is_whole


def is_pure(file):
    with open(os.path.join(TOP, file), encoding='utf-8') as text:
        return ' * PURE: ' in text.read(400)


def bar(file):
    if '/chip/' in file:
        return CHIP_BAR
    return PURE_BAR if is_pure(file) else None


def ranges(numbers):
    """1-3 7 9-10"""
    words = []
    for number in sorted(numbers):
        if words and number == words[-1][1] + 1:
            words[-1][1] = number
        else:
            words.append([number, number])
    return ' '.join(str(a) if a == b else f'{a}-{b}' for a, b in words)


def sources():
    """Files of which nothing is known have not been tested at all."""
    tracked = subprocess.run(['git', 'ls-files', 'drivers/rtc/chip/*.c', 'drivers/rtc/sync/*.c'],
                             cwd=TOP, check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout
    return tracked.split()


def has_code(file):
    """A table is data: no line of it runs."""
    with open(os.path.join(TOP, file), encoding='utf-8') as text:
        return re.search(r'^\{', text.read(), re.M) is not None


def judge(file, counts):
    """True unless it is below its bar."""
    missed = [number for number, count in counts.items() if not count]
    percent = 100 * (len(counts) - len(missed)) / len(counts) if counts else 0
    least = bar(file)
    what = f'{file} {percent:.1f} % of {len(counts)} lines'
    if least is None:
        print('# ' + what)
        return True
    is_ok = percent >= least
    print(f'{"ok" if is_ok else "not ok"} coverage: {what}, bar {least} %')
    if missed:
        print('#   not run: ' + ranges(missed))
    return is_ok


def main():
    lines, is_whole = measure()
    files = sorted(set(lines) | set(filter(has_code, sources())))
    # All are told of, also after the first that is bad
    verdicts = [judge(file, lines.get(file, {})) for file in files]
    return 0 if is_whole and all(verdicts) else 1


if __name__ == '__main__':
    sys.exit(main())
