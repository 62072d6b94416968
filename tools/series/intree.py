# SPDX-License-Identifier: GPL-2.0-only
"""The sources as they would be in a kernel's tree.

Everything is under drivers/rtc/rtc-sync. What is there for other kernels than the one
at hand, and for building out of a tree, is taken out: compat.h, the version, docs/.
"""

import re
import subprocess

SIMPLE = re.compile(r'[A-Za-z_][\w>.-]*')
# What the kernel has no such file of
DOCS = {
    'listed in docs/chips.md': 'listed in the documentation of rtc-sync',
    'docs/design.md has\n * the whole picture, docs/abi.md the': 'Documentation/ABI has the',
    'docs/abi.md': 'Documentation/ABI',
}
NOW = '''/* SPDX-License-Identifier: GPL-2.0-only */
/* What time it is, by two clocks at once. */
#ifndef RTC_SYNC_NOW_H
#define RTC_SYNC_NOW_H

'''


def for_kernel(compat, code):
    """compat.h with the version tests decided for the kernel of that LINUX_VERSION_CODE."""
    text = re.sub(r'KERNEL_VERSION\((\d+), (\d+), (\d+)\)',
                  lambda m: str((int(m[1]) << 16) + (int(m[2]) << 8) + int(m[3])), compat)
    # unifdef leaves a condition of two lines as it is
    text = text.replace('|| \\\n\t', '|| ')
    result = subprocess.run(['unifdef', '-B', f'-DLINUX_VERSION_CODE={code}'], input=text,
                            text=True, stdout=subprocess.PIPE, check=False)
    if result.returncode > 1 or '_VERSION' in result.stdout:
        raise ValueError('compat.h: its version tests were not understood')
    return result.stdout


def macros(header):
    """{name: (parameters, body)} of the macros with parameters."""
    joined = header.replace('\\\n', ' ')
    found = re.findall(r'^#define (\w+)\(([\w, ]*)\)\s+(.*)$', joined, re.M)
    return {name: (params.split(', '), ' '.join(body.split())) for name, params, body in found}


def functions(header):
    """What is left of it but macros: the structure, and the functions that are called."""
    kept = re.findall(r'^/\*\*\n(?: \*.*\n)+struct rtc_sync_instant \{\n(?:.*\n)*?\};\n',
                      header, re.M)
    for name in 'rtc_sync_now', 'rtc_sync_stamp_system':
        kept += re.findall(r'^static inline [^\n]*\b' + name + r'\(.*\n\{\n(?:.*\n)*?\}\n',
                           header, re.M)
    if len(kept) != 3:
        raise ValueError('compat.h: rtc_sync_instant and its two functions were not found')
    includes = re.findall(r'^#include <linux/(?:rtc|ktime|timekeeping)\.h>\n', header, re.M)
    return NOW + ''.join(includes) + '\n' + '\n'.join(kept) + '\n#endif /* RTC_SYNC_NOW_H */\n'


def arguments(text, start):
    """Those of the call whose parenthesis is at start, and where it ends."""
    depth, begin, found = 0, start + 1, []
    for at in range(start, len(text)):
        depth += {'(': 1, ')': -1}.get(text[at], 0)
        if depth == 0 or (depth == 1 and text[at] == ','):
            found.append(text[begin:at].strip())
            begin = at + 1
        if depth == 0:
            return found, at + 1
    raise ValueError('a parenthesis is not closed')


def expand(params, body, values):
    """The body with the values put in; parentheses go with those that need none."""
    known = dict(zip(params, values))

    def value(match):
        found = known.get(match[0].strip('()'))
        if found is None:
            return match[0]
        return f'({found})' if match[0][0] == '(' and not SIMPLE.fullmatch(found) else found

    # Those of a call are not around a parameter, though it may look like that
    return re.sub(r'(?<!\w)\(\w+\)|\b\w+\b', value, body)


def inline(text, known):
    """Calls of the macros replaced by what they stand for. One that does nothing goes."""
    for name, (params, body) in known.items():
        found = re.search(r'\b' + name + r'\(', text)
        while found:
            values, end = arguments(text, found.end() - 1)
            new = expand(params, body, values)
            begin = found.start()
            if new.startswith('((void)'):
                begin = text.rfind('\n', 0, begin)
                end = text.index('\n', end)
                new = ''
            text = text[:begin] + new + text[end:]
            found = re.search(r'\b' + name + r'\(', text)
    return text


def source(text, known):
    """One .c or .h file."""
    text = inline(text, known)
    text = text.replace('#include "../compat.h"', '#include "../now.h"')
    text = text.replace('MODULE_VERSION(RTC_SYNC_VERSION);\n', '')
    for ours, theirs in DOCS.items():
        text = text.replace(ours, theirs)
    return text


def kbuild(text, present):
    """The Makefile, with those objects only whose sources are present (below rtc-sync/)."""
    text = re.sub(r'^ifneq \(\$\(KBUILD_EXTMOD\),\)\n.*?^endif\n\n', '', text, flags=re.M | re.S)
    text = re.sub(r'^#\n# Both modules\..*\n', '', text, flags=re.M)
    text = re.sub(r'^# In a kernel tree.*?\n\n', '', text, flags=re.M | re.S)
    text = text.replace('$(rtc-sync-src)/drivers/rtc/', '$(srctree)/$(src)/')
    text = text.replace('drivers/rtc/', '')
    paragraphs = []
    for paragraph in re.sub(r'\\\n\s*', '', text).split('\n\n'):
        lines = [objects(line, present) for line in paragraph.split('\n')]
        lines = [line for line in lines if line is not None]
        if any(not line.startswith('#') for line in lines if line):
            paragraphs.append('\n'.join(lines).strip('\n'))
    return '# SPDX-License-Identifier: GPL-2.0-only\n\n' + '\n\n'.join(paragraphs) + '\n'


def wrap(head, names):
    line, lines = head, []
    for name in names:
        if len(line) + 1 + len(name) > 78:
            lines.append(line + ' \\')
            line = '\t' + name
        else:
            line += ' ' + name
    return '\n'.join(lines + [line])


def objects(line, present):
    """A line of the Makefile as far as it has sources; None if it has none."""
    folder = re.search(r'\$\(addprefix ([\w/]+),\s*(.*?)\)\s*$', line)
    if folder:
        line = line[:folder.start()] + ' '.join(folder[1] + name for name in folder[2].split())
    head, sign, rest = re.match(r'(.*?)(\s*(?:\+=|:=)|$)(.*)', line).groups()
    if head.startswith('CFLAGS_'):
        return line if head[len('CFLAGS_'):-2] + '.c' in present else None
    if not sign or line.startswith('#'):
        return line
    if head.startswith('obj-'):
        module = rest.split()[0][:-2]
        part = {'rtc-sync': 'sync/', 'rtc-sync-i2c': 'chip/'}[module]
        return line if any(name.startswith(part) for name in present) else None
    names = [name for name in rest.split() if name[:-2] + '.c' in present]
    return wrap(head + sign, names) if names else None


def kconfig(text, names):
    """The options of those names."""
    head, *blocks = re.split(r'^(?=config )', text, flags=re.M)
    chosen = [block.rstrip('\n') + '\n' for block in blocks if block.split()[1] in names]
    if len(chosen) != len(names):
        raise ValueError(f'Kconfig has not all of {names}')
    text = head + '\n'.join(chosen)
    return text.replace('docs/chips.md lists the chips\n\t  and what it can do with each.',
                        'The binding of that name\n\t  lists the chips.')


def binding(text):
    """The vendor prefix is registered then."""
    return re.sub(r'\n  The vendor prefix "rtc-sync" belongs.*?\.yaml\.\n', '', text, flags=re.S)
