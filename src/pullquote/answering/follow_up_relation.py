"""Whether a question follows on the one before it, or names a subject of its own."""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import NamedTuple

from pullquote.answering.carried_words import added_words, word_rarity, words_of
from pullquote.answering.turns import Turn
from pullquote.english.follow_ups import (
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
_SAYING_TERMS = frozenset(analyse(" ".join(SAYING_WORDS)))


class Relation(enum.Enum):
    """How a question is related to the one before it."""

    DEPENDENT = "dependent"
    """It cannot be understood without it, or names nothing of its own."""
    LIKELY = "likely"
    """It seems to follow on it; if nothing is found, it is asked as typed."""
    OPEN = "open"
    """It may follow on it, or not: both readings are asked."""
    NEW = "new"
    """It names what it is about."""


class Relatedness(NamedTuple):
    """How a question is related to the one before it, and its words that are new."""

    relation: Relation
    new_words: tuple[str, ...]


def relatedness(question: str, turn: Turn, asked: dt.date) -> Relatedness:
    """How a question is related to a turn.

    Args:
        question: the question without what people put around it.
        turn: the turn before.
        asked: the day from which relative dates are counted.
    """
    undated = without_expressions(question, time_expressions(question, asked))
    bare = without_joining_word(undated)
    shown = {term for quote in turn.quotes for term in analyse(quote.article.text)}
    shown.update(term for quote in turn.quotes for term in analyse(quote.article.title))
    new = tuple(
        word for word in added_words(bare, turn.question) if shown.isdisjoint(analyse(word))
    )
    rarities = map(word_rarity, new)
    newness = sum(rarity for rarity in rarities if rarity > _LEAST_RARITY)
    if has_content(bare) and named_instead(undated):
        return Relatedness(Relation.LIKELY if newness >= _NEW_SUBJECT else Relation.DEPENDENT, new)
    return Relatedness(_relation(bare, turn, newness), new)


def _relation(question: str, turn: Turn, newness: float) -> Relation:
    if not has_content(question):
        return Relation.DEPENDENT
    if person_pronoun(question):
        return Relation.LIKELY if newness >= _NEW_SUBJECT else Relation.DEPENDENT
    if thing_pronoun(question):
        return Relation.OPEN if newness >= _NEW_SUBJECT else Relation.DEPENDENT
    if speaker := _speaker_without_subject(question):
        return Relation.LIKELY if word_rarity(speaker) >= _NAME_RARITY else Relation.DEPENDENT
    if newness >= _NEW_SUBJECT or _has_own_name(question, turn):
        return Relation.NEW
    return Relation.OPEN if newness >= _PERHAPS_NEW else Relation.DEPENDENT


def _speaker_without_subject(question: str) -> str:
    """Whose words a question asks for if it does not say on what; else empty."""
    speaker = speaker_asked_for(question)
    subject = set(analyse(question)) - set(analyse(speaker)) - _SAYING_TERMS - STOP_TERMS
    return "" if subject else speaker


def _has_own_name(question: str, turn: Turn) -> bool:
    """Whether a question names somebody or something that the last question does not."""
    known = set(analyse(turn.question))
    for number, word in enumerate(words_of(question)):
        if known.isdisjoint(analyse(word)) and (
            (number > 0 and word[:1].isupper())
            or (word_rarity(word) >= _NAME_RARITY and _is_written_as_name(word, turn))
        ):
            return True
    return False


def _is_written_as_name(word: str, turn: Turn) -> bool:
    """Whether a quoted article writes a word with a capital within a sentence."""
    inside = re.compile(rf"(?<=[\w,;] ){re.escape(word.capitalize())}\b")
    return any(inside.search(quote.article.text) for quote in turn.quotes)
