"""Recognises sentences that refer back to the sentence before them."""

from __future__ import annotations

import re

_OPENING_MARKS = r"[\s“”\"‘’'(—–-]{0,20}"
_REFERS_BACK = re.compile(
    _OPENING_MARKS + r"(?:he|she|they|it|his|her|hers|their|theirs|its|him|them|this|that|these"
    r"|those|such|both|but|and|so|yet|or|nor|however|meanwhile|moreover|instead|still|also|then"
    r"|there|the (?:former|latter|two|pair|couple))\b",
    re.IGNORECASE,
)
"""First words with which a sentence refers to the one before it."""
_STANDS_ALONE = re.compile(
    _OPENING_MARKS + r"(?:there (?:is|are|was|were|will|has|have)"
    r"|it(?:’s| is| was) (?:not )?(?:a|an|the)\b|that’s)",
    re.IGNORECASE,
)
"""Exceptions: beginnings that match the pattern above but need no sentence before them."""


def refers_back(text: str, start: int) -> bool:
    """Whether the sentence at `start` of `text` refers to the one before it ("He said …")."""
    return bool(_REFERS_BACK.match(text, start)) and not _STANDS_ALONE.match(text, start)
