"""Answers and questions as JSON: the form that scripts rely on.

docs/json.md documents every field.
"""

# Longer than 250 lines because all parts of an answer stand together.

from __future__ import annotations

import datetime as dt
import itertools

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from pullquote.answering.answers import Answer
from pullquote.answering.named_dates import DatesUse, NamedDates
from pullquote.answering.quotes import Quote, cite
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.attributions import Speaker
from pullquote.corpus.spans import Span
from pullquote.json_output.account_labels import account_labels
from pullquote.json_output.accounts import DatedNumberJson, developments, disagreeing_quotes
from pullquote.json_output.explanation import ExplanationJson, explanation_json
from pullquote.json_output.named_spans import NamedSpanJson, named_span_json
from pullquote.json_output.notices import notices
from pullquote.json_output.order import OrderJson, order_json
from pullquote.json_output.stories import (
    LaterVersionJson,
    NoteJson,
    PrintingJson,
    also_in,
    later_version_json,
    notes_json,
)


class SpeakerJson(BaseModel):
    """Who says the words of a quote: two places in the text of its article."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: NamedSpanJson
    description: NamedSpanJson | None


class QuoteJson(BaseModel):
    """A quote. Offsets are characters of the article's text, end exclusive.

    `permalink` is left out where no door serves the article.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str
    article_id: str
    title: str
    source: str
    authors: tuple[str, ...]
    url: str
    path: str
    line: int | None
    published: dt.date | None
    section: str
    paragraph: int
    start: int
    end: int
    passage_start: int
    passage_end: int
    origin: Origin
    article_sha256: str
    text_sha256: str
    source_sha256: str
    source_lines: tuple[int, int] | None
    page: int | None
    heading: NamedSpanJson | None
    header_row: NamedSpanJson | None
    speaker: SpeakerJson | None
    as_of: dt.date | None = None
    score: float
    later_version: LaterVersionJson | None = None
    notes: tuple[NoteJson, ...] = ()
    further_notes: int = 0
    permalink: str | None = Field(default=None, exclude_if=lambda value: value is None)


class AnswerQuoteJson(QuoteJson):
    """A quote of an answer: the words in it that answer, and the other articles that print it."""

    also_printed_in: int = 0
    also_told_in: int = 0
    also_in: tuple[PrintingJson, ...] = ()
    answer_spans: tuple[tuple[int, int], ...] = ()


class CorrectionJson(BaseModel):
    """A misspelt word of a question, and the word that is searched for instead."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    typed: str
    word: str


class DatesJson(BaseModel):
    """The dates in the words of a question, and what they did: "limit", "match", "preference"."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    since: dt.date | None
    until: dt.date | None
    from_words: str
    use: DatesUse


class AnswerJson(BaseModel):
    """An answer.

    Left out are `id` if there was none, `refusal` if it has quotes, `carried`, `developments`,
    `corrections` and `notices` if there are none, and `explanation` unless it is asked for.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str | int | None = Field(default=None, exclude_if=lambda value: value is None)
    question: str
    outcome: Outcome
    answered: bool
    confidence: float
    quotes: tuple[AnswerQuoteJson, ...]
    nearest: tuple[AnswerQuoteJson, ...]
    generation: str
    elapsed_ms: float
    dates: DatesJson | None = None
    order: OrderJson | None = None
    searched: str = ""
    carried: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    accounts: tuple[tuple[int, ...], ...] = ()
    developments: tuple[tuple[DatedNumberJson, ...], ...] = Field(
        default=(), exclude_if=lambda value: not value
    )
    refusal: str | None = Field(default=None, exclude_if=lambda value: value is None)
    corrections: tuple[CorrectionJson, ...] = Field(default=(), exclude_if=lambda value: not value)
    notices: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    explanation: ExplanationJson | None = Field(
        default=None, exclude_if=lambda value: value is None
    )


class QuestionJson(BaseModel):
    """A question of a batch. Unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    id: StrictStr | StrictInt | None = None
    question: str
    since: str | None = None
    until: str | None = None
    source: str | None = None
    author: str | None = None
    asked: str | None = None
    as_of: str | None = None
    dates: StrictBool | None = None
    conversation: StrictStr | StrictInt | None = None


class ErrorJson(BaseModel):
    """In place of an answer, the error in a line of a batch."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str | int | None = Field(default=None, exclude_if=lambda value: value is None)
    line: int
    error: str


def answer_json(
    answer: Answer,
    question_id: str | int | None = None,
    *,
    explain: bool = False,
) -> AnswerJson:
    """An answer in the form that scripts rely on.

    Args:
        answer: the answer.
        question_id: the id that the batch gives the question, if any.
        explain: whether to add how the answer came about.
    """
    return AnswerJson(
        id=question_id,
        question=answer.query.text,
        outcome=answer.outcome,
        answered=answer.answered,
        confidence=round(answer.confidence, 4),
        quotes=tuple(map(_answer_quote, itertools.count(1), answer.quotes)),
        nearest=tuple(map(_answer_quote, itertools.count(1), answer.nearest)),
        generation=answer.generation,
        elapsed_ms=round(sum(answer.timings.values()), 3),
        dates=_dates_json(answer.query.dates),
        order=order_json(answer.query.order),
        searched=answer.query.searched,
        carried=answer.query.carried,
        accounts=disagreeing_quotes(answer),
        developments=developments(answer),
        refusal=answer.refusal,
        corrections=tuple(
            CorrectionJson(typed=typed.typed, word=typed.word) for typed in answer.query.corrections
        ),
        notices=(*account_labels(answer), *notices(answer)),
        explanation=explanation_json(answer) if explain else None,
    )


def _dates_json(dates: NamedDates | None) -> DatesJson | None:
    if dates is None:
        return None
    return DatesJson(
        since=dates.since, until=dates.until, from_words=dates.from_words, use=dates.use
    )


def _answer_quote(number: int, quote: Quote) -> AnswerQuoteJson:
    return AnswerQuoteJson(
        **dict(quote_json(number, quote)),
        also_printed_in=quote.also_printed_in,
        also_told_in=quote.also_told_in,
        also_in=also_in(quote),
        answer_spans=quote.answer_spans,
    )


def quote_json(number: int, quote: Quote) -> QuoteJson:
    """A quote, with its number in its answer."""
    citation = cite(number, quote)
    place = citation.place
    return QuoteJson(
        text=quote.text,
        article_id=quote.article.id,
        title=quote.article.title,
        source=quote.article.source,
        authors=quote.article.authors,
        url=quote.article.url,
        path=quote.article.path,
        line=quote.article.line or None,
        published=quote.article.published,
        section=quote.article.section,
        paragraph=citation.paragraph,
        start=quote.span.start,
        end=quote.span.end,
        passage_start=quote.passage.start,
        passage_end=quote.passage.end,
        origin=quote.article.origin,
        article_sha256=citation.sha256,
        text_sha256=citation.sha256,
        source_sha256=quote.article.record_sha256,
        source_lines=place.lines,
        page=place.page or None,
        heading=_named_span_json(quote.article, place.heading),
        header_row=_named_span_json(quote.article, place.header_row),
        speaker=speaker_json(quote.article, quote.speaker),
        as_of=quote.as_of,
        score=round(quote.score, 4),
        later_version=later_version_json(quote.later),
        notes=notes_json(quote.notes),
        further_notes=quote.further_notes,
    )


def _named_span_json(article: Article, span: Span | None) -> NamedSpanJson | None:
    return named_span_json(article, span) if span is not None else None


def speaker_json(article: Article, speaker: Speaker | None) -> SpeakerJson | None:
    """A speaker in the form that scripts rely on; None for none."""
    if speaker is None:
        return None
    return SpeakerJson(
        name=named_span_json(article, speaker.name),
        description=_named_span_json(article, speaker.description),
    )
