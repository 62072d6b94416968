# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: who may write, what is refused, what is never shown, storms, lockdown."""

import os
import re
import subprocess

import parts
import tree
import twin

SYNC = parts.SYNC
PARAMETERS = "/sys/module/rtc_sync/parameters"
WRITABLE = ("mode", "ntp", "interval_s", "step_threshold_ns", "max_step_s", "rtc_rate_ppb",
            "trim", "trigger", "companion")
PARAMETERS_WRITABLE = ("interval_s", "mode", "not_before")

# What takes CAP_SYS_TIME; the PTP clock nobody sets, and it goes by who has opened it
NEED_TIME = {"RTC_SET_TIME": "EACCES", "RTC_PARAM_SET": "EACCES", "RTC_EPOCH_SET": "EACCES",
             "adjtimex": "EPERM", "clock_settime": "EPERM", "clock_settime(ptp)": "EOPNOTSUPP",
             "clock_adjtime(ptp)": "EOPNOTSUPP"}

WHO = f"""
insert rv3028
sleep 1
ls -d /sys/class/rtc/rtc0/device/*nvmem* /sys/bus/nvmem/devices/*/nvmem >/dev/null 2>&1
files=$(find {SYNC}/ {PARAMETERS}/ -type f)
for file in $files; do echo "@@MODE $(stat -c '%a %u %g' $file) $file"; done
for file in /dev/rtc0 /dev/ptp0 /sys/bus/nvmem/devices/rtc-sync-*/nvmem; do
	echo "@@NODE $(stat -c '%a %u %g' $file) $file"
done
settings() {{ cat {SYNC}/mode {SYNC}/interval_s {SYNC}/trim {SYNC}/rtc_rate_ppb | tr '\\n' ' '; }}
before=$(settings)
for space in '' -n; do
	echo "@@WHO nobody$space"
	intruder $space $files /dev/rtc0 /dev/ptp0 /sys/bus/nvmem/devices/rtc-sync-*/nvmem \\
		3</dev/rtc0 4<>/dev/ptp0
done
echo "@@WHO root-c"
intruder -c $(for name in WRITABLE; do echo {SYNC}/$name; done) 3</dev/rtc0 4<>/dev/ptp0
echo "@@WHO end"
[ "$before" = "$(settings)" ] && echo "@@SAME"
remove
""".replace("WRITABLE", " ".join(WRITABLE))

FEED = f"""
insert ds3232
sleep 30
all() {{ cat {SYNC}/mode {SYNC}/ntp {SYNC}/interval_s {SYNC}/step_threshold_ns {SYNC}/max_step_s \\
	{SYNC}/rtc_rate_ppb {SYNC}/trim {SYNC}/state {PARAMETERS}/* | tr '\\n' ' '; }}
before=$(all)
for name in {' '.join(WRITABLE)}; do feed "$name: " {SYNC}/$name; done
for name in {' '.join(PARAMETERS_WRITABLE)}; do feed "$name=" {PARAMETERS}/$name; done
sleep 5
echo "@@BEFORE $before"
echo "@@AFTER $(all)"
echo "@@OFFSET $(cat {SYNC}/offset_ns)"
remove
"""

# A chip with all that there is to read. The memory that it has is ours to fill
LEAKS = f"""
insmod /modules/rtc-sync-leak.ko
echo "@@PART control"
leaks /sys/module/rtc_sync_leak/parameters/*
echo "@@PART driver"
uevent sh -c 'env; echo' >/tmp/uevents &
echo 1 >/sys/kernel/tracing/events/rtc_sync/enable
insert ds3232 sqw_irq=1 store_rates=1 trim=1
head -c 212 /dev/zero >$(ls -d /sys/bus/nvmem/devices/rtc-sync-ram*/nvmem)
leaks -d
sleep 30
for n in 1 2; do
	echo 1 >{SYNC}/trigger
	sleep 3
	leaks $(find {SYNC}/ {PARAMETERS}/ /sys/class/rtc/rtc0/ -maxdepth 2 -type f) \\
		/sys/class/hwmon/*/temp1_input /sys/bus/nvmem/devices/rtc-sync-*/nvmem
	leaks -d
done
echo off >{SYNC}/mode
sleep 1
remove
# The pin is either the wave's or the alarm's
insert ds3232 alarm_irq=1
sleep 2
leaks -d
remove
kill %1
dmesg | grep -i -e rtc -e pps -e ptp | grep -v -e 'Command line' >/tmp/log
cat /sys/kernel/tracing/trace >/tmp/trace
for file in uevents log trace; do
	echo "@@TEXT $file $(grep -c -e RTC_SYNC_STATE -e 'rtc rtc' -e rtc_sync_ /tmp/$file)"
	leaks /tmp/$file
done
"""

# As root, and each as often as the kernel lets it
STORM = f"""
insert ds3231 {{option}}
sleep 20
echo "@@BEFORE $({{count}}) $(cat {parts.SIM}/transfers)"
echo 1 >{parts.SIM}/storms
sleep 10
echo "@@AFTER $({{count}}) $(cat {parts.SIM}/transfers)"
echo 0 >{parts.SIM}/storms
sleep 30
echo "@@STATE $(cat {SYNC}/state)"
remove
"""

LOCKDOWN = f"""
for module in rtc-sync rtc-sync-i2c; do
	echo "@@LOAD $(insmod /modules/$module.ko 2>&1)"
done
echo "@@LOG $(dmesg | grep -c 'unsigned module loading is restricted')"
echo "@@STATE $(cat {SYNC}/state 2>/dev/null)"
"""

MODE = re.compile(r"^### (Parameter )?`([a-z_/]+)`.*?\nMode 0(\d+)", re.MULTILINE)


def documented():
    """Modes by path, as docs/abi.md has them."""
    found = {}
    for parameter, name, mode in MODE.findall((tree.TOP / "docs/abi.md").read_text()):
        found[f"{PARAMETERS if parameter else SYNC}/{name}"] = mode
    return found


def _check_modes(report, lines):
    modes = {}
    for line in lines:
        if line.startswith("@@MODE "):
            mode, user, group, path = line.split()[1:]
            modes[path.replace("//", "/")] = (mode, user, group)
    wanted = documented()
    # Each counter in stats/ has its line, and one mode for all is said
    odd = [f"{path} {mode}" for path, mode in modes.items()
           if mode != (wanted.get(path, "444" if "/stats/" in path else None), "0", "0")]
    report.check("each file has the mode that docs/abi.md says, and is root's",
                 not odd and len(modes) >= 38,
                 "; ".join(odd) or f"{len(modes)} files, {len(wanted)} named")


def _check_intruder(report, who, lines, count):
    tried = [line.split()[1:] for line in lines if line.startswith("@@WRITE ")]
    taken = [" ".join(words) for words in tried if words[1] not in ("EACCES", "EPERM")]
    report.check(f"{who} can't write any", not taken and len(tried) >= count,
                 "; ".join(taken) or f"{len(tried)} files and devices")
    said = dict(line.split()[1:] for line in lines if line.startswith("@@TIME "))
    report.check(f"{who} can't set a clock, nor by root's descriptors", said == NEED_TIME,
                 str(said))


def who_may_write(report):
    """File modes, and an unprivileged process that tries."""
    _, lines = twin.run("security-who", parts.load("monitor") + WHO, limit_s=400, **parts.carry())
    _check_modes(report, lines)
    nodes = {line.split()[4]: line.split()[1] for line in lines if line.startswith("@@NODE ")}
    report.check("the devices, and the EEPROM, are root's alone to read",
                 len(nodes) == 4 and all(mode == "600" for path, mode in nodes.items()
                                         if "-ram" not in path), str(nodes))
    found = parts.sections(lines, "@@WHO ")
    _check_intruder(report, "nobody", found.get("nobody", []), 44)
    _check_intruder(report, "root of a user namespace", found.get("nobody-n", []), 44)
    _check_intruder(report, "root without CAP_SYS_TIME", found.get("root-c", []),
                    len(WRITABLE))
    report.check("root of a user namespace it was",
                 "@@NAMESPACE uid 0" in found.get("nobody-n", []))
    report.check("nothing was changed", "@@SAME" in lines)


def bad_input(report):
    """Each file with what is no value: refused with one line, nothing changed."""
    _, lines = twin.run("security-feed", parts.load() + FEED, limit_s=400, **parts.carry())
    for line in lines:
        if line.startswith("@@BAD "):
            report.note(line)
    fed = [line.split()[1:] for line in lines if line.startswith("@@FED ")]
    report.check("each input is refused, with EINVAL and one line in the log",
                 len(fed) == len(WRITABLE) + len(PARAMETERS_WRITABLE),
                 f"{sum(int(words[1]) for words in fed)} inputs to {len(fed)} files")
    before, after = (twin.value(lines, marker) for marker in ("@@BEFORE ", "@@AFTER "))
    report.check("nothing was changed, and it stays locked",
                 before == after and " locked " in before, f"before {before}; after {after}")
    # Steps of the dead band's size come as the oscillators ask for them
    offset_ns = int(twin.value(lines, "@@OFFSET "))
    report.check("nor was the clock moved away", abs(offset_ns) <= 2_100_000, f"{offset_ns} ns")


def poisoned_modules(*names):
    """Modules whose stack holds 0xfe where nobody has written."""
    out = tree.BUILD / "modules" / "poisoned"
    with tree.BUILDING:
        subprocess.run([tree.TOP / "tools/build-modules", twin.KERNEL,
                        "KCFLAGS=-ftrivial-auto-var-init=pattern"], check=True,
                       stdout=subprocess.DEVNULL, env=dict(os.environ, MODULES_OUT=str(out)))
    return tuple(out / f"{name}.ko" for name in names)


def leaks(report):
    """Nothing that nobody has written, and no address."""
    _, lines = twin.run("security-leaks", parts.load("monitor") + LEAKS, overlays=(), rtcs=(),
                        carry=poisoned_modules(*parts.MODULES, "rtc-sync-leak"),
                        append="init_on_alloc=0 slub_debug=P page_poison=1", limit_s=400)
    found = parts.sections(lines)
    control, driver = (found.get(name, []) for name in ("control", "driver"))
    seen = {line.split("/")[-1].split()[0] for line in control if line.startswith("@@SHOWS ")}
    report.check("the search finds what a module shows on purpose",
                 seen == {"stack", "heap", "number", "address"}, " ".join(sorted(seen)))
    leaked = [line for line in driver if line.startswith("@@SHOWS ")]
    looked = sum(int(line.split()[1]) for line in driver if line.startswith("@@LOOKED "))
    report.check("no byte that nobody has written, no address, in any file",
                 not leaked and looked >= 200, "; ".join(leaked) or f"{looked} readings")
    asked = {line.split()[1] for line in driver if line.startswith("@@IOCTL ")}
    report.check("nor in what the devices answer", len(asked) >= 12, " ".join(sorted(asked)))
    texts = [line.split()[1:] for line in driver if line.startswith("@@TEXT ")]
    report.check("nor in uevents, log and trace",
                 len(texts) == 3 and all(int(count) > 2 for _, count in texts), str(texts))


def storm(report, what, option, count, most):
    """A chip that never lets go of its pin: 10 interrupts a second, and then as before."""
    script = STORM.format(option=option, count=count)
    _, lines = twin.run(f"security-storm-{what}", parts.load("monitor") + script, limit_s=400,
                        **parts.carry())
    before, after = (list(map(int, twin.value(lines, marker).split()))
                     for marker in ("@@BEFORE ", "@@AFTER "))
    count = after[0] - before[0]
    report.check(f"at most {most} {what} in 10 s, and not none", 20 < count <= most,
                 f"{count}, and {after[1] - before[1]} transfers")
    report.check("as before when it is over", twin.value(lines, "@@STATE ") == "locked",
                 twin.value(lines, "@@STATE "))


def storms(report):
    """Both pins, one after the other."""
    storm(report, "alarms", "alarm_irq=1", f"cat {parts.SIM}/alarm_pulses", 120)
    storm(report, "edges", "sqw_irq=1", "cut -d'#' -f2 /sys/class/pps/pps0/assert", 120)


def lockdown(report):
    """Unsigned modules under lockdown; not a word else would be true of them."""
    _, lines = twin.run("security-lockdown", LOCKDOWN, append="lockdown=integrity",
                        limit_s=400)
    loads = [line for line in lines if line.startswith("@@LOAD ")]
    report.check("lockdown=integrity refuses modules that nobody has signed",
                 len(loads) == 2 and all("not permitted" in line for line in loads) and
                 int(twin.value(lines, "@@LOG ")) >= 1 and not twin.value(lines, "@@STATE "),
                 "; ".join(loads))


SCENARIOS = {
    "who may write": who_may_write,
    "bad input to each file": bad_input,
    "what is never shown": leaks,
    "pins that storm": storms,
    "lockdown": lockdown,
}
