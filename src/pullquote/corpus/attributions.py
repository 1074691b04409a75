"""Attributions: what an article says that somebody said or thinks, and who that is."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span

_LEAST_SHARE = 0.5
"""A span is somebody's words if they said at least this share of its characters."""


class AttributionKind(enum.StrEnum):
    """Whose words the content of an attribution is in."""

    DIRECT = "direct"
    """The speaker's: it stands in quotation marks."""
    INDIRECT = "indirect"
    """The article's."""
    MIXED = "mixed"
    """Both: a part of it stands in quotation marks."""


class Speaker(NamedTuple):
    """Who said something: two places in the article's text.

    Attributes:
        name: the fullest name that the article gives.
        description: what it says that they are; None if it does not say.
    """

    name: Span
    description: Span | None


class Spoken:
    """Words of an article that somebody may say: the base of what shows who that is.

    Attributes:
        article: the article.
        speaker: who says the words, as places in its text; None if it names nobody.
    """

    __slots__ = ()
    article: Article
    speaker: Speaker | None

    @property
    def speaker_name(self) -> str:
        """The name of the speaker, as the article gives it; empty if it names nobody."""
        return self.speaker.name.of(self.article.text) if self.speaker else ""

    @property
    def speaker_description(self) -> str:
        """What the article says that the speaker is, in its words; empty if it does not say."""
        description = self.speaker.description if self.speaker else None
        return description.of(self.article.text) if description else ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something that an article attributes to somebody; all of it spans of the article's text.

    Attributes:
        kind: whose words the content is in.
        content: what was said, in order; of several spans where something stands between them.
        cue: the words that attribute it ("told", "according to"), in order.
        speaker: who said it, as named there ("he", "the minister"); empty if the article does not
            say.
        name: the fullest name that the article gives the speaker; None if it gives none.
        description: what the article says that the speaker is ("Pakistan's defense minister");
            None if it does not say.
    """

    kind: AttributionKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: tuple[Span, ...]
    name: Span | None = None
    description: Span | None = None

    @property
    def named(self) -> Speaker | None:
        """The speaker by name; None if the article gives none."""
        return Speaker(self.name, self.description) if self.name else None

    @property
    def stretch(self) -> Span:
        """From the first character of the content to its last, with what stands between."""
        return Span(self.content[0].start, self.content[-1].end)

    def share_of(self, span: Span) -> float:
        """The share of a span's characters that are in the content, from 0 to 1."""
        shared = sum(
            max(0, min(part.end, span.end) - max(part.start, span.start)) for part in self.content
        )
        return shared / (span.end - span.start)


def attribution_of(span: Span, attributions: Sequence[Attribution]) -> Attribution | None:
    """The attribution that has most of a span; None if none has.

    Of several attributions within one another the first is the outermost: "He said that she
    hopes" is what he said. But words within what an inner one quotes are those of whom it quotes:
    in "She called it “a toy”, he recalled" the toy is hers.

    Args:
        span: a place in an article.
        attributions: those of the article, in the order of its text.
    """
    best = max(attributions, key=lambda attribution: attribution.share_of(span), default=None)
    if best is None or best.share_of(span) < _LEAST_SHARE:
        return None
    quoting = [
        one
        for one in attributions
        if one.kind is not AttributionKind.INDIRECT
        and best.stretch.contains(one.cue[0])
        and any(part.contains(span) for part in one.content)
    ]
    return quoting[-1] if quoting else best


def said_together(span: Span, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attribution that has most of a span, and those of others who say the same with them."""
    found = attribution_of(span, attributions)
    if found is None:
        return []
    return [one for one in attributions if (one.content, one.cue) == (found.content, found.cue)]


def speaker_of(span: Span, attributions: Sequence[Attribution]) -> Speaker | None:
    """Who says most of a span; None if that is nobody who is named. See `attribution_of`."""
    found = attribution_of(span, attributions)
    return found.named if found else None
