# SPDX-License-Identifier: GPL-2.0-only
"""The matrix of faults: its cells, and what the board does in each of them."""

import dataclasses
import os

SYNC = "/sys/class/rtc/rtc0/sync"
SIM = "/sys/module/rtc_sync_simbus/parameters"
TRACE = "/sys/kernel/tracing"
HZ = 62_500_000
INTERVAL_S = 10
DRIFT_PPM = 50
RTC_PPB = {"holdover": 3000}
LEARN_S = 1500
AGAIN_S = 60
SEED = int(os.environ.get("RTC_SYNC_SEED", "1"))
RATES = (1, 10, 50, 100)

# Samples of a cell: until it is asked, until the fault's end, and after that
PERIOD_MS = 1210
BEFORE = 10
DURING = 27
AFTER = 29
# An RTC that has jumped in silence is found by eight readings in a row, one an interval
AFTER_HIDDEN = 100

# How long a transfer may take that times out, or is late, before its start and after its end
TIMEOUT_US = 1_000_000
LATE_US = 300_000


@dataclasses.dataclass(frozen=True)
class Fault:
    """Something that befalls transfers, or the chip."""

    name: str
    begin: str                  # for the shell; {percent}
    end: str
    rates: tuple = RATES        # (100,): it is there or not
    tells: str = ""             # the counter that knows of it, "any": one of the tracker's
    becomes: tuple = ()         # at 100 %: states that it leads to
    takes_s: float = 0.0        # longest transfer
    hidden: tuple = ()          # rates at which nothing is promised of the clock
    refuses: bool = False       # the RTC has lost time: a person must say so


def _strike(name, kind, **options):
    return Fault(name, f"echo '{kind} {{percent}}' >{SIM}/strike", f"echo 'none 0' >{SIM}/strike",
                 **options)


FAULT = ("fault",)
INVALID = ("invalid",)
FAULTS = (
    _strike("the controller fails", "error", tells="bus_errors", becomes=FAULT),
    _strike("no acknowledge", "nak", tells="bus_errors", becomes=FAULT),
    _strike("arbitration lost", "arbitration", tells="bus_errors", becomes=FAULT),
    _strike("a time-out of 1 s", "timeout", tells="bus_errors", becomes=FAULT,
            takes_s=TIMEOUT_US / 1e6),
    _strike("late by up to 0.3 s", "late", takes_s=2 * LATE_US / 1e6),
    _strike("a bit flipped", "flip", tells="any"),
    _strike("random bytes", "garble", tells="any", becomes=INVALID),
    _strike("the time a second ago", "ago", hidden=(10, 50, 100)),
    _strike("the time a second ahead", "ahead", hidden=(10, 50, 100)),
    _strike("the second it began in", "old", tells="any", becomes=INVALID, hidden=(50,)),
    _strike("the flag that says void", "void", tells="invalid", becomes=INVALID),
    Fault("the chip is gone", f"echo 1 >{SIM}/gone", f"echo 0 >{SIM}/gone", (100,),
          "bus_errors", FAULT),
    Fault("the oscillator has stopped", f"echo stopped >{SIM}/flag", f"echo -stopped >{SIM}/flag",
          (100,), "invalid", INVALID),
    Fault("the second stands still", f"echo 1 >{SIM}/stuck", f"echo 0 >{SIM}/stuck", (100,),
          "invalid", INVALID, refuses=True),
)


@dataclasses.dataclass(frozen=True)
class Cell:
    """A fault at a rate in a state."""

    fault: Fault
    percent: int
    state: str

    @property
    def name(self):
        """As it is printed."""
        rate = f", {self.percent} %" if len(self.fault.rates) > 1 else ""
        return f"{self.fault.name}{rate}"

    @property
    def after(self):
        """Samples after the fault's end."""
        return AFTER_HIDDEN if self.is_hidden else AFTER

    @property
    def is_hidden(self):
        """Is nothing promised of the clock?"""
        return self.percent in self.fault.hidden


def cells(state, rates=RATES):
    """The cells of a state: the rare faults first, each of which finds all calm; last what
    may leave the clock or the RTC wrong."""
    found = [Cell(fault, percent, state) for percent in rates for fault in FAULTS
             if percent in fault.rates]
    return sorted(found, key=lambda cell: (cell.fault.refuses, cell.is_hidden))


LOAD = f"""
sync={SYNC}
insmod /modules/rtc-sync-simbus.ko chip=ds3231-sync start_s={{base}} counter_hz={HZ} \
	ppb={{ppb}} timeout_us={TIMEOUT_US} late_us={LATE_US} seed={SEED}
insmod /modules/rtc-sync.ko interval_s={INTERVAL_S}
insmod /modules/rtc-sync-i2c.ko
echo 1 >{TRACE}/events/rtc_sync/rtc_sync_state/enable
ready() {{{{
	# So the clock is set at each sync
	echo 100000 >$sync/step_threshold_ns
}}}}
ready
sleep 60
# NTP keeps the clock until the RTC's rate is known, and is lost: then the state is holdover
lose_ntp() {{{{
	echo yes >$sync/ntp
	sleep 15
	adjust frequency {{cancel_ppb}}
	adjust shift $(({{now}}))
	sleep $1
	adjust frequency 0
	echo no >$sync/ntp
	sleep 15
}}}}
count() {{{{
	echo "@@COUNT $(cat {SIM}/struck {SIM}/transfers $sync/stats/bus_errors $sync/stats/invalid \
		$sync/stats/glitches $sync/stats/contradictions $sync/stats/reacquisitions \
		$sync/stats/steps | xargs)"
}}}}
# What is done meanwhile
nothing() {{{{ :; }}}}
again() {{{{
	for n in 1 2 3 4; do
		echo off >$sync/mode
		echo auto >$sync/mode
		sleep 11
	done
}}}}
hurry() {{{{
	n=0
	while [ $n -lt {{hurries}} ]; do
		echo 1 >$sync/trigger
		sleep 1
		n=$((n + 1))
	done
}}}}
reads() {{{{ cat $sync/stats/reads_short $sync/stats/reads_full | xargs | tr ' ' +; }}}}
answer() {{{{
	before=$(reads)
	echo "@@ASKED $(sample cntvct)"
	echo 1 >$sync/trigger
	n=0
	while [ $((before)) -eq $(($(reads))) ] && [ $n -lt 100 ]; do
		sleep 0.05
		n=$((n + 1))
	done
	echo "@@ANSWERED $(sample cntvct)"
}}}}
# Whatever has become of it, let the next cell begin with a clock that follows the RTC
mend() {{{{
	case $(cat $sync/state) in
	locked | holdover) [ $1 = no ] && return ;;
	esac
	echo 1 >$sync/trigger
	sleep 20
	{{hold}}
}}}}
# Enough good readings that one bad one is not expected any more
calm() {{{{
	echo 1 >$sync/interval_s
	sleep 60
	echo {INTERVAL_S} >$sync/interval_s
	sleep 11
}}}}
"""

CELL = """
echo "@@CELL {number}"
dmesg -c >/dev/null
echo >{trace}/trace
{one}
count
{begin}
{busy} & busy=$!
{before}
answer
{during}
wait $busy
count
{end}
echo "@@MENDED"
{after}
count
echo "@@LINES $(dmesg | grep -cE 'rtc|i2c') $(grep -c rtc_sync_state: {trace}/trace)"
dmesg | sed 's/^/@@LOG /'
{rest}
mend {hidden}
"""

# The thread is stopped while it goes wrong
STOP = """
{begin}
sleep 2.7
device=$(ls /sys/bus/i2c/drivers/rtc-sync-i2c | grep 0068)
echo "@@STOP $(sample cntvct)"
echo $device >/sys/bus/i2c/drivers/rtc-sync-i2c/unbind
echo "@@STOPPED $(sample cntvct)"
{end}
echo $device >/sys/bus/i2c/drivers/rtc-sync-i2c/bind
ready
sleep 15
"""

# An RTC that has lost time is refused until a person says that it is right
ACCEPT = """
echo 1 >$sync/trigger
sleep 30
echo "@@ACCEPTED $(cat $sync/state)"
"""


def _cell(run, number, cell):
    begin = cell.fault.begin.format(percent=cell.percent)
    rest = ""
    if cell.fault.refuses:
        rest = ACCEPT
    elif cell.state == "acquiring":
        rest = STOP.format(begin=begin, end=cell.fault.end)
    busy = "hurry" if cell.percent <= 50 else "nothing"
    if cell.state == "acquiring":
        busy = "again"
    return ("calm\n" if cell.percent == 1 else "") + CELL.format(
        number=number, trace=TRACE, begin=begin, end=cell.fault.end, busy=busy, rest=rest,
        hidden="yes" if cell.is_hidden else "no",
        one=run.sample(1, 1), before=run.sample(PERIOD_MS, BEFORE),
        during=run.sample(PERIOD_MS, DURING), after=run.sample(PERIOD_MS, cell.after))


def script(run, state, played):
    """All cells of a state, in one boot."""
    now = f"$({run.sample(1, 1)} | sed 's/.* err_ns=//; s/ .*//')"
    text = LOAD.format(base=run.base_epoch, ppb=RTC_PPB.get(state, 0), now=f"-({now})",
                       cancel_ppb=-run.true_drift_ppb,
                       hold=f"lose_ntp {AGAIN_S}" if state == "holdover" else "",
                       hurries=int((BEFORE + DURING) * PERIOD_MS / 1000) - 4)
    if state == "holdover":
        text += f"lose_ntp {LEARN_S}\n"
    return text + "".join(_cell(run, *numbered) for numbered in enumerate(played))
