"""Finds who a verb of saying belongs to."""

from __future__ import annotations

from typing import NamedTuple

from pullquote.english.attribution.cue_verbs import ADVERBS, AUXILIARIES, CUE_VERBS, Form
from pullquote.english.attribution.tokens import QUOTE, Tokens

PRONOUNS = frozenset("he she they it i we you who which that this these those".split())
DETERMINERS = frozenset(
    "the a an his her their its our my your this these those some many most several one two three "
    "another other no any each both all few".split()
)
PREPOSITIONS = frozenset(
    "of for in at from with on by to about into over under through during against near between "
    "among within without like as than after before since until despite amid via per".split()
)
JOINERS = frozenset(
    "that because while when if but although though whereas where after before since until as so "
    "or nor than unless whether how why what once and yet even".split()
)
_MARKS = frozenset(", ; : — – -- - ( ) [ ] … . ? ! |".split()) | {QUOTE}
_NOT_SUBJECT = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december".split()
)


class Subject(NamedTuple):
    """A subject's tokens `[first, end)`, and the token where the verb's group begins."""

    first: int
    end: int
    group: int


def is_adverb(word: str) -> bool:
    """Whether a word is an adverb that may stand between a subject and its verb."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4)  # noqa: PLR2004


def group_start(tokens: Tokens, verb: int) -> int:
    """The first token of a verb's group: its auxiliaries and adverbs before it."""
    first = verb
    while first > 0 and (
        tokens.words[first - 1] in AUXILIARIES or is_adverb(tokens.words[first - 1])
    ):
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
        if word in _MARKS:
            break
        if word in JOINERS and not (
            word in {"and", "or", "as", "even"} and _joins_names(tokens, first - 1, end)
        ):
            break
        first -= 1
    return first, end


def _joins_names(tokens: Tokens, joiner: int, end: int) -> bool:
    """Whether an "and" joins two subjects: "Cruz and Rubio said"."""
    before = tokens.words[joiner - 1] if joiner else ""
    if before in _MARKS or not before or joiner + 1 >= end:
        return False
    after = joiner + 1
    if any(word in CUE_VERBS and CUE_VERBS[word].form is Form.PAST for word in tokens.words[after:end]):
        return False
    return (tokens.is_capital(joiner - 1) and tokens.is_capital(after)) or (
        before.endswith("s") and not tokens.is_capital(joiner - 1) and tokens.words[after] not in PRONOUNS
        and joiner <= 3  # noqa: PLR2004
    )


def _noun_phrase(tokens: Tokens, first: int, end: int) -> tuple[int, int] | None:
    """The noun phrase at the end of a stretch without what stands before it."""
    words = tokens.words
    while end > first and (is_adverb(words[end - 1]) or _is_day(tokens, first, end)):
        end -= 2 if not is_adverb(words[end - 1]) and words[end - 2] == "on" else 1
    while first < end and (words[first] in JOINERS or is_adverb(words[first])) and words[first] not in PRONOUNS:
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
        if words[number] in AUXILIARIES and words[number] not in {"to", "'s"}:
            first = number + 1
            break
    if first >= end:
        return None
    return first, end


def _is_day(tokens: Tokens, first: int, end: int) -> bool:
    return end - first > 1 and tokens.words[end - 1] in _NOT_SUBJECT


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
    for number in range(comma - 1, max(-1, comma - 45), -1):
        if words[number] in {QUOTE, ";", ":"}:
            return None
        if words[number] != ",":
            continue
        first, end = _stretch(tokens, number)
        if first >= end:
            continue
        before = words[first - 1] if first else ""
        if before == "," and not _begins_anew(tokens, first):
            continue
        found = _noun_phrase(tokens, first, end)
        if found and (words[first] not in PREPOSITIONS) and tokens.words[found[0]] not in {"to"}:
            return found[0], comma + 1
        if first == 0:
            return None
    return None


def _begins_anew(tokens: Tokens, first: int) -> bool:
    """Whether a noun phrase after a comma may be a subject: the comma ends a leading phrase."""
    return (tokens.is_capital(first) or tokens.words[first] in DETERMINERS) and tokens.words[0] in (PREPOSITIONS | JOINERS)


def main_subject(tokens: Tokens, before: int) -> tuple[int, int] | None:
    """The subject of the sentence's first clause that ends before a token."""
    words = tokens.words
    limit = min(before, len(words))
    for number in range(limit):
        word = words[number]
        if word in AUXILIARIES - {"to", "'s", "not"} or _looks_finite(tokens, number):
            found = subject(tokens, number)
            if found:
                return found.first, found.end
    return None


def _looks_finite(tokens: Tokens, number: int) -> bool:
    word = tokens.words[number]
    if number == 0 or tokens.is_capital(number):
        return False
    cue = CUE_VERBS.get(word)
    if cue is not None:
        return cue.form in {Form.PAST, Form.SINGULAR}
    if word in _PAST_VERBS or (word.endswith("ed") and len(word) > 4):  # noqa: PLR2004
        return tokens.words[number - 1] not in DETERMINERS | PREPOSITIONS
    return False


_PAST_VERBS = frozenset(
    "went made took gave came got kept left led won lost ran began spoke met put set sat stood "
    "fell rose drew hit sent built brought bought caught fought grew threw sought paid became "
    "broke chose drove flew forgot held knew laid lit rode sang shook slept sold spent struck swore "
    "taught wore woke goes makes takes gives comes keeps leads wins runs begins speaks meets stands "
    "appears seems".split()
)


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
    if word in PREPOSITIONS or word in JOINERS or word in {"to"}:
        return None
    end = first
    while end < len(words) and words[end] not in {QUOTE, ";", ":", "—", "–", "--", ".", "?", "!"}:
        if words[end] == "," and not _goes_on(tokens, end):
            break
        if words[end] in {"while", "when", "as", "after", "before", "during", "because", "and"} and not (
            words[end] == "and" and tokens.is_capital(end + 1)
        ):
            break
        end += 1
    while end > first and words[end - 1] in {",", ")"} and words[end - 1] == ",":
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
