"""Whether what stands beside the quotations of a text is printed with them, too.

A sentence that is cut from an article with its "…, she said" is one text. A quotation with a
speaker whom somebody else has put beside it is judged by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from pullquote.corpus.spans import Span
from pullquote.english.attribution.cue_verbs import CUE_VERBS
from pullquote.english.attribution.role_words import ROLES, TITLES
from pullquote.verification.changes import Change, ChangeKind
from pullquote.verification.matching import Match, is_altered
from pullquote.verification.quotations import Quotation, outside
from pullquote.verification.words import weights_of, words_of

_LONGEST_FRAME = 6
"""The most words of "Ann Low told reporters on Monday"; whoever leaves out more does not quote."""
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december yesterday today".split()
)
_FRAME_WORDS = (
    ROLES
    | TITLES
    | _DAYS
    | frozenset(CUE_VERBS)
    | frozenset(
        "on in at by to of the a an his her their this that also then later once yesterday today "
        "last week month year morning "
        "afternoon evening night interview statement speech press conference reporters "
        "journalists he she they who and has had "
        "sagte sagt erklärte dit dijo dice disse a-t-il".split()
    )
)
"""Words that say who said something, to whom and when."""
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
    every = [change for change in found[0].comparison.changes if not change.kind.keeps_meaning]
    beside = [change for change in every if not _is_inside(change, parts)]
    if _is_own_frame(text, printed, parts, beside):
        return False
    changes = [change for change in every if change.kind is not ChangeKind.ORDER]
    speakers = {word for part in parts for word in part.speaker.split()}
    if changes and all(_names_speaker(change, text, printed, speakers) for change in changes):
        return False
    if changes == beside and _names_one_of_speakers(beside, text, found[0], speakers):
        return False
    lost = [change.given for change in changes if not _replaces(change, text, printed)]
    missing = total = 0.0
    for words in (words_of(text, span) for span in outside(text, parts)):
        for number, weight in enumerate(weights_of(words.spelt)):
            total += weight
            if any(span.overlaps(words.span(number, number + 1)) for span in lost):
                missing += weight
    return missing <= (1 - _PRINTED_SHARE) * total


def _is_inside(change: Change, parts: Sequence[Quotation]) -> bool:
    """Whether a change is one of a quotation's words, and not of what stands beside them."""
    start, end = change.given
    return any(
        part.span.start <= start and end <= part.span.end and start < part.span.end
        for part in parts
    )


def _is_own_frame(
    text: str, printed: str, parts: Sequence[Quotation], beside: Sequence[Change]
) -> bool:
    """Whether somebody says in words of their own who said the quotations, and when.

    They add a speaker, a day or a title, put the speaker first, leave out what the article has
    between the speaker and the quotation, or differ in more than one place. Another word in the
    place of one, and a few words more or less, are an alteration of the article's own sentence.
    """
    names = {word.lower() for part in parts for word in part.speaker.split()}
    unequal = [change for change in beside if not _replaces(change, text, printed)]
    whole = {change.printed for change in beside if change.kind is ChangeKind.ORDER}
    if len({change.printed for change in unequal} - whole) > 1:
        return True
    return any(
        _is_frame(change, text, printed, names, is_whole=change.printed in whole)
        for change in beside
    )


def _is_frame(
    change: Change, text: str, printed: str, names: AbstractSet[str], *, is_whole: bool
) -> bool:
    """Whether a change beside the quotations is somebody's way to say who said them, and when.

    Those who leave out or move whole sentences (`is_whole`) quote the article.
    """
    given = words_of(text, Span(*change.given)).spelt
    other = words_of(printed, Span(*change.printed)).spelt
    if change.kind is ChangeKind.ORDER:
        return 0 < len(given) <= _LONGEST_FRAME and not names.isdisjoint(given)
    if len(other) > len(given) + _LONGEST_FRAME:
        return not is_whole
    if not given or not all(word in _FRAME_WORDS or word in names for word in given):
        return False
    if not other:
        return True
    is_dated = not _DAYS.isdisjoint(given) and _DAYS.isdisjoint(other)
    is_told = len(given) > 1 and _FRAME_WORDS.issuperset(given)
    return is_dated or (is_told and not _FRAME_WORDS.issuperset(other))


def _names_speaker(change: Change, text: str, printed: str, speakers: set[str]) -> bool:
    """Whether a change only says who speaks: a name for "she", or a fuller name."""
    given = text[slice(*change.given)].split()
    is_name_there = any(word[:1].isupper() for word in printed[slice(*change.printed)].split())
    return bool(given) and speakers.issuperset(given) and not is_name_there


def _names_one_of_speakers(
    changes: Sequence[Change], text: str, best: Match, speakers: AbstractSet[str]
) -> bool:
    """Whether changes only name one of those who are named beside the quotation, too.

    The article may have “…”, Low and Berg said, and the text “…”, said Karin Berg.
    """
    printed = best.candidate.source_text
    there = set(words_of(printed, best.comparison.printed).spelt)
    names = {word.lower() for word in speakers}
    given = [set(words_of(text, Span(*change.given)).spelt) for change in changes]
    is_named = all(names & words and words <= names | CUE_VERBS.keys() for words in given)
    return bool(names & there) and bool(changes) and is_named


def _replaces(change: Change, text: str, printed: str) -> bool:
    """Whether a change has about as many words on both sides: another name for a name."""
    given, other = (
        len(side[slice(*span)].split())
        for side, span in ((text, change.given), (printed, change.printed))
    )
    return min(given, other) > 0 and abs(given - other) <= 1
