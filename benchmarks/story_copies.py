"""Measures how near-copies are found in an index, and shows pairs to judge by hand.

    python benchmarks/story_copies.py --index DIR [--passages 300000] [--pairs 30]

It computes the signatures and the notes of all articles again, as a build does, and those of
rewritten copies of them (a third of the words replaced) until the archive has that number of
passages; then it finds the pairs of signatures to compare in each. Times are processor seconds of
one process. `--pairs` prints pairs drawn from the candidates, with whether the index has them as
copies of one story.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.settings import load_settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import STORE_FILE
from pullquote_index.steps.find_stories import notes_of, signature_of
from pullquote_index.steps.minhash import Signatures, candidate_pairs, signature
from synthetic_articles import Rewriter
from tables import markdown_table

_LEAST_SIMILARITY = 0.4
"""As in the build."""
_LONGEST_TITLE = 60
_Result = TypeVar("_Result")


def timed(run: Callable[[], _Result]) -> tuple[_Result, float]:
    """What a function returns, and the processor seconds that it took."""
    start = time.process_time()
    return run(), time.process_time() - start


def enlarged(articles: list[Article], count: int) -> Signatures:
    """The signatures of `count` articles: rewritten copies of these."""
    random = np.random.default_rng(14)
    rewriter = Rewriter([article.text for article in articles])
    bounds = np.zeros(0, np.int64)
    rewritten = (
        rewriter.rewrite(articles[number % len(articles)].text, bounds, random)[0]
        for number in range(count)
    )
    return np.stack([signature(text) for text in rewritten])


def print_pairs(store: ArticleStore, pairs: list[list[int]], count: int) -> None:
    """Print some candidate pairs, and whether the index has them as copies of one story."""
    chosen = np.random.default_rng(14).permutation(len(pairs))[:count]
    for one, other in (pairs[number] for number in sorted(chosen.tolist())):
        is_copy = ArticleRow(other) in store.stories.copies(ArticleRow(one))
        names = [store.article(ArticleRow(row)) for row in (one, other)]
        print(
            "copies " if is_copy else "not    ",
            *[f"{name.published} {name.source} {name.title[:_LONGEST_TITLE]!r}" for name in names],
        )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--index", required=True)
    parser.add_argument("--passages", type=int, default=300_000)
    parser.add_argument("--pairs", type=int, default=0)
    arguments = parser.parse_args()
    settings = load_settings({"PULLQUOTE_INDEX_PATH": arguments.index})
    built = BuiltFolder(Path(settings.index.path))
    store = ArticleStore(built.folder_of(built.live()) / STORE_FILE)
    articles = [store.article(ArticleRow(row)) for row in range(store.articles)]
    signatures, seconds = timed(lambda: np.stack(list(map(signature_of, articles))))
    notes, notes_seconds = timed(lambda: sum(len(notes_of(article)) for article in articles))
    pairs, pair_seconds = timed(lambda: candidate_pairs(signatures, _LEAST_SIMILARITY))
    copies = sum(len(store.stories.copies(ArticleRow(row))) for row in range(len(articles))) // 2
    size = round(len(articles) * arguments.passages / store.passages)
    larger, larger_seconds = timed(lambda: enlarged(articles, size - len(articles)))
    together = np.concatenate([signatures, larger])
    larger_pairs, larger_pair_seconds = timed(lambda: candidate_pairs(together, _LEAST_SIMILARITY))
    megabytes = [f"{len(each) * 256 / 1e6:.1f}" for each in (signatures, together)]
    all_seconds = f"{seconds + larger_seconds:.1f} (with rewriting)"
    print(
        markdown_table(
            ["", f"{store.passages:,} passages", f"{arguments.passages:,} passages"],
            [
                ["articles", f"{len(articles):,}", f"{size:,}"],
                ["signatures, s", f"{seconds:.1f}", all_seconds],
                ["notes, s", f"{notes_seconds:.1f}", ""],
                ["candidate pairs, s", f"{pair_seconds:.2f}", f"{larger_pair_seconds:.2f}"],
                ["candidate pairs", f"{len(pairs):,}", f"{len(larger_pairs):,}"],
                ["signatures, MB", *megabytes],
            ],
        )
    )
    print(f"{copies:,} pairs are copies of one story; {notes:,} notes.")
    print_pairs(store, pairs.tolist(), arguments.pairs)


if __name__ == "__main__":
    main()
