"""The Python door: open an index, ask it, read quotes with their citations."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.open_index import EncoderLoader, OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.quotes import Citation, Quote, cite
from pullquote.corpus.articles import Article, ArticleId
from pullquote.english.dates import Period, parse_period
from pullquote.errors import RequestError
from pullquote.json_output.answer import answer_json
from pullquote.json_output.notices import notices
from pullquote.settings import load_settings

_SHOWN_QUESTION = 60
_SHOWN_QUOTE = 60


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
        """Headline, source, date, paragraph, characters and file; `str()` gives them on one line."""
        return cite(self.number, self._quote)

    @property
    def score(self) -> float:
        """For comparing the quotes of one answer; the higher, the better."""
        return self._quote.score

    @property
    def also_printed_in(self) -> int:
        """How many other articles print the same sentences."""
        return self._quote.also_printed_in

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return (
            f"ArchiveQuote({self.number}, {_shortened(self.text, _SHOWN_QUOTE)!r}, "
            f"{self.article.id!r}, {self.start}, {self.end})"
        )


@dataclass(frozen=True, slots=True, repr=False)
class ArchiveAnswer:
    """What a question got: quotes, or a refusal and the passages nearest to it.

    Attributes:
        question: as it was asked.
        answered: whether `quotes` answer it.
        confidence: how likely the archive answers it, from 0 to 1.
        quotes: the answer, best first; empty if it was refused.
        nearest: what came closest, if it was refused. It is no answer.
        refusal: why it was refused; None if it was answered.
        notices: what else the reader should know, such as articles that changed.
        generation: the id of the index generation that answered.
    """

    question: str
    answered: bool
    confidence: float
    quotes: tuple[ArchiveQuote, ...]
    nearest: tuple[ArchiveQuote, ...]
    refusal: Refusal | None
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
        outcome = f"{len(self.quotes)} quotes" if self.answered else f"refused: {self.refusal}"
        question = _shortened(self.question, _SHOWN_QUESTION)
        return f"ArchiveAnswer({question!r}, {outcome}, confidence {self.confidence:.2f})"


class Archive:
    """A built index, open for questions. Safe to share between threads.

    Open it with `Archive.open`, best in a `with` statement. It stays on the generation that was
    live when it was opened; open it again to follow a rebuild.
    """

    def __init__(self, index: OpenIndex) -> None:
        """Wrap an open index; `Archive.open` does both.

        Raises:
            TypeError: it was given something else, such as the name of a folder.
        """
        if not isinstance(index, OpenIndex):
            raise TypeError('open an archive with Archive.open("my-index")')
        self._index = index

    @classmethod
    def open(
        cls,
        index: str | Path,
        *,
        config: str | Path | None = None,
        load_encoder: EncoderLoader | None = None,
    ) -> Self:
        """Open the index in a folder, without writing anything there.

        Args:
            index: the folder that `build_index` or `pullquote index` wrote.
            config: a settings file; without one, PULLQUOTE_CONFIG and PULLQUOTE_… variables count
                as they do for the command line.
            load_encoder: `pullquote_index.load_encoder`, needed only for an index that was built
                with `encoder.runtime = "sentence-transformers"`.

        Raises:
            SettingsError: the settings file or a variable is wrong.
            ArchiveError: there is no index, it does not fit the settings, or it is damaged.
        """
        settings = load_settings(os.environ, Path(config) if config else None).with_index(
            Path(index)
        )
        return cls(OpenIndex(settings, load_encoder))

    def ask(
        self,
        question: str,
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        source: str = "",
        top: int | None = None,
        asked_on: dt.date | None = None,
    ) -> ArchiveAnswer:
        """Answer a question with quotes, or refuse it.

        Args:
            question: in English.
            since: search articles published from then on: a date, or "30 October 2025",
                "October 2025", "2025", "last week".
            until: the same, up to the end of then.
            source: search articles of this source only.
            top: how many quotes at most; the settings' number if None.
            asked_on: the day by which "this week" is read; that of the newest article if None.

        Raises:
            RequestError: the question has no words or too many, a date cannot be read, or the
                archive has no such source.
            ArchiveDamaged: a file of the index is damaged.
        """
        today = asked_on or dt.datetime.now(dt.UTC).date()
        query = understand(
            question,
            since=_day(since, "since", today, lambda period: period[0]),
            until=_day(until, "until", today, lambda period: period[1]),
            source=source,
            asked_on=asked_on,
        )
        found = answer(self._index, query, top)
        return ArchiveAnswer(
            question=found.query.text,
            answered=found.answered,
            confidence=found.confidence,
            quotes=_numbered(found.quotes),
            nearest=_numbered(found.nearest),
            refusal=found.refusal,
            notices=notices(found),
            generation=found.generation,
            _answer=found,
        )

    def article(self, article_id: str) -> Article:
        """An article by its id, as a quote's `article.id` gives it.

        Raises:
            RequestError: the archive has no such article.
        """
        return self._index.article(ArticleId(article_id))

    @property
    def generation(self) -> str:
        """The id of the index generation that is open."""
        return self._index.generation

    def __len__(self) -> int:
        """The number of articles."""
        return self._index.manifest.articles

    def close(self) -> None:
        """Close the index's files."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        folder = str(self._index.settings.index.path)
        return f"Archive({folder!r}, {len(self):,} articles, {self.generation})"


def _numbered(quotes: tuple[Quote, ...]) -> tuple[ArchiveQuote, ...]:
    return tuple(ArchiveQuote(number, quote) for number, quote in enumerate(quotes, start=1))


def _day(
    given: str | dt.date | None, name: str, today: dt.date, end: Callable[[Period], dt.date]
) -> dt.date | None:
    """One end of the period that was given; a date is its own."""
    if given is None or isinstance(given, dt.date):
        return given.date() if isinstance(given, dt.datetime) else given
    period = parse_period(given, today)
    if period is None:
        raise RequestError(
            f"{given!r} is not a date",
            where=name,
            mend='Write it like "2025-10-30", "30 October 2025", "October 2025" or "2025"',
        )
    return end(period)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
