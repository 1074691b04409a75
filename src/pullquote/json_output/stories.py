"""What became of a quote's story as JSON: other printings, the newest version, corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from pullquote.answering.later_versions import LaterVersion, VersionChange
from pullquote.answering.quotes import Quote
from pullquote.answering.shown_notes import ShownNote
from pullquote.corpus.corrections import NoteKind
from pullquote.json_output.named_spans import NamedSpanJson, named_span_json


class PrintingJson(BaseModel):
    """Another article that prints the words of a quote, or nearly the same."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    article_id: str
    title: str
    source: str
    published: dt.date | None
    same_words: bool


class LaterVersionJson(BaseModel):
    """The newest version of the story, and what it did to the words of the quote."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    change: VersionChange
    same_source: bool
    article_id: str
    title: str
    source: str
    url: str
    published: dt.date | None
    sentences: tuple[NamedSpanJson, ...]


class NoteJson(BaseModel):
    """A correction, a clarification or an editor's note, and the article that prints it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: NoteKind
    text: str
    start: int
    end: int
    article_id: str
    title: str
    source: str
    url: str
    published: dt.date | None


def also_in(quote: Quote) -> tuple[PrintingJson, ...]:
    """The articles that are named beside a quote."""
    named = [(name, True) for name in quote.other_printings]
    named += [(name, False) for name in quote.other_tellings]
    return tuple(
        PrintingJson(
            article_id=name.id,
            title=name.title,
            source=name.source,
            published=name.published,
            same_words=same_words,
        )
        for name, same_words in named
    )


def later_version_json(later: LaterVersion | None) -> LaterVersionJson | None:
    """The newest version in the form that scripts rely on; None for none."""
    if later is None:
        return None
    article = later.article
    return LaterVersionJson(
        change=later.change,
        same_source=later.is_of_same_source,
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        sentences=tuple(named_span_json(article, span) for span in later.spans),
    )


def notes_json(notes: Sequence[ShownNote]) -> tuple[NoteJson, ...]:
    """Notes in the form that scripts rely on."""
    return tuple(
        NoteJson(
            kind=note.kind,
            text=note.text,
            start=note.span.start,
            end=note.span.end,
            article_id=note.article.id,
            title=note.article.title,
            source=note.article.source,
            url=note.article.url,
            published=note.article.published,
        )
        for note in notes
    )
