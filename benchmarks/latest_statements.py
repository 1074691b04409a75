"""Asks for the newest or the oldest statement of facts that change; counts which stands first.

    python benchmarks/latest_statements.py ARTICLES QUESTIONS [--index DIR] [--failures]

ARTICLES is a file or folder of articles, QUESTIONS a JSON line for each question: `question`,
`answers` (one of them stands in the right quote), `order` ("newest" or "oldest"), and where the
place is known `article`, the id of the article with that statement, or `since` or `until`, the
first or the last day on which it can be published. Without --index, an index is built in a
temporary folder. The invented archives are in benchmarks/changing_facts: dev to develop with, held
to look at seldom, later a few written when held had been seen. So are questions on real blogs, the
posts of rust-lang/blog.rust-lang.org (content, with the day of each post's path as its `date`) and
letsencrypt/website (content/en/post) of August 2026, and 18F/18f.gsa.gov (content/posts) of
February 2025: their answers were looked up before they were asked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.quotes import Quote
from pullquote.evaluation.binomial import rate_interval
from pullquote.settings import load_settings
from pullquote_index.build import build
from pullquote_index.progress import SilentProgress


def main() -> None:
    """Build, ask, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, help="a file or a folder of articles")
    parser.add_argument("questions", type=Path, help="the questions, one JSON object a line")
    parser.add_argument("--index", type=Path, help="the folder of a built index")
    parser.add_argument("--asked", help="the day on which they are asked")
    parser.add_argument("--failures", action="store_true", help="print the quotes of wrong answers")
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    asked = dt.date.fromisoformat(options.asked) if options.asked else None
    with tempfile.TemporaryDirectory() as temporary:
        index = _opened(options.articles, options.index, Path(temporary))
        _ask_all(index, questions, asked, failures=options.failures)
        index.close()


def _opened(articles: Path, built: Path | None, folder: Path) -> OpenIndex:
    """The index in a folder, or one that is built of the articles."""
    settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(built or folder)})
    if built is None:
        build(
            settings,
            [articles],
            strict=False,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
        )
    return OpenIndex(settings)


def _ask_all(
    index: OpenIndex, questions: list[dict[str, Any]], asked: dt.date | None, *, failures: bool
) -> None:
    """Ask each question, and print how many have the right statement first."""
    first = among = refused = 0
    times = []
    for question in questions:
        query = understand(question["question"], asked_on=asked)
        began = time.perf_counter()
        found = answer(index, query)
        times.append(time.perf_counter() - began)
        refused += found.refusal is not None
        right = [_is_right(quote, question) for quote in found.quotes[:3]]
        first += right[:1] == [True]
        among += any(right)
        if failures and right[:1] != [True]:
            print(f"{question['question']} ({found.outcome} {found.confidence:.2f})")
            for quote in found.shown[:3]:
                print(f"    {quote.article.published} {' '.join(quote.text.split())[:150]}")
    low, high = rate_interval(first, len(questions))
    print(f"{len(questions)} questions: {first} have the right statement first", end=" ")
    print(f"({first / len(questions):.0%}, 95% interval {low:.0%} to {high:.0%})")
    print(f"{among} have it among the first three; {refused} are refused")
    print(f"median {statistics.median(times) * 1000:.0f} ms")


def _is_right(quote: Quote, question: dict[str, Any]) -> bool:
    """Whether a quote is the statement that a question asks for."""
    if question.get("article", quote.article.id) != quote.article.id:
        return False
    published = str(quote.article.published or "")
    if published < question.get("since", "") or published > question.get("until", "9999"):
        return False
    text = " ".join(quote.text.split()).casefold()
    return any(answer.casefold() in text for answer in question["answers"])


if __name__ == "__main__":
    main()
