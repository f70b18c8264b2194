# SPDX-License-Identifier: MIT
"""Numbers from repeated measurements."""
import math
import statistics


def spread(values):
    """Half the distance between the largest and the smallest value, as a share of the median; 0 for one
    value."""
    values = list(values)
    middle = statistics.median(values)
    return (max(values) - min(values)) / 2 / middle if middle else 0.0


def ratio(ours, reference, better):
    """The factor by which `ours` is better; `better` is "more" (rates) or "less" (seconds, memory)."""
    return ours / reference if better == "more" else reference / ours


def exponent(sizes, costs):
    """The slope of log(cost) over log(size) by least squares: 1 is linear growth, 2 quadratic."""
    if len(sizes) < 2:
        raise ValueError("a slope needs two points")
    x = [math.log(size) for size in sizes]
    y = [math.log(cost) for cost in costs]
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def steepest(sizes, costs):
    """The largest slope between neighbouring points, where fixed costs hide least."""
    return max(exponent(sizes[i:i + 2], costs[i:i + 2]) for i in range(len(sizes) - 1))


def rounded(value, digits=4):
    """`value` with so many digits that count, for JSON; None stays None."""
    return None if value is None else float(f"{value:.{digits}g}")


def steady(epochs):
    """Seconds of the fastest epoch after the first, in which memory is got and code is read."""
    return min(epochs[1:])
