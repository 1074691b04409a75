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
_OF_WHERE = frozenset(
    "on in at by during outside inside beside near behind under over through via before since "
    "until about against between among amid despite without following with".split()
)
"""Begins where, when or how it was said after a name: "said Low on Monday", not "said a man on"."""
_ENDS = frozenset({QUOTE, ";", ":", "—", "–", "--", ".", "?", "!"})


def following_subject(tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """The subject after a verb: "said Ann Low, the mayor". Its description is included."""
    words = tokens.words
    first = verb + 1
    while first < len(words) and is_adverb(tokens, first):
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
    while end < len(words) and not _ends(tokens, first, end):
        end += 1
    while end > first and words[end - 1] == ",":
        end -= 1
    return (first, end) if end > first else None


def _ends(tokens: Tokens, first: int, number: int) -> bool:
    """Whether a token is no part of the subject that begins with the first one."""
    word = tokens.words[number]
    if word == ",":
        return not _goes_on(tokens, number)
    if word in _OF_WHERE and number > first and tokens.is_capital(number - 1):
        return True
    is_joined = word == "and" and tokens.is_capital(number + 1)
    return word in _ENDS or (word in _LEAVING and not is_joined)


def _goes_on(tokens: Tokens, comma: int) -> bool:
    """Whether an apposition follows a comma: "said Ann Low, the mayor of Lowtown"."""
    following = tokens.word(comma + 1)
    if not following or following == QUOTE:
        return False
    if (
        following.endswith("ing")
        or following in _OF_WHERE
        or following in JOINERS - {"who"}
        or is_adverb(tokens, comma + 1)
    ):
        return False
    return following in DETERMINERS or following == "who" or following.isalpha()
