"""The person whom "he" or "she" stands for: one whom the last question or its quotes name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pullquote.answering.turns import SEPARATOR, ShownQuote, Turn
from pullquote.corpus.spans import Span
from pullquote.english.attribution.names import Named, Names, name_spans, name_words
from pullquote.english.attribution.role_words import ROLES, TITLES
from pullquote.english.stems import analyse

_ASKS_FOR_PERSON = re.compile(
    r"^\W*(?:who|whom|whose)\b|\b(?:by|with|to|from|for) whom\b", re.IGNORECASE
)
_ASKS_WHO_IS = re.compile(
    r"^\W*who(?:['’]?s| is| was) (?!the\b|a\b|an\b|in\b)(?:(?-i:[A-Z])|\w+ \w+\W*$)", re.IGNORECASE
)
"""The beginning of "Who is Ann Low?", which names the person itself."""
_PERSON_FOLLOWS = re.compile(r", (?:who\b|aged \d|\d\d?,)")
"""What follows the name of a person only."""
_THING_FOLLOWS = re.compile(
    r"(?:\b(?:the|in|at|near|off|across|into|through|around|outside|inside|towards?)"
    r"|(?-i:\b[A-Z]\w+) of)\s+\Z",
    re.IGNORECASE,
)
"""What stands before the name of a place, a thing or a part of a body's name, and of no person."""
_LONGEST_BEFORE = 25
_MOST_CHARACTERS = 20_000
"""Names are looked for in the beginning of an article, up to here."""


def person_meant(turn: Turn, gender: str) -> str:
    """The words that name the person whom a pronoun stands for; empty if there are none.

    After a question with "who" that is somebody whom the quotes name and the question does not;
    else, and after "Who is Ann Low?", somebody in the question, or who says the first quote, or
    whom the quotes name.

    Args:
        turn: the turn before.
        gender: of the pronoun, "m" or "f".
    """
    question = turn.question.replace(SEPARATOR, " ")
    if not turn.quotes:
        return _only_name(question)
    article = turn.quotes[0].article
    names = Names(article.text, Span(0, min(len(article.text), _MOST_CHARACTERS)))
    quotes = [quote for quote in turn.quotes if quote.article.id == article.id]
    shown = (pair for one in quotes for pair in _in_quote(one, names))
    sure, likely = _persons(shown, gender, article.text)
    surely_asked, likely_asked = _persons(_in_question(question, names), gender, article.text)
    asked = [
        name
        for name in (*surely_asked, *_called_by_last_name(likely_asked, names, article.text))
        if not _is_thing_at(question, question.find(name))
    ]
    speaker = _speaker(quotes[0], names, gender)
    if _ASKS_FOR_PERSON.search(question) and not _ASKS_WHO_IS.search(question):
        terms = set(analyse(question))
        answers, others = (
            [name for name in found if terms.isdisjoint(analyse(name))] for found in (sure, likely)
        )
        return next(iter([*answers, *asked, *speaker, *others]), "")
    likely = _called_by_last_name(likely, names, article.text)
    return next(iter([*asked, *speaker, *sure, *likely]), "")


def _persons(
    found: Iterable[tuple[str, Named]], gender: str, text: str
) -> tuple[list[str], list[str]]:
    """The names that may be a person's of that gender: those that surely are one, and others.

    Args:
        found: names, as they are written, with whom they name.
        gender: "m" or "f".
        text: of the article that names them.
    """
    sure, likely = [], []
    for name, named in found:
        if named.gender not in {"", gender} or not named.is_likely_person:
            continue
        if named.is_person:
            sure.append(name)
        elif len(named.words) > 1 and not (
            set(named.words) & (ROLES | TITLES) or _names_thing(named, text)
        ):
            likely.append(name)
    return sure, likely


def _names_thing(named: Named, text: str) -> bool:
    """Whether a name stands somewhere as only that of a place or a thing does."""
    return any(_is_thing_at(text, place.start) for place in named.places)


def _called_by_last_name(found: Iterable[str], names: Names, text: str) -> list[str]:
    """Those whom an article, or the name itself, calls by a last name, as persons are called.

    Other names of several words are of anything: "Port Ansel", "Salt Bridge".
    """
    return [
        name
        for name in found
        if " " not in name
        or (
            (named := names.by_words.get(name_words(name)))
            and any(" " not in place.of(text) for place in named.places)
        )
    ]


def _is_thing_at(text: str, start: int) -> bool:
    return _THING_FOLLOWS.search(text[max(0, start - _LONGEST_BEFORE) : start]) is not None


def _in_quote(quote: ShownQuote, names: Names) -> Iterator[tuple[str, Named]]:
    text = quote.article.text
    for span, _ in name_spans(text, quote.span):
        named = names.full(span)
        if named is None:
            continue
        if not named.description and _PERSON_FOLLOWS.match(text, span.end):
            named.description = span
        yield span.of(text), named


def _in_question(question: str, names: Names) -> Iterator[tuple[str, Named]]:
    """The names of an article that a question has, by their last words, as it writes them."""
    for named in names.by_words.values():
        *firsts, last = map(re.escape, named.words)
        before = "".join(rf"(?:{word}\s+)?" for word in firsts)
        if match := re.search(rf"\b{before}{last}\b", question, re.IGNORECASE):
            yield match[0], named


def _speaker(quote: ShownQuote, names: Names, gender: str) -> list[str]:
    if quote.speaker is None:
        return []
    named = names.full(quote.speaker.name)
    fits = named is None or named.gender in {"", gender}
    return [quote.speaker.name.of(quote.article.text)] if fits else []


def _only_name(question: str) -> str:
    """The first name of several words in a question, or else its first name."""
    spans = [span.of(question) for span, _ in name_spans(question, Span(0, len(question)))]
    return max(spans, key=lambda name: len(name_words(name)) > 1, default="")
