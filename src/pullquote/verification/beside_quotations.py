"""Whether what stands beside the quotations of a text is printed with them, too.

A sentence that is cut from an article with its "…, she said" is one text. A quotation with a
speaker whom somebody else has put beside it is judged by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.verification.changes import Change, ChangeKind
from pullquote.verification.matching import Match, is_altered
from pullquote.verification.quotations import Quotation, outside
from pullquote.verification.words import weights_of, words_of

_PRINTED_SHARE = 0.4
"""If this share of the words beside a quotation is printed as well, or with another word in its
place, they belong to the text."""


def belong_together(text: str, parts: Sequence[Quotation], found: Sequence[Match]) -> bool:
    """Whether a text with quotations is judged as one.

    Args:
        text: the text.
        parts: its quotations, at least one.
        found: the comparisons of the whole text with articles, best first.
    """
    if not is_altered(found):
        return False
    printed = found[0].candidate.source_text
    changes = [
        change
        for change in found[0].comparison.changes
        if change.kind is not ChangeKind.ORDER and not change.kind.keeps_meaning
    ]
    speakers = {word for part in parts for word in part.speaker.split()}
    if changes and all(_names_speaker(change, text, printed, speakers) for change in changes):
        return False
    lost = [change.given for change in changes if not _replaces(change, text, printed)]
    missing = total = 0.0
    for words in (words_of(text, span) for span in outside(text, parts)):
        for number, weight in enumerate(weights_of(words.spelt)):
            total += weight
            if any(span.overlaps(words.span(number, number + 1)) for span in lost):
                missing += weight
    return missing <= (1 - _PRINTED_SHARE) * total


def _names_speaker(change: Change, text: str, printed: str, speakers: set[str]) -> bool:
    """Whether a change only says who speaks: a name for "she", or a fuller name."""
    given = text[slice(*change.given)].split()
    is_name_there = any(word[:1].isupper() for word in printed[slice(*change.printed)].split())
    return bool(given) and speakers.issuperset(given) and not is_name_there


def _replaces(change: Change, text: str, printed: str) -> bool:
    """Whether a change has about as many words on both sides: another name for a name."""
    given, other = (
        len(side[slice(*span)].split())
        for side, span in ((text, change.given), (printed, change.printed))
    )
    return min(given, other) > 0 and abs(given - other) <= 1
