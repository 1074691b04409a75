"""What is found of a text: its verdict, its changes, and the places where it is printed."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.later_versions import LaterVersion
from pullquote.answering.shown_notes import ShownNote
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Speaker, Spoken
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote.storage.source_check import SourceState
from pullquote.verification.changes import Change


class Verdict(enum.StrEnum):
    """Whether the archive prints a text."""

    VERBATIM = "verbatim"
    """Word for word; only typography differs, or an ellipsis marks what is left out."""
    ALTERED = "altered"
    """The archive prints it with other words."""
    PARAPHRASE = "paraphrase"
    """The archive does not have these words, but says nearly the same."""
    ABSENT = "absent"
    """Nothing in the archive comes near it."""


SEVERITY = (Verdict.VERBATIM, Verdict.ALTERED, Verdict.PARAPHRASE, Verdict.ABSENT)
"""The verdicts, from the best to the worst."""


class Attribution(enum.StrEnum):
    """Whether the archive gives words to the speaker who is named."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrintedPlace(Spoken):
    """A place where an article prints words.

    Attributes:
        row: the article's row.
        article: the article.
        span: the place of the words in its text, or in its headline.
        in_headline: whether it is a place in the headline.
        before, after: the rest of the sentence in which the words stand; None where they begin or
            end with it.
        source_state: whether the article's source is unchanged.
        likeness: the share of the given words that are printed there, by weight, from 0 to 1; of
            a paraphrase, the cosine similarity.
        speaker: who says the words there; None if the article names nobody.
        said_by: the words for the speaker there, also where they are several or without a name.
        later: the newest version of the article's story, if there is a later one.
        notes: the newest corrections, clarifications and editor's notes about the article.
        further_notes: the number of older ones.
    """

    row: ArticleRow
    article: Article
    span: Span
    in_headline: bool
    before: Span | None
    after: Span | None
    source_state: SourceState
    likeness: float
    speaker: Speaker | None = None
    said_by: tuple[Span, ...] = ()
    later: LaterVersion | None = None
    notes: tuple[ShownNote, ...] = ()
    further_notes: int = 0

    @property
    def source_text(self) -> str:
        """The text in which the spans are places: the article's, or its headline."""
        return self.article.title if self.in_headline else self.article.text

    @property
    def text(self) -> str:
        """The words, exactly as they are printed."""
        return self.span.of(self.source_text)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of one text, or of one quotation in it.

    Attributes:
        given: its place in the text that was to be verified.
        speaker: who is said to have said it; empty if nobody is named.
        verdict: the verdict.
        attribution: whose words they are; None if nobody is named.
        changes: how it differs from the first place; their given spans are places in the text.
        places: where it is printed, the first printing first; of an altered text or a paraphrase,
            the nearest place. Empty if it is absent.
    """

    given: Span
    speaker: str
    verdict: Verdict
    attribution: Attribution | None
    changes: Sequence[Change] = ()
    places: Sequence[PrintedPlace] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What is found of a text.

    Attributes:
        text: the text.
        findings: one for each quotation in it, in order; at least one.
        withheld: articles that come near, but are not shown because they changed after the build.
        covers: the first and the last date of the archive's articles; None if none has a date.
        generation: the generation of the index that was searched.
        built: when that generation was built, UTC.
        elapsed: the time it took, in milliseconds.
    """

    text: str
    findings: Sequence[Finding]
    withheld: Sequence[Article]
    covers: tuple[dt.date | None, dt.date | None]
    generation: GenerationId
    built: dt.datetime
    elapsed: float

    @property
    def verdict(self) -> Verdict:
        """The worst of the verdicts."""
        return max((finding.verdict for finding in self.findings), key=SEVERITY.index)

    @property
    def attribution(self) -> Attribution | None:
        """The worst of the attributions; None if nobody is named."""
        found = {finding.attribution for finding in self.findings}
        worst_first = (Attribution.CONTRADICTED, Attribution.UNKNOWN, Attribution.CONFIRMED)
        return next((attribution for attribution in worst_first if attribution in found), None)
