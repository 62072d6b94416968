# SPDX-License-Identifier: GPL-2.0-only
"""Time daemons in a guest: what to type to start them, and the truth for them to follow.

A run needs peers=True. The functions return lines for the guest's shell.
"""

CONFIG = "/tmp/chrony.conf"
CHRONY_LOG = "/tmp/chronyd.log"
PHC2SYS_LOG = "/tmp/phc2sys.log"
CHRONY_PID = "/run/chrony/chronyd.pid"
TRUTH_SOCKET = "/run/truth.sock"

# No network, and no file to remember a drift in
COMMON = ("port 0", "cmdport 0", "makestep 1 3")

# chronyd's line for each reference. The poll is the power of two next to 10 s
TRUTH = f"refclock SOCK {TRUTH_SOCKET} poll 3 refid TRUE"
PHC = "refclock PHC /dev/ptp0 poll 3 refid PHC0"
RTC = "refclock RTC /dev/rtc0:utc poll 3 refid RTC0"
# With this, chronyd clears STA_UNSYNC, and the kernel sets the RTC every 11 minutes
RTCSYNC = "rtcsync"

# Ask the PTP clock each second: that costs nothing on the RTC's bus
PHC2SYS = "phc2sys -s /dev/ptp0 -c CLOCK_REALTIME -O 0 -R 1 -m"

STOP_TRUTH = "kill $truth"
STOP_CHRONY = f"kill $(cat {CHRONY_PID})"
START_PHC2SYS = f"{PHC2SYS} >{PHC2SYS_LOG} 2>&1 & phc2sys=$!"
STOP_PHC2SYS = "kill $phc2sys"


def start_chrony(*directives):
    """Start chronyd with these lines in its configuration."""
    lines = "\n".join((*COMMON, *directives))
    return f"""
cat >{CONFIG} <<-END
{lines}
END
chronyd -f {CONFIG} -l {CHRONY_LOG} || echo "@@FAIL chronyd"
"""


def start_truth(run, error_ns=0):
    """Start to tell chronyd the truth, each second; it has to run by then."""
    return f"truth {TRUTH_SOCKET} {run.base_epoch} {run.board.counter_hz} {error_ns} & truth=$!\n"


def ntpstate(run, period_ms=1, count=1):
    """Print `count` lines for states()."""
    return f"ntpstate {period_ms} {count} {run.base_epoch} {run.board.counter_hz}\n"


def states(lines):
    """What ntpstate printed, as dicts."""
    found = []
    for line in lines:
        if line.startswith("@@N "):
            fields = dict(word.split("=", 1) for word in line.split()[1:])
            found.append({key: int(text) for key, text in fields.items()})
    return found
