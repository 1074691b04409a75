"""What somebody said, and the attributions of an archive, in the form that scripts rely on."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from pullquote.answering.speakers import QuotedSpeaker
from pullquote.answering.statements import Statement, Statements
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.spans import Span
from pullquote.json_output.answer import SpeakerJson, speaker_json
from pullquote.json_output.named_spans import NamedSpanJson, named_span_json
from pullquote.json_output.stories import (
    LaterVersionJson,
    NoteJson,
    later_version_json,
    notes_json,
)
from pullquote.storage.attribution_rows import SpeakerCount

_Pairs = tuple[tuple[int, int], ...]


class AttributionJson(BaseModel):
    """An attribution. Offsets are characters of the article's text, end exclusive."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    article_id: str
    content: _Pairs
    cue: _Pairs
    speaker: _Pairs
    name: str | None
    name_span: tuple[int, int] | None
    kind: AttributionKind


class StatementJson(BaseModel):
    """A statement: a quote with its parts."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str
    article_id: str
    title: str
    source: str
    authors: tuple[str, ...]
    url: str
    published: dt.date | None
    start: int
    end: int
    kind: AttributionKind
    content: tuple[NamedSpanJson, ...]
    cue: tuple[NamedSpanJson, ...]
    speaker: SpeakerJson | None
    speaker_key: str
    also_printed_in: int
    later_version: LaterVersionJson | None
    notes: tuple[NoteJson, ...]
    further_notes: int
    text_sha256: str
    permalink: str | None = Field(default=None, exclude_if=lambda value: value is None)


class SpeakerCountJson(BaseModel):
    """A speaker of the name, in lower case, and how often the archive has them say something.

    Of the first ones, the name and what they are, as article `article_id` prints them.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    key: str
    attributions: int
    articles: int
    name: NamedSpanJson | None = None
    description: NamedSpanJson | None = None
    article_id: str | None = None


class StatementsJson(BaseModel):
    """What somebody said, newest first."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    about: str
    speakers: tuple[SpeakerCountJson, ...]
    statements: tuple[StatementJson, ...]
    total: int
    withheld: int


def attribution_json(article: Article, attribution: Attribution) -> AttributionJson:
    """One attribution, by its spans."""
    name = attribution.name
    return AttributionJson(
        article_id=article.id,
        content=_pairs(attribution.content),
        cue=_pairs(attribution.cue),
        speaker=_pairs(attribution.speaker),
        name=name.of(article.text) if name else None,
        name_span=(name.start, name.end) if name else None,
        kind=attribution.kind,
    )


def statements_json(statements: Statements) -> StatementsJson:
    """What somebody said."""
    found = statements.found
    quoted = itertools.zip_longest(found.speakers, found.quoted)
    return StatementsJson(
        name=found.name,
        about=found.about,
        speakers=tuple(itertools.starmap(_speaker_count_json, quoted)),
        statements=tuple(map(_statement_json, statements.statements)),
        total=statements.total,
        withheld=statements.withheld,
    )


def _speaker_count_json(count: SpeakerCount, quoted: QuotedSpeaker | None) -> SpeakerCountJson:
    words = speaker_json(quoted.article, quoted.speaker) if quoted else None
    return SpeakerCountJson(
        key=count.key,
        attributions=count.attributions,
        articles=count.articles,
        name=words.name if words else None,
        description=words.description if words else None,
        article_id=quoted.article.id if quoted else None,
    )


def _statement_json(statement: Statement) -> StatementJson:
    quote, attribution = statement.quote, statement.attribution
    article = quote.article
    return StatementJson(
        text=quote.text,
        article_id=article.id,
        title=article.title,
        source=article.source,
        authors=article.authors,
        url=article.url,
        published=article.published,
        start=quote.span.start,
        end=quote.span.end,
        kind=attribution.kind,
        content=tuple(named_span_json(article, span) for span in attribution.content),
        cue=tuple(named_span_json(article, span) for span in attribution.cue),
        speaker=speaker_json(article, quote.speaker),
        speaker_key=statement.speaker_key,
        also_printed_in=quote.also_printed_in,
        text_sha256=article.sha256,
        later_version=later_version_json(quote.later),
        notes=notes_json(quote.notes),
        further_notes=quote.further_notes,
    )


def _pairs(spans: Sequence[Span]) -> _Pairs:
    return tuple((span.start, span.end) for span in spans)
