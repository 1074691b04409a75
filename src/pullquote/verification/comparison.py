"""Compares a text with an article: the place that comes nearest, and every change of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.spans import Span
from pullquote.english.meaning_words import is_negation
from pullquote.verification.aligned_changes import AlignedChanges
from pullquote.verification.alignment import align
from pullquote.verification.changes import Change
from pullquote.verification.words import Words, in_brackets, left_out_before, weights_of

_SENTENCE_END = frozenset(".!?\n")
_MOST_BESIDES = 8.0
"""The most that the words of one gap weigh."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text beside the place of an article that comes nearest to it.

    Attributes:
        printed: the place, from the first to the last word that belongs to the text.
        changes: what differs, in the order of the text.
        likeness: the share of the text's words that are printed there, by weight, 0 to 1; what is
            printed besides, within sentences and unmarked, counts a half.
        longest: the most words in a row that are the same.
        differing: where words differ, those of the text and those of the article.
    """

    printed: Span
    changes: Sequence[Change]
    likeness: float
    longest: int
    differing: Sequence[tuple[range, range]]

    @property
    def is_verbatim(self) -> bool:
        """Whether nothing differs but typography and marked elisions."""
        return all(change.kind.keeps_meaning for change in self.changes)


def compare(given: Words, printed: Words, weights: Sequence[float]) -> Comparison | None:
    """Compare a text with an article's text or headline; None if they have no words in common.

    Args:
        given: the words of the text.
        printed: the words of the article.
        weights: how much each word of the text counts, more than 0.
    """
    whole = _compare(given, printed, weights)
    added = _editors_words(given)
    if not added or whole is None or whole.is_verbatim or len(added) == len(given):
        return whole
    kept = [weight for number, weight in enumerate(weights) if number not in added]
    without = _compare(given.without(added), printed, kept)
    return without if without and without.is_verbatim else whole


def _editors_words(given: Words) -> frozenset[int]:
    """The words that only an editor's brackets explain; those that deny are no such words."""
    return frozenset(
        number
        for number in in_brackets(given)
        if not is_negation(given.spelt[number]) and "[" not in given.printed(number)
    )


def _compare(given: Words, printed: Words, weights: Sequence[float]) -> Comparison | None:
    marks = left_out_before(given)
    starts = _sentence_starts(printed)
    found = align(given.spelt, printed.spelt, weights, marks, starts)
    if found is None:
        return None
    equal = [step for step in found.steps if step.is_equal]
    matched = {number for step in equal for number in step.given}
    matched |= {run.given + place for run in found.moved for place in range(run.length)}
    differing = [
        (step.given, step.printed)
        for step in found.steps
        if not step.is_equal and not (matched.issuperset(step.given) and step.given)
    ]
    besides = _weight_besides(printed, differing, marks, frozenset(starts))
    likeness = sum(weights[number] for number in matched) / (sum(weights) + besides / 2)
    changes = AlignedChanges(given, printed, found, marks, frozenset(starts)).all()
    places = [step.printed for step in found.steps if step.printed]
    span = printed.span(places[0].start, places[-1].stop)
    longest = max(len(step.given) for step in equal)
    return Comparison(span, changes, likeness, longest, differing)


def _weight_besides(
    printed: Words,
    differing: Sequence[tuple[range, range]],
    marks: frozenset[int],
    starts: frozenset[int],
) -> float:
    """The weight of what the article has besides, without whole sentences and marked elisions."""
    return sum(
        min(_MOST_BESIDES, sum(weights_of(printed.spelt[right.start : right.stop])))
        for left, right in differing
        if left or not (left.start in marks or {right.start, right.stop} <= starts)
    )


def _sentence_starts(words: Words) -> list[int]:
    """The numbers of the words before which a sentence may end."""
    text, ends, starts = words.text, words.ends, words.starts
    return [
        number
        for number in range(1, len(words))
        if starts[number] - ends[number - 1] > 1
        and not _SENTENCE_END.isdisjoint(text[ends[number - 1] : starts[number]])
    ]
