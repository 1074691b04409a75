"""Two questions in one: each part is asked by itself, and each gets its quotes."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.query import Query, content_terms
from pullquote.answering.quotes import Quote
from pullquote.confidence.outcome import Outcome
from pullquote.english.question_form import in_one_form, question_parts
from pullquote.english.word_frequencies import rarity

_NAMES_SOMETHING = 0.6
"""A part with a word at least this rare in English can be asked without the part before it."""
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)


def parts_of(query: Query) -> list[Query]:
    """The parts of a question, each as a query; one if it is a single question.

    A part that leans on the first one ("and how old is he") is asked together with it.
    """
    texts = question_parts(query.searched)
    if len(texts) == 1:
        return [query]
    first = texts[0]
    return [
        _with_text(query, text if part == 0 or _stands_alone(text) else f"{first} and {text}")
        for part, text in enumerate(texts)
    ]


def _stands_alone(text: str) -> bool:
    rarest = max(map(rarity, content_terms(text)), default=0.0)
    return rarest >= _NAMES_SOMETHING and not _PRONOUN.search(text)


def _with_text(query: Query, text: str) -> Query:
    return dataclasses.replace(
        query, searched=in_one_form(text), terms=content_terms(text) or query.terms
    )


def joined(query: Query, answers: Sequence[Answer], count: int) -> Answer:
    """One answer to a question of several parts.

    It is answered if all parts are, refused if all are, and otherwise not sure. The confidence is
    that of the part with the lowest.

    Args:
        query: the question.
        answers: to its parts, at least one.
        count: the most quotes.
    """
    outcomes = {answer.outcome for answer in answers}
    weakest = min(answers, key=lambda answer: answer.confidence)
    timings = Counter[str]()
    for answer in answers:
        timings.update(answer.timings)
    dates = next((answer.query.dates for answer in answers if answer.query.dates), None)
    refused = outcomes == {Outcome.REFUSED}
    shown = _in_turn([answer.nearest if refused else answer.quotes for answer in answers])[:count]
    return dataclasses.replace(
        weakest,
        query=dataclasses.replace(
            query,
            dates=dates,
            order=next((answer.query.order for answer in answers if answer.query.order), None),
            unread_times=weakest.query.unread_times,
        ),
        unsure=not refused and outcomes != {Outcome.ANSWERED},
        refusal=answers[0].refusal if refused else None,
        quotes=() if refused else tuple(shown),
        nearest=tuple(shown) if refused else (),
        accounts=tuple(one for answer in answers for one in answer.accounts),
        withheld=tuple(dict.fromkeys(one for answer in answers for one in answer.withheld)),
        timings=dict(timings),
    )


def _in_turn(quotes_of_parts: Sequence[Sequence[Quote]]) -> list[Quote]:
    """Take the first quote of each part, then the second of each; skip quotes that overlap."""
    chosen: list[Quote] = []
    for quote in itertools.chain.from_iterable(itertools.zip_longest(*quotes_of_parts)):
        if quote is not None and not any(quote.overlaps(other) for other in chosen):
            chosen.append(quote)
    return chosen
