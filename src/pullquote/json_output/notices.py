"""Notices: fixed sentences beside an answer, on corrected words and on articles' files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.query import Correction
from pullquote.corpus.articles import Article
from pullquote.english.dates import written_moment
from pullquote.english.unread_times import is_unclear
from pullquote.storage.source_check import SourceState
from pullquote.verification.verdicts import Verification

_COPIES = (
    "The articles' own files are not on this machine: "
    "these quotes were checked against the index's copy of them."
)


def notices(answer: Answer, *, nearest: bool = True) -> tuple[str, ...]:
    """The notices of an answer; most answers have none.

    Args:
        answer: the answer.
        nearest: whether the nearest passages of a refusal are shown beside the notices.
    """
    sentences = [searched_for(answer.query.corrections)] if answer.query.corrections else []
    sentences += [unread(words) for words in answer.query.unread_times]
    states = [quote.source_state for quote in (answer.shown if nearest else answer.quotes)]
    return (*sentences, *of_files(answer.withheld, answer.built, states))


def verification_notices(verification: Verification) -> tuple[str, ...]:
    """The notices beside what is found of a text; most need none."""
    states = [place.source_state for finding in verification.findings for place in finding.places]
    return tuple(of_files(verification.withheld, verification.built, states))


def of_files(
    withheld: Sequence[Article], built: dt.datetime, states: Sequence[SourceState]
) -> list[str]:
    """The notices of articles that are not quoted, and of files that are not there."""
    sentences = [
        f"Not quoted: {article.title or article.path} changed since the index was built "
        f"({written_moment(built)}). Run: pullquote index"
        for article in withheld
    ]
    return [*sentences, _COPIES] if SourceState.ELSEWHERE in states else sentences


def unread(words: str) -> str:
    """The notice of a time in a question that was not used, because it is not understood."""
    if not is_unclear(words):
        return f"“{words}” was not read as a date: name one, such as “since 3 April 2025”."
    return (
        f"{words} may be read in two ways and was not used: "
        "write the month in words or the year first."
    )


def searched_for(corrections: Sequence[Correction]) -> str:
    """The notice of corrected words, at least one."""
    words = ", ".join(
        f"{correction.word} (typed: {correction.typed})" for correction in corrections
    )
    return f"Searched for: {words}."
