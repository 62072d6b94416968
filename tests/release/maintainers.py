#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""maintainers.py MAINTAINERS: what is wrong with it, for the files that git tracks here.

Each file is matched by an F: line, each F: line matches a file; entries, and the lines
of an entry, are in the order that the kernel's file has them in. Silent if all is well.
"""

import fnmatch
import re
import subprocess
import sys

ORDER = 'MRLSWQBCPTFXNK'


def matches(path, pattern):
    """As scripts/get_maintainer.pl: a slash at the end takes in all below, * no slash."""
    if pattern.endswith('/'):
        return path.startswith(pattern)
    return path.count('/') == pattern.count('/') and fnmatch.fnmatchcase(path, pattern)


def entries(text):
    """(title, [(letter, value)]) of each."""
    for block in text.split('\n\n'):
        title, *lines = block.strip('\n').split('\n')
        if lines and all(re.match(r'[A-Z]:\t\S', line) for line in lines):
            yield title, [(line[0], line[3:]) for line in lines]


def badly_ordered(found):
    titles = [title for title, _ in found]
    if titles != sorted(titles):
        yield 'its entries are not in alphabetical order'
    for title, lines in found:
        keys = [(ORDER.index(letter), value if letter == 'F' else '') for letter, value in lines]
        if keys != sorted(keys):
            yield f'{title}: its lines are not in order'
        if {'M', 'S', 'F'} - {letter for letter, _ in lines}:
            yield f'{title}: a line M:, S: or F: is missing'


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        found = list(entries(file.read()))
    patterns = [value for _, lines in found for letter, value in lines if letter == 'F']
    listed = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard'],
                            stdout=subprocess.PIPE, text=True, check=True)
    files = listed.stdout.splitlines()
    wrong = list(badly_ordered(found))
    wrong += [f'F: {pattern} matches nothing' for pattern in patterns
              if not any(matches(path, pattern) for path in files)]
    lost = [path for path in files if not any(matches(path, pattern) for pattern in patterns)]
    if lost:
        wrong.append(f'nobody looks after {lost[0]}, and {len(lost) - 1} more')
    if wrong or not patterns:
        sys.exit('\n'.join(wrong) or 'no entries')


main()
