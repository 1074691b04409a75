"""Keeps the words of other speakers out of an answer to what somebody said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pullquote.answering.carried_words import is_mentioned
from pullquote.answering.query import Query
from pullquote.answering.windows import Window
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.passages import ArticleRow
from pullquote.english.back_references import is_of_unnamed_thing, refers_back
from pullquote.english.question_time import question_time
from pullquote.english.speaker_questions import SAYING_WORDS
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.storage.article_store import ArticleStore

_SAYING_TERMS = frozenset(analyse(" ".join(SAYING_WORDS)))
_OWN_SUBJECT = 0.34
"""More than this share of the subject's words is in a window of the speaker's words, or before it
in its paragraph."""
_OTHER_SUBJECT = 0.5
"""The same for a window that is in nobody's words and names the speaker."""
_ENOUGH_WORDS = 2
"""This number of the subject's words is enough, whatever their share."""
_BODIES = frozenset(
    f"the {body}"
    for body in "company firm group party agency government ministry bank club union airline "
    "charity council university school hospital paper newspaper broadcaster".split()
)
"""Speakers without a name that stand for a body named just before."""
_LEAST_SHARE = 0.3
"""A window is somebody's words if they said at least this share of its characters."""


class GuardedWindows(NamedTuple):
    """The windows of a question about somebody's words.

    Attributes:
        fitting: those that may answer it.
        nearest: those in the speaker's words that are about something else.
        is_quoted: whether an article of a window attributes anything to the speaker.
    """

    fitting: list[Window]
    nearest: list[Window]
    is_quoted: bool


def windows_of_speaker(
    windows: Sequence[Window],
    query: Query,
    store: ArticleStore,
    date_terms: frozenset[str] = frozenset(),
) -> GuardedWindows:
    """The windows that may answer what somebody said about something.

    They are in their words, or are about what they said: they name them, and are in nobody else's.
    They, or what is before them in their paragraph, have words of the subject. For a follow-up
    their article has words of the conversation's subject.

    Args:
        windows: those that were found.
        query: the question; if it asks for nobody's words, all windows fit.
        store: has what the articles attribute to whom.
        date_terms: the stems of the words that name the question's time: no part of its subject.
    """
    wanted = frozenset(analyse(query.speaker)) - STOP_TERMS
    if not wanted:
        return GuardedWindows(list(windows), [], is_quoted=False)
    if not query.reads_dates:  # no part of the subject either where they do not count
        date_terms = question_time(query.text, query.asked_on or dt.date.max).date_terms
    apart = wanted | _SAYING_TERMS | date_terms
    carried = [word for word in query.carried if set(analyse(word)) - apart - STOP_TERMS]
    subject = frozenset(query.terms) - apart - frozenset(analyse(" ".join(carried)))
    attributions: dict[ArticleRow, list[Attribution]] = {}
    fitting, nearest = [], []
    is_quoted = False
    for window in _on_subject(windows, carried):
        row = window.passage.article
        if row not in attributions:
            attributions[row] = store.attributions.of_article(row, window.article.text)
            is_quoted |= any(_is_by(window, one, wanted) for one in attributions[row])
        if _may_answer(window, attributions[row], wanted, subject):
            fitting.append(window)
        elif carried or _may_answer(window, attributions[row], wanted, frozenset()):
            nearest.append(window)
    return GuardedWindows(fitting, nearest, is_quoted)


def _may_answer(
    window: Window,
    attributions: Sequence[Attribution],
    wanted: frozenset[str],
    subject: frozenset[str],
) -> bool:
    """Whether a window is what the speaker said of the subject, or is about that."""
    said = [one for one in attributions if one.share_of(window.span) >= _LEAST_SHARE]
    theirs = [one for one in attributions if _is_by(window, one, wanted)]
    own = max((one.share_of(window.span) for one in theirs), default=0.0)
    others = max((one.share_of(window.span) for one in said if _is_apart(one, theirs)), default=0.0)
    if own >= others and any(_is_of_headline(window, one, subject) for one in theirs):
        return True
    if own >= max(others, _LEAST_SHARE):
        return _is_about(window, subject, _OWN_SUBJECT)
    names_them = wanted <= set(analyse(window.text))
    is_told = not said or any(_is_told_by_body(window, one) for one in attributions)
    return names_them and is_told and _is_about(window, subject, _OTHER_SUBJECT)


def _is_apart(attribution: Attribution, theirs: Sequence[Attribution]) -> bool:
    """Whether an attribution is neither in one of theirs nor around one: "Low said Bob agrees"."""
    return not any(one.stretch.overlaps(attribution.stretch) for one in theirs)


def _is_told_by_body(window: Window, attribution: Attribution) -> bool:
    """Whether a body without a name speaks in a window that names it: "The company denies that"."""
    return any(
        window.span.contains(span) and span.of(window.article.text).lower() in _BODIES
        for span in attribution.speaker
    )


def _is_about(window: Window, subject: frozenset[str], least_share: float) -> bool:
    """Whether a window, or what is before it in its paragraph, has words of the subject.

    Two words are enough of a long question. For a window that refers back, the paragraph before
    its own counts as well.
    """
    text, (start, end) = window.article.text, window.span
    first = window.passage.span.start
    begin = max(first, text.rfind("\n\n", 0, start))
    if refers_back(text, start):
        begin = max(first, text.rfind("\n\n", 0, begin))
    shared = len(subject & set(analyse(text[begin:end])))
    return not subject or shared >= _ENOUGH_WORDS or shared > least_share * len(subject)


def _is_of_headline(window: Window, attribution: Attribution, subject: frozenset[str]) -> bool:
    """Whether what somebody says in a window names nothing, and its article is on the subject.

    “It is a tax on work” is about the toll of the headline, or of the paragraph before.
    """
    text, span = window.article.text, attribution.stretch
    if not (window.span.overlaps(span) and is_of_unnamed_thing(span.of(text))):
        return False
    begin = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, span.start)))
    around = analyse(f"{window.article.title}\n{text[max(0, begin) : span.start]}")
    shared = len(subject & set(around))
    return shared >= _ENOUGH_WORDS or shared > _OTHER_SUBJECT * len(subject)


def _on_subject(windows: Sequence[Window], carried: Sequence[str]) -> list[Window]:
    """The windows whose articles have enough of the words that a follow-up took; all for none."""
    on_subject: dict[ArticleRow, bool] = {}
    for window in windows if carried else ():
        row, article = window.passage.article, window.article
        if row not in on_subject:
            text = f"{article.title}\n{article.text}".lower()
            shared = sum(is_mentioned(word, text) for word in carried)
            on_subject[row] = shared >= _ENOUGH_WORDS or shared > _OWN_SUBJECT * len(carried)
    return [window for window in windows if on_subject.get(window.passage.article, True)]


def _is_by(window: Window, attribution: Attribution, wanted: frozenset[str]) -> bool:
    """Whether an attribution's speaker has all words of a name or a description."""
    text = window.article.text
    spans = [*attribution.speaker]
    spans += [span for span in (attribution.name, attribution.description) if span is not None]
    return wanted <= {term for span in spans for term in analyse(span.of(text))}
