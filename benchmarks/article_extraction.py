"""Extracts the pages of scrapinghub/article-extraction-benchmark, for its own scorer.

    python benchmarks/article_extraction.py CHECKOUT
    cd CHECKOUT && python evaluate.py

It writes output/pullquote.json, the whole text of each page, and output/pullquote_quotable.json,
what of it may be quoted. The pages are not part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from pathlib import Path

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.extraction import joined_blocks
from pullquote_index.readers.html_page import extract_page

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
        texts[page] = {"articleBody": joined_blocks(blocks).text}
        kept = [block for block in blocks if block.kind in _QUOTABLE]
        quotable[page] = {"articleBody": joined_blocks(kept).text}
    for name, output in (("pullquote", texts), ("pullquote_quotable", quotable)):
        (checkout / "output" / f"{name}.json").write_text(json.dumps(output), encoding="utf-8")
    print(f"{len(pages)} pages, {len(pages) / seconds:.0f} a second")
    fields = Counter(field for found, _ in extracted.values() for field in found)
    print(", ".join(f"{field} {count}" for field, count in fields.most_common()))


if __name__ == "__main__":
    main()
