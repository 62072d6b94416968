# SPDX-License-Identifier: GPL-2.0-only
"""Scenarios: starting, waking, stopping, attaching to somebody else's driver."""

import re

import boards
import twin

SYNC = "/sys/class/rtc/rtc0/sync"

IDLE_UNLOADS = "0 1 2 3 4"

WAKE = f"""
insmod /modules/rtc-sync.ko interval_s=10
insmod /modules/rtc-sync-i2c.ko
sleep 900
echo "@@LOAD $(cat /proc/loadavg)"
echo "@@THREAD $(ps | grep -c '[r]tc-sync/rtc0')"
echo "@@STATE $(cat {SYNC}/state)"

echo 86400 >{SYNC}/interval_s
sleep 7200
syncs=$(cat {SYNC}/stats/syncs)
echo "@@LONG-from $(cat {SYNC}/stats/reads_short)"
sleep 600
echo "@@LONG-to $(cat {SYNC}/stats/reads_short)"
echo "@@TRIGGER-from $(sample cntvct)"
echo 1 >{SYNC}/trigger
n=0
while [ $(cat {SYNC}/stats/syncs) = $syncs ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
echo "@@TRIGGER-to $(sample cntvct)"

sleep 30
syncs=$(cat {SYNC}/stats/syncs)
echo "@@INTERVAL-from $(sample cntvct)"
echo 1 >{SYNC}/interval_s
n=0
while [ $(cat {SYNC}/stats/syncs) = $syncs ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
echo "@@INTERVAL-to $(sample cntvct)"

uevent sh -c 'env | grep -E "^(ACTION|DEVPATH|RTC_SYNC_STATE)="; echo' >/uevents &
sleep 1
echo off >{SYNC}/mode
sleep 1
reads=$(cat {SYNC}/stats/reads_short)
sleep 60
echo "@@OFF $(cat {SYNC}/state) $(($(cat {SYNC}/stats/reads_short) - reads)) more readings"
(pollstate {SYNC}/state 20 >/polled; echo "status $?" >>/polled) &
sleep 1
echo auto >{SYNC}/mode
sleep 20
echo "@@POLLED $(cat /polled | tr '\\n' ' ')"
echo "@@AUTO $(cat {SYNC}/state)"
kill %1
echo "@@UEVENTS $(grep RTC_SYNC_STATE /uevents | cut -d= -f2 | tr '\\n' ' ')"

echo 86400 >{SYNC}/interval_s
sleep 60
echo kthread_stop >/sys/kernel/tracing/set_ftrace_filter
echo function_graph >/sys/kernel/tracing/current_tracer
echo "@@RMMOD-from $(sample cntvct)"
rmmod rtc-sync-i2c
echo "@@RMMOD-to $(sample cntvct)"
echo "@@STOP $(grep kthread_stop /sys/kernel/tracing/trace)"
echo nop >/sys/kernel/tracing/current_tracer
echo "@@LEFT $(ps | grep -c '[r]tc-sync/')"
rmmod rtc-sync
# The same, with no RTC that it could be bound to, at other places of a tick
insmod /modules/rtc-sync.ko
echo 0 >/sys/bus/i2c/drivers_autoprobe
for n in {IDLE_UNLOADS}; do
	insmod /modules/rtc-sync-i2c.ko
	sleep 0.10$n
	echo "@@IDLE$n-from $(sample cntvct)"
	rmmod rtc-sync-i2c
	echo "@@IDLE$n-to $(sample cntvct)"
done
"""

BAD = f"""
try() {{
	dmesg -c >/dev/null
	if eval "$2"; then echo "@@BAD $1 was taken"; else
		echo "@@BAD $1 $(dmesg | grep -E "$3" | cut -d']' -f2 | sort -u | wc -l) line"; fi 2>/dev/null
}}
try interval_s=0 'insmod /modules/rtc-sync.ko interval_s=0' 'interval_s=0: not a number from 1 to 86400'
try interval_s=x 'insmod /modules/rtc-sync.ko interval_s=x' 'interval_s=x: not a number'
try mode=fast 'insmod /modules/rtc-sync.ko mode=fast' 'mode=fast: not off, monitor'
try mode=slew 'insmod /modules/rtc-sync.ko mode=slew' 'mode=slew: a module can only step'
try attach=clock0 'insmod /modules/rtc-sync.ko attach=clock0' 'attach=clock0: not one of rtc0'
try not_before=-1 'insmod /modules/rtc-sync.ko not_before=-1' 'not_before=-1: not a number'
insmod /modules/rtc-sync.ko
insmod /modules/rtc-sync-i2c.ko
before=$(cd {SYNC}; cat interval_s mode ntp step_threshold_ns max_step_s rtc_rate_ppb)
for pair in interval_s:0 interval_s:86401 interval_s:ten mode:fast mode:slew ntp:maybe \\
	step_threshold_ns:0 step_threshold_ns:2000000000 max_step_s:-1 \\
	rtc_rate_ppb:500001 rtc_rate_ppb:-500001 trigger:2; do
	try $pair "echo ${{pair#*:}} >{SYNC}/${{pair%%:*}}" "rtc rtc0: ${{pair%%:*}}: "
done
[ "$before" = "$(cd {SYNC}; cat interval_s mode ntp step_threshold_ns max_step_s rtc_rate_ppb)" ] &&
	echo "@@SAME"
rmmod rtc-sync-i2c
rmmod rtc-sync
"""

ATTACH = f"""
insmod /modules/rtc-sync.ko attach=rtc0
sleep 20
echo "@@STATE1 $(cat {SYNC}/state) $(ps | grep -c '[r]tc-sync/rtc0') thread"
echo 0-0068 >/sys/bus/i2c/drivers/rtc-ds1307/unbind
echo "@@STATE2 $(ls -d {SYNC} 2>/dev/null) $(ps | grep -c '[r]tc-sync/rtc0') thread"
sleep 1
echo 0-0068 >/sys/bus/i2c/drivers/rtc-ds1307/bind
sleep 20
echo "@@STATE3 $(cat {SYNC}/state) $(ps | grep -c '[r]tc-sync/rtc0') thread"
{{samples}}
rmmod rtc-sync
echo "@@STATE4 $(ls -d {SYNC} 2>/dev/null) $(ps | grep -c '[r]tc-sync/rtc0') thread"
insmod /modules/rtc-sync.ko attach=rtc9
sleep 5
echo "@@WAIT $(dmesg | grep -c 'waiting for rtc9') line $(ps | grep -c '[r]tc-sync/') thread"
rmmod rtc-sync
"""

NODE = """
&{/} {
	rtc-sync {
		compatible = "rtc-sync,attach";
		rtc = <&chip>;
		rtc-sync,interval-sec = <7>;
		rtc-sync,mode = "monitor";
	};
};
"""


def wake(report):
    """Load average, trigger, a changed setting, off, poll, uevents, rmmod."""
    board, lines = twin.run("wake", WAKE, limit_s=240)
    load = twin.value(lines, "@@LOAD ").split()
    report.check("adds nothing to the load average", load[:2] == ["0.00", "0.00"],
                 f"/proc/loadavg after 900 s: {' '.join(load)}")
    report.check("one thread, locked", (twin.value(lines, "@@THREAD "),
                                        twin.value(lines, "@@STATE ")) == ("1", "locked"))
    reads = int(twin.value(lines, "@@LONG-to")) - int(twin.value(lines, "@@LONG-from"))
    report.check("interval_s=86400: it sleeps", reads == 0, f"{reads} readings in 600 s")
    for marker, name in (("@@TRIGGER", "trigger"), ("@@INTERVAL", "a shorter interval")):
        took_ms = twin.ticks_ms(board, lines, marker)
        report.check(f"{name}: a fresh sync within 3 s", took_ms < 3000, f"after {took_ms:.0f} ms")
    report.check("mode off: not read", twin.value(lines, "@@OFF ") == "off 0 more readings")
    report.check("mode auto: locks again", twin.value(lines, "@@AUTO ") == "locked")
    report.check("poll() on state wakes", twin.value(lines, "@@POLLED ") == "acquiring status 0",
                 twin.value(lines, "@@POLLED "))
    events = twin.value(lines, "@@UEVENTS ").split()
    report.check("a uevent for each state", events == ["off", "acquiring", "locked"],
                 " ".join(events))
    # Unloading any module waits for RCU several times, which looks once a tick, so by chance
    # one unload takes longer than another: that is not the driver's
    stop_us = float(re.search(r"([\d.]+) us", twin.value(lines, "@@STOP ")).group(1))
    rmmod_ms = twin.ticks_ms(board, lines, "@@RMMOD")
    idle_ms = max(twin.ticks_ms(board, lines, f"@@IDLE{n}") for n in IDLE_UNLOADS.split())
    report.check("the thread stops within 10 ms at interval_s=86400", stop_us <= 10_000,
                 f"kthread_stop() took {stop_us:.0f} us")
    report.check("rmmod within 10 ms of one that has no RTC", rmmod_ms - idle_ms <= 10,
                 f"{rmmod_ms:.1f} ms; with no RTC bound {idle_ms:.1f} ms at most of five")
    report.check("no thread is left", twin.value(lines, "@@LEFT ") == "0")


def bad_input(report):
    """Refused with one line, and nothing changed."""
    _, lines = twin.run("bad-input", BAD)
    for line in lines:
        if line.startswith("@@BAD "):
            _, name, verdict = line.split(" ", 2)
            report.check(f"{name} is refused with a line", verdict == "1 line", verdict)
    report.check("nothing was changed", "@@SAME" in lines)


def attach(report):
    """rtc_sync.attach=rtc0 on mainline's driver, which comes and goes."""
    overlay = boards.rtc_overlay(boards.TWIN, "dallas,ds1338")
    _, lines = twin.run("attach", lambda run: ATTACH.replace("{samples}", run.sample(500, 60)),
                        overlays=(overlay,), carry=twin.modules("rtc-sync"), drift_ppm=20)
    report.check("locks", twin.value(lines, "@@STATE1 ") == "locked 1 thread")
    report.check("lets go when the RTC's driver is unbound",
                 twin.value(lines, "@@STATE2 ") == "0 thread", twin.value(lines, "@@STATE2 "))
    report.check("comes back with the RTC", twin.value(lines, "@@STATE3 ") == "locked 1 thread")
    report.check("rmmod", twin.value(lines, "@@STATE4 ") == "0 thread")
    report.check("waits for an RTC that is not there, without a thread",
                 twin.value(lines, "@@WAIT ") == "1 line 0 thread")
    taken = twin.parse(lines)
    bad = twin.dishonest(taken)
    report.check("true error <= error_ns in every sample", not bad and len(taken) > 50,
                 f"{len(bad)} of {len(taken)} samples are not covered; window "
                 f"{taken[-1]['window_ns'] / 1e3:.0f} us")


def attach_node(report):
    """The same by a device tree node."""
    overlay = boards.rtc_overlay(boards.TWIN, "dallas,ds1338") + NODE
    overlay = overlay.replace("rtc@68 {", "chip: rtc@68 {")
    _, lines = twin.run("attach-node", f"""
date -s @1800000000 >/dev/null
insmod /modules/rtc-sync.ko
sleep 20
echo "@@NODE $(cat {SYNC}/state {SYNC}/interval_s {SYNC}/mode {SYNC}/stats/steps | tr '\\n' ' ')"
rmmod rtc-sync
""", overlays=(overlay,), carry=twin.modules("rtc-sync"))
    report.check("a node with a phandle attaches, with its properties, and monitor never steps",
                 twin.value(lines, "@@NODE ") == "locked 7 monitor 0", twin.value(lines, "@@NODE "))


SCENARIOS = {
    "wake and stop": wake,
    "bad input": bad_input,
    "attach to mainline's driver": attach,
    "attach by device tree": attach_node,
}
