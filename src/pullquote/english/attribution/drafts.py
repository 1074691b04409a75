"""An attribution while it is put together, and what it becomes."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from pullquote.corpus.attributions import AttributionKind
from pullquote.corpus.spans import Span

_OPENING = frozenset('“”"«„')
_CLOSING = frozenset('“”"»')
_ANY_OPENING = _OPENING | frozenset("‘'")


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution that is being put together.

    Attributes:
        content, cue, speaker: as of an attribution; the content may be empty at first.
        waits: whether its content is the quotation that follows: it ends with a colon.
        is_transcript: whether it is a line of a transcript: "LOW: It is so".
    """

    content: list[Span]
    cue: Span
    speaker: list[Span] = field(default_factory=list)
    waits: bool = False
    is_transcript: bool = False

    def ends_in_quotation(self, text: str) -> bool:
        """Whether the last part of the content begins with a quotation mark."""
        return bool(self.content) and text[self.content[-1].start] in _ANY_OPENING

    @property
    def gap(self) -> int:
        """The least number of characters between the end of the cue and a part of the content."""
        return min((abs(self.cue.end - span.start) for span in self.content), default=0)


def end_within_others(drafts: Sequence[Draft]) -> None:
    """Cut off contents that go on behind the words of another speaker, who tells of them.

    In "Low called it “a toy”, Berg recalled, to laughter" only "it “a toy”" is what Low said.
    """
    for draft in drafts:
        around = [
            span
            for other in drafts
            if other is not draft
            for span in other.content
            if span.contains(draft.cue) and not span.contains(other.cue)
        ]
        if around:
            ends = min(span.end for span in around)
            draft.content = [
                Span(span.start, min(span.end, ends)) for span in draft.content if span.start < ends
            ]


def without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """Of attributions with the same content, the one whose cue is nearest to it."""
    nearest: dict[tuple[Span, ...], Draft] = {}
    for draft in drafts:
        key = tuple(draft.content) or (draft.cue,)
        other = nearest.get(key)
        if other is None or draft.gap < other.gap:
            nearest[key] = draft
    return [draft for draft in drafts if draft in nearest.values()]


def kind_of(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> AttributionKind:
    """The kind of an attribution.

    Two apostrophes may be a typist's quotation marks or none: such words are never called direct.

    Args:
        text: the article's text.
        content: what was said, in order.
        quoted: the quotations of the text, with their marks.
    """
    if _begins_and_ends_quoted(text, content) or all(
        text[span.start] not in "'’" and _is_quotation(span, quoted) for span in content
    ):
        return AttributionKind.DIRECT
    if any(_has_quotation(span, quoted) for span in content):
        return AttributionKind.MIXED
    return AttributionKind.INDIRECT


def _begins_and_ends_quoted(text: str, content: Sequence[Span]) -> bool:
    """Whether a content has quotation marks at both ends, whatever is between them."""
    ending = content[-1].of(text).rstrip("., \xa0")
    return text[content[0].start] in _OPENING and ending[-1:] in _CLOSING


def _is_quotation(span: Span, quoted: Sequence[Span]) -> bool:
    at = bisect.bisect_right(quoted, span.start, key=lambda quotation: quotation.start) - 1
    return at >= 0 and quoted[at].start == span.start and quoted[at].contains(span)


def _has_quotation(span: Span, quoted: Sequence[Span]) -> bool:
    """Whether a quotation, of some in the order of the text, begins or goes on in a span."""
    at = bisect.bisect_left(quoted, span.end, key=lambda quotation: quotation.start) - 1
    return at >= 0 and quoted[at].overlaps(span)
