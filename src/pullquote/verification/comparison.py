"""Compares a text with an article: the place that comes nearest, and every change of its words."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.spans import Span
from pullquote.verification.alignment import Alignment, align
from pullquote.verification.change_kinds import (
    Piece,
    kinds_of_missing,
    kinds_of_replacement,
    same_but_for_writing,
)
from pullquote.verification.changes import Change, ChangeKind
from pullquote.verification.edit_steps import Step
from pullquote.verification.typography import edges, typography
from pullquote.verification.vocabulary import is_negation
from pullquote.verification.word_runs import Run
from pullquote.verification.words import Words, in_brackets, left_out_before

_BLANK_LINE = re.compile(r"\n\s*\n")
"""Separates paragraphs: an ellipsis joins what stands in one."""
_SENTENCE_END = frozenset(".!?\n")
_FULL_STOPS = frozenset(".!?")
_FEWEST_MOVED = 2
"""At least so many words make a change of order."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text beside the place of an article that comes nearest to it.

    Attributes:
        printed: the place, from the first to the last word that belongs to the text.
        changes: what differs, in the order of the text.
        likeness: the share of the text's words that are printed there, by weight, 0 to 1.
        longest: the most words in a row that are the same.
    """

    printed: Span
    changes: Sequence[Change]
    likeness: float
    longest: int

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
    likeness = sum(weights[number] for number in matched) / sum(weights)
    changes = _Changes(given, printed, found, marks, frozenset(starts)).all()
    places = [step.printed for step in found.steps if step.printed]
    span = printed.span(places[0].start, places[-1].stop)
    return Comparison(span, changes, likeness, max(len(step.given) for step in equal))


def _sentence_starts(words: Words) -> list[int]:
    """The numbers of the words before which a sentence may end."""
    text, ends, starts = words.text, words.ends, words.starts
    return [
        number
        for number in range(1, len(words))
        if starts[number] - ends[number - 1] > 1
        and not _SENTENCE_END.isdisjoint(text[ends[number - 1] : starts[number]])
    ]


class _Changes:
    """Makes changes of an alignment."""

    def __init__(
        self,
        given: Words,
        printed: Words,
        alignment: Alignment,
        marks: frozenset[int],
        starts: frozenset[int],
    ) -> None:
        self._given = given
        self._printed = printed
        self._alignment = alignment
        self._marks = marks
        self._starts = starts
        self._bracketed = in_brackets(given)

    def all(self) -> list[Change]:
        """Every change, in the order of the text."""
        changes: list[Change] = []
        for step in self._alignment.steps:
            if step.is_equal:
                changes += typography(self._given, self._printed, step.given, step.printed)
            else:
                changes += self._differing(step)
        changes += [self._order(run) for run in self._alignment.moved]
        changes += self._swapped(changes)
        changes += self._denied_after()
        changes += edges(self._given, self._printed, *self._ends())
        return sorted(changes, key=lambda change: (change.given, change.printed))

    def _ends(self) -> tuple[Step, Step]:
        """The first and the last step."""
        return self._alignment.steps[0], self._alignment.steps[-1]

    def _denied_after(self) -> list[Change]:
        """A negation that is lost after the last word: of "didn't", or before a full stop."""
        last = self._ends()[1]
        number, end = last.printed.stop, last.given.stop
        if not last.is_equal or number >= len(self._printed) or number in self._starts:
            return []
        is_part = self._printed.gap(number) == ""
        is_ended = self._given.text[self._given.ends[end - 1] :][:1] in _FULL_STOPS
        if is_negation(self._printed.spelt[number]) and (is_part or is_ended):
            return [self._change(ChangeKind.NEGATION, range(end, end), range(number, number + 1))]
        return []

    def _differing(self, step: Step) -> Iterator[Change]:
        """Yield the changes of words that differ."""
        moved = {
            n for run in self._alignment.moved for n in range(run.given, run.given + run.length)
        }
        left = range(step.given.start, step.given.stop)
        if left and moved.issuperset(left):
            left = range(left.start, left.start)
        if not left and not step.printed:
            return
        given, printed = Piece(self._given, left), Piece(self._printed, step.printed)
        for kind in self._kinds(given, printed):
            yield self._change(kind, left, step.printed)

    def _kinds(self, given: Piece, printed: Piece) -> list[ChangeKind]:
        """What a difference is; at least one kind."""
        is_editors = bool(given.place) and self._bracketed.issuperset(given.place)
        if not given.place:
            return self._kinds_of_left_out(given.place.start, printed)
        if not printed.place:
            is_note = is_editors and not any(map(is_negation, given.spelt))
            whole = ChangeKind.INSERTION
            return [ChangeKind.TYPOGRAPHY] if is_note else kinds_of_missing(given, whole)
        kinds = kinds_of_replacement(given, printed)
        is_note = is_editors and ChangeKind.NEGATION not in kinds
        is_same = is_note or same_but_for_writing(given, printed)
        return [ChangeKind.TYPOGRAPHY] if is_same else kinds

    def _kinds_of_left_out(self, before: int, printed: Piece) -> list[ChangeKind]:
        """What it is that words are missing before a word of the text."""
        if before in self._marks:
            first, end = printed.place.start, printed.place.stop
            gap = self._printed.text[
                self._printed.ends[first - 1] if first else 0 : self._printed.starts[end]
            ]
            is_within = _BLANK_LINE.search(gap) is None
            return [ChangeKind.ELISION] if is_within else [ChangeKind.ELISION, ChangeKind.ORDER]
        kinds = kinds_of_missing(printed, ChangeKind.OMISSION)
        is_whole = printed.place.start in self._starts and printed.place.stop in self._starts
        return [*kinds, ChangeKind.ORDER] if is_whole else kinds

    def _change(self, kind: ChangeKind, given: range, printed: range) -> Change:
        return Change(
            kind,
            self._given.span(given.start, given.stop),
            self._printed.span(printed.start, printed.stop),
        )

    def _order(self, run: Run) -> Change:
        return self._change(
            ChangeKind.ORDER,
            range(run.given, run.given + run.length),
            range(run.printed, run.printed + run.length),
        )

    def _swapped(self, changes: Sequence[Change]) -> list[Change]:
        """A change of order if words that are missing in one place stand in another instead."""
        steps = [step for step in self._alignment.steps if not step.is_equal]
        given = collections.Counter(self._given.spelt[n] for step in steps for n in step.given)
        printed = collections.Counter(
            self._printed.spelt[n] for step in steps for n in step.printed
        )
        if (
            any(change.kind is ChangeKind.ORDER for change in changes)
            or given.total() < _FEWEST_MOVED
            or given != printed
        ):
            return []
        first, last = steps[0], steps[-1]
        return [
            self._change(
                ChangeKind.ORDER,
                range(first.given.start, last.given.stop),
                range(first.printed.start, last.printed.stop),
            )
        ]
