"""Questions for somebody who meets the archive for the first time.

Each is a headline as it is printed, or a fixed frame around a name that an article prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.speakers import most_quoted
from pullquote.confidence.outcome import Outcome
from pullquote.english.question_form import is_one_question

_MOST = 6
"""Candidates of each kind."""
_SPEAKERS = 20
"""Speakers among whom those with a full name and a description are looked for."""
_QUOTES = 3
"""Quotes of an answer that is looked at."""
_WHO = "Who is {name}?"


def example_candidates(archive: OpenIndex, max_characters: int) -> list[str]:
    """Questions that the archive may answer, the most inviting first.

    They are headlines that ask something, "Who is …?" for those who are quoted most and whom an
    article describes, in turn, and then other headlines; of all the newest first.

    Args:
        archive: the archive.
        max_characters: the longest question.

    Raises:
        ArchiveDamaged: the store cannot be read.
    """
    newest = archive.store.headlines(archive.newest)
    titles = [title for _, title, _ in newest if 0 < len(title) <= max_characters]
    asking = _first(title for title in titles if is_one_question(title))
    others = _first(title for title in titles if not is_one_question(title))
    people = _first(
        _WHO.format(name=speaker.name)
        for speaker in most_quoted(archive.store, _SPEAKERS)
        if speaker.description and " " in speaker.name
    )
    in_turn = filter(None, chain.from_iterable(zip_longest(asking, people)))
    return [text for text in dict.fromkeys((*in_turn, *others)) if len(text) <= max_characters]


def is_answered(archive: OpenIndex, question: str) -> bool:
    """Whether the archive answers a question, and is sure of it.

    Raises:
        PullquoteError: it cannot be asked.
    """
    return answer(archive, understand(question), _QUOTES).outcome is Outcome.ANSWERED


def _first(texts: Iterator[str]) -> list[str]:
    return [text for text, _ in zip(texts, range(_MOST), strict=False)]
