"""Cuts quotes from the articles of an index, alters them, and scores what is said of them.

    python benchmarks/altered_quotes.py cut --index DIR > quotes.jsonl
    pullquote verify --index DIR --batch quotes.jsonl > verdicts.jsonl
    python benchmarks/altered_quotes.py score quotes.jsonl verdicts.jsonl
    python benchmarks/altered_quotes.py time quotes.jsonl --index DIR

`cut` draws quotes with a seed: one or two sentences, parts of sentences, headlines and lines that
are never quoted. It writes each as it is printed, and altered in every way of alterations.py that
it allows, up to --each a way; then invented statements with names and words of the archive. A line
has "id", "text" and "expected": the way, the verdict, and the kinds of change of which one is right
(none: any). `score` compares any output of that form, of any set of that form: for each way the
share with the right verdict, and of those the share with a right kind. Invented statements are
found if their verdict is not "absent". `time` verifies in this process, one after the other.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from alterations import ALTERED, UNALTERED, Quote
from percentiles import percentile
from pullquote.archive import Archive
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.english.sentences import sentences
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import STORE_FILE
from tables import markdown_table

_FEWEST_WORDS, _MOST_WORDS = 8, 60
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)?\b")
_COMMON_WORD = re.compile(r"\b[a-z]{5,}\b")
_STATEMENTS = (
    "{name} told a school assembly that the {noun} would be painted {noun2} before the regatta.",
    "“My grandmother kept a {noun} in the attic, and {name} never forgave her,” the plumber wrote.",
    "The committee for {noun} and {noun2} voted 11 to 4 to send {name} a barrel of herring.",
    "According to {name}, nobody in the orchestra had ever seen a {noun} that could be {noun2}.",
    "Residents of {name} woke to find the {noun} gone and a lighthouse in its place.",
    "{name} said the marmalade festival was ruined by a {noun} that rolled down from the {noun2}.",
    "A beekeeper near {name} trained her bees to spell the word {noun} over the abbey.",
    "The {noun} fell by a third last winter, {name} told shareholders who wanted {noun2}.",
    "{name} said on a train to Aberdeen that {noun} had cost the county 400 jobs since the flood.",
    "Doctors in {name} have warned against {noun} after nine cooks lost their sense of {noun2}.",
    "“I have weighed every {noun} in this valley,” said {name}, “and the {noun2} is the lightest.”",
)
"""Statements that no newspaper prints; the words in braces are the archive's."""


def drawn_quotes(articles: Sequence[Article], count: int, seed: int) -> Iterator[Quote]:
    """Yield quotes from articles that are drawn anew for each."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    sample = [draw.choice(articles) for _ in range(300)]
    text = "\n".join(article.prose.of(article.text) for article in sample)
    names = sorted(set(_NAME.findall(text)))
    counts = collections.Counter(_COMMON_WORD.findall(text))
    words = sorted(counts, key=lambda word: (counts[word], word))
    found = 0
    while found < count:
        quote = _drawn_quote(draw.choice(articles), draw)
        if quote and _FEWEST_WORDS <= len(quote[0].split()) <= _MOST_WORDS:
            found += 1
            yield Quote(*quote, names, words)


def _drawn_quote(article: Article, draw: random.Random) -> tuple[str, list[str]] | None:
    """A quote and the sentences from its first to the end of its paragraph."""
    sort = draw.random()
    if sort < 0.04:  # noqa: PLR2004 - shares of the sorts
        return article.title, []
    spans = article.paragraphs
    unquoted = [block.span for block in article.blocks if not block.is_quotable]
    if sort < 0.08 and unquoted:  # noqa: PLR2004
        return draw.choice(unquoted).of(article.text), []
    if not spans:
        return None
    found = sentences(article.text, draw.choice(spans))
    if not found:
        return None
    first = draw.randrange(len(found))
    last = min(len(found) - 1, first + draw.choice([0, 0, 0, 1, 1, 2]))
    text = article.text[found[first].start : found[last].end]
    following = [span.of(article.text) for span in found[first:]]
    if sort > 0.8:  # noqa: PLR2004
        parts = list(re.finditer(r"\S+", text))
        begin = draw.randint(0, max(0, len(parts) - 10))
        end = min(len(parts), begin + draw.randint(9, 30)) - 1
        text = text[parts[begin].start() : parts[end].end()]
    return text, following


def lines(quotes: Sequence[Quote], each: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield the quotes as they are printed, then altered in every way, then invented ones."""
    for number, quote in enumerate(quotes):
        yield _line(f"untouched-{number}", quote.text, "untouched", "verbatim", ())
    for verdict, ways in (("altered", ALTERED), ("verbatim", UNALTERED)):
        for way, (alter, kinds) in ways.items():
            written = 0
            for number, quote in enumerate(quotes):
                text = alter(quote, random.Random(f"{seed} {way} {number}"))  # noqa: S311
                if text and text != quote.text and written < each:
                    written += 1
                    yield _line(f"{way}-{number}", text, way, verdict, sorted(kinds))
    draw = random.Random(f"{seed} invented")  # noqa: S311
    for number in range(each):
        quote = draw.choice(quotes)
        text = draw.choice(_STATEMENTS).format(
            name=draw.choice(quote.names),
            noun=draw.choice(quote.words),
            noun2=draw.choice(quote.words),
        )
        yield _line(f"invented-{number}", text, "invented", "absent", ())


def _line(line_id: str, text: str, way: str, verdict: str, kinds: Iterable[str]) -> dict[str, Any]:
    expected = {"way": way, "verdict": verdict, "kinds": list(kinds)}
    return {"id": line_id, "text": text, "expected": expected}


def score_table(expected: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]) -> str:
    """The shares of right verdicts and kinds by way, as a table.

    Args:
        expected: the lines of the set.
        found: the lines of the output; a line of the set without one counts as wrong.
    """
    verdicts = {line["id"]: line for line in found}
    rows: dict[str, list[tuple[bool, bool, str]]] = collections.defaultdict(list)
    for line in expected:
        wanted, got = line["expected"], verdicts.get(line["id"], {})
        verdict = got.get("verdict", "none")
        kinds = {change["kind"] for change in got.get("changes", ())}
        right_kind = not wanted["kinds"] or not kinds.isdisjoint(wanted["kinds"])
        rows[wanted.get("way", wanted["verdict"])].append(
            (verdict == wanted["verdict"], right_kind, verdict)
        )
    table = []
    for way, outcomes in rows.items():
        right = [kind for verdict, kind, _ in outcomes if verdict]
        others = collections.Counter(verdict for is_right, _, verdict in outcomes if not is_right)
        table.append(
            (
                way,
                str(len(outcomes)),
                f"{len(right) / len(outcomes):.1%}",
                f"{sum(right) / len(right):.1%}" if right else "-",
                ", ".join(f"{name} {count}" for name, count in others.most_common()),
            )
        )
    return markdown_table(("way", "quotes", "right verdict", "right kind", "others"), table)


def _articles(index: Path) -> list[Article]:
    built = BuiltFolder(index)
    store = ArticleStore(built.folder_of(built.live()) / STORE_FILE)
    return [store.article(ArticleRow(row)) for row in range(store.articles)]


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _time(options: argparse.Namespace) -> None:
    texts = [line["text"] for line in _read(options.quotes)]
    with Archive.open(options.index) as archive:
        archive.verify(texts[0])
        for name, clock in (("time", time.perf_counter), ("processor time", time.process_time)):
            milliseconds = []
            for text in texts:
                began = clock()
                archive.verify(text)
                milliseconds.append(1000 * (clock() - began))
            median, most = (percentile(milliseconds, share) for share in (0.5, 0.95))
            print(f"{name}: median {median:.1f} ms, 95th percentile {most:.1f} ms")


def main() -> None:
    """Run one of the steps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    cut = steps.add_parser("cut", help="cut and alter quotes")
    cut.add_argument("--index", type=Path, required=True)
    cut.add_argument("--quotes", type=int, default=1000)
    cut.add_argument("--each", type=int, default=200, help="at most this many of each way")
    cut.add_argument("--seed", type=int, default=7)
    score = steps.add_parser("score", help="score an output")
    score.add_argument("quotes", type=Path)
    score.add_argument("verdicts", type=Path)
    timing = steps.add_parser("time", help="measure how long one takes")
    timing.add_argument("quotes", type=Path)
    timing.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    if options.step == "cut":
        quotes = list(drawn_quotes(_articles(options.index), options.quotes, options.seed))
        for line in lines(quotes, options.each, options.seed):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif options.step == "score":
        print(score_table(_read(options.quotes), _read(options.verdicts)))
    else:
        _time(options)


if __name__ == "__main__":
    main()
