# SPDX-License-Identifier: GPL-2.0-only
"""What is computed from the samples of a row."""

import bisect
import math

# What comes before counts for "how soon", not for "how good"
START_S = 600
# Rates are taken over no less than this: a shorter one is mostly noise of reading clocks
RATE_S = 0.9


def percentile(values, percent):
    """The smallest of the values that so many percent do not exceed; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def errors_ns(samples):
    """How far off the clock was, without sign."""
    return [abs(sample["err_ns"]) for sample in samples]


def late(samples):
    """The samples after the start."""
    return [sample for sample in samples if sample["t_s"] > START_S]


def seconds_to(samples, limit_ns):
    """Seconds from the bind until the error was within a limit, for the rest of the start.

    None if it was not at the end of the start, or nobody looked.
    """
    start = [sample for sample in samples if 0 <= sample["t_s"] <= START_S]
    reached_s = None
    for sample in start:
        if abs(sample["err_ns"]) > limit_ns:
            reached_s = None
        elif reached_s is None:
            reached_s = sample["t_s"]
    return reached_s


def covered_percent(samples):
    """In how many samples the error was no more than error_ns; None if it was never told."""
    told = [sample for sample in samples if sample["error_ns"] is not None]
    if not told:
        return None
    return 100 * sum(abs(sample["err_ns"]) <= sample["error_ns"] for sample in told) / len(told)


def told_ns(samples):
    """Each error_ns that was told."""
    return [sample["error_ns"] for sample in samples if sample["error_ns"] is not None]


def peak_to_peak(values):
    """Largest less smallest; None without values."""
    return max(values) - min(values) if values else None


def freq_range_ppb(samples):
    """Peak to peak of what the method says of the oscillator, where it is locked."""
    return peak_to_peak([sample["freq_ppb"] for sample in samples
                         if sample["freq_ppb"] is not None and sample["state"] == "locked"])


def largest_steering_ppb(samples):
    """How fast or slow the clock was made to run: the largest, without sign.

    Measured, by CLOCK_MONOTONIC against CLOCK_MONOTONIC_RAW, which nobody steers.
    """
    rates_ppb = []
    for sample in samples[:1]:
        since_s, since_ns = sample["t_s"], sample["mono_raw_ns"]
    for sample in samples[1:]:
        took_s = sample["t_s"] - since_s
        if took_s >= RATE_S:
            rates_ppb.append(abs(round((sample["mono_raw_ns"] - since_ns) / took_s)))
            since_s, since_ns = sample["t_s"], sample["mono_raw_ns"]
    return max(rates_ppb, default=None)


def against_rtc(samples, rtc_ppb):
    """Samples with the error against an RTC that was right at the bind and gains so much since."""
    return [dict(sample, err_ns=sample["err_ns"] - round(rtc_ppb * sample["t_s"]))
            for sample in samples]


def steps_after(steps_s, moment_s):
    """How many of the steps came after a moment."""
    return len(steps_s) - bisect.bisect_right(sorted(steps_s), moment_s)


def per_hour(amount, seconds):
    """An amount in so many seconds as an amount an hour."""
    return amount * 3600 / seconds
