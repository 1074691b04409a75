"""Finds the subject after its verb: "said Ann Low, the mayor"."""

from __future__ import annotations

from pullquote.english.attribution.tokens import QUOTE, Tokens
from pullquote.english.attribution.word_classes import (
    DETERMINERS,
    JOINERS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
)

_LEAVING = frozenset("while when as after before during because and".split())
_ENDS = frozenset({QUOTE, ";", ":", "—", "–", "--", ".", "?", "!"})


def following_subject(tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """The subject after a verb: "said Ann Low, the mayor". Its description is included."""
    words = tokens.words
    first = verb + 1
    while first < len(words) and is_adverb(words[first]):
        first += 1
    if first >= len(words):
        return None
    word = words[first]
    if word in PRONOUNS:
        return (first, first + 1) if word in {"he", "she", "they", "i", "we"} else None
    if not (tokens.is_capital(first) or word in DETERMINERS or word.isalpha()):
        return None
    if word in PREPOSITIONS or word in JOINERS or word == "to":
        return None
    end = first
    while end < len(words) and words[end] not in _ENDS:
        if words[end] == "," and not _goes_on(tokens, end):
            break
        if words[end] in _LEAVING and not (words[end] == "and" and tokens.is_capital(end + 1)):
            break
        end += 1
    while end > first and words[end - 1] == ",":
        end -= 1
    return (first, end) if end > first else None


def _goes_on(tokens: Tokens, comma: int) -> bool:
    """Whether an apposition follows a comma: "said Ann Low, the mayor of Lowtown"."""
    following = tokens.word(comma + 1)
    if not following or following == QUOTE:
        return False
    if following.endswith("ing") or following in JOINERS - {"who"} or is_adverb(following):
        return False
    return following in DETERMINERS or following == "who" or following.isalpha()
