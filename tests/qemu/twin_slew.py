# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: built in, the clock is slewed: how exact, how smooth, and what adjtimex(2) says."""

import peers
import tree
import twin

SYNC = "/sys/class/rtc/rtc0/sync"
PPM = 100
SETTLED_S = 600
HOUR_S = 3600
PERIOD_MS = 3970
P99_US = 50
MAX_US = 100
FREQ_MAX_PPB = 500_000
FREQ_MOVES_PPB = 200

SCRIPT = f"""
echo slew >{SYNC}/mode && echo "@@SLEW $(cat {SYNC}/mode)"
echo auto >{SYNC}/mode
{{states}} & states=$!
{{samples}}
wait $states
echo "@@ATTRS $(cat {SYNC}/mode {SYNC}/ntp {SYNC}/step_threshold_ns | tr '\\n' ' ')"
echo "@@STATS $(cat {SYNC}/stats/steps {SYNC}/stats/slews_failed | tr '\\n' ' ')"
echo "@@LOG $(dmesg | grep -c 'rtc rtc0: ')"
echo step >{SYNC}/mode
echo "@@BAND $(cat {SYNC}/step_threshold_ns)"
"""


def _script(run):
    count = HOUR_S * 1000 // PERIOD_MS
    return SCRIPT.format(samples=run.sample(PERIOD_MS, count),
                         states=peers.ntpstate(run, 60_000, HOUR_S // 60).strip())


def check_clock(report, taken):
    """The clock itself, by the truth."""
    late = [sample for sample in taken
            if sample["true_ns"] > taken[0]["true_ns"] + SETTLED_S * 10**9]
    errors = sorted(abs(sample["err_ns"]) / 1e3 for sample in late)
    p99 = errors[len(errors) * 99 // 100]
    report.check(f"p99 of the true error <= {P99_US} us, all <= {MAX_US} us",
                 len(errors) > 700 and p99 <= P99_US and errors[-1] <= MAX_US,
                 f"p50 {errors[len(errors) // 2]:.1f}, p99 {p99:.1f}, max {errors[-1]:.1f} us "
                 f"in {len(errors)} samples")
    bad = twin.dishonest(taken)
    report.check("true error <= error_ns in every sample", not bad, f"{len(bad)} are not covered")
    steered = max(abs(sample["steering_ppb"]) for sample in taken)
    report.check("never slewed by more than 500 ppm", 0 < steered <= FREQ_MAX_PPB + 100,
                 f"at most {steered} ppb")
    freqs = [sample["freq_ppb"] for sample in late]
    report.check(f"freq_ppb moves by less than {FREQ_MOVES_PPB} ppb",
                 max(freqs) - min(freqs) < FREQ_MOVES_PPB, f"{max(freqs) - min(freqs)} ppb")


def check_adjtimex(report, states):
    """What the kernel tells of the clock."""
    report.check("STA_UNSYNC is never cleared",
                 len(states) > 50 and all(state["unsync"] for state in states))
    late = states[10:]
    bad = [state for state in late if abs(state["err_ns"]) > state["maxerror_us"] * 1000]
    most = max(state["maxerror_us"] for state in late)
    # The kernel lets it grow by 500 us/s between two syncs
    report.check("maxerror covers the true error, and is not the kernel's own 16 s",
                 not bad and most < 10_000, f"at most {most} us")


def slewed(report):
    """An hour at +100 ppm, every 10 s, with the default settings."""
    _, lines = twin.run("slewed", _script, kernel=tree.OWN_KERNEL, drift_ppm=PPM, peers=True,
                        limit_s=400)
    report.check("mode auto slews: threshold 128 ms, and nobody else keeps the clock",
                 twin.value(lines, "@@ATTRS ") == "auto no 128000000",
                 twin.value(lines, "@@ATTRS "))
    report.check("mode slew is accepted", twin.value(lines, "@@SLEW ") == "slew")
    check_clock(report, twin.parse(lines))
    check_adjtimex(report, peers.states(lines))
    report.check("one step, at the first sync; no slew failed",
                 twin.value(lines, "@@STATS ") == "1 0", twin.value(lines, "@@STATS "))
    report.check("the log is silent in steady state", int(twin.value(lines, "@@LOG ")) <= 5,
                 twin.value(lines, "@@LOG "))
    report.check("mode step has the dead band of 10 ms",
                 twin.value(lines, "@@BAND ") == "10000000", twin.value(lines, "@@BAND "))


SCENARIOS = {
    "slewed for an hour": slewed,
}
