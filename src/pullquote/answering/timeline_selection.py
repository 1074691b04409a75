"""The selection of sentences for a timeline: for coverage, without repeats."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.answering.dated_sentences import DatedSentence, DatedSentences, DateOf
from pullquote.answering.query import terms_of
from pullquote.english.calendar_periods import DAY
from pullquote.english.partial_dates import PartialDate, Precision
from pullquote.english.stop_words import STOP_TERMS

_Floats = npt.NDArray[np.float32]

_TOLD_AGAIN = 0.7
"""The cosine from which two sentences tell of the same."""
_MOST_TELLERS = 4
_TELLER = 0.05
"""What each further article that tells of the same adds to a score, up to four."""
_STATED = {Precision.DAY: 0.25, Precision.MONTH: 0.15, Precision.YEAR: 0.1}
"""What a date adds that the sentence itself names, by its precision."""
_OTHER_HEADLINE = 0.25
"""Taken from a sentence that names no date, in an article whose headline names nothing of the
subject: it tells in passing what happened before."""
_OPENING = 0.1
"""Added to one of the first sentences of an article, which tell its news."""
_OPENING_CHARACTERS = 600
_FURTHER_ON = 0.4
"""Taken from a later sentence that names no date, and from one that refers to the one before it:
what is not news is often of no date."""
_SPOKEN = 0.15
"""Taken from a sentence that begins within a quotation: an opinion more often than an event."""
_NOVELTY = 0.6
"""The factor of the highest cosine with a sentence that is chosen already."""
_SECOND = {DateOf.TEXT: 0.25, DateOf.PUBLICATION: 0.5}
"""Taken from the second sentence of a date: other dates come first."""
_PER_DATE = 2
_SAME = 0.78
"""The cosine from which two sentences say the same, if they differ in no number."""
_SAME_DAYS = 0.62
"""The same for sentences of other articles and of dates at most three days apart: reports of the
day after. An article seldom repeats itself."""
_SAME_WITHIN = 0.55
"""The same for a month or a year and a day in it."""
_NEAR = 3 * DAY
_SHARED_TERMS = 0.6
"""So do sentences if one has this share of the other's content words."""
_NUMBER = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b)\d[\d,.]*\d\d\b")
"""A number of several digits that is no year."""
_ENOUGH = 0.3
"""The least value of a further sentence."""


def chosen_sentences(found: DatedSentences) -> Iterator[DatedSentence]:
    """The sentences in the order in which they are chosen, without those that repeat one.

    Each is the one that adds most: by its score, by the articles that tell of the same, and by how
    little it is like those chosen before it. Of a date at most two are chosen.
    """
    sentences = found.sentences
    if not sentences:
        return
    likeness = _likeness(found)
    values = _values(sentences, likeness)
    told = [_told(sentence) for sentence in sentences]
    highest = np.zeros(len(sentences), np.float32)
    is_left = np.ones(len(sentences), bool)
    second = np.array([_SECOND[sentence.date_of] for sentence in sentences], np.float32)
    per_date: Counter[PartialDate] = Counter()
    while is_left.any():
        counts = np.array([per_date[sentence.date] for sentence in sentences])
        is_left &= counts < _PER_DATE
        gains = np.where(is_left, values - _NOVELTY * highest - second * counts, -np.inf)
        best = int(gains.argmax())
        if per_date and gains[best] < _ENOUGH:
            return
        chosen = sentences[best]
        yield chosen
        per_date[chosen.date] += 1
        highest = np.maximum(highest, likeness[best])
        for other in np.flatnonzero(is_left).tolist():
            is_left[other] = not _repeats(told[other], told[best], float(likeness[best, other]))


def _likeness(found: DatedSentences) -> _Floats:
    """The cosines of the sentences with one another, float32, (sentences, sentences)."""
    vectors = found.vectors[[sentence.row for sentence in found.sentences]]
    likeness: _Floats = vectors @ vectors.T
    return likeness


def _values(sentences: Sequence[DatedSentence], likeness: _Floats) -> _Floats:
    """How much each sentence tells by itself, float32, (sentences,)."""
    articles = np.array([sentence.window.passage.article for sentence in sentences])
    tellers = np.array(
        [len(set(articles[row >= _TOLD_AGAIN].tolist())) - 1 for row in likeness], np.float32
    )
    scores = np.array([sentence.window.score for sentence in sentences], np.float32)
    news = np.array([_news_value(sentence) for sentence in sentences], np.float32)
    told = np.minimum(tellers, _MOST_TELLERS) * np.float32(_TELLER)
    values: _Floats = scores + told + news
    return values


def _news_value(sentence: DatedSentence) -> float:
    """How likely a sentence tells an event of its date."""
    window = sentence.window
    value = 0.0
    if sentence.date_of is DateOf.TEXT:
        value += _STATED[sentence.date.precision]
    else:
        value -= _OTHER_HEADLINE * (1 - sentence.in_headline)
        value -= _FURTHER_ON * bool(window.parts["leaning"])
    if window.span.start - window.article.prose.start < _OPENING_CHARACTERS:
        value += _OPENING
    elif sentence.date_of is DateOf.PUBLICATION:
        value -= _FURTHER_ON
    if window.text[0] in "“\"‘'":
        value -= _SPOKEN
    return value


class _Told(NamedTuple):
    """What a sentence tells, to be compared: its content words, its numbers, its date."""

    sentence: DatedSentence
    terms: frozenset[str]
    numbers: frozenset[str]


def _told(sentence: DatedSentence) -> _Told:
    text = sentence.window.text
    return _Told(sentence, terms_of(text) - STOP_TERMS, frozenset(_NUMBER.findall(text)))


def _repeats(told: _Told, before: _Told, likeness: float) -> bool:
    """Whether a sentence says what one that is chosen already says.

    Other numbers at another date are a development. Two dates that sentences name themselves are
    those of two events, unless the sentences are very much alike.

    Args:
        told: the sentence.
        before: the one that is chosen.
        likeness: the cosine of the two.
    """
    sentence, chosen = told.sentence, before.sentence
    shorter = min(len(told.terms), len(before.terms))
    shares = len(told.terms & before.terms) >= _SHARED_TERMS * shorter
    apart = _days_apart(sentence.date, chosen.date)
    are_named = {sentence.date_of, chosen.date_of} == {DateOf.TEXT}
    is_development = bool(told.numbers and before.numbers) and told.numbers != before.numbers
    if apart and (are_named or is_development):
        return likeness >= _SAME and shares
    if sentence.date != chosen.date and not apart:  # a month and a day in it
        return likeness >= _SAME_WITHIN or shares
    is_of_article = sentence.window.passage.article == chosen.window.passage.article
    same = _SAME if is_of_article or apart > _NEAR else _SAME_DAYS
    return likeness >= same or shares


def _days_apart(date: PartialDate, other: PartialDate) -> dt.timedelta:
    (first, last), (other_first, other_last) = date.period, other.period
    return max(first - other_last, other_first - last, 0 * DAY)
