"""The sentences that tell something of a subject, among those of the passages found for it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from pullquote.answering.query import Query, terms_of
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.windows import Window
from pullquote.english.sentence_times import without_quotations
from pullquote.english.stems import analyse
from pullquote.weights import WEIGHTS

_WHOLE_SUBJECT, _ALMOST_ALL = 0.8, 0.95
"""The archive has the subject if a sentence with its headline has this share of the words, by idf,
or its passage has the higher one, and the sentence is like the subject; or has them itself."""
_LIKE_SUBJECT = 0.4
"""The least cosine of the subject with that sentence."""
_MOST_OF_SUBJECT = 0.6
"""The share of the words that every passage has, at least, of a subject of three words or more."""
_FEW_WORDS = 2
_SOME_WORDS = 0.45
"""The same for a sentence that is very like the subject."""
_OF_NAMES = 0.5
"""The share of the subject's names, likewise: another derailment is another matter."""
_OF_SUBJECT = 0.25
"""The share that a sentence and the headline have, at least."""
_LEAST_SIMILARITY = 0.25
"""The least cosine of the subject with a sentence about it."""
_NAMES = 0.25
"""A sentence itself has this share of the subject's words, or is very like the subject."""
_VERY_LIKE = 0.5
_FAR_WORSE = 0.5
"""Sentences whose score is lower than the best one's by more than this are not about it."""
_FEWEST_WORDS, _MOST_WORDS = 6, 60
_MOST_CHARACTERS = 800
_NAME = re.compile(r"(?<=\s)[A-Z][\w’'-]*")
"""A word of the subject that is or belongs to a name. The first word has a capital anyway."""
_CLOSING = "”\"’')] \n"
"""What may follow the full stop of a sentence."""
_ADDRESS = re.compile(r"\b(?:I|you|your|we|our|let['’]s|here['’]s)\b", re.IGNORECASE)
"""What speaks to the reader, and tells nothing, outside of a quotation."""
_CAPTION = re.compile(
    r".{0,60}/(?:AP|AFP|Getty|Reuters|USA TODAY|Instagram|Facebook|Bloomberg|EPA|PA|Shutterstock)\b"
)
"""How the caption of a picture begins: with who made it."""
_LINK = re.compile(
    r"[\W_]*(?:\S+\s+){0,12}?[^\s:/]*[A-Za-z’'\"”)]:[A-Z‘“'\"]|[\W_]*[A-Z][A-Z :'’-]{8,}:"
)
"""How a link to another article begins: "EXPLAINED:Why"."""


def windows_about(
    query: Query, windows: Sequence[Window], words: QuestionWords
) -> Sequence[Window]:
    """The sentences that tell something of the subject; none if the archive does not have it.

    Args:
        query: the subject.
        windows: every sentence of the passages found, best first.
        words: the words of the subject.
    """
    is_typed = not query.corrections
    if not any(_is_subject(window) or (is_typed and _has_all_words(window)) for window in windows):
        return []
    least = windows[0].score - _FAR_WORSE
    least_coverage = _ALMOST_ALL if len(query.terms) <= _FEW_WORDS else _MOST_OF_SUBJECT
    about = [
        window
        for window in windows
        if window.score >= least
        and (window.passage_coverage >= least_coverage or _is_near(window))
        and window.coverage >= _OF_SUBJECT
        and (window.similarity >= _LEAST_SIMILARITY or _has_all_words(window))
        and (_own_coverage(window) >= _NAMES or window.similarity >= _VERY_LIKE)
        and _is_statement(window)
    ]
    return _with_names(about, query, words)


def _is_subject(window: Window) -> bool:
    """Whether a sentence is on the very subject."""
    has_words = window.coverage >= _WHOLE_SUBJECT or window.passage_coverage >= _ALMOST_ALL
    return has_words and window.similarity >= _LIKE_SUBJECT


def _is_near(window: Window) -> bool:
    """Whether a sentence is on the subject in other words."""
    return window.passage_coverage >= _SOME_WORDS and window.similarity >= _VERY_LIKE


def _is_statement(window: Window) -> bool:
    """Whether a sentence tells something: no question, no line of links, no word to the reader."""
    if not _FEWEST_WORDS <= window.word_count <= _MOST_WORDS:
        return False
    if window.span.end - window.span.start > _MOST_CHARACTERS:
        return False
    text = window.text
    if "?" in text or text.isupper() or text.rstrip(_CLOSING)[-1:] not in (".", "!", "…"):
        return False
    if _LINK.match(text) or _CAPTION.match(text):
        return False
    return not _ADDRESS.search(without_quotations(text))


def _has_all_words(window: Window) -> bool:
    """Whether a sentence itself has all words of the subject."""
    return _own_coverage(window) >= _ALMOST_ALL


def _with_names(windows: Sequence[Window], query: Query, words: QuestionWords) -> Sequence[Window]:
    """The windows whose passages have the names in the subject."""
    names = set(analyse(" ".join(_NAME.findall(query.text)))) & words.idf.keys()
    total = words.share(names)

    @functools.cache
    def has_names(text: str) -> bool:
        return words.share(words.found_in(terms_of(text)) & names) >= _OF_NAMES * total

    return [
        window
        for window in windows
        if not names or has_names(f"{window.names}\n{window.passage_text}")
    ]


def _own_coverage(window: Window) -> float:
    """The share of the subject's words, by idf, that a sentence itself has."""
    return window.parts["coverage"] / WEIGHTS.coverage
