"""What somebody said: the attributions to a speaker over all articles, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pullquote.answering.quotes import Quote
from pullquote.answering.source_states import SourceStates, check_text
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.attribution.names import name_words
from pullquote.english.attribution.role_words import TITLES
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.errors import RequestError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.attribution_rows import SpeakerCount
from pullquote.storage.source_check import SourceState


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody said.

    Attributes:
        quote: its place, from the first word of its content to the last, with its speaker.
        attribution: the same with each part of the content, and the cue.
    """

    quote: Quote
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Statements:
    """What was found.

    Attributes:
        name: the name that was asked for.
        about: the words that were asked for; empty for all that was said.
        speakers: the speakers of this name; none if the archive quotes nobody of it.
        statements: newest first.
        withheld: the number of statements that are left out because their source has changed.
    """

    name: str
    about: str
    speakers: tuple[SpeakerCount, ...]
    statements: tuple[Statement, ...]
    withheld: int


def statements_of(
    store: ArticleStore,
    name: str,
    about: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Statements:
    """What somebody said.

    Args:
        store: the articles.
        name: a full name or a part of it; titles are ignored.
        about: every one of these words is in the statement, its paragraph or its headline.
        since: the first day of publication; None for no limit.
        until: the last day of publication; None for no limit.

    Raises:
        RequestError: the name has no letters.
        ArchiveDamaged: the store cannot be read.
    """
    speakers = speakers_named(store, name)
    terms = set(analyse(about)) - STOP_TERMS
    states = SourceStates(store)
    found: dict[str, Statement] = {}
    withheld = 0
    for row, numbers in _by_article(store, speakers).items():
        article = store.article(row)
        if not article.is_published_within(since, until):
            continue
        attributions = attributions_of(store, row, article)
        chosen = [one for number, one in enumerate(attributions) if number in numbers]
        fitting = [one for one in chosen if _is_about(article, one, terms)]
        if not all(states.prints(row, article, one.stretch) for one in fitting):
            withheld += len(fitting)
            continue
        for attribution in fitting:
            _add(found, row, _statement(row, article, attribution, states.of(row)))
    newest = sorted(found.values(), key=_day, reverse=True)
    return Statements(name, about, tuple(speakers), tuple(newest), withheld)


def speakers_named(store: ArticleStore, name: str) -> list[SpeakerCount]:
    """The speakers whose names have all words of `name`, the most quoted first.

    Raises:
        RequestError: the name has no letters.
    """
    words = [word for word in name_words(name) if any(map(str.isalnum, word))]
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    if not words:
        raise RequestError("names nobody", where=repr(name), mend='Type a name, such as "Ann Low"')
    return [
        count for count in store.attributions.speakers() if set(words) <= set(count.key.split())
    ]


def attributions_of(store: ArticleStore, row: ArticleRow, article: Article) -> list[Attribution]:
    """The attributions of an article, once its text is compared with what the index recorded.

    Raises:
        ArchiveDamaged: they differ.
    """
    check_text(row, article, store)
    return store.attributions.of_article(row, article.text)


def _by_article(
    store: ArticleStore, speakers: Sequence[SpeakerCount]
) -> dict[ArticleRow, list[int]]:
    """The numbers of the speakers' attributions in each article, in the order of dates."""
    numbers: dict[ArticleRow, list[int]] = {}
    for row, number in store.attributions.of_speakers([speaker.key for speaker in speakers]):
        numbers.setdefault(row, []).append(number)
    return numbers


def _is_about(article: Article, attribution: Attribution, terms: set[str]) -> bool:
    """Whether a statement, its paragraph and its headline together have all terms, and it one."""
    if not terms:
        return True
    said = set(analyse(attribution.stretch.of(article.text)))
    if not terms & said:
        return False
    paragraphs = article.paragraphs
    paragraph = paragraphs[paragraph_number(paragraphs, attribution.stretch.start) - 1]
    around = analyse(f"{article.title}\n{paragraph.of(article.text)}")
    return terms <= said.union(around)


def _statement(
    row: ArticleRow, article: Article, attribution: Attribution, state: SourceState
) -> Statement:
    span: Span = attribution.stretch
    quote = Quote(article, span, span, 0.0, state, 0, row, speaker=attribution.named)
    return Statement(quote, attribution)


def _add(found: dict[str, Statement], row: ArticleRow, statement: Statement) -> None:
    """Add a statement; of one that several articles print, the first printing is cited."""
    key = " ".join(statement.quote.text.casefold().split())
    found[key] = _printed_again(found[key], row) if key in found else statement


def _printed_again(statement: Statement, row: ArticleRow) -> Statement:
    """The statement, with one more article that prints it."""
    quote = statement.quote
    if quote.row == row:
        return statement
    return replace(statement, quote=replace(quote, also_printed_in=quote.also_printed_in + 1))


def _day(statement: Statement) -> tuple[dt.date, int]:
    """The day of publication; those without one come last. Within a day, the order of the text."""
    published = statement.quote.article.published
    return published or dt.date.min, -statement.quote.span.start
