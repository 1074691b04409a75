"""Whether a question follows on the one before it, or names a subject of its own."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pullquote.answering.carried_words import added_words, is_mentioned, word_rarity, words_of
from pullquote.answering.turns import Turn
from pullquote.english.follow_ups import (
    asks_for_a_thing,
    has_content,
    named_instead,
    person_pronoun,
    thing_pronoun,
    without_joining_word,
)
from pullquote.english.question_time import without_expressions
from pullquote.english.speaker_questions import SAYING_WORDS, speaker_asked_for
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.time_expressions import time_expressions

_NEW_SUBJECT = 0.8
"""Words of which the conversation has not spoken are a new subject if their rarities in English
sum up to this."""
_PERHAPS_NEW = 0.45
"""They may be one from here on."""
_LEAST_RARITY = 0.2
"""Words as common as "people" do not count."""
_NAME_RARITY = 0.6
"""A word at least this rare that the quoted articles write with a capital is a name."""
_ASKS_WHO_HOLDS = re.compile(
    r"who(?:['’]s|\s+is|\s+was)\s+the\s+(?!\w+(?:est|st)\b)", re.IGNORECASE
)
"""Asks for somebody by what there is one of: "the king" is a subject of its own, "the director" may
be that of what was spoken of."""
_SAYING_TERMS = frozenset(analyse(" ".join(SAYING_WORDS)))


class Relation(enum.Enum):
    """How a question is related to the one before it."""

    DEPENDENT = "dependent"
    """It cannot be understood without it."""
    NEAR = "near"
    """It names nothing but common things, or some of those that the quoted articles tell of."""
    LIKELY = "likely"
    """It seems to follow on it; if nothing is found, it is asked as typed."""
    OPEN = "open"
    """It may follow on it, or not: both readings are asked."""
    NEW = "new"
    """It names what it is about."""


class Relatedness(NamedTuple):
    """How a question is related to the one before it, and the words that it adds to it."""

    relation: Relation
    own_words: tuple[str, ...]


def relatedness(question: str, turn: Turn, asked: dt.date) -> Relatedness:
    """How a question is related to a turn.

    Args:
        question: the question without what people put around it.
        turn: the turn before.
        asked: the day from which relative dates are counted.
    """
    undated = without_expressions(question, time_expressions(question, asked))
    bare = without_joining_word(undated)
    articles = {quote.article.id: quote.article for quote in turn.quotes}.values()
    shown = "\n".join(f"{article.title}\n{article.text}" for article in articles).lower()

    def newness(text: str) -> float:
        words = added_words(text, turn.question)
        return _rarity_of(word for word in words if not is_mentioned(word, shown))

    own = added_words(bare, turn.question)
    relation = _by_form(undated, newness)
    if relation is None and (newness(bare) >= _NEW_SUBJECT or _has_own_name(bare, turn)):
        relation = Relation.NEW
    elif relation is None and (
        newness(bare) >= _PERHAPS_NEW
        or _rarity_of(own) >= _NEW_SUBJECT
        or (_ASKS_WHO_HOLDS.match(bare) and not any(is_mentioned(word, shown) for word in own))
    ):
        relation = Relation.OPEN
    return Relatedness(relation or Relation.NEAR, tuple(own))


def names_no_subject(question: str) -> bool:
    """Whether a question outside of a conversation has a pronoun and names nothing: "who did it?".

    One that names what it asks for ("how many votes did she get?") names something.

    Args:
        question: the question in one form; keywords and statements name something.
    """
    return (
        question.endswith("?")
        and bool(person_pronoun(question) or thing_pronoun(question))
        and question[1:].islower()
        and not asks_for_a_thing(question)
        and _rarity_of(added_words(question, "")) < _PERHAPS_NEW
    )


def _rarity_of(words: Iterable[str]) -> float:
    return sum(rarity for rarity in map(word_rarity, words) if rarity > _LEAST_RARITY)


def _by_form(question: str, newness: Callable[[str], float]) -> Relation | None:
    """How a question is related by its form; None if its words decide.

    A pronoun after the words of a new subject stands for that: "Which chef sold his restaurant?"
    """
    bare = without_joining_word(question)
    if not has_content(bare):
        return Relation.DEPENDENT
    person, thing = person_pronoun(bare), thing_pronoun(bare)
    pronouns = [pronoun for pronoun in (person, thing) if pronoun]
    if any(newness(bare[: pronoun.start()]) >= _NEW_SUBJECT for pronoun in pronouns):
        return None
    names_subject = newness(bare) >= _NEW_SUBJECT
    if named_instead(question) or person:
        return Relation.LIKELY if names_subject else Relation.DEPENDENT
    if thing:
        return Relation.OPEN if names_subject else Relation.DEPENDENT
    if speaker := _speaker_without_subject(bare):
        return Relation.LIKELY if word_rarity(speaker) >= _NAME_RARITY else Relation.DEPENDENT
    return None


def _speaker_without_subject(question: str) -> str:
    """Whose words a question asks for if it does not say on what; else empty."""
    speaker = speaker_asked_for(question)
    subject = set(analyse(question)) - set(analyse(speaker)) - _SAYING_TERMS - STOP_TERMS
    return "" if subject else speaker


def _has_own_name(question: str, turn: Turn) -> bool:
    """Whether a question names somebody or something that the last question does not."""
    first = words_of(question)[:1]
    return any(
        (word[:1].isupper() and [word] != first)
        or (word_rarity(word) >= _NAME_RARITY and _is_written_as_name(word, turn))
        for word in added_words(question, turn.question)
    )


def _is_written_as_name(word: str, turn: Turn) -> bool:
    """Whether a quoted article writes a word with a capital within a sentence."""
    inside = re.compile(rf"(?<=[\w,;] ){re.escape(word.capitalize())}\b")
    return any(inside.search(quote.article.text) for quote in turn.quotes)
