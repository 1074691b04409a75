"""Whether a quote can be understood by who reads nothing else."""

from __future__ import annotations

import re

_LEANING = re.compile(
    r"[\s“”\"‘’'(—–-]{0,20}(?:he|she|they|it|his|her|hers|their|theirs|its|him|them|this|that|these|those|such|both|but|and|so|yet|or|nor|"
    r"however|meanwhile|moreover|instead|still|also|then|there|the (?:former|latter|two|pair|couple))\b",
    re.IGNORECASE,
)
"""Words at whose head a sentence points to the one before it."""
_NOT_LEANING = re.compile(
    r"[\s“”\"‘’'(—–-]{0,20}(?:there (?:is|are|was|were|will|has|have)|it(?:’s| is| was) (?:not )?(?:a|an|the)\b|that’s)",
    re.IGNORECASE,
)


def refers_back(text: str, start: int) -> bool:
    """Whether what begins at `start` of a text points back to what stands before it ("He said …")."""
    return bool(_LEANING.match(text, start)) and not _NOT_LEANING.match(text, start)
