"""Attributions: what an article says that somebody said or thinks, and who that is."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pullquote.corpus.spans import Span


class AttributionKind(enum.StrEnum):
    """Whose words the content of an attribution is in."""

    DIRECT = "direct"
    """The speaker's: it stands in quotation marks."""
    INDIRECT = "indirect"
    """The article's."""
    MIXED = "mixed"
    """Both: a part of it stands in quotation marks."""


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

    def covers(self, span: Span) -> bool:
        """Whether a character of `span` is in the content."""
        return any(part.overlaps(span) for part in self.content)
