"""Runs of words that two texts have in common, and the chain of them that weighs most."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

_MOST_RUNS = 150
"""The most runs that are chained. Runs of common words are left out first."""
_MOST_REPEATED = 30
"""Two words in a row that the text has more often are not looked for."""
_GAP_COST = 0.45
"""What a gap in the article costs, times the binary logarithm of its words."""
_MARKED_GAP_COST = 0.08
"""The same where the text marks that words are left out."""
_MISSING_COST = 0.15
"""What each word of the text costs that the article does not have in the gap."""
_FAR_HEAVIER = 2.0
"""A run weighs more than this times what the chain has of its words."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another in both texts.

    Attributes:
        given: the number of the first of them in the text.
        printed: its number in the article.
        length: the number of words.
    """

    given: int
    printed: int
    length: int


class Weights:
    """How much the words of a text count, alone and in runs."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._sums = list(itertools.accumulate(weights, initial=0.0))

    def between(self, first: int, end: int) -> float:
        """The weight of the words `[first, end)`."""
        return self._sums[end] - self._sums[first]

    def of(self, run: Run) -> float:
        """The weight of a run."""
        return self.between(run.given, run.given + run.length)


def first_occurrence(given: Sequence[str], printed: Sequence[str]) -> int | None:
    """The number of the first word at which all words of a text stand in a row; else None."""
    joined = f" {' '.join(printed)} "
    found = joined.find(f" {' '.join(given)} ")
    return joined.count(" ", 0, found) if found >= 0 else None


def runs_of(given: Sequence[str], printed: Sequence[str]) -> list[Run]:
    """The longest runs of at least two words that both sequences have."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, pair in enumerate(itertools.pairwise(given)):
        pairs[pair].append(number)
    open_runs: dict[int, list[int]] = {}
    found: list[list[int]] = []
    for at, pair in enumerate(itertools.pairwise(printed)):
        numbers = pairs.get(pair, ())
        for number in numbers if len(numbers) <= _MOST_REPEATED else ():
            run = open_runs.get(at - number)
            if run is not None and run[1] + run[2] == at + 1:
                run[2] += 1
            else:
                run = open_runs[at - number] = [number, at, 2]
                found.append(run)
    return [Run(*run) for run in found]


def best_chain(
    runs: Sequence[Run], weights: Weights, left_out_before: AbstractSet[int]
) -> list[Run]:
    """The runs, in the order of both texts, that weigh most, trimmed where they overlap.

    Args:
        runs: at least one.
        weights: of the words of the text.
        left_out_before: the words of the text before which it marks that words are left out.
    """
    heavy = sorted(runs, key=weights.of, reverse=True)[:_MOST_RUNS]
    ordered = sorted(heavy, key=lambda run: (run.printed, run.given))
    best: list[_Link] = []
    for number, run in enumerate(ordered):
        top = _Link(weights.of(run), -1, 0)
        for other in range(number):
            gained, trim = _gain(ordered[other], run, weights, left_out_before)
            if trim < run.length and best[other].score + gained > top.score:
                top = _Link(best[other].score + gained, other, trim)
        best.append(top)
    at = max(range(len(best)), key=lambda number: best[number].score)
    chain = []
    while at >= 0:
        link, run = best[at], ordered[at]
        chain.append(Run(run.given + link.trim, run.printed + link.trim, run.length - link.trim))
        at = link.before
    return _without_weak(chain[::-1], runs, weights)


@dataclass(frozen=True, slots=True)
class _Link:
    """The best chain that ends with a run.

    Attributes:
        score: the weight of its words, less the cost of its gaps.
        before: the number of the run before; -1 if there is none.
        trim: how many words the run loses at its beginning.
    """

    score: float
    before: int
    trim: int


def _gain(
    before: Run, run: Run, weights: Weights, left_out_before: AbstractSet[int]
) -> tuple[float, int]:
    """What a run adds after another, and how many of its first words overlap with that."""
    if before.given >= run.given or before.printed >= run.printed:
        return 0.0, run.length
    trim = max(
        0, before.given + before.length - run.given, before.printed + before.length - run.printed
    )
    if trim >= run.length:
        return 0.0, trim
    gap = run.printed + trim - before.printed - before.length
    missing = run.given + trim - before.given - before.length
    first = run.given + trim
    is_marked = not left_out_before.isdisjoint(range(first - missing, first + 1))
    cost = (_MARKED_GAP_COST if is_marked else _GAP_COST) * math.log2(1 + gap)
    return weights.between(first, run.given + run.length) - cost - _MISSING_COST * missing, trim


def _without_weak(chain: Sequence[Run], runs: Sequence[Run], weights: Weights) -> list[Run]:
    """The chain without runs whose words stand elsewhere in a run that is far heavier.

    Sentences in another order have their words there; "the State of the Union" may be anywhere.
    """
    kept = list(chain)
    for run in runs:
        inside = [
            link
            for link in kept
            if run.given <= link.given and link.given + link.length <= run.given + run.length
        ]
        lost = sum(map(weights.of, inside))
        if len(inside) < len(kept) and weights.of(run) > _FAR_HEAVIER * lost > 0:
            kept = [link for link in kept if link not in inside]
    return kept
