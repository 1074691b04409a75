"""Classes of words that tell where a subject begins and what a finite verb is."""

from __future__ import annotations

from pullquote.english.attribution.cue_verbs import ADVERBS, AUXILIARIES, CUE_VERBS, Form
from pullquote.english.attribution.tokens import QUOTE, Tokens

PRONOUNS = frozenset("he she they it i we you who which that this these those".split())
DETERMINERS = frozenset(
    "the a an his her their its our my your this these those some many most several one two three "
    "another other no any each both all few".split()
)
PREPOSITIONS = frozenset(
    "of for in at from with on by to about into over under through during against near between "
    "among within without following like as than after before since until despite amid via "
    "per".split()
)
JOINERS = frozenset(
    "that because while when if but although though whereas where after before since until as so "
    "or nor than unless whether how why what once and yet even".split()
)
MARKS = frozenset(", ; : — – -- - ( ) [ ] … . ? ! |".split()) | {QUOTE}
FINITE_AUXILIARIES = AUXILIARIES - {"'s", "to"}
LEADING = PREPOSITIONS | JOINERS
"""What a phrase before the subject begins with: "In May", "While he ate"."""
_FINITE_VERBS = frozenset(
    "went made took gave came got kept left led won lost ran began spoke met put set sat stood "
    "fell rose drew hit sent built brought bought caught fought grew threw sought paid became "
    "broke chose drove flew forgot held knew laid lit rode sang shook slept sold spent struck "
    "swore taught wore woke goes makes takes gives comes keeps leads wins runs begins speaks meets "
    "stands appears seems".split()
)
"""Frequent verbs whose past does not end in "ed", and some in the present."""
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_LEAST_LETTERS = 5
"""A shorter word in "ly" or "ed" may be something else: "only", "red"."""


def is_adverb(tokens: Tokens, number: int) -> bool:
    """Whether a token is an adverb that may stand between a subject and its verb.

    "Donnelly" and "Kelly" are names; "Finally" at the head of a sentence is none.
    """
    word = tokens.word(number)
    if word in ADVERBS:
        return True
    if not word.endswith("ly") or len(word) < _LEAST_LETTERS:
        return False
    return not tokens.is_capital(number) or (number == 0 and tokens.word(1) not in CUE_VERBS)


def looks_finite_or_auxiliary(tokens: Tokens, number: int) -> bool:
    """Whether a token is likely a finite verb or an auxiliary one."""
    return tokens.words[number] in FINITE_AUXILIARIES or looks_finite(tokens, number)


def looks_finite(tokens: Tokens, number: int) -> bool:
    """Whether a token is likely a finite verb, in the past or with an s."""
    word = tokens.words[number]
    if number == 0 or tokens.is_capital(number):
        return False
    cue = CUE_VERBS.get(word)
    if cue is not None:
        return cue.form in {Form.PAST, Form.SINGULAR}
    if word in _FINITE_VERBS or (word.endswith("ed") and len(word) >= _LEAST_LETTERS):
        return tokens.words[number - 1] not in _BEFORE_NOUNS
    return False
