"""Tells apart people of one name, by what articles say that they are.

A striker and a senator of one name are two people. Articles that give a name and no description,
or none that tells anything, mean the best known bearer if one is far better known than the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pullquote.corpus.passages import ArticleRow
from pullquote.english.attribution.descriptions_agree import (
    Description,
    agree,
    description_from,
)

_FAR_MORE = 3
"""The best known bearer of a name is described in this many times the articles of the next."""
_SURELY_ONE = 8
"""If one bearer is described in this many times the articles of another, and the other's
description names no other field of work, both are one person."""
_MANY_ARTICLES, _LEAST_DESCRIBED = 12, 0.25
"""A name in at least this many articles, described in less than this share of them, is that of a
place or a body, or needs no description."""


class Mention(NamedTuple):
    """An article in which somebody speaks.

    Attributes:
        article: its row.
        name: the words of the name by which the speaker is found.
        descriptions: what it says that they are, in its words.
    """

    article: ArticleRow
    name: str
    descriptions: frozenset[str]


class _Person:
    """A bearer of a name, with the articles that describe them."""

    def __init__(self, mentions: Sequence[int], descriptions: frozenset[Description]) -> None:
        self.mentions = list(mentions)
        self.descriptions = descriptions

    @property
    def is_told(self) -> bool:
        """Whether a description tells who it is: not "the director" alone."""
        return any(one.fields or one.telling for one in self.descriptions)

    def may_be(self, other: _Person) -> bool:
        """Whether a description of one agrees with one of the other."""
        return agree(self.descriptions, other.descriptions)

    def conflicts_with(self, other: _Person) -> bool:
        """Whether the fields of two descriptions differ."""
        return any(
            one.conflicts_with(another)
            for one in self.descriptions
            for another in other.descriptions
        )

    def add(self, other: _Person) -> None:
        """Take another person to be the same."""
        self.mentions += other.mentions
        self.descriptions |= other.descriptions


def namesakes(mentions: Iterable[Mention]) -> Iterator[tuple[ArticleRow, int]]:
    """Yield the articles that mean another bearer of a name than the best known one.

    Args:
        mentions: all articles in which somebody of one name speaks, in the order of rows.

    Yields:
        The article's row, and the bearer's number, from 2.
    """
    every = list(mentions)
    described = [
        _Person([number], telling)
        for number, mention in enumerate(every)
        if (telling := _telling(mention.descriptions))
    ]
    is_common = len(every) >= _MANY_ARTICLES and len(described) < _LEAST_DESCRIBED * len(every)
    people = [] if is_common else _people(described)
    if len(people) < 2:  # noqa: PLR2004 - one person has no namesake
        return
    known = {number for person in people for number in person.mentions}
    if len(people[0].mentions) < _FAR_MORE * len(people[1].mentions):
        unknown = [number for number in range(len(every)) if number not in known]
        people += [_Person(unknown, frozenset())] if unknown else []
    for number, person in enumerate(people[1:], start=2):
        for mention in sorted(person.mentions):
            yield every[mention].article, number


def _telling(descriptions: Iterable[str]) -> frozenset[Description]:
    found = map(description_from, descriptions)
    return frozenset(description for description in found if not description.is_empty)


def _people(described: Iterable[_Person]) -> list[_Person]:
    """The people who are described, those in the most articles first."""
    people: list[_Person] = []
    for one in described:
        same = [person for person in people if person.may_be(one)]
        for person in same:
            people.remove(person)
            one.add(person)
        people.append(one)
    people = [person for person in people if person.is_told]
    people.sort(key=lambda person: (-len(person.mentions), min(person.mentions)))
    for other in people[1:]:
        is_few = len(people[0].mentions) >= _SURELY_ONE * len(other.mentions)
        if is_few and not people[0].conflicts_with(other):
            people[0].add(other)
            people.remove(other)
    return people
