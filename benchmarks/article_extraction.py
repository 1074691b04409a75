"""Extracts the pages of scrapinghub/article-extraction-benchmark, for its own scorer.

    python benchmarks/article_extraction.py CHECKOUT
    cd CHECKOUT && python evaluate.py

It writes output/pullquote.json, the whole text of each page, and output/pullquote_quotable.json,
what of it may be quoted. It prints the share of quotable words that are in foreign blocks: blocks
of which less than half of the runs of four words are in the marked text. The pages are not part of
the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.documents.pages import extract_page
from pullquote_index.readers.extraction import BLOCK_SEPARATOR, joined_blocks

_TEXT = "articleBody"
_RUN = 4
_QUOTABLE = frozenset((BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW))


def main() -> None:
    """Extract all pages, and print how fast that was and which metadata was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path, help="a checkout of the benchmark")
    checkout = parser.parse_args().checkout
    pages = {
        path.name.partition(".")[0]: gzip.decompress(path.read_bytes()).decode()
        for path in sorted((checkout / "html").glob("*.html.gz"))
    }
    start = time.perf_counter()
    extracted = {page: extract_page(html) for page, html in pages.items()}
    seconds = time.perf_counter() - start
    texts, quotable = {}, {}
    for page, (_, blocks) in extracted.items():
        texts[page] = {_TEXT: joined_blocks(blocks).text}
        kept = [block for block in blocks if block.kind in _QUOTABLE]
        quotable[page] = {_TEXT: joined_blocks(kept).text}
    for name, output in (("pullquote", texts), ("pullquote_quotable", quotable)):
        (checkout / "output" / f"{name}.json").write_text(json.dumps(output), encoding="utf-8")
    print(f"{len(pages)} pages, {len(pages) / seconds:.0f} a second")
    truth = json.loads((checkout / "ground-truth.json").read_text(encoding="utf-8"))
    print(f"{foreign_share(quotable, truth):.1%} of the quotable words are in foreign blocks")
    fields = Counter(field for found, _ in extracted.values() for field in found)
    print(", ".join(f"{field} {count}" for field, count in fields.most_common()))


Texts = Mapping[str, Mapping[str, str]]
"""By page, the text under the benchmark's key."""


def foreign_share(extracted: Texts, marked: Texts) -> float:
    """The share of the extracted words that are in foreign blocks, from 0 to 1."""
    words = foreign_words = 0
    for page, article in extracted.items():
        known = set(runs_of_words(marked[page].get(_TEXT, "")))
        for block in article[_TEXT].split(BLOCK_SEPARATOR):
            runs = runs_of_words(block)
            count = len(block.split())
            words += count
            if sum(run in known for run in runs) < len(runs) / 2:
                foreign_words += count
    return foreign_words / words


def runs_of_words(text: str) -> list[tuple[str, ...]]:
    """The runs of four words of a text; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))]


if __name__ == "__main__":
    main()
