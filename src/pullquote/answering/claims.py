"""Claims: sentences of articles with what is needed to compare what they say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.spans import Span
from pullquote.english.accusations import Accusation, accusations_in, may_accuse
from pullquote.english.counted_things import FATE_STEMS
from pullquote.english.denials import Denial, denial_in, may_assert, may_deny
from pullquote.english.irregular_verbs import verb_stems
from pullquote.english.meaning_words import is_date
from pullquote.english.quantities import Quantity, quantities
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.time_expressions import time_expressions
from pullquote.english.word_frequencies import UNKNOWN, zipf_frequency

_LETTERS = re.compile("[a-z]+")
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*")
NOT_CONTENT = STOP_TERMS | frozenset(
    analyse(
        "people person persons number total toll official officials authority authorities police "
        "spokesman spokeswoman statement report reports reported estimate estimated according "
        "announced least almost nearly around some approximately roughly percent per cent added "
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun "
        "january february april june july august september october november december "
        "morning evening night afternoon today yesterday"
    )
)
_FUTURE = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|plans?|planned|planning|expects?|expected"
    r"|forecasts?|targets?|goals?|aims?|predicts?|predicted|projects?|projected|propos\w+|pledg\w+"
    r"|promis\w+|seeks?|if|unless|potentially|threaten\w*"
    r"|needs?|needed|needing|requir\w+|must)\b"
)
_MARK = re.compile(r"[,;:]\s|\s[-–—]\s")
_CLAUSE = re.compile(r"[,;:]\s|\s[-–—]\s|\b(?:and|but|while|whereas|though)\b")
"""Where a part of a sentence ends."""
_COMMON = 3.6
"""Zipf frequency of the stem from which a capitalised first word is taken for an ordinary one."""


@dataclass(frozen=True)
class Claim:
    """A sentence of an article, as a claim that others may contradict.

    Attributes:
        article: the article.
        span: the place of the sentence.
        attributions_of_article: gives those of the article.
    """

    article: Article
    span: Span
    attributions_of_article: Callable[[], Sequence[Attribution]]

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.article.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in lower case; of "isn't" two."""
        return frozenset(_LETTERS.findall(self.text.lower()))

    @property
    def published(self) -> dt.date | None:
        """The day on which it was published."""
        return self.article.published

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its quantities."""
        return quantities(self.text)

    def place(self, quantity: Quantity) -> Span:
        """The place of a quantity's number in the article."""
        start = self.span.start
        return Span(start + quantity.span.start, start + quantity.span.end)

    @cached_property
    def attributions(self) -> list[Attribution]:
        """The attributions whose words are in the sentence."""
        return [one for one in self.attributions_of_article() if one.stretch.overlaps(self.span)]

    @cached_property
    def told(self) -> str:
        """The sentence with blanks in place of who says it, and of the verb of saying."""
        text, start = self.text, self.span.start
        for one in self.attributions:
            first = one.content[0].of(self.article.text)
            if not first.startswith("to "):  # "planned to cut"
                for place in (*one.cue, *one.speaker):
                    if self.span.contains(place):
                        at, end = place.start - start, place.end - start
                        text = text[:at] + " " * (end - at) + text[end:]
        return text

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems of the sentence and of the headline."""
        return frozenset(analyse(f"{self.article.title}\n{self.text}"))

    @cached_property
    def headline(self) -> frozenset[str]:
        """The stems of the content words of the headline."""
        return _content(self.article.title)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """All stems of the sentence."""
        return frozenset(analyse(self.text))

    @cached_property
    def verb_stems(self) -> frozenset[str]:
        """The same, those of irregular past forms as infinitives."""
        return self.own_verb_stems | frozenset(verb_stems(self.article.title))

    @cached_property
    def own_verb_stems(self) -> frozenset[str]:
        """The stems of the sentence, those of irregular past forms as infinitives."""
        return frozenset(verb_stems(self.text))

    @cached_property
    def denial(self) -> Denial | None:
        """What it denies."""
        return denial_in(self.text) if may_deny(self.words) else None

    @cached_property
    def is_assertion(self) -> bool:
        """Whether it says that something is so."""
        return may_assert(self.words) and "?" not in self.text

    @cached_property
    def accusations(self) -> list[Accusation]:
        """Who blames whom in it."""
        if not may_accuse(self.words):
            return []
        text = self.article.text
        said = [
            (
                " ".join(
                    place.of(text)
                    for place in (*one.speaker, one.name, one.description)
                    if place is not None
                ),
                one.stretch.of(text),
            )
            for one in self.attributions
        ]
        return accusations_in(self.text, said)

    @cached_property
    def core(self) -> frozenset[str]:
        """The stems of the content words of what is told, without numbers and their units."""
        return _content(self._bare)

    def around(self, quantity: Quantity) -> frozenset[str]:
        """The same for the part of the sentence between punctuation in which a quantity is."""
        start, end = self._clause(quantity, _CLAUSE)
        return _content(self._bare[start:end])

    def names_around(self, quantity: Quantity) -> frozenset[str]:
        """The names around a quantity: in its part of the sentence, else in all of it."""
        start, end = self._clause(quantity, _MARK)
        names = frozenset(name for at, name, _ in self._capitalised if start <= at < end)
        return names or self.possible_names

    def _clause(self, quantity: Quantity, mark: re.Pattern[str]) -> Span:
        """The part of the sentence between two marks in which a quantity is."""
        before = [match.end() for match in mark.finditer(self._bare, 0, quantity.span.start)]
        after = mark.search(self._bare, quantity.end)
        return Span(max(before, default=0), after.start() if after else len(self._bare))

    @cached_property
    def _bare(self) -> str:
        """What is told, with blanks in place of quantities with their units."""
        text = self.told
        for quantity in self.quantities:
            start, end = quantity.span.start, quantity.end
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the words of what is told that are surely names."""
        return frozenset(name for _, name, is_sure in self._capitalised if is_sure)

    @cached_property
    def possible_names(self) -> frozenset[str]:
        """Those, and the first word if it may be one."""
        return frozenset(name for _, name, _ in self._capitalised)

    @cached_property
    def _capitalised(self) -> list[tuple[int, str, bool]]:
        """The names: the place in the sentence, the stem, and whether it is surely one."""
        found = []
        for token in _TOKEN.finditer(self.told):
            if not token[0][0].isupper() or is_date(token[0].lower()):
                continue
            stem = next((stem for stem in analyse(token[0]) if stem not in NOT_CONTENT), "")
            is_inside = not _begins_sentence(self.told, token.start())
            frequency = zipf_frequency(stem)
            if stem and not stem[0].isdigit() and (is_inside or frequency < _COMMON):
                found.append((token.start(), stem, is_inside or frequency == UNKNOWN))
        return found

    @cached_property
    def is_future(self) -> bool:
        """Whether it tells what may, must or will be."""
        return bool(_FUTURE.search(self.text))

    @cached_property
    def times(self) -> list[tuple[dt.date, dt.date]]:
        """The times that it names, as periods."""
        asked = self.published or dt.date(1900, 1, 1)
        return [
            (one.since or dt.date.min, one.until or dt.date.max)
            for one in time_expressions(self.text, asked)
        ]


def _content(text: str) -> frozenset[str]:
    return frozenset(
        stem
        for stem in verb_stems(text)
        if stem not in NOT_CONTENT and stem not in FATE_STEMS and not stem[0].isdigit()
    )


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" “\"‘'(")
    return not before or before[-1] in ".!?:"
