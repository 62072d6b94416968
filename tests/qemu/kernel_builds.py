# SPDX-License-Identifier: GPL-2.0-only
"""What can be said of the modules for a kernel without booting it."""

import re
import subprocess

import modules
import tree

NAMES = ("rtc-sync", "rtc-sync-i2c")
DRIVERS = tree.TOP / "drivers/rtc"
WARNING = re.compile(r"warning|error", re.IGNORECASE)
PARAMETER = re.compile(r"^module_param\w*\((\w+),", re.MULTILINE)
COMPATIBLE = re.compile(r'\.compatible = "(rtc-sync,[\w-]+)"')
I2C_NAME = re.compile(r'^\t\{ "([\w-]+)",', re.MULTILINE)
RANGE = ("4.19", False), ("5.9", False), ("5.10", True), ("7.99", True), ("8.0", False)


def warnings(log):
    """The lines of a build's log that complain."""
    return [line for line in log.splitlines() if WARNING.search(line)]


def _sources(folder):
    return "\n".join(path.read_text() for path in sorted((DRIVERS / folder).glob("*.c")))


def _aliases():
    """Of each module: by device tree and by I2C name, as the sources have them."""
    def of(sources):
        # With and without more behind it, as modpost writes them
        return {f"of:N*T*C{name}{rest}" for name in COMPATIBLE.findall(sources)
                for rest in ("", "C*")}

    chips = (DRIVERS / "chip/match.c").read_text()
    return {"rtc-sync": of(_sources("sync")),
            "rtc-sync-i2c": of(chips) | {f"i2c:{name}" for name in I2C_NAME.findall(chips)}}


def _modinfo(path, *what):
    output = subprocess.run(["modinfo", *what, path], check=True, text=True,
                            stdout=subprocess.PIPE, env=modules.ENVIRONMENT).stdout
    return set(output.splitlines())


def _check_modinfo(report, folder, release):
    version = re.search(r"^VERSION := (.+)$", (tree.TOP / "Makefile").read_text(), re.MULTILINE)
    magic = {line.split()[0] for name in NAMES
             for line in _modinfo(folder / f"{name}.ko", "-F", "vermagic")}
    report.check("made for this kernel, of this version",
                 magic == {release} and _modinfo(folder / "rtc-sync.ko", "-F", "version") ==
                 {version.group(1)}, f"vermagic {' '.join(magic)}")
    aliases = _aliases()
    found = {name: _modinfo(folder / f"{name}.ko", "-F", "alias") for name in NAMES}
    report.check("loaded by each compatible and each I2C name, and by nothing else",
                 found == aliases and len(found["rtc-sync-i2c"]) >= 3,
                 f"{sum(map(len, found.values()))} aliases")
    wanted = set(PARAMETER.findall(_sources("sync")))
    told = {line.split(":")[0] for line in _modinfo(folder / "rtc-sync.ko", "--parameters")}
    report.check("each parameter is described", told == wanted and bool(wanted),
                 " ".join(sorted(told)))


def _check_symbols(report, version):
    said = subprocess.run([tree.TOP / "tests/static/symbols", version], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    report.check("it exports all that they need", said.returncode == 0 and not said.stdout,
                 said.stdout.strip())


def check_build(report, version):
    """Compile the modules for a kernel; return its release and the count of warnings."""
    kernel = tree.kernel(version)
    try:
        folder = tree.tool("build-modules", version)
    except subprocess.CalledProcessError:
        report.check("it compiles", False)
        return None, None
    release = (kernel / "release").read_text().strip()
    complaints = warnings((folder / "log").read_text())
    objects = len(list((folder / "src").rglob("*.o")))
    report.check("no warning, W=1", not complaints and objects > 80,
                 "\n#   ".join([f"Linux {release}: {len(complaints)} warnings, {objects} objects",
                                *complaints[:20]]))
    _check_modinfo(report, folder, release)
    # modpost has found them all for arm64; of a symbol's namespace it only warns
    if not version.endswith("-arm64"):
        _check_symbols(report, version)
    return release, len(complaints)


def check_graft(report, version):
    """Compile rtc-sync within a kernel's source tree."""
    log = tree.BUILD / f"log/graft-{version}.log"
    with open(log, "w", encoding="utf-8") as output:
        done = subprocess.run([tree.TOP / "tools/build-graft", version], check=False,
                              stdout=subprocess.PIPE, stderr=output, text=True)
    complaints = warnings(log.read_text())
    objects = done.stdout.split()
    report.check("no warning, W=1, in the tree of the kernel",
                 done.returncode == 0 and not complaints and len(objects) > 50,
                 "\n#   ".join([f"{len(complaints)} warnings, {len(objects)} objects",
                                *complaints[:20]]))


def _errors(version, folder):
    """How compat.h refuses a kernel of a version, of which nothing else is there."""
    major, minor = map(int, version.split("."))
    headers = folder / version / "linux"
    headers.mkdir(parents=True, exist_ok=True)
    for name in re.findall(r"<linux/(\w+\.h)>", (DRIVERS / "compat.h").read_text()):
        (headers / name).write_text("")
    (headers / "version.h").write_text(
        "#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))\n"
        f"#define LINUX_VERSION_CODE KERNEL_VERSION({major}, {minor}, 0)\n")
    said = subprocess.run(["gcc", "-E", "-nostdinc", "-I", headers.parent, DRIVERS / "compat.h"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    errors = [line for line in said.stderr.splitlines() if "error:" in line]
    return [line.partition("#error ")[2] for line in errors]


def check_branches(report, versions):
    """No branch of compat.h is compiled for none of the kernels."""
    tests = re.findall(r"LINUX_VERSION_CODE [<>]=? KERNEL_VERSION\((\d+), (\d+), 0\)",
                       (DRIVERS / "compat.h").read_text())
    limits = {tuple(map(int, test)) for test in tests}
    kernels = {tuple(map(int, version.split("."))) for version in versions}
    idle = [limit for limit in limits - {(5, 10), (8, 0)}
            if not min(kernels) < limit <= max(kernels)]
    report.check("all of compat.h is compiled for one or another", len(limits) > 2 and not idle,
                 " ".join("%d.%d" % limit for limit in sorted(idle or limits)))


def check_range(report):
    """What is not supported is refused, by one line that names what is."""
    for version, is_supported in RANGE:
        said = _errors(version, tree.BUILD / "tests/kernels")
        wanted = [] if is_supported else ['"rtc-sync supports Linux 5.10 to 7.x"']
        report.check(f"Linux {version} is {'taken' if is_supported else 'refused, and why'}",
                     said == wanted, " ".join(said))
