"""Finds who a verb of saying belongs to."""

from __future__ import annotations

from typing import NamedTuple

from pullquote.english.attribution.cue_verbs import AUXILIARIES, CUE_VERBS, Form
from pullquote.english.attribution.tokens import QUOTE, Tokens
from pullquote.english.attribution.word_classes import (
    DETERMINERS,
    FINITE_AUXILIARIES,
    JOINERS,
    LEADING,
    MARKS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
    looks_finite,
    looks_finite_or_auxiliary,
)

_DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)


_RELATIVES = frozenset({"which", "who", "whom", "whose"})
_FARTHEST_COMMA = 45
"""The most tokens of an apposition."""


class Subject(NamedTuple):
    """A subject's tokens `[first, end)`, and the token where the verb's group begins."""

    first: int
    end: int
    group: int


def group_start(tokens: Tokens, verb: int) -> int:
    """The first token of a verb's group: its auxiliaries and adverbs before it."""
    first = verb
    while first > 0 and (tokens.words[first - 1] in AUXILIARIES or is_adverb(tokens, first - 1)):
        first -= 1
    while first < verb and tokens.words[first] in {"as", "so", "even"}:
        first += 1
    return first


def subject(tokens: Tokens, verb: int) -> Subject | None:
    """The subject before a verb; None if there is none."""
    group = group_start(tokens, verb)
    first, end = _stretch(tokens, group)
    if first < end:
        found = _noun_phrase(tokens, first, end)
        return Subject(*found, group) if found else None
    before = tokens.word(group - 1)
    if before == ",":
        apposed = _around_apposition(tokens, group - 1)
        if apposed:
            return Subject(*apposed, group)
    if before == ")":
        opening = group - 1
        while opening > 0 and tokens.words[opening] != "(":
            opening -= 1
        first, end = _stretch(tokens, opening)
        found = _noun_phrase(tokens, first, end) if first < end else None
        return Subject(*found, group) if found else None
    return None


def _stretch(tokens: Tokens, end: int) -> tuple[int, int]:
    """The tokens before `end` back to the last mark or joining word."""
    first = end
    words = tokens.words
    while first > 0:
        word = words[first - 1]
        if word in MARKS:
            break
        if word in _RELATIVES and first < end:
            break
        if word in JOINERS and not (word in {"and", "or"} and _joins_names(tokens, first - 1, end)):
            break
        first -= 1
    return first, end


def _joins_names(tokens: Tokens, joiner: int, end: int) -> bool:
    """Whether an "and" joins two subjects: "Cruz and Rubio said"."""
    words = tokens.words
    if joiner + 1 >= end or words[joiner - 1] in MARKS or joiner == 0:
        return False
    if any(looks_finite(tokens, number) for number in range(joiner + 1, end)):
        return False
    for number in range(joiner - 1, max(-1, joiner - 12), -1):
        word = words[number]
        if word in MARKS or word in JOINERS:
            return number < joiner - 1
        if word in FINITE_AUXILIARIES or looks_finite(tokens, number):
            return False
    return True


def _noun_phrase(tokens: Tokens, first: int, end: int) -> tuple[int, int] | None:
    """The noun phrase at the end of a stretch without what stands before it."""
    words = tokens.words
    while end > first and (is_adverb(tokens, end - 1) or _is_day(tokens, first, end)):
        end -= 2 if not is_adverb(tokens, end - 1) and words[end - 2] == "on" else 1
    while (
        first < end
        and (words[first] in JOINERS or is_adverb(tokens, first))
        and words[first] not in PRONOUNS
    ):
        first += 1
    if first >= end:
        return None
    if words[end - 1] in PRONOUNS:
        return end - 1, end
    if words[first] in PREPOSITIONS:
        start = _after_preposition(tokens, first, end)
        if start is None:
            return None
        first = start
    for number in range(end - 1, first, -1):
        # "the poll Trump said": a verb in the stretch ends another clause.
        if (words[number] in FINITE_AUXILIARIES) or (
            words[number] in CUE_VERBS
            and CUE_VERBS[words[number]].form in {Form.PAST, Form.SINGULAR}
            and not CUE_VERBS[words[number]].is_noun
            and words[number - 1] not in DETERMINERS
        ):
            first = number + 1
            break
    if (
        first >= end
        or words[end - 1] in {"there", "a", "an", "the"}
        or words[first] == "'s"
        or (first + 1 == end and words[first] in DETERMINERS)
    ):
        return None
    return first, end


def _is_day(tokens: Tokens, first: int, end: int) -> bool:
    return end - first > 1 and tokens.words[end - 1] in _DAYS_AND_MONTHS


def _after_preposition(tokens: Tokens, first: int, end: int) -> int | None:
    """Where the subject begins after a phrase without a comma: "In a statement Trump said"."""
    words = tokens.words
    start = end
    while start > first and tokens.is_capital(start - 1):
        start -= 1
    if start < end and words[start - 1] not in PREPOSITIONS:
        if words[start - 1] in {"the", "a", "an"}:
            start -= 1
            if words[start - 1] in PREPOSITIONS:
                return None
        return start
    for number in range(end - 1, first + 1, -1):
        if words[number] in DETERMINERS and words[number - 1] not in PREPOSITIONS:
            return number
    return None


def _around_apposition(tokens: Tokens, comma: int) -> tuple[int, int] | None:
    """The noun phrase before an apposition that ends with a comma: "Ann Low, the mayor, said"."""
    words = tokens.words
    for number in range(comma - 1, max(-1, comma - _FARTHEST_COMMA), -1):
        if words[number] in {QUOTE, ";", ":"}:
            return None
        if words[number] != ",":
            continue
        first, end = _stretch(tokens, number)
        if first >= end:
            continue
        before = words[first - 1] if first else ""
        if before == "," and not _begins_anew(tokens, first, number, comma):
            continue
        if any(looks_finite_or_auxiliary(tokens, at) for at in range(first + 1, end)):
            return None
        found = _noun_phrase(tokens, first, end)
        if found and (words[first] not in PREPOSITIONS) and tokens.words[found[0]] != "to":
            return found[0], comma + 1
        if first == 0:
            return None
    return None


def _begins_anew(tokens: Tokens, first: int, inner: int, comma: int) -> bool:
    """Whether a noun phrase after a comma may be a subject, with an apposition `(inner, comma)`.

    The comma ends a leading phrase, or a content: "It is so, its mayor, Ann Low, said".
    """
    is_article = tokens.words[first] in DETERMINERS
    if tokens.words[0] in LEADING:
        return is_article or tokens.is_capital(first)
    if is_article:
        return all(map(tokens.is_capital, range(inner + 1, comma)))
    is_name = all(map(tokens.is_capital, range(first, inner)))
    return is_name and tokens.words[inner + 1] in DETERMINERS


def main_subject(tokens: Tokens, before: int) -> tuple[int, int] | None:
    """The subject of the sentence's first clause that ends before a token."""
    words = tokens.words
    limit = min(before, len(words))
    for number in range(limit):
        word = words[number]
        if word in FINITE_AUXILIARIES or looks_finite(tokens, number):
            found = subject(tokens, number)
            if found:
                return found.first, found.end
    return None
