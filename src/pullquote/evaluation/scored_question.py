"""A question as calibration sees it: its raw confidence, and what is right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """A question with its raw confidence.

    Attributes:
        raw_confidence: before calibration.
        answerable: whether the archive answers the question; None if unknown.
        right: whether the first three quotes answer it; None if unknown.
    """

    raw_confidence: float
    answerable: bool | None
    right: bool | None


def percent(share: float) -> str:
    """A share in percent, with three significant digits."""
    return f"{share * 100:.3g}%"
