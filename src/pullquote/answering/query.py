"""What a question asks for."""

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
"""In characters."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    Attributes:
        text: as it was asked, white space at its ends left out.
        terms: the words that carry it, as the lexical index writes them, each once, in order.
        since, until: the first and the last day of publication that is searched; None where open.
        source: the source that is searched, empty for all.
        asked: the day on which it is asked, by which "this week" is read; the day of the archive's newest article if None.
    """

    text: str
    terms: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""
    asked: dt.date | None = None

    def admits(self, article: Article) -> bool:
        """Whether an article is of the dates and the source that are searched."""
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
    """Find in a question the words that carry it.

    Args:
        text: the question as it was asked.
        since: the first day of publication that is searched.
        until: the last one.
        source: the source that is searched.
        asked_on: the day on which it is asked, if that is not about the day of the archive's newest article.

    Raises:
        RequestError: the question is empty or too long, or the dates leave no day.
    """
    asked = text.strip()
    if not any(unicodedata.category(character)[0] in "LNS" for character in asked):
        raise RequestError(
            "the question has no words",
            mend='Type a question, for example: pullquote ask "Who mediated the talks?"',
        )
    if len(asked) > LONGEST_QUESTION:
        raise RequestError(
            f"the question has {len(asked):,} characters, {LONGEST_QUESTION:,} are allowed",
            mend="Ask it in fewer words",
        )
    if re.search("[\ud800-\udfff]", asked):
        raise RequestError("the question is not text that UTF-8 can hold", mend="Type it again")
    if since and until and since > until:
        raise RequestError(
            f"no day lies between {since} and {until}",
            where="--since",
            mend="Give the earlier date to --since and the later one to --until",
        )
    carried = [term for term in analyse(INTERROGATIVE.sub(" ", asked)) if term not in STOP_TERMS]
    return Query(
        asked, tuple(dict.fromkeys(carried or analyse(asked))), since, until, source, asked_on
    )


def word_of(text: str) -> dict[str, str]:
    """The words of a text by how the lexical index writes them; of several that it writes alike, the first."""
    words: dict[str, str] = {}
    for word in re.findall(r"[^\W_]+", text):
        for term in analyse(word):
            words.setdefault(term, word)
    return words


def terms_of(text: str) -> frozenset[str]:
    """The words of a text as the lexical index writes them."""
    return frozenset(analyse(text))
