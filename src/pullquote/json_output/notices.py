"""Notices: fixed sentences beside an answer, on corrected words and on articles' files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pullquote.answering.answers import Answer, OtherLanguage
from pullquote.answering.query import Correction
from pullquote.corpus.articles import Article
from pullquote.english.dates import written_moment
from pullquote.english.unread_times import is_unclear
from pullquote.languages.codes import language_name
from pullquote.storage.source_check import SourceState
from pullquote.translation import say
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
    sentences = [in_other_language(answer.other_language)] if answer.other_language else []
    sentences += [searched_for(answer.query.corrections)] if answer.query.corrections else []
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
        say(
            "Not quoted: {title} changed since the index was built ({built}). Run: pullquote index",
            title=article.title or article.path,
            built=written_moment(built),
        )
        for article in withheld
    ]
    return [*sentences, say(_COPIES)] if SourceState.ELSEWHERE in states else sentences


def in_other_language(languages: OtherLanguage) -> str:
    """The notice of a question in a language that the archive has nothing in."""
    names = [say(language_name(code)) for code in languages.archive]
    *others, last = names
    listed = say("{first} and {last}", first=", ".join(others), last=last) if others else last
    return say(
        "The archive is in {archive}; the question seems to be in {question}.",
        archive=listed,
        question=say(language_name(languages.question)),
    )


def unread(words: str) -> str:
    """The notice of a time in a question that was not used, because it is not understood."""
    if not is_unclear(words):
        return say(
            "“{words}” was not read as a date: name one, such as “since 3 April 2025”.",
            words=words,
        )
    return say(
        "{words} may be read in two ways and was not used: "
        "write the month in words or the year first.",
        words=words,
    )


def searched_for(corrections: Sequence[Correction]) -> str:
    """The notice of corrected words, at least one."""
    words = ", ".join(
        say("{word} (typed: {typed})", word=correction.word, typed=correction.typed)
        for correction in corrections
    )
    return say("Searched for: {words}.", words=words)
