"""Reads the quotes of a blog for what no reader of its pages sees: markup, halves of sentences.

    pullquote index BLOG --index INDEX
    python benchmarks/quotes_of_blog.py INDEX

It asks the headlines and the headings of the articles as questions, and prints how many articles
have a headline and a date, how many quotes look as if they had markup in them, and how many begin
or end as sentences do not, each with examples to judge by eye: a heading of code, a list item
without a full stop and a sentence that its author typed in lower case are no faults.
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.passages import ArticleRow
from pullquote.errors import RequestError
from pullquote.settings import load_settings

_MARKUP = re.compile(
    r"\]\(|\]\[|!\[|\*\*|(?<!\w)__|`|</?[a-z][^<>]*>|<!--|\{\{|\{%|\{#|:::|&(?:#?\w+);"
    r"|^\s*(?:#{1,6}\s|>\s|[-*+]\s)|\|\s*:?-{3,}"
)
_BEGINS = re.compile(r"[\"'“‘«(\[]*[A-Z0-9\u00c0-\u00de$£€@#…]")
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LONGEST_QUESTION = 300
_EXAMPLES = 12


def main() -> None:
    """Ask, and print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path, help="the folder of the blog's index")
    parser.add_argument("--questions", type=int, default=150, help="how many are asked")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    index = OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(options.index)}))
    articles = [index.store.article(ArticleRow(row)) for row in range(index.store.articles)]
    print_fields(articles)
    names = sorted({name for article in articles for name in names_in(article)})
    random.Random(options.seed).shuffle(names)  # noqa: S311 - a sample, not a secret
    quotes = {quote for name in names[: options.questions] for quote in quotes_of(index, name)}
    print_faults(sorted(quotes))
    index.close()


def names_in(article: Article) -> Iterator[str]:
    """The headline and the headings of an article."""
    yield article.title
    for block in article.blocks:
        if block.kind is BlockKind.HEADING:
            yield block.span.of(article.text)


def quotes_of(index: OpenIndex, question: str) -> list[str]:
    """The quotes, or the nearest, of a question; none if it cannot be asked."""
    try:
        return [
            quote.text for quote in answer(index, understand(question[:_LONGEST_QUESTION])).shown
        ]
    except RequestError:
        return []


def print_fields(articles: list[Article]) -> None:
    """Print how many articles have a headline and a date."""
    headlines = sum(bool(article.title) for article in articles)
    dates = sum(article.published is not None for article in articles)
    print(f"{len(articles)} articles, {headlines} with a headline, {dates} with a date")


def print_faults(quotes: list[str]) -> None:
    """Print what looks wrong with quotes, with examples."""
    faults = {
        "with what looks like markup": [one for one in quotes if _MARKUP.search(one)],
        "that begin as no sentence does": [one for one in quotes if not _BEGINS.match(one)],
        "that end as no sentence does": [one for one in quotes if not _ENDS.search(one)],
    }
    print(f"{len(quotes)} different quotes")
    for what, found in faults.items():
        print(f"\n{len(found)} {what}")
        for quote in found[:_EXAMPLES]:
            print(f"  {quote[:70]!r} … {quote[-40:]!r}")


if __name__ == "__main__":
    main()
