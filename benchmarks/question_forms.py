"""The forms in which a question is asked: plainly, misspelt, with a greeting, in capitals.

Everything is drawn with a generator seeded by the question's id, so a question has the same forms
whatever is asked before it.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Mapping, Sequence

from pullquote.corpus.spans import Span
from pullquote.english.stems import analyse
from pullquote.english.stop_words import INTERROGATIVE, STOP_TERMS

PLAIN = "plain"
"""The name of the form that the others are compared with."""
GREETINGS = (
    "Hey bot, could you please tell me: {} Thanks!",
    "Hi! I have a question for you: {} Thank you.",
    "Good morning, just a quick question. {} Cheers!",
    "hello, do you happen to know this? {} thanks a lot",
    "Sorry to bother you, but I would like to know: {} Thanks in advance!",
)
"""The wordings around a question; {} is the question."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}+(?!['’]t\b)")
"""Four or more letters, and not the beginning of a word such as "didn't"."""

Form = Callable[[str, random.Random], str]
"""Makes a form of a question."""


def content_words(question: str) -> list[Span]:
    """The places of the content words of at least four letters."""
    phrases = [Span(*match.span()) for match in INTERROGATIVE.finditer(question)]
    return [
        word
        for word in _long_words(question)
        if not any(word.overlaps(phrase) for phrase in phrases)
        and not STOP_TERMS.issuperset(analyse(word.of(question)))
    ]


def _long_words(question: str) -> list[Span]:
    return [Span(*match.span()) for match in _LONG_WORD.finditer(question)]


def _drawn_content_words(question: str, draw: random.Random) -> list[Span]:
    """The content words in a drawn order, which does not change with the list of stop words."""
    words, content = _long_words(question), set(content_words(question))
    return [word for word in draw.sample(words, len(words)) if word in content]


def misspelt_once(word: str, draw: random.Random) -> str:
    """A word with one letter dropped, doubled, replaced, or swapped with the next one."""
    at = draw.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    other = draw.choice(string.ascii_lowercase.replace(letter.lower(), ""))
    other = other.upper() if letter.isupper() else other
    misspellings = [before + after, before + letter + letter + after, before + other + after]
    if after and after[0].lower() != letter.lower():
        misspellings.append(before + after[0] + letter + after[1:])
    return draw.choice(misspellings)


def misspelt_twice(word: str, draw: random.Random) -> str:
    """A word of at least four letters with one letter wrong in each of its halves."""
    middle = len(word) // 2
    misspelt = word
    while misspelt == word:  # "abba" without its first b and with its second b doubled is "abba"
        misspelt = misspelt_once(word[:middle], draw) + misspelt_once(word[middle:], draw)
    return misspelt


def one_letter(question: str, draw: random.Random) -> str:
    """One letter of one content word is wrong. Without such a word the question stays the same."""
    words = _drawn_content_words(question, draw)[:1]
    return _respelt(question, words, misspelt_once, draw)


def two_letters(question: str, draw: random.Random) -> str:
    """One letter of each of two content words is wrong, or two letters of the only one."""
    words = _drawn_content_words(question, draw)[:2]
    spell = misspelt_twice if len(words) == 1 else misspelt_once
    return _respelt(question, words, spell, draw)


def _respelt(question: str, words: Sequence[Span], spell: Form, draw: random.Random) -> str:
    """The question with each of these words spelt anew."""
    for word in sorted(words, reverse=True):
        question = question[: word.start] + spell(word.of(question), draw) + question[word.end :]
    return question


def greeting(question: str, draw: random.Random) -> str:
    """The question within a greeting and thanks."""
    return draw.choice(GREETINGS).format(question)


def no_question_mark(question: str, _draw: random.Random) -> str:
    """The question without the question marks at its end."""
    return question.rstrip("? ")


def capitals(question: str, _draw: random.Random) -> str:
    """The question in capital letters."""
    return question.upper()


def lower_case(question: str, draw: random.Random) -> str:
    """The question without capital letters and without the question marks at its end."""
    return no_question_mark(question, draw).lower()


FORMS: Mapping[str, Form] = {
    PLAIN: lambda question, _draw: question,
    "one letter": one_letter,
    "two letters": two_letters,
    "greeting": greeting,
    "no question mark": no_question_mark,
    "capitals": capitals,
    "lower case": lower_case,
}
"""The forms by name, the plain one first."""


def generator(seed: int, purpose: str, question_id: str | int) -> random.Random:
    """The random numbers that are drawn for one question and one purpose."""
    return random.Random(f"{seed} {purpose} {question_id!r}")  # noqa: S311 - no secret


def forms_of(question: str, question_id: str | int, seed: int) -> dict[str, str]:
    """A question in each form, by the form's name."""
    return {
        name: form(question, generator(seed, name, question_id)) for name, form in FORMS.items()
    }
