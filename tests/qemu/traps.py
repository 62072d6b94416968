# SPDX-License-Identifier: GPL-2.0-only
"""What the scenarios of the suite `traps` share: a clock, a chip, and what is said of them.

The chip is a simulated one, that goes by the truth. `tell WORD` in a script prints how
wrong the clock is, and all that the driver says; story() makes an object of it.
"""

import calendar
import dataclasses
import time

import parts
import samples
import tree
import twin

HZ = parts.HZ
NSEC = parts.NSEC
INTERVAL_S = 10
LIMIT_S = 600       # of the host's time, which nothing here is measured by
MS = 10**6

# For the guest's shell. $sync, $sim: folders; $base: what the chip showed at the counter's 0
TELL = f"""
sync=/sys/class/rtc/rtc0/sync sim={parts.SIM} base={{base}}
now_s() {{{{ echo $(($(sample cntvct) / {HZ})); }}}}
lines() {{{{ dmesg | grep -c 'rtc rtc[0-9]: '; }}}}
tell() {{{{
	echo "@@TELL $1 lines=$(lines) doubt=$(cat $sync/doubt) last=$(cat $sync/stats/last_step_ns)"
	sample 1 1 $base {HZ} $sync
}}}}
say() {{{{ dmesg | grep 'rtc rtc[0-9]: ' | sed "s/^[^]]*] /@@LOG $1 /"; }}}}
hush() {{{{ dmesg -c >/dev/null; }}}}
# Name, seconds at most until the state is one of the words; for took()
await() {{{{
	name=$1 from=$(sample cntvct) pause=0.1
	while passed=$((($(sample cntvct) - from) / {HZ})) && [ $passed -lt $2 ]; do
		case " $3 " in *" $(cat $sync/state) "*) break ;; esac
		[ $passed -lt 20 ] || pause=1
		sleep $pause
	done
	echo "@@TOOK $name $(($(sample cntvct) - from)) $(cat $sync/state)"
}}}}
"""


@dataclasses.dataclass
class Told:
    """The clock, and what is said of it, at one moment."""

    lines: int      # in the log, of the RTC, since the last hush
    doubt: str
    last_ns: int    # the last step
    sample: dict

    @property
    def err_ns(self):
        """System time - true time."""
        return self.sample["err_ns"]

    @property
    def state(self):
        """And why."""
        return self.sample["state"], self.doubt

    @property
    def steps(self):
        """So far."""
        return self.sample["steps"]


def story(lines):
    """What was told, by the word after `tell`."""
    told, open_line = {}, None
    for line in lines:
        if line.startswith("@@TELL "):
            open_line = line.split()
        sample = samples.parse(line)
        if sample and open_line:
            fields = dict(word.split("=") for word in open_line[2:])
            told[open_line[1]] = Told(int(fields["lines"]), fields["doubt"],
                                      int(fields["last"]), sample)
            open_line = None
    return told


def took(lines):
    """{name: (seconds, state)} of what was awaited."""
    words = [line.split() for line in lines if line.startswith("@@TOOK ")]
    return {word[1]: (int(word[2]) / HZ, word[3]) for word in words}


def said(lines, word):
    """The lines of the log that `say WORD` printed."""
    start = f"@@LOG {word} "
    return [line[len(start):] for line in lines if line.startswith(start)]


def epoch(text):
    """Seconds since 1970 of a time in UTC."""
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%S"))


def moved_ms(before, after):
    """By how much the clock was moved between two moments."""
    return (after.err_ns - before.err_ns) / MS


def run(name, script, kernel=twin.KERNEL, drift_ppm=20, **options):
    """Boot with the engine, ready to insert chips; `script` may contain {sample} and {base}."""
    insert = parts.INSERT if kernel == tree.OWN_KERNEL else parts.load()
    carry = twin.modules("rtc-sync-simbus", kernel=kernel) if kernel == tree.OWN_KERNEL \
        else twin.modules(*parts.MODULES)
    options.setdefault("carry", carry)
    options.setdefault("limit_s", LIMIT_S)
    return twin.run(f"traps-{name}", lambda run: TELL.format(base=run.base_epoch) + insert +
                    (script(run) if callable(script) else script), kernel=kernel,
                    overlays=options.pop("overlays", ()), rtcs=options.pop("rtcs", ()),
                    drift_ppm=drift_ppm, hwclock=True, **options)
