"""Whose words they are: whether the archive gives the words at a place to the speaker named."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.verification.verdicts import Attribution, PrintedPlace


def attribution_of(_places: Sequence[PrintedPlace], speaker: str) -> Attribution | None:
    """Compare who is named with whom the archive quotes at the places found.

    The index does not keep who says what, so it is unknown.

    Args:
        _places: where the words are printed, the first printing first.
        speaker: who is said to have said them; empty if nobody is named.

    Returns:
        None if nobody is named.
    """
    return Attribution.UNKNOWN if speaker else None
