# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: a kernel of our own with rtc-sync built in, as tools/build-kernel makes it."""

import tree
import twin

INTERVAL_S = 7
SYNC = "/sys/class/rtc/rtc0/sync"
HIST = "/sys/kernel/tracing/events/i2c/i2c_result"

SCRIPT = f"""
echo 'hist:keys=adapter_nr' >{HIST}/trigger
echo "@@MODULES $(grep -c . /proc/modules)"
echo "@@INTERVAL $(cat {SYNC}/interval_s)"
echo "@@THREAD $(ps | grep -c '[r]tc-sync/rtc0')"
sleep 30
echo "@@STATE $(cat {SYNC}/state)"
reads() {{ echo $(($(cat {SYNC}/stats/reads_short) + $(cat {SYNC}/stats/reads_full))); }}
hits() {{ awk '/Hits:/ {{ print $2 }}' {HIST}/hist; }}
reads_before=$(reads) hits_before=$(hits)
{{samples}}
echo "@@READS $(($(reads) - reads_before)) $(($(hits) - hits_before))"
insmod /modules/rtc-sync-simbus.ko chip=ds3231-sync
sleep 1
echo "@@SECOND $(cat /sys/class/rtc/rtc1/sync/state)"
rmmod rtc-sync-simbus
echo "@@LEFT $(ls -d /sys/class/rtc/rtc1 2>/dev/null) $(ps | grep -c '[r]tc-sync/')"
"""


def built_in(report):
    """Attached at boot, without a module and without a word to the RTC's driver."""
    _, lines = twin.run("built-in", lambda run: SCRIPT.replace("{samples}", run.sample(1000, 60)),
                        kernel=tree.OWN_KERNEL, drift_ppm=50,
                        append=f"rtc_sync.interval_s={INTERVAL_S}",
                        carry=twin.modules("rtc-sync-simbus", kernel=tree.OWN_KERNEL))
    report.check("no module, one thread", (twin.value(lines, "@@MODULES "),
                                           twin.value(lines, "@@THREAD ")) == ("0", "1"))
    report.check("rtc_sync.interval_s on the command line",
                 twin.value(lines, "@@INTERVAL ") == str(INTERVAL_S))
    report.check("locked within 30 s of the boot", twin.value(lines, "@@STATE ") == "locked",
                 twin.value(lines, "@@STATE "))
    taken = twin.parse(lines)
    bad = twin.dishonest(taken)
    worst_ns = max(abs(sample["err_ns"]) for sample in taken)
    report.check("true error <= error_ns in every sample, and within 100 us",
                 not bad and worst_ns <= 100_000 and len(taken) == 60,
                 f"{len(bad)} of {len(taken)} samples are not covered; at most "
                 f"{worst_ns / 1e3:.1f} us off")
    reads, hits = twin.value(lines, "@@READS ").split()
    # A full reading may take another transfer for the chip's flags
    report.check("the kernel's tracepoints count each transfer",
                 0 < int(reads) <= int(hits) <= 2 * int(reads),
                 f"{reads} readings, {hits} transfers in 60 s")
    report.check("a module of the tests: another RTC is kept, and let go",
                 (twin.value(lines, "@@SECOND "), twin.value(lines, "@@LEFT ")) ==
                 ("acquiring", "1"), twin.value(lines, "@@SECOND "))


SCENARIOS = {
    "built in": built_in,
}
