"""The values that a number in a text may stand for: of rounded numbers, bounds and ranges."""

from __future__ import annotations

import math
import re

from pullquote.english.written_numbers import WrittenNumber

_LEAST_TOLERANCE = 0.075
"""A rounded number is at most this share from the exact one."""
_ABOUT = 0.1
"""So far from the exact value is "about"."""


def scaled(first: WrittenNumber, last: WrittenNumber) -> float:
    """The first number of a range in the power of the last: "3 to 4 million"."""
    for power in (1e9, 1e6, 1e3):
        if last.value >= power and last.step >= power / 1e3 and first.value < power / 1e3:
            return first.value * power
    return first.value


def bounds(
    number: WrittenNumber,
    last: WrittenNumber | None,
    bound: re.Match[str] | None,
    *,
    has_unit: bool,
) -> tuple[float, float]:
    """The values that a number may stand for."""
    ends = (number.value, number.value)
    if last is not None:
        ends = (scaled(number, last), last.value)
    tolerances = [_tolerance(one, bound, has_unit=has_unit) for one in (number, last or number)]
    low, high = ends[0] - tolerances[0], ends[1] + tolerances[1]
    if bound and bound["least"]:
        return low, math.inf
    if bound and bound["most"]:
        return 0.0, high
    return low, high


def _tolerance(number: WrittenNumber, bound: re.Match[str] | None, *, has_unit: bool) -> float:
    """By how much the exact value may differ."""
    about = _ABOUT * number.value if bound and bound["about"] else 0.0
    rounded = number.step / 2 if has_unit or number.step != 1.0 else 0.0
    return max(about, min(rounded, max(_LEAST_TOLERANCE * number.value, 0.05)))
