"""How two claims differ, if they are about one thing."""

from __future__ import annotations

from typing import NamedTuple

from pullquote.answering.accounts import AccountKind
from pullquote.answering.claims import Claim
from pullquote.answering.different_numbers import Relation, compare_numbers
from pullquote.answering.opposition import blame_each_other, denies
from pullquote.corpus.spans import Span
from pullquote.english.number_questions import NumberQuestion


class Difference(NamedTuple):
    """How two claims differ.

    Attributes:
        kind: the kind of their difference.
        number, other_number: the places of the two numbers in their articles; None without any.
    """

    kind: AccountKind
    number: Span | None = None
    other_number: Span | None = None


def difference(one: Claim, other: Claim, asked: NumberQuestion | None = None) -> Difference | None:
    """How two claims differ; None if they agree, or are not about one thing.

    Of one article only what parties say of each other is compared: its numbers are for different
    things.

    Args:
        one: a claim.
        other: another claim.
        asked: what number the question asks for; None if it asks for something else.
    """
    if blame_each_other(one, other):
        return Difference(AccountKind.BLAME)
    if denies(one, other) or denies(other, one):
        return Difference(AccountKind.DENIAL)
    if one.article.id == other.article.id:
        return None
    found = compare_numbers(one, other, asked)
    for relation, kind in (
        (Relation.DISAGREE, AccountKind.NUMBERS),
        (Relation.DEVELOP, AccountKind.DEVELOPMENT),
    ):
        for numbers in found:
            if numbers.relation is relation:
                places = one.place(numbers.first), other.place(numbers.second)
                return Difference(kind, *places)
    return None
