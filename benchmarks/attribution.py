"""Scores the attributions that are found in articles against marked ones (PolNeAR).

    python benchmarks/attribution.py FILE [--fold read|kept]

FILE has an article a line in JSON, its `text` and its `attributions`, each with the spans of its
`content`, `cue` and `source` and whether the `quote` is direct, indirect or mixed (.gz is read
too). It prints, each with a 95% interval (bootstrap over articles):

- the F1 of the characters in direct quotes;
- the share of the marked direct quotes that are found: half of their characters are in one
  attribution;
- of those found, how many have the right speaker: the words marked as the source and those found
  as the speaker overlap, or the name that was resolved has the source's last word;
- the F1 of the characters in any content;
- the F1 of attributions, where a pair counts whose contents have an intersection over union of one
  half.

The rules were written with three of four articles in view (`read`), the fourth was `kept` aside.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.spans import Span
from pullquote.english.attribution.finding import find_attributions
from tables import markdown_table

_RESAMPLINGS = 2_000
_SEED = 20_230_106
_FOLDS = {"all": (0, 1, 2, 3), "read": (0, 1, 2), "kept": (3,)}


class Marked(NamedTuple):
    """An attribution as it is marked."""

    kind: str
    content: frozenset[int]
    source: frozenset[int]
    source_words: str


class Pairs(NamedTuple):
    """Counts of one article: what both have, what the marked has, what was found."""

    both: int
    marked: int
    found: int


def main() -> None:
    """Find, compare, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--fold", choices=_FOLDS, default="all")
    options = parser.parse_args()
    articles = [
        article
        for number, article in enumerate(articles_in(options.file))
        if number % 4 in _FOLDS[options.fold]
    ]
    texts = [article["text"] for article in articles]
    find_attributions(texts[0])
    start = time.process_time()
    found = [find_attributions(text) for text in texts]
    seconds = time.process_time() - start
    marked = [marked_in(article) for article in articles]
    print_scores(texts, marked, found)
    print(
        f"{len(texts)} articles, {sum(map(len, found))} attributions found, "
        f"{1000 * seconds / len(texts):.2f} ms of one core an article, "
        f"{1e6 * seconds / sum(map(len, texts)):.2f} ms for 1,000 characters"
    )


def articles_in(path: Path) -> list[dict[str, Any]]:
    """The articles of a file of JSON Lines."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


def marked_in(article: dict[str, Any]) -> list[Marked]:
    """The attributions that are marked in an article."""
    return [
        Marked(
            str(item["quote"]),
            characters(item["content"]),
            characters(item["source"]),
            str(item["source_text"]),
        )
        for item in article["attributions"]
    ]


def characters(spans: Sequence[Sequence[int]] | Sequence[Span]) -> frozenset[int]:
    """The positions of all characters of spans."""
    return frozenset(position for start, end in spans for position in range(start, end))


def print_scores(
    texts: list[str], marked: list[list[Marked]], found: list[list[Attribution]]
) -> None:
    """Print the table of scores."""
    rows = []
    direct = "direct quotes, characters"
    pairs: dict[str, list[Pairs]] = {direct: [], "all content, characters": [], "attributions": []}
    seen: list[Pairs] = []
    right: list[Pairs] = []
    for text, gold, own in zip(texts, marked, found, strict=True):
        contents = [characters(item.content) for item in own]
        of_kind = [item.kind is AttributionKind.DIRECT for item in own]
        pairs[direct].append(
            shared(
                [item.content for item in gold if item.kind == "direct"],
                [content for content, direct_ in zip(contents, of_kind, strict=True) if direct_],
            )
        )
        pairs["all content, characters"].append(shared([item.content for item in gold], contents))
        pairs["attributions"].append(matched([item.content for item in gold], contents))
        outcomes = [
            speaker_outcome(text, item, own, contents)
            for item in gold
            if item.kind == "direct" and item.source
        ]
        hits = sum(outcome is not None for outcome in outcomes)
        seen.append(Pairs(hits, len(outcomes), 0))
        right.append(Pairs(sum(outcome is True for outcome in outcomes), hits, 0))
    for name, counts in pairs.items():
        both, of_marked, of_found = np.sum(counts, axis=0)
        rows.append(
            (name, *row_of(counts, f1), f"{both / of_found:.3f}", f"{both / of_marked:.3f}")
        )
    rows.append(("direct quotes found", *row_of(seen, share), "", ""))
    rows.append(("right speaker of those", *row_of(right, share), "", ""))
    print(markdown_table(["", "F1 or share", "95% interval", "precision", "recall"], rows))


def shared(marked: list[frozenset[int]], found: list[frozenset[int]]) -> Pairs:
    """The characters that are in both, in the marked, in what was found."""
    gold, own = frozenset[int]().union(*marked), frozenset[int]().union(*found)
    return Pairs(len(gold & own), len(gold), len(own))


def matched(marked: list[frozenset[int]], found: list[frozenset[int]]) -> Pairs:
    """The pairs of contents with an intersection over union of at least one half."""
    free = list(found)
    pairs = 0
    for gold in marked:
        best = max(free, key=lambda own: len(gold & own) / len(gold | own), default=None)
        if best is not None and 2 * len(gold & best) >= len(gold | best):
            free.remove(best)
            pairs += 1
    return Pairs(pairs, len(marked), len(found))


def speaker_outcome(
    text: str, gold: Marked, found: list[Attribution], contents: list[frozenset[int]]
) -> bool | None:
    """Whether the speaker of a marked quote is right; None if the quote was not found."""
    overlaps = [len(gold.content & content) for content in contents]
    best = max(range(len(found)), key=overlaps.__getitem__, default=None)
    if best is None or 2 * overlaps[best] < len(gold.content):
        return None
    own = found[best]
    if gold.source & characters(own.speaker):
        return True
    words = gold.source_words.lower().split()
    return own.name is not None and words[-1].strip(",.") in own.name.of(text).lower().split()


def f1(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """F1 of sums of (both, marked, found)."""
    return np.asarray(2 * counts[..., 0] / np.maximum(1, counts[..., 1] + counts[..., 2]))


def share(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The share of the marked."""
    return np.asarray(counts[..., 0] / np.maximum(1, counts[..., 1]))


def row_of(
    counts: list[Pairs], score: Callable[[npt.NDArray[np.int64]], npt.NDArray[np.float64]]
) -> tuple[str, str]:
    """A score over all articles, and its interval."""
    array = np.array(counts)
    drawn = np.random.default_rng(_SEED).integers(len(array), size=(_RESAMPLINGS, len(array)))
    low, high = np.quantile(score(array[drawn].sum(axis=1)), [0.025, 0.975])
    return f"{score(array.sum(axis=0)):.3f}", f"{low:.3f} to {high:.3f}"


if __name__ == "__main__":
    main()
