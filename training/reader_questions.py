"""Other forms of questions: on other names and numbers, misspelt, or after a sentence of their own.

So the reader learns that a question on another year is not answered, and to do with what people
type.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences
from reader_data import PassageQuestion, Text

_TYPO_SHARE = 0.08
_UNMARKED_SHARE = 0.25
"""How often a question loses its question mark."""
_LONGEST_PREAMBLE = 400
"""In characters: a passage's tokens must have room beside the question."""
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")
_CAPITALISED = re.compile(r"[A-Z][\w’'-]+(?: (?:of |the |de )?[A-Z][\w’'-]+)*")
_NAME = re.compile(rf"(?<=[a-z,] ){_CAPITALISED.pattern}")
_ASKING = re.compile(r"\b(?:who|where|when|which|what \w+|how \w+)\b", re.IGNORECASE)


class QuestionForms:
    """Draws forms of questions."""

    def __init__(self, questions: Sequence[PassageQuestion], random_draw: random.Random) -> None:
        """Take the questions, whose names are swapped, and what draws."""
        self._names = _names_by_title(questions)
        self._named = _names_that_answer(questions)
        self._random = random_draw

    def swapped(self, question: PassageQuestion) -> str:
        """A question with another name, number or year, which its passage does not answer."""
        asked, passage = question.question, question.text.text
        names = [one for one in _NAME.finditer(asked) if one.group() in passage]
        numbers = [one for one in _NUMBER.finditer(asked) if one.group() in passage]
        if len(names) > 1 and self._random.random() < 0.5:  # noqa: PLR2004 - half of the time
            one, other = sorted(self._random.sample(names, 2), key=lambda match: match.start())
            return (
                asked[: one.start()]
                + other.group()
                + asked[one.end() : other.start()]
                + one.group()
                + asked[other.end() :]
            )
        if numbers and (not names or self._random.random() < 0.5):  # noqa: PLR2004
            one = self._random.choice(numbers)
            number = self._other_number(one.group())
            return "" if number in passage else asked[: one.start()] + number + asked[one.end() :]
        if names:
            one = self._random.choice(names)
            pool = self._names[question.text.title]
            fitting = [name for name in pool if name not in passage and name != one.group()]
            if fitting:
                name = self._random.choice(fitting)
                return asked[: one.start()] + name + asked[one.end() :]
        return ""

    def restated(self, question: PassageQuestion) -> Text | None:
        """The passage with another value as its answer, as if it were told on another day."""
        text = question.text
        if len(text.answers) != 1:
            return None
        start, end = text.answers[0]
        said = text.text[start:end]
        if value := _NUMBER.search(said):
            number = self._other_number(value.group())
            said = said[: value.start()] + number + said[value.end() :]
        elif _CAPITALISED.fullmatch(said):
            said = self._random.choice(self._named[_asks(question.question)])
        else:
            return None
        span = Span(start, start + len(said))
        return replace(text, text=text.text[:start] + said + text.text[end:], answers=(span,))

    def _other_number(self, number: str) -> str:
        draw = self._random
        if _YEAR.fullmatch(number):
            return str(int(number) + draw.choice([-30, -10, -4, -3, -2, -1, 1, 2, 3, 4, 10, 30]))
        digits = [place for place, letter in enumerate(number) if letter.isdigit()]
        place = draw.choice(digits)
        digit = draw.choice([one for one in "123456789" if one != number[place]])
        return number[:place] + digit + number[place + 1 :]

    def as_typed(self, question: str) -> str:
        """The question without its question mark, or with a wrong letter, or as it is."""
        if self._random.random() < _UNMARKED_SHARE:
            question = question.rstrip("? ")
        words = question.split(" ")
        long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]  # noqa: PLR2004
        if long and self._random.random() < _TYPO_SHARE:
            place = self._random.choice(long)
            words[place] = self._misspelt(words[place])
        return " ".join(words)

    def _misspelt(self, word: str) -> str:
        at = self._random.randrange(1, len(word) - 1)
        letter = self._random.choice("abcdefghijklmnopqrstuvwxyz")
        return self._random.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )

    def preamble(self, text: Text) -> str:
        """A sentence of a passage that does not answer, with a space after it; or nothing."""
        whole = sentences(text.text, Span(0, len(text.text)))
        said = [
            one.of(text.text)
            for one in whole
            if not any(one.overlaps(span) for span in (*text.answers, *text.unclear))
            and len(one.of(text.text)) <= _LONGEST_PREAMBLE
        ]
        return f"{self._random.choice(said)} " if said else ""


def _asks(question: str) -> str:
    """The word that a question asks with, or ""."""
    asks = _ASKING.search(question)
    return asks.group().casefold() if asks else ""


def _names_that_answer(questions: Sequence[PassageQuestion]) -> dict[str, list[str]]:
    """Names that answer a question, by the word that it asks with."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for one in questions:
        said = [span.of(one.text.text) for span in one.text.answers]
        named[_asks(one.question)] += [name for name in said if _CAPITALISED.fullmatch(name)]
    return named


def _names_by_title(questions: Sequence[PassageQuestion]) -> dict[str, list[str]]:
    """Names in the questions of each article; of an article with few, those of all."""
    by_title: defaultdict[str, set[str]] = defaultdict(set)
    for one in questions:
        by_title[one.text.title].update(match.group() for match in _NAME.finditer(one.question))
    every = sorted(set().union(*by_title.values()))
    few = 5
    return {
        title: sorted(names) if len(names) >= few else every for title, names in by_title.items()
    }
