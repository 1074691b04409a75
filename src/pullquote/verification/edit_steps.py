"""The cheapest edits that turn a few words into others (Wagner and Fischer 1974).

Only the short gaps between equal runs are compared so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_EQUAL, _REPLACED, _ONLY_GIVEN, _ONLY_PRINTED = -2, 2, 2, 1
"""The costs of an equal word, of one in place of another, and of one that only one side has."""


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the alignment: words that are equal, or what differs.

    Attributes:
        is_equal: whether the words are the same in both.
        given: the first and the last-plus-one word of the text.
        printed: the same of the article.
    """

    is_equal: bool
    given: range
    printed: range


def word_by_word(
    given: Sequence[str],
    printed: Sequence[str],
    left: range,
    right: range,
    *,
    any_start: bool = False,
    any_end: bool = False,
) -> list[Step]:
    """Compare words of a text with words of an article.

    Args:
        given: the words of the text, in one spelling.
        printed: the words of the article.
        left: which words of the text are compared.
        right: which words of the article.
        any_start: whether the article's words at the start need not belong to the text.
        any_end: whether those at the end need not.
    """
    costs = _costs(given, printed, left, right, any_start=any_start)
    row, column = len(left), len(right)
    if any_end:
        column = min(range(column + 1), key=lambda place: (costs[row][place], abs(place - row)))
    pairs: list[tuple[bool, range, range]] = []
    while row or (column and not (any_start and not row)):
        cost = costs[row][column]
        a, b = left.start + row - 1, right.start + column - 1
        is_equal = bool(row and column) and given[a] == printed[b]
        diagonal = _EQUAL if is_equal else _REPLACED
        if row and column and cost == costs[row - 1][column - 1] + diagonal:
            pairs.append((is_equal, range(a, a + 1), range(b, b + 1)))
            row, column = row - 1, column - 1
        elif row and cost == costs[row - 1][column] + _ONLY_GIVEN:
            pairs.append((False, range(a, a + 1), range(b + 1, b + 1)))
            row -= 1
        else:
            pairs.append((False, range(a + 1, a + 1), range(b, b + 1)))
            column -= 1
    return _merged(pairs[::-1])


def _costs(
    given: Sequence[str], printed: Sequence[str], left: range, right: range, *, any_start: bool
) -> list[list[int]]:
    """The least cost of each beginning of the text's words beside each of the article's."""
    costs = [[0 if any_start else _ONLY_PRINTED * place for place in range(len(right) + 1)]]
    for row, number in enumerate(left, start=1):
        above, current = costs[-1], [_ONLY_GIVEN * row]
        for column, place in enumerate(right, start=1):
            same = above[column - 1] + (_EQUAL if given[number] == printed[place] else _REPLACED)
            current.append(min(same, above[column] + _ONLY_GIVEN, current[-1] + _ONLY_PRINTED))
        costs.append(current)
    return costs


def _merged(pairs: Sequence[tuple[bool, range, range]]) -> list[Step]:
    """The steps with neighbours of the same sort made one."""
    steps: list[Step] = []
    for is_equal, left, right in pairs:
        if steps and steps[-1].is_equal == is_equal:
            last = steps[-1]
            left = range(last.given.start, left.stop)  # noqa: PLW2901
            right = range(last.printed.start, right.stop)  # noqa: PLW2901
            steps[-1] = Step(is_equal, left, right)
        else:
            steps.append(Step(is_equal, left, right))
    return steps
