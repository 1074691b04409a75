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

_VERB = (
    r"(?:\w+n[’']t|is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do"
    r"|did)"
)
_TELLS = rf"(?:{_VERB}|\w+ed|\w+s|came|cost|made|took|went)"
_OPENS_WITH_THING = re.compile(
    _OPENING_MARKS + rf"(?:that\s+)?(?:(?:it|they)\s+{_TELLS}"
    rf"|(?:this|that|these|those)\s+{_VERB}"
    r"|(?:the|such\s+a)\s+(?:move|plan|idea|decision|proposal|measure|scheme|step)"
    rf"\s+{_TELLS})\b",
    re.IGNORECASE,
)
"""The beginning of what somebody says of a thing that they do not name: “It is a tax on work”."""
_CONTRACTED = re.compile(
    _OPENING_MARKS + r"(?:it|that|they|this)[’'](?:s|re|ll|d|ve)\b", re.IGNORECASE
)


def refers_back(text: str, start: int) -> bool:
    """Whether the sentence at `start` of `text` refers to the one before it ("He said …")."""
    return bool(_REFERS_BACK.match(text, start)) and not _STANDS_ALONE.match(text, start)


def is_of_unnamed_thing(said: str) -> bool:
    """Whether what somebody says begins with a word for a thing that stands elsewhere.

    “It is a tax on work” is about the toll of the headline, or of the paragraph before.
    """
    return bool(_OPENS_WITH_THING.match(said) or _CONTRACTED.match(said))
