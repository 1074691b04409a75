"""Measures which words the packaged reader marks as the answer, and how often they are right.

    python benchmarks/answering_words.py passages.jsonl.gz

The file is that of training/train_reader.py; only its part "dev" is read, which the reader was not
trained on. Each question is read with its passage. At each least probability: the share of the
answerable questions and of the others whose passage has marked words, and how many of the marked
words are right, all of them and those of answerable questions. Words are right if they share half
of their words and of the words of one of the answers (an F1 of at least .5). In parentheses are 95%
intervals.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pullquote.corpus.spans import Span
from pullquote.evaluation.binomial import rate_interval
from pullquote.evaluation.text_match import normalise
from pullquote.models.cards import PACKAGED_READER
from pullquote.models.reranker import OnnxReranker, SpansOfText

_PROBABILITIES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_RIGHT = 0.5


class Marked(NamedTuple):
    """The likeliest answering words of a question's passage.

    Attributes:
        probability: how likely they are.
        answerable: whether the passage answers the question.
        right: whether they do.
    """

    probability: float
    answerable: bool
    right: bool


def marked_words(path: Path) -> Iterator[Marked]:
    """The likeliest answering words of each question of the part that was not trained on."""
    reranker = OnnxReranker(PACKAGED_READER)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["part"] != "dev":
                continue
            passage = record["passage"]
            whole = SpansOfText(record["title"], passage, [Span(0, len(passage))])
            ((score,),) = reranker.score(record["question"], [whole])
            words = score.answering_words if score else None
            if words is None:
                continue
            answers = [Span(start, end).of(passage) for start, end in record["answers"]]
            right = any(_f1(words.span.of(passage), answer) >= _RIGHT for answer in answers)
            yield Marked(words.probability, bool(answers), right)


def _f1(one: str, other: str) -> float:
    """The harmonic mean of the shares of words that two texts have in common."""
    words, others = set(normalise(one).split()), set(normalise(other).split())
    return 2 * len(words & others) / max(1, len(words) + len(others))


def _rate(count: int, total: int) -> str:
    low, high = rate_interval(count, total)
    return f"{count / max(1, total):.3f} ({low:.3f} to {high:.3f})"


def main() -> None:
    """Read every passage, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("passages", type=Path)
    marked = list(marked_words(parser.parse_args().passages))
    answerable = sum(one.answerable for one in marked)
    print(f"{len(marked)} questions, {answerable} with an answer")
    print("from  marked: answerable  others  right: of all                of answerable")
    for least in _PROBABILITIES:
        shown = [one for one in marked if one.probability >= least]
        of_answerable = [one for one in shown if one.answerable]
        right = sum(one.right for one in shown)
        print(
            f"{least:.1f}  {len(of_answerable) / max(1, answerable):18.3f}"
            f"  {(len(shown) - len(of_answerable)) / max(1, len(marked) - answerable):6.3f}"
            f"  {_rate(right, len(shown)):25}  {_rate(right, len(of_answerable))}"
        )


if __name__ == "__main__":
    main()
