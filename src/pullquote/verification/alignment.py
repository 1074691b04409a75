"""Aligns the words of a text with those of an article: which of them stand there, and where.

Runs of at least two words that both have are chained, in the order of both, so that the chain has
the most words, and rare ones count more; a gap in the article costs the more, the longer it is.
What remains between the runs is compared word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pullquote.verification.edit_steps import Step, word_by_word
from pullquote.verification.word_runs import (
    Run,
    Weights,
    best_chain,
    first_occurrence,
    runs_of,
)

_SHORTEST_MOVED, _LONG_MOVED = 2, 4
"""The least number of words that are recognised elsewhere: near by, and anywhere in the article."""
_NEAR = 12
"""The number of words before and after the printed ones that count as near by."""
_MISSING_SHARE = 0.5
"""At least this share of such words have no equal in the order of both."""
_AT_ENDS = 5
"""Beside twice as many words as the text has, this number of words is compared at its ends."""
_LONGEST_COMPARED = 80
"""The longest gap on either side that is compared word by word, in words."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a text's words stand in an article.

    Attributes:
        steps: from the first to the last word of the text, in order.
        moved: runs of words that the article has elsewhere.
    """

    steps: Sequence[Step]
    moved: Sequence[Run]


def align(
    given: Sequence[str],
    printed: Sequence[str],
    weights: Sequence[float],
    left_out_before: AbstractSet[int] = frozenset(),
    sentence_starts: Sequence[int] = (),
) -> Alignment | None:
    """The best alignment of a text with an article; None if they share no two words in a row.

    Args:
        given: the words of the text, in one spelling.
        printed: the words of the article.
        weights: how much each word of the text counts.
        left_out_before: the words of the text before which it marks that words are left out.
        sentence_starts: the words of the article, ascending, that begin a sentence: what differs
            at the ends of the text is compared with the article up to there.
    """
    at = first_occurrence(given, printed)
    if at is not None:
        return Alignment([Step(True, range(len(given)), range(at, at + len(given)))], [])
    runs = runs_of(given, printed)
    if not runs:
        return None
    weights_of_runs = Weights(weights)
    chain = best_chain(runs, weights_of_runs, left_out_before)
    steps = _steps(given, printed, chain, sentence_starts)
    return Alignment(steps, _moved(steps, runs, weights_of_runs))


def _steps(
    given: Sequence[str],
    printed: Sequence[str],
    chain: Sequence[Run],
    sentence_starts: Sequence[int],
) -> list[Step]:
    """The steps of a chain, with what stands before, between and after its runs."""
    first, last = chain[0], chain[-1]
    steps = _before(given, printed, first, sentence_starts)
    for number, run in enumerate(chain):
        steps.append(
            Step(
                True,
                range(run.given, run.given + run.length),
                range(run.printed, run.printed + run.length),
            )
        )
        if number + 1 < len(chain):
            following = chain[number + 1]
            steps += _between(
                given,
                printed,
                range(run.given + run.length, following.given),
                range(run.printed + run.length, following.printed),
            )
    return steps + _after(given, printed, last, sentence_starts)


def _between(given: Sequence[str], printed: Sequence[str], left: range, right: range) -> list[Step]:
    """Compare a gap word by word; not a very long one in the article."""
    if not left or not right or max(len(left), len(right)) > _LONGEST_COMPARED:
        return [Step(False, left, right)] if left or right else []
    return word_by_word(given, printed, left, right)


def _before(
    given: Sequence[str], printed: Sequence[str], first: Run, sentence_starts: Sequence[int]
) -> list[Step]:
    """What the text has before its first run, beside what the article has there."""
    if not first.given:
        return []
    sentence = max((at for at in sentence_starts if at <= first.printed), default=0)
    left = range(first.given)
    if len(left) > _LONGEST_COMPARED:
        return [Step(False, left, range(first.printed, first.printed))]
    right = range(max(sentence, first.printed - 2 * len(left) - _AT_ENDS), first.printed)
    return word_by_word(given, printed, left, right, any_start=True)


def _after(
    given: Sequence[str], printed: Sequence[str], last: Run, sentence_starts: Sequence[int]
) -> list[Step]:
    """What the text has after its last run, beside what the article has there."""
    end, place = last.given + last.length, last.printed + last.length
    if end == len(given):
        return []
    sentence = min((at for at in sentence_starts if at >= place), default=len(printed))
    left = range(end, len(given))
    if len(left) > _LONGEST_COMPARED:
        return [Step(False, left, range(place, place))]
    right = range(place, min(sentence, place + 2 * len(left) + _AT_ENDS))
    return word_by_word(given, printed, left, right, any_end=True)


def _moved(steps: Sequence[Step], runs: Sequence[Run], weights: Weights) -> list[Run]:
    """The runs of words that have no equal in the steps, but stand elsewhere in the article.

    Short ones count only near by, and only where the text does not have them in place of others.
    """
    missing = {number for step in steps if not step.is_equal for number in step.given}
    inserted = {
        number for step in steps if not step.is_equal and not step.printed for number in step.given
    }
    printed = [place for step in steps for place in step.printed]
    near = range(min(printed) - _NEAR, max(printed) + _NEAR)
    equal = {place for step in steps if step.is_equal for place in step.printed}
    found: list[Run] = []
    for run in sorted(runs, key=weights.of, reverse=True):
        words = [number for number in range(run.given, run.given + run.length) if number in missing]
        if len(words) < max(_SHORTEST_MOVED, _MISSING_SHARE * run.length):
            continue
        first = words[0] - run.given + run.printed
        places = range(first, first + words[-1] - words[0] + 1)
        is_long = len(words) >= _LONG_MOVED or run.length > _LONG_MOVED
        is_near = places.start in near and inserted.issuperset(words)
        if equal.isdisjoint(places) and (is_long or is_near):
            found.append(Run(words[0], first, len(places)))
            missing.difference_update(words)
            equal.update(places)
    return sorted(found, key=lambda run: run.given)
