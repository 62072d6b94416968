# SPDX-License-Identifier: GPL-2.0-only
"""The command rtcsync on folders made to look like sysfs. What needs a kernel is on the twin."""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
SOURCE = TOP / "tools/rtcsync"
OUT = TOP / "build/tests/rtcsync"
NOBODY = 65534

FILES = {
    "state": "locked", "doubt": "none", "mode": "auto", "ntp": "unknown", "interval_s": "10",
    "offset_ns": "-12034", "error_ns": "812345", "freq_ppb": "100002", "rtc_rate_ppb": "3012",
    "rtc_rate_error_ppb": "61", "trim": "0", "trim_ppb": "-3000",
    "step_threshold_ns": "128000000", "max_step_s": "1000", "last_sync": "1767225611.000000001",
    "trigger": "",
    "stats/syncs": "120", "stats/slews": "119", "stats/steps": "1", "stats/steps_backward": "0",
    "stats/steps_failed": "0", "stats/slews_failed": "0", "stats/window_ns": "60123",
    "stats/reads_short": "340", "stats/reads_full": "12", "stats/bus_errors": "2",
    "stats/invalid": "0", "stats/glitches": "1", "stats/contradictions": "3",
    "stats/reacquisitions": "4",
}

# name{labels} value: what the textfile collector reads
SAMPLE = re.compile(r'(rtc_sync_[a-z_]+)\{(rtc="rtc\d+"(?:,state="[a-z]+")?)\} -?[0-9.e+-]+$')

failures = 0  # pylint: disable=invalid-name


def check(name, held, measured=""):
    """One check."""
    global failures  # pylint: disable=global-statement
    failures += not held
    print(f"{'ok' if held else 'not ok'} rtcsync: {name}")
    if measured:
        print("#   " + measured.replace("\n", "\n#   "))


def build(name, compiler, *flags):
    """The program, without a warning; its path."""
    target = OUT / name
    shutil.rmtree(target, ignore_errors=True)
    done = subprocess.run(["make", "-s", "-C", SOURCE, f"OUT={target}", f"CC={compiler}",
                           "CFLAGS=-O1 -g -Werror " + " ".join(flags), "all"],
                          capture_output=True, text=True, check=False)
    check(f"built by {compiler} {' '.join(flags)}".strip(), done.returncode == 0,
          done.stderr[-1000:])
    return target / "rtcsync"


class Sysfs:
    """A folder that looks like /sys, with some RTCs."""

    def __init__(self, *rtcs, **changes):
        self.root = pathlib.Path(tempfile.mkdtemp(dir=OUT))
        (self.root / "class/rtc").mkdir(parents=True)
        for rtc in rtcs:
            self.write(f"class/rtc/{rtc}/name", f"rtc-sync-i2c {rtc[3:]}-0068")
            for name, value in {**FILES, **changes}.items():
                if value is not None:
                    self.write(f"class/rtc/{rtc}/sync/{name}", value)
        for path in [self.root, *self.root.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)

    def write(self, name, value):
        """A file, with its newline."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value + "\n", encoding="ascii")

    def read(self, name):
        """What a file of rtc0 holds."""
        return (self.root / "class/rtc/rtc0/sync" / name).read_text(encoding="ascii")

    def link(self, name, target):
        """A file of rtc0 that behaves as another one does."""
        path = self.root / "class/rtc/rtc0/sync" / name
        path.unlink()
        path.symlink_to(target)


def run(program, sysfs, *words, **options):
    """Status, standard output and standard error."""
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False,
                          timeout=30, env={**os.environ, "RTCSYNC_SYSFS": str(sysfs.root)},
                          **options)
    return done.returncode, done.stdout, done.stderr


def refuses(program, sysfs, name, code, says, *words, **options):
    """It can't be done: one line that says so, nothing printed, and this status."""
    status, out, err = run(program, sysfs, *words, **options)
    check(f"{name}: one line, status {code}",
          status == code and not out and err.count("\n") == 1 and err.startswith("rtcsync: ") and
          says in err, f"{status}: {err.strip()}")


def shows(program):
    """status and --json."""
    sysfs = Sysfs("rtc0")
    status, out, err = run(program, sysfs)
    wanted = ("rtc0 (rtc-sync-i2c 0-0068)", "locked: the RTC's time is known",
              "12.034 us ahead of the RTC", "812.345 us at most", "auto, every 10 s",
              "100.002 ppm slower than the RTC", "gains 3.012 ppm, within 0.061", "-3.000 ppm",
              "120 syncs, 119 slews, 1 steps, 0 of them backward", "340 short, 12 of date",
              "2 bus errors, 0 refused, 1 not confirmed, 3 beside the window, 4 times")
    missing = [text for text in wanted if text not in out]
    check("status tells it all", not status and not err and not missing, str(missing) + "\n" + out)
    check("status is the default", run(program, sysfs, "status")[1] == out)
    said = json.loads(run(program, sysfs, "--json")[1])
    wanted = {name: value for name, value in FILES.items() if "/" not in name and value}
    check("--json has each value, numbers as numbers",
          len(said) == 1 and said[0]["offset_ns"] == -12034 and said[0]["stats"]["syncs"] == 120
          and all(str(said[0][name]) == value or name == "last_sync"
                  for name, value in wanted.items()), f"{len(said[0])} values")
    for state, doubt, todo in (("invalid", "chip", "battery"), ("invalid", "date", "--systohc"),
                               ("invalid", "stuck", "crystal"), ("invalid", "step", "trigger"),
                               ("fault", "none", "wiring")):
        out = run(program, Sysfs("rtc0", state=state, doubt=doubt))[1]
        todos = [line for line in out.splitlines() if line.startswith("What to do")]
        check(f"{state}, {doubt}: it says what to do", len(todos) == 1 and todo in todos[0])
    for changes, how in (({"mode": "monitor"}, "left alone"), ({"mode": "step"}, "stepped, as"),
                         ({"companion": "gone"}, "start rtcsync serve"),
                         ({"companion": "0"}, "by rtcsync serve"), ({}, "by the kernel itself")):
        out = run(program, Sysfs("rtc0", **changes))[1]
        check(f"{changes}: what is done to the clock",
              [how in line for line in out.splitlines() if line.startswith("Clock is")] == [True])
    sysfs = Sysfs("rtc0", offset_ns=None, error_ns=None, rtc_rate_error_ppb=None)
    said = json.loads(run(program, sysfs, "--json")[1])[0]
    check("what can't be read is null, or not known yet",
          said["offset_ns"] is None and "not known yet" in run(program, sysfs)[1])


def counts_rtcs(program):
    """Two of them, or none."""
    two = Sysfs("rtc10", "rtc2")
    out = run(program, two)[1]
    check("two RTCs: both are shown, by number", 0 <= out.find("rtc2 (") < out.find("rtc10 ("))
    check("two RTCs: one is chosen", "rtc2 (" not in run(program, two, "-r", "rtc10")[1])
    for words in (("trigger",), ("watch",), ("set", "mode", "off")):
        refuses(program, two, f"two RTCs: {words[0]}", 2, "choose one, as with -r rtc2", *words)
    none = Sysfs()
    for words in ((), ("watch",), ("trigger",), ("metrics",), ("set", "mode", "off")):
        refuses(program, none, f"no RTC: {' '.join(words) or 'status'}", 3, "modprobe", *words)
    refuses(program, none, "no module", 3, "not loaded")
    none.write("module/rtc_sync/parameters/mode", "auto")
    refuses(program, none, "a module, but no RTC", 3, "keeps no RTC")
    refuses(program, two, "another RTC", 3, "rtc2 is", "-r", "rtc7")


def sets(program):
    """set and trigger."""
    sysfs = Sysfs("rtc0")
    done = [run(program, sysfs, "set", *words) for words in
            (("mode", "step"), ("interval", "60"), ("max_step_s", "0"))]
    # The files of a real one hold what was written alone; here what was longer stays below it
    held = [sysfs.read(name).split()[0] for name in ("mode", "interval_s", "max_step_s")]
    check("set writes what was said", done == [(0, "", "")] * 3 and held == ["step", "60", "0000"],
          " ".join(held))
    refuses(program, sysfs, "set of what can't be set", 2, "mode, ntp", "set", "state", "locked")
    status, _, err = run(program, sysfs, "set", "rtc_rate", "-3012")
    check("set takes a number below 0", status == 0 and not err and
          sysfs.read("rtc_rate_ppb").split()[0] == "-3012", err)
    refuses(program, Sysfs("rtc0", trim=None), "set of what this RTC has not", 6, "has no trim",
            "set", "trim", "1")
    # A file that refuses numbers beyond its range, as sysfs does
    sysfs.link("interval_s", "/proc/self/oom_score_adj")
    refuses(program, sysfs, "a value that is refused", 6, "1 to 86400", "set", "interval", "99999")
    sysfs = Sysfs("rtc0")
    for words in (("set", "mode", "off"), ("trigger",)):
        refuses(program, sysfs, f"{words[0]} without permission", 4, "CAP_SYS_TIME", *words,
                user=NOBODY)
    refuses(program, sysfs, "trigger, and no sync", 7, "it is locked", "trigger")
    done = []
    one = threading.Thread(target=lambda: done.append(run(program, sysfs, "trigger")))
    one.start()
    time.sleep(0.5)
    sysfs.write("class/rtc/rtc0/sync/stats/syncs", "121")
    one.join()
    check("trigger waits for the sync, and says what came of it",
          done[0][0] == 0 and "-0.000012" in done[0][1], done[0][1].strip())
    for words in (("frob",), ("set", "mode"), ("status", "x"), ("watch", "-n", "0"),
                  ("watch", "-c", "x"), ("watch", "-c", "0.5"), ("watch", "-n", "1e9"), ("-x",),
                  ("--frob",), ("-r",), ("set", "mode", "off", "x"), ("serve", "--json"),
                  ("status", "-o", "x")):
        refuses(program, sysfs, " ".join(words), 2, "", *words)


def watches(program):
    """watch, and output that can't be written."""
    sysfs = Sysfs("rtc0")
    _, out, _ = run(program, sysfs, "watch", "-n", "0.01", "-c", "3")
    lines = out.splitlines()
    check("watch: a head and so many lines", len(lines) == 4 and lines[1].count("locked") == 1 and
          "-12.034 us" in lines[1] and "+812.345 us" in lines[1], out)
    _, out, _ = run(program, sysfs, "watch", "-n", "0.01", "-c", "3", "--json")
    check("watch --json: an object a line",
          [json.loads(line)["state"] for line in out.splitlines()] == ["locked"] * 3)
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([program, "status"], stdout=full, stderr=subprocess.PIPE, text=True,
                              env={**os.environ, "RTCSYNC_SYSFS": str(sysfs.root)}, check=False)
    check("output that can't be written: one line, status 1",
          done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr.strip())


def measures(program):
    """metrics."""
    sysfs = Sysfs("rtc0", "rtc1", state="holdover")
    status, out, _ = run(program, sysfs, "metrics")
    lines = out.splitlines()
    types = {line.split()[2]: line.split()[3] for line in lines if line.startswith("# TYPE")}
    samples = [line for line in lines if not line.startswith("#")]
    odd = [line for line in samples if not SAMPLE.match(line)]
    named = {SAMPLE.match(line).group(1) for line in samples if line not in odd}
    check("metrics: each line is a sample, of a type that is told first",
          not status and not odd and named == set(types) and
          len(samples) == len(set(line.split(" ")[0] for line in samples)),
          f"{len(samples)} samples of {len(types)} metrics {odd}")
    check("metrics: counters end in _total, and only they",
          all(name.endswith("_total") == (kind == "counter") for name, kind in types.items()) and
          "counter" in types.values() and "gauge" in types.values())
    check("metrics: base units, one state of each RTC",
          'rtc_sync_offset_seconds{rtc="rtc0"} -1.2034e-05' in lines and
          'rtc_sync_rtc_rate_ratio{rtc="rtc1"} 3.012e-06' in lines and
          'rtc_sync_state{rtc="rtc1",state="holdover"} 1' in lines and
          sum(line.startswith("rtc_sync_state") and line.endswith(" 1") for line in lines) == 2)
    folder = sysfs.root / "out"
    folder.mkdir()
    target = folder / "rtc.prom"
    check("metrics -o: the same, in a file", run(program, sysfs, "metrics", "-o", target)[0] == 0
          and target.read_text(encoding="ascii") == out and len(list(folder.iterdir())) == 1)

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    refuses(program, sysfs, "metrics -o, no room", 1, "can't be written", "metrics", "-o", target,
            preexec_fn=small)
    check("metrics -o, no room: the old file is there, and nothing else",
          target.read_text(encoding="ascii") == out and len(list(folder.iterdir())) == 1)
    refuses(program, sysfs, "metrics -o, no such folder", 1, "can't be written", "metrics", "-o",
            "/nowhere/x")


def ended(server):
    """What it said until its end; one that does not end is killed, and its status tells."""
    try:
        return server.communicate(timeout=10)[1]
    except subprocess.TimeoutExpired:
        server.kill()
        return server.communicate()[1]


def serves(program):
    """serve: what can be had without a kernel. The rest is on the twin."""
    sysfs = Sysfs("rtc0", companion="gone")
    lock = sysfs.root / "lock"
    words = [program, "serve", "-l", lock, "-s", sysfs.root]
    with subprocess.Popen(words, env={**os.environ, "RTCSYNC_SYSFS": str(sysfs.root)},
                          stderr=subprocess.PIPE, text=True) as server:
        for _ in range(100):
            if sysfs.read("companion").startswith("serve"):
                break
            time.sleep(0.1)
        check("serve: it says that it is here", sysfs.read("companion").startswith("serve"))
        refuses(program, sysfs, "serve, and another one does", 5, "serves already", "serve", "-l",
                lock)
        server.send_signal(signal.SIGTERM)
        said = ended(server)
    check("serve: SIGTERM: it takes leave, and ends with status 0",
          sysfs.read("companion").startswith("leave") and server.returncode == 0 and not said, said)
    kept = sysfs.root / "rtc-sync-i2c_0-0068.rate"
    check("serve: what was learned is kept", kept.exists() and
          kept.read_text(encoding="ascii") == "rtc_rate_ppb 3012\n" and
          not list(sysfs.root.glob("*.new")))
    ended_soon(program)
    restores(program)
    refuses(program, sysfs, "serve without permission", 4, "can't open", "serve", "-l", lock,
            user=NOBODY)


def ended_soon(program):
    """An engine that does not let go of it, and folders that nobody has made."""
    sysfs = Sysfs("rtc0", companion="0")
    lock, rates = sysfs.root / "run/lock", sysfs.root / "kept"
    with subprocess.Popen([program, "serve", "-l", lock, "-s", rates], stderr=subprocess.PIPE,
                          env={**os.environ, "RTCSYNC_SYSFS": str(sysfs.root)}, text=True) as server:
        for _ in range(100):
            if sysfs.read("companion").startswith("serve"):
                break
            time.sleep(0.1)
        sysfs.write("class/rtc/rtc0/sync/companion", "0")
        server.send_signal(signal.SIGTERM)
        said = ended(server)
    check("serve: it ends though the engine does not let go of it; folders are made",
          server.returncode == 0 and not said and lock.exists() and
          [path.name for path in rates.iterdir()] == ["rtc-sync-i2c_0-0068.rate"], said)


def restores(program):
    """What is kept counts only as a whole."""
    for kept, told in (("rtc_rate_ppb 3012\n", True), ("rtc_rate_ppb 30", False),
                       ("rtc_rate_ppb 900000\n", False), ("\0" * 40, False)):
        sysfs = Sysfs("rtc0", companion="gone", rtc_rate_ppb="0")
        # Reading it fails with ENODATA where nothing was learned
        attribute = sysfs.root / "class/rtc/rtc0/sync/rtc_rate_error_ppb"
        attribute.unlink()
        (sysfs.root / "rtc-sync-i2c_0-0068.rate").write_text(kept, encoding="ascii")
        with subprocess.Popen([program, "serve", "-l", sysfs.root / "lock", "-s", sysfs.root],
                              env={**os.environ, "RTCSYNC_SYSFS": str(sysfs.root)},
                              stderr=subprocess.PIPE, text=True) as server:
            for _ in range(100):
                if sysfs.read("companion").startswith("serve"):
                    break
                time.sleep(0.1)
            server.send_signal(signal.SIGTERM)
            said = ended(server)
        held = sysfs.read("rtc_rate_ppb").strip()
        check(f"serve: {kept[:20]!r} is {'told' if told else 'ignored, with one line'}",
              (held == "3012" and not said) if told else
              (held == "0" and said.count("\n") == 1 and "holds no rate" in said), f"{held} {said}")


def documents(program):
    """The man page, the completion, the version."""
    lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", SOURCE / "rtcsync.8"],
                          capture_output=True, text=True, check=False)
    check("mandoc finds nothing in the man page", not lint.returncode and not lint.stdout,
          lint.stdout)
    page = (SOURCE / "rtcsync.8").read_text(encoding="ascii")
    codes = re.findall(r"EXIT_[A-Z_]+\t(\d)", (SOURCE / "rtcsync.h").read_text(encoding="ascii"))
    check("the man page has each exit status and each command",
          set(re.findall(r"^\.It (\d)$", page, re.M)) == {"0", "1", *codes} and
          all(f".Cm {name}" in page for name in
              ("status", "watch", "trigger", "set", "metrics", "serve")), " ".join(codes))
    version = re.search(r"^VERSION := (.*)$", (TOP / "Makefile").read_text(encoding="utf-8"), re.M)
    check("--version", run(program, Sysfs(), "--version")[1] == f"rtcsync {version.group(1)}\n")
    sysfs = Sysfs("rtc3")
    for line, wanted in (("rtcsync ", "trigger"), ("rtcsync -r ", "rtc3"), ("rtcsync set m", "mode"),
                         ("rtcsync set mode st", "step"), ("rtcsync watch -", "--json")):
        words = line.split(" ")
        script = (f". {SOURCE}/completion; COMP_WORDS=({' '.join(repr(word) for word in words)}); "
                  f"COMP_CWORD={len(words) - 1}; _rtcsync; echo ${{COMPREPLY[@]}}")
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False,
                              env={**os.environ, "RTCSYNC_SYSFS": str(sysfs.root)})
        check(f"completion of {line!r}", wanted in done.stdout.split() and not done.stderr,
              done.stdout.strip() + done.stderr)


def main():
    """All of it, by the build that looks for mistakes."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    # Nobody has to get there, too
    OUT.chmod(0o755)
    build("native", "gcc", "-Wconversion", "-Wno-sign-conversion")
    build("arm", "arm-linux-gnueabihf-gcc")
    program = build("sanitized", "clang", "-fsanitize=address,undefined",
                    "-fno-sanitize-recover=all")
    for part in (shows, counts_rtcs, sets, watches, measures, serves, documents):
        part(program)
    sys.exit(failures > 0)


main()
