"""Queries: a question, its terms, and the dates, the source and the author to search."""

# Longer than 250 lines because all that a question can ask for stands together.

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.carried_words import words_of
from pullquote.answering.follow_up_relation import names_no_subject
from pullquote.answering.named_dates import DatesUse, NamedDates
from pullquote.answering.turns import SEPARATOR, Turn
from pullquote.corpus.articles import Article
from pullquote.corpus.name_keys import name_key
from pullquote.corpus.typed_text import check_unicode
from pullquote.english.question_form import bare_question, in_one_form, only_greets
from pullquote.english.speaker_questions import speaker_asked_for
from pullquote.english.statement_order import OrderAsked
from pullquote.english.stems import analyse
from pullquote.english.stop_words import INTERROGATIVE, STOP_TERMS
from pullquote.errors import RequestError

LONGEST_QUESTION = 2_000
"""The most characters of a question."""
TIMELINE_EXAMPLE = 'pullquote timeline "Istanbul talks"'
_EXAMPLE = 'pullquote ask "Who mediated the talks?"'


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt word of a question.

    Attributes:
        typed: the word as typed.
        word: the word that is searched for instead.
    """

    typed: str
    word: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready to be searched for.

    Attributes:
        text: the question as typed, without white space at its ends.
        searched: what is searched for: the question in one form, without what people put around
            it and with its misspelt words corrected.
        terms: the stems of its content words, as in the lexical index; each once, in order.
        since: the first publication date that is searched; None for no limit.
        until: the last publication date that is searched; None for no limit.
        source: the source that is searched; empty for all.
        author: one of the authors of the articles that are searched; empty for all.
        asked_on: the day from which relative dates are counted; None for that of the settings.
        as_of: articles published later, or without a date, are not searched; None for all.
        reads_dates: whether dates in the words of the question count.
        dates: the dates in its words, once they are read; None if it names none.
        unread_times: times in its words that are not understood, and do not count.
        corrections: the words that were corrected.
        order: whether the newest or the oldest statement is asked for; None for neither.
        names_nothing: whether it is a greeting or has no word to search for ("who is he?", "who
            reported it?").
        follows: the turn of a conversation that it may refer to; None outside of one.
        reading: if it is a follow-up, the question as it was searched, with the words that it took
            from earlier turns after SEPARATOR; else empty.
        carried: these words.
    """

    text: str
    searched: str
    terms: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""
    author: str = ""
    asked_on: dt.date | None = None
    as_of: dt.date | None = None
    reads_dates: bool = True
    dates: NamedDates | None = None
    unread_times: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    order: OrderAsked | None = None
    names_nothing: bool = False
    follows: Turn | None = None
    reading: str = ""
    carried: tuple[str, ...] = ()

    @property
    def speaker(self) -> str:
        """Whose words the question asks for, as it names them; empty if it asks for nobody's."""
        return speaker_asked_for(self.searched)

    @property
    def names_only_pronoun(self) -> bool:
        """Whether it asks for something of a person or a thing that only a pronoun names."""
        has_content = bool(content_terms(self.searched)) and not only_greets(self.text)
        return self.names_nothing and has_content

    def with_corrections(self, corrections: Sequence[Correction]) -> Query:
        """The query with some words replaced, which the archive does not have."""
        searched = self.searched
        for correction in corrections:
            searched = re.sub(rf"\b{re.escape(correction.typed)}\b", correction.word, searched)
        return dataclasses.replace(
            self,
            searched=searched,
            terms=content_terms(searched) or self.terms,
            corrections=tuple(corrections),
        )

    def ordered(self, order: OrderAsked) -> Query:
        """The query for the newest or the oldest statement, without the words that ask for it."""
        terms = tuple(term for term in content_terms(order.subject) if term in self.terms)
        if not terms:  # nothing but the order: "the latest?"
            return dataclasses.replace(self, order=order)
        return dataclasses.replace(self, order=order, searched=order.question, terms=terms)

    def read_as(self, reading: str) -> Query:
        """The query of a follow-up question, read with words of earlier turns.

        Args:
            reading: the question with these words; those added at its end stand after SEPARATOR.
        """
        typed = terms_of(self.text)
        searched = in_one_form(bare_question(reading.replace(SEPARATOR, " ")))
        return dataclasses.replace(
            self,
            searched=searched,
            terms=content_terms(searched) or tuple(dict.fromkeys(analyse(searched))),
            names_nothing=not content_terms(searched),
            reading=reading,
            carried=tuple(w for w in words_of(reading) if typed.isdisjoint(analyse(w))),
            follows=None,
        )

    def admits(self, article: Article) -> bool:
        """Whether an article has the dates, the source and the author that are searched."""
        if self.source and article.source.casefold() != self.source.casefold():
            return False
        if self.author and name_key(self.author) not in map(name_key, article.authors):
            return False
        return article.is_published_within(*self.limits)

    def admits_beside(self, article: Article) -> bool:
        """Whether an article may be shown beside a quote: a later version, or a correction.

        It need not have the dates that are searched, but be published by the day as of which the
        question is asked.
        """
        if self.source and article.source.casefold() != self.source.casefold():
            return False
        return article.is_published_within(None, self.as_of)

    @property
    def limits(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last publication date that is searched, whatever sets them.

        None is no limit. An article without a date is within no limit.
        """
        first, last = self.since, self.until
        if self.dates and self.dates.use is DatesUse.LIMIT:
            first, last = self.dates.since, self.dates.until
        return first, min(filter(None, (last, self.as_of)), default=None)

    def without_dates(self) -> Query:
        """The query without limits of dates, but for the day as of which it is asked."""
        has_limit = self.dates is not None and self.dates.use is DatesUse.LIMIT
        dates = None if has_limit else self.dates
        return dataclasses.replace(self, since=None, until=None, dates=dates)


# Longer than 40 lines because it describes each of its options.
def understand(
    text: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    source: str = "",
    author: str = "",
    asked_on: dt.date | None = None,
    as_of: dt.date | None = None,
    reads_dates: bool = True,
) -> Query:
    """Make a query of a question.

    Args:
        text: the question as typed.
        since: the first publication date to search.
        until: the last one.
        source: the source to search.
        author: one of the authors of the articles to search.
        asked_on: the day from which relative dates are counted, if it is not that of the settings.
        as_of: the day whose answer is asked for: what was published later is not searched.
        reads_dates: whether dates in the words of the question count.

    Raises:
        RequestError: the question is empty or too long, `since` is after `until`, or a text is
            not valid UTF-8.
    """
    question = text.strip()
    check_question(question)
    check_unicode(source, "source")
    check_unicode(author, "author")
    if since and until and since > until:
        raise RequestError(
            f"no day lies between {since} and {until}",
            where="--since",
            mend="Give the earlier date to --since and the later one to --until",
        )
    searched = in_one_form(bare_question(question))
    return Query(
        question,
        searched,
        content_terms(searched) or tuple(dict.fromkeys(analyse(searched))),
        since,
        until,
        source,
        author,
        asked_on,
        as_of,
        reads_dates,
        names_nothing=only_greets(question)
        or not content_terms(searched)
        or names_no_subject(searched),
    )


def content_terms(text: str) -> tuple[str, ...]:
    """The stems of a question's content words, each once, in order."""
    content = [term for term in analyse(INTERROGATIVE.sub(" ", text)) if term not in STOP_TERMS]
    return tuple(dict.fromkeys(content))


def check_question(question: str, kind: str = "question", example: str = _EXAMPLE) -> None:
    """See that a question, or the subject of a timeline, can be searched for.

    Args:
        question: the text.
        kind: what it is.
        example: a command with one.

    Raises:
        RequestError: it has no words, is too long, or is not valid UTF-8.
    """
    if not any(unicodedata.category(character)[0] in "LNS" for character in question):
        raise RequestError(
            f"the {kind} has no words", mend=f"Type a {kind}, for example: {example}"
        )
    if len(question) > LONGEST_QUESTION:
        raise RequestError(
            f"the {kind} has {len(question):,} characters, {LONGEST_QUESTION:,} are allowed",
            mend="Ask it in fewer words",
        )
    check_unicode(question, kind)


def words_by_term(text: str) -> dict[str, str]:
    """The words of a text by their terms; of several words with one term, the first."""
    words: dict[str, str] = {}
    for word in re.findall(r"[^\W_]+", text):
        for term in analyse(word):
            words.setdefault(term, word)
    return words


def terms_of(text: str) -> frozenset[str]:
    """The terms of a text: the stems of its words, as in the lexical index."""
    return frozenset(analyse(text))
