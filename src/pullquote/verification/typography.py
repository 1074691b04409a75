"""Differences of typography: quotation marks, dashes, spaces, case, punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.corpus.spans import Span
from pullquote.verification.changes import Change, ChangeKind
from pullquote.verification.edit_steps import Step
from pullquote.verification.words import ELLIPSIS, Words, as_spelt

_LONGEST_EDGE = 8
_LEADING = re.compile(r"[\"'“”‘’«»„–—-]+\Z")
_TRAILING = re.compile(r"[.,!?…]?[\"'“”‘’«»]+")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def typography(given: Words, printed: Words, left: range, right: range) -> Iterator[Change]:
    """Yield the changes in words that are equal but for typography.

    Changes that follow one another are one. A contraction that is written out, or the reverse, is
    a change of the word.

    Args:
        given: the words of the text.
        printed: the words of the article.
        left: the numbers of the words of the text.
        right: the numbers of the equal words of the article.
    """
    open_change: Change | None = None
    for number, other in zip(left, right, strict=True):
        if number > left.start:
            gaps = given.between(number), printed.between(other)
            if not _same_gap(given.gap(number), printed.gap(other)):
                open_change = _joined(open_change, *gaps)
            elif open_change and open_change.given.end < gaps[0].start:
                yield open_change
                open_change = None
        words = given.printed(number), printed.printed(other)
        if words[0] == words[1]:
            continue
        spans = given.span(number, number + 1), printed.span(other, other + 1)
        if as_spelt(words[0]) != as_spelt(words[1]) and "n't" in map(as_spelt, words):
            yield Change(ChangeKind.WORD, *spans)
        else:
            open_change = _joined(open_change, *spans)
    if open_change:
        yield open_change


def edges(given: Words, printed: Words, first: Step, last: Step) -> Iterator[Change]:
    """Yield the changes of the quotation marks and dashes right before and after the words.

    Only those count that both texts have.
    """
    if first.given and first.printed:
        before = given.starts[first.given.start], printed.starts[first.printed.start]
        mark, other = (
            _LEADING.search(words.text[max(0, at - _LONGEST_EDGE) : at])
            for words, at in zip((given, printed), before, strict=True)
        )
        if mark and other and mark[0] != other[0]:
            yield Change(
                ChangeKind.TYPOGRAPHY,
                Span(before[0] - len(mark[0]), before[0]),
                Span(before[1] - len(other[0]), before[1]),
            )
    if last.given and last.printed:
        after = given.ends[last.given.stop - 1], printed.ends[last.printed.stop - 1]
        mark, other = (
            _TRAILING.match(words.text, at)
            for words, at in zip((given, printed), after, strict=True)
        )
        if mark and other and mark[0] != other[0]:
            yield Change(ChangeKind.TYPOGRAPHY, Span(*mark.span()), Span(*other.span()))


def _joined(change: Change | None, given: Span, printed: Span) -> Change:
    """A change of typography, together with the one right before it."""
    start = change or Change(ChangeKind.TYPOGRAPHY, given, printed)
    return Change(
        ChangeKind.TYPOGRAPHY,
        Span(start.given.start, given.end),
        Span(start.printed.start, printed.end),
    )


def _same_gap(given: str, printed: str) -> bool:
    """Whether what stands between two words is the same; line breaks count as spaces."""
    if given == printed:
        return True
    both = [_SPACE.sub(" ", ELLIPSIS.sub("…", gap)) for gap in (given, printed)]
    return both[0] == both[1]
