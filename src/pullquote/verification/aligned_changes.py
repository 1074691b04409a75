"""The changes of an alignment: each difference with its kind and its place on both sides."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterator, Sequence

from pullquote.english.meaning_words import is_negation
from pullquote.verification.alignment import Alignment
from pullquote.verification.change_kinds import (
    Piece,
    kinds_of_missing,
    kinds_of_replacement,
    same_but_for_writing,
)
from pullquote.verification.changes import Change, ChangeKind
from pullquote.verification.edit_steps import Step
from pullquote.verification.typography import edges, typography
from pullquote.verification.word_runs import Run
from pullquote.verification.words import Words, in_brackets

_BLANK_LINE = re.compile(r"\n\s*\n")
"""Separates paragraphs: an ellipsis joins what stands in one."""
_FULL_STOPS = frozenset(".!?")
_FEWEST_MOVED = 2
"""The least number of moved words that make a change of order."""


class AlignedChanges:
    """Lists the changes of an alignment."""

    def __init__(
        self,
        given: Words,
        printed: Words,
        alignment: Alignment,
        marks: frozenset[int],
        starts: frozenset[int],
    ) -> None:
        """Take an alignment.

        Args:
            given: the words of the text.
            printed: the words of the article.
            alignment: of both.
            marks: the words of the text before which an ellipsis stands.
            starts: the words of the article that begin a sentence.
        """
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
