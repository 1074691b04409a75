"""Queries: a question, its terms, and the dates and the source to search."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.english.stems import analyse
from pullquote.english.stop_words import INTERROGATIVE, STOP_TERMS
from pullquote.errors import RequestError

LONGEST_QUESTION = 2_000
"""The most characters of a question."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready to be searched for.

    Attributes:
        text: the question as typed, without white space at its ends.
        terms: the stems of its content words, as in the lexical index; each once, in order.
        since: the first publication date that is searched; None for no limit.
        until: the last publication date that is searched; None for no limit.
        source: the source that is searched; empty for all.
        asked_on: the date to which "this week" refers; None for the date of the newest article.
    """

    text: str
    terms: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""
    asked_on: dt.date | None = None

    def admits(self, article: Article) -> bool:
        """Whether an article has the dates and the source that are searched."""
        if self.source and article.source.casefold() != self.source.casefold():
            return False
        if not (self.since or self.until):
            return True
        day = article.published
        return day is not None and (self.since or day) <= day <= (self.until or day)


def understand(
    text: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    source: str = "",
    asked_on: dt.date | None = None,
) -> Query:
    """Make a query of a question.

    Args:
        text: the question as typed.
        since: the first publication date to search.
        until: the last one.
        source: the source to search.
        asked_on: the date to which "this week" refers, if it is not that of the newest article.

    Raises:
        RequestError: the question is empty or too long, or `since` is after `until`.
    """
    question = text.strip()
    _check_text(question)
    if since and until and since > until:
        raise RequestError(
            f"no day lies between {since} and {until}",
            where="--since",
            mend="Give the earlier date to --since and the later one to --until",
        )
    content = [term for term in analyse(INTERROGATIVE.sub(" ", question)) if term not in STOP_TERMS]
    terms = tuple(dict.fromkeys(content or analyse(question)))
    return Query(question, terms, since, until, source, asked_on)


def _check_text(question: str) -> None:
    """See that a question can be searched for.

    Raises:
        RequestError: it has no words, is too long, or is not valid UTF-8.
    """
    if not any(unicodedata.category(character)[0] in "LNS" for character in question):
        raise RequestError(
            "the question has no words",
            mend='Type a question, for example: pullquote ask "Who mediated the talks?"',
        )
    if len(question) > LONGEST_QUESTION:
        raise RequestError(
            f"the question has {len(question):,} characters, {LONGEST_QUESTION:,} are allowed",
            mend="Ask it in fewer words",
        )
    if re.search("[\ud800-\udfff]", question):
        raise RequestError("the question is not valid UTF-8", mend="Type it again")


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
