"""Compares two claims: whether they give different numbers for the same thing."""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from typing import NamedTuple

from pullquote.answering.claims import Claim
from pullquote.answering.same_matter import is_among, share_headline, shared_part, tell_the_same
from pullquote.english.number_questions import NumberQuestion
from pullquote.english.quantities import CHANGE, COUNT, Quantity

_AROUND = 0.4
"""Each of two claims has this part of the content words around the number of the other."""
_MANY = 10
"""Smaller numbers are compared only if the question asks for them, or of the dead and the like."""
_QUALITIES = frozenset("long high tall deep wide thick heavi away".split())
"""The stems of what a measure is of, as adjectives."""
_SAME_TIME = 3
"""Days between two publications that count as the same time for what does not grow by the day."""
_STABLE_DAYS = 31
"""The same for measures of things, such as the length of a bridge."""
_STABLE_KINDS = frozenset({"length", "area", "mass", "age", "magnitude", "volume"})
_DEVELOPING_DAYS = 60
"""Numbers of articles further apart than this are not told as one development."""


class Relation(enum.Enum):
    """What two numbers for one thing are to each other."""

    DISAGREE = enum.auto()
    DEVELOP = enum.auto()


class Numbers(NamedTuple):
    """Two numbers for one thing.

    Attributes:
        relation: whether they are told of the same time, or of different ones.
        first: that of the first claim.
        second: that of the second claim.
    """

    relation: Relation
    first: Quantity
    second: Quantity


def compare_numbers(one: Claim, other: Claim, asked: NumberQuestion | None = None) -> list[Numbers]:
    """The numbers of two claims for the same things that are not the same.

    Args:
        one: a claim.
        other: another claim.
        asked: what number the question asks for. If it asks for none, nothing is a development.
    """
    found = []
    for first, second in itertools.product(one.quantities, other.quantities):
        if (
            first.is_known
            and second.is_known
            and _may_be_of_one_thing(first, second)
            and not first.fits(second)
            and _is_only(first, one)
            and _is_only(second, other)
            and _is_asked_for(first, second, asked)
            and one.is_future is other.is_future
            and _are_of_like_things(first, second, one, other)
        ):
            relation = _relation(first, second, one, other)
            if relation and _is_one_matter(relation, first, second, one, other, asked):
                found.append(Numbers(relation, first, second))
    return found


def _is_one_matter(
    relation: Relation,
    first: Quantity,
    second: Quantity,
    one: Claim,
    other: Claim,
    asked: NumberQuestion | None,
) -> bool:
    """Whether two claims are about one matter, by their words or as answers to the question."""
    answer_alike = asked is not None and _answer_alike(first, second, one, other, asked)
    if relation is Relation.DEVELOP:
        return answer_alike
    if tell_the_same(one, other) and _are_told_alike(first, second, one, other):
        return True
    # What names nothing ("Officials put the toll at 7") is about the matter of its headline.
    is_of_headline = not one.possible_names and not other.possible_names
    return answer_alike and is_of_headline and share_headline(one, other)


def _is_asked_for(first: Quantity, second: Quantity, asked: NumberQuestion | None) -> bool:
    """Whether the question asks for two numbers, or they are telling in themselves."""
    if asked is not None:
        return asked.asks_for(first) and asked.asks_for(second)
    return first.kind != COUNT or bool(first.thing.fate) or min(first.value, second.value) >= _MANY


def _may_be_of_one_thing(first: Quantity, second: Quantity) -> bool:
    if first.kind != second.kind or first.rate != second.rate:
        return False
    things = first.thing, second.thing
    if not (first.is_known and second.is_known):
        return not any(thing.fate for thing in things)
    if first.kind != COUNT:
        nouns = {thing.noun for thing in things} - {""}
        return len(nouns) <= 1 or len(nouns & _QUALITIES) == 1
    if things[0].fate != things[1].fate:
        return False
    return things[0].noun == things[1].noun or all(thing.is_people for thing in things)


def _is_only(quantity: Quantity, claim: Claim) -> bool:
    """Whether a claim has no other number for the same kind of thing."""
    return all(
        other is quantity or not _may_be_of_one_thing(quantity, other) for other in claim.quantities
    )


def _are_of_like_things(first: Quantity, second: Quantity, one: Claim, other: Claim) -> bool:
    """Whether neither has a modifier that the other claim lacks: "soldiers", "wounded soldiers"."""
    if not (first.thing.modifiers <= other.stems and second.thing.modifiers <= one.stems):
        return False
    described = {first.thing.noun, second.thing.noun} - {""} - _QUALITIES
    return first.kind == COUNT or described <= (one.own_stems & other.own_stems)


def _answer_alike(
    first: Quantity, second: Quantity, one: Claim, other: Claim, asked: NumberQuestion
) -> bool:
    """Whether two claims answer one question for a number, in whatever words.

    Each has all telling words of the question, and the names around the numbers are the same: not
    "in Turkey" and "in Turkey and Syria".
    """
    matter = asked.matter
    if not matter or not all(
        is_among(s, claim.verb_stems) for s in matter for claim in (one, other)
    ):
        return False
    # A speaker's name may say of what place the number is: "Turkey's disaster agency".
    names, others = (
        claim.names_around(number) | set(matter & claim.own_stems)
        for claim, number in ((one, first), (other, second))
    )
    return all(is_among(name, others) for name in names) and all(
        is_among(name, names) for name in others
    )


def _are_told_alike(first: Quantity, second: Quantity, one: Claim, other: Claim) -> bool:
    """Whether the words around each number are in the other claim."""
    return (
        shared_part(one.around(first), other.verb_stems, of_first=True) >= _AROUND
        and shared_part(other.around(second), one.verb_stems, of_first=True) >= _AROUND
    )


def _relation(first: Quantity, second: Quantity, one: Claim, other: Claim) -> Relation | None:
    """Whether two numbers disagree, or are a development; None if that is not known."""
    if one.published is None or other.published is None:
        return Relation.DISAGREE if one.published is other.published else None
    same_time = _name_one_past(one, other)
    if same_time is False:
        return None
    days = (other.published - one.published).days
    if same_time or days == 0:
        return Relation.DISAGREE
    earlier, later = (first, second) if days > 0 else (second, first)
    return _relation_over_time(earlier, later, abs(days))


def _relation_over_time(earlier: Quantity, later: Quantity, days: int) -> Relation | None:
    """The same for numbers that were published so many days apart."""
    kind = earlier.kind
    if kind in _STABLE_KINDS and _QUALITIES & {earlier.thing.noun, later.thing.noun}:
        return Relation.DISAGREE if days <= _STABLE_DAYS else None
    is_larger = later.low > earlier.high
    may_grow = kind == COUNT or kind in _STABLE_KINDS
    if days <= _SAME_TIME and not (may_grow and is_larger):
        return Relation.DISAGREE
    is_state = kind != "time" and not kind.endswith(CHANGE)
    is_possible = is_larger or not earlier.thing.fate  # of the dead there are never fewer
    return Relation.DEVELOP if days <= _DEVELOPING_DAYS and is_state and is_possible else None


def _name_one_past(one: Claim, other: Claim) -> bool | None:
    """Whether both claims name the same past time; False if different ones, None if not both."""
    if not one.times or not other.times:
        named = one if one.times else other
        is_past = any(_is_past(until, named.published) for _, until in named.times)
        return False if is_past else None
    for since, until in one.times:
        for first, last in other.times:
            if since <= last and first <= until:
                is_past = _is_past(until, one.published) and _is_past(last, other.published)
                return True if is_past else None
    return False


def _is_past(until: dt.date, published: dt.date | None) -> bool:
    """Whether a time had been over for long when an article was published."""
    return published is not None and (published - until).days > _STABLE_DAYS
