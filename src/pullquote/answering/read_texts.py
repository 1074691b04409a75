"""The texts that the reranker reads: windows by themselves, or their whole passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pullquote.answering.windows import Window
from pullquote.corpus.passages import PassageId
from pullquote.corpus.spans import Span
from pullquote.models.reranker import SpansOfText

_LONGEST_GAP = 3
"""Characters between two sentences of a passage. More is text that is not quoted, and not read."""


class ReadText(NamedTuple):
    """A text that is read, with the windows in it.

    Attributes:
        spans_of_text: the text, and the places of the windows in it.
        windows: the windows.
        is_timely: whether they are of the time that the question names.
    """

    spans_of_text: SpansOfText
    windows: Sequence[Window]
    is_timely: bool


def windows_alone(windows: Iterable[Window]) -> list[ReadText]:
    """Each window as a text of its own."""
    return [
        ReadText(
            SpansOfText(window.names, window.text, [Span(0, len(window.text))]),
            [window],
            _is_timely(window),
        )
        for window in windows
    ]


def passages_of(best: Iterable[Window], windows: Iterable[Window]) -> list[ReadText]:
    """The passages of the best windows, each once, with all windows in it.

    Args:
        best: the windows whose passages are read.
        windows: all windows.
    """
    passages = dict[PassageId, Window]()
    for window in best:
        passages.setdefault(window.passage.id, window)
    inside = defaultdict[PassageId, list[Window]](list)
    for window in windows:
        if window.passage.id in passages:
            inside[window.passage.id].append(window)
    return [_passage_of(window, inside[window.passage.id]) for window in passages.values()]


def _passage_of(best: Window, windows: Sequence[Window]) -> ReadText:
    """The passage of windows: its sentences, and what little is between them.

    Args:
        best: the best window of the passage, whose names and time count for all.
        windows: windows of the passage.
    """
    text, parts, length = best.article.text, list[str](), 0
    begins, ends = dict[int, int](), dict[int, int]()
    before: Span | None = None
    for sentence in best.passage.sentences:
        gap = text[before.end : sentence.start] if before else ""
        gap = gap if len(gap) <= _LONGEST_GAP else "\n"
        begins[sentence.start] = length + len(gap)
        length += len(gap) + sentence.end - sentence.start
        ends[sentence.end] = length
        parts += (gap, sentence.of(text))
        before = sentence
    spans = [Span(begins[window.span.start], ends[window.span.end]) for window in windows]
    return ReadText(SpansOfText(best.names, "".join(parts), spans), windows, _is_timely(best))


def _is_timely(window: Window) -> bool:
    return bool(window.parts["timely"])
