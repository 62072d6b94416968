# SPDX-License-Identifier: GPL-2.0-only
"""docs/abi.md in the form of the kernel's Documentation/ABI/testing."""

import re
import textwrap

WIDTH = 72
PLACES = {
    'Module parameters': '/sys/module/rtc_sync/parameters/',
    'Attributes': '/sys/class/rtc/rtcN/sync/',
}


def plain(text):
    """Without Markdown."""
    text = re.sub(r'\[([^]]*)\]\([^)]*\)', r'\1', text)
    text = re.sub(r'`([^`]*)`', lambda m: m[1].replace('\\|', '|'), text)
    return re.sub(r'\*\*?([^*]+)\*\*?', r'\1', text)


def row(line):
    cells = [plain(cell.strip()) for cell in re.split(r'(?<!\\)\|', line)[1:-1]]
    return ': '.join(cell for cell in cells if cell)


def items(body):
    """Paragraphs, and rows of tables, as (text, indentation of the next lines)."""
    for paragraph in re.split(r'\n\n+', body.strip()):
        lines = paragraph.split('\n')
        if lines[0].startswith('|'):
            for line in lines[2:]:
                yield row(line), 2
        elif lines[0].startswith('- '):
            for item in re.split(r'^- ', paragraph, flags=re.M)[1:]:
                yield '- ' + plain(' '.join(item.split())), 2
        else:
            yield plain(' '.join(paragraph.split())), 0


def describe(body):
    blocks, last = [], None
    for text, hanging in items(body):
        block = textwrap.fill(text, WIDTH - 16, subsequent_indent=' ' * hanging,
                              break_long_words=False, break_on_hyphens=False)
        if hanging and last == hanging:
            blocks[-1] += '\n' + block
        else:
            blocks.append(block)
        last = hanging
    return textwrap.indent('\n\n'.join(blocks), '\t\t')


def entry(place, name, body, head):
    text = describe(body)
    return f'What:\t\t{place}{name}\n{head}Description:\n{text}\n'


def convert(text, date, kernel, contact):
    head = f'Date:\t\t{date}\nKernelVersion:\t{kernel}\nContact:\t{contact}\n'
    entries = []
    for section in re.split(r'^## ', text, flags=re.M)[1:]:
        title, _, rest = section.partition('\n')
        if title not in PLACES:
            continue
        for part in re.split(r'^### ', rest, flags=re.M)[1:]:
            names, _, body = part.partition('\n')
            for name in re.findall(r'`([\w/]+)`', names):
                entries.append(entry(PLACES[title], name, body, head))
    if len(entries) < 20:
        raise ValueError('docs/abi.md was not understood')
    return '\n'.join(entries)
