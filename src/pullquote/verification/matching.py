"""Compares a text with all articles that may print it, and says how near the best one comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.spans import Span
from pullquote.verification.candidates import Candidate, candidates
from pullquote.verification.comparison import Comparison, compare
from pullquote.verification.words import Words, weights_of

ALTERED_FROM = 0.6
"""The likeness from which a text is an altered one; below it, a paraphrase or absent. The likeness
is the share of the text's words that the article prints there; what the article has besides counts
a half, and words such as "the" a third."""
SURELY_FROM = 0.9
"""The likeness from which a text of several lines is judged as one."""
_FEWEST_IN_A_ROW = 3
"""An altered text has at least this number of words in a row."""
_LESS_LIKE, _SHORT_CHANGE = 0.45, 6
"""A text that is less like it is altered as well if it differs in one place only, by few words."""
_MOST_COMPARED = 30
"""The most candidates that are compared, and so the most copies that are shown."""
_CHANGE_COST = 0.02
"""What a change of the meaning takes from the likeness, where articles are compared."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text beside the candidate that comes nearest.

    Attributes:
        candidate: the candidate.
        comparison: the comparison with it.
    """

    candidate: Candidate
    comparison: Comparison

    @property
    def rank(self) -> tuple[bool, float, bool, int]:
        """Orders matches: word for word first, then the likeness, then the first printing."""
        comparison = self.comparison
        meaning = sum(not change.kind.keeps_meaning for change in comparison.changes)
        return (
            not comparison.is_verbatim,
            -(comparison.likeness - _CHANGE_COST * meaning),
            self.candidate.in_headline,
            self.candidate.row,
        )


def matches(
    archive: OpenIndex, given: Words, may_be_shown: Callable[[Candidate, Span], bool]
) -> list[Match]:
    """The comparisons of a text with what may print it, best first.

    Args:
        archive: the open index.
        given: the words of the text, at least one.
        may_be_shown: whether these words of an article may be shown; asked of those that come
            near.
    """
    weights = weights_of(given.spelt)
    found: list[Match] = []
    best = 0.0
    for candidate in candidates(archive, given, weights)[:_MOST_COMPARED]:
        if candidate.bound < best:
            break
        match = _match(candidate, given, weights)
        if match is None:
            continue
        if not match.comparison.is_verbatim and match.comparison.likeness > best:
            match = _match(candidate.wider(), given, weights) or match
        likeness = match.comparison.likeness
        if likeness < _LESS_LIKE or may_be_shown(candidate, match.comparison.printed):
            found.append(match)
            best = max(best, likeness)
    return sorted(found, key=lambda match: match.rank)


def _match(candidate: Candidate, given: Words, weights: Sequence[float]) -> Match | None:
    """A candidate beside the text; None if they have no words in common."""
    comparison = compare(given, candidate.words(), weights)
    return Match(candidate, comparison) if comparison else None


def is_verbatim(found: Sequence[Match]) -> bool:
    """Whether the best match is the text, word for word."""
    return bool(found) and found[0].comparison.is_verbatim


def is_altered(found: Sequence[Match], likeness: float = ALTERED_FROM) -> bool:
    """Whether the best match is near enough to be the text, altered."""
    if not found:
        return False
    best = found[0].comparison
    if best.longest < _FEWEST_IN_A_ROW or likeness <= best.likeness:
        return best.longest >= _FEWEST_IN_A_ROW
    is_short = len(best.differing) == 1 and max(map(len, best.differing[0])) <= _SHORT_CHANGE
    return likeness == ALTERED_FROM and best.likeness >= _LESS_LIKE and is_short
