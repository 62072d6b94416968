# SPDX-License-Identifier: GPL-2.0-only
"""Scenario: the learned rate goes into the RTC's trim register and into its RAM."""

import twin

SYNC = "/sys/class/rtc/rtc0/sync"
HZ = 62_500_000
RTC_PPB = 5300
STEP_PPB = 100
RAM_BYTES = 236
MEMORY_BYTES = 24
OFFSET_PPB = 4000

# Linux's clock goes by the truth, and the user says that NTP keeps it
SCRIPT = f"""
load() {{ insmod /modules/rtc-sync.ko interval_s=10; insmod /modules/rtc-sync-i2c.ko; }}
rates() {{ cat {SYNC}/rtc_rate_ppb {SYNC}/rtc_rate_error_ppb {SYNC}/trim_ppb 2>/dev/null | xargs; }}
stats() {{ (cd {SYNC}/stats; cat trims trims_failed stores stores_failed contradictions | xargs); }}
insmod /modules/rtc-sync-simbus.ko chip=ds3232-sync counter_hz={HZ} ppb={RTC_PPB} trim=1 store_rates=1
load
sleep 25
echo yes >{SYNC}/ntp
sleep 1400
echo "@@LEARNED $(rates)"
sleep 7200
echo "@@TRIMMED $(rates)"
echo "@@STATS $(stats)"
echo "@@NVMEM $(wc -c </sys/bus/nvmem/devices/rtc-sync-ram0/nvmem)"
rmmod rtc-sync-i2c
rmmod rtc-sync
load
sleep 5
echo "@@AGAIN $(rates)"
echo {OFFSET_PPB} >/sys/class/rtc/rtc0/offset
sleep 1
echo "@@OFFSET $(rates)"
dmesg | grep 'rtc rtc0: .*memory has it' | sed 's/^/@@LOG /'
"""


def rates(lines, marker):
    """What the RTC gains, within how much, and what its register holds, ppb."""
    return tuple(int(word) for word in twin.value(lines, marker).split())


def trim_and_memory(report):
    """A drift of half a second a day becomes one of some milliseconds."""
    carry = twin.modules("rtc-sync", "rtc-sync-i2c", "rtc-sync-simbus")
    _, lines = twin.run("trim", SCRIPT, carry=carry, overlays=(), rtcs=(), limit_s=300)
    rate, error, trim = rates(lines, "@@LEARNED ")
    report.check("the rate is learned in 20 minutes",
                 abs(rate - RTC_PPB) <= error <= 500 and trim == 0, f"{rate} +- {error} ppb")
    learned = rates(lines, "@@TRIMMED ")
    rate, error, trim = learned
    report.check("then the RTC is trimmed to a step of its register",
                 abs(RTC_PPB + trim) <= STEP_PPB and abs(rate - RTC_PPB - trim) <= error,
                 f"trim {trim}, {rate} +- {error} ppb are left")
    trims, trims_failed, stores, stores_failed, contradictions = \
        twin.value(lines, "@@STATS ").split()
    report.check("by one write, and no reading contradicts",
                 (trims, trims_failed, contradictions) == ("1", "0", "0"))
    report.check("the RAM was written once, and is nobody else's",
                 (stores, stores_failed) == ("1", "0") and
                 twin.value(lines, "@@NVMEM ") == str(RAM_BYTES - MEMORY_BYTES))
    rate, error, trim = rates(lines, "@@AGAIN ")
    report.check("after a reload it is known at once, and no better than before",
                 (rate, trim) == (learned[0], learned[2]) and
                 learned[1] <= error <= learned[1] + 5 and twin.value(lines, "@@LOG "),
                 f"{rate} +- {error} ppb")
    before = rate - trim
    rate, _, trim = rates(lines, "@@OFFSET ")
    report.check("the RTC class's offset has the other sign, and is followed",
                 trim == -OFFSET_PPB and rate - trim == before, f"trim {trim}, rate {rate} ppb")


SCENARIOS = {
    "a trim and a memory": trim_and_memory,
}
