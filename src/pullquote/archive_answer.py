"""What the Python door returns: answers and their quotes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.later_versions import LaterVersion
from pullquote.answering.named_dates import NamedDates
from pullquote.answering.query import Correction
from pullquote.answering.quotes import Citation, Quote, cite
from pullquote.answering.shown_notes import ShownNote
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.english.statement_order import OrderAsked
from pullquote.json_output.account_labels import account_labels
from pullquote.json_output.accounts import disagreeing_quotes
from pullquote.json_output.answer import answer_json
from pullquote.json_output.notices import notices

_LONGEST_REPR = 60
"""The most characters of a question or a quote in a `repr`."""


@dataclass(frozen=True, slots=True, repr=False)
class ArchiveQuote:
    """A quote of an answer: a place in an article. Its words are sliced from the article's text.

    Attributes:
        number: its place in the answer, from 1.
    """

    number: int
    _quote: Quote = field(repr=False)

    @property
    def text(self) -> str:
        """The words, exactly as the article prints them."""
        return self._quote.text

    @property
    def article(self) -> Article:
        """The article that prints them: title, source, published, url, authors, text and more."""
        return self._quote.article

    @property
    def start(self) -> int:
        """Where the quote begins in `article.text`, in characters (Unicode code points)."""
        return self._quote.span.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self._quote.span.end

    @property
    def citation(self) -> Citation:
        """Headline, source, date, paragraph, characters and file; `str()` gives one line."""
        return cite(self.number, self._quote)

    @property
    def score(self) -> float:
        """How well it answers; comparable among the quotes of one answer."""
        return self._quote.score

    @property
    def speaker(self) -> str:
        """The name of who says the words, as the article gives it; empty if it names nobody."""
        return self._quote.speaker_name

    @property
    def speaker_description(self) -> str:
        """What the article says that the speaker is; empty if it does not say."""
        return self._quote.speaker_description

    @property
    def as_of(self) -> dt.date | None:
        """Its article's date, if the newest statement is asked for and this is an older one."""
        return self._quote.as_of

    @property
    def answer_spans(self) -> tuple[Span, ...]:
        """The places in the article's text of the words that answer, if the reader is sure."""
        return self._quote.answer_spans

    @property
    def also_printed_in(self) -> int:
        """The number of other articles that print the same sentences."""
        return self._quote.also_printed_in

    @property
    def also_told_in(self) -> int:
        """The number of further articles that say the same in nearly the same words."""
        return self._quote.also_told_in

    @property
    def later_version(self) -> LaterVersion | None:
        """The newest version of the story, and what it did to the words; None without one."""
        return self._quote.later

    @property
    def notes(self) -> tuple[ShownNote, ...]:
        """Corrections, clarifications and editor's notes about the article."""
        return self._quote.notes

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return (
            f"ArchiveQuote({self.number}, {_shortened(self.text)!r}, "
            f"{self.article.id!r}, {self.start}, {self.end})"
        )


@dataclass(frozen=True, slots=True, repr=False)
class ArchiveAnswer:
    """The result of a question: quotes, or a refusal with the nearest passages.

    Attributes:
        question: the question.
        outcome: "answered", "unsure" (`quotes` may answer it, and may not) or "refused".
        answered: whether the outcome is "answered".
        confidence: the probability that one of the first three quotes answers it, from 0 to 1.
        quotes: the answer, best first; empty if it was refused.
        nearest: if it was refused, the quotes that came closest. They do not answer it.
        refusal: why it was refused; None if it has quotes.
        dates: the dates that its words name, `since` and `until`, the words, `from_words`, and
            what the dates did, `use`; None if it names none.
        order: whether the newest or the oldest statement comes first, `order`, and the words that
            ask for it, `words`; None for neither.
        searched: the question as it was searched: in one form, with its spelling corrected, and in
            a conversation with the words that it leaves out.
        carried: the words that it took from earlier questions and quotes of a conversation.
        accounts: the groups of quotes that disagree, by their numbers; empty if none do.
        corrections: the misspelt words, each as `typed` and the `word` that was searched for.
        notices: what else the reader should know, such as quotes that disagree, or articles that
            changed.
        generation: the id of the index generation that answered.
    """

    question: str
    outcome: Outcome
    answered: bool
    confidence: float
    quotes: tuple[ArchiveQuote, ...]
    nearest: tuple[ArchiveQuote, ...]
    refusal: Refusal | None
    dates: NamedDates | None
    order: OrderAsked | None
    searched: str
    carried: tuple[str, ...]
    accounts: tuple[tuple[int, ...], ...]
    corrections: tuple[Correction, ...]
    notices: tuple[str, ...]
    generation: str
    _answer: Answer = field(repr=False)

    def to_json(self, *, explain: bool = False) -> str:
        """The answer as one line of JSON, in the form of `pullquote ask --format json`.

        Args:
            explain: add how the answer came about.
        """
        return answer_json(self._answer, explain=explain).model_dump_json()

    def __repr__(self) -> str:
        of = f": {self.refusal}" if self.refusal else f", {len(self.quotes)} quotes"
        question = _shortened(self.question)
        return f"ArchiveAnswer({question!r}, {self.outcome}{of}, confidence {self.confidence:.2f})"


def archive_answer(answer: Answer) -> ArchiveAnswer:
    """An answer as the Python door returns it."""
    return ArchiveAnswer(
        question=answer.query.text,
        outcome=answer.outcome,
        answered=answer.answered,
        confidence=answer.confidence,
        quotes=numbered(answer.quotes),
        nearest=numbered(answer.nearest),
        refusal=answer.refusal,
        dates=answer.query.dates,
        order=answer.query.order,
        searched=answer.query.searched,
        carried=answer.query.carried,
        accounts=disagreeing_quotes(answer),
        corrections=answer.query.corrections,
        notices=(*account_labels(answer), *notices(answer)),
        generation=answer.generation,
        _answer=answer,
    )


def numbered(quotes: Sequence[Quote]) -> tuple[ArchiveQuote, ...]:
    """Quotes as the Python door returns them, numbered from 1."""
    return tuple(ArchiveQuote(number, quote) for number, quote in enumerate(quotes, start=1))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_REPR else text[: _LONGEST_REPR - 1] + "…"
