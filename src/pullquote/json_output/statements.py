"""What somebody said, and the attributions of an archive, in the form that scripts rely on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from pullquote.answering.statements import Statement, Statements
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.spans import Span
from pullquote.json_output.answer import SpeakerJson, speaker_json
from pullquote.json_output.named_spans import NamedSpanJson, named_span_json

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
    also_printed_in: int
    text_sha256: str
    permalink: str | None = Field(default=None, exclude_if=lambda value: value is None)


class SpeakerCountJson(BaseModel):
    """A speaker of the name, in lower case, and how often the archive has them say something."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    key: str
    attributions: int
    articles: int


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
    return StatementsJson(
        name=found.name,
        about=found.about,
        speakers=tuple(
            SpeakerCountJson(
                key=speaker.key, attributions=speaker.attributions, articles=speaker.articles
            )
            for speaker in found.speakers
        ),
        statements=tuple(map(_statement_json, statements.statements)),
        total=statements.total,
        withheld=statements.withheld,
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
        also_printed_in=quote.also_printed_in,
        text_sha256=article.sha256,
    )


def _pairs(spans: Sequence[Span]) -> _Pairs:
    return tuple((span.start, span.end) for span in spans)
