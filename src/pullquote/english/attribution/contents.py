"""Finds what a verb of saying has as its content: where it begins and where it ends."""

from __future__ import annotations

import enum
from typing import NamedTuple

from pullquote.english.attribution.cue_verbs import AUXILIARIES, CUE_VERBS, CueVerb, Form, Frame
from pullquote.english.attribution.tokens import QUOTE, Tokens
from pullquote.english.attribution.word_classes import DETERMINERS, PREPOSITIONS, is_adverb

_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow earlier "
    "recently thusly afterward afterwards".split()
)
_TIMES = _DAYS | frozenset("week month year night morning afternoon evening summer fall".split())
COMPLEMENTIZERS = frozenset("that how what why whether if who where when which".split())
_SUBJECT_PRONOUNS = frozenset("he she they it we i there you".split())
_CIRCUMSTANCES = frozenset("in at on to during after from with via through before into by".split())
_CONTENT_PREPOSITIONS = {
    "call": {"for", "on"},
    "warn": {"of", "about", "against"},
    "complain": {"of", "about"},
    "boast": {"of", "about"},
    "joke": {"about"},
    "argue": {"for", "against"},
    "ask": {"about", "for"},
    "agree": {"with"},
    "worry": {"about"},
    "respond": {"to"},
    "comment": {"on"},
    "hint": {"at"},
    "tell": {"of"},
    "think": {"of", "about"},
    "hope": {"for"},
    "vote": {"for"},
}
_FRAMES = {
    QUOTE: Frame.CLAUSE | Frame.OBJECT | Frame.THAT | Frame.ADDRESSEE,
    "to": Frame.INFINITIVE,
}
"""The frames in which a word begins the content."""
_DASHES = frozenset({"—", "–", "--", ";"})
_NEVER_CONTENT = frozenset({"(", ")", "-", "and", "or", "but", "by"})
_CONJUNCTIONS = frozenset({"because", "when", "while", "as", "since"})
_BY_SAYING = frozenset({"saying", "noting", "arguing", "adding"})
_MAX_CIRCUMSTANCE = 18
"""The most tokens between a verb and the "that" of its content."""


class Next(enum.Enum):
    """What follows a verb and its circumstances."""

    END = "end"
    COMMA = "comma"
    COLON = "colon"
    CONTENT = "content"
    NOTHING = "nothing"


class Following(NamedTuple):
    """What follows a verb, and the token where it begins."""

    what: Next
    token: int


def following(tokens: Tokens, verb: int, cue: CueVerb) -> Following:
    """What follows a verb of saying."""
    words, last = tokens.words, tokens.last
    at = _past_adverbs(tokens, verb + 1)
    if at >= last:
        return _at_end(tokens, at)
    word = words[at]
    if word in _CONTENT_PREPOSITIONS.get(cue.verb, ()):
        return Following(Next.CONTENT, at + 1)
    if cue.frame & Frame.ADDRESSEE and word not in {",", ":", "that", QUOTE}:
        return _past_addressee(tokens, at, cue)
    if word in _CIRCUMSTANCES and not (word == "to" and cue.frame & Frame.INFINITIVE):
        return _past_circumstance(tokens, at, cue)
    return _at(tokens, at, cue)


def _past_adverbs(tokens: Tokens, at: int) -> int:
    words = tokens.words
    while at < len(words) and (
        words[at] in _DAYS
        or (is_adverb(tokens, at) and words[at] not in {"as", "no", "all", "both", "there", "once"})
        or (words[at] == "on" and tokens.word(at + 1) in _DAYS)
        or (words[at] in {"last", "this"} and tokens.word(at + 1) in _TIMES)
    ):
        at += 2 if words[at] in {"last", "this", "on"} else 1
    return at


def _at(tokens: Tokens, at: int, cue: CueVerb) -> Following:
    """What begins at a token."""
    words = tokens.words
    if at >= tokens.last:
        return _at_end(tokens, at)
    word = words[at]
    if word == ":":
        return Following(Next.CONTENT if at + 1 < tokens.last else Next.COLON, at + 1)
    if word == ",":
        is_quoted = tokens.word(at + 1) == QUOTE
        return Following(Next.CONTENT, at + 1) if is_quoted else Following(Next.COMMA, at)
    if word in COMPLEMENTIZERS or word in _FRAMES:
        is_content = bool(cue.frame & _FRAMES.get(word, Frame.THAT))
    elif word in _DASHES:
        return Following(Next.END, at)
    elif word in _NEVER_CONTENT:
        is_content = False
    elif word in PREPOSITIONS or word in _CONJUNCTIONS:
        return Following(Next.END if cue.frame & Frame.CLAUSE else Next.NOTHING, at)
    else:
        is_clause = cue.frame & (Frame.CLAUSE | Frame.BARE) and _begins_clause(tokens, at)
        is_content = bool(is_clause or cue.frame & Frame.OBJECT)
    return Following(Next.CONTENT if is_content else Next.NOTHING, at)


def _at_end(tokens: Tokens, at: int) -> Following:
    """What the end of the sentence is: a colon goes on in the next one."""
    return Following(Next.COLON if tokens.words[-1] == ":" else Next.END, at)


def _begins_clause(tokens: Tokens, at: int) -> bool:
    """Whether a clause begins at a token: a finite verb follows in its course."""
    words = tokens.words
    for number in range(at + 1, min(tokens.last, at + 30)):
        word = words[number]
        if word in {";", "—", ":"} or (word == "," and words[number + 1] == QUOTE):
            return False
        if word in AUXILIARIES and word not in {"to", "not", "being", "been", "be", "never"}:
            return True
        if word in CUE_VERBS and CUE_VERBS[word].form in {Form.PAST, Form.SINGULAR}:
            return True
        if (word.endswith("ed") and len(word) > 4) or word == QUOTE:  # noqa: PLR2004
            return True
    return words[at] in _SUBJECT_PRONOUNS


def _past_circumstance(tokens: Tokens, at: int, cue: CueVerb) -> Following:
    """After a phrase with a preposition: the first mark or "that"."""
    words, last = tokens.words, tokens.last
    for number in range(at, min(last, at + _MAX_CIRCUMSTANCE)):
        word, after = words[number], tokens.word(number + 1)
        if word in {"that", QUOTE, ":"}:
            return _at(tokens, number, cue)
        if word == ",":
            if after == QUOTE or (after == "that" and cue.frame & Frame.THAT):
                return Following(Next.CONTENT, number + 1)
            if tokens.is_capital(number + 1) or after.isdigit():
                continue  # "in Toledo, Ohio, that": a place or a date
            return Following(Next.COMMA, number)
        if (
            number > at + 1
            and word in _SUBJECT_PRONOUNS
            and cue.frame & (Frame.CLAUSE | Frame.BARE)
        ):
            return Following(Next.CONTENT, number)
    return _at_end(tokens, at) if last - at <= _MAX_CIRCUMSTANCE else Following(Next.END, at)


def _past_addressee(tokens: Tokens, at: int, cue: CueVerb) -> Following:
    """After the one who is spoken to: "told the crowd [that …]"."""
    words, last = tokens.words, tokens.last
    for number in range(at + 1, min(last, at + _MAX_CIRCUMSTANCE)):
        word, after = words[number], tokens.word(number + 1)
        if word == ":":
            return Following(Next.CONTENT if number + 1 < last else Next.COLON, number + 1)
        if word == ",":
            is_content = after == QUOTE or after in COMPLEMENTIZERS
            return (
                Following(Next.CONTENT, number + 1) if is_content else Following(Next.COMMA, number)
            )
        if word == "about":
            return Following(Next.CONTENT, number + 1)
        if (
            word == QUOTE
            or (word in COMPLEMENTIZERS and (word != "who" or cue.verb == "ask"))
            or (word == "to" and words[number - 1] != "speaking")
            or word in _SUBJECT_PRONOUNS
            or _begins_new_clause(tokens, number)
        ):
            return Following(Next.CONTENT, number)
    return _at_end(tokens, at) if last - at <= _MAX_CIRCUMSTANCE else Following(Next.NOTHING, at)


def _begins_new_clause(tokens: Tokens, at: int) -> bool:
    """Whether a clause begins at an article or the like: "told her the plan was off"."""
    return (
        tokens.words[at] in DETERMINERS
        and tokens.words[at - 1] not in PREPOSITIONS
        and _begins_clause(tokens, at)
    )


def content_end(tokens: Tokens, first: int, frame: Frame) -> int:
    """The token where the content that begins at `first` ends."""
    words, last = tokens.words, tokens.last
    is_phrase = not frame & Frame.CLAUSE
    for number in range(first + 1, last):
        word, after = words[number], tokens.word(number + 1)
        if (
            (word == "," and _leaves(tokens, number, frame))
            or (is_phrase and number > first + 2 and word in {";", "—", "--"})
            or (word == ":" and after == QUOTE)
            or (word == "-" and number > first + 1)
            or (word == "by" and after in _BY_SAYING)
            or (word == "and" and _is_finite_cue(after))
            or (word == "according" and after == "to")
        ):
            return number
    return max(last, first)


def _is_finite_cue(word: str) -> bool:
    """Whether a word is a verb of saying with a subject before it, and no noun."""
    cue = CUE_VERBS.get(word)
    return cue is not None and cue.form in {Form.PAST, Form.SINGULAR} and not cue.is_noun


def _leaves(tokens: Tokens, comma: int, frame: Frame) -> bool:
    """Whether what follows a comma is no part of the content any more."""
    after = tokens.word(comma + 1)
    if after == "according":
        return True
    cue = CUE_VERBS.get(after)
    if cue is not None and cue.form is Form.ING:
        return True
    if after in {"and", "but"}:
        second = tokens.word(comma + 2)
        cue = CUE_VERBS.get(second)
        if cue is not None and cue.form is not Form.BASE:
            return True
    return bool(frame & (Frame.OBJECT | Frame.INFINITIVE)) and after in {
        "but",
        "while",
        "although",
        "though",
        "which",
        "who",
        "saying",
        "and",
        "as",
        "when",
    }
