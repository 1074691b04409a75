"""Reads a question as the follow-up of an earlier one: the words that it leaves out are added.

Only words of earlier questions and of the quotes shown are added.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from pullquote.answering.antecedents import person_meant
from pullquote.answering.carried_words import added_words
from pullquote.answering.turns import SEPARATOR, Turn
from pullquote.corpus.spans import Span
from pullquote.english.attribution.names import name_spans
from pullquote.english.follow_ups import (
    gender_of_pronoun,
    has_content,
    named_instead,
    person_pronoun,
    thing_pronoun,
    without_joining_word,
)
from pullquote.english.question_time import without_expressions
from pullquote.english.speaker_questions import speaker_asked_for
from pullquote.english.statement_order import order_asked
from pullquote.english.time_expressions import TimeExpression, time_expressions
from pullquote.english.times_beside import time_beside

LONGEST_READING = 600
"""Characters: a message in Discord shows it above the quotes."""
_PREPOSITIONS = frozenset("in at of from for by on".split())
_ARTICLES = frozenset("the a an".split())


def read_follow_up(question: str, turn: Turn, asked: dt.date) -> str:
    """A question with the words that it leaves out.

    Those that are added at its end stand after SEPARATOR. Of a reading that would be too long to
    be shown nothing is added.

    Args:
        question: the question without what people put around it.
        turn: the turn before.
        asked: the day from which relative dates are counted.
    """
    reading = _finished(question, turn, asked)
    return reading if len(reading) <= LONGEST_READING else question


def _finished(question: str, turn: Turn, asked: dt.date) -> str:
    bare = without_joining_word(question)
    instead = named_instead(question)
    turn = _without_other_order(instead or bare, turn)
    times = time_expressions(question, asked)
    last_times = time_expressions(turn.question, asked)
    if beside := time_beside(instead or bare, last_times):
        return _at_other_time(turn, last_times, beside)
    if times and not has_content(without_expressions(instead or bare, times)):
        return _at_other_time(turn, last_times, " ".join(time.words for time in times))
    if instead:
        return _with_other_name(instead, turn)
    pronoun = person_pronoun(bare)
    name = person_meant(turn, gender_of_pronoun(pronoun["pronoun"])) if pronoun else ""
    if pronoun and name:
        bare = _with_name(bare, pronoun, name)
    own, _, carried = turn.question.partition(SEPARATOR)
    if thing_pronoun(bare) or not has_content(bare) or (pronoun and not name):
        subject = f"{own} {carried}"
    else:  # the subject of the conversation, or for a person none but the name
        subject = "" if name else carried or own
    words = added_words(without_expressions(subject, last_times), bare)
    if not times:
        words += [time.words for time in last_times]
    return f"{bare}{SEPARATOR}{' '.join(words)}" if words else bare


def _without_other_order(question: str, turn: Turn) -> Turn:
    """The turn without words such as "now", if the question has such words of its own."""
    last = order_asked(turn.question)
    own = order_asked(f"{question} {last.question}") if last and last.words else None
    if last and own and own.words:
        return dataclasses.replace(turn, question=last.question)
    return turn


def _at_other_time(turn: Turn, last_times: Sequence[TimeExpression], times: str) -> str:
    """The last question, asked of another time: "and in 2024?"."""
    undated = without_expressions(turn.question, last_times).strip(" ?")
    return f"{undated} {times}"


def _with_other_name(instead: str, turn: Turn) -> str:
    """The last question with another name in place of its last one, or of the speaker's.

    If it has none, or if another thing is named, it is that with the subject of the last question.
    """
    question = turn.question
    first, _, rest = instead.partition(" ")
    is_place = bool(rest) and first.lower() in _PREPOSITIONS
    speaker = speaker_asked_for(question.partition(SEPARATOR)[0])
    if speaker and not is_place:
        return question.replace(speaker, instead, 1)
    name = rest if is_place else instead
    names = [span.of(question) for span, _ in name_spans(question, Span(0, len(question)))]
    if names and _is_name(name, turn):
        return question.replace(names[-1], name, 1)
    return f"{instead}{SEPARATOR}{' '.join(added_words(question, instead))}"


def _is_name(phrase: str, turn: Turn) -> bool:
    """Whether a phrase is written as a name, or is one in the first quoted article."""
    if phrase.split(maxsplit=1)[0].lower() in _ARTICLES:
        return False
    inside = re.compile(rf"(?<=[\w,;] ){re.escape(phrase.title())}\b")
    return phrase[:1].isupper() or any(
        inside.search(quote.article.text) for quote in turn.quotes[:1]
    )


def _with_name(question: str, pronoun: re.Match[str], name: str) -> str:
    """The question with a name in place of a pronoun: "her rival" becomes "Nora Steen’s rival"."""
    word = pronoun["pronoun"].lower()
    following = question[pronoun.end() :].split()
    is_genitive = word in {"his", "hers"} or (
        word == "her" and bool(following) and has_content(following[0])
    )
    ending = "’s" if is_genitive else ""
    return f"{question[: pronoun.start()]}{name}{ending}{question[pronoun.end() :]}"
