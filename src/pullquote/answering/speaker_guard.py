"""Keeps another's words out of an answer to what somebody said."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.query import Query
from pullquote.answering.windows import Window
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.passages import ArticleRow
from pullquote.english.back_references import refers_back
from pullquote.english.speaker_questions import SAYING_WORDS
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.storage.article_store import ArticleStore

_SAYING_TERMS = frozenset(analyse(" ".join(SAYING_WORDS)))
_OWN_SUBJECT = 0.34
"""More than this share of the subject's words is in a window of the speaker's words, or before it
in its paragraph."""
_ENOUGH_WORDS = 2
_OTHER_SUBJECT = 0.5
"""The same for a window that is in nobody's words and names the speaker."""
_LEAST_SHARE = 0.3
"""A window is somebody's words if they said at least this share of its characters."""


def windows_of_speaker(
    windows: Sequence[Window], query: Query, store: ArticleStore
) -> tuple[list[Window], bool]:
    """The windows that may answer what somebody said about something.

    They are in their words, or are about what they said: they name them, and are in nobody else's.
    They, or what is before them in their paragraph, have words of the subject.

    Args:
        windows: those that were found.
        query: the question; if it asks for nobody's words, all windows remain.
        store: has what the articles attribute to whom.

    Returns:
        The windows, and whether any article of theirs attributes something to this speaker.
    """
    wanted = frozenset(analyse(query.speaker)) - STOP_TERMS
    if not wanted:
        return list(windows), False
    subject = frozenset(query.terms) - wanted - _SAYING_TERMS
    attributions: dict[ArticleRow, list[Attribution]] = {}
    kept = []
    is_quoted = False
    for window in windows:
        row = window.passage.article
        if row not in attributions:
            attributions[row] = store.attributions.of_article(row, window.article.text)
            is_quoted |= any(_is_by(window, one, wanted) for one in attributions[row])
        if _may_answer(window, attributions[row], wanted, subject):
            kept.append(window)
    return kept, is_quoted


def _may_answer(
    window: Window,
    attributions: Sequence[Attribution],
    wanted: frozenset[str],
    subject: frozenset[str],
) -> bool:
    """Whether a window is what the speaker said of the subject, or is about that."""
    said = [one for one in attributions if one.share_of(window.span) >= _LEAST_SHARE]
    if said:
        is_theirs = all(_is_by(window, one, wanted) for one in _outermost(said))
        return is_theirs and _is_about(window, subject, _OWN_SUBJECT)
    names_them = wanted <= set(analyse(window.text))
    return names_them and _is_about(window, subject, _OTHER_SUBJECT)


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


def _outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Those that are not within another one: "he said that she hopes" is what he said."""
    return [
        one
        for one in attributions
        if not any(
            other is not one and other.share_of(one.stretch) == 1.0 and other.stretch != one.stretch
            for other in attributions
        )
    ]


def _is_by(window: Window, attribution: Attribution, wanted: frozenset[str]) -> bool:
    """Whether an attribution's speaker has all words of a name or a description."""
    text = window.article.text
    spans = [*attribution.speaker]
    spans += [span for span in (attribution.name, attribution.description) if span is not None]
    return wanted <= {term for span in spans for term in analyse(span.of(text))}
